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
    FunctionExample{"increase([0, 15, 30, 5])", "35"},
};

// A counter that fell began again at 0.
struct Increase {
  static constexpr std::array<double, 2> kEmpty = {0, 0};  // how much, from how many samples
  using Partial = std::array<double, 2>;
  static Partial Of(const AggregateSample& sample) {
    const double base = sample.value < sample.previous ? 0 : sample.previous;
    const bool counts = sample.previous == sample.previous;
    return {counts ? sample.value - base : 0, counts ? 1.0 : 0.0};
  }
  static Partial Merge(const Partial& a, const Partial& b) { return {a[0] + b[0], a[1] + b[1]}; }
  static double Value(const Partial& all, const values::AggregateContext&) {
    return all[1] > 0 ? all[0] : kAbsent;
  }
};
constexpr values::Aggregate kAggregate =
    AggregateOf<Increase, AggregateTraits{.needs_previous = true}>::Make();

}  // namespace

extern const values::FunctionRow function_increase;
const values::FunctionRow function_increase{
    .name = "increase",
    .documentation = "How much a counter grew in a window; a fall is a reset.",
    .parameters = kParameters,
    .result = FunctionUnit::kSame,
    .examples = kExamples,
    .over_window = true,
    .additive = true,
    .aggregate = &kAggregate,
};

}  // namespace tocsin::stdlib
