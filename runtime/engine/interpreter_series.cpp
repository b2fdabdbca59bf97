#include "runtime/engine/interpreter_series.h"

#include <algorithm>

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
    Step step;
    step.run = FunctionOf(inst.op);
    step.inst = inst;
    step.makes_number = signature.result == Sort::kNumber;
    step.makes_truth = signature.result == Sort::kTruth;
    // A column is read in place unless a store, perhaps to the same column, comes before its last
    // read.
    const bool in_place = IsLoad(inst.op) && last_reads[i] <= first_store;
    if (IsRegister(signature.result) && !in_place) {
      step.buffer = step.makes_number ? numbers.Take() : truths.Take();
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
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    const Step& step = plan.steps[i];
    if (step.buffer == kNoBuffer) continue;
    if (step.makes_number) {
      NumberBuffer& buffer = numbers_[step.buffer];
      registers_[i].number = {buffer.values, buffer.known};
    } else {
      TruthBuffer& buffer = truths_[step.buffer];
      registers_[i].truth = {buffer.is_true, buffer.known};
    }
  }
  for (std::int64_t first = 0; first < frame.blocks; first += kChunkBlocks) {
    const std::int64_t blocks = std::min(kChunkBlocks, frame.blocks - first);
    for (std::size_t i = 0; i < plan.steps.size(); ++i) {
      const Step& step = plan.steps[i];
      const bool in_place = step.buffer == kNoBuffer;
      step.run({frame, registers_.data(), static_cast<std::uint32_t>(i), step.inst.a, step.inst.b,
                in_place, first, blocks});
    }
  }
}

}  // namespace tocsin::engine
