#include "runtime/engine/interpreter_series.h"

#include <algorithm>
#include <cstring>

#include "runtime/engine/lanes.h"

namespace tocsin::engine {
namespace {

using ir::SeriesOp;

// What an operand or a result of an instruction is, as instructions.def names it.
enum class Sort : std::uint8_t {
  kNone,
  kNumber,
  kTruth,
  kNumberIn,
  kTruthIn,
  kConstant,
  kLabelTest,
  kHoldSlot,
  kNumberOut,
  kTruthOut
};
struct Signature {
  Sort result, a, b;
};
constexpr Signature kSignatures[] = {
#define TOCSIN_SERIES(name, result, a, b) {Sort::k##result, Sort::k##a, Sort::k##b},
#include "runtime/ir/instructions.def"
#undef TOCSIN_SERIES
};

const Signature& SignatureOf(SeriesOp op) { return kSignatures[static_cast<std::size_t>(op)]; }
bool IsRegister(Sort sort) { return sort == Sort::kNumber || sort == Sort::kTruth; }
bool IsLoad(SeriesOp op) { return op == SeriesOp::kLoadNumber || op == SeriesOp::kLoadTruth; }

// The place of the last instruction that reads each register.
std::vector<std::size_t> LastReads(const ir::Shape& shape) {
  std::vector<std::size_t> last(shape.code.size(), 0);
  for (std::size_t i = 0; i < shape.code.size(); ++i) {
    const Signature& signature = SignatureOf(shape.code[i].op);
    if (IsRegister(signature.a)) last[shape.code[i].a] = i;
    if (IsRegister(signature.b)) last[shape.code[i].b] = i;
  }
  return last;
}

// Buffers of one sort: hands out the one that was given back last, so that it is still in the
// cache.
class BufferPool {
 public:
  std::uint32_t Take() {
    if (free_.empty()) return count_++;
    const std::uint32_t buffer = free_.back();
    free_.pop_back();
    return buffer;
  }
  void GiveBack(std::uint32_t buffer) { free_.push_back(buffer); }
  std::uint32_t count() const { return count_; }

