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
    FunctionExample{"all([false, true])", "false"},
};

// As `and` of all rows: one that does not hold decides, else one without data leaves it open.
struct All {
  static constexpr std::array<double, 3> kEmpty = {0, 0, 0};  // decide, have no data, all
  using Partial = std::array<double, 3>;
  static Partial Of(const AggregateSample& sample) {
    return {sample.value == 0 ? 1.0 : 0.0, sample.value == sample.value ? 0.0 : 1.0, 1};
  }
  static Partial Merge(const Partial& a, const Partial& b) {
    return {a[0] + b[0], a[1] + b[1], a[2] + b[2]};
  }
  static double Value(const Partial& all, const values::AggregateContext&) {
    if (all[0] > 0) return 0;
    return all[1] > 0 || all[2] == 0 ? kAbsent : 1;
  }
};
constexpr values::Aggregate kAggregate =
    AggregateOf<All, AggregateTraits{.takes_absent = true}>::Make();

}  // namespace

extern const values::FunctionRow function_all;
const values::FunctionRow function_all{
    .name = "all",
    .documentation = "Whether a condition holds in all rows.",
    .parameters = kParameters,
    .result = FunctionUnit::kTruth,
    .examples = kExamples,
    .across_rows = true,
    .only_across_rows = true,
    .aggregate = &kAggregate,
};

}  // namespace tocsin::stdlib
