#include "runtime/ir/verify_code.h"

#include "runtime/ir/instructions.h"

namespace tocsin::ir {
namespace {

std::string_view RoleWord(CodeRole role) { return role == CodeRole::kGuard ? "guard" : "action"; }

// Truths are 0 or 1. Executors need not agree on what `And` makes of anything else, so it is given
// nothing else.
bool IsTruth(const ScalarInst& inst) {
  switch (inst.op) {
    case ScalarOp::kLiteral:
      return inst.a == 0 || inst.a == 1;
    case ScalarOp::kInputTrue:
    case ScalarOp::kInputFalse:
    case ScalarOp::kEqual:
    case ScalarOp::kLess:
    case ScalarOp::kAnd:
    case ScalarOp::kOr:
    case ScalarOp::kNot:
      return true;
    case ScalarOp::kNow:
    case ScalarOp::kField:
    case ScalarOp::kAdd:
    case ScalarOp::kSetField:
    case ScalarOp::kArm:
    case ScalarOp::kCancel:
    case ScalarOp::kEmit:
    case ScalarOp::kSpawn:
    case ScalarOp::kEndChildren:
      return false;
  }
  return false;
}
bool TakesTruths(ScalarOp op) {
  return op == ScalarOp::kAnd || op == ScalarOp::kOr || op == ScalarOp::kNot;
}

class CodeCheck {
 public:
  CodeCheck(const Program& program, const Machine& machine, std::string_view owner, CodeRole role,
            const std::vector<ScalarInst>& code, Problems& problems)
      : program_(program),
        machine_(machine),
        owner_(owner),
        role_(role),
        code_(code),
        problems_(problems) {}

  void Run() {
    if (!problems_.Expect(code_.size() <= base::kMaxKernelInstructions,
                          "{}: its {} has {} instructions, expected at most {}", owner_,
                          RoleWord(role_), code_.size(), base::kMaxKernelInstructions)) {
      return;
    }
    for (at_ = 0; at_ < code_.size(); ++at_) {
      const ScalarInst& inst = code_[at_];
      const InstructionRow& row = RowOf(inst.op);
      Expect(role_ == CodeRole::kAction || !HasEffect(inst.op), "may only stand in an action");
      Check(row.a, inst.a);
      Check(row.b, inst.b);
      if (inst.op == ScalarOp::kSpawn) CheckSpawn(inst.a);
    }
    if (role_ == CodeRole::kGuard && !code_.empty()) {
      problems_.Expect(IsTruth(code_.back()), "{}: its guard ends in `{}`, which is not a truth",
                       owner_, RowOf(code_.back().op).name);
    }
  }

 private:
  template <class... Args>
  bool Expect(bool condition, fmt::format_string<Args...> text, Args&&... args) {
    if (condition) return true;
    problems_.Add("{}: instruction {} of its {} (`{}`) {}", owner_, at_, RoleWord(role_),
                  RowOf(code_[at_].op).name, fmt::format(text, std::forward<Args>(args)...));
    return false;
  }
  void Place(std::int64_t operand, std::size_t size, std::string_view what) {
    Expect(operand >= 0 && static_cast<std::uint64_t>(operand) < size,
           "refers to {} {}, the machine has {}", what, operand, size);
  }
  void Check(Operand sort, std::int64_t operand) {
    switch (sort) {
      case Operand::kNone:
        Expect(operand == 0, "has {} where it takes nothing", operand);
        return;
      case Operand::kRegister:
        CheckRegister(operand);
        return;
      case Operand::kField:
        return Place(operand, machine_.fields.size(), "field");
      case Operand::kInput:
        return Place(operand, machine_.inputs.size(), "input");
      case Operand::kTimer:
        return Place(operand, machine_.timers.size(), "timer");
      case Operand::kEffect:
        return Place(operand, machine_.effects.size(), "effect");
      case Operand::kChild:
        return Place(operand, machine_.children.size(), "child");
      case Operand::kLiteral:
      case Operand::kNumber:
      case Operand::kTruth:
      case Operand::kNumberIn:
      case Operand::kTruthIn:
      case Operand::kConstant:
      case Operand::kLabelTest:
      case Operand::kHoldSlot:
      case Operand::kNumberOut:
      case Operand::kTruthOut:
        return;
    }
  }
  void CheckRegister(std::int64_t operand) {
    if (!Expect(operand >= 0 && static_cast<std::uint64_t>(operand) < at_,
                "takes a value, register {} is not made before it", operand)) {
      return;
    }
    const ScalarInst& made = code_[static_cast<std::size_t>(operand)];
    if (!Expect(!HasEffect(made.op), "takes a value, register {} is nothing", operand)) return;
    Expect(!TakesTruths(code_[at_].op) || IsTruth(made), "takes truths, register {} (`{}`) is none",
           operand, RowOf(made.op).name);
  }
  void CheckSpawn(std::int64_t child) {
    if (child < 0 || static_cast<std::uint64_t>(child) >= machine_.children.size()) return;
    const MachineId id = machine_.children[static_cast<std::size_t>(child)];
    if (!Within(id, program_.machines)) return;
    Expect(program_.machines[id.index].key == KeyKind::kParent,
           "starts `{}`, which is not one for each parent", program_.machines[id.index].name);
  }

  const Program& program_;
  const Machine& machine_;
  std::string_view owner_;
  CodeRole role_;
  const std::vector<ScalarInst>& code_;
  Problems& problems_;
  std::size_t at_ = 0;
};

}  // namespace

void VerifyCode(const Program& program, const Machine& machine, std::string_view owner,
                CodeRole role, const std::vector<ScalarInst>& code, Problems& problems) {
  CodeCheck(program, machine, owner, role, code, problems).Run();
}

}  // namespace tocsin::ir
