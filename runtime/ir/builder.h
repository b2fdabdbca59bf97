// Makes kernels and machine code instruction by instruction, for the lowering: gives out registers
// and slots, makes the same instruction on the same operands once, and shares shapes.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "runtime/ir/program.h"

namespace tocsin::ir {

// A register of the kernel being built, and of what sort it is.
struct Reg {
  static constexpr std::uint32_t kNone = 0xffffffffu;
  std::uint32_t index = kNone;
  bool truth = false;
  constexpr bool valid() const { return index != kNone; }
};

// Handing in a register of the wrong sort is a broken invariant. Make one instruction a statement:
// nested as arguments of one call they come in an order that the compiler chooses, and the same
// policy must give the same bytes whoever compiled us.
class KernelBuilder {
 public:
  // The program must outlive the builder and have the space and the columns that are named.
  KernelBuilder(Program& program, SpaceId space, std::string name);

  Reg Load(NumberColumnId column);
  Reg Load(TruthColumnId column);
  Reg Constant(double value);
  // Rows whose label, by its place in the space's labels, has the value.
  Reg LabelIs(std::uint32_t label, std::string_view value);
  // An instruction that takes registers alone; `b` where it takes two.
  Reg Apply(SeriesOp op, Reg a, Reg b = {});
  // Each has a state of its own, so two are never made one.
  Reg Hold(Reg truth, HoldColumnId state, values::Duration duration_ms);
  void Store(Reg number, NumberColumnId column);
  void Store(Reg truth, TruthColumnId column);

  // What made a register.
  const SeriesInst& At(Reg reg) const { return shape_.code[reg.index]; }
  // Instructions so far; a kernel may have base::kMaxKernelInstructions.
  std::size_t size() const { return shape_.code.size(); }

  // Adds the kernel to the program, without what nothing stored needs, and with a shape that is
  // there already where one is equal. It runs at a tick when a TickStep names it. Call it once.
  KernelId Finish(Place place);

 private:
  Reg Make(SeriesOp op, std::uint32_t a, std::uint32_t b);
  void DropUnused();

  Program& program_;
  Shape shape_;
  Kernel kernel_;
  std::map<std::tuple<SeriesOp, std::uint32_t, std::uint32_t>, std::uint32_t> made_;
  std::map<NumberColumnId, std::uint32_t> numbers_in_;
  std::map<TruthColumnId, std::uint32_t> truths_in_;
  std::map<std::uint64_t, std::uint32_t> constants_;  // by their bits: 0 and -0 differ
  std::map<std::pair<std::uint32_t, std::string>, std::uint32_t> label_tests_;
};

// A guard or an action of a machine. Registers are places in the code.
class ScalarBuilder {
 public:
  // Operands are what the instruction's row in instructions.def says; gives the place of the
  // instruction, its register.
  std::int64_t Add(ScalarOp op, std::int64_t a = 0, std::int64_t b = 0) {
    code_.push_back({op, a, b});
    return static_cast<std::int64_t>(code_.size()) - 1;
  }
  std::vector<ScalarInst> Finish() { return std::move(code_); }

 private:
  std::vector<ScalarInst> code_;
};

}  // namespace tocsin::ir
