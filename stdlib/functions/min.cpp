#include <array>
#include <limits>

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
    FunctionExample{"min([3, 1, 2])", "1"},
};

// What is left of no samples is not finite, so absent.
struct Min {
  static constexpr std::array<double, 1> kEmpty = {std::numeric_limits<double>::infinity()};
  using Partial = std::array<double, 1>;
  static Partial Of(const AggregateSample& sample) { return {sample.value}; }
  static Partial Merge(const Partial& a, const Partial& b) { return {b[0] < a[0] ? b[0] : a[0]}; }
  static double Value(const Partial& all, const values::AggregateContext&) { return all[0]; }
};
constexpr values::Aggregate kAggregate = AggregateOf<Min>::Make();

}  // namespace

extern const values::FunctionRow function_min;
const values::FunctionRow function_min{
    .name = "min",
    .documentation = "The smallest sample of a window, or the smallest of rows.",
    .parameters = kParameters,
    .result = FunctionUnit::kSame,
    .examples = kExamples,
    .over_window = true,
    .across_rows = true,
    .aggregate = &kAggregate,
};

}  // namespace tocsin::stdlib
