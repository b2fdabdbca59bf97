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
    FunctionExample{"slope([0, 15, 30])", "1/s"},
};

struct Slope : Trend {
  static double Value(const Partial& all, const values::AggregateContext&) {
    return Trend::Slope(all);
  }
};
constexpr values::Aggregate kAggregate =
    AggregateOf<Slope, AggregateTraits{.needs_time = true}>::Make();

}  // namespace

extern const values::FunctionRow function_slope;
const values::FunctionRow function_slope{
    .name = "slope",
    .documentation = "How fast a value changes in a window, per second, by least squares.",
    .parameters = kParameters,
    .result = FunctionUnit::kPerSecond,
    .examples = kExamples,
    .over_window = true,
    .aggregate = &kAggregate,
};

}  // namespace tocsin::stdlib
