// How the text form writes operands: a register as `%3`, a place in a list after the list's word,
// `input 0`.
#pragma once

#include <string_view>

#include "runtime/ir/instructions.h"

namespace tocsin::ir {

constexpr std::string_view SlotPrefix(Operand sort) {
  switch (sort) {
    case Operand::kNone:
    case Operand::kLiteral:
      return "";
    case Operand::kNumber:
    case Operand::kTruth:
    case Operand::kRegister:
      return "%";
    case Operand::kNumberIn:
    case Operand::kTruthIn:
      return "in ";
    case Operand::kConstant:
      return "constant ";
    case Operand::kLabelTest:
      return "test ";
    case Operand::kHoldSlot:
      return "hold ";
    case Operand::kNumberOut:
    case Operand::kTruthOut:
      return "out ";
    case Operand::kField:
      return "field ";
    case Operand::kInput:
      return "input ";
    case Operand::kTimer:
      return "timer ";
    case Operand::kEffect:
      return "effect ";
    case Operand::kChild:
      return "child ";
  }
  return "";
}

}  // namespace tocsin::ir
