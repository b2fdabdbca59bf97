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
    FunctionExample{"last([3, 1, 2])", "2"},
};

struct Last {
  static constexpr std::array<double, 1> kEmpty = {kAbsent};
  using Partial = std::array<double, 1>;
  static Partial Of(const AggregateSample& sample) { return {sample.value}; }
  static Partial Merge(const Partial& a, const Partial& b) { return {b[0] == b[0] ? b[0] : a[0]}; }
  static double Value(const Partial& all, const values::AggregateContext&) { return all[0]; }
};
constexpr values::Aggregate kAggregate = AggregateOf<Last>::Make();

}  // namespace

extern const values::FunctionRow function_last;
const values::FunctionRow function_last{
    .name = "last",
    .documentation = "The newest sample of a window.",
    .parameters = kParameters,
    .result = FunctionUnit::kSame,
    .examples = kExamples,
    .over_window = true,
    .of_silent_rows = true,
    .aggregate = &kAggregate,
};

}  // namespace tocsin::stdlib
