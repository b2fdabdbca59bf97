#include <doctest/doctest.h>

#include <boost/json.hpp>

#include "tests/unit/diagnostics/report_fixture.h"

namespace tocsin::diagnostics {
namespace {

namespace json = boost::json;

json::object RunOf(ReportFixture& f) {
  const json::value log = json::parse(f.Render("sarif"));
  CHECK(log.at("version") == "2.1.0");
  REQUIRE(log.at("runs").as_array().size() == 1);
  const json::object run = log.at("runs").at(0).as_object();
  CHECK(run.at("columnKind") == "unicodeCodePoints");
  CHECK(run.at("tool").at("driver").at("name") == "tocsin");
  CHECK(run.at("tool").at("driver").at("version") == "1.2.3");
  return run;
}

json::value Text(std::string_view text) { return json::object{{"text", text}}; }

TEST_CASE("sarif: a rule for each code, with its page, and results that refer to them") {
  ReportFixture f;
  const SourceId id = f.Add("a b.tocsin", "one \xc3\xa9 two\n");
  f.sink.Emit(codes::kNotUtf8, f.Find(id, "two")).Primary("l").Note("n").Help("h");
  f.sink.Emit(codes::kSlowClimb, f.Find(id, "two"), "c", "3h", "P1", "2h");
  f.sink.Emit(codes::kNotUtf8, f.Find(id, "one"));
  const json::object run = RunOf(f);
  const json::array& rules = run.at("tool").at("driver").at("rules").as_array();
  REQUIRE(rules.size() == 2);
  CHECK(rules[0].at("id") == "E0104");
  CHECK(rules[0].at("name") == "NotUtf8");
  CHECK(rules[0].at("shortDescription") == Text("A file is not UTF-8."));
  CHECK(rules[0].at("fullDescription") == Text("A file is not UTF-8. It was saved otherwise."));
  CHECK(rules[0].at("help").at("markdown").as_string() == ReportFixture::kPages[0].text);
  CHECK(rules[0].at("defaultConfiguration").at("level") == "error");
  CHECK(rules[1].at("defaultConfiguration").at("level") == "warning");
  const json::array& results = run.at("results").as_array();
  REQUIRE(results.size() == 3);
  CHECK(results[0].at("message") == Text("this byte is not UTF-8 text\nl\nnote: n\nhelp: h"));
  CHECK(results[1].at("ruleIndex") == 1);
  CHECK(results[1].at("level") == "warning");
  CHECK(results[2].at("ruleIndex") == 0);
  const json::value& place = results[0].at("locations").at(0).at("physicalLocation");
  CHECK(place.at("artifactLocation").at("uri") == "a%20b.tocsin");
  CHECK(place.at("region") ==
        json::object{{"startLine", 1}, {"startColumn", 7}, {"endLine", 1}, {"endColumn", 10}});
  CHECK(run.at("artifacts").at(0).at("location").at("uri") == "a%20b.tocsin");
  CHECK(run.at("invocations").at(0).at("executionSuccessful") == true);
}

TEST_CASE("sarif: declarations, further places, fingerprints and fixes") {
  ReportFixture f;
  const SourceId id = f.Add("a.tocsin", "tier L1\ntier L1\n");
  const SourceId builtin = f.sources.AddBuiltin("stdlib/kinds/tier.tocsin", "kind tier\n");
  f.declarations.Add({{id, 8, 15}, "tier", "tier L1"});
  f.sink.Emit(codes::kNotUtf8, Span{id, 13, 15})
      .Also({id, 5, 7}, "first here")
      .Also({builtin, 5, 9}, "")
      .Offer({id, 13, 15}, "L2", Applicability::kReview)
      .Offer({id, 12, 15}, "", Applicability::kSafe)
      .Offer({id, 13, 15}, "...", Applicability::kPlaceholder);
  const json::object run = RunOf(f);
  const json::value& result = run.at("results").at(0);
  const json::value& logical = result.at("locations").at(0).at("logicalLocations").at(0);
  CHECK(logical.at("fullyQualifiedName") == "tier L1");
  CHECK(logical.at("kind") == "tier");
  const json::array& related = result.at("relatedLocations").as_array();
  REQUIRE(related.size() == 2);
  CHECK(related[0].at("message") == Text("first here"));
  CHECK(related[1].at("physicalLocation").at("artifactLocation").at("uri") ==
        "tocsin:stdlib/kinds/tier.tocsin");
  const json::value& prints = result.at("partialFingerprints");
  CHECK(prints.at("primaryLocationLineHash") == prints.at("tocsin/v1"));
  const json::array& fixes = result.at("fixes").as_array();
  REQUIRE(fixes.size() == 2);
  CHECK(fixes[0].at("description") == Text("replace `L1` with `L2`"));
  CHECK(fixes[0].at("properties").at("applicability") == "review");
  const json::value& change = fixes[0].at("artifactChanges").at(0);
  CHECK(change.at("artifactLocation").at("uri") == "a.tocsin");
  CHECK(change.at("replacements").at(0).at("insertedContent") == Text("L2"));
  const json::object& removal =
      fixes[1].at("artifactChanges").at(0).at("replacements").at(0).as_object();
  CHECK(removal.at("deletedRegion").at("startColumn") == 5);
  CHECK_FALSE(removal.contains("insertedContent"));
}

TEST_CASE("sarif: what could not be read is said in the invocation") {
  ReportFixture f;
  const SourceId id = f.Add("a.tocsin", "x");
  f.broken = f.files;
  f.sink.Emit(codes::kCannotRead, Span{}, "b.tocsin", "no");
  f.sink.Emit(codes::kNotUtf8, Span{id, 0, 1});
  const json::object run = RunOf(f);
  const json::value& invocation = run.at("invocations").at(0);
  CHECK(invocation.at("executionSuccessful") == false);
  const json::array& said = invocation.at("toolExecutionNotifications").as_array();
  REQUIRE(said.size() == 2);
  CHECK(said[0].at("descriptor") == json::object{{"id", "E0101"}, {"index", 0}});
  CHECK(said[0].at("message") == Text("cannot read `b.tocsin`: no"));
  CHECK(said[1].at("locations").at(0).at("physicalLocation").at("artifactLocation").at("uri") ==
        "a.tocsin");
  CHECK(run.at("tool").at("driver").at("notifications").at(0).at("id") == "E0101");
  CHECK(run.at("results").as_array().size() == 1);
}

TEST_CASE("sarif: what is about the policy as a whole is at its first file") {
  ReportFixture f;
  f.Add("a.tocsin", "");
  f.sink.Emit(codes::kPolicyCount, Span{}, "none");
  const json::object run = RunOf(f);
  const json::value& place = run.at("results").at(0).at("locations").at(0).at("physicalLocation");
  CHECK(place.at("artifactLocation").at("uri") == "a.tocsin");
  CHECK_FALSE(place.as_object().contains("region"));
}

TEST_CASE("sarif: what is accepted is suppressed") {
  ReportFixture f;
  const SourceId a = f.Add("a.tocsin", "tier x\n");
  f.sink.Emit(codes::kSlowClimb, Span{a, 0, 1}, "c", "3h", "P1", "2h");
  f.accepted = {{0, {"being rebuilt", "2027-03-01"}}};
  f.selection.accepted = true;
  const json::object run = RunOf(f);
  CHECK(run.at("results").at(0).at("suppressions").at(0) ==
        json::object{{"kind", "inSource"}, {"justification", "until 2027-03-01: being rebuilt"}});
}

}  // namespace
}  // namespace tocsin::diagnostics
