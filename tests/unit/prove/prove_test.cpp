#include "compiler/prove/prove.h"

#include <random>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "compiler/prove/part.h"
#include "compiler/prove/regions.h"
#include "compiler/prove/solver.h"

namespace tocsin::prove {
namespace {

// Whether `p(a)` for each of so many pigeons can be one of fewer holes: short to say and, without
// counting, long to refute.
TruthId Pigeons(Formula& formula, std::size_t pigeons, std::size_t holes) {
  std::vector<std::vector<TruthId>> in(pigeons);
  TruthId all = formula.Always(true);
  for (std::vector<TruthId>& pigeon : in) {
    TruthId somewhere = formula.Always(false);
    for (std::size_t hole = 0; hole < holes; ++hole) {
      pigeon.push_back(formula.Truth(formula.Add({.sort = Sort::kTruth})));
      somewhere = formula.Or(somewhere, pigeon.back());
    }
    all = formula.And(all, somewhere);
  }
  for (std::size_t hole = 0; hole < holes; ++hole) {
    for (std::size_t a = 0; a < pigeons; ++a) {
      for (std::size_t b = a + 1; b < pigeons; ++b)
        all = formula.And(all, formula.Not(formula.And(in[a][hole], in[b][hole])));
    }
  }
  return all;
}

TEST_CASE("what contradicts itself never holds, and what does not has values for which it does") {
  Formula formula;
  const VariableId x = formula.Add({}), y = formula.Add({.least = 0, .most = 1});
  const auto above = [&](VariableId variable, double limit) {
    return formula.Less(formula.Constant(limit), formula.Number(variable));
  };
  Prover prover;
  CHECK(prover.Solve(formula, formula.And(above(x, 5), formula.Not(above(x, 3)))).never());
  CHECK(prover.Solve(formula, above(y, 1)).never());

  const TruthId between = formula.And(above(x, 3), formula.Not(above(x, 5)));
  const Answer answer = prover.Solve(formula, between);
  REQUIRE(answer.possible());
  CHECK(Holds(formula, between, answer.values));
  CHECK(answer.values.at(x) == 4);

  // Sums, differences and multiples.
  const NumberId sum = formula.Sum(formula.Number(x), formula.Scaled(2, formula.Number(y)));
  const TruthId much = formula.Less(formula.Constant(10), sum);
  CHECK(prover.Solve(formula, formula.And(much, formula.Not(above(x, 8)))).never());
  const TruthId enough = formula.And(much, formula.Not(above(x, 9)));
  const Answer found = prover.Solve(formula, enough);
  REQUIRE(found.possible());
  CHECK(Holds(formula, enough, found.values));
}

TEST_CASE("a choice is one of those there are") {
  Formula formula;
  const VariableId region = formula.Add({.sort = Sort::kChoice, .choices = 2});
  const VariableId host = formula.Add({.sort = Sort::kChoice});
  const auto neither = [&](VariableId choice) {
    return formula.Not(formula.Or(formula.Is(choice, 0), formula.Is(choice, 1)));
  };
  Prover prover;
  CHECK(prover.Solve(formula, formula.And(formula.Is(region, 0), formula.Is(region, 1))).never());
  CHECK(prover.Solve(formula, neither(region)).never());
  const Answer another = prover.Solve(formula, neither(host));
  REQUIRE(another.possible());
  CHECK(another.values.at(host) == 2);
}

TEST_CASE("between two doubles there is none") {
  Formula formula;
  const VariableId x = formula.Add({});
  const NumberId number = formula.Number(x);
  const double low = 0.05, high = std::nextafter(low, 1);
  const TruthId between = formula.And(formula.Less(formula.Constant(low), number),
                                      formula.Less(number, formula.Constant(high)));
  Prover prover;
  CHECK(prover.Solve(formula, between).never());
  // Where there is arithmetic the solver finds one that is real, which is no answer.
  const TruthId twice =
      formula.And(between, formula.Less(formula.Constant(0), formula.Sum(number, number)));
  CHECK(prover.Solve(formula, twice).verdict == Verdict::kUnknown);
}

TEST_CASE("what takes too many steps is not known, whenever it is asked") {
  Formula formula;
  const TruthId hard = Pigeons(formula, 9, 8);
  const TruthId easy = Pigeons(formula, 4, 3);
  for (int i = 0; i < 2; ++i) {
    Prover prover({.steps = 2'000});
    CHECK(prover.Solve(formula, hard).verdict == Verdict::kUnknown);
    CHECK(prover.Solve(formula, easy).never());  // it goes on with the next
    CHECK(prover.Solve(formula, hard).verdict == Verdict::kUnknown);
  }
  Prover patient({.steps = 20'000'000});
  CHECK(patient.Solve(formula, hard).never());
}

TEST_CASE("a prover asks so many statements and no more, and none that is too large") {
  Formula formula;
  const TruthId possible = formula.Truth(formula.Add({.sort = Sort::kTruth}));
  Prover prover({.statements = 2});
  CHECK(prover.Solve(formula, possible).possible());
  CHECK(prover.Solve(formula, possible).possible());
  CHECK(prover.Solve(formula, possible).verdict == Verdict::kUnknown);

  TruthId large = formula.Always(true);
  for (std::size_t i = 0; i < kMostNodes; ++i)
    large = formula.And(large, formula.Truth(formula.Add({.sort = Sort::kTruth})));
  CHECK(Prover().Solve(formula, large).verdict == Verdict::kUnknown);
}

// Statements made by chance, over two numbers of a small grid, two truths and a choice.
class Chance {
 public:
  Chance(Formula& formula, std::uint32_t seed, bool arithmetic)
      : formula_(formula), random_(seed), arithmetic_(arithmetic) {
    for (int i = 0; i < 2; ++i) {
      numbers_.push_back(formula.Add({.least = 0, .most = 3}));
      truths_.push_back(formula.Add({.sort = Sort::kTruth}));
    }
    choice_ = formula.Add({.sort = Sort::kChoice, .choices = 3});
  }

  TruthId Truth(int depth) {
    switch (Below(depth == 0 ? 3 : 5)) {
      case 0:
        return formula_.Truth(truths_[Below(2)]);
      case 1:
        return formula_.Is(choice_, Below(3));
      case 2:
        return Comparison();
      case 3:
        return formula_.Not(Truth(depth - 1));
      default:
        break;
    }
    const bool both = Below(2) == 0;
    const TruthId first = Truth(depth - 1);
    const TruthId second = Truth(depth - 1);
    return both ? formula_.And(first, second) : formula_.Or(first, second);
  }

  // Quarters between 0 and 3 are all that matter: the statements compare each number, and the
  // difference of the two, with whole ones, so that only the wholes and the order of the fractions
  // tell two pairs apart, and there are quarters in each such order.
  bool ByHand(TruthId statement) const {
    Assignment values;
    for (int i = 0; i < 13 * 13 * 2 * 2 * 3; ++i) {
      values[numbers_[0]] = i % 13 * 0.25;
      values[numbers_[1]] = i / 13 % 13 * 0.25;
      values[truths_[0]] = i / 169 % 2;
      values[truths_[1]] = i / 338 % 2;
      values[choice_] = i / 676;
      if (Holds(formula_, statement, values)) return true;
    }
    return false;
  }

 private:
  std::uint32_t Below(std::uint32_t end) { return static_cast<std::uint32_t>(random_() % end); }

  NumberId Number() {
    if (Below(2) == 0) return formula_.Constant(Below(4));
    return formula_.Number(numbers_[Below(2)]);
  }
  TruthId Comparison() {
    NumberId a = formula_.Number(numbers_[Below(2)]);
    const NumberId b = arithmetic_ ? Number() : formula_.Constant(Below(4));
    if (arithmetic_ && Below(2) == 0) a = formula_.Difference(a, formula_.Constant(Below(3)));
    if (arithmetic_ && Below(4) == 0) {
      const TruthId which = Truth(0);
      a = formula_.Either(which, a, formula_.Constant(Below(3)));
    }
    switch (Below(3)) {
      case 0:
        return formula_.Less(a, b);
      case 1:
        return formula_.LessEqual(b, a);
      default:
        return formula_.Equal(a, b);
    }
  }

  Formula& formula_;
  std::mt19937 random_;
  bool arithmetic_;
  std::vector<VariableId> numbers_;
  std::vector<VariableId> truths_;
  VariableId choice_;
};

TEST_CASE("statements made by chance hold where trying all values finds some") {
  std::size_t never = 0;
  Solver solver(1'000'000);
  for (std::uint32_t seed = 1; seed <= 600; ++seed) {
    CAPTURE(seed);
    Formula formula;
    Chance chance(formula, seed, seed % 2 == 0);
    TruthId statement = chance.Truth(4);
    for (int i = 0; i < 3; ++i) statement = formula.And(statement, chance.Truth(3));
    const bool expected = chance.ByHand(statement);
    never += expected ? 0 : 1;
    Prover prover;
    const Answer answer = prover.Solve(formula, statement);
    CHECK(answer.verdict == (expected ? Verdict::kCounterexample : Verdict::kUnsatisfiable));
    if (answer.possible()) CHECK(Holds(formula, statement, answer.values));
    // Both ways of finding it out say the same.
    const auto part = Cut(formula, statement);
    REQUIRE(part);
    CHECK(solver.Solve(*part).verdict == answer.verdict);
    const Tried tried = TryRegions(*part);
    if (seed % 2 == 1) CHECK(tried.verdict == answer.verdict);
  }
  CHECK(never > 60);
  CHECK(never < 540);
}

}  // namespace
}  // namespace tocsin::prove
