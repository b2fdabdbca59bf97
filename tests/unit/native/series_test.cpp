// Series kernels: the reference, the interpreter and compiled code at every level this processor
// has give the same bits.
#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <limits>
#include <memory>
#include <random>
#include <string>

#include "runtime/engine/interpreter.h"
#include "runtime/native/native.h"
#include "tests/unit/native/series_reference.h"

namespace tocsin::native {
namespace {

using ir::SeriesOp;
using namespace testing;

constexpr double kHuge = std::numeric_limits<double>::max();
constexpr double kTiny = std::numeric_limits<double>::denorm_min();
constexpr double kNormal = std::numeric_limits<double>::min();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr std::array kNumbers = {
    0.0,     -0.0,    1.0,      -1.0,   kTiny,
    -kTiny,  kNormal, -kNormal, kHuge,  -kHuge,
    0.1,     0.3,     1.0 / 3,  3.0,    1e308,
    -1e308,  1e-308,  2.5e-162, -1e200, 1.0 + std::numeric_limits<double>::epsilon(),
    15'000.0};
constexpr std::array<std::optional<bool>, 3> kTruths = {false, true, std::nullopt};

struct Runner {
  std::string name;
  std::unique_ptr<engine::Executor> executor;
};

// The interpreter, and compiled code for each level.
std::vector<Runner> Runners(const ir::Program& program) {
  std::vector<Runner> runners;
  runners.push_back({"interpret", engine::MakeInterpreter(program)});
  for (Level level : {Level::kBaseline, Level::kAvx2, Level::kAvx512}) {
    if (!Supported(level)) continue;
    auto compiled = Compile(program, level);
    REQUIRE_MESSAGE(compiled.has_value(), compiled.error());
    runners.push_back({std::string(Word(level)), std::move(*compiled)});
  }
  return runners;
}

void CheckAll(const ir::Program& program, const std::vector<Runner>& runners, std::size_t shape,
              const SeriesCase& series) {
  SeriesCase expected = series;
  RunReference(program.shapes[shape], expected);
  for (const Runner& runner : runners) {
    SeriesCase actual = series;
    RunExecutor(*runner.executor, ir::ShapeId(shape), actual);
    INFO("shape " << shape << ", " << runner.name);
    CHECK(actual.SameResults(expected));
  }
}

std::size_t Padded(std::size_t rows) { return (rows + 7) / 8 * 8; }

// Every pair of numbers, each known or not.
SeriesCase NumberPairs() {
  SeriesCase series;
  series.rows = Padded(kNumbers.size() * kNumbers.size() * 4);
  series.numbers_in.assign(2, Numbers(series.rows));
  std::size_t row = 0;
  for (double a : kNumbers) {
    for (double b : kNumbers) {
      for (unsigned known = 0; known < 4; ++known, ++row) {
        // An absent row holds garbage here, which no result may show.
        series.numbers_in[0].Set(row, known & 1 ? std::optional(a) : std::nullopt, kNan);
        series.numbers_in[1].Set(row, known & 2 ? std::optional(b) : std::nullopt, -kNan);
      }
    }
  }
  return series;
}

TEST_CASE("arithmetic and comparisons of hard numbers") {
  ir::Program program;
  for (SeriesOp op :
       {SeriesOp::kAdd, SeriesOp::kSubtract, SeriesOp::kMultiply, SeriesOp::kDivide,
        SeriesOp::kMinimum, SeriesOp::kMaximum, SeriesOp::kNegate, SeriesOp::kAbsolute}) {
    program.shapes.push_back({{{SeriesOp::kLoadNumber, 0, 0},
                               {SeriesOp::kLoadNumber, 1, 0},
                               {op, 0, 1},
                               {SeriesOp::kStoreNumber, 2, 0}}});
  }
  for (SeriesOp op : {SeriesOp::kLess, SeriesOp::kLessEqual, SeriesOp::kGreater,
                      SeriesOp::kGreaterEqual, SeriesOp::kEqual, SeriesOp::kNotEqual}) {
    program.shapes.push_back({{{SeriesOp::kLoadNumber, 0, 0},
                               {SeriesOp::kLoadNumber, 1, 0},
                               {op, 0, 1},
                               {SeriesOp::kStoreTruth, 2, 0}}});
  }
  const std::vector<Runner> runners = Runners(program);
  SeriesCase series = NumberPairs();
  series.numbers_out.assign(1, Numbers(series.rows));
  series.truths_out.assign(1, Truths(series.rows));
  for (std::size_t i = 0; i < program.shapes.size(); ++i) {
    CheckAll(program, runners, i, series);
  }
}

TEST_CASE("a product and a sum are rounded twice") {
  ir::Program program;
  program.shapes.push_back({{{SeriesOp::kLoadNumber, 0, 0},
                             {SeriesOp::kLoadNumber, 1, 0},
                             {SeriesOp::kMultiply, 0, 1},
                             {SeriesOp::kConstant, 0, 0},
                             {SeriesOp::kAdd, 2, 3},
                             {SeriesOp::kStoreNumber, 4, 0}}});
  SeriesCase series;
  series.rows = 8;
  series.numbers_in.assign(2, Numbers(8));
  series.numbers_out.assign(1, Numbers(8));
  series.constants = {-1.0};
  const double above_one = 1.0 + 0x1p-30;
  for (std::size_t row = 0; row < 8; ++row) {
    series.numbers_in[0].Set(row, above_one);
    series.numbers_in[1].Set(row, 1.0 - 0x1p-30);
  }
  for (const Runner& runner : Runners(program)) {
    SeriesCase actual = series;
    RunExecutor(*runner.executor, ir::ShapeId(0), actual);
    INFO(runner.name);
    CHECK(actual.numbers_out[0].Get(3) == 0.0);  // fused, it would be -0x1p-60
  }
}

TEST_CASE("truths follow Kleene") {
  ir::Program program;
  for (SeriesOp op : {SeriesOp::kAnd, SeriesOp::kOr, SeriesOp::kNot, SeriesOp::kIsAbsent,
                      SeriesOp::kOnlyWhere, SeriesOp::kTruthElse}) {
    program.shapes.push_back({{{SeriesOp::kLoadTruth, 0, 0},
                               {SeriesOp::kLoadTruth, 1, 0},
                               {op, 0, 1},
                               {SeriesOp::kStoreTruth, 2, 0}}});
  }
  program.shapes.push_back({{{SeriesOp::kLoadNumber, 0, 0},
                             {SeriesOp::kLoadTruth, 1, 0},
                             {SeriesOp::kNumberWhere, 0, 1},
                             {SeriesOp::kStoreNumber, 2, 0}}});
  SeriesCase series;
  series.rows = 16;
  series.truths_in.assign(2, Truths(16));
  series.numbers_in.assign(1, Numbers(16));
  series.truths_out.assign(1, Truths(16));
  series.numbers_out.assign(1, Numbers(16));
  std::size_t row = 0;
  for (std::optional<bool> a : kTruths) {
    for (std::optional<bool> b : kTruths) {
      series.truths_in[0].Set(row, a);
      series.truths_in[1].Set(row, b);
      series.numbers_in[0].Set(row, a ? std::optional(-0.0) : std::nullopt);
      ++row;
    }
  }
  const std::vector<Runner> runners = Runners(program);
  for (std::size_t i = 0; i < program.shapes.size(); ++i) {
    CheckAll(program, runners, i, series);
  }
}

TEST_CASE("labels are compared with a value of 64 bits") {
  ir::Program program;
  program.shapes.push_back({{{SeriesOp::kLabelIs, 0, 0}, {SeriesOp::kStoreTruth, 0, 0}}});
  const std::vector<Runner> runners = Runners(program);
  const std::array<std::int64_t, 5> values = {0, 2, -1, 1LL << 32, (1LL << 32) + 2};
  for (std::int64_t value : values) {
    SeriesCase series;
    series.rows = 8;
    series.labels = {{{0, 1, 2, 3, 2, -1, 2, 0}, value}};
    series.truths_out.assign(1, Truths(8));
    CheckAll(program, runners, 0, series);
  }
}

TEST_CASE("a hold counts while there is data") {
  ir::Program program;
  program.shapes.push_back(
      {{{SeriesOp::kLoadTruth, 0, 0}, {SeriesOp::kHold, 0, 0}, {SeriesOp::kStoreTruth, 1, 0}}});
  const std::vector<Runner> runners = Runners(program);
  std::mt19937_64 random(7);
  SeriesCase series;
  series.rows = 64;
  series.step_ms = 15'000;
  series.tick_ms = -60'000;
  series.holds = {{Column<std::int64_t>(64, ir::kNotHeld), 45'000}};
  series.truths_in.assign(1, Truths(64));
  series.truths_out.assign(1, Truths(64));
  std::size_t held = 0;
  for (int tick = 0; tick < 100; ++tick, series.tick_ms += series.step_ms) {
    for (std::size_t row = 0; row < series.rows; ++row) {
      const auto pick = random() % 16;  // mostly true, so that holds are reached
      series.truths_in[0].Set(row, pick < 12 ? kTruths[1] : kTruths[pick % 3]);
    }
    CheckAll(program, runners, 0, series);
    RunReference(program.shapes[0], series);
    for (std::size_t row = 0; row < series.rows; ++row) {
      held += series.truths_out[0].Get(row) == true ? 1 : 0;
    }
  }
  CHECK(held > 500);
}

// A shape of random instructions over all slots, every register made before it is used, and stores
// of what was made last.
class RandomShape {
 public:
  explicit RandomShape(std::mt19937_64& random) : random_(random) {
    Add(SeriesOp::kLoadNumber, 0, 0, numbers_);
    Add(SeriesOp::kLoadNumber, 1, 0, numbers_);
    Add(SeriesOp::kConstant, 0, 0, numbers_);
    Add(SeriesOp::kLoadTruth, 0, 0, truths_);
    Add(SeriesOp::kLabelIs, 0, 0, truths_);
    const std::size_t length = 1 + random_() % 30;
    for (std::size_t i = 0; i < length; ++i) AddAny();
    // Each Hold has a state of its own.
    Add(SeriesOp::kHold, Any(truths_), 0, truths_);
    shape_.code.push_back({SeriesOp::kStoreNumber, numbers_.back(), 0});
    shape_.code.push_back({SeriesOp::kStoreNumber, Any(numbers_), 1});
    shape_.code.push_back({SeriesOp::kStoreTruth, truths_.back(), 0});
    shape_.code.push_back({SeriesOp::kStoreTruth, Any(truths_), 1});
  }
  const ir::Shape& shape() const { return shape_; }

 private:
  void AddAny() {
    static constexpr SeriesOp kOps[] = {
        SeriesOp::kAdd,          SeriesOp::kSubtract,  SeriesOp::kMultiply,  SeriesOp::kDivide,
        SeriesOp::kMinimum,      SeriesOp::kMaximum,   SeriesOp::kNegate,    SeriesOp::kAbsolute,
        SeriesOp::kNumberWhere,  SeriesOp::kLess,      SeriesOp::kLessEqual, SeriesOp::kGreater,
        SeriesOp::kGreaterEqual, SeriesOp::kEqual,     SeriesOp::kNotEqual,  SeriesOp::kAnd,
        SeriesOp::kOr,           SeriesOp::kNot,       SeriesOp::kIsAbsent,  SeriesOp::kOnlyWhere,
        SeriesOp::kTruthElse,    SeriesOp::kNumberElse};
    const std::size_t pick = random_() % std::size(kOps);
    if (kOps[pick] == SeriesOp::kNumberElse)
      return Add(kOps[pick], Any(numbers_), Any(numbers_), numbers_);
    if (pick < 8) return Add(kOps[pick], Any(numbers_), Any(numbers_), numbers_);
    if (pick == 8) return Add(kOps[pick], Any(numbers_), Any(truths_), numbers_);
    if (pick < 15) return Add(kOps[pick], Any(numbers_), Any(numbers_), truths_);
    Add(kOps[pick], Any(truths_), Any(truths_), truths_);
  }
  void Add(SeriesOp op, std::uint32_t a, std::uint32_t b, std::vector<std::uint32_t>& list) {
    list.push_back(static_cast<std::uint32_t>(shape_.code.size()));
    shape_.code.push_back({op, a, b});
  }
  std::uint32_t Any(const std::vector<std::uint32_t>& list) {
    return list[random_() % list.size()];
  }

  std::mt19937_64& random_;
  ir::Shape shape_;
  std::vector<std::uint32_t> numbers_;
  std::vector<std::uint32_t> truths_;
};

SeriesCase RandomCase(std::mt19937_64& random) {
  SeriesCase series;
  series.rows =
      8 * (random() % 40);  // also none, and more than a chunk of the interpreter is sure to have
  series.tick_ms = 1'000'000;
  series.step_ms = 15'000;
  series.numbers_in.assign(2, Numbers(series.rows));
  series.truths_in.assign(1, Truths(series.rows));
  series.numbers_out.assign(2, Numbers(series.rows));
  series.truths_out.assign(2, Truths(series.rows));
  series.constants = {kNumbers[random() % kNumbers.size()]};
  series.labels = {{Column<std::int32_t>(series.rows), 1}};
  series.holds = {{Column<std::int64_t>(series.rows, ir::kNotHeld), 30'000}};
  const auto any_number = [&]() -> std::optional<double> {
    if (random() % 8 == 0) return std::nullopt;
    return kNumbers[random() % kNumbers.size()];
  };
  for (std::size_t row = 0; row < series.rows; ++row) {
    for (Numbers& column : series.numbers_in) column.Set(row, any_number());
    series.truths_in[0].Set(row, kTruths[random() % 3]);
    series.labels[0].first[row] = static_cast<std::int32_t>(random() % 3);
    if (random() % 2 == 0)
      series.holds[0].first[row] = 960'000 + static_cast<std::int64_t>(random() % 30'000);
  }
  return series;
}

TEST_CASE("random shapes over random columns") {
  constexpr std::uint64_t kSeed = 20'240'517;
  INFO("seed " << kSeed);
  std::mt19937_64 random(kSeed);
  ir::Program program;
  for (int i = 0; i < 60; ++i) program.shapes.push_back(RandomShape(random).shape());
  const std::vector<Runner> runners = Runners(program);
  for (std::size_t i = 0; i < program.shapes.size(); ++i) {
    for (int round = 0; round < 4; ++round) CheckAll(program, runners, i, RandomCase(random));
  }
}

}  // namespace
}  // namespace tocsin::native
