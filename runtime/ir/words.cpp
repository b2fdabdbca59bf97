#include "runtime/ir/words.h"

#include <array>

#include "runtime/ir/instructions.h"

namespace tocsin::ir {
namespace {

template <std::size_t kCount>
constexpr std::array<std::string_view, kCount> Names(const InstructionRow (&rows)[kCount]) {
  std::array<std::string_view, kCount> names;
  for (std::size_t i = 0; i < kCount; ++i) names[i] = rows[i].name;
  return names;
}
constexpr auto kSeriesWords = Names(kSeriesRows);
constexpr auto kScalarWords = Names(kScalarRows);
constexpr std::string_view kTickWords[] = {"kernel", "call", "window", "fold", "lookup", "earlier"};
constexpr std::string_view kTriggerWords[] = {"started", "series",       "timer",
                                              "event",   "parent_ended", "nobody"};
constexpr std::string_view kHoursWords[] = {"weekly", "dates", "calendar"};
constexpr std::string_view kKeyWords[] = {"row", "parent", "person"};
constexpr std::string_view kDutyWords[] = {"nobody", "self", "parent", "row"};
constexpr std::string_view kPartWords[] = {
    "text",    "label", "value", "title",  "count", "rows",      "id",        "key", "recipient",
    "instant", "date",  "time",  "lasted", "each",  "row_label", "row_value", "end"};
constexpr std::string_view kMarkupWords[] = {"none", "html", "markdown", "slack"};
constexpr std::string_view kEveryWords[] = {"daily", "weekly"};
constexpr std::string_view kWeekdayWords[] = {"monday", "tuesday",  "wednesday", "thursday",
                                              "friday", "saturday", "sunday"};

std::array<std::string_view, values::kUnitCount> UnitWords() {
  std::array<std::string_view, values::kUnitCount> words;
  for (std::size_t i = 0; i < words.size(); ++i) {
    words[i] = values::UnitName(static_cast<values::Unit>(i));
  }
  return words;
}

}  // namespace

std::span<const std::string_view> Words(SeriesOp) { return kSeriesWords; }
std::span<const std::string_view> Words(ScalarOp) { return kScalarWords; }
std::span<const std::string_view> Words(TickKind) { return kTickWords; }
std::span<const std::string_view> Words(TriggerKind) { return kTriggerWords; }
std::span<const std::string_view> Words(values::HoursPart::Sort) { return kHoursWords; }
std::span<const std::string_view> Words(KeyKind) { return kKeyWords; }
std::span<const std::string_view> Words(DutyOf) { return kDutyWords; }
std::span<const std::string_view> Words(TextPartKind) { return kPartWords; }
std::span<const std::string_view> Words(Markup) { return kMarkupWords; }
std::span<const std::string_view> Words(values::Turn::Every) { return kEveryWords; }
std::span<const std::string_view> Words(values::Weekday) { return kWeekdayWords; }
std::span<const std::string_view> Words(values::Unit) {
  static const auto words = UnitWords();
  return words;
}

}  // namespace tocsin::ir
