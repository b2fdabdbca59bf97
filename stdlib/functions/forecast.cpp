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
    FunctionParameter{"ahead", FunctionUnit::kDuration, true},
};
constexpr std::array kExamples = {
    FunctionExample{"forecast([0, 15, 30], ahead: 1m)", "90"},
};

struct Forecast : Trend {
  static double Value(const Partial& all, const values::AggregateContext& context) {
    const double ahead_s = context.parameters[0] / 1000;
    return all[2] + Slope(all) * (context.now_s + ahead_s - all[1]);
  }
};
constexpr values::Aggregate kAggregate =
    AggregateOf<Forecast, AggregateTraits{.needs_time = true}>::Make();

}  // namespace

extern const values::FunctionRow function_forecast;
const values::FunctionRow function_forecast{
    .name = "forecast",
    .documentation = "The value some time ahead, by the trend of a window.",
    .parameters = kParameters,
    .result = FunctionUnit::kSame,
    .examples = kExamples,
    .over_window = true,
    .aggregate = &kAggregate,
};

}  // namespace tocsin::stdlib
