// Windows against their definition: every sample of every row is kept, and each result is computed
// anew from those that lie in the window.
#include "runtime/engine/windows.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <random>
#include <string>

#include "runtime/engine/routes.h"
#include "runtime/engine/samples.h"
#include "stdlib/functions/functions.h"

using namespace tocsin;

namespace {

constexpr values::Duration kStep = 15'000;
constexpr values::Duration kStale = 60'000;
constexpr std::size_t kRows = 11;

struct Stamped {
  values::Instant stamp = 0;
  double value = 0;
};
using History = std::vector<Stamped>;  // of one row, by stamp, none twice

// One signal by `host`, and any number of windows over it.
ir::Program ProgramOf(const std::vector<ir::Window>& windows) {
  ir::Program program;
  program.resolution_ms = kStep;
  program.labels = {{"host", false, {}, 50}};
  program.spaces = {{{ir::LabelId(0)}, 50}};
  program.numbers = {{"load", ir::SpaceId(0)}};
  ir::Signal signal;
  signal.name = "load";
  signal.space = ir::SpaceId(0);
  signal.number = ir::NumberColumnId(0);
  signal.stale_ms = kStale;
  signal.metric = "load";
  signal.labels = {{ir::LabelId(0), "host"}};
  program.signals = {signal};
  for (ir::Window window : windows) {
    window.space = ir::SpaceId(0);
    window.signal = ir::SignalId(0);
    window.result.number = ir::NumberColumnId(program.numbers.size());
    program.numbers.push_back({window.function, ir::SpaceId(0)});
    program.windows.push_back(window);
  }
  return program;
}

class Run {
 public:
  explicit Run(const ir::Program& program)
      : program_(program),
        columns_(program),
        routes_(program, columns_),
        windows_(program, columns_, stdlib::Functions()),
        samples_(program, columns_, routes_, windows_) {
    for (std::size_t row = 0; row < kRows; ++row) {
      const auto labels = values::LabelSet::Make({{"host", std::string(1, 'a' + char(row))}});
      series_.push_back(routes_.Resolve("load", *labels).number);
    }
  }
  void Give(std::size_t row, const Stamped& sample) {
    samples_.Take(sample.stamp, {series_[row], sample.value, sample.stamp});
  }
  void Tick(values::Instant tick) {
    samples_.Apply(tick);
    for (std::uint32_t i = 0; i < program_.windows.size(); ++i) windows_.Run(i, tick);
    samples_.Finish();
  }
  std::optional<double> Result(std::size_t window, std::size_t row) const {
    return columns_.NumberAt(program_.windows[window].result.number,
                             static_cast<std::uint32_t>(row));
  }

