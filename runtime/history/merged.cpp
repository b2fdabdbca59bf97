#include "runtime/history/merged.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "runtime/diagnostics/codes.h"

namespace tocsin::history {
namespace {

namespace codes = diagnostics::codes;

constexpr std::size_t kRecordsPerReport = 1u << 16;

}  // namespace

bool MergedHistory::Load(const std::string& path, const Options& options,
                         const OnProgress& on_progress) {
  const std::unique_ptr<Reader> reader = Open(path, context_, options);
  return reader != nullptr && Load(*reader, path, on_progress);
}

bool MergedHistory::Load(Reader& reader, const std::string& name, const OnProgress& on_progress) {
  started_ = false;
  // Two files never share a run, so that a run stays within one file's order.
  if (!stamps_.empty()) run_begins_.push_back(stamps_.size());
  Record record;
  std::size_t count = 0;
  while (reader.Next(record)) {
    if (!Add(record, name)) return false;
    if (on_progress && ++count % kRecordsPerReport == 0) on_progress(reader.progress());
  }
  if (on_progress) on_progress(reader.progress());
  return !reader.failed();
}

bool MergedHistory::Add(const Record& record, const std::string& name) {
  if (record.kind == Record::Kind::kEvent) {
    if (events_.size() >= std::min(kMaxHistoryEvents, max_records_)) {
      context_.sink.Emit(codes::kTooManySamples, {}, std::min(kMaxHistoryEvents, max_records_))
          .Note("reading of `" + name + "` stops here")
          .Help("cut the recording into parts");
      return false;
    }
    Widen(record.event.at);
    events_.push_back({record.event, stamps_.size()});
    return true;
  }
  if (stamps_.size() >= max_records_) {
    context_.sink.Emit(codes::kTooManySamples, {}, max_records_)
        .Note("reading of `" + name + "` stops here")
        .Help("cut the recording into parts");
    return false;
  }
  const Sample& sample = record.sample;
  Widen(sample.stamp);
  if (stamps_.empty() || sample.stamp < stamps_.back()) run_begins_.push_back(stamps_.size());
  stamps_.push_back(sample.stamp);
  values_.push_back(sample.value);
  ids_.push_back(sample.series);
  return true;
}

void MergedHistory::BackTo(const Mark& mark) {
  started_ = false;
  stamps_.resize(mark.samples);
  values_.resize(mark.samples);
  ids_.resize(mark.samples);
  run_begins_.resize(mark.runs);
  events_.erase(events_.begin() + static_cast<std::ptrdiff_t>(mark.events), events_.end());
  first_ = mark.first;
  last_ = mark.last;
}

void MergedHistory::Widen(values::Instant stamp) {
  first_ = empty() ? stamp : std::min(first_, stamp);
  last_ = empty() ? stamp : std::max(last_, stamp);
}

namespace {

// For a heap that keeps the earliest in front.
template <class Cursor>
bool Later(const Cursor& a, const Cursor& b) {
  return std::tie(a.stamp, a.at) > std::tie(b.stamp, b.at);
}

// Puts the front of a heap where it belongs after it grew. A run that stays ahead of the others
// does not move, so one file in order is read straight through.
template <class Cursor>
void SiftFront(std::vector<Cursor>& heap) {
  std::size_t at = 0;
  for (;;) {
    std::size_t child = 2 * at + 1;
    if (child >= heap.size()) return;
    if (child + 1 < heap.size() && Later(heap[child], heap[child + 1])) ++child;
    if (!Later(heap[at], heap[child])) return;
    std::swap(heap[at], heap[child]);
    at = child;
  }
}

}  // namespace

void MergedHistory::Start() {
  started_ = true;
  heap_.clear();
  for (std::size_t i = 0; i < run_begins_.size(); ++i) {
    const std::size_t begin = run_begins_[i];
    const std::size_t end = i + 1 < run_begins_.size() ? run_begins_[i + 1] : stamps_.size();
    if (begin < end) heap_.push_back({stamps_[begin], begin, end});
  }
  std::make_heap(heap_.begin(), heap_.end(), Later<Cursor>);
  event_order_.resize(events_.size());
  for (std::size_t i = 0; i < events_.size(); ++i) event_order_[i] = i;
  std::sort(event_order_.begin(), event_order_.end(), [&](std::size_t a, std::size_t b) {
    return std::pair(events_[a].event.at, a) < std::pair(events_[b].event.at, b);
  });
  next_event_ = 0;
}

bool MergedHistory::Next(Record& record) {
  if (!started_) Start();
  if (next_event_ < event_order_.size()) {
    const PlacedEvent& next = events_[event_order_[next_event_]];
    const bool first =
        heap_.empty() || next.event.at < heap_.front().stamp ||
        (next.event.at == heap_.front().stamp && next.samples_before <= heap_.front().at);
    if (first) {
      record.kind = Record::Kind::kEvent;
      record.event = next.event;
      ++next_event_;
      return true;
    }
  }
  if (heap_.empty()) return false;
  Cursor& next = heap_.front();
  record.kind = Record::Kind::kSample;
  record.sample = {ids_[next.at], next.stamp, values_[next.at]};
  const std::size_t at = next.at + 1;
  if (at < next.end) {
    next.at = at;
    next.stamp = stamps_[at];
  } else {
    next = heap_.back();
    heap_.pop_back();
  }
  SiftFront(heap_);
  return true;
}

}  // namespace tocsin::history
