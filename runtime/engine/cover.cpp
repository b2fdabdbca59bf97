#include "runtime/engine/cover.h"

#include <algorithm>
#include <iterator>
#include <utility>

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

namespace {

using Spans = std::vector<Gap>;

// Spans that are in order, but may meet or overlap, as few as can be.
Spans Merged(const Spans& spans) {
  Spans merged;
  for (const Gap& span : spans) {
    if (span.begin >= span.end) continue;
    if (!merged.empty() && span.begin <= merged.back().end) {
      merged.back().end = std::max(merged.back().end, span.end);
    } else {
      merged.push_back(span);
    }
  }
  return merged;
}

Spans Either(const Spans& a, const Spans& b) {
  if (a.empty()) return b;
  Spans both;
  both.reserve(a.size() + b.size());
  std::ranges::merge(a, b, std::back_inserter(both), {}, &Gap::begin, &Gap::begin);
  return Merged(both);
}

Spans Without(const Spans& a, const Spans& b) {
  Spans left;
  std::size_t next = 0;
  for (Gap span : a) {
    while (next < b.size() && b[next].end <= span.begin) ++next;
    for (std::size_t i = next; i < b.size() && b[i].begin < span.end; ++i) {
      if (b[i].begin > span.begin) left.push_back({span.begin, b[i].begin});
      span.begin = std::max(span.begin, b[i].end);
    }
    if (span.begin < span.end) left.push_back(span);
  }
  return left;
}

Spans Both(const Spans& a, const Spans& b) { return Without(a, Without(a, b)); }

}  // namespace

// Its bounds come in pairs, and its spans in the order of their days.
Spans Cover::SpansOf(const values::HoursPart& part, const values::Zone& zone) const {
  std::vector<Gap> spans;
  for (const values::Span& span : values::SpansBetween(part, from_, end_, zone))
    spans.push_back({std::max(span.begin, from_), std::min(span.end, end_)});
  return Merged(spans);
}

const Spans& Cover::OpenHours(ir::CalendarId calendar) {
  if (!calendar.valid()) {
    all_ = {{from_, end_}};
    return all_;
  }
  const auto made = calendars_.find(calendar.index);
  if (made != calendars_.end()) return made->second;
  const ir::Calendar& of = program_.calendars[calendar.index];
  Spans open;
  for (const values::HoursPart& part : of.parts) {
    const Spans held = part.sort == values::HoursPart::Sort::kCalendar
                           ? OpenHours(ir::CalendarId(part.calendar))
                           : SpansOf(part, program_.zones[of.zone.index].zone);
    open = part.out ? Without(open, held) : Either(open, held);
  }
  return calendars_.emplace(calendar.index, std::move(open)).first->second;
}

const Spans& Cover::HoursOf(ir::TierId id) {
  const auto made = tiers_.find(id.index);
  if (made != tiers_.end()) return made->second;
  const ir::Tier& tier = program_.tiers[id.index];
  Spans spoken;
  for (const ir::Schedule& schedule : tier.schedules)
    spoken = Either(spoken, OpenHours(schedule.during));
  Spans asked = Both(spoken, OpenHours(tier.available));
  return tiers_.emplace(id.index, std::move(asked)).first->second;
}

std::vector<Gap> Cover::Gaps(std::span<const ir::Recipient> to, ir::CalendarId only) {
  Spans asked;
  for (const ir::Recipient& recipient : to) {
    asked = Either(asked, recipient.person.valid() ? OpenHours({}) : HoursOf(recipient.tier));
  }
  return Without({{from_, end_}}, Both(asked, OpenHours(only)));
}

std::optional<values::Instant> AskedUntil(const ir::Program& program,
                                          std::span<const ir::Recipient> to, ir::CalendarId only,
                                          ir::PersonId person, values::Instant at,
                                          values::Instant end) {
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
  const auto other = std::ranges::find_if(bounds, [&](values::Instant bound) {
    const std::vector<ir::PersonId> asked = Asked(program, to, only, bound);
    return person.valid() ? std::ranges::find(asked, person) == asked.end() : !asked.empty();
  });
  return other == bounds.end() ? std::nullopt : std::optional(*other);
}

}  // namespace tocsin::engine
