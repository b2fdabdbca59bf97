#include "runtime/diagnostics/source.h"

#include <doctest/doctest.h>

namespace tocsin::diagnostics {
namespace {

TEST_CASE("source: lines and columns count from 1, columns in characters") {
  SourceSet sources;
  const SourceId id = sources.Add("a.tocsin", "one\n\xc3\xa9\xc3\xa9x\n");
  CHECK(sources.PositionOf(id, 0).line == 1);
  CHECK(sources.PositionOf(id, 3).column == 4);
  CHECK(sources.PositionOf(id, 4).line == 2);
  CHECK(sources.PositionOf(id, 8).column == 3);
  CHECK(sources.PositionOf(id, 10).line == 3);
  CHECK(sources.PositionOf(id, 9999).line == 3);
}

TEST_CASE("source: a line comes without its break, of either kind") {
  SourceSet sources;
  const SourceId id = sources.Add("a.tocsin", "one\r\n\nlast");
  CHECK(sources.Line(id, 1) == "one");
  CHECK(sources.Line(id, 2).empty());
  CHECK(sources.Line(id, 3) == "last");
  CHECK(sources.Line(id, 0).empty());
  CHECK(sources.Line(id, 4).empty());
}

TEST_CASE("source: spans join, and one without a place changes nothing") {
  SourceSet sources;
  const SourceId id = sources.AddBuiltin("tier.tocsin", "kind tier");
  CHECK(sources.builtin(id));
  const Span kind{id, 0, 4}, tier{id, 5, 9};
  CHECK(sources.Text(Join(kind, tier)) == "kind tier");
  CHECK(Join(tier, kind) == Join(kind, tier));
  CHECK(Join(kind, Span{}) == kind);
  CHECK(Join(Span{}, kind) == kind);
  CHECK(sources.Text(Span{}).empty());
  CHECK(sources.Text({id, 5, 999}) == "tier");
}

}  // namespace
}  // namespace tocsin::diagnostics
