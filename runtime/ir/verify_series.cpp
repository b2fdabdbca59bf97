// Verify(): shapes, kernels, calls, and the order of a tick.
#include <algorithm>
#include <array>

#include "runtime/ir/instructions.h"
#include "runtime/ir/problems.h"
#include "runtime/ir/words.h"

namespace tocsin::ir {
namespace {

constexpr std::array kSlotSorts = {Operand::kNumberIn,  Operand::kTruthIn,  Operand::kConstant,
                                   Operand::kLabelTest, Operand::kHoldSlot, Operand::kNumberOut,
                                   Operand::kTruthOut};
constexpr std::array<std::string_view, kSlotSorts.size()> kSlotWords = {
    "numbers in", "truths in", "constants", "label tests", "holds", "numbers out", "truths out"};

static_assert(static_cast<std::size_t>(Operand::kTruthOut) -
                  static_cast<std::size_t>(Operand::kNumberIn) ==
              kSlotSorts.size() - 1);

// How many slots of each sort a shape uses.
using SlotCounts = std::array<std::size_t, kSlotSorts.size()>;

// Slots that only one instruction may use: whoever ran second would see what the first had made.
bool UsedOnce(Operand sort) {
  return sort == Operand::kHoldSlot || sort == Operand::kNumberOut || sort == Operand::kTruthOut;
}

class ShapeCheck {
 public:
  ShapeCheck(const Shape& shape, std::size_t number, Problems& problems)
      : shape_(shape), number_(number), problems_(problems) {}

  // Only of meaning where no problem was found.
  SlotCounts Run() {
    if (!problems_.Expect(
            !shape_.code.empty() && shape_.code.size() <= base::kMaxKernelInstructions,
            "shape {}: {} instructions, expected 1 to {}", number_, shape_.code.size(),
            base::kMaxKernelInstructions)) {
      return {};
    }
    for (auto& uses : uses_) uses.assign(shape_.code.size(), 0);
    for (at_ = 0; at_ < shape_.code.size(); ++at_) {
      const InstructionRow& row = RowOf(shape_.code[at_].op);
      Check(row, row.a, shape_.code[at_].a);
      Check(row, row.b, shape_.code[at_].b);
    }
    return Counts();
  }

 private:
  void Check(const InstructionRow& row, Operand sort, std::uint32_t operand) {
    if (sort == Operand::kNone) {
      problems_.Expect(operand == 0,
                       "shape {}: instruction {} (`{}`) has {} where it takes nothing", number_,
                       at_, row.name, operand);
    } else if (sort == Operand::kNumber || sort == Operand::kTruth) {
      CheckRegister(row, sort, operand);
    } else {
      CheckSlot(row, sort, operand);
    }
  }
  void CheckRegister(const InstructionRow& row, Operand sort, std::uint32_t operand) {
    const std::string_view wanted = sort == Operand::kNumber ? "a number" : "a truth";
    if (!problems_.Expect(
            operand < at_,
            "shape {}: instruction {} (`{}`) takes {}, register {} is not made before it", number_,
            at_, row.name, wanted, operand)) {
      return;
    }
    const Operand made = RowOf(shape_.code[operand].op).result;
    const std::string_view seen = made == Operand::kNumber  ? "a number"
                                  : made == Operand::kTruth ? "a truth"
                                                            : "nothing";
    problems_.Expect(made == sort, "shape {}: instruction {} (`{}`) takes {}, register {} is {}",
                     number_, at_, row.name, wanted, operand, seen);
  }
  void CheckSlot(const InstructionRow& row, Operand sort, std::uint32_t operand) {
    const auto list = static_cast<std::size_t>(sort) - static_cast<std::size_t>(kSlotSorts[0]);
    auto& uses = uses_[list];
    if (!problems_.Expect(operand < uses.size(),
                          "shape {}: instruction {} (`{}`) refers to place {} of the {}, more than "
                          "there are instructions",
                          number_, at_, row.name, operand, kSlotWords[list])) {
      return;
    }
    ++uses[operand];
    problems_.Expect(!UsedOnce(sort) || uses[operand] == 1,
                     "shape {}: instruction {} (`{}`) uses place {} of the {} again", number_, at_,
                     row.name, operand, kSlotWords[list]);
  }
  SlotCounts Counts() {
    SlotCounts counts{};
    for (std::size_t list = 0; list < uses_.size(); ++list) {
      auto& uses = uses_[list];
      while (counts[list] < uses.size() && uses[counts[list]] > 0) ++counts[list];
      for (std::size_t slot = counts[list]; slot < uses.size(); ++slot) {
        problems_.Expect(uses[slot] == 0, "shape {}: place {} of the {} is used, {} is not",
                         number_, slot, kSlotWords[list], counts[list]);
      }
    }
    return counts;
  }

