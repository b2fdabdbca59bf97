#include <array>

#include "stdlib/functions/functions.h"

namespace tocsin::stdlib {
namespace {

using values::FunctionParameter;
using values::FunctionUnit;

constexpr std::array kParameters = {
    FunctionParameter{"value", FunctionUnit::kAny},
    FunctionParameter{"ahead", FunctionUnit::kDuration, true},
};

}  // namespace

extern const values::FunctionRow function_forecast;
const values::FunctionRow function_forecast{
    .name = "forecast",
    .documentation = "The value some time ahead, by the trend of a window.",
    .parameters = kParameters,
    .result = FunctionUnit::kSame,
    .over_window = true,
};

}  // namespace tocsin::stdlib
