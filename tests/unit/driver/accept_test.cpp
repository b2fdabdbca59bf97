#include "compiler/driver/accept.h"

#include <doctest/doctest.h>

#include "compiler/driver/policy.h"
#include "runtime/base/limits.h"
#include "runtime/diagnostics/acceptable.h"
#include "runtime/diagnostics/codes.h"
#include "runtime/values/instants.h"

namespace tocsin::driver {
namespace {

std::int64_t Day(int year, unsigned month, unsigned day) {
  return values::DayNumber({year, month, day});
}

// A policy whose ladder is too slow, with what stands after it, checked on a day.
void Check(const std::string& rest, std::int64_t day, Compilation& compilation) {
  compilation.day = day;
  CompileTexts({{"shop.tocsin", R"(policy shop "Shop" {}
channel sms
person alice { contact: [sms] }
severity P1 "Critical" { respond: 15m  resolve: 1h  climb: climb }
escalation climb {
  rung { page: alice  answer_within: 40m }
  rounds: 2
  on exhausted do page(alice)
}
)" + rest}},
               "", Stage::kTyped, compilation);
}

// The codes that are reported, then those that were accepted, with the reason.
std::string Codes(const Compilation& compilation) {
  std::string codes;
  for (const diagnostics::Diagnostic& d : compilation.sink.all())
    codes += std::string(d.row->code) + " ";
  for (const Accepted& accepted : compilation.accepted) {
    codes += fmt::format("({} {} {})", accepted.finding.row->code, accepted.acceptance.until,
                         accepted.acceptance.reason);
  }
  return codes;
}

std::string CodesOf(const std::string& rest, std::int64_t day) {
  Compilation compilation;
  Check(rest, day, compilation);
  return Codes(compilation);
}

TEST_CASE("accept: until the day before, and not on the day") {
  const std::string accept = "accept W0803 \"soon\" { at: climb  until: 2027-03-01 }\n";
  CHECK(CodesOf("", Day(2027, 2, 28)) == "W0803 ");
  CHECK(CodesOf(accept, Day(2027, 2, 28)) == "(W0803 2027-03-01 soon)");
  CHECK(CodesOf(accept, Day(2020, 1, 1)) == "(W0803 2027-03-01 soon)");
  Compilation expired;
  Check(accept, Day(2027, 3, 1), expired);
  CHECK(Codes(expired) == "W0803 ");
  REQUIRE(expired.sink.all()[0].notes.size() == 1);
  CHECK(expired.sink.all()[0].notes[0] == "it was accepted until 2027-03-01: soon");
}

TEST_CASE("accept: what is accepted does not count") {
  Compilation compilation;
  Check("accept W0803 \"soon\" { at: climb  until: 2027-03-01 }\n", Day(2027, 2, 28), compilation);
  CHECK(compilation.sink.warnings() == 0);
  CHECK_FALSE(compilation.failed());
}

TEST_CASE("accept: one that holds wins over one that has expired, in any order") {
  const std::string holds = "accept W0803 \"holds\" { at: climb  until: 2027-03-01 }\n";
  const std::string expired = "accept slow_climb \"expired\" { at: climb  until: 2026-03-01 }\n";
  CHECK(CodesOf(holds + expired, Day(2027, 2, 28)) == "(W0803 2027-03-01 holds)");
  CHECK(CodesOf(expired + holds, Day(2027, 2, 28)) == "(W0803 2027-03-01 holds)");
}

TEST_CASE("accept: only in the declaration that is named") {
  CHECK(CodesOf("accept W0803 \"soon\" { at: P1  until: 2027-03-01 }\n", Day(2027, 2, 28)) ==
        "W0803 W0806 ");
  CHECK(CodesOf("accept W0802 \"soon\" { at: climb  until: 2027-03-01 }\n", Day(2027, 2, 28)) ==
        "W0803 W0806 ");
  // A name that another one begins with is another name.
  CHECK(CodesOf("escalation climb2 { rung { page: alice  answer_within: 1m }  "
                "on exhausted do page(alice) }\n"
                "accept W0803 \"soon\" { at: climb2  until: 2027-03-01 }\n",
                Day(2027, 2, 28)) == "W0803 W0806 ");
}

TEST_CASE("accept: nothing is said of an unused one where not all findings are known") {
  Compilation compilation;
  Check("accept W0802 \"soon\" { at: climb  until: 2027-03-01 }\n", Day(2027, 2, 28), compilation);
  CHECK(compilation.sink.warnings() == 2);
  diagnostics::Sink full;
  for (std::size_t i = 0; i < base::kMaxDiagnostics; ++i)
    full.Emit(diagnostics::codes::kSlowClimb, {}, "a", "b", "c", "d");
  CHECK(Accept(compilation.typed, compilation.sources, {}, 0, full).empty());
  CHECK(full.warnings() == base::kMaxDiagnostics);
}

TEST_CASE("acceptable: warnings and what analyses find, by number and by name") {
  const auto acceptable = [](std::string_view name) {
    const diagnostics::Row* row = diagnostics::FindCode(name);
    return row != nullptr && diagnostics::IsAcceptable(*row);
  };
  CHECK(acceptable("W0803"));
  CHECK(acceptable("slow_climb"));
  CHECK(acceptable("E0801"));
  CHECK_FALSE(acceptable("E0301"));
  CHECK_FALSE(acceptable("slow-climb"));
  CHECK(diagnostics::NearestAcceptable("W0830") == "W0803");
  CHECK(diagnostics::NearestAcceptable("slow_clim") == "slow_climb");
  CHECK(diagnostics::NearestAcceptable("E0302") != "E0301");
}

}  // namespace
}  // namespace tocsin::driver
