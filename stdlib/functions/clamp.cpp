#include <array>

#include "stdlib/functions/functions.h"

namespace tocsin::stdlib {
namespace {

using values::FunctionExample;
using values::FunctionParameter;
using values::FunctionUnit;

void Clamp(std::span<const double* const> arguments, std::span<const double> parameters,
           std::int64_t rows, double* result) {
  const double low = parameters[0];
  const double high = parameters[1];
  for (std::int64_t row = 0; row < rows; ++row) {
    const double value = arguments[0][row];
    result[row] = value < low ? low : high < value ? high : value;
  }
}

constexpr std::array kParameters = {
    FunctionParameter{"value", FunctionUnit::kAny},
    FunctionParameter{"low", FunctionUnit::kSame, true},
    FunctionParameter{"high", FunctionUnit::kSame, true},
};
constexpr std::array kExamples = {
    FunctionExample{"clamp(1.5, low: 0, high: 1)", "1"},
    FunctionExample{"clamp(-1, low: 0, high: 1)", "0"},
    FunctionExample{"clamp(0.25, low: 0, high: 1)", "0.25"},
};

}  // namespace

extern const values::FunctionRow function_clamp;
const values::FunctionRow function_clamp{
    .name = "clamp",
    .documentation = "The value, or the nearer bound where it lies outside `low` to `high`.",
    .parameters = kParameters,
    .result = FunctionUnit::kSame,
    .examples = kExamples,
    .column = Clamp,
};

}  // namespace tocsin::stdlib
