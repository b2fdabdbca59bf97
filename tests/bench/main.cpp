// tocsin_bench: measures, and prints at the end what the figures mean to each other. They are
// medians of several repetitions, of the time the processor spent on us: ratios within one run stay
// true on a machine that does other things besides, single figures do not.
#include <fmt/format.h>

#include <map>
#include <string>
#include <string_view>

#include "tests/bench/bench.h"

namespace tocsin::bench {
namespace {

constexpr int kRepetitions = 7;
constexpr double kSecondsEach = 0.05;

// Shows the medians, and keeps them.
class Medians final : public benchmark::ConsoleReporter {
 public:
  Medians() : ConsoleReporter(OO_None) {}

  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& run : runs) {
      if (run.error_occurred || run.aggregate_name != "median") continue;
      const std::string& name = run.run_name.function_name;
      const double scale = benchmark::GetTimeUnitMultiplier(run.time_unit);
      ns_[name] = run.GetAdjustedCPUTime() * 1e9 / scale;
      const auto items = run.counters.find("items_per_second");
      if (items != run.counters.end()) items_per_second_[name] = items->second.value;
    }
    ConsoleReporter::ReportRuns(runs);
  }

  // Nanoseconds for each item, or for one run where it has none; 0 where it was not measured.
  double Ns(const std::string& name) const {
    const auto items = items_per_second_.find(name);
    if (items != items_per_second_.end()) return 1e9 / items->second;
    const auto ns = ns_.find(name);
    return ns == ns_.end() ? 0 : ns->second;
  }

 private:
  std::map<std::string, double> ns_;
  std::map<std::string, double> items_per_second_;
};

// One line of ratios: how many times as long as `base` each of the others takes.
void Compare(const Medians& medians, const std::string& what, const std::string& unit,
             const std::string& base, const std::vector<std::string>& others) {
  const double least = medians.Ns(what + "/" + base);
  if (least == 0) return;
  std::string line = fmt::format("{:<18} {}: {:.2f} ns {}", what, base, least, unit);
  for (const std::string& other : others) {
    const double ns = medians.Ns(what + "/" + other);
    if (ns > 0) line += fmt::format("; {} {:.2f} ({:.2f} x)", other, ns, ns / least);
  }
  fmt::print("{}\n", line);
}

void Milliseconds(const Medians& medians, const std::string& name, std::string_view what) {
  const double ns = medians.Ns(name);
  if (ns > 0) fmt::print("{:<18} {:.1f} ms {}\n", name, ns / 1e6, what);
}

void Table(const Medians& medians) {
  fmt::print("\nmedians of {} repetitions; x: times as long as the first of the line\n",
             kRepetitions);
  for (const char* rows : {"10000", "100000"}) {
    Compare(medians, fmt::format("condition/{}", rows), "a row", "hand",
            {"hand_avx2", "baseline", "avx2", "avx512", "interpret"});
  }
  for (const char* rows : {"10000", "100000"}) {
    Compare(medians, fmt::format("alert/{}", rows), "a row", "interpret",
            {"baseline", "avx2", "avx512"});
  }
  Compare(medians, "select", "a call", "interpret", {"baseline", "avx2", "avx512"});
  Milliseconds(medians, "front/parse", "1000 rules: parse");
  Milliseconds(medians, "front/check", "check");
  Milliseconds(medians, "front/lower", "expand and lower");
  Milliseconds(medians, "front/all", "text to program");
  Milliseconds(medians, "jit/distinct/100", "100 rules, each of another shape, to native code");
  Milliseconds(medians, "jit/distinct/1000", "1000 of them");
  Milliseconds(medians, "jit/one_shape/1000", "1000 rules of one shape");
  for (const char* format : {"openmetrics", "prometheus", "csv", "jsonl"}) {
    const double ns = medians.Ns(fmt::format("history/{}", format));
    if (ns > 0) fmt::print("history/{:<10} {:.2f} million lines a second\n", format, 1e3 / ns);
  }
}

}  // namespace

void Register(const std::string& name, std::function<void(benchmark::State&)> run) {
  benchmark::RegisterBenchmark(name.c_str(), std::move(run))
      ->Repetitions(kRepetitions)
      ->MinTime(kSecondsEach)
      ->DisplayAggregatesOnly(true);
}

}  // namespace tocsin::bench

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  tocsin::bench::RegisterKernels();
  tocsin::bench::RegisterMachines();
  tocsin::bench::RegisterFront();
  tocsin::bench::RegisterHistory();
  tocsin::bench::Medians medians;
  const std::size_t run = benchmark::RunSpecifiedBenchmarks(&medians);
  if (run > 0) tocsin::bench::Table(medians);
  benchmark::Shutdown();
  return run > 0 ? 0 : 1;
}
