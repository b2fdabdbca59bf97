// Random policies and random histories for them. Every policy must check without an error; the
// values in a history lie at and around the policy's thresholds.
#pragma once

#include "tests/sim/policy.h"
#include "tests/sim/random.h"

namespace tocsin::sim {

// The run is thought to begin about `start`: handovers are put near it.
Policy GeneratePolicy(Random& random, Instant start);
Instant GenerateStart(Random& random);

// A condition over signals with these labels, and a numeric expression of one unit.
class SeriesGenerator {
 public:
  SeriesGenerator(Random& random, const Policy& policy, std::vector<std::string> labels);
  Expr Condition(int depth);                     // has rows
  Expr Number(Unit unit, int depth, bool rows);  // with rows where `rows`
  // A comparison of one signal with one constant; nothing where no signal is a number.
  std::optional<Expr> Simple();
  std::optional<Expr> SimpleClear(const Expr& when);
  bool usable() const { return !numbers_.empty() || !truths_.empty(); }

 private:
  Expr Leaf(std::size_t signal);
  Expr NumberLeaf(std::size_t signal);
  Expr Compare(int depth);
  Expr Window(Unit unit, std::string function, Expr of);
  std::optional<Expr> OverWindow();
  std::optional<Expr> MeasuredLeaf(const std::vector<std::size_t>& among);
  std::optional<Expr> FoldOf(Unit unit, int depth);
  std::optional<Expr> Joined(int depth);
  std::optional<std::vector<std::string>> OtherLabels(bool more);
  Expr Select(Expr operand);

  Random& random_;
  const Policy& policy_;
  std::vector<std::string> labels_;
  std::vector<std::size_t> numbers_;
  std::vector<std::size_t> truths_;
};

Expr Constant(Random& random, Unit unit);
bool HasRows(const Expr& expr);

// Lets a turn begin at the very instant of a message, where one is at a whole minute.
void AlignHandover(Random& random, const std::vector<Deadline>& deadlines, Policy& policy);

History GenerateHistory(Random& random, const Policy& policy, Instant start);
// Acknowledgements at random instants and at, just before and just after the deadlines given.
void AddAcknowledgements(Random& random, const Policy& policy,
                         const std::vector<Deadline>& deadlines, History& history);

}  // namespace tocsin::sim
