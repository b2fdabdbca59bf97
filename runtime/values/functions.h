// One row for each standard function: what `check` needs to know of it, and what both executors
// call. A function is one file in stdlib/functions/, which defines one row; a table made at build
// time collects them, so that nothing else names a function.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "runtime/values/aggregates.h"
#include "runtime/values/units.h"

namespace tocsin::values {

// What a parameter or a result may be. kSame is the unit of the first argument, kPerSecond that
// unit for each second: bytes become a byte_rate, durations a ratio, all else a rate.
enum class FunctionUnit : std::uint8_t {
  kAny,  // any but a condition
  kSame,
  kPerSecond,
  kNumber,
  kRatio,
  kDuration,
  kCount,
  kBytes,
  kRate,
  kTruth,
  kAnything,  // a condition, too
  kSigma
};

struct FunctionParameter {
  std::string_view name;
  FunctionUnit unit = FunctionUnit::kAny;
  bool constant = false;  // must be written as a literal; handed over in `parameters`
};

struct FunctionExample {
  std::string_view source;  // "clamp(1.5, low: 0, high: 1)"
  std::string_view result;  // "1"
};

// A function of the sort `column`: for `rows` rows, arguments[i][row] to result[row]. Called only
// where every argument is known; a result that is not finite becomes absent. Rows are worked on
// alone: the result of one row may not depend on another, nor on where a chunk begins.
using ColumnFunction = void (*)(std::span<const double* const> arguments,
                                std::span<const double> parameters, std::int64_t rows,
                                double* result);
// A function of the sort `text`: a value as text, for templates.
using TextFunction = std::string (*)(double value, Unit unit);

struct FunctionRow {
  std::string_view name;
  std::string_view documentation;  // the first sentence says what it gives
  std::span<const FunctionParameter> parameters;
  FunctionUnit result = FunctionUnit::kSame;  // of a column function
  std::span<const FunctionExample> examples;
  // The first argument is a window: `avg(error_rate over 5m)`.
  bool over_window = false;
  // May be applied to the rows of a series, too: `sum(sold) by (region)`. A function that can be
  // applied only so takes nothing else.
  bool across_rows = false;
  bool only_across_rows = false;
  // Across rows: a label that is folded and whose values are numbers, handed over as `bounds`;
  // empty: none.
  std::string_view bound_label;
  // It gives its first argument as that was some time ago, its second.
  bool earlier = false;
  // It gives how many there are, whatever they are.
  bool counts = false;
  // What it gives for several rows added up is the sum of what it gives for each.
  bool additive = false;
  // Over a window, it speaks even of a row that has no value now.
  bool of_silent_rows = false;
  // At most one of these is set. A function with none is part of the language and cannot be run
  // yet.
  ColumnFunction column = nullptr;
  TextFunction text = nullptr;
  const Aggregate* aggregate = nullptr;
  // Over a window, which aggregate serves constants and a number of ticks; none: it cannot be
  // computed. Null where it is always the same.
  const Aggregate* (*choose)(std::span<const double> parameters, std::int64_t ticks) = nullptr;

  const Aggregate* OverWindow(std::span<const double> constants, std::int64_t ticks) const {
    return choose == nullptr ? aggregate : choose(constants, ticks);
  }
};

}  // namespace tocsin::values
