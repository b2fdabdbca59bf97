#include <doctest/doctest.h>

#include "tests/unit/diagnostics/report_fixture.h"

namespace tocsin::diagnostics {
namespace {

TEST_CASE("json: every field, on one line, in a fixed order") {
  ReportFixture f;
  const SourceId id = f.Add("a.tocsin", "tier L1\ntier L1\n");
  f.declarations.Add({{id, 8, 15}, "tier", "tier L1"});
  f.sink.Emit(codes::kNotUtf8, {id, 13, 15})
      .Primary("again")
      .Also({id, 5, 7}, "first \"here\"")
      .Note("n")
      .Help("h")
      .Offer({id, 13, 15}, "L2", Applicability::kPlaceholder);
  f.accepted.push_back({0, {"soon gone", "2027-03-01"}});
  f.selection.accepted = true;
  const Report report = f.Make();
  CHECK(FindFormat("json")->render(report) ==
        "{\"code\":\"E0104\",\"name\":\"not-utf8\",\"severity\":\"error\","
        "\"message\":\"this byte is not UTF-8 text\",\"file\":\"a.tocsin\",\"line\":2,"
        "\"column\":6,\"end_line\":2,\"end_column\":8,\"label\":\"again\","
        "\"labels\":[{\"file\":\"a.tocsin\",\"line\":1,\"column\":6,\"end_line\":1,"
        "\"end_column\":8,\"text\":\"first \\\"here\\\"\"}],\"notes\":[\"n\"],\"help\":\"h\","
        "\"fixes\":[{\"file\":\"a.tocsin\",\"line\":2,\"column\":6,\"end_line\":2,"
        "\"end_column\":8,\"text\":\"L2\",\"applicability\":\"placeholder\"}],"
        "\"declaration\":\"tier L1\",\"fingerprint\":\"" +
            report.findings[0].fingerprint +
            "\",\"accepted\":{\"reason\":\"soon gone\",\"until\":\"2027-03-01\"}}\n");
}

TEST_CASE("json: no place is null, and bytes that are not text are spelled out") {
  ReportFixture f;
  f.sink.Emit(codes::kNoPolicyFiles, Span{}, "p\xff");
  const std::string out = f.Render("json");
  CHECK(out.starts_with(
      "{\"code\":\"E0102\",\"name\":\"no-policy-files\",\"severity\":\"error\","
      "\"message\":\"there are no `.tocsin` files in `p\\\\xff`\",\"file\":null,\"line\":null,"
      "\"column\":null,\"end_line\":null,\"end_column\":null,\"label\":null,\"labels\":[],"
      "\"notes\":[],\"help\":null,\"fixes\":[],\"declaration\":null,\"fingerprint\":\""));
  CHECK(out.ends_with(":1\",\"accepted\":null}\n"));
}

}  // namespace
}  // namespace tocsin::diagnostics
