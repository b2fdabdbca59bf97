// Constant data: labels, signals, channels, people, tiers with their schedules and zones.

#include <algorithm>
#include <map>

#include "compiler/lower/names.h"
#include "runtime/values/zones.h"

namespace tocsin::lower {
namespace {

void Signal(Context& context, const core::Signal& signal) {
  ir::Signal lowered;
  lowered.name = signal.name;
  lowered.unit = signal.unit;
  lowered.space = context.Space(signal.labels);
  if (signal.unit == values::Unit::kBool) {
    lowered.truth = context.AddTruth(signal.name, lowered.space);
  } else {
    lowered.number = context.AddNumber(signal.name, lowered.space);
  }
  lowered.stale_ms = signal.stale_ms;
  lowered.metric = signal.metric;
  for (const auto& [ours, theirs] : signal.label_sources)
    lowered.labels.push_back({context.labels[ours], theirs});
  lowered.where = signal.where;
  // A recording counts durations in seconds, as the Prometheus naming rules ask for; the language
  // in milliseconds.
  lowered.scale = signal.unit == values::Unit::kDuration ? 1000 : 1;
  lowered.place = signal.place;
  context.signals.Add(signal.name, ir::SignalId(context.program.signals.size()));
  context.program.signals.push_back(std::move(lowered));
}

void Channels(Context& context) {
  for (const core::Channel& channel : context.core.channels) {
    context.channels.Add(channel.name, ir::ChannelId(context.program.channels.size()));
    context.program.channels.push_back({channel.name,
                                        channel.title,
                                        channel.text_limit,
                                        {},
                                        channel.limit,
                                        channel.limit_ms,
                                        channel.markup});
  }
  for (std::size_t i = 0; i < context.core.channels.size(); ++i) {
    const std::string& over_by = context.core.channels[i].over_by;
    if (!over_by.empty()) context.program.channels[i].over_by = context.channels[over_by];
  }
}

ir::ZoneId Zone(Context& context, const std::string& name) {
  const auto same = [&](const ir::Zone& zone) { return zone.zone.name() == name; };
  const auto found = std::ranges::find_if(context.program.zones, same);
  if (found != context.program.zones.end()) {
    return ir::ZoneId(static_cast<std::size_t>(found - context.program.zones.begin()));
  }
  auto zone = values::LoadZone(name);
  TOCSIN_CHECK(zone.has_value(), "a time zone that the checker has read cannot be read again");
  context.program.zones.push_back({*std::move(zone)});
  return ir::ZoneId(context.program.zones.size() - 1);
}

// Calendars, each behind those that it is made of.
class Calendars {
 public:
  explicit Calendars(Context& context) : context_(context) {
    for (const core::Calendar& calendar : context.core.calendars)
      by_name_.emplace(calendar.name, &calendar);
  }
  ir::CalendarId Add(const std::string& name) {
    if (const ir::CalendarId made = context_.calendars.Find(name); made.valid()) return made;
    const core::Calendar& calendar = *by_name_.at(name);
    ir::Calendar lowered{name, Zone(context_, calendar.zone), {}};
    for (const core::Calendar::Part& part : calendar.parts) {
      lowered.parts.push_back(part.hours);
      if (part.hours.sort == values::HoursPart::Sort::kCalendar)
        lowered.parts.back().calendar = Add(part.calendar).index;
    }
    const ir::CalendarId id(context_.program.calendars.size());
    context_.calendars.Add(name, id);
    context_.program.calendars.push_back(std::move(lowered));
    return id;
  }

 private:
  Context& context_;
  std::map<std::string_view, const core::Calendar*> by_name_;
};

void Schedule(Context& context, const core::Schedule& schedule) {
  ir::Schedule lowered;
  lowered.name = schedule.name;
  for (const std::string& person : schedule.people)
    lowered.people.push_back(context.people[person]);
  lowered.turn = schedule.turn;
  lowered.zone = Zone(context, schedule.zone);
  lowered.during = context.CalendarNamed(schedule.during);
  context.program.tiers[context.tiers[schedule.tier].index].schedules.push_back(std::move(lowered));
}

// What people may send, in the order in which machines name it.
std::vector<std::string> Events(const core::Policy& core) {
  std::vector<std::string> events = {std::string(core::kAcknowledge)};
  for (const core::Machine& machine : core.machines) {
    for (const core::Transition& transition : machine.transitions) {
      if (transition.trigger == ir::TriggerKind::kEvent &&
          std::ranges::find(events, transition.what) == events.end())
        events.push_back(transition.what);
    }
  }
  return events;
}

// Whether any message says a time, for which it is known whose clock it is told by.
bool SaysTimes(const core::Policy& core) {
  return std::ranges::any_of(core.machines, [](const core::Machine& machine) {
    return std::ranges::any_of(machine.effects, [](const core::Effect& effect) {
      return std::ranges::any_of(effect.text.parts, [](const ir::TextPart& part) {
        return part.kind == ir::TextPartKind::kInstant || part.kind == ir::TextPartKind::kDate ||
               part.kind == ir::TextPartKind::kTime;
      });
    });
  });
}

}  // namespace

void LowerRecords(Context& context) {
  const core::Policy& core = context.core;
  ir::Program& program = context.program;
  program.policy = core.name;
  program.title = core.title;
  program.edition = core.edition;
  program.resolution_ms = core.resolution_ms;
  program.grace_ms = core.grace_ms;
  program.tzdata = values::TzdataVersion();
  program.events = Events(core);
  for (const ir::Label& label : core.labels) {
    context.labels.Add(label.name, ir::LabelId(program.labels.size()));
    program.labels.push_back(label);
  }
  for (const core::Signal& signal : core.signals) Signal(context, signal);
  Channels(context);
  const bool times = SaysTimes(core);
  for (const core::Person& person : core.people) {
    context.people.Add(person.name, ir::PersonId(program.people.size()));
    ir::Person lowered{person.name, person.title, {}, {}};
    if (times) lowered.zone = Zone(context, person.zone);
    for (const std::string& channel : person.contact)
      lowered.contact.push_back(context.channels[channel]);
    program.people.push_back(std::move(lowered));
  }
  Calendars calendars(context);
  for (const core::Calendar& calendar : core.calendars) calendars.Add(calendar.name);
  for (const core::Tier& tier : core.tiers) {
    context.tiers.Add(tier.name, ir::TierId(program.tiers.size()));
    program.tiers.push_back({tier.name, tier.title, context.CalendarNamed(tier.available), {}});
  }
  for (const core::Schedule& schedule : core.schedules) Schedule(context, schedule);
}

}  // namespace tocsin::lower
