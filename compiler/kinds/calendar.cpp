// `calendar`: hours that others name.

#include <algorithm>

#include "compiler/kinds/hours.h"
#include "runtime/base/limits.h"

namespace tocsin::kinds {
namespace {

// How many parts a calendar has, with those of the calendars it is made of as often as it is made
// of them; at most one more than there may be.
std::size_t SizeOf(const check::Policy& policy, const check::Decl& decl, std::size_t size) {
  const auto* hours = check::Get<check::Hours>(decl["open"]);
  if (hours == nullptr) return size;
  for (const check::Hours::Part& part : hours->parts) {
    if (++size > base::kMaxCalendarParts) return size;
    if (part.sort == check::Hours::Sort::kCalendar)
      size = SizeOf(policy, policy[part.calendar], size);
  }
  return size;
}

void Check(CheckContext& context, const check::Decl& decl) {
  if (SizeOf(context.policy, decl, 0) <= base::kMaxCalendarParts) return;
  context.sink.Emit(codes::kOutOfRange, decl.span, decl.name,
                    fmt::format("with the calendars it is made of, it has more than {} parts",
                                base::kMaxCalendarParts));
}

void Expand(ExpandContext& context, const check::Decl& decl) {
  const std::string zone = ZoneOf(context, decl["timezone"]);
  const std::string of = CalendarOf(context, decl["open"], decl.name, zone);
  if (of != decl.name) CombinedCalendar(context, decl.name, of, {});
}

}  // namespace

extern const KindRow kind_calendar;
const KindRow kind_calendar{"calendar", Check, Expand};

}  // namespace tocsin::kinds
