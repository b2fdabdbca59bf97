// Each instruction, and long random kernels, against a reference that works on one row at a time.
#include <doctest/doctest.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <random>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/engine/interpreter.h"

using namespace tocsin;
using ir::SeriesInst;
using ir::SeriesOp;

namespace {

struct Cell {
  double value = 0;
  bool is_true = false;
  bool known = false;
};

// Two columns of numbers, three of truths, a label and a hold, and what a kernel stores.
struct World {
  explicit World(std::int64_t block_count) : blocks(block_count) {
    const auto rows = static_cast<std::size_t>(blocks * ir::kLanes);
    for (auto* column :
         {&in[0], &in[1], &truth[0], &truth[1], &truth[2], &number_out, &truth_out}) {
      column->resize(rows);
    }
    labels.resize(rows);
    since.assign(rows, ir::kNotHeld);
  }
  std::int64_t blocks;
  std::int64_t tick = 150'000;
  std::vector<Cell> in[2], truth[3];
  std::vector<std::int32_t> labels;
  std::vector<std::int64_t> since;
  std::vector<Cell> number_out, truth_out;
};
constexpr double kConstants[] = {0.0, -1.5, 1e308};
constexpr std::int64_t kHoldMs = 30'000;
constexpr std::int64_t kStepMs = 15'000;
constexpr std::int32_t kLabel = 3;

Cell Number(double value, bool known) {
  known = known && std::isfinite(value);
  return {known ? value : 0.0, false, known};
}
Cell Truth(bool is_true, bool known) { return {0, is_true && known, known}; }

Cell HoldReference(const Cell& x, std::int64_t tick, std::int64_t& since) {
  if (!x.known) {
    if (since != ir::kNotHeld) since += kStepMs;
    return Truth(false, false);
  }
  if (!x.is_true) {
    since = ir::kNotHeld;
    return Truth(false, true);
  }
  if (since == ir::kNotHeld) since = tick;
  return Truth(tick - since >= kHoldMs, true);
}

Cell Compute(World& world, const SeriesInst& inst, const std::vector<Cell>& registers,
             std::size_t row) {
  const Cell a = inst.a < registers.size() ? registers[inst.a] : Cell{};
  const Cell b = inst.b < registers.size() ? registers[inst.b] : Cell{};
  const bool both = a.known && b.known;
  const bool a_false = a.known && !a.is_true;
  const bool b_false = b.known && !b.is_true;
  switch (inst.op) {
    case SeriesOp::kLoadNumber:
      return world.in[inst.a][row];
    case SeriesOp::kLoadTruth:
      return world.truth[inst.a][row];
    case SeriesOp::kConstant:
      return Number(kConstants[inst.a], true);
    case SeriesOp::kLabelIs:
      return Truth(world.labels[row] == kLabel, true);
    case SeriesOp::kAdd:
      return Number(a.value + b.value, both);
    case SeriesOp::kSubtract:
      return Number(a.value - b.value, both);
    case SeriesOp::kMultiply:
      return Number(a.value * b.value, both);
    case SeriesOp::kDivide:
      return Number(a.value / b.value, both);
    case SeriesOp::kMinimum:
      return Number(b.value < a.value ? b.value : a.value, both);
    case SeriesOp::kMaximum:
      return Number(b.value > a.value ? b.value : a.value, both);
    case SeriesOp::kNegate:
      return Number(-a.value, a.known);
    case SeriesOp::kAbsolute:
      return Number(std::fabs(a.value), a.known);
    case SeriesOp::kLess:
      return Truth(a.value < b.value, both);
    case SeriesOp::kLessEqual:
      return Truth(a.value <= b.value, both);
    case SeriesOp::kGreater:
      return Truth(a.value > b.value, both);
    case SeriesOp::kGreaterEqual:
      return Truth(a.value >= b.value, both);
    case SeriesOp::kEqual:
      return Truth(a.value == b.value, both);
    case SeriesOp::kNotEqual:
      return Truth(a.value != b.value, both);
    case SeriesOp::kAnd:
      return Truth(a.is_true && b.is_true, both || a_false || b_false);
    case SeriesOp::kOr:
      return Truth(a.is_true || b.is_true, both || a.is_true || b.is_true);
    case SeriesOp::kNot:
      return Truth(!a.is_true, a.known);
    case SeriesOp::kIsAbsent:
      return Truth(!a.known, true);
    case SeriesOp::kOnlyWhere:
      return Truth(a.is_true, a.known && b.is_true);
    case SeriesOp::kNumberWhere:
      return Number(a.value, a.known && b.is_true);
    case SeriesOp::kTruthElse:
    case SeriesOp::kNumberElse:
      return a.known ? a : b;
    case SeriesOp::kHold:
      return HoldReference(a, world.tick, world.since[row]);
    case SeriesOp::kStoreNumber:
      return world.number_out[row] = a;
    case SeriesOp::kStoreTruth:
      return world.truth_out[row] = a;
  }
  return {};
}

void RunReference(World& world, const std::vector<SeriesInst>& code) {
  for (std::size_t row = 0; row < world.labels.size(); ++row) {
    std::vector<Cell> registers;
    for (const SeriesInst& inst : code) registers.push_back(Compute(world, inst, registers, row));
  }
}

struct Column {
  explicit Column(const std::vector<Cell>& cells)
      : values(cells.size()), is_true(cells.size() / 8), known(cells.size() / 8) {
    for (std::size_t row = 0; row < cells.size(); ++row) {
      values[row] = cells[row].value;
      if (cells[row].is_true) is_true[row / 8] |= static_cast<std::uint8_t>(1u << row % 8);
      if (cells[row].known) known[row / 8] |= static_cast<std::uint8_t>(1u << row % 8);
    }
  }
  ir::NumberView Number() { return {values.data(), known.data()}; }
  ir::TruthView Truth() { return {is_true.data(), known.data()}; }
  std::vector<double> values;
  std::vector<std::uint8_t> is_true, known;
};

void RunInterpreter(World& world, const std::vector<SeriesInst>& code) {
  ir::Program program;
  program.shapes.push_back({code});
  Column in0(world.in[0]), in1(world.in[1]);
  Column truth0(world.truth[0]), truth1(world.truth[1]), truth2(world.truth[2]);
  Column number_out(world.number_out), truth_out(world.truth_out);
  const ir::NumberView numbers[] = {in0.Number(), in1.Number()};
  const ir::TruthView truths[] = {truth0.Truth(), truth1.Truth(), truth2.Truth()};
  const ir::LabelView label[] = {{world.labels.data(), kLabel}};
  const ir::HoldView hold[] = {{world.since.data(), kHoldMs}};
  const ir::NumberView numbers_out[] = {number_out.Number()};
  const ir::TruthView truths_out[] = {truth_out.Truth()};
  engine::MakeInterpreter(program)->RunKernel(
      ir::ShapeId(0), {world.blocks, world.tick, kStepMs, numbers, truths, kConstants, label, hold,
                       numbers_out, truths_out});
  for (std::size_t row = 0; row < world.labels.size(); ++row) {
    auto bit = [row](const std::vector<std::uint8_t>& bits) {
      return (bits[row / 8] >> row % 8 & 1) != 0;
    };
    world.number_out[row] = {number_out.values[row], false, bit(number_out.known)};
    world.truth_out[row] = {0, bit(truth_out.is_true), bit(truth_out.known)};
  }
}

bool SameBits(const std::vector<Cell>& a, const std::vector<Cell>& b) {
  for (std::size_t row = 0; row < a.size(); ++row) {
    if (std::memcmp(&a[row].value, &b[row].value, sizeof(double)) != 0) return false;
    if (a[row].is_true != b[row].is_true || a[row].known != b[row].known) return false;
  }
  return true;
}

World RandomWorld(std::mt19937_64& random, std::int64_t blocks) {
  const double odd[] = {0.0,    -0.0,   1.0,    -1.0,
                        0.1,    3.0,    -7.25,  std::numeric_limits<double>::max(),
                        -1e308, 5e-324, 1e-308, std::numeric_limits<double>::lowest()};
  World world(blocks);
  for (std::size_t row = 0; row < world.labels.size(); ++row) {
    for (auto& column : world.in)
      column[row] = Number(odd[random() % std::size(odd)], random() % 4 != 0);
    for (auto& column : world.truth) column[row] = Truth(random() % 2 == 0, random() % 3 != 0);
    world.labels[row] = static_cast<std::int32_t>(random() % 5);
    if (random() % 2 == 0)
      world.since[row] = world.tick - static_cast<std::int64_t>(random() % 4) * kStepMs;
  }
  return world;
}

void CheckSame(World world, const std::vector<SeriesInst>& code) {
  World reference = world;
  for (int tick = 0; tick < 2; ++tick) {  // twice, so that what Hold kept is read again
    RunInterpreter(world, code);
    RunReference(reference, code);
    CHECK(SameBits(world.number_out, reference.number_out));
    CHECK(SameBits(world.truth_out, reference.truth_out));
    CHECK(world.since == reference.since);
    world.tick += kStepMs;
    reference.tick += kStepMs;
  }
}

struct Row {
  SeriesOp op;
  char result, a, b;  // n(umber), t(ruth), - for anything else
};
constexpr char Sort(std::string_view word) {
  return word == "Number" ? 'n' : word == "Truth" ? 't' : word == "None" ? '0' : '-';
}
constexpr Row kRows[] = {
#define TOCSIN_SERIES(name, result, a, b) {SeriesOp::k##name, Sort(#result), Sort(#a), Sort(#b)},
#include "runtime/ir/instructions.def"
#undef TOCSIN_SERIES
};

}  // namespace

