// Makes the loops of an aggregate from what it is for one sample. A description A has
//   kEmpty                          the partial of no samples: an array of doubles, its Partial
//   Of(AggregateSample) -> Partial  of one sample; called with NaN, too, and then not used
//   Merge(older, newer) -> Partial
//   Value(Partial, AggregateContext) -> double; NaN where absent
#pragma once

#include <array>
#include <cmath>
#include <limits>

#include "runtime/values/aggregates.h"

namespace tocsin::stdlib {

inline constexpr double kAbsent = std::numeric_limits<double>::quiet_NaN();

struct AggregateSample {
  double value = kAbsent;
  double previous = kAbsent;
  double seconds = 0;
};

struct AggregateTraits {
  bool needs_previous = false;
  bool needs_time = false;
  bool of_ticks = false;
  bool takes_absent = false;
};

template <class A, AggregateTraits kTraits = AggregateTraits{}>
class AggregateOf {
 public:
  static constexpr values::Aggregate Make() {
    return {.fields = kFields,
            .needs_previous = kTraits.needs_previous,
            .needs_time = kTraits.needs_time,
            .of_ticks = kTraits.of_ticks,
            .takes_absent = kTraits.takes_absent,
            .clear = Clear,
            .add = Add,
            .merge = Merge,
            .slide = Slide,
            .fold = Fold};
  }

 private:
  using Partial = std::remove_const_t<decltype(A::kEmpty)>;
  static constexpr std::uint32_t kFields = std::tuple_size_v<Partial>;
  static constexpr std::int64_t kLanes = 8;

  static Partial Load(const values::Partials& from, std::int64_t row) {
    Partial partial;
    for (std::uint32_t f = 0; f < kFields; ++f) partial[f] = from.base[f * from.stride + row];
    return partial;
  }
  static void Store(const Partial& partial, const values::Partials& to, std::int64_t row) {
    for (std::uint32_t f = 0; f < kFields; ++f) to.base[f * to.stride + row] = partial[f];
  }
  static Partial Of(const values::AggregateInput& input, std::int64_t row) {
    AggregateSample sample{.value = input.values[row]};
    if constexpr (kTraits.needs_previous) sample.previous = input.previous[row];
    if constexpr (kTraits.needs_time) sample.seconds = input.seconds[row];
    const bool some = sample.value == sample.value;
    Partial partial = A::Of(sample);
    for (std::uint32_t f = 0; f < kFields; ++f) partial[f] = some ? partial[f] : A::kEmpty[f];
    return partial;
  }

  static void Clear(values::Partials partials, std::int64_t rows) {
    for (std::int64_t row = 0; row < rows; ++row) Store(A::kEmpty, partials, row);
  }
  static void Add(const values::AggregateInput& sample, values::Partials into, std::int64_t rows) {
    for (std::int64_t row = 0; row < rows; ++row)
      Store(A::Merge(Load(into, row), Of(sample, row)), into, row);
  }
  static void Merge(values::Partials older, values::Partials newer, values::Partials into,
                    std::int64_t rows) {
    for (std::int64_t row = 0; row < rows; ++row)
      Store(A::Merge(Load(older, row), Load(newer, row)), into, row);
  }

  template <bool kFresh, bool kCloses>
  static void SlideAs(const values::Slide& slide, std::int64_t rows, double* result) {
    const values::AggregateContext context = *slide.context;
    const values::Partials pane = slide.pane, block = slide.block, rest = slide.rest;
    const values::AggregateInput sample = slide.sample;
    for (std::int64_t row = 0; row < rows; ++row) {
      Partial of_pane = Of(sample, row);
      if constexpr (!kFresh) of_pane = A::Merge(Load(pane, row), of_pane);
      Store(of_pane, pane, row);
      const Partial of_block = A::Merge(Load(block, row), of_pane);
      if constexpr (kCloses) Store(of_block, block, row);
      result[row] = A::Value(A::Merge(Load(rest, row), of_block), context);
    }
  }
  static void Slide(const values::Slide& slide, std::int64_t rows, double* result) {
    if (slide.fresh && slide.closes) return SlideAs<true, true>(slide, rows, result);
    if (slide.fresh) return SlideAs<true, false>(slide, rows, result);
    if (slide.closes) return SlideAs<false, true>(slide, rows, result);
    SlideAs<false, false>(slide, rows, result);
  }

  static double Fold(const double* values, std::int64_t count,
                     const values::AggregateContext& context) {
    std::array<Partial, kLanes> lanes;
    lanes.fill(A::kEmpty);
    for (std::int64_t i = 0; i < count; ++i) {
      Partial& lane = lanes[static_cast<std::size_t>(i % kLanes)];
      lane = A::Merge(lane, A::Of(AggregateSample{.value = values[i]}));
    }
    for (std::size_t apart = 1; apart < kLanes; apart *= 2) {
      for (std::size_t lane = 0; lane < kLanes; lane += 2 * apart)
        lanes[lane] = A::Merge(lanes[lane], lanes[lane + apart]);
    }
    return A::Value(lanes[0], context);
  }
};

}  // namespace tocsin::stdlib
