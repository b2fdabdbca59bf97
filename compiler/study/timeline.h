// A simulation for people as it goes: what fires, who is told, by which channel, and why, at 80
// columns.
#pragma once

#include <functional>
#include <string>
#include <string_view>

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

 private:
  void Transition(const engine::Decision& decision);
  void AlertTransition(const engine::Decision& decision, const ir::Machine& machine,
                       std::string_view row);
  void Send(const engine::Decision& decision);
  void Digest(const engine::Decision& decision);
  void Said(std::string_view text);
  void Row(values::Instant at, std::string_view what, std::string_view text);
  void Because(std::string_view why, const ir::Place& place);

  const ir::Program& program_;
  std::function<void(std::string_view)> print_;
  values::Zone utc_;
  std::string day_;  // of the last line
  std::string last_stamp_;
};

}  // namespace tocsin::study
