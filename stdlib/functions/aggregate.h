// Makes the loops of an aggregate from what it is for one sample. A description A has
//   kEmpty                          the partial of no samples: an array of doubles, its Partial
//   Of(AggregateSample) -> Partial  of one sample; called with NaN, too, and then not used
//   Merge(older, newer) -> Partial
//   Value(Partial, AggregateContext) -> double; NaN where absent
#pragma once

#include <array>
#include <cmath>
#include <limits>
#include <type_traits>
#include <utility>

#include "runtime/values/aggregates.h"
#include "runtime/values/wide.h"

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
  static constexpr std::uint32_t kMostWrittenOut = 5;

  // Few fields are written out: a loop over them would keep the one over rows from becoming
  // vectors.
  template <class Each>
  [[gnu::always_inline]] static void EachField(Each each) {
    if constexpr (kFields <= kMostWrittenOut) {
      [&]<std::size_t... f>(std::index_sequence<f...>) TOCSIN_INLINED {
        (each(std::integral_constant<std::int64_t, std::int64_t{f}>()), ...);
      }(std::make_index_sequence<kFields>());
    } else {
      for (std::int64_t f = 0; f < std::int64_t{kFields}; ++f) each(f);
    }
  }
  [[gnu::always_inline]] static Partial Load(const values::Partials& from, std::int64_t row) {
    Partial partial;
    EachField([&](std::int64_t f) TOCSIN_INLINED {
      partial[static_cast<std::size_t>(f)] = from.base[f * from.stride + row];
    });
    return partial;
  }
  [[gnu::always_inline]] static void Store(const Partial& partial, const values::Partials& to,
                                           std::int64_t row) {
    EachField([&](std::int64_t f) TOCSIN_INLINED {
      to.base[f * to.stride + row] = partial[static_cast<std::size_t>(f)];
    });
  }
  [[gnu::always_inline]] static Partial Of(const values::AggregateInput& input, std::int64_t row) {
    AggregateSample sample{.value = input.values[row]};
    if constexpr (kTraits.needs_previous) sample.previous = input.previous[row];
    if constexpr (kTraits.needs_time) sample.seconds = input.seconds[row];
    const bool some = sample.value == sample.value;
    Partial partial = A::Of(sample);
    EachField([&](std::int64_t f) TOCSIN_INLINED {
      double& field = partial[static_cast<std::size_t>(f)];
      field = some ? field : A::kEmpty[static_cast<std::size_t>(f)];
    });
    return partial;
  }

  // Each loop, of which one copy is for processors with AVX2.
  [[gnu::always_inline]] static void EachClear(values::Partials partials, std::int64_t rows) {
    TOCSIN_EACH_ROW
    for (std::int64_t row = 0; row < rows; ++row) Store(A::kEmpty, partials, row);
  }
  [[gnu::always_inline]] static void EachAdd(const values::AggregateInput& sample,
                                             values::Partials into, std::int64_t rows) {
    const values::AggregateInput input = sample;
    TOCSIN_EACH_ROW
    for (std::int64_t row = 0; row < rows; ++row)
      Store(A::Merge(Load(into, row), Of(input, row)), into, row);
  }
  [[gnu::always_inline]] static void EachMerge(values::Partials older, values::Partials newer,
                                               values::Partials into, std::int64_t rows) {
    TOCSIN_EACH_ROW
    for (std::int64_t row = 0; row < rows; ++row)
      Store(A::Merge(Load(older, row), Load(newer, row)), into, row);
  }
  template <bool kFresh, bool kCloses>
  [[gnu::always_inline]] static void SlideAs(const values::Slide& slide, std::int64_t rows,
                                             double* result) {
    const values::AggregateContext context = *slide.context;
    const values::Partials pane = slide.pane, block = slide.block, rest = slide.rest;
    const values::AggregateInput sample = slide.sample;
    TOCSIN_EACH_ROW
    for (std::int64_t row = 0; row < rows; ++row) {
      Partial of_pane = Of(sample, row);
      if constexpr (!kFresh) of_pane = A::Merge(Load(pane, row), of_pane);
      Store(of_pane, pane, row);
      const Partial of_block = A::Merge(Load(block, row), of_pane);
      if constexpr (kCloses) Store(of_block, block, row);
      result[row] = A::Value(A::Merge(Load(rest, row), of_block), context);
    }
  }
  [[gnu::always_inline]] static void EachSlide(const values::Slide& slide, std::int64_t rows,
                                               double* result) {
    if (slide.fresh && slide.closes) return SlideAs<true, true>(slide, rows, result);
    if (slide.fresh) return SlideAs<true, false>(slide, rows, result);
    if (slide.closes) return SlideAs<false, true>(slide, rows, result);
    SlideAs<false, false>(slide, rows, result);
  }
  template <class Lanes>
  [[gnu::always_inline]] static void AddToLanes(const double* values, Lanes count,
                                                const values::Partials& all) {
    for (std::int64_t lane = 0; lane < count; ++lane) {
      const Partial one = A::Of(AggregateSample{.value = values[lane]});
      Store(A::Merge(Load(all, lane), one), all, lane);
    }
  }
  // Field by field, and in each the lanes. How many there are is written into the loop over all
  // but the last values, which becomes vectors by that.
  [[gnu::always_inline]] static double FoldLanes(const double* values, std::int64_t count,
                                                 const values::AggregateContext& context) {
    std::array<double, kFields * kLanes> lanes;
    const values::Partials all{lanes.data(), kLanes};
    for (std::int64_t lane = 0; lane < kLanes; ++lane) Store(A::kEmpty, all, lane);
    const std::int64_t whole = count / kLanes * kLanes;
    for (std::int64_t first = 0; first < whole; first += kLanes)
      AddToLanes(values + first, std::integral_constant<std::int64_t, kLanes>(), all);
    AddToLanes(values + whole, count - whole, all);
    for (std::int64_t apart = 1; apart < kLanes; apart *= 2) {
      for (std::int64_t lane = 0; lane < kLanes; lane += 2 * apart)
        Store(A::Merge(Load(all, lane), Load(all, lane + apart)), all, lane);
    }
    return A::Value(Load(all, 0), context);
  }

  TOCSIN_WIDE static void ClearWide(values::Partials partials, std::int64_t rows) {
    EachClear(partials, rows);
  }
  TOCSIN_WIDE static void AddWide(const values::AggregateInput& sample, values::Partials into,
                                  std::int64_t rows) {
    EachAdd(sample, into, rows);
  }
  TOCSIN_WIDE static void MergeWide(values::Partials older, values::Partials newer,
                                    values::Partials into, std::int64_t rows) {
    EachMerge(older, newer, into, rows);
  }
  TOCSIN_WIDE static void SlideWide(const values::Slide& slide, std::int64_t rows, double* result) {
    EachSlide(slide, rows, result);
  }
  TOCSIN_WIDE static double FoldWide(const double* values, std::int64_t count,
                                     const values::AggregateContext& context) {
    return FoldLanes(values, count, context);
  }

  static void Clear(values::Partials partials, std::int64_t rows) {
    if (values::HasWide()) return ClearWide(partials, rows);
    EachClear(partials, rows);
  }
  static void Add(const values::AggregateInput& sample, values::Partials into, std::int64_t rows) {
    if (values::HasWide()) return AddWide(sample, into, rows);
    EachAdd(sample, into, rows);
  }
  static void Merge(values::Partials older, values::Partials newer, values::Partials into,
                    std::int64_t rows) {
    if (values::HasWide()) return MergeWide(older, newer, into, rows);
    EachMerge(older, newer, into, rows);
  }
  static void Slide(const values::Slide& slide, std::int64_t rows, double* result) {
    if (values::HasWide()) return SlideWide(slide, rows, result);
    EachSlide(slide, rows, result);
  }
  static double Fold(const double* values, std::int64_t count,
                     const values::AggregateContext& context) {
    if (values::HasWide()) return FoldWide(values, count, context);
    return FoldLanes(values, count, context);
  }
};

}  // namespace tocsin::stdlib
