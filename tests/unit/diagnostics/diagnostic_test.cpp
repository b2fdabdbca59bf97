#include "runtime/diagnostics/diagnostic.h"

#include <set>

#include <doctest/doctest.h>

#include "runtime/base/limits.h"
#include "runtime/diagnostics/codes.h"

namespace tocsin::diagnostics {
namespace {

TEST_CASE("sink: errors are counted past the limit, and the list stays bounded") {
  Sink sink;
  for (std::size_t i = 0; i < base::kMaxDiagnostics + 5; ++i) {
    sink.Emit(codes::kNotUtf8, Span{}).Help("save the file as UTF-8");
  }
  CHECK(sink.errors() == base::kMaxDiagnostics + 5);
  CHECK(sink.warnings() == 0);
  CHECK(sink.all().size() == base::kMaxDiagnostics);
}

TEST_CASE("sink: sorted by place, what has no place first, ties in their own order") {
  SourceSet sources;
  const SourceId id = sources.Add("a.tocsin", "0123456789");
  Sink sink;
  sink.Emit(codes::kNotUtf8, {id, 5, 6}).Note("second at 5");
  sink.Emit(codes::kNotUtf8, {id, 2, 3});
  sink.Emit(codes::kNotUtf8, {id, 5, 6}).Note("third at 5");
  sink.Emit(codes::kNoPolicyFiles, Span{}, "policy");
  sink.SortByPlace();
  CHECK(sink.all()[0].message == "there are no `.tocsin` files in `policy`");
  CHECK(sink.all()[1].span.begin == 2);
  CHECK(sink.all()[2].notes[0] == "second at 5");
  CHECK(sink.all()[3].notes[0] == "third at 5");
}

TEST_CASE("codes: numbers and names are unique") {
  std::set<std::string_view> seen;
  for (const Row* row : codes::All()) {
    CAPTURE(row->code);
    CHECK(seen.insert(row->code).second);
    CHECK(seen.insert(row->name).second);
    CHECK(row->code.size() == 5);
    CHECK_FALSE(row->message.ends_with('.'));
  }
}

TEST_CASE("shown: what a user wrote is made harmless and short") {
  CHECK(Shown("plain") == "plain");
  CHECK(Shown("a\tb\nc") == "a\\tb\\nc");
  CHECK(Shown("red\x1b[31m") == "red\\u{1b}[31m");
  CHECK(Shown("\xe2\x80\xae") == "\\u{202e}");
  CHECK(Shown("\xff") == "\\xff");
  CHECK(Shown("abcdef", 3) == "abc...");
  CHECK(Shown("abc", 3) == "abc");
  // Never half a character.
  CHECK(Shown("ab\xc3\xa9", 3) == "ab...");
}

TEST_CASE("nearest: within two edits, one for short names, and never something else altogether") {
  const std::vector<std::string> known{"registry_down", "registry_up", "eu", "L1", "signal"};
  CHECK(Nearest("registry_dwon", known) == "registry_down");
  CHECK(Nearest("singal", known) == "signal");
  CHECK(Nearest("sgnl", known) == "signal");
  CHECK(Nearest("sgl", known).empty());
  CHECK(Nearest("L2", known) == "L1");
  CHECK(Nearest("xy", known).empty());
  CHECK(Nearest("signal", {"signal"}).empty());
  CHECK(Nearest("", known).empty());
}

}  // namespace
}  // namespace tocsin::diagnostics
