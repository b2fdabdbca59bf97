#include "runtime/ir/verify.h"

#include <doctest/doctest.h>

#include <limits>
#include <string>
#include <string_view>

#include "tests/unit/ir/sample_program.h"

namespace tocsin::ir {
namespace {

TEST_CASE("the sample program is sound") {
  for (const std::string& problem : Verify(testing::SampleProgram())) FAIL_CHECK(problem);
}

// One thing changed in the sample program, and what must be said of it.
struct Mutation {
  void (*change)(Program&);
  std::string_view message;
};
void ExpectRefused(std::initializer_list<Mutation> mutations) {
  for (const Mutation& mutation : mutations) {
    CAPTURE(std::string(mutation.message));
    Program program = testing::SampleProgram();
    mutation.change(program);
    std::string all;
    bool found = false;
    for (const std::string& problem : Verify(program)) {
      all += problem + "\n";
      found = found || problem == mutation.message;
    }
    INFO("instead: ", all);
    CHECK(found);
  }
}

using P = Program&;
constexpr std::uint32_t kFar = 99;

TEST_CASE("values that mean nothing are refused") {
  ExpectRefused({
      {[](P p) { p.kernels[1].constants[0] = std::numeric_limits<double>::quiet_NaN(); },
       "kernels[1].constants[0] is not a finite number"},
      {[](P p) { p.signals[1].scale = std::numeric_limits<double>::infinity(); },
       "signals[1].scale is not a finite number"},
      {[](P p) { p.labels[0].values[1] = "u\xff"; }, "labels[0].values[1] is not UTF-8 text"},
      {[](P p) { p.title = "\xed\xa0\x80"; }, "title is not UTF-8 text"},
      {[](P p) { p.machines[0].key = static_cast<KeyKind>(7); },
       "machines[0].key has the number 7, which means nothing"},
      {[](P p) { p.shapes[0].code[0].op = static_cast<SeriesOp>(200); },
       "shapes[0].code[0].op has the number 200, which means nothing"},
  });
}

TEST_CASE("unsound data is refused") {
  ExpectRefused({
      {[](P p) { p.policy.clear(); }, "the policy has no name"},
      {[](P p) { p.edition = 0; }, "edition 0 does not exist"},
      {[](P p) { p.resolution_ms = 0; },
       "the resolution is 0 ms, expected more than 0 and at most 3162240000000"},
      {[](P p) { p.grace_ms = -1; }, "the grace is -1 ms, expected 0 to 3162240000000"},
      {[](P p) { p.events.push_back("acknowledge"); }, "the event `acknowledge` is there twice"},
      {[](P p) { p.labels[0].values.clear(); }, "label `region`: no values"},
      {[](P p) { p.labels[0].values[1] = "eu"; }, "label `region`: the value `eu` is there twice"},
      {[](P p) { p.labels[0].closed = false; }, "label `region`: values, though it is open"},
      {[](P p) { p.labels.push_back({"host", false, {}, 0}); },
       "label `host`: a bound of 0, expected 1 to 1000000"},
      {[](P p) { p.labels.push_back(p.labels[0]); }, "the label `region` is there twice"},
      {[](P p) { p.spaces[0].labels[0] = LabelId(kFar); }, "space 0: no label has the number 99"},
      {[](P p) { p.spaces[0].labels.push_back(LabelId(0)); },
       "space 0: label `region` comes after `region`, expected each once, sorted by name"},
      {[](P p) {
         p.labels.push_back({"host", false, {}, 5});
         p.spaces.push_back({{LabelId(0), LabelId(1)}, 5});
       },
       "space 1: label `host` comes after `region`, expected each once, sorted by name"},
      {[](P p) { p.spaces[0].row_bound = 3; },
       "space 0: a bound of 3 rows, expected 2 as its labels are closed"},
      {[](P p) { p.spaces[0].row_bound = 0; }, "space 0: a bound of 0 rows, expected 1 to 1000000"},
      {[](P p) { p.truths[0].space = SpaceId(kFar); },
       "truth column 0 (`registry_up`): no space has the number 99"},
      {[](P p) { p.signals[0].number = NumberColumnId(0); },
       "signal `registry_up`: expected either a column of numbers or one of truths"},
      {[](P p) { p.signals[0].unit = values::Unit::kRatio; },
       "signal `registry_up`: its unit and the sort of its column differ"},
      {[](P p) { p.signals[0].truth = TruthColumnId(kFar); },
       "signal `registry_up`: its column does not exist"},
      {[](P p) {
         p.spaces.push_back({{}, 1});
         p.truths.push_back({"other", SpaceId(1)});
         p.signals[0].truth = TruthColumnId(4);
       },
       "signal `registry_up`: its column is of another space"},
      {[](P p) { p.signals[0].stale_ms = 0; },
       "signal `registry_up`: stale after 0 ms, expected more than 0 and at most 3162240000000"},
      {[](P p) { p.signals[0].labels.clear(); },
       "signal `registry_up`: its source gives other labels than its space has, expected each of "
       "them once"},
      {[](P p) { p.signals[0].metric.clear(); }, "signal `registry_up`: no metric"},
      {[](P p) { p.signals[1].scale = 0; }, "signal `latency`: a scale of 0"},
      {[](P p) { p.channels[0].over_by = ChannelId(kFar); },
       "channel `phone`: over by channel 99, which does not exist"},
      {[](P p) { p.people[1].contact.clear(); }, "person `bob`: no contact"},
      {[](P p) { p.people[1].contact[0] = ChannelId(kFar); },
       "person `bob`: no channel has the number 99"},
      {[](P p) { p.tiers[0].schedules[0].people.clear(); },
       "tier `L1`: schedule `l1_oncall`: no people"},
      {[](P p) { p.tiers[0].schedules[0].people[0] = PersonId(kFar); },
       "tier `L1`: schedule `l1_oncall`: no person has the number 99"},
      {[](P p) { p.tiers[0].schedules[0].zone = {}; },
       "tier `L1`: schedule `l1_oncall`: no zone has the number 4294967295"},
      {[](P p) { p.tiers[0].schedules[0].turn.minute_of_day = 1440; },
       "tier `L1`: schedule `l1_oncall`: its turn passes at minute 1440 of the day, expected 0 to "
       "1439"},
      {[](P p) { p.tiers[1].schedules[0].during = CalendarId(kFar); },
       "tier `L2`: schedule `l2_oncall`: no calendar has the number 99"},
      {[](P p) { p.tiers[1].available = CalendarId(kFar); },
       "tier `L2`: no calendar has the number 99"},
      {[](P p) { p.calendars[0].parts[0].from_minute = 1440; },
       "calendar `day`: hours from minute 1440 to 960 of the day"},
      {[](P p) { p.calendars[1].parts[1].calendar = 1; },
       "calendar `rest`: it is made of calendar 1, which does not stand before it"},
      {[](P p) { p.calendars[0].parts.resize(501); },
       "calendar `day`: 501 parts with those of the calendars it is made of, at most 500"},
      {[](P p) { p.calendars[0].zone = {}; }, "calendar `day`: no zone has the number 4294967295"},
      {[](P p) { p.texts[0].parts[1].text.clear(); }, "text 0: a label without a name"},
  });
}

TEST_CASE("unsound series are refused") {
  ExpectRefused({
      {[](P p) { p.shapes[0].code.clear(); }, "shape 0: 0 instructions, expected 1 to 4096"},
      {[](P p) { p.shapes[0].code[2].a = 2; },
       "shape 0: instruction 2 (`Multiply`) takes a number, register 2 is not made before it"},
      {[](P p) { p.shapes[1].code[1].a = 2; },
       "shape 1: instruction 1 (`Not`) takes a truth, register 2 is not made before it"},
      {[](P p) { p.shapes[1].code[4].b = 1; },
       "shape 1: instruction 4 (`Greater`) takes a number, register 1 is a truth"},
      {[](P p) { p.shapes[0].code.push_back({SeriesOp::kNegate, 3, 0}); },
       "shape 0: instruction 4 (`Negate`) takes a number, register 3 is nothing"},
      {[](P p) { p.shapes[1].code[1].b = 1; },
       "shape 1: instruction 1 (`Not`) has 1 where it takes nothing"},
      {[](P p) { p.shapes[0].code[0].a = kFar; },
       "shape 0: instruction 0 (`LoadNumber`) refers to place 99 of the numbers in, more than "
       "there "
       "are instructions"},
      {[](P p) { p.shapes[0].code[0].a = 1; },
       "shape 0: place 1 of the numbers in is used, 0 is not"},
      {[](P p) { p.shapes[0].code.push_back({SeriesOp::kStoreNumber, 2, 0}); },
       "shape 0: instruction 4 (`StoreNumber`) uses place 0 of the numbers out again"},
      {[](P p) { p.kernels[0].shape = ShapeId(kFar); },
       "kernel `latency.doubled`: no shape has the number 99"},
      {[](P p) { p.kernels[0].space = {}; },
       "kernel `latency.doubled`: no space has the number 4294967295"},
      {[](P p) { p.kernels[1].constants.push_back(1); },
       "kernel `registry_down`: 2 constants, its shape needs 1"},
      {[](P p) { p.kernels[1].truths_out.pop_back(); },
       "kernel `registry_down`: 2 truths out, its shape needs 3"},
      {[](P p) { p.kernels[1].truths_in[0] = TruthColumnId(kFar); },
       "kernel `registry_down`: no truth column has the number 99"},
      {[](P p) {
         p.spaces.push_back({{}, 1});
         p.holds[0].space = SpaceId(1);
       },
       "kernel `registry_down`: hold column 0 (`registry_down.for`) is of another space"},
      {[](P p) { p.kernels[1].label_tests[0].label = 1; },
       "kernel `registry_down`: tests label 1 of a space that has 1"},
      {[](P p) { p.kernels[1].label_tests[0].value = "mars"; },
       "kernel `registry_down`: label `region` has no value `mars`"},
      {[](P p) { p.kernels[1].holds[0].duration_ms = -1; },
       "kernel `registry_down`: holds for -1 ms, expected 0 to 3162240000000"},
      {[](P p) { p.kernels[1].holds[1].state = HoldColumnId(0); },
       "kernel `registry_down`: writes column 0 (`registry_down.for`), which is written already"},
      {[](P p) { p.kernels[1].truths_out[1] = TruthColumnId(1); },
       "kernel `registry_down`: writes column 1 (`registry_down.fires`), which is written already"},
      {[](P p) { p.kernels[1].truths_out[0] = TruthColumnId(0); },
       "kernel `registry_down`: writes column 0 (`registry_up`), which is written already"},
      {[](P p) { std::swap(p.tick[0], p.tick[1]); },
       "kernel `registry_down`: reads column 1 (`latency.doubled`), which nothing wrote before it"},
      {[](P p) { p.tick.push_back(p.tick[0]); },
       "step 2 of a tick: it runs what an earlier step ran"},
      {[](P p) { p.tick.pop_back(); }, "kernel 1: no step of a tick runs it"},
      {[](P p) { p.tick[0].kind = TickKind::kCall; },
       "step 0 of a tick: what it runs does not exist"},
      {[](P p) { p.tick[0].what = kFar; }, "step 0 of a tick: what it runs does not exist"},
      {[](P p) {
         p.calls = {{"sqrt", SpaceId(0), {NumberColumnId(0)}, {}, NumberColumnId(kFar)}};
         p.tick.push_back({TickKind::kCall, 0});
       },
       "call of `sqrt`: no number column has the number 99"},
      {[](P p) {
         p.calls = {{"sqrt", SpaceId(0), {NumberColumnId(0)}, {}, NumberColumnId(1)}};
         p.tick.push_back({TickKind::kCall, 0});
       },
       "call of `sqrt`: writes column 1 (`latency.doubled`), which is written already"},
  });
}

TEST_CASE("unsound windows, folds and lookups are refused") {
  ExpectRefused({
      {[](P p) {
         p.windows = {{"avg", SpaceId(0), SignalId(0), {}, 0, {}, {NumberColumnId(1), {}}}};
         p.tick.push_back({TickKind::kWindow, 0});
       },
       "window of `avg`: 0 ms long, expected more than 0 and at most 3162240000000"},
      {[](P p) {
         p.windows = {{"avg", SpaceId(0), {}, {}, 60'000, {}, {NumberColumnId(1), {}}}};
         p.tick.push_back({TickKind::kWindow, 0});
       },
       "window of `avg`: expected what it is of to be either a column of numbers or one of truths"},
      {[](P p) {
         p.windows = {{"avg", SpaceId(0), SignalId(kFar), {}, 60'000, {}, {NumberColumnId(1), {}}}};
         p.tick.push_back({TickKind::kWindow, 0});
       },
       "window of `avg`: no signal has the number 99"},
      {[](P p) {
         p.folds = {{"sum", SpaceId(0), SpaceId(kFar), {NumberColumnId(0), {}}, {}, {}, {}}};
         p.tick.push_back({TickKind::kFold, 0});
       },
       "fold by `sum`: its spaces do not exist"},
      {[](P p) {
         p.spaces.push_back({});
         p.spaces.back().row_bound = 1;
         p.folds = {{"sum",
                     SpaceId(p.spaces.size() - 1),
                     SpaceId(0),
                     {NumberColumnId(0), {}},
                     {},
                     {},
                     {NumberColumnId(1), {}}}};
         p.tick.push_back({TickKind::kFold, 0});
       },
       "fold by `sum`: space 0 has a label that space 1 has not"},
      {[](P p) {
         p.lookups = {{SpaceId(0), SpaceId(0), {NumberColumnId(0), {}}, {{}, TruthColumnId(1)}}};
         p.tick.push_back({TickKind::kLookup, 0});
       },
       "lookup: it makes numbers of truths, or truths of numbers"},
  });
}

TEST_CASE("unsound machines are refused") {
  ExpectRefused({
      {[](P p) { p.machines[1].name = "told"; }, "the machine `told` is there twice"},
      {[](P p) { p.machines[0].states.clear(); },
       "machine `registry_down`: 0 states, expected 1 to 256"},
      {[](P p) { p.machines[0].states.resize(257, "x"); },
       "machine `registry_down`: 257 states, expected 1 to 256"},
      {[](P p) { p.machines[2].fields[0] = "rounds"; },
       "machine `p1_climb`: its first field is not `epoch`"},
      {[](P p) { p.machines[1].final_states = {5}; },
       "machine `P1`: its final state 5 is not one of its states"},
      {[](P p) { p.machines[1].final_states = {0}; },
       "machine `P1`: its first state is final, so that no other is reached"},
      {[](P p) { p.machines[0].space = {}; },
       "machine `registry_down`: no space has the number 4294967295"},
      {[](P p) { p.machines[0].inputs.resize(65, TruthColumnId(0)); },
       "machine `registry_down`: 65 inputs, expected at most 64"},
      {[](P p) { p.machines[0].inputs[0] = TruthColumnId(kFar); },
       "machine `registry_down`: no truth column has the number 99"},
      {[](P p) {
         p.truths.push_back({"unwritten", SpaceId(0)});
         p.machines[0].inputs[0] = TruthColumnId(4);
       },
       "machine `registry_down`: reads column 4 (`unwritten`), which nothing wrote before it"},
      {[](P p) { p.machines[0].headline = TextId(kFar); },
       "machine `registry_down`: no text has the number 99"},
      {[](P p) { p.machines[1].inputs = {TruthColumnId(0)}; },
       "machine `P1`: a space without inputs, or inputs without one"},
      {[](P p) {
         p.machines[1].inputs = {TruthColumnId(0)};
         p.machines[1].space = SpaceId(0);
       },
       "machine `P1`: inputs with labels, though it is not one for each row"},
      {[](P p) { p.machines[1].headline = TextId(0); },
       "machine `P1`: a value, texts or members, though it is not one for each row"},
      {[](P p) { p.machines[1].effects[0].to.clear(); },
       "machine `P1`: effect 0 (`notify`): nobody to tell, and no channel to ask by; or hours or a "
       "duty"},
      {[](P p) { p.machines[1].effects[0].to[0].tier = TierId(0); },
       "machine `P1`: effect 0 (`notify`): a recipient is neither one of the people nor one of the "
       "tiers"},
      {[](P p) { p.machines[1].effects[0].to[0].person = PersonId(kFar); },
       "machine `P1`: effect 0 (`notify`): a recipient is neither one of the people nor one of the "
       "tiers"},
      {[](P p) { p.machines[1].effects[0].via = ChannelId(kFar); },
       "machine `P1`: effect 0 (`notify`): no channel has the number 99"},
      {[](P p) { p.machines[1].effects[0].text = {}; },
       "machine `P1`: effect 0 (`notify`): no text has the number 4294967295"},
      {[](P p) { p.machines[2].effects[0].step = {2}; },
       "machine `p1_climb`: effect 0 (`page`): its step names field 2, the machine has 2"},
      {[](P p) { p.machines[1].effects[0].duty_machine = MachineId(2); },
       "machine `P1`: effect 0 (`notify`): its duty `p1_climb` is not one for each person"},
      {[](P p) { p.machines[1].effects[0].duty = DutyOf::kNobody; },
       "machine `P1`: effect 0 (`notify`): a duty that nobody has"},
      {[](P p) { p.machines[0].effects = {p.machines[2].effects[0]}; },
       "machine `registry_down`: effect 0 (`page`): the duty of a parent, and there is none"},
      {[](P p) {
         p.machines[0].transitions.clear();
         p.machines[0].children = {MachineId(0)};
       },
       "machine `registry_down`: its child `registry_down` is one for each row"},
      {[](P p) { p.machines[2].children = {MachineId(1)}; },
       "machine `p1_climb`: its child `P1` does not come after it"},
      {[](P p) { p.machines[0].children = {MachineId(kFar)}; },
       "machine `registry_down`: no machine has the number 99"},
      {[](P p) { p.texts[1].parts.push_back({TextPartKind::kLabel, "host", {}}); },
       "machine `P1`: text 1 names the label `host`, which its rows lack"},
  });
}

TEST_CASE("unsound transitions are refused") {
  ExpectRefused({
      {[](P p) { p.machines[2].transitions[0].from = 5; },
       "machine `p1_climb`: transition 0: it leaves state 5, the machine has 5"},
      {[](P p) { p.machines[2].transitions[0].from = 4; },
       "machine `p1_climb`: transition 0: it leaves `over`, which is final"},
      {[](P p) { p.machines[2].transitions[0].to = kAnyState; },
       "machine `p1_climb`: transition 0: it leads to state 4294967295, the machine has 5"},
      {[](P p) { p.machines[2].transitions[2].argument = 1; },
       "machine `p1_climb`: transition 2: its trigger has the argument 1, expected less than 1"},
      {[](P p) { p.events.clear(); },
       "machine `p1_climb`: transition 1: its trigger has the argument 0, expected less than 0"},
      {[](P p) { p.machines[1].transitions[0].trigger = TriggerKind::kSeries; },
       "machine `P1`: transition 0: it waits for inputs, and there are none"},
      {[](P p) { p.machines[0].transitions[0].trigger = TriggerKind::kParentEnded; },
       "machine `registry_down`: transition 0: it waits for a parent's end, and there is none"},
      {[](P p) { p.machines[0].transitions[0].guard.push_back({ScalarOp::kNow, 0, 0}); },
       "machine `registry_down`: transition 0: its guard ends in `Now`, which is not a truth"},
      {[](P p) { p.machines[0].transitions[0].guard[0].a = 3; },
       "machine `registry_down`: transition 0: instruction 0 of its guard (`InputTrue`) refers to "
       "input 3, the machine has 3"},
      {[](P p) { p.machines[0].transitions[0].guard[2].b = 2; },
       "machine `registry_down`: transition 0: instruction 2 of its guard (`Or`) takes a value, "
       "register 2 is not made before it"},
      {[](P p) { p.machines[0].transitions[0].guard[1] = {ScalarOp::kLiteral, 2, 0}; },
       "machine `registry_down`: transition 0: instruction 2 of its guard (`Or`) takes truths, "
       "register 1 (`Literal`) is none"},
      {[](P p) { p.machines[0].transitions[0].guard[0] = {ScalarOp::kEndChildren, 0, 0}; },
       "machine `registry_down`: transition 0: instruction 0 of its guard (`EndChildren`) may only "
       "stand in an action"},
      {[](P p) { p.machines[2].transitions[0].action[3].a = 1; },
       "machine `p1_climb`: transition 0: instruction 3 of its action (`Arm`) refers to timer 1, "
       "the machine has 1"},
      {[](P p) { p.machines[2].transitions[0].action[5].a = -1; },
       "machine `p1_climb`: transition 0: instruction 5 of its action (`SetField`) refers to field "
       "-1, the machine has 2"},
      {[](P p) { p.machines[2].transitions[0].action[6].a = 2; },
       "machine `p1_climb`: transition 0: instruction 6 of its action (`Emit`) refers to effect 2, "
       "the machine has 2"},
      {[](P p) { p.machines[0].transitions[0].action[4].a = 1; },
       "machine `registry_down`: transition 0: instruction 4 of its action (`Spawn`) refers to "
       "child "
       "1, the machine has 1"},
      {[](P p) { p.machines[1].children = {MachineId(3)}; },
       "machine `P1`: transition 0: instruction 1 of its action (`Spawn`) starts `told`, which is "
       "not one for each parent"},
  });
}

TEST_CASE("machines that multiply are refused") {
  Program program = testing::SampleProgram();
  program.machines.resize(1);
  program.machines[0].transitions.clear();
  // Each level has two machines, each a child of both of the level above.
  for (std::size_t i = 1; i <= 40; ++i) {
    Machine machine;
    machine.name = "m" + std::to_string(i);
    machine.kind = "incident";
    machine.key = KeyKind::kParent;
    machine.states = {"open"};
    machine.fields = {"epoch"};
    const std::size_t next = (i + 1) / 2 * 2 + 1;
    if (next < 40) machine.children = {MachineId(next), MachineId(next + 1)};
    program.machines.push_back(machine);
  }
  program.machines[0].children = {MachineId(1), MachineId(2)};
  const auto problems = Verify(program);
  REQUIRE(problems.size() == 1);
  CHECK(problems[0] ==
        "machine `registry_down`: one row may have more than 10000 machines below it");
}

}  // namespace
}  // namespace tocsin::ir
