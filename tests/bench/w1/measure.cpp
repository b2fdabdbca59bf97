#include <algorithm>
#include <cstdio>
#include <functional>

#include <fmt/format.h>

#include "tests/bench/executors.h"
#include "tests/bench/policies.h"
#include "tests/bench/w1/commands.h"
#include "tests/bench/w1/engine_run.h"

namespace tocsin::bench::w1 {
namespace {

double Median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

struct Times {
  std::vector<double> evaluate_s;
  std::vector<double> ingest_s;
  std::uint64_t decisions = 0;
};

// By hand and each executor, in turn, so that what disturbs the machine disturbs all of them.
struct Series {
  std::vector<std::string> names;
  std::vector<Times> times;
};

Series MeasureRules(const Request& request, const Workload& workload, std::span<const Rule> rules) {
  const ir::Program program = Compile(Policy(rules, workload.size()));
  const std::vector<NamedExecutor> executors = ExecutorsOf(request, program);
  Series series;
  series.names.push_back("by hand");
  for (const NamedExecutor& one : executors) series.names.push_back(one.name);
  series.times.resize(series.names.size());
  for (std::size_t repeat = 0; repeat < request.repeats; ++repeat) {
    series.times[0].evaluate_s.push_back(RunColumnar(workload, rules).evaluate_s);
    series.times[0].ingest_s.push_back(
        RunColumnar(workload, rules, {.extrapolates = false, .ingests = true}).ingest_s);
    for (std::size_t i = 0; i < executors.size(); ++i) {
      const Outcome outcome = RunEngine(workload, rules, program, *executors[i].executor);
      series.times[i + 1].decisions = outcome.decisions;
      series.times[i + 1].evaluate_s.push_back(outcome.evaluate_s);
      series.times[i + 1].ingest_s.push_back(outcome.ingest_s);
    }
  }
  return series;
}

void Print(const std::string& what, const Series& series, double items) {
  const double base = Median(series.times[0].evaluate_s);
  std::string line = fmt::format("{:<20}", what);
  for (std::size_t i = 0; i < series.names.size(); ++i) {
    const double evaluate = Median(series.times[i].evaluate_s);
    line += fmt::format("  {} {:.2f} ({:.2f} x)", series.names[i], evaluate / items * 1e9,
                        evaluate / base);
  }
  fmt::print("{}  {} decisions\n", line, series.times.back().decisions);
}

}  // namespace

int Measure(const Request& request) {
  if (const int status = Check(request); status != 0) return status;
  const Workload workload(request.size, request.gaps, request.seed);
  const std::vector<Rule> rules = RulesOf(request);
  const double row_ticks = static_cast<double>(workload.rows()) * (kSteps - kFirstCounted);
  fmt::print("ns a rule, row and tick\n");
  for (const Rule& rule : rules)
    Print(rule.name, MeasureRules(request, workload, {&rule, 1}), row_ticks);
  Print("all", MeasureRules(request, workload, rules),
        row_ticks * static_cast<double>(rules.size()));
  return 0;
}

}  // namespace tocsin::bench::w1
