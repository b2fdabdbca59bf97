#include <array>

#include "stdlib/functions/aggregate.h"
#include "stdlib/functions/functions.h"

namespace tocsin::stdlib {
namespace {

using values::FunctionExample;
using values::FunctionParameter;
using values::FunctionUnit;

constexpr std::array kParameters = {
    FunctionParameter{"value", FunctionUnit::kAnything},
};
constexpr std::array kExamples = {
    FunctionExample{"changes([1, 1, 2, 1])", "2"},
};

struct Changes {
  static constexpr std::array<double, 2> kEmpty = {0, 0};  // how many changes, how many samples
  using Partial = std::array<double, 2>;
  static Partial Of(const AggregateSample& sample) {
    const bool changed = sample.previous == sample.previous && sample.value != sample.previous;
    return {changed ? 1.0 : 0.0, 1};
  }
  static Partial Merge(const Partial& a, const Partial& b) { return {a[0] + b[0], a[1] + b[1]}; }
  static double Value(const Partial& all, const values::AggregateContext&) {
    return all[1] > 0 ? all[0] : kAbsent;
  }
};
constexpr values::Aggregate kAggregate =
    AggregateOf<Changes, AggregateTraits{.needs_previous = true}>::Make();

}  // namespace

extern const values::FunctionRow function_changes;
const values::FunctionRow function_changes{
    .name = "changes",
    .documentation = "How often a value changed in a window.",
    .parameters = kParameters,
    .result = FunctionUnit::kCount,
    .examples = kExamples,
    .over_window = true,
    .aggregate = &kAggregate,
};

}  // namespace tocsin::stdlib
