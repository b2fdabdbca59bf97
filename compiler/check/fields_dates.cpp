// Days, instants, times of day, amounts of money, and the hours of calendars.

#include <algorithm>
#include <array>

#include "compiler/check/declared.h"
#include "compiler/check/fields.h"

namespace tocsin::check {

using syntax::ExprId;
using syntax::ExprKind;

namespace {

constexpr std::array<std::string_view, 7> kWeekdays = {"Mon", "Tue", "Wed", "Thu",
                                                       "Fri", "Sat", "Sun"};
constexpr int kMinutesOfDay = 24 * 60;

// `09:00`, and `24:00` where a day may end; -1 for what is no time of a day.
int MinuteOf(std::string_view text, bool end) {
  if (text.size() != 5) return -1;
  const int hour = (text[0] - '0') * 10 + (text[1] - '0');
  const int minute = (text[3] - '0') * 10 + (text[4] - '0');
  if (end && hour == 24 && minute == 0) return kMinutesOfDay;
  return hour > 23 || minute > 59 ? -1 : hour * 60 + minute;
}

std::optional<std::int32_t> DayOf(FieldReader& reader, ExprId id) {
  const syntax::Expr& expr = reader.tree[id];
  const auto instant = expr.kind == ExprKind::kDate && expr.name.text.size() == 10
                           ? values::ParseInstant(expr.name.text)
                           : std::nullopt;
  if (instant) return static_cast<std::int32_t>(values::FloorDivide(*instant, values::kDayMs));
  if (expr.kind == ExprKind::kDate && expr.name.text.size() == 10) {
    reader.context.sink.Emit(codes::kBadQuantity, expr.span,
                             fmt::format("`{}` is no day of the calendar", expr.name.text));
  } else {
    reader.context.sink.Emit(codes::kWrongType, expr.span, "a day such as `2026-12-24`",
                             Found(reader.context, reader.tree, id));
  }
  return std::nullopt;
}

// Reads `Mon..Fri 08:00..16:00 + Sat 10:00..14:00 - irish_holidays`.
class HoursReader {
 public:
  explicit HoursReader(FieldReader& reader) : reader_(reader), tree_(reader.tree) {}

  bool Read(ExprId id, bool out) {
    const syntax::Expr& expr = tree_[id];
    if (expr.kind == ExprKind::kGroup) return Read(expr.operands[0], out);
    const bool sum = expr.kind == ExprKind::kBinary && expr.op == syntax::Operator::kAdd;
    const bool difference =
        expr.kind == ExprKind::kBinary && expr.op == syntax::Operator::kSubtract;
    if (sum || difference) {
      if (out) {
        reader_.context.sink
            .Emit(codes::kWrongType, expr.span, "one part to leave out",
                  Found(reader_.context, tree_, id))
            .Help("leave out each part by itself: `a - b - c`");
        return false;
      }
      return Read(expr.operands[0], false) && Read(expr.operands[1], difference);
    }
    Hours::Part part;
    part.out = out;
    if (!One(id, part)) return false;
    hours.parts.push_back(part);
    return true;
  }

  Hours hours;

 private:
  bool One(ExprId id, Hours::Part& part) {
    const syntax::Expr& expr = tree_[id];
    if (expr.kind == ExprKind::kMoment)
      return Days(expr.operands[0], part) && Span(expr.operands[1], part);
    if (expr.kind == ExprKind::kTimeSpan) return Span(id, part);
    if (expr.kind == ExprKind::kName && IsWeekday(expr.name.text)) return Days(id, part);
    if (expr.kind == ExprKind::kRange && tree_[expr.operands[0]].kind != ExprKind::kDate)
      return Days(id, part);
    if (expr.kind == ExprKind::kDate || expr.kind == ExprKind::kRange) return Dates(id, part);
    if (expr.kind == ExprKind::kName && expr.name.text == "always") return true;
    if (const auto name = reader_.context.NameAt(tree_, id)) {
      part.sort = Hours::Sort::kCalendar;
      part.calendar = reader_.context.Resolve(*name, "calendar");
      return part.calendar.valid() && EnsureChecked(reader_.context, part.calendar, expr.span);
    }
    reader_.Wrong(id);
    return false;
  }

  static bool IsWeekday(std::string_view word) {
    return std::ranges::find(kWeekdays, word) != kWeekdays.end();
  }

