#include "compiler/emit/machines.h"

#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/Module.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "runtime/ir/frames.h"

namespace tocsin::emit {
namespace {

using llvm::BasicBlock;
using llvm::Value;

class MachineBuilder {
 public:
  MachineBuilder(llvm::Module& module, std::size_t number, const ir::Machine& machine)
      : module_(module), machine_(machine), number_(number), code_(module.getContext()) {}

  // One block for each state, and in it the tests of the transitions that may leave it, in their
  // order.
  void BuildSelect() {
    Begin("select_", {code_.getPtrTy()}, code_.getInt64Ty());
    BasicBlock* none = Block("none");
    Value* state = Load(offsetof(ir::MachineFrame, state));
    trigger_ = Load(offsetof(ir::MachineFrame, trigger));
    argument_ = Load(offsetof(ir::MachineFrame, argument));
    llvm::SwitchInst* choice = code_.CreateSwitch(state, none);
    for (std::uint32_t i = 0; i < machine_.states.size(); ++i) {
      BasicBlock* tests = Block("state_" + std::to_string(i));
      choice->addCase(code_.getInt64(i), tests);
      code_.SetInsertPoint(tests);
      for (std::size_t t = 0; t < machine_.transitions.size(); ++t) {
        if (Leaves(machine_.transitions[t], i)) AddTest(t);
      }
      code_.CreateBr(none);
    }
    code_.SetInsertPoint(none);
    code_.CreateRet(llvm::ConstantInt::getSigned(code_.getInt64Ty(), -1));
  }

  void BuildAct() {
    Begin("act_", {code_.getPtrTy(), code_.getInt64Ty()}, code_.getVoidTy());
    BasicBlock* done = Block("done");
    llvm::SwitchInst* choice = code_.CreateSwitch(function_->getArg(1), done);
    for (std::size_t t = 0; t < machine_.transitions.size(); ++t) {
      if (machine_.transitions[t].action.empty()) continue;
      BasicBlock* action = Block("transition_" + std::to_string(t));
      choice->addCase(code_.getInt64(t), action);
      code_.SetInsertPoint(action);
      Run(machine_.transitions[t].action);
      code_.CreateBr(done);
    }
    code_.SetInsertPoint(done);
    code_.CreateRetVoid();
  }

 private:
  bool Leaves(const ir::Transition& transition, std::uint32_t state) const {
    if (transition.from != ir::kAnyState) return transition.from == state;
    const auto& finals = machine_.final_states;
    return std::find(finals.begin(), finals.end(), state) == finals.end();
  }

  // Returns the transition's number where its trigger and its guard say so, else goes on behind.
  void AddTest(std::size_t number) {
    const ir::Transition& transition = machine_.transitions[number];
    BasicBlock* taken = Block("take_" + std::to_string(number));
    BasicBlock* next = Block("next");
    Value* triggered = code_.CreateICmpEQ(
        trigger_, code_.getInt64(static_cast<std::uint64_t>(transition.trigger)));
    if (ir::HasArgument(transition.trigger)) {
      Value* meant = code_.CreateICmpEQ(argument_, code_.getInt64(transition.argument));
      triggered = code_.CreateAnd(triggered, meant);
    }
    if (transition.guard.empty()) {
      code_.CreateCondBr(triggered, taken, next);
    } else {
      BasicBlock* guard = Block("guard_" + std::to_string(number));
      code_.CreateCondBr(triggered, guard, next);
      code_.SetInsertPoint(guard);
      code_.CreateCondBr(IsTrue(Run(transition.guard)), taken, next);
    }
    code_.SetInsertPoint(taken);
    code_.CreateRet(code_.getInt64(number));
    code_.SetInsertPoint(next);
  }

  // The value of the last instruction; an instruction without a result has the value 0.
  Value* Run(const std::vector<ir::ScalarInst>& code) {
    std::vector<Value*> registers;
    for (const ir::ScalarInst& inst : code) registers.push_back(Make(inst, registers));
    return registers.empty() ? Number(1) : registers.back();
  }

  Value* Make(const ir::ScalarInst& inst, const std::vector<Value*>& registers) {
    const auto at = [&](std::int64_t place) { return registers[static_cast<std::size_t>(place)]; };
    switch (inst.op) {
      case ir::ScalarOp::kLiteral:
        return Number(inst.a);
      case ir::ScalarOp::kNow:
        return Load(offsetof(ir::MachineFrame, now_ms));
      case ir::ScalarOp::kField:
        return code_.CreateLoad(code_.getInt64Ty(), Field(inst.a));
      case ir::ScalarOp::kInputTrue:
        return Input(Load(offsetof(ir::MachineFrame, inputs_true)), inst.a);
      case ir::ScalarOp::kInputFalse: {
        Value* not_true = code_.CreateNot(Load(offsetof(ir::MachineFrame, inputs_true)));
        Value* known = Load(offsetof(ir::MachineFrame, inputs_known));
        return Input(code_.CreateAnd(known, not_true), inst.a);
      }
      case ir::ScalarOp::kAdd:
        return code_.CreateBinaryIntrinsic(llvm::Intrinsic::sadd_sat, at(inst.a), at(inst.b));
      case ir::ScalarOp::kEqual:
        return Truth(code_.CreateICmpEQ(at(inst.a), at(inst.b)));
      case ir::ScalarOp::kLess:
        return Truth(code_.CreateICmpSLT(at(inst.a), at(inst.b)));
      case ir::ScalarOp::kAnd:
        return code_.CreateAnd(at(inst.a), at(inst.b));
      case ir::ScalarOp::kOr:
        return code_.CreateOr(at(inst.a), at(inst.b));
      case ir::ScalarOp::kNot:
        return Truth(code_.CreateNot(IsTrue(at(inst.a))));
      case ir::ScalarOp::kSetField:
        code_.CreateStore(at(inst.b), Field(inst.a));
        return Number(0);
      case ir::ScalarOp::kArm:
        return CallHost(offsetof(ir::MachineHost, arm), {Number(inst.a), at(inst.b)});
      case ir::ScalarOp::kCancel:
        return CallHost(offsetof(ir::MachineHost, cancel), {Number(inst.a)});
      case ir::ScalarOp::kEmit:
        return CallHost(offsetof(ir::MachineHost, emit), {Number(inst.a)});
      case ir::ScalarOp::kSpawn:
        return CallHost(offsetof(ir::MachineHost, spawn), {Number(inst.a)});
      case ir::ScalarOp::kEndChildren:
        return CallHost(offsetof(ir::MachineHost, end_children), {});
    }
    return Number(0);
  }

