// Verify(): what is constant: labels, spaces, columns, signals, people and texts.
#include <algorithm>
#include <cstdlib>

#include "runtime/ir/problems.h"

namespace tocsin::ir {
namespace {

constexpr std::uint32_t kMaxLimit = 10'000;  // messages whose times are kept for each person
constexpr std::int32_t kMinutesOfDay = 24 * 60;
constexpr std::int64_t kMostDays = 10'000 * 366;

bool IsDuration(values::Duration duration) {
  return duration >= 0 && duration <= base::kMaxDurationMs;
}

void VerifyPolicy(const Program& program, Problems& problems) {
  problems.Expect(!program.policy.empty(), "the policy has no name");
  problems.Expect(program.edition >= 1, "edition {} does not exist", program.edition);
  problems.Expect(program.resolution_ms > 0 && IsDuration(program.resolution_ms),
                  "the resolution is {} ms, expected more than 0 and at most {}",
                  program.resolution_ms, base::kMaxDurationMs);
  problems.Expect(IsDuration(program.grace_ms), "the grace is {} ms, expected 0 to {}",
                  program.grace_ms, base::kMaxDurationMs);
  ExpectNames(program.events, Itself, "", "event", problems);
}

void VerifyLabels(const Program& program, Problems& problems) {
  ExpectNames(
      program.labels, [](const Label& label) -> const std::string& { return label.name; }, "",
      "label", problems);
  for (const Label& label : program.labels) {
    if (label.closed) {
      problems.Expect(!label.values.empty(), "label `{}`: no values", label.name);
      ExpectNames(label.values, Itself, fmt::format("label `{}`: ", label.name), "value", problems);
    } else {
      problems.Expect(label.values.empty(), "label `{}`: values, though it is open", label.name);
      problems.Expect(label.bound >= 1 && label.bound <= base::kMaxRows,
                      "label `{}`: a bound of {}, expected 1 to {}", label.name, label.bound,
                      base::kMaxRows);
    }
  }
}

void VerifySpace(const Program& program, std::size_t number, Problems& problems) {
  const Space& space = program.spaces[number];
  bool closed = true;
  std::uint64_t product = 1;
  for (std::size_t i = 0; i < space.labels.size(); ++i) {
    if (!problems.Expect(Within(space.labels[i], program.labels),
                         "space {}: no label has the number {}", number, space.labels[i].index)) {
      return;
    }
    const Label& label = program.labels[space.labels[i].index];
    closed = closed && label.closed;
    product = std::min<std::uint64_t>(product * std::max<std::uint64_t>(label.values.size(), 1),
                                      base::kMaxRows + 1);
    if (i == 0) continue;
    const Label& last = program.labels[space.labels[i - 1].index];
    problems.Expect(last.name < label.name,
                    "space {}: label `{}` comes after `{}`, expected each once, sorted by name",
                    number, label.name, last.name);
  }
  problems.Expect(space.row_bound >= 1 && space.row_bound <= base::kMaxRows,
                  "space {}: a bound of {} rows, expected 1 to {}", number, space.row_bound,
                  base::kMaxRows);
  problems.Expect(!closed || space.row_bound == product,
                  "space {}: a bound of {} rows, expected {} as its labels are closed", number,
                  space.row_bound, product);
}

template <class Column>
void VerifyColumns(const Program& program, const std::vector<Column>& columns,
                   std::string_view what, Problems& problems) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    problems.Expect(Within(columns[i].space, program.spaces),
                    "{} column {} (`{}`): no space has the number {}", what, i, columns[i].name,
                    columns[i].space.index);
  }
}

void VerifySignalColumn(const Program& program, const Signal& signal, Problems& problems) {
  if (!problems.Expect(signal.number.valid() != signal.truth.valid(),
                       "signal `{}`: expected either a column of numbers or one of truths",
                       signal.name)) {
    return;
  }
  const bool is_truth = signal.truth.valid();
  problems.Expect(is_truth == (signal.unit == values::Unit::kBool),
                  "signal `{}`: its unit and the sort of its column differ", signal.name);
  if (!problems.Expect(
          is_truth ? Within(signal.truth, program.truths) : Within(signal.number, program.numbers),
          "signal `{}`: its column does not exist", signal.name)) {
    return;
  }
  const SpaceId space = is_truth ? program.truths[signal.truth.index].space
                                 : program.numbers[signal.number.index].space;
  problems.Expect(space == signal.space, "signal `{}`: its column is of another space",
                  signal.name);
}