  const Shape& shape_;
  std::size_t number_;
  Problems& problems_;
  std::size_t at_ = 0;
  std::array<std::vector<std::uint32_t>, kSlotSorts.size()> uses_;
};

// Columns of a kernel or a call: each exists and is of its space.
template <class Tag, class Column>
void ExpectColumns(const std::vector<base::Id<Tag>>& ids, const std::vector<Column>& columns,
                   SpaceId space, std::string_view owner, std::string_view what,
                   Problems& problems) {
  for (const auto id : ids) {
    if (!problems.Expect(Within(id, columns), "{}: no {} column has the number {}", owner, what,
                         id.index)) {
      continue;
    }
    problems.Expect(columns[id.index].space == space, "{}: {} column {} (`{}`) is of another space",
                    owner, what, id.index, columns[id.index].name);
  }
}

void VerifyLabelTests(const Program& program, const Kernel& kernel, Problems& problems) {
  const Space& space = program.spaces[kernel.space.index];
  for (const LabelTest& test : kernel.label_tests) {
    if (!problems.Expect(test.label < space.labels.size(),
                         "kernel `{}`: tests label {} of a space that has {}", kernel.name,
                         test.label, space.labels.size())) {
      continue;
    }
    const Label& label = program.labels[space.labels[test.label].index];
    bool found = !label.closed;
    for (const std::string& value : label.values) found = found || value == test.value;
    problems.Expect(found, "kernel `{}`: label `{}` has no value `{}`", kernel.name, label.name,
                    test.value);
  }
}

void VerifyKernel(const Program& program, const Kernel& kernel,
                  const std::vector<SlotCounts>& needs, Problems& problems) {
  const std::string owner = fmt::format("kernel `{}`", kernel.name);
  if (!problems.Expect(Within(kernel.shape, program.shapes), "{}: no shape has the number {}",
                       owner, kernel.shape.index) ||
      !problems.Expect(Within(kernel.space, program.spaces), "{}: no space has the number {}",
                       owner, kernel.space.index)) {
    return;
  }
  const SlotCounts given = {kernel.numbers_in.size(), kernel.truths_in.size(),
                            kernel.constants.size(),  kernel.label_tests.size(),
                            kernel.holds.size(),      kernel.numbers_out.size(),
                            kernel.truths_out.size()};
  for (std::size_t list = 0; list < given.size(); ++list) {
    problems.Expect(given[list] == needs[kernel.shape.index][list], "{}: {} {}, its shape needs {}",
                    owner, given[list], kSlotWords[list], needs[kernel.shape.index][list]);
  }
  ExpectColumns(kernel.numbers_in, program.numbers, kernel.space, owner, "number", problems);
  ExpectColumns(kernel.truths_in, program.truths, kernel.space, owner, "truth", problems);
  ExpectColumns(kernel.numbers_out, program.numbers, kernel.space, owner, "number", problems);
  ExpectColumns(kernel.truths_out, program.truths, kernel.space, owner, "truth", problems);
  VerifyLabelTests(program, kernel, problems);
  for (const HoldSlot& hold : kernel.holds) {
    ExpectColumns(std::vector{hold.state}, program.holds, kernel.space, owner, "hold", problems);
    problems.Expect(hold.duration_ms >= 0 && hold.duration_ms <= base::kMaxDurationMs,
                    "{}: holds for {} ms, expected 0 to {}", owner, hold.duration_ms,
                    base::kMaxDurationMs);
  }
}

void VerifyCall(const Program& program, const ColumnCall& call, Problems& problems) {
  const std::string owner = fmt::format("call of `{}`", call.function);
  problems.Expect(!call.function.empty(), "a call of a function without a name");
  problems.Expect(Within(call.space, program.spaces), "{}: no space has the number {}", owner,
                  call.space.index);
  ExpectColumns(call.arguments, program.numbers, call.space, owner, "number", problems);
  ExpectColumns(std::vector{call.result}, program.numbers, call.space, owner, "number", problems);
}

void ExpectColumn(const Program& program, const AnyColumn& column, SpaceId space,
                  std::string_view owner, std::string_view what, Problems& problems) {
  if (!problems.Expect(column.number.valid() != column.truth.valid(),
                       "{}: expected {} to be either a column of numbers or one of truths", owner,
                       what))
    return;
  if (column.number.valid())
    ExpectColumns(std::vector{column.number}, program.numbers, space, owner, "number", problems);
  if (column.truth.valid())
    ExpectColumns(std::vector{column.truth}, program.truths, space, owner, "truth", problems);
}

void VerifyWindow(const Program& program, const Window& window, Problems& problems) {
  const std::string owner = fmt::format("window of `{}`", window.function);
  problems.Expect(!window.function.empty(), "a window of a function without a name");
  problems.Expect(window.length_ms > 0 && window.length_ms <= base::kMaxDurationMs,
                  "{}: {} ms long, expected more than 0 and at most {}", owner, window.length_ms,
                  base::kMaxDurationMs);
  if (!problems.Expect(Within(window.space, program.spaces), "{}: no space has the number {}",
                       owner, window.space.index))
    return;
  ExpectColumn(program, window.result, window.space, owner, "its result", problems);
  if (!window.signal.valid())
    return ExpectColumn(program, window.of, window.space, owner, "what it is of", problems);
  problems.Expect(!window.of.number.valid() && !window.of.truth.valid(),
                  "{}: it is of a signal and of a column", owner);
  if (problems.Expect(Within(window.signal, program.signals), "{}: no signal has the number {}",
                      owner, window.signal.index)) {
    problems.Expect(program.signals[window.signal.index].space == window.space,
                    "{}: its signal is of another space", owner);
  }
}

// Whether both spaces exist, and the labels of one are among those of the other.
bool ExpectFewerLabels(const Program& program, SpaceId fewer, SpaceId more, std::string_view owner,
                       Problems& problems) {
  if (!problems.Expect(Within(fewer, program.spaces) && Within(more, program.spaces),
                       "{}: its spaces do not exist", owner))
    return false;
  bool among = true;
  const std::vector<LabelId>& labels = program.spaces[more.index].labels;
  for (const LabelId label : program.spaces[fewer.index].labels)
    among = among && std::find(labels.begin(), labels.end(), label) != labels.end();
  return problems.Expect(among, "{}: space {} has a label that space {} has not", owner,
                         fewer.index, more.index);
}

void VerifyFold(const Program& program, const Fold& fold, Problems& problems) {
  const std::string owner = fmt::format("fold by `{}`", fold.function);
  problems.Expect(!fold.function.empty(), "a fold by a function without a name");
  if (!ExpectFewerLabels(program, fold.to, fold.from, owner, problems)) return;
  ExpectColumn(program, fold.of, fold.from, owner, "what it folds", problems);
  ExpectColumn(program, fold.result, fold.to, owner, "its result", problems);
  if (fold.within.valid())
    ExpectColumns(std::vector{fold.within}, program.truths, fold.from, owner, "truth", problems);
  const auto& labels = program.spaces[fold.from.index].labels;
  problems.Expect(!fold.bound.valid() || std::ranges::find(labels, fold.bound) != labels.end(),
                  "{}: what it folds lacks the label of its bounds", owner);
}

void VerifyEarlier(const Program& program, const Earlier& earlier, Problems& problems) {
  if (!problems.Expect(Within(earlier.space, program.spaces), "earlier: no space has the number {}",
                       earlier.space.index))
    return;
  ExpectColumn(program, earlier.of, earlier.space, "earlier", "what it looks back at", problems);
  ExpectColumn(program, earlier.result, earlier.space, "earlier", "its result", problems);
  problems.Expect(earlier.of.number.valid() == earlier.result.number.valid(),
                  "earlier: it makes numbers of truths, or truths of numbers");
  problems.Expect(earlier.ago_ms > 0 && earlier.ago_ms <= base::kMaxDurationMs,
                  "earlier: {} ms ago, expected 1 to {}", earlier.ago_ms, base::kMaxDurationMs);
}

void VerifyLookup(const Program& program, const Lookup& lookup, Problems& problems) {
  if (!ExpectFewerLabels(program, lookup.from, lookup.to, "lookup", problems)) return;
  ExpectColumn(program, lookup.of, lookup.from, "lookup", "what it looks up", problems);
  ExpectColumn(program, lookup.result, lookup.to, "lookup", "its result", problems);
  problems.Expect(lookup.of.number.valid() == lookup.result.number.valid(),
                  "lookup: it makes numbers of truths, or truths of numbers");
}

void VerifyStateInput(const Program& program, const StateInput& input, Problems& problems) {
  if (!problems.Expect(Within(input.machine, program.machines),
                       "state: no machine has the number {}", input.machine.index))
    return;
  const Machine& machine = program.machines[input.machine.index];
  const std::string owner = fmt::format("state of machine `{}`", machine.name);
  problems.Expect(machine.key == KeyKind::kRow, "{}: it has no rows", owner);
  problems.Expect(input.state < machine.states.size(), "{}: it has no state {}", owner,
                  input.state);
  ExpectColumns(std::vector{input.result}, program.truths, machine.space, owner, "truth", problems);
}

// Goes through a tick: who has written which column, by the time that it is read.
class TickCheck {
 public:
  TickCheck(const Program& program, Problems& problems)
      : program_(program),
        problems_(problems),
        numbers_(program.numbers.size()),
        truths_(program.truths.size()),
        holds_(program.holds.size()),
        ran_{std::vector<bool>(program.kernels.size()), std::vector<bool>(program.calls.size()),
             std::vector<bool>(program.windows.size()), std::vector<bool>(program.folds.size()),
             std::vector<bool>(program.lookups.size()), std::vector<bool>(program.earlier.size())} {
  }

