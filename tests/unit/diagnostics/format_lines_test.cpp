// The formats of lines: short and github.
#include <doctest/doctest.h>

#include "tests/unit/diagnostics/report_fixture.h"

namespace tocsin::diagnostics {
namespace {

TEST_CASE("short: a line for each, then the count") {
  ReportFixture f;
  const SourceId id = f.Add("a b.tocsin", "one\n\xc3\xa9 two\n");
  f.sink.Emit(codes::kNoPolicyFiles, Span{}, "p");
  f.sink.Emit(codes::kNotUtf8, f.Find(id, "two")).Help("not shown here");
  CHECK(f.Render("short") ==
        "error[E0102]: there are no `.tocsin` files in `p`\n"
        "a b.tocsin:2:3: error[E0104]: this byte is not UTF-8 text\n"
        "2 errors\n");
}

TEST_CASE("github: properties and data have escapes of their own") {
  ReportFixture f;
  const SourceId id = f.Add("50%,a:b.tocsin", "one two\n");
  f.sink.Emit(codes::kCannotRead, f.Find(id, "two"), "x", "100%, a:b")
      .Primary("label")
      .Note("note")
      .Help("help");
  CHECK(f.Render("github") ==
        "::error file=50%25%2Ca%3Ab.tocsin,line=1,col=5,endColumn=8,title=E0101::"
        "cannot read `x`: 100%25, a:b%0Alabel%0Anote: note%0Ahelp: help\n");
}

TEST_CASE("github: no place, and one of several lines") {
  ReportFixture f;
  const SourceId id = f.Add("a.tocsin", "one\ntwo\n");
  f.sink.Emit(codes::kNoPolicyFiles, Span{}, "p");
  f.sink.Emit(codes::kSlowClimb, f.Find(id, "one\ntwo"), "c", "3h", "P1", "2h");
  CHECK(f.Render("github") ==
        "::error title=E0102::there are no `.tocsin` files in `p`\n"
        "::warning file=a.tocsin,line=1,col=1,endLine=2,title=W0803::"
        "climbing `c` takes 3h, but P1 must be resolved within 2h\n");
}

TEST_CASE("github: ten of a severity, and the rest in one line") {
  ReportFixture f;
  const SourceId id = f.Add("a.tocsin", "x");
  for (int i = 0; i < 12; ++i) f.sink.Emit(codes::kNotUtf8, Span{id, 0, 1});
  f.sink.Emit(codes::kControlCharacter, Span{id, 0, 1}, "U+0007");
  for (int i = 0; i < 10; ++i) f.sink.Emit(codes::kLateSecondRung, Span{id, 0, 1}, "P1", "5m", "c");
  const std::string out = f.Render("github");
  std::size_t errors = 0, warnings = 0;
  for (std::size_t at = 0; (at = out.find("::error ", at)) != out.npos; ++at) ++errors;
  for (std::size_t at = 0; (at = out.find("::warning ", at)) != out.npos; ++at) ++warnings;
  CHECK(errors == 10);
  CHECK(warnings == 10);
  CHECK(out.ends_with("::notice title=tocsin check::3 more not shown here: E0104 (2), E0208\n"));
}

}  // namespace
}  // namespace tocsin::diagnostics
