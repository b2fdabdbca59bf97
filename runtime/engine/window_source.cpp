#include "runtime/engine/window_source.h"

#include <algorithm>
#include <utility>

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
  std::size_t rows = columns_.rows(space_).capacity();
  rounds_.clear();
  if (signal_.valid()) {
    arrivals_.Prepare(rows);
    if (needs_seconds_) arrivals_.first().FillSeconds();
    for (std::size_t i = 0; i < arrivals_.rounds(); ++i) {
      const Arrivals::Round& round = arrivals_.round(i);
      rounds_.push_back({round.values.data(), round.seconds.data()});
    }
  } else {
    const double* values = TakeColumn(tick, rows);
    rounds_.push_back({values, at_tick_.seconds.data()});
  }
  if (!needs_previous_) return;
  rows = std::max(rows, First().values.size());
  last_.values.resize(rows, kNone);
  last_.seconds.resize(rows, 0);
  last_.series.resize(rows, 0);
  keeps_last_ = rounds_.size() == 1;
  has_gaps_ = false;
  if (keeps_last_) return LookBack(rows);
  FillSeconds();
  last_.common = false;
  for (std::size_t i = 0; i < rounds_.size(); ++i) Remember(i, rows);
}

// The stamps of samples and of what came before them, row by row.
void WindowSource::FillSeconds() {
  First().FillSeconds();
  last_.FillSeconds();
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

// What the rows have: the column itself where nothing asks for it later and no row is absent.
const double* WindowSource::TakeColumn(values::Instant tick, std::size_t rows) {
  const std::size_t count = columns_.rows(space_).count();
  at_tick_.values.resize(rows, kNone);
  if (needs_previous_ || needs_seconds_)
    at_tick_.seconds.assign(rows, static_cast<double>(tick) / 1000);
  at_tick_.series.resize(rows, 0);
  if (column_.number.valid()) {
    const auto blocks = static_cast<std::int64_t>((count + ir::kLanes - 1) / ir::kLanes);
    const ir::NumberView numbers = columns_.Number(column_.number);
    if (!needs_previous_ && columns_.AllKnown(column_.number)) return numbers.values;
    (values::HasWide() ? NumbersWide : Numbers)(numbers, at_tick_.values.data(), blocks);
    return at_tick_.values.data();
  }
  const ir::TruthView truths = columns_.Truth(column_.truth);
  for (std::size_t row = 0; row < count; ++row) {
    const std::size_t block = row / ir::kLanes;
    const std::size_t lane = row % ir::kLanes;
    const auto value = static_cast<double>(truths.is_true[block] >> lane & 1u);
    at_tick_.values[row] = (truths.known[block] >> lane & 1u) != 0 ? value : kNone;
  }
  return at_tick_.values.data();
}

namespace {

// The newest sample of each row so far.
struct Newest {
  double* values;
  double* seconds;
  std::uint32_t* series;
};
// Four rows: their samples, the newest ones before, and which of those count as previous.
struct Four {
  vectors::Doubles value, seconds, last_value, last_seconds;
  vectors::Numbers series, last_series;
  vectors::Masks some, same, counts;
};
[[gnu::always_inline]] inline void Load(const Arrivals::Round& samples, const Newest& newest,
                                        std::int64_t row, Four& four) {
  vectors::Load(samples.values.data() + row, four.value);
  vectors::Load(samples.seconds.data() + row, four.seconds);
  vectors::Load(samples.series.data() + row, four.series);
  vectors::Load(newest.values + row, four.last_value);
  vectors::Load(newest.seconds + row, four.last_seconds);
  vectors::Load(newest.series + row, four.last_series);
  four.some = four.value == four.value;
  four.same = __builtin_convertvector(four.series == four.last_series, vectors::Masks);
  four.counts = four.some & four.same & (four.last_value == four.last_value);
}
[[gnu::always_inline]] inline void Longer(const Four& four, vectors::Doubles& longest) {
  const vectors::Doubles gap = four.seconds - four.last_seconds;
  longest = (four.counts & (gap > longest)) ? gap : longest;
}
[[gnu::always_inline]] inline double Largest(const vectors::Doubles& of) {
  return std::max(std::max(of[0], of[1]), std::max(of[2], of[3]));
}

// What came before samples, and the samples for what comes after.
[[gnu::always_inline]] inline double EachBefore(const Arrivals::Round& samples,
                                                const Newest& newest, double* previous,
                                                double* gaps, std::int64_t rows) {
  vectors::Doubles longest{};
  for (std::int64_t row = 0; row < rows; row += vectors::kWidth) {
    Four four;
    Load(samples, newest, row, four);
    Longer(four, longest);
    vectors::Store(four.counts ? four.last_value : vectors::Doubles{} + kNone, previous + row);
    vectors::Store(four.seconds - four.last_seconds, gaps + row);
    vectors::Store(four.some ? four.value : four.last_value, newest.values + row);
    vectors::Store(four.some ? four.seconds : four.last_seconds, newest.seconds + row);
    const vectors::Numbers narrow = __builtin_convertvector(four.some, vectors::Numbers);
    vectors::Store((four.series & narrow) | (four.last_series & ~narrow), newest.series + row);
  }
  return Largest(longest);
}
double Befores(const Arrivals::Round& samples, const Newest& newest, double* previous, double* gaps,
               std::int64_t rows) {
  return EachBefore(samples, newest, previous, gaps, rows);
}
TOCSIN_WIDE double BeforesWide(const Arrivals::Round& samples, const Newest& newest,
                               double* previous, double* gaps, std::int64_t rows) {
  return EachBefore(samples, newest, previous, gaps, rows);
}

// The newest ones are the previous ones, but of another series; that is rare, and so are rows
// without a sample.
[[gnu::always_inline]] inline double EachBack(const Arrivals::Round& samples, const Newest& newest,
                                              std::vector<std::uint32_t>& silent,
                                              std::int64_t rows) {
  vectors::Doubles longest{};
  for (std::int64_t row = 0; row < rows; row += vectors::kWidth) {
    Four four;
    Load(samples, newest, row, four);
    Longer(four, longest);
    const vectors::Masks as_ever = four.some & four.same;
    if ((as_ever[0] & as_ever[1] & as_ever[2] & as_ever[3]) != 0) continue;
    if ((four.some[0] & four.some[1] & four.some[2] & four.some[3]) == 0)
      silent.push_back(static_cast<std::uint32_t>(row));
    const vectors::Masks other = four.some & ~four.same;
    vectors::Store(other ? vectors::Doubles{} + kNone : four.last_value, newest.values + row);
  }
  return Largest(longest);
}
double Back(const Arrivals::Round& samples, const Newest& newest,
            std::vector<std::uint32_t>& silent, std::int64_t rows) {
  return EachBack(samples, newest, silent, rows);
}
TOCSIN_WIDE double BackWide(const Arrivals::Round& samples, const Newest& newest,
                            std::vector<std::uint32_t>& silent, std::int64_t rows) {
  return EachBack(samples, newest, silent, rows);
}

}  // namespace

void WindowSource::Remember(std::size_t round, std::size_t rows) {
  if (round >= before_.size()) before_.resize(round + 1);
  Before& before = before_[round];
  before.previous.resize(rows, kNone);
  before.gaps.resize(rows, 0);
  const Newest newest{last_.values.data(), last_.seconds.data(), last_.series.data()};
  rounds_[round].longest_gap_s = (values::HasWide() ? BeforesWide : Befores)(
      arrivals_.round(round), newest, before.previous.data(), before.gaps.data(),
      static_cast<std::int64_t>(rows));
  rounds_[round].previous = before.previous.data();
}

void WindowSource::LookBack(std::size_t rows) {
  silent_.clear();
  // What all rows have in common needs no look at each of them.
  if (signal_.valid() && First().common && last_.common &&
      arrivals_.Continue(columns_.rows(space_).count())) {
    rounds_[0].longest_gap_s = First().at - last_.at;
    rounds_[0].previous = last_.values.data();
    return;
  }
  FillSeconds();
  const Newest newest{last_.values.data(), last_.seconds.data(), last_.series.data()};
  rounds_[0].longest_gap_s = (values::HasWide() ? BackWide : Back)(First(), newest, silent_,
                                                                   static_cast<std::int64_t>(rows));
  rounds_[0].previous = last_.values.data();
}

const double* WindowSource::Gaps(std::size_t round) {
  if (before_.empty()) before_.resize(1);
  if (!keeps_last_ || has_gaps_) return before_[round].gaps.data();
  has_gaps_ = true;
  FillSeconds();
  AlignedVector<double>& gaps = before_[0].gaps;
  gaps.resize(last_.seconds.size());
  for (std::size_t row = 0; row < gaps.size(); ++row)
    gaps[row] = First().seconds[row] - last_.seconds[row];
  return gaps.data();
}

void WindowSource::Finish() {
  if (keeps_last_) {
    Arrivals::Round& first = First();
    for (std::uint32_t four : silent_) {
      for (std::uint32_t row = four; row < four + vectors::kWidth; ++row) {
        if (first.values[row] == first.values[row]) continue;
        if (last_.values[row] == last_.values[row]) first.common = false;
        first.values[row] = last_.values[row];
        first.seconds[row] = last_.seconds[row];
        first.series[row] = last_.series[row];
      }
    }
    std::swap(first, last_);
    keeps_last_ = false;
  }
  arrivals_.Clear();
}

}  // namespace tocsin::engine
