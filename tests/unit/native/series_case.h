// Columns to run a series shape on, and what comes out, compared to the bit.
#pragma once

#include <bit>
#include <cstdint>
#include <new>
#include <optional>
#include <utility>
#include <vector>

#include "runtime/engine/executor.h"

namespace tocsin::native::testing {

template <class T>
struct Aligned {
  using value_type = T;
  Aligned() = default;
  template <class U>
  explicit(false) Aligned(const Aligned<U>&) {}
  T* allocate(std::size_t n) {
    return static_cast<T*>(::operator new(n * sizeof(T), std::align_val_t{64}));
  }
  void deallocate(T* pointer, std::size_t) { ::operator delete(pointer, std::align_val_t{64}); }
  bool operator==(const Aligned&) const = default;
};
template <class T>
using Column = std::vector<T, Aligned<T>>;

struct Bitmap {
  Column<std::uint8_t> bytes;
  bool Get(std::size_t row) const { return (bytes[row / 8] >> (row % 8) & 1) != 0; }
  void Set(std::size_t row, bool value) {
    const unsigned bit = 1u << (row % 8);
    bytes[row / 8] =
        static_cast<std::uint8_t>(value ? bytes[row / 8] | bit : bytes[row / 8] & ~bit);
  }
  bool operator==(const Bitmap&) const = default;
};

struct Numbers {
  explicit Numbers(std::size_t rows) : values(rows), known{Column<std::uint8_t>(rows / 8)} {}
  // What an absent row holds must not matter.
  void Set(std::size_t row, std::optional<double> value, double when_absent = 0) {
    values[row] = value.value_or(when_absent);
    known.Set(row, value.has_value());
  }
  std::optional<double> Get(std::size_t row) const {
    return known.Get(row) ? std::optional(values[row]) : std::nullopt;
  }
  bool operator==(const Numbers& other) const {
    if (known != other.known || values.size() != other.values.size()) return false;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (std::bit_cast<std::uint64_t>(values[i]) !=
          std::bit_cast<std::uint64_t>(other.values[i])) {
        return false;
      }
    }
    return true;
  }
  Column<double> values;
  Bitmap known;
};

struct Truths {
  explicit Truths(std::size_t rows)
      : is_true{Column<std::uint8_t>(rows / 8)}, known{Column<std::uint8_t>(rows / 8)} {}
  void Set(std::size_t row, std::optional<bool> value) {
    is_true.Set(row, value.value_or(false));
    known.Set(row, value.has_value());
  }
  std::optional<bool> Get(std::size_t row) const {
    return known.Get(row) ? std::optional(is_true.Get(row)) : std::nullopt;
  }
  bool operator==(const Truths&) const = default;
  Bitmap is_true;
  Bitmap known;
};

// The number of rows is a multiple of eight.
struct SeriesCase {
  std::size_t rows = 0;
  std::int64_t tick_ms = 0;
  std::int64_t step_ms = 0;
  std::vector<Numbers> numbers_in;
  std::vector<Truths> truths_in;
  std::vector<double> constants;
  std::vector<std::pair<Column<std::int32_t>, std::int64_t>> labels;
  std::vector<std::pair<Column<std::int64_t>, std::int64_t>> holds;  // since, duration
  std::vector<Numbers> numbers_out;
  std::vector<Truths> truths_out;

  // What a kernel may write.
  bool SameResults(const SeriesCase& other) const {
    return holds == other.holds && numbers_out == other.numbers_out &&
           truths_out == other.truths_out;
  }
};

inline void RunExecutor(engine::Executor& executor, ir::ShapeId shape, SeriesCase& series) {
  const auto number_views = [](std::vector<Numbers>& columns) {
    std::vector<ir::NumberView> views;
    for (Numbers& column : columns) {
      views.push_back({column.values.data(), column.known.bytes.data()});
    }
    return views;
  };
  const auto truth_views = [](std::vector<Truths>& columns) {
    std::vector<ir::TruthView> views;
    for (Truths& column : columns) {
      views.push_back({column.is_true.bytes.data(), column.known.bytes.data()});
    }
    return views;
  };
  const auto numbers_in = number_views(series.numbers_in);
  const auto numbers_out = number_views(series.numbers_out);
  const auto truths_in = truth_views(series.truths_in);
  const auto truths_out = truth_views(series.truths_out);
  std::vector<ir::LabelView> labels;
  for (const auto& [column, value] : series.labels) labels.push_back({column.data(), value});
  std::vector<ir::HoldView> holds;
  for (auto& [since, duration] : series.holds) holds.push_back({since.data(), duration});
  const ir::KernelFrame frame{.blocks = static_cast<std::int64_t>(series.rows) / ir::kLanes,
                              .tick_ms = series.tick_ms,
                              .step_ms = series.step_ms,
                              .numbers_in = numbers_in.data(),
                              .truths_in = truths_in.data(),
                              .constants = series.constants.data(),
                              .label_tests = labels.data(),
                              .holds = holds.data(),
                              .numbers_out = numbers_out.data(),
                              .truths_out = truths_out.data()};
  executor.RunKernel(shape, frame);
}

}  // namespace tocsin::native::testing
