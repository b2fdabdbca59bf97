#include "runtime/ir/builder.h"

#include <doctest/doctest.h>

#include "runtime/ir/verify.h"
#include "tests/unit/ir/sample_program.h"

namespace tocsin::ir {
namespace {

constexpr SpaceId kSpace{0};

TEST_CASE("the same instruction on the same operands is made once") {
  Program program = testing::SampleProgram();
  KernelBuilder builder(program, kSpace, "x");
  const Reg load = builder.Load(NumberColumnId(0));
  CHECK(builder.Load(NumberColumnId(0)).index == load.index);
  CHECK(builder.Load(NumberColumnId(1)).index != load.index);
  const Reg five = builder.Constant(5);
  CHECK(builder.Constant(5).index == five.index);
  CHECK(builder.Constant(0.0).index != builder.Constant(-0.0).index);
  const Reg less = builder.Apply(SeriesOp::kLess, load, five);
  CHECK(less.truth);
  CHECK(builder.Apply(SeriesOp::kLess, load, five).index == less.index);
  CHECK(builder.Apply(SeriesOp::kLess, five, load).index != less.index);
  CHECK(builder.LabelIs(0, "eu").index == builder.LabelIs(0, "eu").index);
  CHECK(builder.LabelIs(0, "eu").index != builder.LabelIs(0, "us").index);
  // Holds have states, so two of them are never one.
  const Reg hold = builder.Hold(less, HoldColumnId(0), 1000);
  CHECK(builder.Hold(less, HoldColumnId(1), 1000).index != hold.index);
  CHECK(builder.size() == 11);
}

TEST_CASE("a kernel has no instruction that nothing stored needs") {
  Program program = testing::SampleProgram();
  program.truths.push_back({"above", kSpace});
  KernelBuilder builder(program, kSpace, "above");
  const Reg load = builder.Load(NumberColumnId(0));
  builder.Apply(SeriesOp::kNegate, load);
  const Reg limit = builder.Constant(3);
  const Reg above = builder.Apply(SeriesOp::kGreater, load, limit);
  CHECK(builder.Apply(SeriesOp::kAnd, above, above).index == above.index);
  builder.Apply(SeriesOp::kNot, above);
  builder.Store(above, TruthColumnId(program.truths.size() - 1));
  program.tick.push_back({TickKind::kKernel, builder.Finish({"x.tocsin", 1}).index});
  const Shape& shape = program.shapes[program.kernels.back().shape.index];
  CHECK(shape.code == std::vector<SeriesInst>{{SeriesOp::kLoadNumber, 0, 0},
                                              {SeriesOp::kConstant, 0, 0},
                                              {SeriesOp::kGreater, 0, 1},
                                              {SeriesOp::kStoreTruth, 2, 0}});
  for (const std::string& problem : Verify(program)) FAIL_CHECK(problem);
}

TEST_CASE("kernels of one shape share it, with their constants as data") {
  Program program = testing::SampleProgram();
  const std::size_t shapes = program.shapes.size();
  for (const double limit : {1.0, 2.0}) {
    program.truths.push_back({"above", kSpace});
    KernelBuilder builder(program, kSpace, "above");
    const Reg above =
        builder.Apply(SeriesOp::kGreater, builder.Load(NumberColumnId(0)), builder.Constant(limit));
    builder.Store(above, TruthColumnId(program.truths.size() - 1));
    program.tick.push_back({TickKind::kKernel, builder.Finish({"x.tocsin", 1}).index});
  }
  CHECK(program.shapes.size() == shapes + 1);
  CHECK(program.kernels[2].shape == program.kernels[3].shape);
  CHECK(program.kernels[2].constants == std::vector{1.0});
  CHECK(program.kernels[3].constants == std::vector{2.0});
  for (const std::string& problem : Verify(program)) FAIL_CHECK(problem);
}

}  // namespace
}  // namespace tocsin::ir
