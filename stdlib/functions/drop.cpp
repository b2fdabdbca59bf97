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
    FunctionExample{"drop([100, 90, 70])", "30%"},
};

struct Drop {
  static constexpr std::array<double, 2> kEmpty = {kAbsent, kAbsent};  // the oldest, the newest
  using Partial = std::array<double, 2>;
  static Partial Of(const AggregateSample& sample) { return {sample.value, sample.value}; }
  static Partial Merge(const Partial& a, const Partial& b) {
    return {a[0] == a[0] ? a[0] : b[0], b[1] == b[1] ? b[1] : a[1]};
  }
  static double Value(const Partial& all, const values::AggregateContext&) {
    return (all[0] - all[1]) / all[0];
  }
};
constexpr values::Aggregate kAggregate = AggregateOf<Drop>::Make();

}  // namespace

extern const values::FunctionRow function_drop;
const values::FunctionRow function_drop{
    .name = "drop",
    .documentation =
        "How much smaller the newest sample of a window is than its oldest, as a part of that.",
    .parameters = kParameters,
    .result = FunctionUnit::kRatio,
    .examples = kExamples,
    .over_window = true,
    .aggregate = &kAggregate,
};

}  // namespace tocsin::stdlib
