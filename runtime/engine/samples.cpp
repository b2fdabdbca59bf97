#include "runtime/engine/samples.h"

#include <algorithm>
#include <cmath>

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
    if (sample.stamp <= latest.stamps[route.row]) continue;
    latest.stamps[route.row] = sample.stamp;
    latest.values[route.row] = sample.value;
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

void Samples::Write(const ir::Signal& signal, const Latest& latest, values::Instant tick) {
  const values::Instant oldest = tick - signal.stale_ms;  // itself too old
  const bool is_number = signal.number.valid();
  const ir::NumberView numbers = is_number ? columns_.Number(signal.number) : ir::NumberView{};
  const ir::TruthView truths = is_number ? ir::TruthView{} : columns_.Truth(signal.truth);
  const std::size_t rows =
      std::min<std::size_t>(latest.stamps.size(), columns_.rows(signal.space).count());
  for (std::size_t first = 0; first < rows; first += ir::kLanes) {
    unsigned known = 0;
    unsigned is_true = 0;
    for (std::size_t lane = 0; lane < ir::kLanes && first + lane < rows; ++lane) {
      const std::size_t row = first + lane;
      const double sample = latest.values[row];
      const double value = is_number ? sample * signal.scale : sample;
      const bool fresh = latest.stamps[row] > oldest && std::isfinite(value);
      known |= static_cast<unsigned>(fresh) << lane;
      is_true |= static_cast<unsigned>(fresh && value != 0) << lane;
      if (is_number) numbers.values[row] = fresh ? value : 0.0;
    }
    const std::size_t block = first / ir::kLanes;
    (is_number ? numbers.known : truths.known)[block] = static_cast<std::uint8_t>(known);
    if (!is_number) truths.is_true[block] = static_cast<std::uint8_t>(is_true);
  }
}

}  // namespace tocsin::engine