  void Run() {
    for (const Signal& signal : program_.signals) {
      const std::string owner = fmt::format("signal `{}`", signal.name);
      if (signal.number.valid()) Write(numbers_, program_.numbers, signal.number, owner);
      if (signal.truth.valid()) Write(truths_, program_.truths, signal.truth, owner);
    }
    for (const StateInput& input : program_.states)
      Write(truths_, program_.truths, input.result, "state");
    for (std::size_t i = 0; i < program_.tick.size(); ++i) Step(i);
    for (std::size_t kind = 0; kind < ran_.size(); ++kind) {
      for (std::size_t i = 0; i < ran_[kind].size(); ++i) {
        problems_.Expect(ran_[kind][i], "{} {}: no step of a tick runs it",
                         Word(static_cast<TickKind>(kind)), i);
      }
    }
    for (const Machine& machine : program_.machines) {
      const std::string owner = fmt::format("machine `{}`", machine.name);
      if (Within(machine.value, program_.numbers)) {
        Read(numbers_, program_.numbers, machine.value, owner);
      }
      for (const TruthColumnId input : machine.inputs) {
        if (Within(input, program_.truths)) Read(truths_, program_.truths, input, owner);
      }
      if (Within(machine.members, program_.truths))
        Read(truths_, program_.truths, machine.members, owner);
    }
  }

