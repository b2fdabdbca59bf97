#include "runtime/engine/samples.h"

#include <algorithm>
#include <cmath>

#include "runtime/engine/vectors.h"

namespace tocsin::engine {

Samples::Samples(const ir::Program& program, Columns& columns, const Routes& routes,
                 Windows& windows)
    : program_(program),
      columns_(columns),
      routes_(routes),
      windows_(windows),
      latest_(program.signals.size()) {}

Samples::Verdict Samples::Take(values::Instant at, const Sample& sample) {
  if (last_tick_ != kNoInstant && sample.stamp <= last_tick_) return Verdict::kLate;
  if (sample.stamp > at + kAheadLimitMs) return Verdict::kAhead;
  // Before the first tick it is not known which one is next, so everything waits.
  if (next_tick_ != kNoInstant && sample.stamp <= next_tick_) {
    return Keep(sample) ? Verdict::kTaken : Verdict::kAhead;
  } else if (pending_.size() < kMaxPendingSamples) {
    pending_.push_back(sample);
  } else {
    return Verdict::kAhead;
  }
  return Verdict::kTaken;
}

void Samples::Latest::Take(std::uint32_t row, values::Instant stamp, double value, double scale) {
  if (stamp <= stamps[row]) return;
  stamps[row] = stamp;
  values[row] = value;
  if (stamp < newest) return;
  if (stamp > newest) {
    newest = stamp;
    at_newest = 0;
    finite = true;
  }
  ++at_newest;
  finite = finite && std::isfinite(value * scale);
}

// False where windows have more samples of one tick than they can keep.
bool Samples::Keep(const Sample& sample) {
  bool kept = true;
  for (const Route& route : routes_.Of(sample.series)) {
    const ir::Signal& signal = program_.signals[route.signal.index];
    const double value =
        signal.number.valid() ? sample.value * signal.scale : (sample.value != 0 ? 1.0 : 0.0);
    Arrivals* arrivals = windows_.ArrivalsOf(route.signal);
    if (arrivals != nullptr && sample.stamp > windows_from_ && std::isfinite(sample.value) &&
        std::isfinite(value))
      kept = arrivals->Take(route.row, sample.stamp, value, sample.series) && kept;
    Latest& latest = latest_[route.signal.index];
    if (route.row >= latest.stamps.size()) {
      const std::uint32_t rows =
          columns_.rows(program_.signals[route.signal.index].space).capacity();
      latest.values.resize(rows, 0.0);
      latest.stamps.resize(rows, kNoInstant);
    }
    latest.Take(route.row, sample.stamp, sample.value, signal.scale);
  }
  return kept;
}

void Samples::KeepUpTo(values::Instant tick) {
  std::size_t kept = 0;
  for (const Sample& sample : pending_) {
    if (sample.stamp <= tick) {
      Keep(sample);
    } else {
      pending_[kept++] = sample;
    }
  }
  pending_.resize(kept);
}

void Samples::Apply(values::Instant tick) {
  windows_from_ = tick - program_.resolution_ms;
  KeepUpTo(tick);
  for (std::size_t i = 0; i < latest_.size(); ++i) Write(program_.signals[i], latest_[i], tick);
  last_tick_ = tick;
  next_tick_ = tick + program_.resolution_ms;
}

// At once, so that a sample that arrives later with the same stamp finds the earlier one there.
void Samples::Finish() {
  windows_.Finish();
  windows_from_ = last_tick_;
  KeepUpTo(next_tick_);
}

namespace {

// What of the newest samples is fresh and finite, as blocks of a column.
struct Newest {
  const double* values;
  const values::Instant* stamps;
  values::Instant oldest;  // itself too old
  double scale;
};
[[gnu::always_inline]] inline void Fresh(const Newest& newest, std::int64_t row,
                                         vectors::Doubles& values, vectors::Masks& known) {
  vectors::Doubles of;
  vectors::Masks stamps;
  vectors::Load(newest.values + row, of);
  vectors::Load(newest.stamps + row, stamps);
  of *= newest.scale;
  vectors::Finite(of, known);
  known &= stamps > newest.oldest;
  values = known ? of : vectors::Doubles{};
}
[[gnu::always_inline]] inline void EachNumber(const Newest& newest, ir::NumberView to,
                                              std::int64_t blocks) {
  for (std::int64_t block = 0; block < blocks; ++block) {
    const std::int64_t row = block * ir::kLanes;
    vectors::Doubles low, high;
    vectors::Masks low_known, high_known;
    Fresh(newest, row, low, low_known);
    Fresh(newest, row + vectors::kWidth, high, high_known);
    vectors::Store(low, to.values + row);
    vectors::Store(high, to.values + row + vectors::kWidth);
    to.known[block] = vectors::Bits(low_known, high_known);
  }
}
[[gnu::always_inline]] inline void EachTruth(const Newest& newest, ir::TruthView to,
                                             std::int64_t blocks) {
  for (std::int64_t block = 0; block < blocks; ++block) {
    const std::int64_t row = block * ir::kLanes;
    vectors::Doubles low, high;
    vectors::Masks low_known, high_known;
    Fresh(newest, row, low, low_known);
    Fresh(newest, row + vectors::kWidth, high, high_known);
    to.known[block] = vectors::Bits(low_known, high_known);
    to.is_true[block] = vectors::Bits(low != 0.0, high != 0.0);
  }
}
void Numbers(const Newest& newest, ir::NumberView to, std::int64_t blocks) {
  EachNumber(newest, to, blocks);
}
TOCSIN_WIDE void NumbersWide(const Newest& newest, ir::NumberView to, std::int64_t blocks) {
  EachNumber(newest, to, blocks);
}
void Truths(const Newest& newest, ir::TruthView to, std::int64_t blocks) {
  EachTruth(newest, to, blocks);
}
TOCSIN_WIDE void TruthsWide(const Newest& newest, ir::TruthView to, std::int64_t blocks) {
  EachTruth(newest, to, blocks);
}

}  // namespace

// Where everything was measured at once and is fresh, values are taken as they are.
bool Samples::WriteWhole(const ir::Signal& signal, const Latest& latest, values::Instant tick) {
  const std::uint32_t rows = columns_.rows(signal.space).count();
  const bool whole = latest.at_newest == rows && latest.finite && signal.scale == 1 &&
                     latest.newest > tick - signal.stale_ms;
  if (!whole || rows == 0 || !signal.number.valid()) return false;
  const ir::NumberView to = columns_.Number(signal.number);
  std::copy_n(latest.values.data(), rows, to.values);
  std::fill_n(to.known, rows / ir::kLanes, std::uint8_t{0xff});
  if (const unsigned lanes = rows % ir::kLanes; lanes != 0)
    to.known[rows / ir::kLanes] = static_cast<std::uint8_t>((1u << lanes) - 1);
  return true;
}

// The newest samples have room for whole blocks; what has none was never seen, and is absent.
void Samples::Write(const ir::Signal& signal, const Latest& latest, values::Instant tick) {
  if (WriteWhole(signal, latest, tick)) return;
  const std::size_t rows =
      std::min<std::size_t>(latest.stamps.size(), columns_.rows(signal.space).count());
  const auto blocks = static_cast<std::int64_t>((rows + ir::kLanes - 1) / ir::kLanes);
  Newest newest{latest.values.data(), latest.stamps.data(), tick - signal.stale_ms, 1};
  if (signal.number.valid()) {
    newest.scale = signal.scale;
    (values::HasWide() ? NumbersWide : Numbers)(newest, columns_.Number(signal.number), blocks);
  } else {
    (values::HasWide() ? TruthsWide : Truths)(newest, columns_.Truth(signal.truth), blocks);
  }
}

}  // namespace tocsin::engine
