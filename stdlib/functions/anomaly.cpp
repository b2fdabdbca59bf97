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

extern const values::FunctionRow function_anomaly;
const values::FunctionRow function_anomaly{
    .name = "anomaly",
    .documentation =
        "How many standard deviations the newest sample of a window is away from its mean.",
    .parameters = kParameters,
    .result = FunctionUnit::kSigma,
    .over_window = true,
};

}  // namespace tocsin::stdlib
