#include "runtime/ir/builder.h"

#include <algorithm>
#include <bit>

#include "runtime/base/check.h"
#include "runtime/ir/instructions.h"

namespace tocsin::ir {
namespace {

// The place of `key` in a list of slots, where `value` is added unless it is there.
template <class Key, class Value>
std::uint32_t SlotOf(std::map<Key, std::uint32_t>& slots, const Key& key, std::vector<Value>& list,
                     Value value) {
  const auto [found, is_new] = slots.emplace(key, static_cast<std::uint32_t>(list.size()));
  if (is_new) list.push_back(std::move(value));
  return found->second;
}

bool Fits(Operand wanted, Reg reg) {
  switch (wanted) {
    case Operand::kNone:
      return !reg.valid();
    case Operand::kNumber:
      return reg.valid() && !reg.truth;
    case Operand::kTruth:
      return reg.valid() && reg.truth;
    default:
      return false;
  }
}

}  // namespace

KernelBuilder::KernelBuilder(Program& program, SpaceId space, std::string name)
    : program_(program) {
  kernel_.space = space;
  kernel_.name = std::move(name);
}

Reg KernelBuilder::Make(SeriesOp op, std::uint32_t a, std::uint32_t b) {
  const bool truth = RowOf(op).result == Operand::kTruth;
  const auto place = static_cast<std::uint32_t>(shape_.code.size());
  const auto [found, is_new] = made_.emplace(std::tuple(op, a, b), place);
  if (is_new) shape_.code.push_back({op, a, b});
  return {found->second, truth};
}

Reg KernelBuilder::Load(NumberColumnId column) {
  return Make(SeriesOp::kLoadNumber, SlotOf(numbers_in_, column, kernel_.numbers_in, column), 0);
}
Reg KernelBuilder::Load(TruthColumnId column) {
  return Make(SeriesOp::kLoadTruth, SlotOf(truths_in_, column, kernel_.truths_in, column), 0);
}
Reg KernelBuilder::Constant(double value) {
  const auto bits = std::bit_cast<std::uint64_t>(value);
  return Make(SeriesOp::kConstant, SlotOf(constants_, bits, kernel_.constants, value), 0);
}
Reg KernelBuilder::LabelIs(std::uint32_t label, std::string_view value) {
  const std::pair key(label, std::string(value));
  const auto slot = SlotOf(label_tests_, key, kernel_.label_tests, LabelTest{label, key.second});
  return Make(SeriesOp::kLabelIs, slot, 0);
}

Reg KernelBuilder::Apply(SeriesOp op, Reg a, Reg b) {
  const InstructionRow& row = RowOf(op);
  TOCSIN_CHECK(Fits(row.a, a) && Fits(row.b, b),
               "an instruction was given operands it cannot take");
  if ((op == SeriesOp::kAnd || op == SeriesOp::kOr) && a.index == b.index) return a;
  return Make(op, a.index, row.b == Operand::kNone ? 0 : b.index);
}

Reg KernelBuilder::Hold(Reg truth, HoldColumnId state, values::Duration duration_ms) {
  TOCSIN_CHECK(Fits(Operand::kTruth, truth), "only a truth can be held");
  const auto slot = static_cast<std::uint32_t>(kernel_.holds.size());
  kernel_.holds.push_back({state, duration_ms});
  return Make(SeriesOp::kHold, truth.index, slot);
}

void KernelBuilder::Store(Reg number, NumberColumnId column) {
  TOCSIN_CHECK(Fits(Operand::kNumber, number), "a column of numbers takes a number");
  const auto slot = static_cast<std::uint32_t>(kernel_.numbers_out.size());
  kernel_.numbers_out.push_back(column);
  Make(SeriesOp::kStoreNumber, number.index, slot);
}
void KernelBuilder::Store(Reg truth, TruthColumnId column) {
  TOCSIN_CHECK(Fits(Operand::kTruth, truth), "a column of truths takes a truth");
  const auto slot = static_cast<std::uint32_t>(kernel_.truths_out.size());
  kernel_.truths_out.push_back(column);
  Make(SeriesOp::kStoreTruth, truth.index, slot);
}

// What names a slot of the kernel is kept, so that no slot is without use.
void KernelBuilder::DropUnused() {
  std::vector<SeriesInst>& code = shape_.code;
  const auto is_register = [](Operand operand) {
    return operand == Operand::kNumber || operand == Operand::kTruth;
  };
  const auto is_slot = [&](Operand operand) {
    return operand != Operand::kNone && !is_register(operand);
  };
  std::vector<bool> used(code.size());
  for (std::size_t i = code.size(); i-- > 0;) {
    const InstructionRow& row = RowOf(code[i].op);
    used[i] = used[i] || is_slot(row.a) || is_slot(row.b);
    if (used[i] && is_register(row.a)) used[code[i].a] = true;
    if (used[i] && is_register(row.b)) used[code[i].b] = true;
  }
  std::vector<std::uint32_t> places(code.size());
  std::uint32_t kept = 0;
  for (std::size_t i = 0; i < code.size(); ++i) {
    if (!used[i]) continue;
    SeriesInst inst = code[i];
    const InstructionRow& row = RowOf(inst.op);
    if (is_register(row.a)) inst.a = places[inst.a];
    if (is_register(row.b)) inst.b = places[inst.b];
    places[i] = kept;
    code[kept++] = inst;
  }
  code.resize(kept);
}

KernelId KernelBuilder::Finish(Place place) {
  DropUnused();
  const auto found = std::find(program_.shapes.begin(), program_.shapes.end(), shape_);
  kernel_.shape = ShapeId(static_cast<std::size_t>(found - program_.shapes.begin()));
  if (found == program_.shapes.end()) program_.shapes.push_back(std::move(shape_));
  kernel_.place = std::move(place);
  program_.kernels.push_back(std::move(kernel_));
  return KernelId(program_.kernels.size() - 1);
}

}  // namespace tocsin::ir
