// Whether a statement can hold. What goes in is a statement of a formula, what comes out is either
// that it never holds, or values for which it does, or that this was not found out. No answer
// depends on time or on the machine: proofs are limited by the solver's own count of its steps.
//
// Numbers are those of doubles: values that are given back satisfy the statement in the arithmetic
// of doubles. `kUnsatisfiable` is proven over the real numbers, which have all doubles among them;
// so it is true of doubles where no sum, difference or product in the statement is rounded, which
// is the matter of whoever asks.
#pragma once

#include <cstdint>
#include <memory>

#include "compiler/prove/formula.h"

namespace tocsin::prove {

enum class Verdict : std::uint8_t { kUnsatisfiable, kCounterexample, kUnknown };

struct Answer {
  Verdict verdict = Verdict::kUnknown;
  Assignment values;  // of a counterexample: of each variable that the statement is about

  bool never() const { return verdict == Verdict::kUnsatisfiable; }
  bool possible() const { return verdict == Verdict::kCounterexample; }
};

struct Limits {
  std::uint32_t steps = 100'000;  // of the solver, for one statement; some hundredths of a second
  // Over a prover's life, after which it knows nothing: statements, and those not found out.
  std::size_t statements = 20'000;
  std::size_t unknown = 20;
};

// Keeps what is costly to begin between statements; of one order of statements the answers are
// always the same.
class Prover {
 public:
  explicit Prover(Limits limits = {});
  ~Prover();

  Answer Solve(const Formula& formula, TruthId statement);

 private:
  Limits limits_;
  std::unique_ptr<class Solver> solver_;  // begun when it is first needed
};

// Whether a statement holds for values, of which there is one for each of its variables.
bool Holds(const Formula& formula, TruthId statement, const Assignment& values);

}  // namespace tocsin::prove
