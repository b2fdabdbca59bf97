// Who would be asked about a severity at an instant, rung by rung, if nobody answered, and who is
// on call for a tier: from the policy alone, by the code with which the engine decides it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/check/typed.h"
#include "runtime/ir/program.h"

namespace tocsin::study {

struct Asked {
  struct Person {
    std::string name;
    std::string title;
    std::string channel;
    // Until when it is this person, had it begun then; nothing where it is for 53 weeks or longer.
    std::optional<values::Instant> until;
  };
  std::string whom;                             // as the policy says: "on_call(L1), duty_mgr"
  std::vector<Person> people;                   // nobody: it is passed over
  std::optional<values::Instant> nobody_until;  // where there is nobody
};

struct Step {
  enum class Kind : std::uint8_t { kInform, kRung, kExhausted };
  Kind kind = Kind::kRung;
  values::Duration after_ms = 0;  // since the incident opened
  std::int64_t round = 0;
  std::size_t rung = 0;                // counted from 1
  values::Duration answer_within = 0;  // of a rung
  std::string action;                  // "page", "notify"
  Asked asked;
};

// What a severity's ladder does from `at` on while nobody answers: at most one round of it, and
// what comes after the last. Later rounds ask again, of whoever it is then.
std::vector<Step> Steps(const check::Policy& policy, const ir::Program& program,
                        const check::Decl& severity, values::Instant at);

// Who is on call for a tier.
Asked OnCallFor(const ir::Program& program, std::string_view tier, values::Instant at);

}  // namespace tocsin::study
