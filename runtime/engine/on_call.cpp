#include "runtime/engine/on_call.h"

#include <algorithm>

namespace tocsin::engine {

std::vector<ir::PersonId> OnCall(const ir::Program& program, ir::TierId tier, values::Instant at) {
  std::vector<ir::PersonId> people;
  for (const ir::Schedule& schedule : program.tiers[tier.index].schedules) {
    const values::Zone& zone = program.zones[schedule.zone.index].zone;
    const std::size_t turn = values::TurnIndex(at, schedule.turn, zone, schedule.people.size());
    const ir::PersonId person = schedule.people[turn];
    if (std::ranges::find(people, person) == people.end()) people.push_back(person);
  }
  return people;
}

}  // namespace tocsin::engine
