#include <array>

#include "stdlib/functions/functions.h"

namespace tocsin::stdlib {
namespace {

using values::FunctionExample;
using values::Unit;

// Whatever the value's unit, its number is read as a fraction of one.
std::string Percent(double value, Unit) { return values::FormatQuantity(value, Unit::kRatio); }

constexpr std::array kExamples = {
    FunctionExample{"percent(0.052)", "5.2%"},
    FunctionExample{"percent(1)", "100%"},
};

}  // namespace

extern const values::FunctionRow function_percent;
const values::FunctionRow function_percent{
    .name = "percent",
    .documentation = "A fraction of one as a percentage.",
    .parameters = {},
    .examples = kExamples,
    .text = Percent,
};

}  // namespace tocsin::stdlib