 private:
  const ir::Program& program_;
  engine::Columns columns_;
  engine::Routes routes_;
  engine::Windows windows_;
  engine::Samples samples_;
  std::vector<engine::SeriesNumber> series_;
};

// Where a window begins at a tick: on the grid of its panes.
values::Instant BeginOf(values::Duration length, values::Instant tick) {
  const std::int64_t ticks = (length + kStep - 1) / kStep;
  const std::int64_t each = (ticks + 239) / 240;
  const std::int64_t panes = (ticks + each - 1) / each;
  const values::Duration pane = each * kStep;
  return ((tick - 1) / pane - panes + 1) * pane;
}

using Answer = std::optional<double>;
Answer Finite(double value) { return std::isfinite(value) ? Answer(value) : std::nullopt; }

struct Within {  // a window
  std::vector<Stamped> samples;
  std::vector<std::optional<double>> previous;  // of each, where it counts
  values::Instant tick = 0;
  values::Duration length = 0;
};

double Mean(const Within& w) {
  double sum = 0;
  for (const Stamped& sample : w.samples) sum += sample.value;
  return sum / static_cast<double>(w.samples.size());
}
double Deviation(const Within& w) {
  double squares = 0;
  for (const Stamped& sample : w.samples)
    squares += (sample.value - Mean(w)) * (sample.value - Mean(w));
  return std::sqrt(squares / static_cast<double>(w.samples.size()));
}
Answer Growth(const Within& w) {
  double sum = 0;
  bool any = false;
  for (std::size_t i = 0; i < w.samples.size(); ++i) {
    if (!w.previous[i]) continue;
    any = true;
    const bool fell = w.samples[i].value < *w.previous[i];
    sum += fell ? w.samples[i].value : w.samples[i].value - *w.previous[i];
  }
  return any ? Answer(sum) : std::nullopt;
}
// The line through the samples: its value at an instant, or its slope per second.
Answer Line(const Within& w, std::optional<values::Instant> at) {
  double time = 0;
  for (const Stamped& sample : w.samples) time += static_cast<double>(sample.stamp - w.tick) / 1000;
  time /= static_cast<double>(w.samples.size());
  double products = 0;
  double squares = 0;
  for (const Stamped& sample : w.samples) {
    const double t = static_cast<double>(sample.stamp - w.tick) / 1000 - time;
    products += t * (sample.value - Mean(w));
    squares += t * t;
  }
  const double slope = products / squares;
  if (!at) return Finite(slope);
  return Finite(Mean(w) + slope * (static_cast<double>(*at - w.tick) / 1000 - time));
}

Answer Expected(const std::string& function, const Within& w) {
  const auto count = static_cast<double>(w.samples.size());
  if (function == "count") return count;
  if (function == "increase") return Growth(w);
  if (function == "rate") {
    const Answer growth = Growth(w);
    return growth
               ? Answer(*growth / (static_cast<double>(w.tick - BeginOf(w.length, w.tick)) / 1000))
               : std::nullopt;
  }
  if (w.samples.empty()) return std::nullopt;
  const double first = w.samples.front().value;
  const double last = w.samples.back().value;
  if (function == "sum") return Mean(w) * count;
  if (function == "avg") return Mean(w);
  if (function == "first") return first;
  if (function == "last") return last;
  if (function == "drop") return Finite((first - last) / first);
  if (function == "deviation") return Deviation(w);
  if (function == "anomaly") return Finite(std::fabs(last - Mean(w)) / Deviation(w));
  if (function == "slope") return Line(w, std::nullopt);
  if (function == "forecast") return Line(w, w.tick + 3'600'000);
  double changes = 0;
  double least = first;
  double most = first;
  for (std::size_t i = 0; i < w.samples.size(); ++i) {
    const double value = w.samples[i].value;
    least = std::min(least, value);
    most = std::max(most, value);
    if (w.previous[i] && *w.previous[i] != value) ++changes;
  }
  if (function == "min") return least;
  if (function == "max") return most;
  if (function == "changes") return changes;
  FAIL("an unknown function: " << function);
  return std::nullopt;
}

Within WindowOf(const History& history, values::Duration length, values::Instant tick) {
  Within w{{}, {}, tick, length};
  const values::Instant begin = BeginOf(length, tick);
  for (std::size_t i = 0; i < history.size(); ++i) {
    if (history[i].stamp <= begin || history[i].stamp > tick) continue;
    w.samples.push_back(history[i]);
    const bool counts =
        i > 0 && history[i].stamp - history[i - 1].stamp <= std::max(length, kStale);
    w.previous.push_back(counts ? Answer(history[i - 1].value) : std::nullopt);
  }
  return w;
}

// A trend is of instants, whose mean is known to a fraction of a microsecond.
bool Near(const std::string& function, const Answer& a, const Answer& b) {
  if (!a || !b) return !a && !b;
  const double digits = function == "slope" || function == "forecast" ? 1e-5 : 1e-9;
  return std::fabs(*a - *b) <= digits * std::max({1.0, std::fabs(*a), std::fabs(*b)});
}

// The samples of one row in one step: often one, sometimes none or several, in any order, some
// twice with other values.
std::vector<Stamped> Arriving(std::mt19937_64& random, std::size_t row, values::Instant tick) {
  std::vector<Stamped> samples;
  const bool silent = (tick / kStep / 7 + static_cast<values::Instant>(row)) % 5 == 0;
  const std::size_t count = silent ? 0 : random() % 10 < 7 ? 1 : random() % 4;
  for (std::size_t i = 0; i < count; ++i) {
    const auto stamp = tick - static_cast<values::Instant>(random() % kStep);
    samples.push_back({stamp, static_cast<double>(random() % 1000)});
  }
  return samples;
}

// Of a row that is silent only two functions say anything.
bool SpeaksOf(const std::string& function, const History& history, values::Instant tick) {
  return function == "count" || function == "last" ||
         (!history.empty() && tick - history.back().stamp < kStale);
}

Answer ExpectedOf(const ir::Window& window, const History& history, values::Instant tick) {
  if (!SpeaksOf(window.function, history, tick)) return std::nullopt;
  return Expected(window.function, WindowOf(history, window.length_ms, tick));
}

void Remember(History& history, const Stamped& sample) {
  const auto place = std::ranges::lower_bound(history, sample.stamp, {}, &Stamped::stamp);
  if (place != history.end() && place->stamp == sample.stamp) return;
  history.insert(place, sample);
}

const std::vector<std::string> kFunctions = {
    "avg",      "sum",  "count",     "min",     "max",     "first", "last",    "drop",
    "increase", "rate", "deviation", "anomaly", "changes", "slope", "forecast"};

}  // namespace

