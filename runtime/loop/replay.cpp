#include "runtime/loop/replay.h"

#include <algorithm>
#include <utility>

namespace tocsin::loop {
namespace {

constexpr std::size_t kMaxBatch = 1u << 16;  // samples
constexpr std::uint64_t kProgressTicks = 256;

values::Instant FirstTickFrom(values::Instant at, values::Duration resolution_ms) {
  return values::FloorDivide(at + resolution_ms - 1, resolution_ms) * resolution_ms;
}

}  // namespace

Replay::Replay(const ir::Program& program, engine::Engine& engine,
               const history::SeriesTable& series, RecordSource& records, ManualClock& clock)
    : program_(program), engine_(engine), series_(series), records_(records), clock_(clock) {}

ReplayResult Replay::Run(const ReplayOptions& options, const OnProgress& on_progress) {
  options_ = options;
  on_progress_ = on_progress;
  if (options_.from) {
    next_tick_ = FirstTickFrom(*options_.from, program_.resolution_ms);
    first_ = options_.from;
  }
  has_record_ = Read();
  while (true) {
    if (has_record_ && (!next_tick_ || RecordInstant() <= TickInstant())) {
      TakeRecord();
      has_record_ = Read();
    } else if (next_tick_ && (has_record_ || *next_tick_ <= Last())) {
      RunTick();
    } else {
      break;
    }
  }
  FlushSamples();
  result_.end = std::max(result_.end, Last());
  clock_.MoveTo(result_.end);
  engine_.Clock(result_.end);
  Report();
  return std::move(result_);
}

bool Replay::Read() {
  while (records_.Next(record_)) {
    const values::Instant at = RecordInstant();
    if (options_.from && at < *options_.from) continue;
    return !options_.to || at <= *options_.to;
  }
  return false;
}

values::Instant Replay::RecordInstant() const {
  return record_.kind == history::Record::Kind::kEvent ? record_.event.at : record_.sample.stamp;
}

// The end that was asked for, or the last record there has been; nothing before it where there is
// neither.
values::Instant Replay::Last() const {
  if (options_.to) return *options_.to;
  return last_record_.value_or(result_.end);
}

void Replay::TakeRecord() {
  const values::Instant at = RecordInstant();
  if (!first_) first_ = at;
  last_record_ = at;
  if (record_.kind == history::Record::Kind::kEvent) {
    TakeEvent(record_.event);
  } else {
    TakeSample(record_.sample);
  }
}

void Replay::TakeSample(const history::Sample& sample) {
  if (!next_tick_) next_tick_ = FirstTickFrom(sample.stamp, program_.resolution_ms);
  ++result_.samples;
  const std::size_t series = sample.series.index;
  if (series >= resolved_.size()) {
    resolved_.resize(series_.size(), false);
    numbers_.resize(series_.size(), engine::kNoSeries);
  }
  if (!resolved_[series]) {
    const history::Series& name = series_[sample.series];
    numbers_[series] = engine_.Resolve(name.metric, name.labels, sample.stamp);
    resolved_[series] = true;
  }
  if (numbers_[series] == engine::kNoSeries) {
    ++result_.samples_unread;
    return;
  }
  batch_.push_back({numbers_[series], sample.value, sample.stamp});
  batch_at_ = sample.stamp;
  if (batch_.size() >= kMaxBatch) FlushSamples();
}

void Replay::FlushSamples() {
  if (batch_.empty()) return;
  clock_.MoveTo(batch_at_);
  engine_.TakeSamples(batch_at_, batch_);
  batch_.clear();
}

void Replay::TakeEvent(const history::Event& event) {
  if (batch_at_ < event.at) FlushSamples();
  clock_.MoveTo(event.at);
  ++result_.events;
  const engine::EventProblem problem =
      engine_.TakeEvent(event.at, {event.name, event.alert, event.labels, event.by});
  if (problem == engine::EventProblem::kNone) return;
  ++result_.problem_count;
  if (result_.problems.size() < kMaxProblems) result_.problems.push_back({problem, event});
}

void Replay::RunTick() {
  FlushSamples();
  clock_.MoveTo(TickInstant());
  engine_.Tick(*next_tick_);
  if (!result_.first_tick) result_.first_tick = next_tick_;
  if (options_.on_tick) options_.on_tick(*next_tick_);
  result_.end = TickInstant();
  *next_tick_ += program_.resolution_ms;
  if (++result_.ticks % kProgressTicks == 0) Report();
}

void Replay::Report() {
  if (!on_progress_) return;
  ReplayProgress progress;
  progress.now = clock_.now();
  progress.ticks = result_.ticks;
  const auto end = options_.to ? options_.to : options_.last_record;
  if (end && first_ && *end > *first_) {
    const double run = static_cast<double>(progress.now - *first_);
    progress.fraction = std::clamp(run / static_cast<double>(*end - *first_), 0.0, 1.0);
  }
  on_progress_(progress);
}

}  // namespace tocsin::loop
