// What a value is: a quantity of a unit, a text, one of a kind's declarations, a list. Labels are
// no part of it: a series is a type for each of its rows.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/values/units.h"

namespace tocsin::check {

enum class TypeKind : std::uint8_t {
  kQuantity,  // `unit`; conditions and instants, too
  kMoney,     // `of`: its currency, empty for any
  kText,
  kDate,
  kTimeOfDay,
  kCalendar,   // the hours that lie in it
  kReference,  // one of the declarations of the kind `of`
  kRecord,     // one row of the entity `of`
  kChoice,     // one of `choices`; `of` names the label they belong to, where they do
  kList,       // of `element`, in an order
  kSet,        // of `element`, each once
  kWindow,     // the samples of a quantity of `unit` over a time
};

struct Type {
  TypeKind kind = TypeKind::kQuantity;
  values::Unit unit = values::Unit::kNumber;
  bool optional = false;  // may be absent
  std::string of = {};
  std::vector<std::string> choices = {};
  std::shared_ptr<const Type> element = nullptr;

  bool Is(values::Unit wanted) const {
    return kind == TypeKind::kQuantity && unit == wanted && !optional;
  }
  bool operator==(const Type& other) const;
};

Type QuantityType(values::Unit unit);
Type TypeOf(TypeKind kind, std::string of = {});
Type ListType(TypeKind list, Type element);

// What a quantity is between, both included: `0%..100%`.
struct Range {
  double least = 0;
  double most = 0;
  values::Unit unit = values::Unit::kNumber;
};

// "a ratio", "a list of texts", "the name of a tier", "a row of customer, or nothing".
std::string TypeText(const Type& type);

// "a ratio".
std::string UnitText(values::Unit unit);
// A count is a plain number that is whole.
bool Plain(values::Unit unit);
// The unit of what is added or compared.
std::optional<values::Unit> Common(values::Unit a, values::Unit b);
// The type that both are, but for whether they may be absent.
std::optional<Type> Common(const Type& a, const Type& b);

}  // namespace tocsin::check
