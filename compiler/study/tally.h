// Decisions to what they come to: how often, how long and in how many rows each alert fired, and
// how often each person was told, and at night. It keeps one record for each row that did
// something, each person, and each of the first firings; nothing grows with the number of
// decisions.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "runtime/engine/decision.h"
#include "runtime/values/zones.h"

namespace tocsin::study {

// A row that fires again within this time after it was over flaps: whoever went back to bed is
// called again.
inline constexpr values::Duration kFlapMs = 10 * values::kMinuteMs;
// Hours of a person's clock at which a page wakes them: from the first, up to the second.
inline constexpr std::int64_t kNightFromHour = 22;
inline constexpr std::int64_t kNightToHour = 7;

struct Firing {
  ir::MachineId alert;
  std::string key;  // {region="eu"}
  values::Instant begin = 0;
  values::Instant end = 0;  // of the run where `open`
  bool open = false;        // it fires still
};

struct AlertTally {
  ir::MachineId alert;
  std::uint64_t rows = 0;   // that fired
  std::uint64_t fired = 0;  // times
  std::uint64_t open = 0;   // rows that fire still
  std::uint64_t brief = 0;  // times that it was pending and did not fire
  std::uint64_t flaps = 0;  // times that a row fired again within kFlapMs
  std::uint64_t pages = 0;  // messages of the action `page` that stem from it
  std::uint64_t other = 0;  // messages of other actions
  values::Duration total_ms = 0;
  values::Duration longest_ms = 0;
  bool pended = false;  // was pending, or fired, at any time
};

struct PersonTally {
  ir::PersonId person;
  std::uint64_t pages = 0;
  std::uint64_t pages_at_night = 0;
  std::uint64_t notices = 0;
  std::uint64_t overs = 0;
  values::Instant first = 0;
  values::Instant last = 0;
  std::string channel;  // of the first
};

class Tally final : public engine::DecisionSink {
 public:
  // The program must outlive the tally. Of the firings it keeps the first `most_firings`.
  Tally(const ir::Program& program, std::size_t most_firings);

  void Take(const engine::Decision& decision) override;
  // The run ended: what fires still has lasted up to here. Once, after the last decision.
  void Finish(values::Instant end);

  const std::vector<Firing>& firings() const { return firings_; }  // in the order of their begin
  std::uint64_t firing_count() const { return firing_count_; }
  // One for each alert of the program, in the order in which they matter: what paged most, then
  // what fired for the longest time, then what was pending most often.
  std::vector<AlertTally> Alerts() const;
  // Those who were told anything, in the order of the program.
  std::vector<PersonTally> People() const;
  // When people were told: of a person who stands in no schedule it is that of the first schedule
  // there is, and UTC where there is none.
  const values::Zone& ZoneOf(ir::PersonId person) const;

 private:
  struct Row {
    bool firing = false;
    bool fired = false;
    values::Instant begin = 0;
    values::Instant over = 0;       // when it was over for the last time
    std::size_t listed = SIZE_MAX;  // in firings_
  };
  void Fires(AlertTally& tally, Row& row, const engine::Decision& decision);
  void Ends(AlertTally& tally, Row& row, values::Instant at, bool open);

  const ir::Program& program_;
  const std::size_t most_firings_;
  values::Zone utc_;
  std::vector<Firing> firings_;
  std::uint64_t firing_count_ = 0;
  std::vector<AlertTally> alerts_;                             // by machine
  std::vector<std::map<std::string, Row, std::less<>>> rows_;  // by machine, then key
  std::vector<PersonTally> people_;                            // by person
  std::map<std::string, std::size_t, std::less<>> person_numbers_;
};

// The alert that a machine is or stands for: rows told of together have a machine of their own.
ir::MachineId AlertOf(const ir::Program& program, ir::MachineId machine);

// What a decision says of the machine of an alert or of rows told of together, for whoever follows
// its states.
enum class AlertStep : std::uint8_t { kNone, kPends, kFires, kEnds, kGivesUp, kClears, kNotOver };
AlertStep StepOf(const ir::Program& program, const engine::Decision& decision);

}  // namespace tocsin::study
