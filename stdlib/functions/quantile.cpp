// Over a window: exact, from the few largest or smallest values, so that a part near an end is
// cheap however long the window; else from all of up to 1024; else from how many there are of each
// size, to 1 %. Across rows: from all of them.

#include <algorithm>
#include <array>
#include <cstring>
#include <functional>
#include <limits>
#include <utility>
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
    if constexpr (kKept <= 4) {
      // Written out: a loop would keep the one over rows from becoming vectors.
      [&]<std::size_t... i>(std::index_sequence<i...>) TOCSIN_INLINED {
        ((all[1 + i] = a[1 + i] < b[kKept - i] ? b[kKept - i] : a[1 + i]), ...);
      }(std::make_index_sequence<kKept>());
      if constexpr (kKept == 4) {
        Exchange(all[1], all[3]);
        Exchange(all[2], all[4]);
        Exchange(all[3], all[4]);
      }
      Exchange(all[1], all[2]);
      return all;
    }
    for (std::size_t i = 0; i < kKept; ++i) {
      const double x = a[1 + i], y = b[kKept - i];
      all[1 + i] = x < y ? y : x;
    }
    for (std::size_t apart = kKept / 2; apart > 0; apart /= 2) {
      for (std::size_t i = 0; i < kKept; ++i) {
        if ((i & apart) == 0) Exchange(all[1 + i], all[1 + i + apart]);
      }
    }
    return all;
  }
  static void Exchange(double& larger, double& smaller) {
    const double x = larger, y = smaller;
    larger = x < y ? y : x;
    smaller = x < y ? x : y;
  }
  // Without a branch where few are kept, so that the loop over rows becomes vectors.
  static double Value(const Partial& all, const values::AggregateContext& context) {
    const double count = all[0];
    const double part = kLargest ? context.parameters[0] : 1 - context.parameters[0];
    const Rank rank(part, count);
    const double from_top = count - 1 - rank.below;
    double low = all[1], high = all[1];
    if constexpr (kKept <= 4) {
      [&]<std::size_t... i>(std::index_sequence<i...>) TOCSIN_INLINED {
        ((high = from_top > double{i} ? low : high, low = from_top > double{i} ? all[2 + i] : low),
         ...);
      }(std::make_index_sequence<kKept - 1>());
    } else if (from_top > 0 && from_top < kKept) {
      const auto place = static_cast<std::size_t>(from_top);
      low = all[1 + place];
      high = all[place];
    }
    const double value = rank.Between(low, high);
    const double known = from_top < kKept ? (kLargest ? value : -value) : kAbsent;
    return count > 0 ? known : kAbsent;
  }
};

using Four = double __attribute__((vector_size(32)));
constexpr std::size_t kFour = 4;
[[gnu::always_inline]] inline void LoadFour(const double* from, Four& four) {
  std::memcpy(&four, from, sizeof four);
}

// No more than the value `from_top` places below the largest, and not much less: of groups of the
// values the largest ones are taken, and of those the one at that place.
template <std::size_t kGroups>
[[gnu::always_inline]] inline double JustBelow(const double* values, std::size_t count,
                                               std::size_t from_top) {
  std::array<Four, kGroups / kFour> largest;
  for (std::size_t i = 0; i < largest.size(); ++i) LoadFour(values + i * kFour, largest[i]);
  for (std::size_t first = kGroups; first + kGroups <= count; first += kGroups) {
    for (std::size_t i = 0; i < largest.size(); ++i) {
      Four some;
      LoadFour(values + first + i * kFour, some);
      largest[i] = largest[i] < some ? some : largest[i];
    }
  }
  std::array<double, kGroups> each;
  std::memcpy(each.data(), largest.data(), sizeof each);
  const auto at = each.begin() + static_cast<std::ptrdiff_t>(from_top);
  std::nth_element(each.begin(), at, each.end(), std::greater<>());
  return *at;
}

// Values that are not below `least`, in their order: how many, or more than there is room for.
constexpr std::size_t kMostTaken = 256;
[[gnu::always_inline]] inline std::size_t TakeNotBelow(double least, const double* values,
                                                       std::size_t count,
                                                       std::array<double, kMostTaken>& taken) {
  constexpr std::size_t kAtOnce = 4 * kFour;
  std::size_t some = 0;
  for (std::size_t first = 0; first < count; first += kAtOnce) {
    const std::size_t end = std::min(count, first + kAtOnce);
    if (end == first + kAtOnce) {
      Four a, b, c, d;
      LoadFour(values + first, a);
      LoadFour(values + first + kFour, b);
      LoadFour(values + first + 2 * kFour, c);
      LoadFour(values + first + 3 * kFour, d);
      const auto any = ((a >= least) | (b >= least)) | ((c >= least) | (d >= least));
      if (((any[0] | any[1]) | (any[2] | any[3])) == 0) continue;
    }
    if (some + kAtOnce > kMostTaken) return kMostTaken + 1;
    for (std::size_t at = first; at < end; ++at) {
      taken[some] = values[at];
      some += values[at] >= least ? 1u : 0u;
    }
  }
  return some;
}

