#include "compiler/prove/prove.h"

#include "compiler/prove/part.h"
#include "compiler/prove/regions.h"
#include "compiler/prove/solver.h"

namespace tocsin::prove {

Prover::Prover(Limits limits) : limits_(limits) {}
Prover::~Prover() = default;

Answer Prover::Solve(const Formula& formula, TruthId statement) {
  if (limits_.statements == 0 || limits_.unknown == 0) return {};
  --limits_.statements;
  const std::optional<Part> part = Cut(formula, statement);
  if (!part) return {};
  Tried tried = TryRegions(*part);
  if (tried.verdict == Verdict::kUnknown) {
    if (solver_ == nullptr) solver_ = std::make_unique<Solver>(limits_.steps);
    tried = solver_->Solve(*part);
    if (tried.verdict == Verdict::kUnknown) --limits_.unknown;
  }
  Answer answer{tried.verdict, {}};
  if (tried.verdict != Verdict::kCounterexample) return answer;
  // What the solver found in real numbers may be lost between doubles.
  if (!Holds(*part, tried.values)) return {};
  Round(*part, tried.values);
  for (std::size_t i = 0; i < tried.values.size(); ++i)
    answer.values.emplace(part->variables[i], tried.values[i]);
  return answer;
}

bool Holds(const Formula& formula, TruthId statement, const Assignment& values) {
  const std::optional<Part> part = Cut(formula, statement);
  if (!part) return false;
  std::vector<double> given;
  for (const VariableId variable : part->variables) {
    const auto value = values.find(variable);
    if (value == values.end()) return false;
    given.push_back(value->second);
  }
  return Holds(*part, given);
}

}  // namespace tocsin::prove