 private:
  void Step(std::size_t number) {
    const TickStep& step = program_.tick[number];
    const auto kind = static_cast<std::size_t>(step.kind);
    if (!problems_.Expect(kind < ran_.size() && step.what < ran_[kind].size(),
                          "step {} of a tick: what it runs does not exist", number))
      return;
    problems_.Expect(!ran_[kind][step.what], "step {} of a tick: it runs what an earlier step ran",
                     number);
    ran_[kind][step.what] = true;
    switch (step.kind) {
      case TickKind::kKernel:
        return Run(program_.kernels[step.what]);
      case TickKind::kCall:
        return Run(program_.calls[step.what]);
      case TickKind::kWindow:
        return Run(program_.windows[step.what]);
      case TickKind::kFold:
        return Run(program_.folds[step.what]);
      case TickKind::kLookup:
        return Run(program_.lookups[step.what]);
      case TickKind::kEarlier:
        return Run(program_.earlier[step.what]);
    }
  }
  void Run(const Kernel& kernel) {
    const std::string owner = fmt::format("kernel `{}`", kernel.name);
    for (const auto id : kernel.numbers_in) Read(numbers_, program_.numbers, id, owner);
    for (const auto id : kernel.truths_in) Read(truths_, program_.truths, id, owner);
    for (const HoldSlot& hold : kernel.holds) Write(holds_, program_.holds, hold.state, owner);
    for (const auto id : kernel.numbers_out) Write(numbers_, program_.numbers, id, owner);
    for (const auto id : kernel.truths_out) Write(truths_, program_.truths, id, owner);
  }
  void Run(const ColumnCall& call) {
    const std::string owner = fmt::format("call of `{}`", call.function);
    for (const auto id : call.arguments) Read(numbers_, program_.numbers, id, owner);
    Write(numbers_, program_.numbers, call.result, owner);
  }
  void Run(const Window& window) {
    const std::string owner = fmt::format("window of `{}`", window.function);
    if (!window.signal.valid()) Read(window.of, owner);
    Write(window.result, owner);
  }
  void Run(const Fold& fold) {
    const std::string owner = fmt::format("fold by `{}`", fold.function);
    Read(fold.of, owner);
    if (fold.within.valid()) Read(truths_, program_.truths, fold.within, owner);
    Write(fold.result, owner);
  }
  void Run(const Lookup& lookup) {
    Read(lookup.of, "lookup");
    Write(lookup.result, "lookup");
  }
  void Run(const Earlier& earlier) {
    Read(earlier.of, "earlier");
    Write(earlier.result, "earlier");
  }
  void Read(const AnyColumn& column, std::string_view owner) {
    if (column.number.valid()) Read(numbers_, program_.numbers, column.number, owner);
    if (column.truth.valid()) Read(truths_, program_.truths, column.truth, owner);
  }
  void Write(const AnyColumn& column, std::string_view owner) {
    if (column.number.valid()) Write(numbers_, program_.numbers, column.number, owner);
    if (column.truth.valid()) Write(truths_, program_.truths, column.truth, owner);
  }

