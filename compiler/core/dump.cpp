// The core forms as indented text, for `tocsin dump core`.

#include <fmt/format.h>

#include "compiler/core/core.h"
#include "runtime/ir/words.h"

namespace tocsin::core {
namespace {

std::string TermText(const Policy& policy, TermId id) {
  const Term& term = policy[id];
  std::string operands;
  for (TermId operand : term.operands)
    operands += (operands.empty() ? "" : ", ") + TermText(policy, operand);
  switch (term.kind) {
    case TermKind::kColumn:
      return term.name;
    case TermKind::kConstant:
      return fmt::format("{}", term.number);
    case TermKind::kTruth:
      return term.number != 0 ? "true" : "false";
    case TermKind::kLabelIs:
      return fmt::format("{} is \"{}\"", term.name, term.value);
    case TermKind::kOperator:
      return fmt::format("{}({})", ir::Word(term.op), operands);
    case TermKind::kHold:
      return fmt::format("Hold({}, {})", operands, values::FormatDuration(term.duration_ms));
    case TermKind::kCall:
      return fmt::format("{}({}; {})", term.name, operands, fmt::join(term.parameters, ", "));
    case TermKind::kWindow:
      return fmt::format("{}({} over {}; {})", term.name,
                         term.value.empty() ? operands : "samples of " + term.value,
                         values::FormatDuration(term.duration_ms),
                         fmt::join(term.parameters, ", "));
    case TermKind::kFold:
      return fmt::format("{}({}; {}) of rows by ({})", term.name, operands,
                         fmt::join(term.parameters, ", "), fmt::join(term.labels, ", "));
    case TermKind::kState:
      return fmt::format("{} was {}", term.name, term.value);
    case TermKind::kEarlier:
      return fmt::format("Earlier({}, {})", operands, values::FormatDuration(term.duration_ms));
    case TermKind::kLookup:
      return fmt::format("Lookup({} by ({}))", operands, fmt::join(term.labels, ", "));
  }
  return {};
}

std::string GuardText(const Guard& guard) {
  switch (guard.kind) {
    case GuardKind::kAlways:
      return "always";
    case GuardKind::kInputTrue:
      return guard.name;
    case GuardKind::kInputFalse:
      return "not " + guard.name;
    case GuardKind::kFieldIs:
      return fmt::format("{} == {}", guard.name, guard.number);
    case GuardKind::kFieldBelow:
      return fmt::format("{} < {}", guard.name, guard.number);
    case GuardKind::kAnd:
      return fmt::format("{} and {}", GuardText(guard.parts[0]), GuardText(guard.parts[1]));
    case GuardKind::kNot:
      return fmt::format("not ({})", GuardText(guard.parts[0]));
  }
  return {};
}

std::string StepText(const Machine& machine, const Step& step) {
  switch (step.kind) {
    case StepKind::kSet:
      return fmt::format("{} := {}", step.name, step.number);
    case StepKind::kSetNow:
      return step.name + " := now";
    case StepKind::kAdd:
      return fmt::format("{} += {}", step.name, step.number);
    case StepKind::kArm:
      return fmt::format("arm {} in {}", step.name, values::FormatDuration(step.number));
    case StepKind::kCancel:
      return "cancel " + step.name;
    case StepKind::kEmit: {
      const Effect& effect = machine.effects[step.effect];
      return fmt::format("{} {}", effect.action, effect.purpose);
    }
    case StepKind::kSpawn:
      return "spawn " + step.name;
    case StepKind::kEndChildren:
      return "end children";
  }
  return {};
}

void DumpMachine(const Machine& machine, std::string& text) {
  text += fmt::format("machine {} ({})", machine.name, machine.kind);
  if (machine.key == ir::KeyKind::kRow)
    text += fmt::format(" for each ({})", fmt::join(machine.labels, ", "));
  if (machine.key == ir::KeyKind::kPerson) text += " for each person";
  text += fmt::format("\n  states  {}\n", fmt::join(machine.states, ", "));
  if (!machine.fields.empty())
    text += fmt::format("  fields  {}\n", fmt::join(machine.fields, ", "));
  if (!machine.timers.empty())
    text += fmt::format("  timers  {}\n", fmt::join(machine.timers, ", "));
  for (const Transition& transition : machine.transitions) {
    text += fmt::format("  {} -> {} on {}", transition.from.empty() ? "any" : transition.from,
                        transition.to, ir::Word(transition.trigger));
    if (!transition.what.empty()) text += " " + transition.what;
    if (transition.guard.kind != GuardKind::kAlways) text += " if " + GuardText(transition.guard);
    text += fmt::format("    # {}\n", transition.because);
    for (const Step& step : transition.steps) text += "    " + StepText(machine, step) + "\n";
  }
}

std::string During(const std::string& calendar) {
  return calendar.empty() ? std::string() : " during " + calendar;
}

std::string PartText(const Calendar::Part& part) {
  constexpr std::string_view kDays[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  const values::HoursPart& hours = part.hours;
  if (hours.sort == values::HoursPart::Sort::kCalendar) return part.calendar;
  if (hours.sort == values::HoursPart::Sort::kDates) {
    const auto day = [](std::int32_t number) {
      return values::FormatInstant(number * values::kDayMs).substr(0, 10);
    };
    return fmt::format("{}..{}", day(hours.first_day), day(hours.last_day));
  }
  std::vector<std::string_view> days;
  for (unsigned day = 0; day < 7; ++day) {
    if ((hours.weekdays >> day & 1u) != 0) days.push_back(kDays[day]);
  }
  return fmt::format("{} {:02}:{:02}..{:02}:{:02}", fmt::join(days, " "), hours.from_minute / 60,
                     hours.from_minute % 60, hours.to_minute / 60, hours.to_minute % 60);
}

std::string HoursText(const Calendar& calendar) {
  std::string text;
  for (const Calendar::Part& part : calendar.parts)
    text += (part.hours.out ? "- " : text.empty() ? "" : "+ ") + PartText(part) + " ";
  return text + "in " + calendar.zone;
}

}  // namespace

std::string Dump(const Policy& policy) {
  std::string text = fmt::format("policy {} \"{}\"\n", policy.name, policy.title);
  for (const ir::Label& label : policy.labels) {
    text += fmt::format("record label {}: {}\n", label.name,
                        label.closed ? fmt::format("{}", fmt::join(label.values, ", "))
                                     : fmt::format("up to {}", label.bound));
  }
  for (const Signal& signal : policy.signals) {
    text += fmt::format("record signal {}: {} by ({}) from {}, stale after {}\n", signal.name,
                        values::UnitName(signal.unit), fmt::join(signal.labels, ", "),
                        signal.metric, values::FormatDuration(signal.stale_ms));
  }
  for (const Channel& channel : policy.channels)
    text += fmt::format("record channel {}\n", channel.name);
  for (const Person& person : policy.people) {
    text += fmt::format("record person {}: {}\n", person.name, fmt::join(person.contact, ", "));
  }
  for (const Calendar& calendar : policy.calendars)
    text += fmt::format("record calendar {}: {}\n", calendar.name, HoursText(calendar));
  for (const Tier& tier : policy.tiers) {
    text += fmt::format("record tier {} \"{}\"{}\n", tier.name, tier.title, During(tier.available));
  }
  for (const Schedule& schedule : policy.schedules) {
    text += fmt::format("function on_call({}): {} of {} in {}{}\n", schedule.tier, schedule.name,
                        fmt::join(schedule.people, ", "), schedule.zone, During(schedule.during));
  }
  for (const Series& series : policy.series) {
    text += fmt::format("series {} by ({}) = {}\n", series.name, fmt::join(series.labels, ", "),
                        TermText(policy, series.root));
  }
  for (const Machine& machine : policy.machines) DumpMachine(machine, text);
  return text;
}

}  // namespace tocsin::core
