// What actions say in words of their own: `says: "..."`, or `using:` a message.
#pragma once

#include <map>
#include <string>

#include "compiler/kinds/kind.h"

namespace tocsin::kinds {

// What a text shows the headline of the incident as.
inline constexpr std::string_view kIncidentShown = "incident";

// What there is to show where something is said.
struct Shown {
  std::map<std::string, std::string, std::less<>> words;  // `impact`: "All customers affected"
  std::string severity;                                   // by name, for choices
  std::string began;  // the field of the machine that has when it all began, or empty
};

// Reports what the text of an action shows and is not one of `shown`.
void CheckSaid(CheckContext& context, const check::Action& action,
               std::span<const std::string_view> shown);
// Reports a text of its own where there is none.
void CheckSaysNothing(CheckContext& context, const check::Action& action, std::string_view where);

// What an action becomes as an effect: who is told, or what is asked for and by which channel, with
// a text of its own or `otherwise`. The occasion is the caller's: step, duty and purpose.
core::Effect EffectOf(const ExpandContext& context, const check::Action& action, const Shown& shown,
                      ir::Text otherwise);

// What an effect of a declaration is for, for people: "p1_updates tells customers".
std::string PurposeOf(std::string_view name, const core::Effect& effect);

// The text of an action, or `otherwise` where it has none of its own. `shown` has what the text may
// show besides the incident.
ir::Text Said(const ExpandContext& context, const check::Action& action, const Shown& shown,
              ir::Text otherwise);

}  // namespace tocsin::kinds