// The value `from_top` places below the largest, and the next larger one. A part near the top keeps
// a heap of the few values that are larger, of which the smallest is what the next must exceed.
struct Pair {
  double low, high;
};
constexpr std::size_t kHeap = 64;
[[gnu::always_inline]] inline Pair OfHeap(const double* values, std::size_t count,
                                          std::size_t from_top) {
  std::array<double, kHeap> heap{};
  const auto begin = heap.begin(), end = begin + static_cast<std::ptrdiff_t>(from_top + 1);
  std::copy_n(values, from_top + 1, begin);
  std::make_heap(begin, end, std::greater<>());
  for (std::size_t i = from_top + 1; i < count; ++i) {
    if (!(values[i] > *begin)) continue;
    std::pop_heap(begin, end, std::greater<>());
    *(end - 1) = values[i];
    std::push_heap(begin, end, std::greater<>());
  }
  return {*begin, from_top > 0 ? *std::min_element(begin + 1, end) : *begin};
}
// Of many values, most are too small to be looked at one by one.
[[gnu::always_inline]] inline Pair TakeFromTop(const double* values, std::size_t count,
                                               std::size_t from_top) {
  constexpr std::size_t kFewGroups = 16, kManyGroups = kHeap;
  if (count < 2 * kManyGroups) return OfHeap(values, count, from_top);
  std::array<double, kMostTaken> taken;
  const double least = from_top < kFewGroups / 2 ? JustBelow<kFewGroups>(values, count, from_top)
                                                 : JustBelow<kManyGroups>(values, count, from_top);
  const std::size_t some = TakeNotBelow(least, values, count, taken);
  if (some > kMostTaken) return OfHeap(values, count, from_top);
  return OfHeap(taken.data(), some, from_top);
}
TOCSIN_WIDE Pair FromTopWide(const double* values, std::size_t count, std::size_t from_top) {
  return TakeFromTop(values, count, from_top);
}
Pair FromTop(const double* values, std::size_t count, std::size_t from_top) {
  return tocsin::values::HasWide() ? FromTopWide(values, count, from_top)
                                   : TakeFromTop(values, count, from_top);
}
Pair FromBottom(const double* values, std::size_t count, std::size_t below) {
  std::vector<double> all(values, values + count);
  const auto at = all.begin() + static_cast<std::ptrdiff_t>(below);
  std::nth_element(all.begin(), at, all.end());
  return {*at, at + 1 < all.end() ? *std::min_element(at + 1, all.end()) : *at};
}

double OfAll(const double* values, std::int64_t count, const values::AggregateContext& context) {
  const bool whole = context.parameters[0] >= 0 && context.parameters[0] <= 1;
  if (count == 0 || !whole) return kAbsent;
  const Rank rank(context.parameters[0], static_cast<double>(count));
  const auto all = static_cast<std::size_t>(count);
  const std::size_t from_top = all - 1 - static_cast<std::size_t>(rank.below);
  const Pair pair = from_top < kHeap ? FromTop(values, all, from_top)
                                     : FromBottom(values, all, all - 1 - from_top);
  return rank.Between(pair.low, pair.high);
}

template <std::size_t kKept, bool kLargest>
constexpr values::Aggregate kFew = [] {
  values::Aggregate made =
      AggregateOf<Few<kKept, kLargest>, AggregateTraits{.of_ticks = true}>::Make();
  made.fold = OfAll;
  return made;
}();

template <class Window>
constexpr values::TickWindowKind kKind = {
    [](std::span<const double> parameters,
       std::int64_t ticks) -> std::unique_ptr<values::TickWindow> {
      return std::make_unique<Window>(parameters[0], ticks);
    },
    Window::BytesOfRow};
template <class Window>
constexpr values::Aggregate kByTicks = {
    .of_ticks = true, .fold = OfAll, .by_ticks = &kKind<Window>};

const values::Aggregate* ByTicks(std::int64_t ticks) {
  if (ticks <= SortedWindow::kMostTicks) return &kByTicks<SortedWindow>;
  return ticks <= SketchWindow::kMostTicks ? &kByTicks<SketchWindow> : nullptr;
}

// How many of the largest (or smallest) values a window may ask for.
double Needed(double part, std::int64_t ticks) {
  constexpr std::int64_t kMostLookedAt = 5000;
  if (ticks > kMostLookedAt) return (1 - part) * static_cast<double>(ticks) + 2;
  double needed = 1;
  for (std::int64_t n = 1; n <= ticks; ++n) {
    const auto count = static_cast<double>(n);
    needed = std::max(needed, count - Rank(part, count).below);
  }
  return needed;
}

// The smallest that keeps enough for every number of values up to one a tick.
const values::Aggregate* Choose(std::span<const double> parameters, std::int64_t ticks) {
  if (!(parameters[0] >= 0 && parameters[0] <= 1)) return nullptr;
  const bool largest = parameters[0] >= 0.5;
  const double part = largest ? parameters[0] : 1 - parameters[0];
  const double beyond = (1 - part) * static_cast<double>(ticks) + 2;
  if (beyond > 32) return ByTicks(ticks);
  const double needed = Needed(part, ticks);
  if (needed <= 2) return largest ? &kFew<2, true> : &kFew<2, false>;
  if (needed <= 4) return largest ? &kFew<4, true> : &kFew<4, false>;
  if (needed <= 8) return largest ? &kFew<8, true> : &kFew<8, false>;
  if (needed <= 16) return largest ? &kFew<16, true> : &kFew<16, false>;
  return largest ? &kFew<32, true> : &kFew<32, false>;
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
