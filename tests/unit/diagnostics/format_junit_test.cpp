#include <doctest/doctest.h>

#include "tests/unit/diagnostics/report_fixture.h"

namespace tocsin::diagnostics {
namespace {

bool Has(const std::string& text, std::string_view part) { return text.find(part) != text.npos; }

TEST_CASE("junit: a suite for each file, a failing case for each finding, a passing one without") {
  ReportFixture f;
  const SourceId a = f.Add("a.tocsin", "tier x\ntier x\n");
  f.Add("b.tocsin", "tier y\n");
  f.declarations.Add({{a, 0, 6}, "tier", "tier x"});
  f.sink.Emit(codes::kNotUtf8, Span{a, 0, 1});
  f.sink.Emit(codes::kNotUtf8, Span{a, 0, 2});
  const std::string out = f.Render("junit");
  CHECK(out.starts_with(R"(<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="tocsin check" tests="3" failures="2" errors="0">
  <testsuite name="a.tocsin" tests="2" failures="2" errors="0" skipped="0">
    <testcase classname="a.tocsin" name="E0104 not-utf8: tier x">
      <failure type="error" message="this byte is not UTF-8 text">error[E0104]: )"));
  CHECK(Has(out, "name=\"E0104 not-utf8: tier x (2)\""));
  CHECK(out.ends_with(R"(  <testsuite name="b.tocsin" tests="1" failures="0" errors="0" skipped="0">
    <testcase classname="b.tocsin" name="no findings"/>
  </testsuite>
</testsuites>
)"));
}

TEST_CASE("junit: what cannot be read is an error, and others were not looked at") {
  ReportFixture f;
  f.Add("a.tocsin", "tier x\n");
  f.sink.Emit(codes::kCannotRead, Span{}, "b.tocsin", "no");
  const std::string out = f.Render("junit");
  CHECK(Has(out, R"(<testsuite name="policy" tests="1" failures="0" errors="1" skipped="0">)"));
  CHECK(Has(out, R"(<error type="error" message="cannot read `b.tocsin`: no">)"));
  CHECK(Has(out, "<skipped>not looked at, because another file of the policy cannot be read"));
}

TEST_CASE("junit: what is accepted is skipped, with its reason") {
  ReportFixture f;
  const SourceId a = f.Add("a.tocsin", "tier x\n");
  f.sink.Emit(codes::kSlowClimb, Span{a, 0, 1}, "c", "3h", "P1", "2h");
  f.accepted = {{0, {"being <rebuilt>", "2027-03-01"}}};
  CHECK(Has(f.Render("junit"), R"(<testcase classname="a.tocsin" name="no findings"/>)"));
  f.selection.accepted = true;
  const std::string out = f.Render("junit");
  CHECK(Has(out, R"(tests="2" failures="0" errors="0" skipped="1">)"));
  CHECK(Has(out, "accepted until 2027-03-01: being &lt;rebuilt&gt;</skipped>"));
}

TEST_CASE("junit: what XML has no place for is escaped, and what it forbids is spelled out") {
  ReportFixture f;
  f.Add("a&b<c>\"d\x01\xff\xef\xbf\xbe\t\n\r", "");
  CHECK(Has(f.Render("junit"),
            "classname=\"a&amp;b&lt;c&gt;&quot;d\\u{1}\\xff\\u{fffe}&#9;&#10;&#13;\""));
}

TEST_CASE("junit: no file at all is a suite of the policy") {
  ReportFixture f;
  CHECK(Has(f.Render("junit"), R"(<testcase classname="policy" name="no findings"/>)"));
}

}  // namespace
}  // namespace tocsin::diagnostics