TEST_SUITE_BEGIN("engine: series interpreter");
TEST_CASE("each instruction agrees with the reference to the bit, whatever the rows hold") {
  std::mt19937_64 random(1);
  for (const std::int64_t blocks : {1, 127, 128, 129, 300}) {
    const World world = RandomWorld(random, blocks);
    for (const Row& row : kRows) {
      if (row.result == '0') continue;
      CAPTURE(static_cast<int>(row.op));
      std::vector<SeriesInst> code = {{SeriesOp::kLoadNumber, 0, 0},
                                      {SeriesOp::kLoadNumber, 1, 0},
                                      {SeriesOp::kLoadTruth, 0, 0},
                                      {SeriesOp::kLoadTruth, 1, 0}};
      const std::uint32_t a = row.a == 'n' ? 0 : row.a == 't' ? 2 : 0;
      const std::uint32_t b = row.b == 'n' ? 1 : row.b == 't' ? 3 : 0;
      code.push_back({row.op, a, b});
      code.push_back({row.result == 'n' ? SeriesOp::kStoreNumber : SeriesOp::kStoreTruth, 4, 0});
      CheckSame(world, code);
    }
  }
}

TEST_CASE("long random kernels agree, so that no buffer is taken while it is still read") {
  std::mt19937_64 random(2);
  for (int round = 0; round < 150; ++round) {
    CAPTURE(round);
    std::vector<SeriesInst> code = {
        {SeriesOp::kLoadNumber, 0, 0}, {SeriesOp::kLoadNumber, 1, 0}, {SeriesOp::kLoadTruth, 2, 0}};
    std::vector<std::uint32_t> numbers = {0, 1}, truths = {2};
    bool held = false;
    while (code.size() < 60) {
      const Row& row = kRows[random() % std::size(kRows)];
      if (row.op == SeriesOp::kHold && std::exchange(held, true)) continue;
      auto operand = [&](char sort, std::size_t slots) {
        if (sort == 'n') return numbers[random() % numbers.size()];
        if (sort == 't') return truths[random() % truths.size()];
        return static_cast<std::uint32_t>(random() % slots);
      };
      const std::size_t slots = row.op == SeriesOp::kLoadNumber ? 2
                                : row.op == SeriesOp::kLoadTruth || row.op == SeriesOp::kConstant
                                    ? 3
                                    : 1;
      const std::uint32_t a = operand(row.a, slots);
      const std::uint32_t b = operand(row.b, 1);
      if (row.result == 'n') numbers.push_back(static_cast<std::uint32_t>(code.size()));
      if (row.result == 't') truths.push_back(static_cast<std::uint32_t>(code.size()));
      code.push_back({row.op, a, b});
    }
    CheckSame(RandomWorld(random, 130), code);
  }
}

TEST_CASE("a column that is stored to is still read as it was loaded") {
  ir::Program program;
  program.shapes.push_back({{{SeriesOp::kLoadNumber, 0, 0},
                             {SeriesOp::kNegate, 0, 0},
                             {SeriesOp::kStoreNumber, 1, 0},
                             {SeriesOp::kStoreNumber, 0, 1}}});
  double column[8] = {1, 2, 3, 4, 5, 6, 7, 8}, other[8] = {};
  std::uint8_t known = 0xff, other_known = 0;
  const ir::NumberView in[] = {{column, &known}};
  const ir::NumberView out[] = {{column, &known}, {other, &other_known}};
  ir::KernelFrame frame{};
  frame.blocks = 1;
  frame.numbers_in = in;
  frame.numbers_out = out;
  engine::MakeInterpreter(program)->RunKernel(ir::ShapeId(0), frame);
  CHECK(column[2] == -3);
  CHECK(other[2] == 3);
  CHECK(other_known == 0xff);
}
TEST_SUITE_END();
