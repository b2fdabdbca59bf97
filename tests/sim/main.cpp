// Random policies over random histories: one seed is one run, the same on every machine.
//
//   sim_tests --seeds 200 --first 1 [--only model|differential] [--show]
//
// `model`: the interpreter decides what the brute-force model decides. `differential`: compiled
// code, and a module that was written and read back, decide the same, byte for byte. `--show`
// prints the policy and the history of each seed.

#include <cstdio>
#include <cstring>
#include <string>

#include <fmt/format.h>

#include "tests/sim/compare.h"

namespace {

struct Options {
  std::uint64_t seeds = 200;
  std::uint64_t first = 1;
  bool model = true;
  bool differential = true;
  bool show = false;
};

bool Parse(int argc, char** argv, Options& options) {
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    const std::string value = i + 1 < argc ? argv[i + 1] : "";
    if (word == "--show") {
      options.show = true;
      continue;
    }
    ++i;
    if ((word == "--seeds" || word == "--first") && !value.empty() &&
        value.find_first_not_of("0123456789") == std::string::npos && value.size() < 19) {
      (word == "--seeds" ? options.seeds : options.first) = std::stoull(value);
    } else if (word == "--only" && (value == "model" || value == "differential")) {
      options.model = value == "model";
      options.differential = value == "differential";
    } else {
      return false;
    }
  }
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  if (!Parse(argc, argv, options)) {
    fmt::print(stderr,
               "sim_tests [--seeds N] [--first SEED] [--only model|differential] [--show]\n");
    return 2;
  }
  tocsin::sim::Comparison comparison;
  std::uint64_t passed = 0, failed = 0;
  for (std::uint64_t seed = options.first; seed < options.first + options.seeds; ++seed) {
    const auto outcome = comparison.Run(seed, {options.model, options.differential, options.show});
    if (outcome.problems.empty()) {
      ++passed;
      continue;
    }
    ++failed;
    fmt::print("seed {} failed; again: sim_tests --first {} --seeds 1 --show\n", seed, seed);
    for (const std::string& problem : outcome.problems) fmt::print("{}\n", problem);
    std::fflush(stdout);
  }
  fmt::print("{}\n", comparison.Totals());
  fmt::print("{} passed, {} failed\n", passed, failed);
  return failed == 0 ? 0 : 1;
}
