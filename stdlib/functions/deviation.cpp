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
    FunctionExample{"deviation([2, 4, 4, 4, 5, 5, 7, 9])", "2"},
};

struct Deviation : Spread {
  static double Value(const Partial& all, const values::AggregateContext&) {
    return Spread::Deviation(all);
  }
};
constexpr values::Aggregate kAggregate = AggregateOf<Deviation>::Make();

}  // namespace

extern const values::FunctionRow function_deviation;
const values::FunctionRow function_deviation{
    .name = "deviation",
    .documentation = "The standard deviation of the samples of a window.",
    .parameters = kParameters,
    .result = FunctionUnit::kSame,
    .examples = kExamples,
    .over_window = true,
    .aggregate = &kAggregate,
};

}  // namespace tocsin::stdlib
