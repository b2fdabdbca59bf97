#include <array>

#include "stdlib/functions/functions.h"
#include "stdlib/functions/growth.h"

namespace tocsin::stdlib {
namespace {

using values::FunctionExample;
using values::FunctionParameter;
using values::FunctionUnit;

constexpr std::array kParameters = {
    FunctionParameter{"value", FunctionUnit::kAny},
};
constexpr std::array kExamples = {
    FunctionExample{"rate([0, 15, 30, 45])", "0.75/s"},
};

struct Rate : Growth {
  static double Value(const Partial& all, const values::AggregateContext& context) {
    return Total(all) / context.length_s;
  }
};
constexpr values::Aggregate kAggregate =
    AggregateOf<Rate, AggregateTraits{.needs_previous = true}>::Make();

}  // namespace

extern const values::FunctionRow function_rate;
const values::FunctionRow function_rate{
    .name = "rate",
    .documentation = "How fast a counter grew in a window, per second; a fall is a reset.",
    .parameters = kParameters,
    .result = FunctionUnit::kPerSecond,
    .examples = kExamples,
    .over_window = true,
    .additive = true,
    .aggregate = &kAggregate,
};

}  // namespace tocsin::stdlib
