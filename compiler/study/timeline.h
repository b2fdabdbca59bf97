// A simulation for people: what fired, who was told when, by which channel, and why, at 80 columns.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "compiler/study/simulate.h"
#include "runtime/engine/decision.h"
#include "runtime/values/zones.h"

namespace tocsin::study {

// Prints one or two lines for each decision that people care about, as it is made.
class Timeline final : public engine::DecisionSink {
 public:
  // `print` gets whole lines; the day of `begin` is known to whoever reads them. The program must
  // outlive the timeline.
  Timeline(const ir::Program& program, values::Instant begin,
           std::function<void(std::string_view)> print);

  void Take(const engine::Decision& decision) override;
  // What happened in all: each alert's times, each person's messages, and what was left out.
  void Summary(const Simulation& simulation);

 private:
  struct Firing {
    std::string alert;
    values::Instant begin = 0;
    values::Instant end = 0;  // 0: still firing
  };

  struct Told {
    values::Instant first = 0;
    std::string channel;  // of the first
    std::size_t pages = 0;
    std::size_t notices = 0;
    std::size_t overs = 0;
  };

  void Transition(const engine::Decision& decision);
  void AlertTransition(const engine::Decision& decision, const ir::Machine& machine,
                       std::string_view row);
  void Send(const engine::Decision& decision);
  void Digest(const engine::Decision& decision);
  void Said(std::string_view text);
  Told& ToldOf(const engine::Decision& decision);
  void LeftOut(const Simulation& simulation);
  void Row(values::Instant at, std::string_view what, std::string_view text);
  void Because(std::string_view why, const ir::Place& place);

  const ir::Program& program_;
  std::function<void(std::string_view)> print_;
  values::Zone utc_;
  std::string day_;  // of the last line
  std::string first_day_;
  std::string last_stamp_;
  std::map<std::string, Told, std::less<>> told_;
  std::vector<Firing> firings_;
  std::map<std::string, std::size_t, std::less<>> open_;  // the firing of an alert's row
};

}  // namespace tocsin::study
