// One seed: a policy and a history are made, run in every way there is, and compared.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/sim/run.h"

namespace tocsin::sim {

struct Parts {
  bool model = true;
  bool differential = true;
  bool show = false;
};

struct SeedOutcome {
  std::vector<std::string> problems;
};

class Comparison {
 public:
  SeedOutcome Run(std::uint64_t seed, const Parts& parts);
  // What all the seeds had in them, so that a generator that makes nothing happen is seen.
  std::string Totals() const;

 private:
  void Differential(std::uint64_t seed, const std::string& text, const ir::Program& program,
                    const History& history, const sim::Run& meaning,
                    std::vector<std::string>& problems);

  Compiler compiler_;
  std::uint64_t transitions_ = 0;
  std::uint64_t sends_ = 0;
  std::uint64_t quiet_ = 0;  // seeds in which nothing was decided
};

}  // namespace tocsin::sim
