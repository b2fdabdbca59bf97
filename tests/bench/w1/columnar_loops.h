// The loops of the columnar program, each over all rows of one tick. NaN stands for absent.
// Compiled with -O3 -march=x86-64-v3 -ffp-contract=off: vectors of four rows, nothing fused.
#pragma once

#include <cstddef>
#include <cstdint>

#include "tests/bench/w1/columnar.h"

namespace tocsin::bench::w1 {

// For how many ticks a row's condition has held, and what is counted of it.
struct Judged {
  double* held;
  double need;  // it fires after more ticks than that
  Counts* counts;
};
// `counted`: whether it is the second hour, so that the sums are added to `judged.counts`.
void JudgeAbove(const double* values, double limit, std::size_t rows, const Judged& judged,
                bool counted);
void JudgeBelow(const double* values, double limit, std::size_t rows, const Judged& judged,
                bool counted);
void JudgeRatio(const double* a, const double* b, double limit, std::size_t rows,
                const Judged& judged, bool counted);
void JudgeDrop(const double* then, const double* now, double limit, std::size_t rows,
               const Judged& judged, bool counted);
void JudgeBoth(const double* a, double a_limit, const double* b, double b_limit, std::size_t rows,
               const Judged& judged, bool counted);

// What a counter has grown since its first sample; `before` is its sample before, and `idle` for
// how many steps it has not grown. Whether any row has not; `some_idle` is the answer of the step
// before.
bool AddGrowth(const double* values, bool some_idle, double* before, double* idle,
               const double* total_before, double* total, std::size_t rows);
// The rate over a window, of which `total_then` is what was before it; none where a row did not
// grow in any of its panes.
void RateOf(const double* values, const double* total, const double* total_then, double length_s,
            double* rate, std::size_t rows);
void OmitIdle(const double* idle, double panes, double* rate, std::size_t rows);
void ExtrapolatedRateOf(const double* total, const double* total_first, const double* first,
                        double panes, double* rate, std::size_t rows);

// How many samples a window has: one comes in and one leaves.
void SlideCount(const double* added, const double* removed, double* count, std::size_t rows);

// Two stacks: `rest` is what the block before has from the next place on. Sums could do with one
// column from which the oldest is taken away again, but would drift away from the true sum.
void SlideMean(const double* values, const double* removed, double* block, const double* rest,
               double* count, double* mean, std::size_t rows);
void SumUp(const double* values, const double* newer, double* sum, std::size_t rows);
void SlideMax(const double* values, double* block, const double* rest, double* largest,
              std::size_t rows);
void MaxOf(const double* values, const double* newer, double* largest, std::size_t rows);

// The same for the `kept` largest values, one column behind the other, `stride` apart.
struct ColumnsOfLargest {
  double* first;
  std::size_t stride;
};
void SlideQuantile(std::size_t kept, const double* values, ColumnsOfLargest block,
                   ColumnsOfLargest rest, const double* count, double part, double* quantile,
                   std::size_t rows);
void InsertInto(std::size_t kept, const double* values, ColumnsOfLargest newer,
                ColumnsOfLargest largest, std::size_t rows);

// The sum of `rows` values in eight lanes, which become one as a fixed tree; NaN of none, or where
// one is NaN.
double SumOf(const double* values, std::size_t rows);
double SumInOrder(const double* values, std::size_t rows);
// The `kept` largest, of which the first is the smallest.
void LargestOf(const double* values, std::size_t rows, double* largest, std::size_t kept);

}  // namespace tocsin::bench::w1
