#include <array>

#include "stdlib/functions/functions.h"
#include "stdlib/functions/total.h"

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
  static constexpr std::array<double, 1> kEmpty = {kNoTotal};
  using Partial = std::array<double, 1>;
  static Partial Of(const AggregateSample& sample) { return {Summand(sample.value)}; }
  static Partial Merge(const Partial& a, const Partial& b) { return {a[0] + b[0]}; }
  static double Value(const Partial& all, const values::AggregateContext&) {
    return TotalOrAbsent(all[0]);
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
