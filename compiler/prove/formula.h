// Statements about numbers, truths and choices, to be asked of prove.h: values that know neither
// policies nor whoever proves them. What is equal is one node, and what follows from constants
// alone is worked out, so that a statement is as small as it was meant.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "runtime/base/ids.h"

namespace tocsin::prove {

using VariableId = base::Id<struct VariableTag>;
using NumberId = base::Id<struct NumberTag>;
using TruthId = base::Id<struct TruthTag>;

enum class Sort : std::uint8_t { kNumber, kTruth, kChoice };

// What may have any value: a double, 0 or 1 of a truth, or which one of a choice, counted from 0.
struct Variable {
  Sort sort = Sort::kNumber;
  // Of a number: bounds, which it may reach.
  std::optional<double> least;
  std::optional<double> most;
  // Of a choice: how many there are; 0: there are always more than are named.
  std::size_t choices = 0;
};
// The values of the variables that a statement is about.
using Assignment = std::map<VariableId, double>;

enum class NodeKind : std::uint8_t {
  // Numbers. Constants are finite.
  kNumber,    // the variable a
  kConstant,  // constant
  kAdd,       // a + b
  kSubtract,  // a - b
  kScale,     // constant * a
  kEither,    // b where a holds, else c
  // Truths.
  kFalse,
  kTrue,
  kTruth,      // the variable a
  kIs,         // the choice a is number b
  kLess,       // a < b
  kLessEqual,  // a <= b
  kEqual,      // a == b
  kNot,        // not a
  kAnd,        // a and b
  kOr,         // a or b
};
struct Node {
  NodeKind kind = NodeKind::kFalse;
  double constant = 0;
  std::uint32_t a = 0;  // nodes, which stand before; of variables and choices see above
  std::uint32_t b = 0;
  std::uint32_t c = 0;
};

class Formula {
 public:
  VariableId Add(Variable variable);

  NumberId Number(VariableId variable);
  NumberId Constant(double value);
  NumberId Sum(NumberId a, NumberId b);
  NumberId Difference(NumberId a, NumberId b);
  NumberId Scaled(double factor, NumberId a);
  NumberId Either(TruthId condition, NumberId then, NumberId otherwise);

  TruthId Always(bool truth);
  TruthId Truth(VariableId variable);
  TruthId Is(VariableId choice, std::size_t which);
  TruthId Less(NumberId a, NumberId b);
  TruthId LessEqual(NumberId a, NumberId b);
  TruthId Equal(NumberId a, NumberId b);
  TruthId Not(TruthId a);
  TruthId And(TruthId a, TruthId b);
  TruthId Or(TruthId a, TruthId b);

  const std::vector<Node>& nodes() const { return nodes_; }
  const std::vector<Variable>& variables() const { return variables_; }

 private:
  std::uint32_t Put(Node node);
  const Node& Of(NumberId id) const { return nodes_[id.index]; }
  const Node& Of(TruthId id) const { return nodes_[id.index]; }
  TruthId Compare(NodeKind kind, NumberId a, NumberId b);

  struct Order {
    bool operator()(const Node& a, const Node& b) const;
  };
  std::vector<Node> nodes_;
  std::vector<Variable> variables_;
  std::map<Node, std::uint32_t, Order> known_;
};

}  // namespace tocsin::prove