  template <class Id, class Column>
  void Read(const std::vector<bool>& written, const std::vector<Column>& columns, Id id,
            std::string_view owner) {
    problems_.Expect(written[id.index], "{}: reads column {} (`{}`), which nothing wrote before it",
                     owner, id.index, columns[id.index].name);
  }
  template <class Id, class Column>
  void Write(std::vector<bool>& written, const std::vector<Column>& columns, Id id,
             std::string_view owner) {
    problems_.Expect(!written[id.index], "{}: writes column {} (`{}`), which is written already",
                     owner, id.index, columns[id.index].name);
    written[id.index] = true;
  }

  const Program& program_;
  Problems& problems_;
  std::vector<bool> numbers_;
  std::vector<bool> truths_;
  std::vector<bool> holds_;
  std::array<std::vector<bool>, 6> ran_;  // by TickKind
};

}  // namespace

void VerifySeries(const Program& program, Problems& problems) {
  std::vector<SlotCounts> needs;
  for (std::size_t i = 0; i < program.shapes.size(); ++i) {
    needs.push_back(ShapeCheck(program.shapes[i], i, problems).Run());
  }
  if (!problems.empty()) return;
  for (const Kernel& kernel : program.kernels) VerifyKernel(program, kernel, needs, problems);
  for (const ColumnCall& call : program.calls) VerifyCall(program, call, problems);
  for (const Window& window : program.windows) VerifyWindow(program, window, problems);
  for (const Fold& fold : program.folds) VerifyFold(program, fold, problems);
  for (const Lookup& lookup : program.lookups) VerifyLookup(program, lookup, problems);
  for (const Earlier& earlier : program.earlier) VerifyEarlier(program, earlier, problems);
  for (const StateInput& input : program.states) VerifyStateInput(program, input, problems);
  if (problems.empty()) TickCheck(program, problems).Run();
}

}  // namespace tocsin::ir
