#include "runtime/engine/across_rows.h"

#include <limits>

#include "runtime/base/check.h"
#include "runtime/engine/results.h"

namespace tocsin::engine {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

bool Bit(const std::uint8_t* bits, std::uint32_t row) {
  return (bits[row / ir::kLanes] >> (row % ir::kLanes) & 1u) != 0;
}

// A column of either sort as numbers, with NaN where it is absent.
class Reader {
 public:
  Reader(Columns& columns, ir::AnyColumn column) {
    if (column.number.valid()) {
      const ir::NumberView view = columns.Number(column.number);
      values_ = view.values;
      known_ = view.known;
    } else {
      const ir::TruthView view = columns.Truth(column.truth);
      is_true_ = view.is_true;
      known_ = view.known;
    }
  }
  double operator[](std::uint32_t row) const {
    if (!Bit(known_, row)) return kNone;
    return values_ != nullptr ? values_[row] : static_cast<double>(Bit(is_true_, row));
  }

 private:
  const double* values_ = nullptr;
  const std::uint8_t* is_true_ = nullptr;
  const std::uint8_t* known_ = nullptr;
};

}  // namespace

AcrossRows::AcrossRows(const ir::Program& program, Columns& columns,
                       std::span<const values::FunctionRow* const> functions)
    : program_(program),
      columns_(columns),
      fold_maps_(program.folds.size()),
      lookup_maps_(program.lookups.size()) {
  for (const ir::Fold& fold : program.folds) {
    const values::FunctionRow* found = nullptr;
    for (const values::FunctionRow* row : functions) {
      if (row->name == fold.function) found = row;
    }
    TOCSIN_CHECK(found != nullptr && found->aggregate != nullptr,
                 "the program folds by a function that the table lacks: " + fold.function);
    aggregates_.push_back(found->aggregate);
  }
  for (const ir::TickStep& step : program.tick) {
    if (step.kind == ir::TickKind::kFold) {
      const ir::Fold& fold = program.folds[step.what];
      fold_maps_[step.what] = &MapOf(fold.from, fold.to, true);
    } else if (step.kind == ir::TickKind::kLookup) {
      const ir::Lookup& lookup = program.lookups[step.what];
      lookup_maps_[step.what] = &MapOf(lookup.to, lookup.from, false);
    }
  }
}

RowMap& AcrossRows::MapOf(ir::SpaceId more, ir::SpaceId fewer, bool makes) {
  for (const auto& map : maps_) {
    if (map->Is(more, fewer, makes)) return *map;
  }
  return *maps_.emplace_back(std::make_unique<RowMap>(program_, columns_, more, fewer, makes));
}

void AcrossRows::Begin() {
  for (const auto& map : maps_) map->Update();
}

void AcrossRows::Fold(std::uint32_t index) {
  const ir::Fold& fold = program_.folds[index];
  const values::Aggregate& aggregate = *aggregates_[index];
  const RowMap& map = *fold_maps_[index];
  const Reader values(columns_, fold.of);
  const std::uint8_t* within = fold.within.valid() ? columns_.Truth(fold.within).is_true : nullptr;
  const values::AggregateContext context{.parameters = fold.parameters};
  const std::uint32_t rows = columns_.rows(fold.to).count();
  std::vector<double> results(rows, kNone);
  for (std::uint32_t row = 0; row < rows; ++row) {
    taken_.clear();
    for (const std::uint32_t member : map.RowsOf(row)) {
      if (within != nullptr && !Bit(within, member)) continue;
      const double value = values[member];
      if (value == value || aggregate.takes_absent) taken_.push_back(value);
    }
    results[row] = aggregate.fold(taken_.data(), static_cast<std::int64_t>(taken_.size()), context);
  }
  StoreResults(columns_, fold.result, 0, results);
}

void AcrossRows::Lookup(std::uint32_t index) {
  const ir::Lookup& lookup = program_.lookups[index];
  const std::span<const std::uint32_t> rows = lookup_maps_[index]->rows();
  const Reader values(columns_, lookup.of);
  std::vector<double> results(rows.size(), kNone);
  for (std::size_t row = 0; row < rows.size(); ++row) {
    if (rows[row] != RowMap::kNoRow) results[row] = values[rows[row]];
  }
  StoreResults(columns_, lookup.result, 0, results);
}

}  // namespace tocsin::engine
