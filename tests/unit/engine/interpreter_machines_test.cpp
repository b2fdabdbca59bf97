#include <doctest/doctest.h>

#include <limits>
#include <string>
#include <vector>

#include "runtime/engine/interpreter.h"

using namespace tocsin;
using ir::ScalarInst;
using ir::ScalarOp;

namespace {

// Writes down what an action asks for.
struct Host {
  std::vector<std::string> asked;
  static Host& Of(void* host) { return *static_cast<Host*>(host); }
};
const ir::MachineHost kCalls = {
    [](void* host, std::int64_t timer, std::int64_t due) {
      Host::Of(host).asked.push_back("arm " + std::to_string(timer) + " " + std::to_string(due));
    },
    [](void* host, std::int64_t timer) {
      Host::Of(host).asked.push_back("cancel " + std::to_string(timer));
    },
    [](void* host, std::int64_t effect) {
      Host::Of(host).asked.push_back("emit " + std::to_string(effect));
    },
    [](void* host, std::int64_t child) {
      Host::Of(host).asked.push_back("spawn " + std::to_string(child));
    },
    [](void* host) { Host::Of(host).asked.push_back("end children"); },
};

struct Bench {
  ir::Program program;
  std::int64_t fields[3] = {7, 0, 0};
  Host host;
  ir::MachineFrame frame{};

  Bench() {
    program.machines.emplace_back();
    program.machines[0].states = {"a", "b", "end"};
    program.machines[0].final_states = {2};
    frame.fields = fields;
    frame.calls = &kCalls;
    frame.host = &host;
    frame.now_ms = 1000;
  }
  ir::Transition& Add(std::uint32_t from, ir::TriggerKind trigger, std::uint32_t argument = 0) {
    auto& transitions = program.machines[0].transitions;
    transitions.emplace_back();
    transitions.back().from = from;
    transitions.back().trigger = trigger;
    transitions.back().argument = argument;
    return transitions.back();
  }
  std::int64_t Select(std::int64_t state, ir::TriggerKind trigger, std::int64_t argument = 0) {
    frame.state = state;
    frame.trigger = static_cast<std::int64_t>(trigger);
    frame.argument = argument;
    return engine::MakeInterpreter(program)->Select(ir::MachineId(0), frame);
  }
  // Whether a guard holds.
  bool Holds(std::vector<ScalarInst> guard) {
    program.machines[0].transitions.clear();
    Add(0, ir::TriggerKind::kSeries).guard = std::move(guard);
    return Select(0, ir::TriggerKind::kSeries) == 0;
  }
};

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();

}  // namespace

TEST_SUITE_BEGIN("engine: machine interpreter");
TEST_CASE("the first transition that applies is selected") {
  using enum ir::TriggerKind;
  Bench bench;
  bench.Add(0, kTimer, 1);
  bench.Add(0, kEvent, 2);
  bench.Add(0, kSeries).guard = {{ScalarOp::kInputTrue, 3, 0}};
  bench.Add(ir::kAnyState, kSeries);
  CHECK(bench.Select(0, kTimer, 1) == 0);
  CHECK(bench.Select(0, kTimer, 0) == -1);
  CHECK(bench.Select(1, kTimer, 1) == -1);
  CHECK(bench.Select(0, kEvent, 2) == 1);
  CHECK(bench.Select(0, kSeries) == 3);
  bench.frame.inputs_true = bench.frame.inputs_known = 8;
  CHECK(bench.Select(0, kSeries) == 2);
  CHECK(bench.Select(1, kSeries) == 3);
  CHECK(bench.Select(2, kSeries) == -1);  // final
  CHECK(bench.Select(0, kStarted) == -1);
}

TEST_CASE("inputs are true, false or absent") {
  Bench bench;
  bench.frame.inputs_true = 1;
  bench.frame.inputs_known = 3 | std::uint64_t{1} << 63;
  CHECK(bench.Holds({{ScalarOp::kInputTrue, 0, 0}}));
  CHECK_FALSE(bench.Holds({{ScalarOp::kInputFalse, 0, 0}}));
  CHECK_FALSE(bench.Holds({{ScalarOp::kInputTrue, 1, 0}}));
  CHECK(bench.Holds({{ScalarOp::kInputFalse, 1, 0}}));
  CHECK_FALSE(bench.Holds({{ScalarOp::kInputTrue, 2, 0}}));
  CHECK_FALSE(bench.Holds({{ScalarOp::kInputFalse, 2, 0}}));
  CHECK(bench.Holds({{ScalarOp::kInputFalse, 63, 0}}));
}

TEST_CASE("integers") {
  Bench bench;
  auto sum_is = [&](std::int64_t a, std::int64_t b, std::int64_t sum) {
    return bench.Holds({{ScalarOp::kLiteral, a, 0},
                        {ScalarOp::kLiteral, b, 0},
                        {ScalarOp::kAdd, 0, 1},
                        {ScalarOp::kLiteral, sum, 0},
                        {ScalarOp::kEqual, 2, 3}});
  };
  CHECK(sum_is(2, 3, 5));
  CHECK(sum_is(kMost, 1, kMost));
  CHECK(sum_is(kLeast, -1, kLeast));
  CHECK(sum_is(kLeast, kMost, -1));
  auto compare = [&](ScalarOp op, std::int64_t a, std::int64_t b) {
    return bench.Holds({{ScalarOp::kLiteral, a, 0}, {ScalarOp::kLiteral, b, 0}, {op, 0, 1}});
  };
  CHECK(compare(ScalarOp::kLess, kLeast, kMost));
  CHECK_FALSE(compare(ScalarOp::kLess, 1, 1));
  CHECK(compare(ScalarOp::kAnd, 1, 1));
  CHECK_FALSE(compare(ScalarOp::kAnd, 1, 0));
  CHECK(compare(ScalarOp::kOr, 0, 1));
  CHECK_FALSE(compare(ScalarOp::kOr, 0, 0));
  CHECK(bench.Holds({{ScalarOp::kLiteral, 0, 0}, {ScalarOp::kNot, 0, 0}}));
  CHECK(bench.Holds(
      {{ScalarOp::kField, 0, 0}, {ScalarOp::kLiteral, 7, 0}, {ScalarOp::kEqual, 0, 1}}));
}

TEST_CASE("an action runs in its order") {
  Bench bench;
  bench.Add(0, ir::TriggerKind::kStarted).action = {
      {ScalarOp::kNow, 0, 0},    {ScalarOp::kLiteral, 500, 0}, {ScalarOp::kAdd, 0, 1},
      {ScalarOp::kArm, 1, 2},    {ScalarOp::kSetField, 2, 1},  {ScalarOp::kEmit, 4, 0},
      {ScalarOp::kCancel, 0, 0}, {ScalarOp::kSpawn, 2, 0},     {ScalarOp::kEndChildren, 0, 0},
  };
  engine::MakeInterpreter(bench.program)->Act(ir::MachineId(0), bench.frame, 0);
  CHECK(bench.host.asked ==
        std::vector<std::string>{"arm 1 1500", "emit 4", "cancel 0", "spawn 2", "end children"});
  CHECK(bench.fields[2] == 500);
}
TEST_SUITE_END();
