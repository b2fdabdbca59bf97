// Verify(): shapes, kernels, calls, and the order of a tick.
#include <array>

#include "runtime/ir/instructions.h"
#include "runtime/ir/problems.h"

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

// Goes through a tick: who has written which column, by the time that it is read.
class TickCheck {
 public:
  TickCheck(const Program& program, Problems& problems)
      : program_(program),
        problems_(problems),
        numbers_(program.numbers.size()),
        truths_(program.truths.size()),
        holds_(program.holds.size()),
        kernels_(program.kernels.size()),
        calls_(program.calls.size()) {}

  void Run() {
    for (const Signal& signal : program_.signals) {
      const std::string owner = fmt::format("signal `{}`", signal.name);
      if (signal.number.valid()) Write(numbers_, program_.numbers, signal.number, owner);
      if (signal.truth.valid()) Write(truths_, program_.truths, signal.truth, owner);
    }
    for (std::size_t i = 0; i < program_.tick.size(); ++i) Step(i);
    for (std::size_t i = 0; i < kernels_.size(); ++i) {
      problems_.Expect(kernels_[i], "kernel `{}`: no step of a tick runs it",
                       program_.kernels[i].name);
    }
    for (std::size_t i = 0; i < calls_.size(); ++i) {
      problems_.Expect(calls_[i], "call of `{}`: no step of a tick runs it",
                       program_.calls[i].function);
    }
    for (const Machine& machine : program_.machines) {
      const std::string owner = fmt::format("machine `{}`", machine.name);
      if (Within(machine.value, program_.numbers)) {
        Read(numbers_, program_.numbers, machine.value, owner);
      }
      for (const TruthColumnId input : machine.inputs) {
        if (Within(input, program_.truths)) Read(truths_, program_.truths, input, owner);
      }
    }
  }

 private:
  void Step(std::size_t number) {
    const TickStep& step = program_.tick[number];
    const bool has_call = step.call != base::Id<void>::kNone;
    if (!problems_.Expect(step.kernel.valid() != has_call,
                          "step {} of a tick: expected either a kernel or a call", number)) {
      return;
    }
    if (!problems_.Expect(
            has_call ? step.call < calls_.size() : Within(step.kernel, program_.kernels),
            "step {} of a tick: what it runs does not exist", number)) {
      return;
    }
    auto&& ran = has_call ? calls_[step.call] : kernels_[step.kernel.index];
    problems_.Expect(!ran, "step {} of a tick: it runs what an earlier step ran", number);
    ran = true;
    if (has_call) {
      Run(program_.calls[step.call]);
    } else {
      Run(program_.kernels[step.kernel.index]);
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
  std::vector<bool> kernels_;
  std::vector<bool> calls_;
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
  if (problems.empty()) TickCheck(program, problems).Run();
}

}  // namespace tocsin::ir
