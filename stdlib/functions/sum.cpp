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
    FunctionExample{"sum([1, 2, 6])", "9"},
};

struct Sum {
  static constexpr std::array<double, 2> kEmpty = {0, 0};  // their sum, how many
  using Partial = std::array<double, 2>;
  static Partial Of(const AggregateSample& sample) { return {sample.value, 1}; }
  static Partial Merge(const Partial& a, const Partial& b) { return {a[0] + b[0], a[1] + b[1]}; }
  static double Value(const Partial& all, const values::AggregateContext&) {
    return all[1] > 0 ? all[0] : kAbsent;
  }
};
constexpr values::Aggregate kAggregate = AggregateOf<Sum>::Make();

}  // namespace

extern const values::FunctionRow function_sum;
const values::FunctionRow function_sum{
    .name = "sum",
    .documentation = "The sum of the samples of a window, or of rows.",
    .parameters = kParameters,
    .result = FunctionUnit::kSame,
    .examples = kExamples,
    .over_window = true,
    .across_rows = true,
    .additive = true,
    .aggregate = &kAggregate,
};

}  // namespace tocsin::stdlib
