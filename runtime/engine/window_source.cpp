#include "runtime/engine/window_source.h"

namespace tocsin::engine {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

}  // namespace

WindowSource::WindowSource(const ir::Program& program, Columns& columns, ir::SignalId signal)
    : columns_(columns),
      signal_(signal),
      space_(program.signals[signal.index].space),
      stale_ms_(program.signals[signal.index].stale_ms) {}

WindowSource::WindowSource(const ir::Program& program, Columns& columns, ir::AnyColumn column)
    : columns_(columns),
      column_(column),
      space_(column.number.valid() ? program.numbers[column.number.index].space
                                   : program.truths[column.truth.index].space),
      stale_ms_(program.resolution_ms) {}

void WindowSource::Prepare(values::Instant tick) {
  if (prepared_ == tick) return;
  prepared_ = tick;
  const std::size_t rows = columns_.rows(space_).capacity();
  rounds_.clear();
  if (signal_.valid()) {
    arrivals_.Prepare(rows);
    for (std::size_t i = 0; i < arrivals_.rounds(); ++i) {
      const Arrivals::Round& round = arrivals_.round(i);
      rounds_.push_back({round.values.data(), round.seconds.data()});
    }
  } else {
    TakeColumn(tick, rows);
    rounds_.push_back({at_tick_.values.data(), at_tick_.seconds.data()});
  }
  if (!needs_previous_) return;
  for (std::size_t i = 0; i < rounds_.size(); ++i) Remember(i, rows);
}

void WindowSource::TakeColumn(values::Instant tick, std::size_t rows) {
  const std::size_t count = columns_.rows(space_).count();
  const double seconds = static_cast<double>(tick) / 1000;
  at_tick_.values.resize(rows, kNone);
  at_tick_.seconds.assign(rows, seconds);
  at_tick_.series.resize(rows, 0);
  const bool number = column_.number.valid();
  const ir::NumberView numbers = number ? columns_.Number(column_.number) : ir::NumberView{};
  const ir::TruthView truths = number ? ir::TruthView{} : columns_.Truth(column_.truth);
  const std::uint8_t* known = number ? numbers.known : truths.known;
  for (std::size_t row = 0; row < count; ++row) {
    const std::size_t block = row / ir::kLanes;
    const std::size_t lane = row % ir::kLanes;
    const double value =
        number ? numbers.values[row] : static_cast<double>(truths.is_true[block] >> lane & 1u);
    at_tick_.values[row] = (known[block] >> lane & 1u) != 0 ? value : kNone;
  }
}

// What came before each sample of a round, and the samples for what comes after.
void WindowSource::Remember(std::size_t round, std::size_t rows) {
  if (round >= before_.size()) before_.emplace_back();
  Before& before = before_[round];
  before.previous.resize(rows, kNone);
  before.gaps.resize(rows, 0);
  last_values_.resize(rows, kNone);
  last_seconds_.resize(rows, 0);
  last_series_.resize(rows, 0);
  const Arrivals::Round& samples = signal_.valid() ? arrivals_.round(round) : at_tick_;
  for (std::size_t row = 0; row < rows; ++row) {
    const double value = samples.values[row];
    const bool some = value == value;
    const bool same = samples.series[row] == last_series_[row];
    before.previous[row] = some && same ? last_values_[row] : kNone;
    before.gaps[row] = samples.seconds[row] - last_seconds_[row];
    last_values_[row] = some ? value : last_values_[row];
    last_seconds_[row] = some ? samples.seconds[row] : last_seconds_[row];
    last_series_[row] = some ? samples.series[row] : last_series_[row];
  }
  rounds_[round].previous = before.previous.data();
  rounds_[round].gaps = before.gaps.data();
}

}  // namespace tocsin::engine
