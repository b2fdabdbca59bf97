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
      real_ns_[name] = run.GetAdjustedRealTime() * 1e9 / scale;
      for (const char* counter : {kCpuMs, kMebibytes}) {
        const auto found = run.counters.find(counter);
        if (found != run.counters.end()) of_process_[name][counter] = found->second.value;
      }
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

  double RealMs(const std::string& name) const {
    const auto ns = real_ns_.find(name);
    return ns == real_ns_.end() ? 0 : ns->second / 1e6;
  }
  // 0 where it was not measured.
  double OfProcess(const std::string& name, const char* counter) const {
    const auto counters = of_process_.find(name);
    return counters == of_process_.end() ? 0 : counters->second.at(counter);
  }

 private:
  std::map<std::string, double> ns_;
  std::map<std::string, double> real_ns_;
  std::map<std::string, std::map<std::string, double>> of_process_;
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

// What a command must not take longer than, from the start of its process to the end. Of the memory
// of a small one nothing can be said: it is not told apart from what this process holds.
bool WithinBound(const Medians& medians, const std::string& name, std::string_view what,
                 double most_ms, double most_mib = 0) {
  const double ms = medians.RealMs(name);
  if (ms == 0) return true;
  const double mib = medians.OfProcess(name, kMebibytes);
  const bool within = ms <= most_ms && (most_mib == 0 || mib <= most_mib);
  fmt::print("{:<18} {:.0f} ms ({:.0f} of all processors) {}, at most {} ms", name, ms,
             medians.OfProcess(name, kCpuMs), what, most_ms);
  if (most_mib > 0) fmt::print("; {:.0f} MiB, at most {}", mib, most_mib);
  fmt::print("{}\n", within ? "" : ": OVER");
  return within;
}

// By processor time, which other work on the machine changes least.
void Growth(const Medians& medians, const std::string& name) {
  const auto times = [&](const char* counter, const char* scale) {
    return medians.OfProcess(name + "/" + scale, counter) / medians.OfProcess(name + "/1", counter);
  };
  if (medians.OfProcess(name + "/4", kCpuMs) == 0) return;
  fmt::print(
      "{:<18} of 2 and 4 times as much: {:.2f} x and {:.2f} x the processor time, {:.2f} x "
      "and {:.2f} x the memory\n",
      name, times(kCpuMs, "2"), times(kCpuMs, "4"), times(kMebibytes, "2"), times(kMebibytes, "4"));
}

// False where something is over its bound.
bool Scale(const Medians& medians) {
  bool within = true;
  within &= WithinBound(medians, "scale/check/1", "to check 100,000 lines", 3000, 500);
  Growth(medians, "scale/check");
  within &= WithinBound(medians, "scale/fmt/1", "to lay out 100,000 lines", 1500, 500);
  Growth(medians, "scale/fmt");
  within &= WithinBound(medians, "save/fmt", "to lay out a file of 2,000 lines", 100);
  within &= WithinBound(medians, "start/check", "to check a small policy", 50);
  return within;
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
  tocsin::bench::RegisterScale();  // while this process is small
  tocsin::bench::RegisterKernels();
  tocsin::bench::RegisterMachines();
  tocsin::bench::RegisterFront();
  tocsin::bench::RegisterHistory();
  tocsin::bench::Medians medians;
  const std::size_t run = benchmark::RunSpecifiedBenchmarks(&medians);
  bool good = run > 0;
  if (run > 0) {
    tocsin::bench::Table(medians);
    good = tocsin::bench::Scale(medians);
  }
  benchmark::Shutdown();
  return good ? 0 : 1;
}
