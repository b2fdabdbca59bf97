// reality_tests PROGRAMS ROOT EXAMPLE [HISTORY]: holds what `tocsin simulate` decides of a
// recording, in the interpreter and compiled, against rules that were written a second time and are
// evaluated sample by sample, on every transition of every alert and on whom its level tells. The
// rows that must fire fire, all others are quiet. Then each rule is changed by one step, and the
// two must disagree.
#include <algorithm>
#include <cstdio>
#include <exception>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <boost/json.hpp>

#include "tests/reality/examples.h"
#include "tests/support/process.h"
#include "tests/support/text.h"

namespace tocsin::reality {

std::vector<Row> RowsOf(const std::vector<std::string>& values) {
  std::vector<Row> rows;
  for (const std::string& value : values) rows.push_back({value});
  return rows;
}

std::vector<Row> RowsOf(const std::vector<std::string>& first,
                        const std::vector<std::string>& second) {
  std::vector<Row> rows;
  for (const std::string& a : first) {
    for (const std::string& b : second) rows.push_back({a, b});
  }
  return rows;
}

namespace {

struct Case {
  std::string name, history;
  Example example;
};
const std::vector<Case> kCases = {
    {"02_overloaded_broker", "overloaded_broker.om.zst", {5 * kSecond, 2 * kSecond, BrokerRules}},
    {"03_every_rule", "every_rule.om.zst", {15 * kSecond, 5 * kSecond, HandbookRules}},
};

std::string RunOrThrow(const std::vector<std::string>& arguments) {
  const testing::Outcome outcome = testing::Run({.arguments = arguments});
  if (outcome.status != 0)
    throw std::runtime_error(fmt::format("{} fails: {}", arguments[0], outcome.err));
  return outcome.out;
}

// `2026-11-23T09:00:20.000Z` of the day of the recording, as milliseconds since 1970.
Instant ReadTime(std::string_view text) {
  const auto number = [&](std::size_t from, std::size_t length) {
    return std::stoll(std::string(text.substr(from, length)));
  };
  // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil, for after
  // March.
  const Instant year = number(0, 4), month = number(5, 2), day = number(8, 2);
  const Instant y = month > 2 ? year : year - 1;
  const Instant day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  const Instant days = y * 365 + y / 4 - y / 100 + y / 400 + day_of_year - 719468;
  return ((days * 24 + number(11, 2)) * 60 + number(14, 2)) * kMinute + number(17, 2) * kSecond +
         number(20, 3);
}

// The transitions of alerts, and the notices of their levels.
std::vector<Step> ReadDecisions(const std::string& text) {
  std::vector<Step> steps;
  for (const std::string& line : testing::Lines(text)) {
    const boost::json::object decision = boost::json::parse(line).as_object();
    const auto field = [&](const char* name) {
      return std::string(decision.at(name).as_string().c_str());
    };
    if (field("type") != "transition" && field("type") != "send") continue;
    if (field("kind") != "alert") continue;
    const std::string row = field("machine") + field("key");
    if (field("type") == "send") {
      steps.push_back(
          {ReadTime(field("at")), row + " tells " + field("to") + " by " + field("via")});
    } else if (field("from") != field("to")) {
      steps.push_back({ReadTime(field("at")), row + " " + field("from") + " -> " + field("to")});
    }
  }
  std::ranges::sort(steps);
  return steps;
}

// What only one of the two has, at most ten lines of it.
std::size_t Compare(const std::vector<Step>& ours, const std::vector<Step>& theirs) {
  const auto print = [](const char* who, const std::vector<Step>& a, const std::vector<Step>& b) {
    std::vector<Step> only;
    std::ranges::set_difference(a, b, std::back_inserter(only));
    for (std::size_t i = 0; i < std::min<std::size_t>(only.size(), 10); ++i)
      fmt::print("  only {}: {} {}\n", who, only[i].at, only[i].what);
    return only.size();
  };
  return print("by hand", ours, theirs) + print("tocsin", theirs, ours);
}

// The rows that must fire do, and no others; each rule has a row that does.
std::size_t CheckFires(const std::vector<Rule>& rules, const std::vector<Step>& steps) {
  std::size_t wrong = 0;
  for (const Rule& rule : rules) {
    if (rule.fires.empty()) throw std::runtime_error(rule.name + " has no row that must fire");
    for (const Row& row : rule.rows) {
      const bool expected = std::ranges::find(rule.fires, row) != rule.fires.end();
      const std::string key = Key(rule, row);
      const auto count = std::ranges::count_if(steps, [&](const Step& step) {
        return step.what == key + " pending -> firing" || step.what == key + " inactive -> firing";
      });
      if ((count > 0) == expected) continue;
      fmt::print("  {} fired {} times\n", key, count);
      ++wrong;
    }
  }
  return wrong;
}

// The transitions of one rule.
std::vector<Step> Of(const Rule& rule, const std::vector<Step>& steps) {
  std::vector<Step> some;
  for (const Step& step : steps) {
    if (step.what.starts_with(rule.name + "{") && step.what.find(" tells ") == std::string::npos)
      some.push_back(step);
  }
  return some;
}

// Each limit by a step, each time by a tick, one at a time: the decisions must differ.
std::size_t CheckMutations(const std::vector<Rule>& rules, const Ticks& ticks, Instant grace,
                           const std::vector<Step>& theirs, std::size_t& mutations) {
  std::size_t unseen = 0;
  const auto check = [&](const Rule& mutant, const char* what) {
    ++mutations;
    if (Of(mutant, Decide({mutant}, ticks, grace)) != Of(mutant, theirs)) return;
    fmt::print("  {}: nobody sees that its {} was changed\n", mutant.name, what);
    ++unseen;
  };
  for (const Rule& rule : rules) {
    if (Of(rule, Decide({rule}, ticks, grace)) != Of(rule, theirs)) continue;
    Rule mutant = rule;
    mutant.limit += rule.step;
    if (rule.limit != 0) check(mutant, "limit");
    mutant = rule;
    mutant.hold += ticks.distance;
    check(mutant, "`for`");
  }
  return unseen;
}

std::size_t Check(const Case& test, const std::string& programs, const std::string& folder,
                  const std::string& history) {
  const Recording recording = ReadRecording(RunOrThrow({"zstd", "-dcf", history}));
  const Instant distance = test.example.resolution, grace = test.example.grace;
  const Ticks ticks = {.first = (recording.first + distance - 1) / distance * distance,
                       .last = (recording.last - grace) / distance * distance,
                       .distance = distance};
  const std::vector<Rule> rules = test.example.rules(recording, ticks);
  const std::vector<Step> ours = Decide(rules, ticks, grace);
  std::vector<Step> theirs;
  std::size_t wrong = CheckFires(rules, ours);
  for (const char* engine : {"interpret", "jit"}) {
    theirs =
        ReadDecisions(RunOrThrow({programs + "/tocsin", "simulate", folder + "/policy", "--history",
                                  history, "--format", "json", "--engine", engine}));
    const std::size_t differences = Compare(ours, theirs);
    fmt::print("{}, {}: {} steps by hand, {} by tocsin, {} differences\n", test.name, engine,
               ours.size(), theirs.size(), differences);
    wrong += differences;
  }
  std::size_t mutations = 0;
  const std::size_t unseen = CheckMutations(rules, ticks, grace, theirs, mutations);
  fmt::print("{}: {} rules changed one at a time, {} unseen\n", test.name, mutations, unseen);
  return wrong + unseen;
}

int Main(int argc, char** argv) {
  if (argc != 4 && argc != 5)
    throw std::runtime_error("usage: reality_tests PROGRAMS ROOT EXAMPLE [HISTORY]");
  const auto test = std::ranges::find(kCases, argv[3], &Case::name);
  if (test == kCases.end()) throw std::runtime_error("no such example");
  const std::string folder = std::string(argv[2]) + "/examples/" + test->name;
  const std::string history = argc == 5 ? argv[4] : folder + "/" + test->history;
  return Check(*test, argv[1], folder, history) == 0 ? 0 : 1;
}

}  // namespace
}  // namespace tocsin::reality

int main(int argc, char** argv) {
  try {
    return tocsin::reality::Main(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "reality_tests: %s\n", error.what());
    return 2;
  }
}
