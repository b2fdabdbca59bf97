// What one statement of a formula consists of, cut out: its nodes in an order in which each stands
// behind what it is made of, the statement last, and the variables that it is about.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "compiler/prove/formula.h"

namespace tocsin::prove {

// A statement of more nodes is not asked about.
inline constexpr std::size_t kMostNodes = 4000;

struct Part {
  std::vector<Node> nodes;                      // a of a variable or a choice: its place below
  std::vector<VariableId> variables;            // as the formula numbers them
  std::vector<Variable> properties;             // of these
  std::vector<std::vector<std::size_t>> named;  // of a choice: those asked for, sorted, each once
};

// Nothing where it has more than kMostNodes.
std::optional<Part> Cut(const Formula& formula, TruthId statement);

// Whether the statement holds for values of its variables, and they are ones that they can have:
// in the arithmetic of doubles, as the engine computes.
bool Holds(const Part& part, std::span<const double> values);

// Rounds values for which a statement holds to fewer digits, where it goes on holding.
void Round(const Part& part, std::vector<double>& values);

}  // namespace tocsin::prove
