#include "compiler/check/types.h"

#include <utility>

#include <fmt/format.h>

#include "compiler/check/schema.h"

namespace tocsin::check {

using values::Unit;

bool Type::operator==(const Type& other) const {
  const bool same_element = element == nullptr || other.element == nullptr
                                ? element == other.element
                                : *element == *other.element;
  return kind == other.kind && unit == other.unit && optional == other.optional && of == other.of &&
         choices == other.choices && same_element;
}

Type QuantityType(Unit unit) { return Type{.unit = unit}; }

Type TypeOf(TypeKind kind, std::string of) { return Type{.kind = kind, .of = std::move(of)}; }

Type ListType(TypeKind list, Type element) {
  return Type{.kind = list, .element = std::make_shared<const Type>(std::move(element))};
}

namespace {

std::string Bare(const Type& type, bool plural) {
  const std::string_view s = plural ? "s" : "";
  switch (type.kind) {
    case TypeKind::kQuantity:
      return plural ? fmt::format("{}s", values::UnitName(type.unit)) : UnitText(type.unit);
    case TypeKind::kMoney:
      return fmt::format("{}amount{} of {}", plural ? "" : "an ", s,
                         type.of.empty() ? "money" : type.of);
    case TypeKind::kText:
      return plural ? "texts" : "a text";
    case TypeKind::kDate:
      return plural ? "dates" : "a date";
    case TypeKind::kTimeOfDay:
      return plural ? "times of day" : "a time of day";
    case TypeKind::kCalendar:
      return plural ? "calendars" : "a calendar";
    case TypeKind::kReference:
      return plural ? fmt::format("names of {}s", type.of) : "the name of " + WithArticle(type.of);
    case TypeKind::kRecord:
      return fmt::format("{}row{} of {}", plural ? "" : "a ", s, type.of);
    case TypeKind::kChoice:
      if (!type.of.empty())
        return fmt::format("{}value{} of the label {}", plural ? "" : "a ", s, type.of);
      return plural ? "words" : "one of " + OneOf(type.choices);
    case TypeKind::kList:
      return fmt::format("{}list{} of {}", plural ? "" : "a ", s, Bare(*type.element, true));
    case TypeKind::kSet:
      return fmt::format("{}set{} of {}", plural ? "" : "a ", s, Bare(*type.element, true));
    case TypeKind::kWindow:
      return fmt::format("{}window{} of {}s", plural ? "" : "a ", s, values::UnitName(type.unit));
  }
  return {};
}

}  // namespace

std::string TypeText(const Type& type) {
  return Bare(type, false) + (type.optional ? ", which may be absent" : "");
}

std::string UnitText(Unit unit) {
  if (unit == Unit::kBool) return "a condition";
  if (unit == Unit::kBytes) return "a number of bytes";
  if (unit == Unit::kByteRate) return "a rate of bytes";
  return WithArticle(values::UnitName(unit));
}

bool Plain(Unit unit) { return unit == Unit::kNumber || unit == Unit::kCount; }

std::optional<Unit> Common(Unit a, Unit b) {
  if (a == b) return a;
  if (Plain(a) && Plain(b)) return Unit::kNumber;
  return std::nullopt;
}

std::optional<Type> Common(const Type& a, const Type& b) {
  if (a.kind != b.kind) return std::nullopt;
  Type common = a;
  common.optional = a.optional || b.optional;
  if (a.kind == TypeKind::kQuantity || a.kind == TypeKind::kWindow) {
    const auto unit = Common(a.unit, b.unit);
    if (!unit) return std::nullopt;
    common.unit = *unit;
    return common;
  }
  if (a.kind == TypeKind::kMoney) {
    if (!a.of.empty() && !b.of.empty() && a.of != b.of) return std::nullopt;
    if (common.of.empty()) common.of = b.of;
    return common;
  }
  if (a.element != nullptr && b.element != nullptr) {
    auto element = Common(*a.element, *b.element);
    if (!element) return std::nullopt;
    common.element = std::make_shared<const Type>(*std::move(element));
    return common;
  }
  Type other = b;
  other.optional = common.optional;
  return common == other ? std::optional(common) : std::nullopt;
}

}  // namespace tocsin::check
