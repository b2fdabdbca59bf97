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

extern const values::FunctionRow function_first;
const values::FunctionRow function_first{
    .name = "first",
    .documentation = "The oldest sample of a window.",
    .parameters = kParameters,
    .result = FunctionUnit::kSame,
    .over_window = true,
};

}  // namespace tocsin::stdlib
