#include <array>

#include "stdlib/functions/aggregate.h"
#include "stdlib/functions/functions.h"

namespace tocsin::stdlib {
namespace {

using values::FunctionExample;
using values::FunctionParameter;
using values::FunctionUnit;

constexpr std::array kParameters = {
    FunctionParameter{"value", FunctionUnit::kAny},
};
constexpr std::array kExamples = {
    FunctionExample{"rate([0, 15, 30, 45])", "0.75/s"},
};

// A counter that fell began again at 0.
struct Rate {
  static constexpr std::array<double, 2> kEmpty = {0, 0};  // how much, from how many samples
  using Partial = std::array<double, 2>;
  static Partial Of(const AggregateSample& sample) {
    const double base = sample.value < sample.previous ? 0 : sample.previous;
    const bool counts = sample.previous == sample.previous;
    return {counts ? sample.value - base : 0, counts ? 1.0 : 0.0};
  }
  static Partial Merge(const Partial& a, const Partial& b) { return {a[0] + b[0], a[1] + b[1]}; }
  static double Value(const Partial& all, const values::AggregateContext& context) {
    return all[1] > 0 ? all[0] / context.length_s : kAbsent;
  }
};
constexpr values::Aggregate kAggregate =
    AggregateOf<Rate, AggregateTraits{.needs_previous = true}>::Make();

}  // namespace

extern const values::FunctionRow function_rate;
const values::FunctionRow function_rate{
    .name = "rate",
    .documentation = "How fast a counter grew in a window, per second; a fall is a reset.",
    .parameters = kParameters,
    .result = FunctionUnit::kPerSecond,
    .examples = kExamples,
    .over_window = true,
    .additive = true,
    .aggregate = &kAggregate,
};

}  // namespace tocsin::stdlib
