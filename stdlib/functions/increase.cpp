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
    FunctionExample{"increase([0, 15, 30, 5])", "35"},
};

struct Increase : Growth {
  static double Value(const Partial& all, const values::AggregateContext&) { return Total(all); }
};
constexpr values::Aggregate kAggregate =
    AggregateOf<Increase, AggregateTraits{.needs_previous = true}>::Make();

}  // namespace

extern const values::FunctionRow function_increase;
const values::FunctionRow function_increase{
    .name = "increase",
    .documentation = "How much a counter grew in a window; a fall is a reset.",
    .parameters = kParameters,
    .result = FunctionUnit::kSame,
    .examples = kExamples,
    .over_window = true,
    .additive = true,
    .aggregate = &kAggregate,
};

}  // namespace tocsin::stdlib
