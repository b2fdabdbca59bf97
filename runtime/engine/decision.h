// What the engine decides, in the order decided. Decisions are a pure function of the program and
// the ordered inputs.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/engine/lent_text.h"
#include "runtime/ir/program.h"

namespace tocsin::engine {

enum class DecisionKind : std::uint8_t {
  kTransition,  // a machine went from one state to another, or stayed and noted something
  kSend,        // somebody is to be told something
  kRequest,     // something is to be done outside: an action of the policy
  kHeld,        // what is sent, but held back: the channel's limit for that person is reached
  kDigest,      // somebody is to be told how much was held back, and of what
  kIgnored,     // an event that nothing waited for
  kRefused,     // a sample or event that cannot be taken: late, too far ahead, outside a label's
                // domain
};

constexpr bool IsMessage(DecisionKind kind) {
  return kind == DecisionKind::kSend || kind == DecisionKind::kDigest;
}

// What a sink is handed may be lent, and lasts until it returns; a copy of it lasts by itself.
struct Decision {
  std::uint64_t id = 0;     // 1, 2, 3 ...
  std::uint64_t cause = 0;  // the decision that led to this one; 0 where an input did
  values::Instant at = 0;   // when decided: a tick T is decided at T + grace
  DecisionKind kind = DecisionKind::kTransition;

  // The machine concerned.
  ir::MachineId machine;
  ir::MachineId alert;  // the machine of the row it stems from: `machine` itself, or what opened it
  LentText key;  // canonical labels of that row: {region="eu"}; of a refused series its metric too
  LentText person;         // of an instance keyed by a person, and the recipient of a Send
  std::int64_t epoch = 0;  // how often this row's alert has opened

  // Transition.
  std::uint32_t transition = 0;  // place in Machine::transitions
  LentText from;
  LentText to;
  ir::TriggerKind trigger = ir::TriggerKind::kSeries;
  bool has_value = false;  // `value` of a row's machine
  double value = 0;
  LentText by;  // the person whose event it was

  // Send, Request, Held; of a Digest all but the effect and the step.
  std::uint32_t effect = 0;  // place in Machine::effects
  LentText action;           // "page", "notify", "over"; of a Request what is to be done
  ir::ChannelId channel;
  LentText text;
  LentText link;  // where to look; may be empty
  LentText
      identity;   // (policy, machine, alert and key, epoch, step, action, person): see effects.h
  LentText step;  // the step fields, readable: "round 1, rung 2, ask 1"

  // Ignored, Refused; and why a transition was taken, or a message held back.
  LentText because;

  // Makes it one with nothing in it; its texts keep their room.
  void Clear();
  bool operator==(const Decision&) const = default;
};

class DecisionSink {
 public:
  virtual ~DecisionSink() = default;
  virtual void Take(const Decision& decision) = 0;
};

}  // namespace tocsin::engine
