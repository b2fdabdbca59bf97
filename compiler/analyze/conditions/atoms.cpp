// What is a variable: signals as measured, and whatever is no comparison, arithmetic or logic. What
// is written alike is one variable.

#include <algorithm>
#include <array>
#include <bit>

#include <fmt/format.h>

#include "compiler/analyze/conditions/conditions.h"

namespace tocsin::analyze::conditions {

using check::SeriesKind;
using check::SeriesNode;
using prove::VariableId;

VariableId Conditions::Add(prove::Variable variable, Meaning meaning) {
  meanings_.push_back(std::move(meaning));
  return formula_.Add(variable);
}

// A number for each way to write a series; a derived signal is not what it is derived from, as a
// window over it takes its values at ticks.
std::uint32_t Conditions::Key(SeriesId id) {
  if (const auto made = keys_.find(id); made != keys_.end()) return made->second;
  const SeriesNode& node = policy_[id];
  std::string text = fmt::format(
      "{} {} {} {:x} {} {}", static_cast<int>(node.kind), static_cast<int>(node.op),
      node.decl.index, std::bit_cast<std::uint64_t>(node.number),
      node.function == nullptr ? "" : node.function->name, static_cast<int>(node.type.unit));
  const auto add_text = [&](std::string_view part) {
    text += fmt::format(" {}:{}", part.size(), part);
  };
  add_text(node.text);
  for (const double parameter : node.parameters)
    text += fmt::format(" p{:x}", std::bit_cast<std::uint64_t>(parameter));
  for (const check::Selection& selection : node.selections) {
    text += selection.except ? " not" : " is";
    add_text(selection.label);
    for (const std::string& value : selection.values) add_text(value);
  }
  text += " by";
  for (const std::string& label : node.labels) add_text(label);
  for (const SeriesId operand : node.operands) text += fmt::format(" o{}", Key(operand));
  const auto place = known_keys_.try_emplace(text, static_cast<std::uint32_t>(known_keys_.size()));
  keys_.emplace(id, place.first->second);
  return place.first->second;
}

Conditions::Number Conditions::NumberAtom(SeriesId id) {
  const auto [place, added] = atoms_.try_emplace(Key(id));
  if (added) {
    const VariableId known = Add({.sort = prove::Sort::kTruth}, {.what = Meaning::What::kKnown});
    const Bounds bounds = BoundsOf(id);
    const VariableId value = Add({.least = bounds.least, .most = bounds.most},
                                 {.what = Meaning::What::kValue, .series = id, .known = known});
    place->second = value;
    OfWindow(id, value);
  }
  const VariableId value = place->second;
  return {formula_.Number(value), Known(meanings_[value.index].known)};
}

Truth Conditions::TruthAtom(SeriesId id) {
  const auto [place, added] = atoms_.try_emplace(Key(id));
  if (added) {
    const VariableId known = Add({.sort = prove::Sort::kTruth}, {.what = Meaning::What::kKnown});
    place->second = Add({.sort = prove::Sort::kTruth},
                        {.what = Meaning::What::kValue, .series = id, .known = known});
  }
  const VariableId value = place->second;
  const TruthId known = Known(meanings_[value.index].known), holds = formula_.Truth(value);
  return {formula_.And(known, holds), formula_.And(known, formula_.Not(holds))};
}

// The smallest sample of a window is none larger than any, the largest none smaller.
void Conditions::OfWindow(SeriesId id, VariableId value) {
  const SeriesNode& node = policy_[id];
  if (node.kind != SeriesKind::kCall || node.function == nullptr || node.operands.size() != 1 ||
      policy_[node.operands[0]].kind != SeriesKind::kWindow)
    return;
  constexpr std::array kOfSamples = {"min", "max", "first", "last"};
  const std::string_view name = node.function->name;
  if (std::ranges::find(kOfSamples, name) == kOfSamples.end()) return;
  const std::uint32_t of = Key(node.operands[0]);
  for (const Window& other : windows_) {
    if (other.of != of) continue;
    const prove::NumberId a = formula_.Number(value), b = formula_.Number(other.value);
    if (name == "min" || other.function == "max")
      certain_[value].push_back(formula_.LessEqual(a, b));
    if (name == "max" || other.function == "min")
      certain_[value].push_back(formula_.LessEqual(b, a));
  }
  windows_.push_back({value, of, name});
}

const std::set<DeclId>& Conditions::SourcesOf(SeriesId series) {
  if (const auto made = sources_of_.find(series); made != sources_of_.end()) return made->second;
  std::set<DeclId> all;
  const auto add = [&](SeriesId id) {
    if (!id.valid()) return;
    const std::set<DeclId>& more = SourcesOf(id);
    all.insert(more.begin(), more.end());
  };
  const SeriesNode& node = policy_[series];
  if (node.decl.valid()) {
    const bool derived = node.kind == SeriesKind::kSignal && policy_[node.decl].value.valid();
    derived ? add(policy_[node.decl].value) : static_cast<void>(all.insert(node.decl));
  }
  for (const SeriesId operand : node.operands) add(operand);
  return sources_of_.emplace(series, std::move(all)).first->second;
}

}  // namespace tocsin::analyze::conditions
