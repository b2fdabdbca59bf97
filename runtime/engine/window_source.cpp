#include "runtime/engine/window_source.h"

#include <algorithm>

#include "runtime/engine/vectors.h"

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

namespace {

// Values of a column, with NaN where it is absent.
[[gnu::always_inline]] inline void EachNumber(ir::NumberView from, double* to,
                                              std::int64_t blocks) {
  for (std::int64_t block = 0; block < blocks; ++block) {
    const std::int64_t row = block * ir::kLanes;
    vectors::Masks known[2];
    vectors::Spread(from.known[block], known[0], known[1]);
    for (std::int64_t half = 0; half < 2; ++half) {
      vectors::Doubles values;
      vectors::Load(from.values + row + half * vectors::kWidth, values);
      values = known[half] ? values : vectors::Doubles{} + kNone;
      vectors::Store(values, to + row + half * vectors::kWidth);
    }
  }
}
void Numbers(ir::NumberView from, double* to, std::int64_t blocks) { EachNumber(from, to, blocks); }
TOCSIN_WIDE void NumbersWide(ir::NumberView from, double* to, std::int64_t blocks) {
  EachNumber(from, to, blocks);
}

}  // namespace

void WindowSource::TakeColumn(values::Instant tick, std::size_t rows) {
  const std::size_t count = columns_.rows(space_).count();
  at_tick_.values.resize(rows, kNone);
  if (needs_previous_ || needs_seconds_)
    at_tick_.seconds.assign(rows, static_cast<double>(tick) / 1000);
  at_tick_.series.resize(rows, 0);
  if (column_.number.valid()) {
    const auto blocks = static_cast<std::int64_t>((count + ir::kLanes - 1) / ir::kLanes);
    const ir::NumberView numbers = columns_.Number(column_.number);
    (values::HasWide() ? NumbersWide : Numbers)(numbers, at_tick_.values.data(), blocks);
    return;
  }
  const ir::TruthView truths = columns_.Truth(column_.truth);
  for (std::size_t row = 0; row < count; ++row) {
    const std::size_t block = row / ir::kLanes;
    const std::size_t lane = row % ir::kLanes;
    const auto value = static_cast<double>(truths.is_true[block] >> lane & 1u);
    at_tick_.values[row] = (truths.known[block] >> lane & 1u) != 0 ? value : kNone;
  }
}

namespace {

// The newest sample of each row so far.
struct Newest {
  double* values;
  double* seconds;
  std::uint32_t* series;
};
// Four rows: what came before their samples, and the samples for what comes after.
[[gnu::always_inline]] inline double EachBefore(const Arrivals::Round& samples, Newest newest,
                                                double* previous, double* gaps, std::int64_t rows) {
  vectors::Doubles longest{};
  for (std::int64_t row = 0; row < rows; row += vectors::kWidth) {
    vectors::Doubles value, seconds, last_value, last_seconds;
    vectors::Numbers series, last_series;
    vectors::Load(samples.values.data() + row, value);
    vectors::Load(samples.seconds.data() + row, seconds);
    vectors::Load(samples.series.data() + row, series);
    vectors::Load(newest.values + row, last_value);
    vectors::Load(newest.seconds + row, last_seconds);
    vectors::Load(newest.series + row, last_series);
    const vectors::Masks some = value == value;
    const vectors::Masks same = __builtin_convertvector(series == last_series, vectors::Masks);
    const vectors::Masks counts = some & same & (last_value == last_value);
    const vectors::Doubles gap = seconds - last_seconds;
    vectors::Store(counts ? last_value : vectors::Doubles{} + kNone, previous + row);
    vectors::Store(gap, gaps + row);
    longest = (counts & (gap > longest)) ? gap : longest;
    vectors::Store(some ? value : last_value, newest.values + row);
    vectors::Store(some ? seconds : last_seconds, newest.seconds + row);
    const vectors::Numbers narrow = __builtin_convertvector(some, vectors::Numbers);
    vectors::Store((series & narrow) | (last_series & ~narrow), newest.series + row);
  }
  return std::max(std::max(longest[0], longest[1]), std::max(longest[2], longest[3]));
}
double Befores(const Arrivals::Round& samples, Newest newest, double* previous, double* gaps,
               std::int64_t rows) {
  return EachBefore(samples, newest, previous, gaps, rows);
}
TOCSIN_WIDE double BeforesWide(const Arrivals::Round& samples, Newest newest, double* previous,
                               double* gaps, std::int64_t rows) {
  return EachBefore(samples, newest, previous, gaps, rows);
}

}  // namespace

void WindowSource::Remember(std::size_t round, std::size_t rows) {
  if (round >= before_.size()) before_.emplace_back();
  Before& before = before_[round];
  before.previous.resize(rows, kNone);
  before.gaps.resize(rows, 0);
  last_values_.resize(rows, kNone);
  last_seconds_.resize(rows, 0);
  last_series_.resize(rows, 0);
  const Arrivals::Round& samples = signal_.valid() ? arrivals_.round(round) : at_tick_;
  const Newest newest{last_values_.data(), last_seconds_.data(), last_series_.data()};
  rounds_[round].longest_gap_s = (values::HasWide() ? BeforesWide : Befores)(
      samples, newest, before.previous.data(), before.gaps.data(), static_cast<std::int64_t>(rows));
  rounds_[round].previous = before.previous.data();
  rounds_[round].gaps = before.gaps.data();
}

}  // namespace tocsin::engine
