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
    FunctionExample{"absent([])", "true"},
    FunctionExample{"absent([1])", "false"},
};

struct Absent {
  static constexpr std::array<double, 1> kEmpty = {0};
  using Partial = std::array<double, 1>;
  static Partial Of(const AggregateSample&) { return {1}; }
  static Partial Merge(const Partial& a, const Partial& b) { return {a[0] + b[0]}; }
  static double Value(const Partial& all, const values::AggregateContext&) {
    return all[0] > 0 ? 0 : 1;
  }
};
constexpr values::Aggregate kAggregate = AggregateOf<Absent>::Make();

}  // namespace

extern const values::FunctionRow function_absent;
const values::FunctionRow function_absent{
    .name = "absent",
    .documentation = "Whether a window has no sample.",
    .parameters = kParameters,
    .result = FunctionUnit::kTruth,
    .examples = kExamples,
    .over_window = true,
    .of_silent_rows = true,
    .aggregate = &kAggregate,
};

}  // namespace tocsin::stdlib
