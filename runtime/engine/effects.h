// An effect to the messages it means: who is told, by which channel, what, and under which
// identity. Recipients become persons here, as of the instant of the step.
//
// An identity is policy/machine/key/epoch/step/action/person, each part with `%` and `/` escaped,
// so that two messages have the same one only where all parts are equal. The key of a machine below
// an alert starts with the alert's name, because several alerts may open incidents of one severity
// for equal labels; the action names the channel where the policy does, and not where it is the
// person's own: `erlmcp_support/p1_climb/registry_down{region="eu"}/1/round 1, rung 2, ask
// 1/page/bob`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/engine/decision.h"
#include "runtime/engine/engine.h"
#include "runtime/engine/instances.h"
#include "runtime/engine/limits.h"
#include "runtime/engine/texts.h"

namespace tocsin::engine {

// Numbers decisions and hands them on.
class Decisions {
 public:
  Decisions(DecisionSink& sink, Stats& stats) : sink_(sink), stats_(stats) {}
  // An empty one to fill in, which is to be taken before there is another.
  Decision& Next() {
    next_.Clear();
    return next_;
  }
  // The same with what says which instance it is about.
  Decision& Next(const ir::Program& program, const Columns& columns, InstanceRef about,
                 const Place& place, values::Instant now);
  // One of the kind kTransition, of which everything that transitions have is to be set.
  Decision& NextTransition() { return transition_; }
  // The number it is given.
  std::uint64_t Take(Decision& decision);

 private:
  DecisionSink& sink_;
  Stats& stats_;
  Decision next_;
  Decision transition_;  // never has what others have, so that nothing of it is to be cleared
  std::uint64_t last_ = 0;
};

// The step fields for people: "round 1, rung 2, ask 1".
std::string StepText(const ir::Machine& machine, const ir::Effect& effect,
                     const std::int64_t* fields);

struct Told {
  ir::PersonId person;
  ir::ChannelId channel;
  std::uint64_t decision = 0;
};

class Effects {
 public:
  Effects(const ir::Program& program, const Columns& columns, Instances& instances,
          const Texts& texts, Decisions& decisions)
      : program_(program),
        columns_(columns),
        instances_(instances),
        texts_(texts),
        decisions_(decisions),
        limits_(program) {}

  // Decides the messages of one effect of an instance. `began` is when what it is about did, for
  // texts that say so; `cause` is the transition that emitted it.
  std::vector<Told> Send(InstanceRef instance, const ir::Effect& effect, std::uint32_t place,
                         const std::string& step, values::Instant began, values::Instant now,
                         std::uint64_t cause);
  // The same for one that asks for something to be done. No limit holds it back.
  void Ask(InstanceRef instance, const ir::Effect& effect, std::uint32_t place,
           const std::string& step, values::Instant began, values::Instant now,
           std::uint64_t cause);

  // When the next message about what was held back is due; nothing where nothing is.
  std::optional<values::Instant> DigestDue() const { return limits_.Due(); }
  void SendDigest();

 private:
  Occasion OccasionOf(InstanceRef instance, values::Instant now, values::Instant began) const;
  std::string OnChannel(std::string_view text, ir::ChannelId channel) const;
  std::vector<ir::PersonId> Recipients(InstanceRef instance, const ir::Effect& effect,
                                       values::Instant now) const;
  ir::ChannelId ChannelFor(InstanceRef instance, const ir::Effect& effect,
                           ir::PersonId person) const;

  const ir::Program& program_;
  const Columns& columns_;
  Instances& instances_;
  const Texts& texts_;
  Decisions& decisions_;
  Limits limits_;
};

}  // namespace tocsin::engine
