// Days, instants, times of day, amounts of money, and the hours of calendars.

#include <algorithm>
#include <array>
#include <bitset>
#include <utility>

#include "compiler/check/declared.h"
#include "compiler/check/fields.h"
#include "compiler/check/texts.h"

namespace tocsin::check {

using syntax::ExprId;
using syntax::ExprKind;

namespace {

constexpr std::array<std::string_view, 7> kWeekdays = {"Mon", "Tue", "Wed", "Thu",
                                                       "Fri", "Sat", "Sun"};
constexpr int kMinutesOfDay = 24 * 60;

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

// The minutes of a week that may be open, as far as they do not depend on dates and other
// calendars.
class OpenMinutes {
 public:
  void Add(const Hours::Part& part) {
    if (part.sort != Hours::Sort::kWeekly) {
      some_unknown_ = some_unknown_ || !part.out;
    } else if (part.out) {
      open_ &= ~MinutesOf(part);
    } else {
      open_ |= MinutesOf(part);
    }
  }
  // Whether the part has something in common with what is open.
  bool Touches(const Hours::Part& part) const {
    return part.sort != Hours::Sort::kWeekly || some_unknown_ || (open_ & MinutesOf(part)).any();
  }
  bool none() const { return !some_unknown_ && open_.none(); }

 private:
  static constexpr std::size_t kMinutes = 7 * kMinutesOfDay;
  using Week = std::bitset<kMinutes>;

  // A span that ends before it begins goes on into the next day.
  static Week MinutesOf(const Hours::Part& part) {
    Week week;
    const int length = part.to_minute - part.from_minute;
    for (std::size_t day = 0; day < 7; ++day) {
      if ((part.weekdays >> day & 1) == 0) continue;
      const std::size_t begin = day * kMinutesOfDay + static_cast<std::size_t>(part.from_minute);
      for (int i = 0; i < (length > 0 ? length : length + kMinutesOfDay); ++i)
        week.set((begin + static_cast<std::size_t>(i)) % kMinutes);
    }
    return week;
  }

  Week open_;
  bool some_unknown_ = false;
};

// Reads `Mon..Fri 08:00..16:00 + Sat 10:00..14:00 - irish_holidays`.
class HoursReader {
 public:
  explicit HoursReader(FieldReader& reader) : reader_(reader), tree_(reader.tree) {}

  // Where nothing is ever open, something was meant otherwise.
  bool ReadAll(ExprId id) {
    if (!Read(id, false)) return false;
    if (!open_.none()) return true;
    const diagnostics::Span span = tree_[id].span;
    reader_.context.sink.Emit(codes::kOutOfRange, span,
                              diagnostics::Shown(reader_.context.sources.Text(span)),
                              "nothing is left of it");
    return false;
  }

  Hours hours;

 private:
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
      if (!Read(expr.operands[0], false)) return false;
      const ExprId left = std::exchange(left_, expr.operands[0]);
      const bool read = Read(expr.operands[1], difference);
      left_ = left;
      return read;
    }
    Hours::Part part;
    part.out = out;
    if (!One(id, part) || !HasDays(id, part) || !TakesAway(id, part)) return false;
    open_.Add(part);
    if (!out) last_in_ = id;
    hours.parts.push_back(part);
    return true;
  }

  // `Mon..Fri 08:00..12:00 + 13:00..17:00` says nothing of the days of its second span, which
  // would be all of them.
  bool HasDays(ExprId id, const Hours::Part& part) {
    const syntax::Expr& expr = tree_[id];
    const std::string_view days = last_in_.valid() ? DaysOf(last_in_) : std::string_view();
    if (part.out || expr.kind != ExprKind::kTimeSpan || days.empty()) return true;
    reader_.context.sink
        .Emit(codes::kWrongType, expr.span, "days and hours",
              fmt::format("the hours `{}` of every day", expr.name.text))
        .Help(fmt::format("say the days, too: `{} {}`", days, expr.name.text))
        .Offer({expr.span.source, expr.span.begin, expr.span.begin}, fmt::format("{} ", days),
               diagnostics::Applicability::kReview);
    return false;
  }

  // The weekdays of a part as they are written; empty where it names none.
  std::string_view DaysOf(ExprId id) const {
    const syntax::Expr& expr = tree_[id];
    if (expr.kind == ExprKind::kMoment) return DaysOf(expr.operands[0]);
    const syntax::Expr& first = expr.kind == ExprKind::kRange ? tree_[expr.operands[0]] : expr;
    if (first.kind != ExprKind::kName || !IsWeekday(first.name.text)) return {};
    return reader_.context.sources.Text(expr.span);
  }

  // `Mon-Fri 08:00..16:00` is Monday without Friday's hours.
  bool TakesAway(ExprId id, const Hours::Part& part) {
    if (!part.out || open_.Touches(part)) return true;
    const syntax::Expr& expr = tree_[id];
    auto& finding = reader_.context.sink.Emit(
        codes::kOutOfRange, expr.span, diagnostics::Shown(reader_.context.sources.Text(expr.span)),
        "it is left out of hours that have nothing of it");
    const syntax::Expr& days = expr.kind == ExprKind::kMoment ? tree_[expr.operands[0]] : expr;
    const syntax::Expr& first = tree_[left_];
    const bool both = first.kind == ExprKind::kName && IsWeekday(first.name.text) &&
                      days.kind == ExprKind::kName && IsWeekday(days.name.text);
    if (both) {
      finding.Help(fmt::format("did you mean `{}..{}`?", first.name.text, days.name.text))
          .Offer({expr.span.source, first.span.end, days.span.begin}, "..",
                 diagnostics::Applicability::kReview);
    }
    return false;
  }

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
    part.from_minute = MinuteOfDay(text.substr(0, 5));
    part.to_minute = expr.kind == ExprKind::kTimeSpan ? MinuteOfDay(text.substr(7), true) : -1;
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
  OpenMinutes open_;
  ExprId left_;     // what stands before the `+` or `-` whose right side is read
  ExprId last_in_;  // the last part that was taken in
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
  const int minute = MinuteOfDay(expr.name.text);
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
  return hours.ReadAll(id) ? reader.Made(id, std::move(hours.hours)) : Value();
}

}  // namespace tocsin::check
