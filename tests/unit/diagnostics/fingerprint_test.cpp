#include "runtime/diagnostics/fingerprint.h"

#include <doctest/doctest.h>

#include "tests/unit/diagnostics/report_fixture.h"

namespace tocsin::diagnostics {
namespace {

// The fingerprints of findings at each `x` of a text, whose declarations are its lines that begin
// with a letter.
std::vector<std::string> At(const std::string& text, const std::string& path = "a.tocsin") {
  ReportFixture f;
  const SourceId id = f.Add(path, text);
  std::uint32_t begin = 0;
  for (std::uint32_t end = 0;
       (end = static_cast<std::uint32_t>(text.find('\n', begin))) < text.size(); begin = end + 1) {
    const std::string line = text.substr(begin, end - begin);
    if (!line.empty() && line[0] != ' ')
      f.declarations.Add({{id, begin, static_cast<std::uint32_t>(text.size())}, "tier", line});
  }
  for (std::uint32_t i = 0; i < text.size(); ++i) {
    if (text[i] == 'x') f.sink.Emit(codes::kNotUtf8, Span{id, i, i + 1});
  }
  std::vector<std::string> fingerprints;
  for (const Finding& finding : f.Make().findings) fingerprints.push_back(finding.fingerprint);
  return fingerprints;
}

TEST_CASE("fingerprints: survive moved lines, another layout and another file") {
  const auto before = At("tier L1\n  respond: x 15m\n");
  REQUIRE(before.size() == 1);
  CHECK(before[0].size() == 18);
  CHECK(before[0].ends_with(":1"));
  CHECK(At("\n\ntier L0\n  respond: 15m\ntier L1\n  respond: x 15m\n") == before);
  CHECK(At("tier L1\n     respond:   x 15m\r\n") == before);
  CHECK(At("tier L1\n  respond: x 15m\n", "b/c.tocsin") == before);
}

TEST_CASE("fingerprints: change with the declaration, the line and the code") {
  const auto before = At("tier L1\n  respond: x 15m\n");
  CHECK(At("tier L2\n  respond: x 15m\n") != before);
  CHECK(At("tier L1\n  respond: x 16m\n") != before);
}

TEST_CASE("fingerprints: equal ones are counted in their order") {
  const auto all = At("tier L1\n  a: x\n  a: x\n  b: x\n");
  REQUIRE(all.size() == 3);
  CHECK(all[0].ends_with(":1"));
  CHECK(all[1].ends_with(":2"));
  CHECK(all[0].substr(0, 16) == all[1].substr(0, 16));
  CHECK(all[2].ends_with(":1"));
}

TEST_CASE("fingerprints: what has no place is told by its message") {
  ReportFixture f;
  f.sink.Emit(codes::kNoPolicyFiles, Span{}, "a");
  f.sink.Emit(codes::kNoPolicyFiles, Span{}, "b");
  const Report report = f.Make();
  CHECK(report.findings[0].fingerprint != report.findings[1].fingerprint);
}

TEST_CASE("declarations: the innermost that holds the place") {
  Declarations declarations;
  const SourceId a(0), b(1);
  declarations.Add({{a, 0, 50}, "escalation", "escalation climb"});
  declarations.Add({{a, 10, 20}, "rung", "escalation climb/rung"});
  declarations.Add({{a, 50, 60}, "tier", "tier L1"});
  CHECK(declarations.At({a, 12, 13})->path == "escalation climb/rung");
  CHECK(declarations.At({a, 20, 21})->path == "escalation climb");
  CHECK(declarations.At({a, 50, 51})->path == "tier L1");
  CHECK(declarations.At({a, 60, 61}) == nullptr);
  CHECK(declarations.At({b, 12, 13}) == nullptr);
  CHECK(declarations.At({}) == nullptr);
}

}  // namespace
}  // namespace tocsin::diagnostics
