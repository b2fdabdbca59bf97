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

extern const values::FunctionRow function_max;
const values::FunctionRow function_max{
    .name = "max",
    .documentation = "The largest sample of a window, or the largest of rows.",
    .parameters = kParameters,
    .result = FunctionUnit::kSame,
    .over_window = true,
    .across_rows = true,
};

}  // namespace tocsin::stdlib
