#include "tests/bench/w1/columnar_loops.h"

#include <algorithm>
#include <array>
#include <functional>
#include <limits>

namespace tocsin::bench::w1 {
namespace {

// The vectors of g++ and clang: four rows, the width of AVX2. Columns are padded with rows that are
// absent, so loops go on to whole vectors.
constexpr std::size_t kWidth = 4;
using Doubles = double __attribute__((vector_size(32)));
using Masks = std::int64_t __attribute__((vector_size(32)));

constexpr double kAbsent = std::numeric_limits<double>::quiet_NaN();
constexpr double kLeast = -std::numeric_limits<double>::infinity();
constexpr double kGreatest = std::numeric_limits<double>::max();

const Doubles& At(const double* column, std::size_t row) {
  return *reinterpret_cast<const Doubles*>(column + row);
}
Doubles& At(double* column, std::size_t row) { return *reinterpret_cast<Doubles*>(column + row); }
Masks IsSome(Doubles values) { return values == values; }
// A window says nothing of a row that is silent now.
Doubles Of(Doubles window, Doubles now) { return IsSome(now) ? window : Doubles{} + kAbsent; }
Masks IsFinite(Doubles values) { return (values <= kGreatest) & (values >= -kGreatest); }
Doubles Greater(Doubles a, Doubles b) { return a > b ? a : b; }
Doubles Lesser(Doubles a, Doubles b) { return a > b ? b : a; }

std::uint64_t Total(Masks counts) {
  return static_cast<std::uint64_t>(-(counts[0] + counts[1] + counts[2] + counts[3]));
}

struct Answer {
  Masks holds;
  Masks known;
};

template <class Test>
[[gnu::always_inline]] inline void Judge(std::size_t rows, const Judged& judged, bool counted,
                                         Test test) {
  Masks active{}, firing{}, transitions{};
  for (std::size_t row = 0; row < rows; row += kWidth) {
    const Answer answer = test(row);
    Doubles& held = At(judged.held, row);
    const Doubles before = held;
    const Doubles now = answer.holds ? before + 1.0 : (answer.known ? Doubles{} : before);
    held = now;
    const Masks fires = now > judged.need;
    active += now > 0.0;
    firing += fires;
    transitions += fires ^ (before > judged.need);
  }
  if (!counted) return;
  judged.counts->active += Total(active);
  judged.counts->firing += Total(firing);
  judged.counts->transitions += Total(transitions);
}

// The kKept largest of some and one more.
template <std::size_t kKept>
[[gnu::always_inline]] inline void Insert(std::array<Doubles, kKept>& largest, Doubles value) {
  for (Doubles& each : largest) {
    const Doubles smaller = Lesser(value, each);
    each = Greater(value, each);
    value = smaller;
  }
}
// The kKept largest of two lists that fall. The larger of one forwards and the other backwards are
// what is wanted, in some order.
template <std::size_t kKept>
[[gnu::always_inline]] inline std::array<Doubles, kKept> Merge(
    const std::array<Doubles, kKept>& a, const std::array<Doubles, kKept>& b) {
  std::array<Doubles, kKept> all;
  for (std::size_t i = 0; i < kKept; ++i) all[i] = Greater(a[i], b[kKept - 1 - i]);
  for (std::size_t i = 0; i + 1 < kKept; ++i) {
    for (std::size_t j = i + 1; j < kKept; ++j) {
      const Doubles low = Lesser(all[i], all[j]);
      all[i] = Greater(all[i], all[j]);
      all[j] = low;
    }
  }
  return all;
}
template <std::size_t kKept>
[[gnu::always_inline]] inline std::array<Doubles, kKept> Load(const ColumnsOfLargest& from,
                                                              std::size_t row) {
  std::array<Doubles, kKept> loaded;
  for (std::size_t i = 0; i < kKept; ++i) loaded[i] = At(from.first + i * from.stride, row);
  return loaded;
}
template <std::size_t kKept>
[[gnu::always_inline]] inline void Store(const std::array<Doubles, kKept>& largest,
                                         const ColumnsOfLargest& to, std::size_t row) {
  for (std::size_t i = 0; i < kKept; ++i) At(to.first + i * to.stride, row) = largest[i];
}

template <std::size_t kKept>
void SlideQuantileOf(const double* values, ColumnsOfLargest block, ColumnsOfLargest rest,
                     const double* count, double part, double* quantile, std::size_t rows) {
  for (std::size_t row = 0; row < rows; row += kWidth) {
    const Doubles value = At(values, row);
    std::array<Doubles, kKept> in_block = Load<kKept>(block, row);
    Insert(in_block, IsSome(value) ? value : Doubles{} + kLeast);
    Store(in_block, block, row);
    const std::array<Doubles, kKept> all = Merge(Load<kKept>(rest, row), in_block);
    const Doubles n = At(count, row);
    const Doubles rank = part * (n - 1.0);
    // A rank is small and not negative where there is a sample: this cuts off its fraction.
    const Doubles below = __builtin_convertvector(
        __builtin_convertvector(rank, std::int32_t __attribute__((vector_size(16)))), Doubles);
    const Doubles weight = rank - below;
    const Doubles from_top = n - 1.0 - below;
    Doubles low = all[0], high = all[0];
    for (std::size_t i = 1; i < kKept; ++i) {
      const Masks reached = from_top >= static_cast<double>(i);
      high = reached ? low : high;
      low = reached ? all[i] : low;
    }
    At(quantile, row) = Of(low * (1.0 - weight) + high * weight, value);
  }
}

template <std::size_t kKept>
void InsertIntoOf(const double* values, ColumnsOfLargest newer, ColumnsOfLargest largest,
                  std::size_t rows) {
  for (std::size_t row = 0; row < rows; row += kWidth) {
    const Doubles value = At(values, row);
    std::array<Doubles, kKept> all = Load<kKept>(newer, row);
    Insert(all, IsSome(value) ? value : Doubles{} + kLeast);
    Store(all, largest, row);
  }
}

}  // namespace

void JudgeAbove(const double* values, double limit, std::size_t rows, const Judged& judged,
                bool counted) {
  Judge(rows, judged, counted, [=](std::size_t row) {
    const Doubles value = At(values, row);
    return Answer{value > limit, IsFinite(value)};
  });
}
void JudgeBelow(const double* values, double limit, std::size_t rows, const Judged& judged,
                bool counted) {
  Judge(rows, judged, counted, [=](std::size_t row) {
    const Doubles value = At(values, row);
    return Answer{value < limit, IsFinite(value)};
  });
}
void JudgeRatio(const double* a, const double* b, double limit, std::size_t rows,
                const Judged& judged, bool counted) {
  Judge(rows, judged, counted, [=](std::size_t row) {
    const Doubles ratio = At(a, row) / At(b, row);
    const Masks known = IsFinite(ratio);
    return Answer{known & (ratio > limit), known};
  });
}
void JudgeDrop(const double* then, const double* now, double limit, std::size_t rows,
               const Judged& judged, bool counted) {
  Judge(rows, judged, counted, [=](std::size_t row) {
    const Doubles old = At(then, row);
    const Doubles drop = (old - At(now, row)) / old;
    const Masks known = IsFinite(drop);
    return Answer{known & (drop > limit), known};
  });
}
// One side that is known not to hold is an answer by itself.
void JudgeBoth(const double* a, double a_limit, const double* b, double b_limit, std::size_t rows,
               const Judged& judged, bool counted) {
  Judge(rows, judged, counted, [=](std::size_t row) {
    const Doubles one = At(a, row), other = At(b, row);
    const Masks both = (one > a_limit) & (other > b_limit);
    return Answer{both, both | (one <= a_limit) | (other <= b_limit)};
  });
}

bool AddGrowth(const double* values, bool some_idle, double* before, double* idle,
               const double* total_before, double* total, std::size_t rows) {
  Masks still_idle{};
  for (std::size_t row = 0; row < rows; row += kWidth) {
    const Doubles value = At(values, row), previous = At(before, row);
    const Doubles grown = value - (value < previous ? Doubles{} : previous);
    const Masks counts = IsSome(grown);
    At(total, row) = At(total_before, row) + (counts ? grown : Doubles{});
    At(before, row) = IsSome(value) ? value : previous;
    if (!some_idle && (counts[0] & counts[1] & counts[2] & counts[3]) != 0) continue;
    At(idle, row) = counts ? Doubles{} : At(idle, row) + 1.0;
    still_idle |= ~counts;
  }
  return (still_idle[0] | still_idle[1] | still_idle[2] | still_idle[3]) != 0;
}

void RateOf(const double* values, const double* total, const double* total_then, double length_s,
            double* rate, std::size_t rows) {
  for (std::size_t row = 0; row < rows; row += kWidth)
    At(rate, row) = Of((At(total, row) - At(total_then, row)) / length_s, At(values, row));
}
void OmitIdle(const double* idle, double panes, double* rate, std::size_t rows) {
  for (std::size_t row = 0; row < rows; row += kWidth)
    At(rate, row) = At(idle, row) < panes ? At(rate, row) : Doubles{} + kAbsent;
}

// extrapolatedRate of Prometheus 2.42, for samples 15 s apart of which the newest is 5 s old.
void ExtrapolatedRateOf(const double* total, const double* total_first, const double* first,
                        double panes, double* rate, std::size_t rows) {
  for (std::size_t row = 0; row < rows; ++row) {
    const double increase = total[row] - total_first[row];
    const double sampled_s = (panes - 1) * 15;
    double to_start_s = 10;
    if (increase > 0 && first[row] >= 0)
      to_start_s = std::min(to_start_s, sampled_s * (first[row] / increase));
    const double factor = (sampled_s + to_start_s + 5) / sampled_s / (panes * 15);
    rate[row] = increase * factor;
  }
}

namespace {
// Where as many samples come as go, as nearly always, there are as many as before.
[[gnu::always_inline]] inline void Count(Doubles in, Doubles out, double* count, std::size_t row) {
  const Masks changes = IsSome(in) ^ IsSome(out);
  if ((changes[0] | changes[1] | changes[2] | changes[3]) == 0) return;
  const Doubles one = Doubles{} + 1.0;
  At(count, row) += (IsSome(in) ? one : Doubles{}) - (IsSome(out) ? one : Doubles{});
}
}  // namespace

void SlideMean(const double* values, const double* removed, double* block, const double* rest,
               double* count, double* mean, std::size_t rows) {
  for (std::size_t row = 0; row < rows; row += kWidth) {
    const Doubles in = At(values, row);
    const Doubles in_block = At(block, row) + (IsSome(in) ? in : Doubles{});
    At(block, row) = in_block;
    Count(in, At(removed, row), count, row);
    At(mean, row) = Of((At(rest, row) + in_block) / At(count, row), in);
  }
}
void SumUp(const double* values, const double* newer, double* sum, std::size_t rows) {
  for (std::size_t row = 0; row < rows; row += kWidth) {
    const Doubles value = At(values, row);
    At(sum, row) = (IsSome(value) ? value : Doubles{}) + At(newer, row);
  }
}
void SlideCount(const double* added, const double* removed, double* count, std::size_t rows) {
  for (std::size_t row = 0; row < rows; row += kWidth)
    Count(At(added, row), At(removed, row), count, row);
}

void SlideMax(const double* values, double* block, const double* rest, double* largest,
              std::size_t rows) {
  for (std::size_t row = 0; row < rows; row += kWidth) {
    const Doubles in = At(values, row);
    const Doubles in_block = Greater(in, At(block, row));
    At(block, row) = in_block;
    At(largest, row) = Of(Greater(At(rest, row), in_block), in);
  }
}
void MaxOf(const double* values, const double* newer, double* largest, std::size_t rows) {
  for (std::size_t row = 0; row < rows; row += kWidth)
    At(largest, row) = Greater(At(values, row), At(newer, row));
}

void SlideQuantile(std::size_t kept, const double* values, ColumnsOfLargest block,
                   ColumnsOfLargest rest, const double* count, double part, double* quantile,
                   std::size_t rows) {
  if (kept == 2) return SlideQuantileOf<2>(values, block, rest, count, part, quantile, rows);
  SlideQuantileOf<3>(values, block, rest, count, part, quantile, rows);
}
void InsertInto(std::size_t kept, const double* values, ColumnsOfLargest newer,
                ColumnsOfLargest largest, std::size_t rows) {
  if (kept == 2) return InsertIntoOf<2>(values, newer, largest, rows);
  InsertIntoOf<3>(values, newer, largest, rows);
}

// A service may begin at any row.
double SumOf(const double* values, std::size_t rows) {
  using Anywhere = double __attribute__((vector_size(32), aligned(8)));
  Doubles low{}, high{};
  std::size_t row = 0;
  for (; row + 8 <= rows; row += 8) {
    low += *reinterpret_cast<const Anywhere*>(values + row);
    high += *reinterpret_cast<const Anywhere*>(values + row + kWidth);
  }
  const bool half = row + kWidth <= rows;
  if (half) {
    low += *reinterpret_cast<const Anywhere*>(values + row);
    row += kWidth;
  }
  for (std::size_t lane = 0; row < rows; ++row, ++lane) (half ? high : low)[lane] += values[row];
  const double of_low = (low[0] + low[1]) + (low[2] + low[3]);
  const double of_high = (high[0] + high[1]) + (high[2] + high[3]);
  return rows > 0 ? of_low + of_high : kAbsent;
}

double SumInOrder(const double* values, std::size_t rows) {
  double sum = rows > 0 ? 0 : kAbsent;
  for (std::size_t row = 0; row < rows; ++row) sum += values[row];
  return sum;
}

// A heap of the largest, whose smallest is what the next one must exceed.
void LargestOf(const double* values, std::size_t rows, double* largest, std::size_t kept) {
  const auto begin = largest, end = largest + kept;
  std::copy_n(values, kept, largest);
  std::make_heap(begin, end, std::greater<>());
  for (std::size_t row = kept; row < rows; ++row) {
    if (values[row] <= *begin) continue;
    std::pop_heap(begin, end, std::greater<>());
    *(end - 1) = values[row];
    std::push_heap(begin, end, std::greater<>());
  }
}

}  // namespace tocsin::bench::w1
