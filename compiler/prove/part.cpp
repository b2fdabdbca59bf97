#include "compiler/prove/part.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace tocsin::prove {
namespace {

// Which of a, b and c are nodes.
std::size_t Operands(NodeKind kind) {
  switch (kind) {
    case NodeKind::kNumber:
    case NodeKind::kConstant:
    case NodeKind::kFalse:
    case NodeKind::kTrue:
    case NodeKind::kTruth:
    case NodeKind::kIs:
      return 0;
    case NodeKind::kScale:
    case NodeKind::kNot:
      return 1;
    case NodeKind::kEither:
      return 3;
    default:
      return 2;
  }
}

template <class Node>
auto OperandsOf(Node& node) {
  std::vector<decltype(&node.a)> all = {&node.a, &node.b, &node.c};
  all.resize(Operands(node.kind));
  return all;
}

bool IsOfVariable(NodeKind kind) {
  return kind == NodeKind::kNumber || kind == NodeKind::kTruth || kind == NodeKind::kIs;
}

double Value(const Node& node, std::span<const double> of, std::span<const double> values) {
  switch (node.kind) {
    case NodeKind::kNumber:
    case NodeKind::kTruth:
      return values[node.a];
    case NodeKind::kConstant:
      return node.constant;
    case NodeKind::kAdd:
      return of[node.a] + of[node.b];
    case NodeKind::kSubtract:
      return of[node.a] - of[node.b];
    case NodeKind::kScale:
      return node.constant * of[node.a];
    case NodeKind::kEither:
      return of[node.a] != 0 ? of[node.b] : of[node.c];
    case NodeKind::kFalse:
      return 0;
    case NodeKind::kTrue:
      return 1;
    case NodeKind::kIs:
      return values[node.a] == node.b;
    case NodeKind::kLess:
      return of[node.a] < of[node.b];
    case NodeKind::kLessEqual:
      return of[node.a] <= of[node.b];
    case NodeKind::kEqual:
      return of[node.a] == of[node.b];
    case NodeKind::kNot:
      return of[node.a] == 0;
    case NodeKind::kAnd:
      return of[node.a] != 0 && of[node.b] != 0;
    case NodeKind::kOr:
      return of[node.a] != 0 || of[node.b] != 0;
  }
  return 0;
}

bool CanBe(const Variable& variable, double value) {
  switch (variable.sort) {
    case Sort::kNumber:
      return std::isfinite(value) && !(variable.least && value < *variable.least) &&
             !(variable.most && value > *variable.most);
    case Sort::kTruth:
      return value == 0 || value == 1;
    case Sort::kChoice:
      return value >= 0 && value == std::floor(value) &&
             (variable.choices == 0 || value < static_cast<double>(variable.choices));
  }
  return false;
}

// To so many significant digits.
double Rounded(double value, int digits) {
  if (value == 0) return 0;
  const double places = digits - 1 - std::floor(std::log10(std::fabs(value)));
  const double scale = std::pow(10, std::fabs(places));  // a whole number, so exact
  const double rounded =
      places < 0 ? std::round(value / scale) * scale : std::round(value * scale) / scale;
  return std::isfinite(rounded) ? rounded : value;
}

}  // namespace

std::optional<Part> Cut(const Formula& formula, TruthId statement) {
  std::unordered_map<std::uint32_t, std::uint32_t> places;
  std::vector<std::uint32_t> found = {statement.index};
  places.emplace(statement.index, 0);
  for (std::size_t next = 0; next < found.size(); ++next) {
    if (found.size() > kMostNodes) return std::nullopt;
    const Node& node = formula.nodes()[found[next]];
    for (const std::uint32_t* operand : OperandsOf(node)) {
      if (places.emplace(*operand, 0).second) found.push_back(*operand);
    }
  }
  std::ranges::sort(found);
  Part part;
  std::unordered_map<std::uint32_t, std::uint32_t> variables;
  for (std::uint32_t i = 0; i < found.size(); ++i) {
    places[found[i]] = i;
    Node node = formula.nodes()[found[i]];
    for (std::uint32_t* operand : OperandsOf(node)) *operand = places[*operand];
    if (IsOfVariable(node.kind)) {
      const VariableId variable(node.a);
      const auto [place, added] =
          variables.emplace(node.a, static_cast<std::uint32_t>(part.variables.size()));
      if (added) {
        part.variables.push_back(variable);
        part.properties.push_back(formula.variables()[variable.index]);
        part.named.emplace_back();
      }
      node.a = place->second;
      if (node.kind == NodeKind::kIs) part.named[node.a].push_back(node.b);
    }
    part.nodes.push_back(node);
  }
  for (std::vector<std::size_t>& named : part.named) std::ranges::sort(named);
  return part;
}

bool Holds(const Part& part, std::span<const double> values) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!CanBe(part.properties[i], values[i])) return false;
  }
  std::vector<double> of;
  of.reserve(part.nodes.size());
  for (const Node& node : part.nodes) {
    of.push_back(Value(node, of, values));
    if (!std::isfinite(of.back())) return false;
  }
  return of.back() != 0;
}

void Round(const Part& part, std::vector<double>& values) {
  constexpr int kMostDigits = 6;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (part.properties[i].sort != Sort::kNumber) continue;
    const double found = values[i];
    bool rounded = false;
    for (int digits = 0; digits <= kMostDigits && !rounded; ++digits) {
      values[i] = digits == 0 ? 0 : Rounded(found, digits);
      rounded = Holds(part, values);
    }
    if (!rounded) values[i] = found;
  }
}

}  // namespace tocsin::prove
