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

extern const values::FunctionRow function_changes;
const values::FunctionRow function_changes{
    .name = "changes",
    .documentation = "How often a value changed in a window.",
    .parameters = kParameters,
    .result = FunctionUnit::kCount,
    .over_window = true,
};

}  // namespace tocsin::stdlib
