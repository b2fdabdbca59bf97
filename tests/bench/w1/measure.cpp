// What workload W1 takes: processor time, by hand and by the engine in turn, so that what disturbs
// the machine disturbs both; medians. The table goes to standard output and, with `--json FILE`, to
// a file that is kept, against which the next run is compared.
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <boost/json.hpp>

#include "runtime/native/native.h"
#include "tests/bench/policies.h"
#include "tests/bench/w1/commands.h"
#include "tests/bench/w1/cpu_clock.h"
#include "tests/bench/w1/engine_run.h"

namespace tocsin::bench::w1 {
namespace {

namespace json = boost::json;

double Median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

struct Times {
  std::string name;
  std::vector<double> evaluate_s;
  std::vector<double> ingest_s;
  std::vector<double> after_ingest_s;  // evaluation by hand, as the engine does it: between samples
};
struct Measured {
  std::string what;
  std::vector<Times> times;  // by hand, then each engine
  std::uint64_t decisions = 0;
  double row_ticks = 0;  // times rules
};

Measured MeasureRules(const Request& request, const Workload& workload, std::string what,
                      std::span<const Rule> rules) {
  const ir::Program program = Compile(Policy(rules, workload.size()));
  const std::vector<NamedExecutor> executors = Executors(program, request.engine);
  Measured measured{std::move(what), {{"by hand", {}, {}, {}}}, 0, 0};
  measured.row_ticks = static_cast<double>(workload.rows() * (kSteps - kFirstCounted)) *
                       static_cast<double>(rules.size());
  for (const NamedExecutor& one : executors) measured.times.push_back({one.name, {}, {}, {}});
  for (std::size_t repeat = 0; repeat < request.repeats; ++repeat) {
    Times& hand = measured.times[0];
    hand.evaluate_s.push_back(RunColumnar(workload, rules).evaluate_s);
    const Outcome fed = RunColumnar(workload, rules, {.extrapolates = false, .ingests = true});
    hand.ingest_s.push_back(fed.ingest_s);
    hand.after_ingest_s.push_back(fed.evaluate_s);
    for (std::size_t i = 0; i < executors.size(); ++i) {
      const Outcome outcome = RunEngine(workload, rules, program, *executors[i].executor);
      measured.decisions = outcome.decisions;
      measured.times[i + 1].evaluate_s.push_back(outcome.evaluate_s);
      measured.times[i + 1].ingest_s.push_back(outcome.ingest_s);
    }
  }
  return measured;
}

json::object Row(const Measured& measured) {
  json::object row;
  const double base = Median(measured.times[0].evaluate_s);
  const double fed = Median(measured.times[0].after_ingest_s);
  for (const Times& times : measured.times) {
    const double evaluate = Median(times.evaluate_s);
    row[times.name] = {{"ns", evaluate / measured.row_ticks * 1e9},
                       {"cpu_s", evaluate},
                       {"ingest_cpu_s", Median(times.ingest_s)},
                       {"ratio", evaluate / base},
                       {"ratio_after_ingest", evaluate / fed}};
  }
  row["decisions"] = measured.decisions;
  return row;
}

// A figure of a kept table, by its path; 0 where it is not there.
double Kept(const json::value& kept, const std::string& what, const std::string& engine) {
  const json::value* found = kept.is_object() ? kept.as_object().if_contains("rules") : nullptr;
  for (const std::string& step : {what, engine, std::string("ratio")}) {
    if (found == nullptr || !found->is_object()) return 0;
    found = found->as_object().if_contains(step);
  }
  return found != nullptr && found->is_number() ? found->to_number<double>() : 0;
}

void Print(const std::string& what, const json::object& row, const json::value& kept) {
  std::string line = fmt::format("{:<20}", what);
  for (const auto& [engine, figures] : row) {
    if (!figures.is_object()) continue;
    const double ratio = figures.at("ratio").to_number<double>();
    line += fmt::format("  {} {:.2f} ({:.2f} x", std::string_view(engine),
                        figures.at("ns").to_number<double>(), ratio);
    const double before = Kept(kept, what, std::string(engine));
    if (before > 0 && ratio > before * 1.15) line += fmt::format(", WAS {:.2f} x", before);
    line += fmt::format("; {:.2f} x)", figures.at("ratio_after_ingest").to_number<double>());
  }
  fmt::print("{}\n", line);
}

json::value ReadKept(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  boost::system::error_code error;
  json::value kept = json::parse(text, error);
  return error ? json::value{} : kept;
}

std::string Processor() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
  }
  return "unknown";
}

// From the text of the policy to a program, and from there to native code.
json::object CompileTimes(std::span<const Rule> rules, const Size& size) {
  const std::string policy = Policy(rules, size);
  std::vector<double> parse, check, lower, native_ms;
  for (int repeat = 0; repeat < 5; ++repeat) {
    const double begin = CpuSeconds();
    Front front(policy);
    front.Parse();
    const double parsed = CpuSeconds();
    front.Check();
    const double checked = CpuSeconds();
    front.Expand();
    const ir::Program program = front.Lower();
    const double lowered = CpuSeconds();
    if (!native::Compile(program, native::Best())) return {};
    parse.push_back((parsed - begin) * 1e3);
    check.push_back((checked - parsed) * 1e3);
    lower.push_back((lowered - checked) * 1e3);
    native_ms.push_back((CpuSeconds() - lowered) * 1e3);
  }
  return {{"rules", rules.size()},
          {"parse_ms", Median(parse)},
          {"check_ms", Median(check)},
          {"lower_ms", Median(lower)},
          {"native_ms", Median(native_ms)}};
}

void WriteJson(const Request& request, json::object table) {
  table["machine"] = Processor();
  table["date"] = fmt::format("{:%Y-%m-%d}", fmt::gmtime(std::time(nullptr)));
  table["version"] = TOCSIN_VERSION;
  table["rows"] = request.size.rows();
  std::ofstream(request.json, std::ios::binary) << json::serialize(table) << '\n';
}

}  // namespace

int Measure(const Request& request) {
  if (const int status = Check(request); status != 0) return status;
  const Workload workload(request.size, request.gaps, request.seed);
  const std::vector<Rule> rules = RulesOf(request);
  const json::value kept = request.json.empty() ? json::value{} : ReadKept(request.json);
  json::object table;
  json::object rows;
  fmt::print(
      "ns of processor time a rule, row and tick; x: times as long as by hand with all data in\n"
      "place; after the semicolon, as by hand where the samples of a tick were just taken in\n");
  const auto add = [&](const std::string& what, std::span<const Rule> some) {
    json::object row = Row(MeasureRules(request, workload, what, some));
    Print(what, row, kept);
    rows[what] = std::move(row);
  };
  for (const Rule& rule : rules) {
    if (rule.name.ends_with("_0")) add(rule.name, {&rule, 1});
  }
  add(fmt::format("all {}", rules.size()), rules);
  table["rules"] = std::move(rows);
  json::object compiled;
  for (const std::size_t variants : {std::size_t{1}, kVariants}) {
    const std::vector<Rule> some = Rules(variants, request.size.of_service());
    json::object times = CompileTimes(some, request.size);
    fmt::print("{}\n", json::serialize(times));
    compiled[std::to_string(some.size())] = std::move(times);
  }
  table["compile"] = std::move(compiled);
  if (!request.json.empty()) WriteJson(request, std::move(table));
  return 0;
}

}  // namespace tocsin::bench::w1
