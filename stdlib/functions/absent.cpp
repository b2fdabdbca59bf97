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

extern const values::FunctionRow function_absent;
const values::FunctionRow function_absent{
    .name = "absent",
    .documentation = "Whether a window has no sample.",
    .parameters = kParameters,
    .result = FunctionUnit::kTruth,
    .over_window = true,
};

}  // namespace tocsin::stdlib
