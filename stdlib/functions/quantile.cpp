// Over a window: exact, from the few largest or smallest values, so that a part near an end is
// cheap however long the window; else from all of up to 1024; else from how many there are of each
// size, to 1 %. Across rows: from all of them.

#include <algorithm>
#include <array>
#include <limits>
#include <vector>

#include "stdlib/functions/aggregate.h"
#include "stdlib/functions/functions.h"
#include "stdlib/functions/rank.h"
#include "stdlib/functions/sketch_window.h"
#include "stdlib/functions/sorted_window.h"

namespace tocsin::stdlib {
namespace {

using values::FunctionExample;
using values::FunctionParameter;
using values::FunctionUnit;

// The kKept largest values, or the smallest, which are kept with their signs turned.
template <std::size_t kKept, bool kLargest>
struct Few {
  using Partial =
      std::array<double, kKept + 1>;  // how many there were, then the kept ones, falling
  static constexpr Partial Nothing() {
    Partial partial{};
    for (std::size_t i = 1; i <= kKept; ++i) partial[i] = -std::numeric_limits<double>::infinity();
    return partial;
  }
  static constexpr Partial kEmpty = Nothing();

  static Partial Of(const AggregateSample& sample) {
    Partial partial = kEmpty;
    partial[0] = 1;
    partial[1] = kLargest ? sample.value : -sample.value;
    return partial;
  }
  // The larger of one list forwards and the other backwards are the largest of both, rising and
  // then falling; a bitonic network (Batcher 1968) puts them in order.
  static Partial Merge(const Partial& a, const Partial& b) {
    Partial all;
    all[0] = a[0] + b[0];
    for (std::size_t i = 0; i < kKept; ++i) {
      const double x = a[1 + i], y = b[kKept - i];
      all[1 + i] = x < y ? y : x;
    }
    for (std::size_t apart = kKept / 2; apart > 0; apart /= 2) {
      for (std::size_t i = 0; i < kKept; ++i) {
        if ((i & apart) != 0) continue;
        const double x = all[1 + i], y = all[1 + i + apart];
        all[1 + i] = x < y ? y : x;
        all[1 + i + apart] = x < y ? x : y;
      }
    }
    return all;
  }
  static double Value(const Partial& all, const values::AggregateContext& context) {
    const double count = all[0];
    if (!(count > 0)) return kAbsent;
    const double part = kLargest ? context.parameters[0] : 1 - context.parameters[0];
    const Rank rank(part, count);
    const auto low = static_cast<std::size_t>(static_cast<int>(count) - 1 - rank.below);
    if (low >= kKept) return kAbsent;
    const double value = rank.Between(all[1 + low], all[1 + (low > 0 ? low - 1 : 0)]);
    return kLargest ? value : -value;
  }
};

double OfAll(const double* values, std::int64_t count, const values::AggregateContext& context) {
  const bool whole = context.parameters[0] >= 0 && context.parameters[0] <= 1;
  if (count == 0 || !whole) return kAbsent;
  std::vector<double> sorted(values, values + count);
  std::ranges::sort(sorted);
  const Rank rank(context.parameters[0], static_cast<double>(count));
  const auto low = static_cast<std::size_t>(rank.below);
  return rank.Between(sorted[low], sorted[std::min(low + 1, sorted.size() - 1)]);
}

template <std::size_t kKept, bool kLargest>
constexpr values::Aggregate kFew = [] {
  values::Aggregate made =
      AggregateOf<Few<kKept, kLargest>, AggregateTraits{.of_ticks = true}>::Make();
  made.fold = OfAll;
  return made;
}();

template <class Window>
constexpr values::Aggregate kByTicks = {
    .of_ticks = true, .fold = OfAll, .by_ticks = &Window::kKind};

// The smallest that keeps enough for every number of values up to one a tick.
const values::Aggregate* Choose(std::span<const double> parameters, std::int64_t ticks) {
  const double part = parameters[0];
  if (!(part >= 0 && part <= 1)) return nullptr;
  const bool largest = part >= 0.5;
  const double beyond = (largest ? 1 - part : part) * static_cast<double>(ticks) + 2;
  if (beyond <= 2) return largest ? &kFew<2, true> : &kFew<2, false>;
  if (beyond <= 4) return largest ? &kFew<4, true> : &kFew<4, false>;
  if (beyond <= 8) return largest ? &kFew<8, true> : &kFew<8, false>;
  if (beyond <= 16) return largest ? &kFew<16, true> : &kFew<16, false>;
  if (beyond <= 32) return largest ? &kFew<32, true> : &kFew<32, false>;
  if (ticks <= SortedWindow::kMostTicks) return &kByTicks<SortedWindow>;
  return ticks <= SketchWindow::kMostTicks ? &kByTicks<SketchWindow> : nullptr;
}

constexpr std::array kParameters = {
    FunctionParameter{"value", FunctionUnit::kAny},
    FunctionParameter{"part", FunctionUnit::kRatio, true},
};
constexpr std::array kExamples = {
    FunctionExample{"quantile([1, 2, 3, 4], part: 50%)", "2.5"},
    FunctionExample{"quantile([1, 2, 3, 4, 5], part: 99%)", "4.96"},
};

}  // namespace

extern const values::FunctionRow function_quantile;
const values::FunctionRow function_quantile{
    .name = "quantile",
    .documentation =
        "The value that a part of the values at the ticks of a window, or of rows, "
        "does not exceed; between two of them it is in proportion. Exact, but over more than 1024 "
        "ticks, where a part from the middle is within 1 %.",
    .parameters = kParameters,
    .result = FunctionUnit::kSame,
    .examples = kExamples,
    .over_window = true,
    .across_rows = true,
    .aggregate = &kFew<2, true>,
    .choose = Choose,
};

}  // namespace tocsin::stdlib