 private:
  std::vector<std::uint32_t> free_;
  std::uint32_t count_ = 0;
};

}  // namespace

SeriesInterpreter::Plan SeriesInterpreter::MakePlan(const ir::Shape& shape) {
  const std::vector<std::size_t> last_reads = LastReads(shape);
  const auto first_store = static_cast<std::size_t>(
      std::ranges::find_if(
          shape.code,
          [](const ir::SeriesInst& inst) { return SignatureOf(inst.op).result == Sort::kNone; }) -
      shape.code.begin());
  Plan plan;
  BufferPool numbers;
  BufferPool truths;
  for (std::size_t i = 0; i < shape.code.size(); ++i) {
    const ir::SeriesInst& inst = shape.code[i];
    const Signature& signature = SignatureOf(inst.op);
    Step step{inst, kNoBuffer};
    // A column is read in place unless a store, perhaps to the same column, comes before its last
    // read.
    const bool in_place = IsLoad(inst.op) && last_reads[i] <= first_store;
    if (IsRegister(signature.result) && !in_place) {
      step.buffer = signature.result == Sort::kNumber ? numbers.Take() : truths.Take();
    }
    plan.steps.push_back(step);
    // Buffers go back only after the result has its own: an instruction may read lanes after it
    // wrote others.
    auto give_back = [&](Sort sort, std::uint32_t reg) {
      if (!IsRegister(sort) || last_reads[reg] != i || plan.steps[reg].buffer == kNoBuffer) return;
      (sort == Sort::kNumber ? numbers : truths).GiveBack(plan.steps[reg].buffer);
    };
    give_back(signature.a, inst.a);
    if (signature.b != signature.a || inst.b != inst.a) give_back(signature.b, inst.b);
  }
  plan.number_buffers = numbers.count();
  plan.truth_buffers = truths.count();
  return plan;
}

SeriesInterpreter::SeriesInterpreter(const ir::Program& program) {
  std::uint32_t numbers = 0;
  std::uint32_t truths = 0;
  std::size_t registers = 0;
  for (const ir::Shape& shape : program.shapes) {
    const Plan& plan = plans_.emplace_back(MakePlan(shape));
    numbers = std::max(numbers, plan.number_buffers);
    truths = std::max(truths, plan.truth_buffers);
    registers = std::max(registers, plan.steps.size());
  }
  numbers_.resize(numbers);
  truths_.resize(truths);
  registers_.resize(registers);
}

void SeriesInterpreter::Run(ir::ShapeId shape, const ir::KernelFrame& frame) {
  const Plan& plan = plans_[shape.index];
  for (std::int64_t first = 0; first < frame.blocks; first += kChunkBlocks) {
    const std::int64_t blocks = std::min(kChunkBlocks, frame.blocks - first);
    for (std::size_t i = 0; i < plan.steps.size(); ++i) {
      RunStep(i, plan.steps[i], frame, first, blocks);
    }
  }
}

namespace {

void CopyNumbers(ir::NumberView from, ir::NumberView to, std::int64_t blocks) {
  std::memmove(to.values, from.values,
               static_cast<std::size_t>(blocks * ir::kLanes) * sizeof(double));
  std::memmove(to.known, from.known, static_cast<std::size_t>(blocks));
}
void CopyTruths(ir::TruthView from, ir::TruthView to, std::int64_t blocks) {
  std::memmove(to.is_true, from.is_true, static_cast<std::size_t>(blocks));
  std::memmove(to.known, from.known, static_cast<std::size_t>(blocks));
}
ir::NumberView At(ir::NumberView column, std::int64_t block) {
  return {column.values + block * ir::kLanes, column.known + block};
}
ir::TruthView At(ir::TruthView column, std::int64_t block) {
  return {column.is_true + block, column.known + block};
}

}  // namespace

// One case for each instruction: longer than a function should be, but each case is one line.
void SeriesInterpreter::RunStep(std::size_t index, const Step& step, const ir::KernelFrame& frame,
                                std::int64_t first_block, std::int64_t blocks) {
  const std::uint32_t a = step.inst.a;
  const std::uint32_t b = step.inst.b;
  ir::NumberView number{};
  ir::TruthView truth{};
  const Sort result = SignatureOf(step.inst.op).result;
  if (step.buffer != kNoBuffer && result == Sort::kNumber) {
    number = {numbers_[step.buffer].values, numbers_[step.buffer].known};
    registers_[index].number = number;
  } else if (step.buffer != kNoBuffer && result == Sort::kTruth) {
    truth = {truths_[step.buffer].is_true, truths_[step.buffer].known};
    registers_[index].truth = truth;
  }
  auto arithmetic = [&](auto op) { lanes::Arithmetic(Number(a), Number(b), number, blocks, op); };
  auto comparison = [&](auto op) { lanes::Comparison(Number(a), Number(b), truth, blocks, op); };
  switch (step.inst.op) {
    case SeriesOp::kLoadNumber: {
      const ir::NumberView column = At(frame.numbers_in[a], first_block);
      if (step.buffer == kNoBuffer) return void(registers_[index].number = column);
      return CopyNumbers(column, number, blocks);
    }
    case SeriesOp::kLoadTruth: {
      const ir::TruthView column = At(frame.truths_in[a], first_block);
      if (step.buffer == kNoBuffer) return void(registers_[index].truth = column);
      return CopyTruths(column, truth, blocks);
    }
    case SeriesOp::kConstant:
      return lanes::Constant(frame.constants[a], number, blocks);
    case SeriesOp::kLabelIs:
      return lanes::LabelIs(frame.label_tests[a].column + first_block * ir::kLanes,
                            frame.label_tests[a].value, truth, blocks);
    case SeriesOp::kAdd:
      return arithmetic([](double x, double y) { return x + y; });
    case SeriesOp::kSubtract:
      return arithmetic([](double x, double y) { return x - y; });
    case SeriesOp::kMultiply:
      return arithmetic([](double x, double y) { return x * y; });
    case SeriesOp::kDivide:
      return arithmetic([](double x, double y) { return x / y; });
    case SeriesOp::kMinimum:
      return arithmetic([](double x, double y) { return y < x ? y : x; });
    case SeriesOp::kMaximum:
      return arithmetic([](double x, double y) { return y > x ? y : x; });
    case SeriesOp::kNegate:
      return lanes::Unary(Number(a), number, blocks, [](double x) { return -x; });
    case SeriesOp::kAbsolute:
      return lanes::Unary(Number(a), number, blocks, [](double x) { return std::fabs(x); });
    case SeriesOp::kLess:
      return comparison([](double x, double y) { return x < y; });
    case SeriesOp::kLessEqual:
      return comparison([](double x, double y) { return x <= y; });
    case SeriesOp::kGreater:
      return comparison([](double x, double y) { return x > y; });
    case SeriesOp::kGreaterEqual:
      return comparison([](double x, double y) { return x >= y; });
    case SeriesOp::kEqual:
      return comparison([](double x, double y) { return x == y; });
    case SeriesOp::kNotEqual:
      return comparison([](double x, double y) { return x != y; });
    case SeriesOp::kAnd:
      return lanes::And(Truth(a), Truth(b), truth, blocks);
    case SeriesOp::kOr:
      return lanes::Or(Truth(a), Truth(b), truth, blocks);
    case SeriesOp::kNot:
      return lanes::Not(Truth(a), truth, blocks);
    case SeriesOp::kIsAbsent:
      return lanes::IsAbsent(Truth(a), truth, blocks);
    case SeriesOp::kOnlyWhere:
      return lanes::OnlyWhere(Truth(a), Truth(b), truth, blocks);
    case SeriesOp::kNumberWhere:
      return lanes::NumberWhere(Number(a), Truth(b), number, blocks);
    case SeriesOp::kHold:
      return lanes::Hold(Truth(a), frame.holds[b].since + first_block * ir::kLanes,
                         frame.holds[b].duration_ms, frame.tick_ms, frame.step_ms, truth, blocks);
    case SeriesOp::kStoreNumber:
      return CopyNumbers(Number(a), At(frame.numbers_out[b], first_block), blocks);
    case SeriesOp::kStoreTruth:
      return CopyTruths(Truth(a), At(frame.truths_out[b], first_block), blocks);
  }
}

}  // namespace tocsin::engine