void VerifySignal(const Program& program, const Signal& signal, Problems& problems) {
  problems.Expect(signal.stale_ms > 0 && IsDuration(signal.stale_ms),
                  "signal `{}`: stale after {} ms, expected more than 0 and at most {}",
                  signal.name, signal.stale_ms, base::kMaxDurationMs);
  problems.Expect(!signal.metric.empty(), "signal `{}`: no metric", signal.name);
  problems.Expect(signal.scale != 0, "signal `{}`: a scale of 0", signal.name);
  if (!problems.Expect(Within(signal.space, program.spaces),
                       "signal `{}`: no space has the number {}", signal.name,
                       signal.space.index)) {
    return;
  }
  VerifySignalColumn(program, signal, problems);
  std::vector<LabelId> given;
  for (const SourceLabel& label : signal.labels) {
    given.push_back(label.label);
    problems.Expect(!label.from.empty(), "signal `{}`: a label comes from no label of the metric",
                    signal.name);
  }
  std::vector<LabelId> wanted = program.spaces[signal.space.index].labels;
  std::sort(given.begin(), given.end());
  std::sort(wanted.begin(), wanted.end());
  problems.Expect(given == wanted,
                  "signal `{}`: its source gives other labels than its space has, expected each of "
                  "them once",
                  signal.name);
  for (const SourceCondition& condition : signal.where) {
    problems.Expect(!condition.label.empty(), "signal `{}`: a condition on no label", signal.name);
  }
}

template <class Tag, class T>
void ExpectAll(const std::vector<base::Id<Tag>>& ids, const std::vector<T>& store,
               std::string_view owner, std::string_view what, Problems& problems) {
  for (const auto id : ids) {
    problems.Expect(Within(id, store), "{}: no {} has the number {}", owner, what, id.index);
  }
}

// A calendar of calendars stands behind them, so none is made of itself. `sizes` are those of the
// calendars before it, written out.
void VerifyCalendar(const Program& program, std::size_t place, std::vector<std::size_t>& sizes,
                    Problems& problems) {
  const Calendar& calendar = program.calendars[place];
  std::size_t size = calendar.parts.size();
  problems.Expect(Within(calendar.zone, program.zones), "calendar `{}`: no zone has the number {}",
                  calendar.name, calendar.zone.index);
  for (const values::HoursPart& part : calendar.parts) {
    problems.Expect(part.from_minute >= 0 && part.from_minute < kMinutesOfDay &&
                        part.to_minute >= 0 && part.to_minute <= kMinutesOfDay,
                    "calendar `{}`: hours from minute {} to {} of the day", calendar.name,
                    part.from_minute, part.to_minute);
    problems.Expect(std::abs(std::int64_t{part.first_day}) <= kMostDays &&
                        std::abs(std::int64_t{part.last_day}) <= kMostDays,
                    "calendar `{}`: days {} to {} since 1970, out of range", calendar.name,
                    part.first_day, part.last_day);
    problems.Expect(part.sort != values::HoursPart::Sort::kCalendar || part.calendar < place,
                    "calendar `{}`: it is made of calendar {}, which does not stand before it",
                    calendar.name, part.calendar);
    if (part.sort == values::HoursPart::Sort::kCalendar && part.calendar < place)
      size += sizes[part.calendar];
  }
  problems.Expect(size <= base::kMaxCalendarParts,
                  "calendar `{}`: {} parts with those of the calendars it is made of, at most {}",
                  calendar.name, size, base::kMaxCalendarParts);
  sizes.push_back(std::min(size, base::kMaxCalendarParts + 1));
}

void VerifySchedule(const Program& program, const Tier& tier, const Schedule& schedule,
                    Problems& problems) {
  const std::string owner = fmt::format("tier `{}`: schedule `{}`", tier.name, schedule.name);
  problems.Expect(!schedule.people.empty(), "{}: no people", owner);
  ExpectAll(schedule.people, program.people, owner, "person", problems);
  problems.Expect(Within(schedule.zone, program.zones), "{}: no zone has the number {}", owner,
                  schedule.zone.index);
  problems.Expect(WithinOrNone(schedule.during, program.calendars),
                  "{}: no calendar has the number {}", owner, schedule.during.index);
  const auto minute = schedule.turn.minute_of_day;
  problems.Expect(minute >= 0 && minute < 24 * 60,
                  "{}: its turn passes at minute {} of the day, expected 0 to 1439", owner, minute);
}

