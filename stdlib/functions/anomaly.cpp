#include <array>

#include "stdlib/functions/functions.h"
#include "stdlib/functions/moments.h"

namespace tocsin::stdlib {
namespace {

using values::FunctionExample;
using values::FunctionParameter;
using values::FunctionUnit;

constexpr std::array kParameters = {
    FunctionParameter{"value", FunctionUnit::kAny},
};
constexpr std::array kExamples = {
    FunctionExample{"anomaly([2, 4, 4, 4, 5, 5, 7, 9])", "2sigma"},
};

struct Anomaly {
  // Of all of them, and the newest.
  static constexpr std::array<double, 4> kEmpty = {0, 0, 0, kAbsent};
  using Partial = std::array<double, 4>;
  static Partial Of(const AggregateSample& sample) { return {1, sample.value, 0, sample.value}; }
  static Partial Merge(const Partial& a, const Partial& b) {
    const Spread::Partial all = Spread::Merge({a[0], a[1], a[2]}, {b[0], b[1], b[2]});
    return {all[0], all[1], all[2], b[3] == b[3] ? b[3] : a[3]};
  }
  static double Value(const Partial& all, const values::AggregateContext&) {
    return std::fabs(all[3] - all[1]) / Spread::Deviation({all[0], all[1], all[2]});
  }
};
constexpr values::Aggregate kAggregate = AggregateOf<Anomaly>::Make();

}  // namespace

extern const values::FunctionRow function_anomaly;
const values::FunctionRow function_anomaly{
    .name = "anomaly",
    .documentation =
        "How many standard deviations the newest sample of a window is away from its mean.",
    .parameters = kParameters,
    .result = FunctionUnit::kSigma,
    .examples = kExamples,
    .over_window = true,
    .aggregate = &kAggregate,
};

}  // namespace tocsin::stdlib
