// Checking and writing; measure.cpp measures.
#include <cstdio>
#include <fstream>

#include <fmt/format.h>

#include "tests/bench/executors.h"
#include "tests/bench/policies.h"
#include "tests/bench/w1/commands.h"
#include "tests/bench/w1/engine_run.h"

namespace tocsin::bench::w1 {
namespace {

bool Same(std::span<const Rule> rules, const std::string& who, std::span<const Counts> expected,
          std::span<const Counts> seen) {
  bool same = true;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (expected[i] == seen[i]) continue;
    same = false;
    fmt::print("{}: {} counts {} {} {} (active, firing, transitions), by hand {} {} {}\n",
               rules[i].name, who, seen[i].active, seen[i].firing, seen[i].transitions,
               expected[i].active, expected[i].firing, expected[i].transitions);
  }
  return same;
}

}  // namespace

std::vector<Rule> RulesOf(const Request& request) {
  std::vector<Rule> rules = Rules(request.variants, request.size.of_service());
  if (!request.kind.empty())
    std::erase_if(rules, [&](const Rule& rule) { return Word(rule.kind) != request.kind; });
  return rules;
}

int Check(const Request& request) {
  const Workload workload(request.size, request.gaps, request.seed);
  const std::vector<Rule> rules = RulesOf(request);
  const std::vector<Counts> expected = RunColumnar(workload, rules).counts;
  const ir::Program program = Compile(Policy(rules, request.size));
  const std::vector<NamedExecutor> executors = Executors(program, request.engine);
  bool same = true;
  for (const NamedExecutor& one : executors)
    same &=
        Same(rules, one.name, expected, RunEngine(workload, rules, program, *one.executor).counts);
  same &= Same(rules, "replay", expected,
               Replay(workload, rules, program, *executors.front().executor));
  std::uint64_t active = 0;
  for (const Counts& counts : expected) active += counts.active;
  fmt::print("{} rules over {} rows, {} ticks of them active: {}\n", rules.size(), workload.rows(),
             active, same ? "all count the same" : "DIFFERENT");
  return same && active > 0 ? 0 : 1;
}

int Ticks(const Request& request) {
  const Workload workload(request.size, request.gaps, request.seed);
  const std::vector<Rule> rules = RulesOf(request);
  const ir::Program program = Compile(Policy(rules, request.size));
  for (const NamedExecutor& one : Executors(program, request.engine)) {
    const Outcome outcome = RunEngine(workload, rules, program, *one.executor);
    fmt::print("{}: {} decisions\n", one.name, outcome.decisions);
  }
  return 0;
}

int Write(const Request& request) {
  const Workload workload(request.size, request.gaps, request.seed);
  const std::vector<Rule> rules = RulesOf(request);
  std::filesystem::create_directories(request.folder / "policy");
  const auto write = [&](const char* name, const std::string& text) {
    std::ofstream(request.folder / name, std::ios::binary) << text;
  };
  write("policy/policy.tocsin", Policy(rules, request.size));
  write("rules.yml", PrometheusRules(rules));
  write("rules.tsv", Table(rules));
  const auto counts = [&](bool extrapolates) {
    std::string text;
    const Outcome outcome =
        RunColumnar(workload, rules, {.extrapolates = extrapolates, .ingests = false});
    for (std::size_t i = 0; i < rules.size(); ++i) {
      const Counts& of = outcome.counts[i];
      text += fmt::format("{}\t{}\t{}\t{}\n", rules[i].name, of.active, of.firing, of.transitions);
    }
    return text;
  };
  write("counts.tsv", counts(false));
  write("counts_extrapolated.tsv", counts(true));
  std::ofstream data(request.folder / "data.om", std::ios::binary);
  workload.WriteOpenMetrics([&](std::string_view text) { data << text; });
  data.flush();
  if (data.good()) return 0;
  fmt::print(stderr, "{} cannot be written\n", request.folder.string());
  return 1;
}

}  // namespace tocsin::bench::w1
