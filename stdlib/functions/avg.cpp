#include <array>

#include "stdlib/functions/functions.h"

namespace tocsin::stdlib {
namespace {

using values::FunctionParameter;
using values::FunctionUnit;

constexpr std::array kParameters = {
    FunctionParameter{"value", FunctionUnit::kAny},
};

}  // namespace

extern const values::FunctionRow function_avg;
const values::FunctionRow function_avg{
    .name = "avg",
    .documentation = "The mean of the samples of a window, or of rows.",
    .parameters = kParameters,
    .result = FunctionUnit::kSame,
    .over_window = true,
    .across_rows = true,
};

}  // namespace tocsin::stdlib
