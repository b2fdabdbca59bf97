// Steps the machines: a trigger to the transition it causes, the transition to its actions, and
// those to more triggers, first in, first out, until nothing is left to do.
//
// What always holds: an instance in a final state has left nothing armed, and goes once its
// children have; a child that its parent ended gets one transition to say so and ends in any case,
// and so do its own children, whether or not it had one.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "runtime/engine/choices.h"
#include "runtime/engine/effects.h"
#include "runtime/engine/executor.h"
#include "runtime/engine/instances.h"
#include "runtime/engine/timers.h"

namespace tocsin::engine {

struct Trigger {
  InstanceRef to;
  ir::TriggerKind kind = ir::TriggerKind::kSeries;
  std::int64_t argument = 0;
  std::uint64_t cause = 0;  // the decision that raised it
  ir::PersonId by;          // of an event
};

class Machines {
 public:
  Machines(const ir::Program& program, Executor& executor, Columns& columns, Instances& instances,
           Timers& timers, Effects& effects, Decisions& decisions, Stats& stats);

  // What follows from what a tick changed in rows of a machine.
  void StepRows(values::Instant now, ir::MachineId machine, std::span<const std::uint32_t> rows);
  // The same where a tick changed an input of a machine that has one instance for each parent.
  void StepChildren(values::Instant now, ir::MachineId machine);
  // A trigger and everything that follows from it.
  void Step(values::Instant now, const Trigger& trigger);
  // An event for an instance and all below it. Whether any of them took a transition for it.
  bool StepEvent(values::Instant now, InstanceRef instance, std::int64_t event, ir::PersonId by);

 private:
  // What the action of a transition asked for; carried out after it, when the decision that causes
  // it has a number.
  struct Request {
    enum class Kind : std::uint8_t { kArm, kCancel, kEmit, kSpawn, kEndChildren };
    Kind kind;
    std::int64_t place = 0;
    values::Instant at = 0;  // when it is due; of an effect, when what it is about began
    std::string step;        // of an effect: the step fields as they were when it was asked for
  };
  static const ir::MachineHost kHost;

  // What a tick changed in a row.
  void StepRow(const RowPlaces& places, std::uint32_t row, ir::MachineFrame& frame);
  std::uint64_t Decide(const Trigger& trigger, const Place& place, std::uint32_t from,
                       std::uint32_t transition);
  void Raise(const Trigger& trigger);
  void Drain();
  void Handle(const Trigger& trigger);
  // Takes what follows of itself from what a row is now.
  void Look(Trigger trigger, const Place& place, ir::MachineFrame& frame);
  bool Goes(InstanceRef instance) const;
  // Without what it is about.
  ir::MachineFrame Frame();
  // Where the inputs of a machine are; what they are in a row.
  void ReadInputs(const ir::Machine& machine);
  void SetInputs(std::uint32_t row, ir::MachineFrame& frame) const;
  // Takes the transition that applies; its decision, or nothing.
  std::optional<std::uint64_t> Take(const Trigger& trigger, const Place& place,
                                    ir::MachineFrame& frame);
  void CarryOut(InstanceRef instance, const Request& request, std::uint64_t cause);
  void Emit(InstanceRef instance, const Request& request, std::uint64_t cause);
  void OweWord(InstanceRef owner, ir::MachineId duty_machine, const Told& told);
  void Start(InstanceRef parent, ir::MachineId machine, const Told& told, std::uint64_t cause);
  void EndChildren(InstanceRef instance, std::uint64_t cause);
  void End(InstanceRef instance, std::uint64_t cause);
  void Free(InstanceRef instance);
  const ir::Machine& CodeOf(InstanceRef instance) const {
    return program_.machines[instances_.MachineOf(instance).index];
  }

  const ir::Program& program_;
  Executor& executor_;
  Choices choices_;
  Columns& columns_;
  Instances& instances_;
  Timers& timers_;
  Effects& effects_;
  Decisions& decisions_;
  std::uint64_t& selects_;  // of the program's statistics
  std::size_t queue_limit_;
  std::deque<Trigger> queue_;
  std::vector<ir::TruthView> inputs_;  // of the machine that is stepped
  values::Instant now_ = 0;
  std::uint64_t events_taken_ = 0;

  // During an action.
  std::vector<Request> requests_;
  const ir::Machine* acting_ = nullptr;
  const std::int64_t* acting_fields_ = nullptr;
};

}  // namespace tocsin::engine
