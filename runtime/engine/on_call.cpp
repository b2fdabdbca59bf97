#include "runtime/engine/on_call.h"

#include <algorithm>

namespace tocsin::engine {

bool IsOpen(const ir::Program& program, ir::CalendarId calendar, values::Instant at) {
  if (!calendar.valid()) return true;
  const ir::Calendar& of = program.calendars[calendar.index];
  const values::Moment moment(at, program.zones[of.zone.index].zone);
  bool open = false;
  for (const values::HoursPart& part : of.parts) {
    if (open != part.out) continue;  // it would change nothing
    const bool holds = part.sort == values::HoursPart::Sort::kCalendar
                           ? IsOpen(program, ir::CalendarId(part.calendar), at)
                           : values::Holds(part, moment);
    if (holds) open = !part.out;
  }
  return open;
}

void AddBounds(const ir::Program& program, ir::CalendarId calendar, values::Instant from,
               values::Instant to, std::vector<values::Instant>& bounds) {
  if (!calendar.valid()) return;
  const ir::Calendar& of = program.calendars[calendar.index];
  for (const values::HoursPart& part : of.parts) {
    if (part.sort == values::HoursPart::Sort::kCalendar) {
      AddBounds(program, ir::CalendarId(part.calendar), from, to, bounds);
    } else {
      values::AddBounds(part, from, to, program.zones[of.zone.index].zone, bounds);
    }
  }
}

std::vector<ir::PersonId> OnCall(const ir::Program& program, ir::TierId tier, values::Instant at) {
  std::vector<ir::PersonId> people;
  const ir::Tier& asked = program.tiers[tier.index];
  if (!IsOpen(program, asked.available, at)) return people;
  for (const ir::Schedule& schedule : asked.schedules) {
    if (!IsOpen(program, schedule.during, at)) continue;
    const values::Zone& zone = program.zones[schedule.zone.index].zone;
    const std::size_t turn = values::TurnIndex(at, schedule.turn, zone, schedule.people.size());
    const ir::PersonId person = schedule.people[turn];
    if (std::ranges::find(people, person) == people.end()) people.push_back(person);
  }
  return people;
}

}  // namespace tocsin::engine
