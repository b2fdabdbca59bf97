#include "compiler/kinds/hours.h"

#include <utility>

namespace tocsin::kinds {
namespace {

using Sort = check::Hours::Sort;

core::Calendar::Part PartOf(const ExpandContext& context, const check::Hours::Part& part) {
  core::Calendar::Part made;
  made.hours.out = part.out;
  made.hours.weekdays = part.weekdays;
  made.hours.from_minute = part.from_minute;
  made.hours.to_minute = part.to_minute;
  made.hours.first_day = part.first_day;
  made.hours.last_day = part.last_day;
  switch (part.sort) {
    case Sort::kWeekly:
      break;
    case Sort::kDates:
      made.hours.sort = values::HoursPart::Sort::kDates;
      break;
    case Sort::kCalendar:
      made.hours.sort = values::HoursPart::Sort::kCalendar;
      made.calendar = context[part.calendar].name;
      break;
  }
  return made;
}

bool IsAlways(const check::Hours::Part& part) {
  return part.sort == Sort::kWeekly && !part.out && part.weekdays == 0x7f &&
         part.from_minute == 0 && part.to_minute == 24 * 60;
}

}  // namespace

std::string ZoneOf(const ExpandContext& context, const check::Value& own) {
  const auto* zone = check::Get<check::ZoneName>(own);
  if (zone == nullptr)
    zone = check::Get<check::ZoneName>(context[context.policy.policy]["timezone"]);
  return zone->name;
}

std::string CalendarOf(ExpandContext& context, const check::Value& hours, const std::string& name,
                       const std::string& zone) {
  const auto* of = check::Get<check::Hours>(hours);
  if (of == nullptr) return {};
  if (of->parts.size() == 1 && IsAlways(of->parts[0])) return {};
  if (of->parts.size() == 1 && of->parts[0].sort == Sort::kCalendar)
    return context[of->parts[0].calendar].name;
  core::Calendar made{name, zone, {}};
  for (const check::Hours::Part& part : of->parts) made.parts.push_back(PartOf(context, part));
  context.core.calendars.push_back(std::move(made));
  return name;
}

std::string CombinedCalendar(ExpandContext& context, const std::string& name, const std::string& in,
                             const std::vector<std::string>& out) {
  core::Calendar made{name, ZoneOf(context, {}), {}};
  const auto add = [&](const std::string& calendar, bool leaves_out) {
    core::Calendar::Part part;
    part.hours.out = leaves_out;
    if (!calendar.empty()) part.hours.sort = values::HoursPart::Sort::kCalendar;
    part.calendar = calendar;
    made.parts.push_back(std::move(part));
  };
  add(in, false);
  for (const std::string& calendar : out) add(calendar, true);
  context.core.calendars.push_back(std::move(made));
  return name;
}

}  // namespace tocsin::kinds
