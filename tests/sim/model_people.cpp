#include "tests/sim/model_people.h"

#include <algorithm>

namespace tocsin::sim {

namespace {

const values::Zone& ZoneNamed(const std::string& name) {
  static std::map<std::string, values::Zone> zones;
  auto found = zones.find(name);
  if (found == zones.end()) found = zones.emplace(name, *values::LoadZone(name)).first;
  return found->second;
}

// The furthest that the clock on the wall has been at or before `at`, found minute by minute: a
// turn that begins at a doubled time begins at the first, one at a time that never was with the
// next instant that is.
values::LocalTime FurthestClock(const values::Zone& zone, Instant at) {
  values::LocalTime furthest = values::ToLocal(at, zone);
  const Instant minute = at - at % 60'000;
  for (int back = 0; back <= 3 * 60; ++back)
    furthest = std::max(furthest, values::ToLocal(minute - back * Instant{60'000}, zone));
  return furthest;
}

constexpr std::int64_t kAnchorDay = 4;  // Monday 1970-01-05

}  // namespace

const std::string& PeopleModel::OnCall(const Schedule& schedule, Instant at) const {
  const auto& zone = ZoneNamed(schedule.zone.empty() ? policy_.zone : schedule.zone);
  const values::LocalTime clock = FurthestClock(zone, at);
  std::int64_t day = clock.day_number();
  if (clock.minute_of_day() < schedule.minute) --day;
  std::int64_t turn = 0;
  if (schedule.weekday < 0) {
    turn = day - kAnchorDay;
  } else {
    const std::int64_t first = kAnchorDay + schedule.weekday;
    while ((day - first) % 7 != 0) --day;
    turn = (day - first) / 7;
  }
  return schedule.people[static_cast<std::size_t>(turn) % schedule.people.size()];
}

std::vector<std::string> PeopleModel::Persons(const std::vector<Recipient>& recipients,
                                              Instant at) const {
  std::vector<std::string> all;
  const auto add = [&](const std::string& person) {
    if (std::ranges::find(all, person) == all.end()) all.push_back(person);
  };
  for (const Recipient& recipient : recipients) {
    if (recipient.tier.empty()) add(recipient.person);
    for (const Schedule& schedule : policy_.schedules) {
      if (schedule.tier == recipient.tier) add(OnCall(schedule, at));
    }
  }
  return all;
}

std::string PeopleModel::FirstContact(const std::string& person) const {
  return std::ranges::find(policy_.people, person, &Person::name)->contact.front();
}

std::string PeopleModel::OverBy(const std::string& channel) const {
  const auto& over_by = std::ranges::find(policy_.channels, channel, &Channel::name)->over_by;
  return over_by.empty() ? channel : over_by;
}

}  // namespace tocsin::sim
