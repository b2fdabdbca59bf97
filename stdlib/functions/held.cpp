#include <array>

#include "stdlib/functions/functions.h"

namespace tocsin::stdlib {
namespace {

using values::FunctionParameter;
using values::FunctionUnit;

constexpr std::array kParameters = {
    FunctionParameter{"value", FunctionUnit::kTruth},
};

}  // namespace

extern const values::FunctionRow function_held;
const values::FunctionRow function_held{
    .name = "held",
    .documentation = "Whether a condition held at every sample of a window.",
    .parameters = kParameters,
    .result = FunctionUnit::kTruth,
    .over_window = true,
};

}  // namespace tocsin::stdlib
