#include "runtime/engine/series_ops.h"

#include <cmath>
#include <cstring>

#include "runtime/engine/lanes.h"

namespace tocsin::engine {
namespace {

using ir::SeriesOp;

ir::NumberView At(ir::NumberView column, std::int64_t block) {
  return {column.values + block * ir::kLanes, column.known + block};
}
ir::TruthView At(ir::TruthView column, std::int64_t block) {
  return {column.is_true + block, column.known + block};
}
void Copy(ir::NumberView from, ir::NumberView to, std::int64_t blocks) {
  const auto rows = static_cast<std::size_t>(blocks * ir::kLanes);
  std::memmove(to.values, from.values, rows * sizeof(double));
  std::memmove(to.known, from.known, static_cast<std::size_t>(blocks));
}
void Copy(ir::TruthView from, ir::TruthView to, std::int64_t blocks) {
  std::memmove(to.is_true, from.is_true, static_cast<std::size_t>(blocks));
  std::memmove(to.known, from.known, static_cast<std::size_t>(blocks));
}
template <class Op>
void Arithmetic(const ChunkStep& s, Op op) {
  lanes::Arithmetic(s.NumberA(), s.NumberB(), s.NumberOut(), s.blocks, op);
}
template <class Op>
void Compare(const ChunkStep& s, Op op) {
  lanes::Comparison(s.NumberA(), s.NumberB(), s.TruthOut(), s.blocks, op);
}

// A new instruction has no function here, and so does not link.
template <SeriesOp op>
void Run(const ChunkStep& s);

template <>
void Run<SeriesOp::kLoadNumber>(const ChunkStep& s) {
  const ir::NumberView column = At(s.frame.numbers_in[s.a], s.first_block);
  if (s.in_place) {
    s.registers[s.result].number = column;
  } else {
    Copy(column, s.NumberOut(), s.blocks);
  }
}
template <>
void Run<SeriesOp::kLoadTruth>(const ChunkStep& s) {
  const ir::TruthView column = At(s.frame.truths_in[s.a], s.first_block);
  if (s.in_place) {
    s.registers[s.result].truth = column;
  } else {
    Copy(column, s.TruthOut(), s.blocks);
  }
}
template <>
void Run<SeriesOp::kConstant>(const ChunkStep& s) {
  lanes::Constant(s.frame.constants[s.a], s.NumberOut(), s.blocks);
}
template <>
void Run<SeriesOp::kLabelIs>(const ChunkStep& s) {
  const ir::LabelView& test = s.frame.label_tests[s.a];
  lanes::LabelIs(test.column + s.first_block * ir::kLanes, test.value, s.TruthOut(), s.blocks);
}

template <>
void Run<SeriesOp::kAdd>(const ChunkStep& s) {
  Arithmetic(s, [](double x, double y) { return x + y; });
}
template <>
void Run<SeriesOp::kSubtract>(const ChunkStep& s) {
  Arithmetic(s, [](double x, double y) { return x - y; });
}
template <>
void Run<SeriesOp::kMultiply>(const ChunkStep& s) {
  Arithmetic(s, [](double x, double y) { return x * y; });
}
template <>
void Run<SeriesOp::kDivide>(const ChunkStep& s) {
  Arithmetic(s, [](double x, double y) { return x / y; });
}
template <>
void Run<SeriesOp::kMinimum>(const ChunkStep& s) {
  Arithmetic(s, [](double x, double y) { return y < x ? y : x; });
}
template <>
void Run<SeriesOp::kMaximum>(const ChunkStep& s) {
  Arithmetic(s, [](double x, double y) { return y > x ? y : x; });
}
template <>
void Run<SeriesOp::kNegate>(const ChunkStep& s) {
  lanes::Unary(s.NumberA(), s.NumberOut(), s.blocks, [](double x) { return -x; });
}
template <>
void Run<SeriesOp::kAbsolute>(const ChunkStep& s) {
  lanes::Unary(s.NumberA(), s.NumberOut(), s.blocks, [](double x) { return std::fabs(x); });
}

template <>
void Run<SeriesOp::kLess>(const ChunkStep& s) {
  Compare(s, [](double x, double y) { return x < y; });
}
template <>
void Run<SeriesOp::kLessEqual>(const ChunkStep& s) {
  Compare(s, [](double x, double y) { return x <= y; });
}
template <>
void Run<SeriesOp::kGreater>(const ChunkStep& s) {
  Compare(s, [](double x, double y) { return x > y; });
}
template <>
void Run<SeriesOp::kGreaterEqual>(const ChunkStep& s) {
  Compare(s, [](double x, double y) { return x >= y; });
}
template <>
void Run<SeriesOp::kEqual>(const ChunkStep& s) {
  Compare(s, [](double x, double y) { return x == y; });
}
template <>
void Run<SeriesOp::kNotEqual>(const ChunkStep& s) {
  Compare(s, [](double x, double y) { return x != y; });
}

template <>
void Run<SeriesOp::kAnd>(const ChunkStep& s) {
  lanes::And(s.TruthA(), s.TruthB(), s.TruthOut(), s.blocks);
}
template <>
void Run<SeriesOp::kOr>(const ChunkStep& s) {
  lanes::Or(s.TruthA(), s.TruthB(), s.TruthOut(), s.blocks);
}
template <>
void Run<SeriesOp::kNot>(const ChunkStep& s) {
  lanes::Not(s.TruthA(), s.TruthOut(), s.blocks);
}
template <>
void Run<SeriesOp::kIsAbsent>(const ChunkStep& s) {
  lanes::IsAbsent(s.TruthA(), s.TruthOut(), s.blocks);
}
template <>
void Run<SeriesOp::kOnlyWhere>(const ChunkStep& s) {
  lanes::OnlyWhere(s.TruthA(), s.TruthB(), s.TruthOut(), s.blocks);
}
template <>
void Run<SeriesOp::kNumberWhere>(const ChunkStep& s) {
  lanes::NumberWhere(s.NumberA(), s.TruthB(), s.NumberOut(), s.blocks);
}
template <>
void Run<SeriesOp::kTruthElse>(const ChunkStep& s) {
  lanes::TruthElse(s.TruthA(), s.TruthB(), s.TruthOut(), s.blocks);
}
template <>
void Run<SeriesOp::kNumberElse>(const ChunkStep& s) {
  lanes::NumberElse(s.NumberA(), s.NumberB(), s.NumberOut(), s.blocks);
}
template <>
void Run<SeriesOp::kHold>(const ChunkStep& s) {
  const ir::HoldView& hold = s.frame.holds[s.b];
  lanes::Hold(s.TruthA(), hold.since + s.first_block * ir::kLanes, hold.duration_ms,
              s.frame.tick_ms, s.frame.step_ms, s.TruthOut(), s.blocks);
}
template <>
void Run<SeriesOp::kStoreNumber>(const ChunkStep& s) {
  Copy(s.NumberA(), At(s.frame.numbers_out[s.b], s.first_block), s.blocks);
}
template <>
void Run<SeriesOp::kStoreTruth>(const ChunkStep& s) {
  Copy(s.TruthA(), At(s.frame.truths_out[s.b], s.first_block), s.blocks);
}

constexpr StepFunction kFunctions[] = {
#define TOCSIN_SERIES(name, result, a, b) &Run<SeriesOp::k##name>,
#include "runtime/ir/instructions.def"
#undef TOCSIN_SERIES
};

}  // namespace

StepFunction FunctionOf(SeriesOp op) { return kFunctions[static_cast<std::size_t>(op)]; }

}  // namespace tocsin::engine
