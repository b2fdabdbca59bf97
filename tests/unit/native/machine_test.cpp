// Machines: what transition is chosen and what its action does, compiled and interpreted.
#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "runtime/engine/interpreter.h"
#include "runtime/native/native.h"

namespace tocsin::native {
namespace {

using ir::ScalarOp;
using ir::TriggerKind;
using Code = std::vector<ir::ScalarInst>;

// Writes down what an action asks for.
struct Recorder {
  std::vector<std::string> calls;
  static void Note(void* host, const std::string& text) {
    static_cast<Recorder*>(host)->calls.push_back(text);
  }
};
const ir::MachineHost kHost = {
    .arm =
        [](void* host, std::int64_t timer, std::int64_t due_ms) {
          Recorder::Note(host, "arm " + std::to_string(timer) + " at " + std::to_string(due_ms));
        },
    .cancel = [](void* host,
                 std::int64_t timer) { Recorder::Note(host, "cancel " + std::to_string(timer)); },
    .emit = [](void* host,
               std::int64_t effect) { Recorder::Note(host, "emit " + std::to_string(effect)); },
    .spawn = [](void* host,
                std::int64_t child) { Recorder::Note(host, "spawn " + std::to_string(child)); },
    .end_children = [](void* host) { Recorder::Note(host, "end children"); },
};

// States: 0 quiet, 1 firing, 2 over (final).
ir::Machine Alert() {
  ir::Machine machine;
  machine.states = {"quiet", "firing", "over"};
  machine.final_states = {2};
  machine.fields = {"epoch", "since", "result"};
  machine.timers = {"rung", "lapse"};
  const auto add = [&](std::uint32_t from, std::uint32_t to, TriggerKind trigger,
                       std::uint32_t argument, Code guard, Code action) {
    machine.transitions.push_back({from, to, trigger, argument, guard, action, "", {}});
  };
  // 0: true, while the epoch is below 3
  add(0, 1, TriggerKind::kSeries, 0,
      {{ScalarOp::kInputTrue, 1},
       {ScalarOp::kField, 0},
       {ScalarOp::kLiteral, 3},
       {ScalarOp::kLess, 1, 2},
       {ScalarOp::kAnd, 0, 3}},
      {{ScalarOp::kField, 0},
       {ScalarOp::kLiteral, 1},
       {ScalarOp::kAdd, 0, 1},
       {ScalarOp::kSetField, 0, 2},
       {ScalarOp::kNow},
       {ScalarOp::kSetField, 1, 4},
       {ScalarOp::kLiteral, 300'000},
       {ScalarOp::kAdd, 4, 6},
       {ScalarOp::kArm, 1, 7},
       {ScalarOp::kEmit, 2},
       {ScalarOp::kSpawn, 0}});
  // 1: known and false
  add(1, 0, TriggerKind::kSeries, 0, {{ScalarOp::kInputFalse, 1}},
      {{ScalarOp::kCancel, 1}, {ScalarOp::kEndChildren}});
  // 2 and 3: timers are told apart
  add(1, 1, TriggerKind::kTimer, 0, {}, {{ScalarOp::kEmit, 0}});
  add(1, 1, TriggerKind::kTimer, 1, {}, {{ScalarOp::kEmit, 1}});
  // 4: from anywhere but the end; this trigger has no argument, so that what stands there does not
  // matter
  add(ir::kAnyState, 2, TriggerKind::kParentEnded, 9, {}, {});
  // 5: the guard's own truths
  add(ir::kAnyState, 2, TriggerKind::kEvent, 4,
      {{ScalarOp::kField, 0},
       {ScalarOp::kField, 1},
       {ScalarOp::kEqual, 0, 1},
       {ScalarOp::kNot, 2},
       {ScalarOp::kInputTrue, 63},
       {ScalarOp::kOr, 3, 4}},
      {{ScalarOp::kField, 0},
       {ScalarOp::kField, 1},
       {ScalarOp::kAdd, 0, 1},
       {ScalarOp::kSetField, 2, 2}});
  return machine;
}

struct Frame {
  std::vector<std::int64_t> fields = {0, 0, 0};
  Recorder recorder;
  ir::MachineFrame frame{};
  ir::MachineFrame& Get() {
    frame.fields = fields.data();
    frame.calls = &kHost;
    frame.host = &recorder;
    return frame;
  }
};

ir::Program OneMachine() {
  ir::Program program;
  program.machines.resize(2);
  program.machines[0].states = {"only"};
  program.machines[1] = Alert();
  return program;
}
const ir::MachineId kAlert(1);

TEST_CASE("a compiled machine chooses the first transition that applies, and acts") {
  const ir::Program program = OneMachine();
  auto compiled = Compile(program, Level::kBaseline);
  REQUIRE_MESSAGE(compiled.has_value(), compiled.error());
  engine::Executor& executor = **compiled;
  CHECK((*compiled)->counts().machines == 2);
  Frame at;
  at.frame.now_ms = 1'000;
  at.frame.trigger = static_cast<int>(TriggerKind::kSeries);
  at.frame.inputs_known = 0b10;
  CHECK(executor.Select(kAlert, at.Get()) == -1);
  at.frame.inputs_true = 0b10;
  CHECK(executor.Select(kAlert, at.Get()) == 0);
  CHECK(executor.Select(ir::MachineId(0), at.Get()) == -1);
  executor.Act(kAlert, at.Get(), 0);
  CHECK(at.fields == std::vector<std::int64_t>{1, 1'000, 0});
  CHECK(at.recorder.calls == std::vector<std::string>{"arm 1 at 301000", "emit 2", "spawn 0"});
  at.fields[0] = 3;
  CHECK(executor.Select(kAlert, at.Get()) == -1);

  at.frame.state = 1;
  at.frame.inputs_true = 0;
  CHECK(executor.Select(kAlert, at.Get()) == 1);
  at.frame.inputs_known = 0;  // absent is not false
  CHECK(executor.Select(kAlert, at.Get()) == -1);
  at.frame.trigger = static_cast<int>(TriggerKind::kTimer);
  at.frame.argument = 1;
  CHECK(executor.Select(kAlert, at.Get()) == 3);
  at.frame.trigger = static_cast<int>(TriggerKind::kParentEnded);
  CHECK(executor.Select(kAlert, at.Get()) == 4);
  at.frame.state = 2;
  CHECK(executor.Select(kAlert, at.Get()) == -1);

  at.fields = {std::numeric_limits<std::int64_t>::max(), 1, 0};
  executor.Act(kAlert, at.Get(), 5);
  CHECK(at.fields[2] == std::numeric_limits<std::int64_t>::max());
}

TEST_CASE("compiled machines do what interpreted ones do") {
  const ir::Program program = OneMachine();
  const auto interpreter = engine::MakeInterpreter(program);
  constexpr std::uint64_t kSeed = 99;
  for (Level level : {Level::kBaseline, Level::kAvx2, Level::kAvx512}) {
    if (!Supported(level)) continue;
    auto compiled = Compile(program, level);
    REQUIRE_MESSAGE(compiled.has_value(), compiled.error());
    std::mt19937_64 random(kSeed);
    std::size_t taken = 0;
    for (int i = 0; i < 5'000; ++i) {
      constexpr std::int64_t kFields[] = {0,
                                          1,
                                          2,
                                          3,
                                          -1,
                                          std::numeric_limits<std::int64_t>::max(),
                                          std::numeric_limits<std::int64_t>::min()};
      Frame one;
      for (std::int64_t& field : one.fields) field = kFields[random() % std::size(kFields)];
      one.frame.now_ms = kFields[random() % std::size(kFields)];
      one.frame.state = static_cast<std::int64_t>(random() % 3);
      one.frame.trigger = static_cast<std::int64_t>(random() % 5);
      one.frame.argument = static_cast<std::int64_t>(random() % 6);
      one.frame.inputs_known = random();
      one.frame.inputs_true = random() & one.frame.inputs_known;
      Frame other = one;
      const std::int64_t chosen = interpreter->Select(kAlert, one.Get());
      CHECK((*compiled)->Select(kAlert, other.Get()) == chosen);
      if (chosen < 0) continue;
      ++taken;
      interpreter->Act(kAlert, one.Get(), chosen);
      (*compiled)->Act(kAlert, other.Get(), chosen);
      CHECK(other.fields == one.fields);
      CHECK(other.recorder.calls == one.recorder.calls);
    }
    CHECK(taken > 500);
  }
}

}  // namespace
}  // namespace tocsin::native
