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

extern const values::FunctionRow function_all;
const values::FunctionRow function_all{
    .name = "all",
    .documentation = "Whether a condition holds in all rows.",
    .parameters = kParameters,
    .result = FunctionUnit::kTruth,
    .across_rows = true,
    .only_across_rows = true,
};

}  // namespace tocsin::stdlib