  int WeekdayOf(ExprId id) {
    const auto day = std::ranges::find(kWeekdays, tree_[id].name.text);
    if (tree_[id].kind == ExprKind::kName && day != kWeekdays.end())
      return static_cast<int>(day - kWeekdays.begin());
    reader_.context.sink.Emit(codes::kWrongType, tree_[id].span, "a weekday such as `Mon`",
                              Found(reader_.context, tree_, id));
    return -1;
  }

  bool Days(ExprId id, Hours::Part& part) {
    const syntax::Expr& expr = tree_[id];
    const bool range = expr.kind == ExprKind::kRange;
    const int first = WeekdayOf(range ? expr.operands[0] : id);
    const int last = range && first >= 0 ? WeekdayOf(expr.operands[1]) : first;
    if (first < 0 || last < 0) return false;
    // `Sat..Mon` goes over the end of the week.
    part.weekdays = 0;
    for (int day = first;; day = (day + 1) % 7) {
      part.weekdays = static_cast<std::uint8_t>(part.weekdays | (1u << day));
      if (day == last) return true;
    }
  }

  bool Span(ExprId id, Hours::Part& part) {
    const syntax::Expr& expr = tree_[id];
    const std::string_view text = expr.name.text;
    part.from_minute = MinuteOf(text.substr(0, 5), false);
    part.to_minute = expr.kind == ExprKind::kTimeSpan ? MinuteOf(text.substr(7), true) : -1;
    if (part.from_minute < 0 || part.to_minute < 0) {
      reader_.context.sink.Emit(codes::kOutOfRange, expr.span, text,
                                "expected times of day such as `08:00..16:00`");
      return false;
    }
    if (part.from_minute == part.to_minute) {
      reader_.context.sink.Emit(codes::kOutOfRange, expr.span, text,
                                "it ends when it begins; a whole day is `00:00..24:00`");
      return false;
    }
    return true;
  }

  bool Dates(ExprId id, Hours::Part& part) {
    const syntax::Expr& expr = tree_[id];
    const bool range = expr.kind == ExprKind::kRange;
    const auto first = DayOf(reader_, range ? expr.operands[0] : id);
    const auto last = range && first ? DayOf(reader_, expr.operands[1]) : first;
    if (!first || !last) return false;
    part.sort = Hours::Sort::kDates;
    part.first_day = *first;
    part.last_day = *last;
    if (*first <= *last) return true;
    reader_.context.sink.Emit(codes::kOutOfRange, expr.span,
                              reader_.context.sources.Text(expr.span), "it ends before it begins");
    return false;
  }

  FieldReader& reader_;
  const syntax::Tree& tree_;
};

}  // namespace

Value ReadDate(FieldReader& reader, ExprId id) {
  const auto day = DayOf(reader, id);
  return day ? reader.Made(id, DateValue{*day}) : Value();
}

Value ReadInstant(FieldReader& reader, ExprId id) {
  const syntax::Expr& expr = reader.tree[id];
  if (expr.kind != ExprKind::kDate || expr.name.text.size() == 10) return reader.Wrong(id);
  const auto instant = values::ParseInstant(expr.name.text);
  if (instant) return reader.Made(id, InstantValue{*instant});
  auto& finding =
      reader.context.sink.Emit(codes::kBadQuantity, expr.span,
                               fmt::format("`{}` is no instant with a zone", expr.name.text));
  if (!expr.name.text.ends_with('Z'))
    finding.Help(fmt::format("end it with `Z` for UTC: `{}Z`", expr.name.text));
  return {};
}

Value ReadTime(FieldReader& reader, ExprId id) {
  const syntax::Expr& expr = reader.tree[id];
  if (expr.kind != ExprKind::kTimeOfDay) return reader.Wrong(id);
  const int minute = MinuteOf(expr.name.text, false);
  if (minute >= 0) return reader.Made(id, TimeValue{minute});
  reader.context.sink.Emit(codes::kOutOfRange, expr.span, expr.name.text,
                           "expected a time from 00:00 to 23:59");
  return {};
}

Value ReadMoney(FieldReader& reader, ExprId id) {
  const syntax::Expr& expr = reader.tree[id];
  if (expr.kind != ExprKind::kQuantity || !values::LooksLikeMoney(expr.name.text))
    return reader.Wrong(id);
  const auto money = values::ParseMoney(expr.name.text);
  if (money) return reader.Made(id, MoneyValue{*money});
  BadQuantity(reader.context, expr.span, money.error());
  return {};
}

Value ReadHours(FieldReader& reader, ExprId id) {
  HoursReader hours(reader);
  return hours.Read(id, false) ? reader.Made(id, std::move(hours.hours)) : Value();
}

}  // namespace tocsin::check
