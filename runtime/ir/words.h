// The words of the enums in a Program, as the text form writes them; an enum's number is its place
// in its list.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

#include "runtime/ir/program.h"

namespace tocsin::ir {

// The argument only picks the enum.
std::span<const std::string_view> Words(SeriesOp);
std::span<const std::string_view> Words(ScalarOp);
std::span<const std::string_view> Words(TickKind);
std::span<const std::string_view> Words(TriggerKind);
std::span<const std::string_view> Words(values::HoursPart::Sort);
std::span<const std::string_view> Words(KeyKind);
std::span<const std::string_view> Words(DutyOf);
std::span<const std::string_view> Words(TextPartKind);
std::span<const std::string_view> Words(Markup);
std::span<const std::string_view> Words(values::Unit);
std::span<const std::string_view> Words(values::Turn::Every);
std::span<const std::string_view> Words(values::Weekday);

// The word, or `?` where the value is none of the enum's.
template <class Enum>
  requires std::is_enum_v<Enum>
std::string_view Word(Enum value) {
  const auto words = Words(Enum{});
  const auto place = static_cast<std::size_t>(value);
  return place < words.size() ? words[place] : "?";
}

}  // namespace tocsin::ir