  // ---- pieces

  void Begin(const char* prefix, std::vector<llvm::Type*> parameters, llvm::Type* result) {
    auto* type = llvm::FunctionType::get(result, parameters, false);
    function_ = llvm::Function::Create(type, llvm::Function::ExternalLinkage,
                                       prefix + std::to_string(number_), module_);
    function_->addFnAttr(llvm::Attribute::NoUnwind);
    function_->addFnAttr("frame-pointer", "all");
    code_.SetInsertPoint(Block("entry"));
  }
  BasicBlock* Block(const std::string& name) {
    return BasicBlock::Create(module_.getContext(), name, function_);
  }
  Value* Number(std::int64_t number) {
    return llvm::ConstantInt::getSigned(code_.getInt64Ty(), number);
  }
  Value* Truth(Value* bit) { return code_.CreateZExt(bit, code_.getInt64Ty()); }
  Value* IsTrue(Value* number) { return code_.CreateICmpNE(number, code_.getInt64(0)); }
  Value* At(llvm::Type* type, Value* base, std::size_t offset) {
    return code_.CreateLoad(type, code_.CreateConstGEP1_64(code_.getInt8Ty(), base, offset));
  }
  Value* Load(std::size_t offset) { return At(code_.getInt64Ty(), function_->getArg(0), offset); }
  Value* Pointer(std::size_t offset) { return At(code_.getPtrTy(), function_->getArg(0), offset); }
  Value* Field(std::int64_t number) {
    return code_.CreateConstGEP1_64(code_.getInt64Ty(), Pointer(offsetof(ir::MachineFrame, fields)),
                                    static_cast<std::uint64_t>(number));
  }
  Value* Input(Value* bits, std::int64_t number) {
    return code_.CreateAnd(code_.CreateLShr(bits, static_cast<std::uint64_t>(number)), 1);
  }
  Value* CallHost(std::size_t function, std::vector<Value*> arguments) {
    Value* calls = Pointer(offsetof(ir::MachineFrame, calls));
    Value* callee = At(code_.getPtrTy(), calls, function);
    arguments.insert(arguments.begin(), Pointer(offsetof(ir::MachineFrame, host)));
    std::vector<llvm::Type*> types;
    for (Value* argument : arguments) types.push_back(argument->getType());
    code_.CreateCall(llvm::FunctionType::get(code_.getVoidTy(), types, false), callee, arguments);
    return Number(0);
  }

  llvm::Module& module_;
  const ir::Machine& machine_;
  std::size_t number_;
  llvm::IRBuilder<> code_;
  llvm::Function* function_ = nullptr;
  Value* trigger_ = nullptr;
  Value* argument_ = nullptr;
};

}  // namespace

namespace {

// All that a machine's code depends on.
std::string CodeOf(const ir::Machine& machine) {
  std::string code;
  const auto add = [&](std::int64_t number) { code += std::to_string(number) + " "; };
  const auto add_all = [&](const std::vector<ir::ScalarInst>& part) {
    add(static_cast<std::int64_t>(part.size()));
    for (const ir::ScalarInst& inst : part) {
      add(static_cast<std::int64_t>(inst.op));
      add(inst.a);
      add(inst.b);
    }
  };
  add(static_cast<std::int64_t>(machine.states.size()));
  add(static_cast<std::int64_t>(machine.final_states.size()));
  for (const std::uint32_t state : machine.final_states) add(state);
  for (const ir::Transition& transition : machine.transitions) {
    add(transition.from);
    add(static_cast<std::int64_t>(transition.trigger));
    add(transition.argument);
    add_all(transition.guard);
    add_all(transition.action);
  }
  return code;
}

void Alias(llvm::Module& module, const char* prefix, std::size_t number, std::size_t of) {
  llvm::GlobalAlias::create(prefix + std::to_string(number),
                            module.getFunction(prefix + std::to_string(of)));
}

}  // namespace

void AddMachines(llvm::Module& module, const std::vector<ir::Machine>& machines) {
  std::map<std::string, std::size_t> made;
  for (std::size_t i = 0; i < machines.size(); ++i) {
    const auto [first, fresh] = made.emplace(CodeOf(machines[i]), i);
    if (fresh) {
      MachineBuilder builder(module, i, machines[i]);
      builder.BuildSelect();
      builder.BuildAct();
    } else {
      Alias(module, "select_", i, first->second);
      Alias(module, "act_", i, first->second);
    }
  }
}

}  // namespace tocsin::emit
