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
    FunctionExample{"first([3, 1, 2])", "3"},
};

struct First {
  static constexpr std::array<double, 1> kEmpty = {kAbsent};
  using Partial = std::array<double, 1>;
  static Partial Of(const AggregateSample& sample) { return {sample.value}; }
  static Partial Merge(const Partial& a, const Partial& b) { return {a[0] == a[0] ? a[0] : b[0]}; }
  static double Value(const Partial& all, const values::AggregateContext&) { return all[0]; }
};
constexpr values::Aggregate kAggregate = AggregateOf<First>::Make();

}  // namespace

extern const values::FunctionRow function_first;
const values::FunctionRow function_first{
    .name = "first",
    .documentation = "The oldest sample of a window.",
    .parameters = kParameters,
    .result = FunctionUnit::kSame,
    .examples = kExamples,
    .over_window = true,
    .aggregate = &kAggregate,
};

}  // namespace tocsin::stdlib
