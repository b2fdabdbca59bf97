#include <array>

#include "stdlib/functions/aggregate.h"
#include "stdlib/functions/functions.h"

namespace tocsin::stdlib {
namespace {

using values::FunctionExample;
using values::FunctionParameter;
using values::FunctionUnit;

constexpr std::array kParameters = {
    FunctionParameter{"value", FunctionUnit::kTruth},
};
constexpr std::array kExamples = {
    FunctionExample{"held([true, true])", "true"},
    FunctionExample{"held([true, false])", "false"},
};

struct Held {
  static constexpr std::array<double, 2> kEmpty = {0, 0};  // where it did not hold, how many
  using Partial = std::array<double, 2>;
  static Partial Of(const AggregateSample& sample) { return {sample.value > 0 ? 0.0 : 1.0, 1}; }
  static Partial Merge(const Partial& a, const Partial& b) { return {a[0] + b[0], a[1] + b[1]}; }
  static double Value(const Partial& all, const values::AggregateContext& context) {
    const double otherwise = all[1] >= context.ticks ? 1 : kAbsent;
    return all[0] > 0 ? 0 : otherwise;
  }
};
constexpr values::Aggregate kAggregate =
    AggregateOf<Held, AggregateTraits{.of_ticks = true}>::Make();

}  // namespace

extern const values::FunctionRow function_held;
const values::FunctionRow function_held{
    .name = "held",
    .documentation = "Whether a condition held at every tick of a window.",
    .parameters = kParameters,
    .result = FunctionUnit::kTruth,
    .examples = kExamples,
    .over_window = true,
    .aggregate = &kAggregate,
};

}  // namespace tocsin::stdlib
