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

extern const values::FunctionRow function_any;
const values::FunctionRow function_any{
    .name = "any",
    .documentation = "Whether a condition holds in any row.",
    .parameters = kParameters,
    .result = FunctionUnit::kTruth,
    .across_rows = true,
    .only_across_rows = true,
};

}  // namespace tocsin::stdlib
