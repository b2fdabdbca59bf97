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
    FunctionExample{"count([1, 2, 6])", "3"},
};

struct Count {
  static constexpr std::array<double, 1> kEmpty = {0};
  using Partial = std::array<double, 1>;
  static Partial Of(const AggregateSample&) { return {1}; }
  static Partial Merge(const Partial& a, const Partial& b) { return {a[0] + b[0]}; }
  static double Value(const Partial& all, const values::AggregateContext&) { return all[0]; }
};
constexpr values::Aggregate kAggregate = AggregateOf<Count>::Make();

}  // namespace

extern const values::FunctionRow function_count;
const values::FunctionRow function_count{
    .name = "count",
    .documentation = "How many samples a window has, or how many rows have a value.",
    .parameters = kParameters,
    .result = FunctionUnit::kCount,
    .examples = kExamples,
    .over_window = true,
    .across_rows = true,
    .counts = true,
    .additive = true,
    .of_silent_rows = true,
    .aggregate = &kAggregate,
};

}  // namespace tocsin::stdlib