TEST_SUITE_BEGIN("engine: windows");
TEST_CASE("a window is what its definition says of the samples in it") {
  std::vector<ir::Window> windows;
  for (const std::string& function : kFunctions) {
    for (const std::int64_t ticks : {1, 2, 3, 20, 240, 500}) {
      ir::Window window;
      window.function = function;
      window.length_ms = ticks * kStep;
      if (function == "forecast") window.parameters = {3'600'000};
      windows.push_back(window);
    }
  }
  const ir::Program program = ProgramOf(windows);
  Run run(program);
  std::vector<History> histories(kRows);
  std::mt19937_64 random(20261123);
  std::size_t known = 0;
  const values::Instant begin = 1'770'000'000'000 / kStep * kStep;
  for (values::Instant tick = begin; tick < begin + 1'300 * kStep; tick += kStep) {
    for (std::size_t row = 0; row < kRows; ++row) {
      for (const Stamped& sample : Arriving(random, row, tick)) {
        run.Give(row, sample);
        Remember(histories[row], sample);
      }
    }
    run.Tick(tick);
    if (tick / kStep % 13 != 0) continue;
    for (std::size_t i = 0; i < windows.size(); ++i) {
      for (std::size_t row = 0; row < kRows; ++row) {
        const Answer expected = ExpectedOf(windows[i], histories[row], tick);
        const Answer found = run.Result(i, row);
        known += found.has_value();
        if (Near(windows[i].function, found, expected)) continue;
        FAIL_CHECK(windows[i].function << " over " << windows[i].length_ms / kStep << " ticks, row "
                                       << row << ", tick " << (tick - begin) / kStep << ": "
                                       << found.value_or(NAN) << ", expected "
                                       << expected.value_or(NAN));
      }
    }
  }
  CHECK(known > 40'000);
}

TEST_CASE("a window gives the same bits whenever the engine began") {
  std::vector<ir::Window> windows;
  for (const std::string& function : kFunctions) {
    ir::Window window;
    window.function = function;
    window.length_ms = 20 * kStep;
    if (function == "forecast") window.parameters = {3'600'000};
    windows.push_back(window);
  }
  const ir::Program program = ProgramOf(windows);
  Run early(program);
  Run late(program);
  std::mt19937_64 random(7);
  std::size_t known = 0;
  for (values::Instant tick = kStep * 1000; tick < kStep * 1100; tick += kStep) {
    const bool both = tick >= kStep * 1033;
    for (std::size_t row = 0; row < kRows; ++row) {
      for (const Stamped& sample : Arriving(random, row, tick)) {
        const Stamped uneven{sample.stamp, sample.value / 7};
        early.Give(row, uneven);
        if (both) late.Give(row, uneven);
      }
    }
    early.Tick(tick);
    if (both) late.Tick(tick);
    // The first sample that the late one saw had nothing before it.
    if (tick < kStep * (1033 + 40)) continue;
    for (std::size_t i = 0; i < windows.size(); ++i) {
      for (std::size_t row = 0; row < kRows; ++row) {
        CHECK(early.Result(i, row) == late.Result(i, row));
        known += early.Result(i, row).has_value();
      }
    }
  }
  CHECK(known > 1'000);
}
TEST_SUITE_END();
