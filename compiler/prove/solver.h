// Z3 behind a wall: a part in, an answer out. None of its exceptions gets out, and an answer that
// it does not come to within so many of its own steps is kUnknown.
#pragma once

#include <cstdint>
#include <memory>

#include "compiler/prove/part.h"
#include "compiler/prove/regions.h"

namespace tocsin::prove {

class Solver {
 public:
  explicit Solver(std::uint32_t steps);
  ~Solver();

  // Values of a counterexample are the doubles nearest to those that were found.
  Tried Solve(const Part& part);

 private:
  struct State;
  std::unique_ptr<State> state_;  // null where it could not be begun
};

}  // namespace tocsin::prove
