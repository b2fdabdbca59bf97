// The rows of instructions.def as tables: what each instruction makes and takes. An operation's
// number is its place in its table; both executors, the verifier and the text form read the same
// rows.
#pragma once

#include <cstdint>
#include <iterator>
#include <string_view>

#include "runtime/ir/program.h"

namespace tocsin::ir {

// What an operand refers to. kNone: there is none, and it is 0.
enum class Operand : std::uint8_t {
  kNone,
  kNumber,  // registers of series code, by their sort
  kTruth,
  kNumberIn,  // slots of a kernel's binding, by its lists
  kTruthIn,
  kConstant,
  kLabelTest,
  kHoldSlot,
  kNumberOut,
  kTruthOut,
  kRegister,  // registers of machine code
  kLiteral,
  kField,  // a machine's own tables
  kInput,
  kTimer,
  kEffect,
  kChild,
};

struct InstructionRow {
  std::string_view name;
  Operand result;
  Operand a;
  Operand b;
};

inline constexpr InstructionRow kSeriesRows[] = {
#define TOCSIN_SERIES(name, result, a, b) {#name, Operand::k##result, Operand::k##a, Operand::k##b},
#include "runtime/ir/instructions.def"
#undef TOCSIN_SERIES
};
inline constexpr InstructionRow kScalarRows[] = {
#define TOCSIN_SCALAR(name, result, a, b) {#name, Operand::k##result, Operand::k##a, Operand::k##b},
#include "runtime/ir/instructions.def"
#undef TOCSIN_SCALAR
};

constexpr const InstructionRow& RowOf(SeriesOp op) {
  return kSeriesRows[static_cast<unsigned>(op)];
}
constexpr const InstructionRow& RowOf(ScalarOp op) {
  return kScalarRows[static_cast<unsigned>(op)];
}

// Whether an instruction changes something, and so may not stand in a guard.
constexpr bool HasEffect(ScalarOp op) { return RowOf(op).result == Operand::kNone; }

}  // namespace tocsin::ir
