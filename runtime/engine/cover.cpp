#include "runtime/engine/cover.h"

#include <algorithm>

#include "runtime/engine/on_call.h"

namespace tocsin::engine {
namespace {

// The instants after `from` and before `to` at which the hours of anybody asked may begin or end,
// in order, each once.
std::vector<values::Instant> BoundsOf(const ir::Program& program, std::span<const ir::Recipient> to,
                                      ir::CalendarId only, values::Instant from,
                                      values::Instant end) {
  std::vector<values::Instant> bounds;
  AddBounds(program, only, from, end, bounds);
  for (const ir::Recipient& recipient : to) {
    if (!recipient.tier.valid()) continue;
    const ir::Tier& tier = program.tiers[recipient.tier.index];
    AddBounds(program, tier.available, from, end, bounds);
    for (const ir::Schedule& schedule : tier.schedules)
      AddBounds(program, schedule.during, from, end, bounds);
  }
  std::ranges::sort(bounds);
  const auto repeated = std::ranges::unique(bounds);
  bounds.erase(repeated.begin(), repeated.end());
  if (!bounds.empty() && bounds.front() == from) bounds.erase(bounds.begin());
  return bounds;
}

}  // namespace

std::vector<ir::PersonId> Asked(const ir::Program& program, std::span<const ir::Recipient> to,
                                ir::CalendarId only, values::Instant at) {
  std::vector<ir::PersonId> people;
  if (!IsOpen(program, only, at)) return people;
  const auto add = [&](ir::PersonId person) {
    if (std::ranges::find(people, person) == people.end()) people.push_back(person);
  };
  for (const ir::Recipient& recipient : to) {
    if (recipient.person.valid()) {
      add(recipient.person);
    } else {
      for (const ir::PersonId person : OnCall(program, recipient.tier, at)) add(person);
    }
  }
  return people;
}

std::vector<Gap> Gaps(const ir::Program& program, std::span<const ir::Recipient> to,
                      ir::CalendarId only, values::Instant from, values::Instant end,
                      std::size_t most) {
  std::vector<Gap> gaps;
  bool open = false;  // a gap that has no end yet
  const auto look = [&](values::Instant at) {
    const bool nobody = Asked(program, to, only, at).empty();
    if (nobody && !open) gaps.push_back({at, end});
    if (!nobody && open) gaps.back().end = at;
    open = nobody;
  };
  look(from);
  for (const values::Instant at : BoundsOf(program, to, only, from, end)) {
    if (gaps.size() == most && !open) break;
    look(at);
  }
  return gaps;
}

std::optional<values::Instant> AskedUntil(const ir::Program& program,
                                          std::span<const ir::Recipient> to, ir::CalendarId only,
                                          values::Instant at, values::Instant end) {
  std::vector<values::Instant> bounds = BoundsOf(program, to, only, at, end);
  for (const ir::Recipient& recipient : to) {
    if (!recipient.tier.valid()) continue;
    for (const ir::Schedule& schedule : program.tiers[recipient.tier.index].schedules) {
      if (schedule.people.size() < 2) continue;
      const values::Zone& zone = program.zones[schedule.zone.index].zone;
      values::Instant next = values::NextHandover(at, schedule.turn, zone);
      for (; next < end; next = values::NextHandover(next, schedule.turn, zone))
        bounds.push_back(next);
    }
  }
  std::ranges::sort(bounds);
  const std::vector<ir::PersonId> now = Asked(program, to, only, at);
  const auto other = std::ranges::find_if(
      bounds, [&](values::Instant bound) { return Asked(program, to, only, bound) != now; });
  return other == bounds.end() ? std::nullopt : std::optional(*other);
}

}  // namespace tocsin::engine
