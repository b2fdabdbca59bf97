#include "runtime/diagnostics/report.h"

#include <doctest/doctest.h>

#include "runtime/base/limits.h"
#include "tests/unit/diagnostics/report_fixture.h"

namespace tocsin::diagnostics {
namespace {

// The lines of the findings that are shown.
std::vector<std::string> Lines(const Report& report) {
  std::vector<std::string> lines;
  for (const Finding& finding : report.findings)
    lines.push_back(ShortLine(finding, *report.sources));
  return lines;
}

struct Mixed : ReportFixture {
  Mixed() {
    const SourceId id = Add("a.tocsin", "one\ntwo\nthree\nfour\n");
    sink.Emit(codes::kSlowClimb, Find(id, "one"), "c", "3h", "P1", "2h");
    sink.Emit(codes::kNotUtf8, Find(id, "two"));
    sink.Emit(codes::kLateSecondRung, Find(id, "three"), "P1", "5m", "c");
    sink.Emit(codes::kNotUtf8, Find(id, "four"));
  }
};

TEST_CASE("report: at most so many, errors before warnings, in the order of their places") {
  Mixed f;
  f.selection.most = 3;
  const Report report = f.Make();
  CHECK(Lines(report) ==
        std::vector<std::string>{
            "a.tocsin:1:1: warning[W0803]: climbing `c` takes 3h, but P1 must be resolved within "
            "2h",
            "a.tocsin:2:1: error[E0104]: this byte is not UTF-8 text",
            "a.tocsin:4:1: error[E0104]: this byte is not UTF-8 text"});
  CHECK(report.not_shown == 1);
  CHECK(CountLine(report) == "2 errors, 2 warnings (1 not shown)");
  f.selection.most = 1;
  CHECK(Lines(f.Make()) ==
        std::vector<std::string>{"a.tocsin:2:1: error[E0104]: this byte is not UTF-8 text"});
}

TEST_CASE("report: what is accepted does not count, and is shown where it is asked for") {
  Mixed f;
  f.accepted = {{0, {"being rebuilt", "2027-03-01"}}};
  CHECK(CountLine(f.Make()) == "2 errors, 1 warning, 1 accepted");
  CHECK(f.Make().findings.size() == 3);
  f.selection.accepted = true;
  f.selection.most = 1;
  CHECK(Lines(f.Make()) ==
        std::vector<std::string>{
            "a.tocsin:1:1: accepted[W0803]: climbing `c` takes 3h, but P1 must be resolved within "
            "2h (until 2027-03-01: being rebuilt)",
            "a.tocsin:2:1: error[E0104]: this byte is not UTF-8 text"});
  CHECK(CountLine(f.Make()) == "2 errors, 1 warning (2 not shown), 1 accepted");
}

TEST_CASE("report: what the sink did not keep is not shown in any format") {
  ReportFixture f;
  const SourceId id = f.Add("a.tocsin", "x");
  Sink many;
  for (std::size_t i = 0; i < base::kMaxDiagnostics + 7; ++i)
    many.Emit(codes::kNotUtf8, Span{id, 0, 1});
  Report report = f.Make();
  std::vector<Finding> findings;
  for (const Diagnostic& d : many.all()) findings.push_back({.diagnostic = &d});
  f.selection.most = 2;
  Fill(report, findings, many, f.declarations, f.selection);
  CHECK(report.not_shown == base::kMaxDiagnostics + 5);
  for (const FormatRow* format : Formats()) {
    CAPTURE(format->name);
    CHECK(format->render(report).find("1005") != std::string::npos);
  }
}

TEST_CASE("report: complete where all was read") {
  Mixed f;
  CHECK(f.Make().complete);
  f.broken = f.files;
  CHECK_FALSE(f.Make().complete);
  ReportFixture none;
  none.sink.Emit(codes::kNoPolicyFiles, Span{}, "policy");
  CHECK_FALSE(none.Make().complete);
  // A place in a file was read, whatever is wrong with it.
  ReportFixture bytes;
  const SourceId id = bytes.Add("a.tocsin", "x");
  bytes.sink.Emit(codes::kNotUtf8, Span{id, 0, 1});
  CHECK(bytes.Make().complete);
}

TEST_CASE("report: fixes in words") {
  ReportFixture f;
  const SourceId id = f.Add("a.tocsin", "page (L9)");
  const auto describe = [&](std::uint32_t begin, std::uint32_t end, std::string text) {
    return Describe({{id, begin, end}, std::move(text), Applicability::kSafe}, f.sources);
  };
  CHECK(describe(9, 9, " |") == "insert ` |`");
  CHECK(describe(4, 5, "") == "remove the space");
  CHECK(describe(6, 8, "") == "remove `L9`");
  CHECK(describe(6, 8, "L1") == "replace `L9` with `L1`");
}

TEST_CASE("formats: their names are those of the table, and no other is known") {
  CHECK(Formats().size() >= 6);
  for (const FormatRow* format : Formats()) CHECK(FindFormat(format->name) == format);
  CHECK(FindFormat("xml") == nullptr);
}

TEST_CASE("formats: nothing found is nothing but what the format asks for") {
  ReportFixture f;
  CHECK(f.Render("terminal").empty());
  CHECK(f.Render("short").empty());
  CHECK(f.Render("json").empty());
  CHECK(f.Render("github").empty());
}

}  // namespace
}  // namespace tocsin::diagnostics
