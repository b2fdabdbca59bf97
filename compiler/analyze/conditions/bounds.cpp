// Between which numbers a value is for certain, in doubles as the engine computes them.

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "compiler/analyze/conditions/conditions.h"
#include "runtime/values/units.h"

namespace tocsin::analyze::conditions {

using check::SeriesKind;
using check::SeriesNode;
using values::Unit;

namespace {

enum class Result : std::uint8_t {
  kOfArgument,  // one of its values
  kMean,
  kNotNegative,
  kGrowth,       // not negative where its argument is not
  kPartOfFirst,  // at most 1 where its argument is not negative
  kClamped,      // between its two constants
};
struct Row {
  std::string_view function;
  Result result;
};
constexpr std::array kFunctions = {
    Row{"anomaly", Result::kNotNegative}, Row{"avg", Result::kMean},
    Row{"changes", Result::kNotNegative}, Row{"clamp", Result::kClamped},
    Row{"count", Result::kNotNegative},   Row{"deviation", Result::kNotNegative},
    Row{"drop", Result::kPartOfFirst},    Row{"first", Result::kOfArgument},
    Row{"increase", Result::kGrowth},     Row{"last", Result::kOfArgument},
    Row{"max", Result::kOfArgument},      Row{"min", Result::kOfArgument},
    Row{"rate", Result::kGrowth},         Row{"same", Result::kOfArgument},
    Row{"sum", Result::kGrowth},
};

// So many times it is a double itself, so that a sum of values up to it is no more.
bool AddsUpExactly(double bound) {
  return bound == std::floor(bound) && std::fabs(bound) <= (1 << 20);
}

}  // namespace

Conditions::Bounds Conditions::BoundsOf(SeriesId id) const {
  const SeriesNode& node = policy_[id];
  switch (node.kind) {
    case SeriesKind::kConstant:
      return {node.number, node.number};
    case SeriesKind::kSignal: {
      const check::Decl& signal = policy_[node.decl];
      if (signal.value.valid()) return BoundsOf(signal.value);
      const auto* measure = check::Get<check::Measure>(signal.type);
      if (measure != nullptr && measure->range)
        return {measure->range->least, measure->range->most};
      const bool amount = node.type.unit == Unit::kCount || node.type.unit == Unit::kBytes;
      return {amount ? std::optional(0.0) : std::nullopt, std::nullopt};
    }
    case SeriesKind::kSelect:
    case SeriesKind::kWhere:
    case SeriesKind::kWindow:
      return BoundsOf(node.operands[0]);
    case SeriesKind::kCall:
    case SeriesKind::kFold:
      return BoundsOfCall(node);
    default:
      return {};
  }
}

Conditions::Bounds Conditions::BoundsOfCall(const SeriesNode& node) const {
  if (node.function == nullptr || node.operands.empty()) return {};
  const auto row = std::ranges::find(kFunctions, node.function->name, &Row::function);
  if (row == kFunctions.end()) return {};
  const auto& parameters = node.parameters;
  const Bounds of = policy_[node.operands[0]].truth() ? Bounds() : BoundsOf(node.operands[0]);
  const bool not_negative = of.least && *of.least >= 0;
  switch (row->result) {
    case Result::kOfArgument:
      return of;
    case Result::kMean:
      return {of.least && AddsUpExactly(*of.least) ? of.least : std::nullopt,
              of.most && AddsUpExactly(*of.most) ? of.most : std::nullopt};
    case Result::kNotNegative:
      return {0, std::nullopt};
    case Result::kGrowth:
      return {not_negative ? std::optional(0.0) : std::nullopt, std::nullopt};
    case Result::kPartOfFirst:
      return {std::nullopt, not_negative ? std::optional(1.0) : std::nullopt};
    case Result::kClamped:
      if (parameters.size() != 2 || !(parameters[0] <= parameters[1])) return {};
      return {parameters[0], parameters[1]};
  }
  return {};
}

std::optional<std::string> Conditions::GrantedOf(const check::Decl& signal) const {
  const auto* measure = check::Get<check::Measure>(signal.type);
  if (measure == nullptr) return std::nullopt;
  if (measure->range) {
    return fmt::format("`{}` is {}..{}", signal.name,
                       values::FormatQuantity(measure->range->least, measure->range->unit),
                       values::FormatQuantity(measure->range->most, measure->range->unit));
  }
  if (measure->unit == Unit::kCount)
    return fmt::format("`{}` is a count, which is never negative", signal.name);
  if (measure->unit == Unit::kBytes)
    return fmt::format("`{}` is in bytes, of which there are never less than none", signal.name);
  return std::nullopt;
}

std::vector<std::string> Conditions::Granted(SeriesId series) {
  std::vector<std::string> all;
  for (const DeclId source : SourcesOf(series)) {
    if (auto granted = GrantedOf(policy_[source])) all.push_back(*std::move(granted));
  }
  return all;
}

}  // namespace tocsin::analyze::conditions
