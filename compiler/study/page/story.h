// A simulation as what a page shows of it: for each row that was pending or fired its spans, who
// was told when, and who acknowledged. How much it keeps is bounded, whatever is simulated; what
// was left out is counted.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/study/tally.h"
#include "runtime/engine/decision.h"

namespace tocsin::study::page {

inline constexpr std::size_t kMaxLanes = 10'000;  // rows that are followed
inline constexpr std::size_t kMaxSpans = 50'000;  // of all of them
inline constexpr std::size_t kMaxMarks = 20'000;
inline constexpr std::size_t kMaxEntries = 400;

enum class SpanKind : std::uint8_t { kPending, kFiring, kClearing, kAcknowledged };
struct Span {
  SpanKind kind = SpanKind::kPending;
  values::Instant begin = 0;
  values::Instant end = 0;
  bool open = false;  // the run ended before it did
  std::string note;   // of an acknowledgement: by whom
};

enum class MarkKind : std::uint8_t { kPage, kNotice, kOver, kAck };
struct Mark {
  MarkKind kind = MarkKind::kPage;
  values::Instant at = 0;
  std::string person;
  std::string channel;
  std::string text;
};

// What happened to one row of an alert.
struct Lane {
  ir::MachineId alert;
  std::string key;       // {region="eu"}
  std::string headline;  // what it says, of its first firing
  std::vector<Span> spans;
  std::vector<Mark> marks;
  std::uint64_t fired = 0;
  std::uint64_t pages = 0;
  values::Duration total_ms = 0;
  values::Instant begin = 0;  // of the first span
  values::Instant end = 0;    // of the last
  values::Instant first_fired = 0;
  values::Instant first_page = 0;  // 0: nobody was paged
  std::string first_paged;         // whom, and by what
  std::string first_channel;
  values::Instant first_ack = 0;  // 0: nobody did
  std::string first_ack_by;
  bool firing = false;  // at the end
  // Places in `spans` of what has not ended, by kind.
  std::array<std::size_t, 4> open = {SIZE_MAX, SIZE_MAX, SIZE_MAX, SIZE_MAX};
};

// A line of the list of what happened.
struct Entry {
  values::Instant at = 0;
  std::string word;  // "FIRING"
  std::string text;
  std::string detail;  // because
};

class Story final : public engine::DecisionSink {
 public:
  // The program must outlive the story.
  explicit Story(const ir::Program& program) : program_(program) {}

  void Take(const engine::Decision& decision) override;
  // Once, after the last decision.
  void Finish(values::Instant end);

  // Those that matter most first: by pages, then by how long they fired.
  const std::vector<Lane>& lanes() const { return lanes_; }
  const std::vector<Entry>& entries() const { return entries_; }
  std::uint64_t entries_left_out() const { return entries_left_out_; }
  std::uint64_t left_out() const { return left_out_; }  // rows, spans and marks

 private:
  Lane* LaneOf(const engine::Decision& decision);
  void Alert(const engine::Decision& decision, AlertStep step);
  void Send(const engine::Decision& decision);
  void Acknowledgement(const engine::Decision& decision, const ir::Machine& machine);
  void Open(Lane& lane, SpanKind kind, values::Instant at, std::string note = {});
  void Close(Lane& lane, SpanKind kind, values::Instant at, bool open = false);
  void Put(Lane& lane, Mark mark);
  void Enter(values::Instant at, std::string word, std::string text, std::string detail);

  const ir::Program& program_;
  std::vector<Lane> lanes_;
  std::map<std::pair<std::uint32_t, std::string>, std::size_t> places_;
  std::vector<Entry> entries_;
  std::uint64_t entries_left_out_ = 0;
  std::uint64_t left_out_ = 0;
  std::size_t spans_ = 0;
  std::size_t marks_ = 0;
};

// `registry_down{region="eu"}`, without the braces where a row has no labels.
std::string RowName(const ir::Program& program, ir::MachineId alert, std::string_view key);
// The labels of a row, from how a decision writes them: {region="eu"}.
std::vector<std::pair<std::string, std::string>> LabelsOf(std::string_view key);

}  // namespace tocsin::study::page
