#include "runtime/engine/choices.h"

#include <doctest/doctest.h>

#include <random>
#include <vector>

#include "runtime/engine/interpreter.h"

using namespace tocsin;
using ir::ScalarInst;
using ir::ScalarOp;

namespace {

constexpr std::size_t kStates = 3, kFields = 2;

// Guards over everything that a guard may ask for, of truths alone.
std::vector<ScalarInst> Guard(std::mt19937_64& random, std::size_t inputs) {
  std::vector<ScalarInst> code;
  const auto add = [&](ScalarOp op, std::int64_t a = 0, std::int64_t b = 0) {
    code.push_back({op, a, b});
    return static_cast<std::int64_t>(code.size()) - 1;
  };
  const auto below = [&](std::size_t end) { return static_cast<std::int64_t>(random() % end); };
  std::vector<std::int64_t> truths;
  for (int i = 0; i < 5; ++i) {
    const auto any = [&] { return truths[random() % truths.size()]; };
    const auto pick = truths.size() < 2 ? random() % 4 : random() % 7;
    if (pick == 0) {
      truths.push_back(add(ScalarOp::kInputTrue, below(inputs)));
    } else if (pick == 1) {
      truths.push_back(add(ScalarOp::kInputFalse, below(inputs)));
    } else if (pick == 2) {
      const auto field = add(ScalarOp::kField, below(kFields));
      const auto literal = add(ScalarOp::kLiteral, below(2));
      truths.push_back(add(random() % 2 == 0 ? ScalarOp::kEqual : ScalarOp::kLess, field, literal));
    } else if (pick == 3) {
      const auto now = add(ScalarOp::kNow);
      const auto literal = add(ScalarOp::kLiteral, 1);
      truths.push_back(add(ScalarOp::kLess, add(ScalarOp::kAdd, now, literal), literal));
    } else if (pick == 4) {
      truths.push_back(add(ScalarOp::kNot, any()));
    } else {
      const auto a = any(), b = any();
      truths.push_back(add(pick == 5 ? ScalarOp::kAnd : ScalarOp::kOr, a, b));
    }
  }
  return code;
}

ir::Program Program(std::mt19937_64& random, std::size_t inputs) {
  ir::Program program;
  ir::Machine& machine = program.machines.emplace_back();
  machine.states = {"a", "b", "c"};
  machine.final_states = {2};
  machine.fields = {"x", "y"};
  machine.inputs.resize(inputs, ir::TruthColumnId(0));
  for (std::size_t i = 0; i < 4; ++i) {
    ir::Transition& transition = machine.transitions.emplace_back();
    transition.from = random() % 3 == 0 ? ir::kAnyState : static_cast<std::uint32_t>(random() % 3);
    transition.trigger = random() % 5 == 0 ? ir::TriggerKind::kStarted : ir::TriggerKind::kSeries;
    if (random() % 6 != 0) transition.guard = Guard(random, inputs);
  }
  return program;
}

}  // namespace

TEST_SUITE_BEGIN("engine: choices");
TEST_CASE("what is remembered of a choice is what the executor says each time") {
  std::mt19937_64 random(15);
  for (int round = 0; round < 300; ++round) {
    const std::size_t inputs = 1 + random() % 5;  // five are too many to be remembered
    const ir::Program program = Program(random, inputs);
    const auto executor = engine::MakeInterpreter(program);
    engine::Choices choices(program, *executor);
    for (int i = 0; i < 200; ++i) {
      std::int64_t fields[kFields] = {static_cast<std::int64_t>(random() % 2),
                                      static_cast<std::int64_t>(random() % 2)};
      ir::MachineFrame frame{};
      frame.now_ms = random() % 2 == 0 ? -5 : 5;
      frame.state = static_cast<std::int64_t>(random() % kStates);
      frame.trigger = static_cast<std::int64_t>(ir::TriggerKind::kSeries);
      frame.inputs_known = random() % (1u << inputs);
      frame.inputs_true = random() & frame.inputs_known;
      frame.fields = fields;
      const std::int64_t expected = executor->Select(ir::MachineId(0), frame);
      CHECK(choices.Select(ir::MachineId(0), frame) == expected);
    }
  }
}
TEST_SUITE_END();
