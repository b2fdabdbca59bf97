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

extern const values::FunctionRow function_increase;
const values::FunctionRow function_increase{
    .name = "increase",
    .documentation = "How much a counter grew in a window; a fall is a reset.",
    .parameters = kParameters,
    .result = FunctionUnit::kSame,
    .over_window = true,
    .additive = true,
};

}  // namespace tocsin::stdlib
