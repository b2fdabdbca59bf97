#include <array>

#include "stdlib/functions/aggregate.h"
#include "stdlib/functions/functions.h"

namespace tocsin::stdlib {
namespace {

using values::FunctionExample;
using values::FunctionParameter;
using values::FunctionUnit;

constexpr std::array kParameters = {
    FunctionParameter{"value", FunctionUnit::kTruth},
};
constexpr std::array kExamples = {
    FunctionExample{"any([false, true])", "true"},
};

// As `or` of all rows: one that holds decides, else one without data leaves it open.
struct Any {
  static constexpr std::array<double, 3> kEmpty = {0, 0, 0};  // decide, have no data, all
  using Partial = std::array<double, 3>;
  static Partial Of(const AggregateSample& sample) {
    return {sample.value == 1 ? 1.0 : 0.0, sample.value == sample.value ? 0.0 : 1.0, 1};
  }
  static Partial Merge(const Partial& a, const Partial& b) {
    return {a[0] + b[0], a[1] + b[1], a[2] + b[2]};
  }
  static double Value(const Partial& all, const values::AggregateContext&) {
    if (all[0] > 0) return 1;
    return all[1] > 0 || all[2] == 0 ? kAbsent : 0;
  }
};
constexpr values::Aggregate kAggregate =
    AggregateOf<Any, AggregateTraits{.takes_absent = true}>::Make();

}  // namespace

extern const values::FunctionRow function_any;
const values::FunctionRow function_any{
    .name = "any",
    .documentation = "Whether a condition holds in any row.",
    .parameters = kParameters,
    .result = FunctionUnit::kTruth,
    .examples = kExamples,
    .across_rows = true,
    .only_across_rows = true,
    .aggregate = &kAggregate,
};

}  // namespace tocsin::stdlib