void VerifyPeople(const Program& program, Problems& problems) {
  const auto name_of = [](const auto& thing) -> const std::string& { return thing.name; };
  ExpectNames(program.channels, name_of, "", "channel", problems);
  ExpectNames(program.people, name_of, "", "person", problems);
  ExpectNames(program.tiers, name_of, "", "tier", problems);
  for (const Channel& channel : program.channels) {
    problems.Expect(WithinOrNone(channel.over_by, program.channels),
                    "channel `{}`: over by channel {}, which does not exist", channel.name,
                    channel.over_by.index);
    problems.Expect(
        channel.limit == 0 || (channel.limit_ms > 0 && channel.limit_ms <= base::kMaxDurationMs),
        "channel `{}`: a limit of messages within {} ms, expected 1 to {}", channel.name,
        channel.limit_ms, base::kMaxDurationMs);
    problems.Expect(channel.limit <= kMaxLimit, "channel `{}`: a limit of {} messages, at most {}",
                    channel.name, channel.limit, kMaxLimit);
  }
  for (const Person& person : program.people) {
    problems.Expect(!person.contact.empty(), "person `{}`: no contact", person.name);
    problems.Expect(WithinOrNone(person.zone, program.zones),
                    "person `{}`: no zone has the number {}", person.name, person.zone.index);
    ExpectAll(person.contact, program.channels, fmt::format("person `{}`", person.name), "channel",
              problems);
  }
  ExpectNames(program.calendars, name_of, "", "calendar", problems);
  std::vector<std::size_t> sizes;
  for (std::size_t i = 0; i < program.calendars.size(); ++i)
    VerifyCalendar(program, i, sizes, problems);
  for (const Tier& tier : program.tiers) {
    const std::string owner = fmt::format("tier `{}`: ", tier.name);
    problems.Expect(WithinOrNone(tier.available, program.calendars),
                    "{}no calendar has the number {}", owner, tier.available.index);
    ExpectNames(tier.schedules, name_of, owner, "schedule", problems);
    for (const Schedule& schedule : tier.schedules) {
      VerifySchedule(program, tier, schedule, problems);
    }
  }
}

void VerifyTexts(const Program& program, Problems& problems) {
  for (std::size_t i = 0; i < program.texts.size(); ++i) {
    bool each = false;
    for (const TextPart& part : program.texts[i].parts) {
      if (part.kind == TextPartKind::kEach || part.kind == TextPartKind::kEnd) {
        problems.Expect(each == (part.kind == TextPartKind::kEnd),
                        "text {}: an end of nothing, or one for each within another", i);
        each = part.kind == TextPartKind::kEach;
      }
      const bool of_row =
          part.kind == TextPartKind::kRowLabel || part.kind == TextPartKind::kRowValue;
      problems.Expect(!of_row || each, "text {}: of a row, but not for each", i);
      problems.Expect(part.kind != TextPartKind::kLabel || !part.text.empty(),
                      "text {}: a label without a name", i);
      problems.Expect(part.kind != TextPartKind::kTitle || part.text.empty(),
                      "text {}: text where the title stands", i);
    }
    problems.Expect(!each, "text {}: for each of the rows without an end", i);
  }
}

}  // namespace

void VerifyData(const Program& program, Problems& problems) {
  VerifyPolicy(program, problems);
  VerifyLabels(program, problems);
  for (std::size_t i = 0; i < program.spaces.size(); ++i) VerifySpace(program, i, problems);
  VerifyColumns(program, program.numbers, "number", problems);
  VerifyColumns(program, program.truths, "truth", problems);
  VerifyColumns(program, program.holds, "hold", problems);
  if (!problems.empty()) return;
  ExpectNames(
      program.signals, [](const Signal& signal) -> const std::string& { return signal.name; }, "",
      "signal", problems);
  for (const Signal& signal : program.signals) VerifySignal(program, signal, problems);
  VerifyPeople(program, problems);
  VerifyTexts(program, problems);
}

}  // namespace tocsin::ir
