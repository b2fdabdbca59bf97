#include <array>

#include "stdlib/functions/functions.h"

namespace tocsin::stdlib {
namespace {

using values::FunctionParameter;
using values::FunctionUnit;

constexpr std::array kParameters = {
    FunctionParameter{"value", FunctionUnit::kAnything},
};

}  // namespace

extern const values::FunctionRow function_count;
const values::FunctionRow function_count{
    .name = "count",
    .documentation = "How many samples a window has, or how many rows have a value.",
    .parameters = kParameters,
    .result = FunctionUnit::kCount,
    .over_window = true,
    .across_rows = true,
    .additive = true,
};

}  // namespace tocsin::stdlib
