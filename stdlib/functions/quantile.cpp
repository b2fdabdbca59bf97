#include <array>

#include "stdlib/functions/functions.h"

namespace tocsin::stdlib {
namespace {

using values::FunctionParameter;
using values::FunctionUnit;

constexpr std::array kParameters = {
    FunctionParameter{"value", FunctionUnit::kAny},
    FunctionParameter{"part", FunctionUnit::kRatio, true},
};

}  // namespace

extern const values::FunctionRow function_quantile;
const values::FunctionRow function_quantile{
    .name = "quantile",
    .documentation = "The value that a part of the samples of a window does not exceed.",
    .parameters = kParameters,
    .result = FunctionUnit::kSame,
    .over_window = true,
};

}  // namespace tocsin::stdlib
