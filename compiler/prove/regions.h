// Statements in which numbers are compared with constants only, as those of most policies are: what
// counts then is between which constants a number lies, so trying each such region decides exactly.
// Of other statements the same values are tried, which find most of what is possible, and prove
// nothing.
#pragma once

#include "compiler/prove/part.h"
#include "compiler/prove/prove.h"

namespace tocsin::prove {

// kUnknown where that does not tell, or would take too many tries. A counterexample
// gives values for all variables of the part.
struct Tried {
  Verdict verdict = Verdict::kUnknown;
  std::vector<double> values;
};
Tried TryRegions(const Part& part);

}  // namespace tocsin::prove
