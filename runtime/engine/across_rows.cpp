#include "runtime/engine/across_rows.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include "runtime/base/check.h"
#include "runtime/engine/column_reader.h"
#include "runtime/engine/results.h"
#include "runtime/values/wide.h"

namespace tocsin::engine {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

// As the bounds of buckets are written: `0.5`, `1e3`, `+Inf`.
double NumberOf(std::string_view text) {
  if (text == "+Inf" || text == "Inf") return std::numeric_limits<double>::infinity();
  if (text.starts_with('+')) text.remove_prefix(1);
  double number = kNone;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? number : kNone;
}

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

// The values of rows where they lie, if they lie there as they are wanted: rows that are one run,
// of which all are known. Else null.
const double* AcrossRows::Run(ir::AnyColumn column, std::span<const std::uint32_t> members,
                              bool all_known) {
  if (!column.number.valid()) return nullptr;
  const ir::NumberView view = columns_.Number(column.number);
  const std::uint32_t begin = members.front(), end = members.back() + 1;
  if (all_known) return view.values + begin;
  for (std::uint32_t row = begin; row < end;) {
    const std::uint32_t block = row / ir::kLanes;
    const std::uint32_t next = std::min<std::uint32_t>(end, (block + 1) * ir::kLanes);
    const unsigned wanted = ((1u << (next - row)) - 1) << (row % ir::kLanes);
    if ((view.known[block] & wanted) != wanted) return nullptr;
    row = next;
  }
  return view.values + begin;
}

// The values of rows into taken_, and their bounds where the fold has some; how many there are.
std::size_t AcrossRows::Gather(const ir::Fold& fold, std::span<const std::uint32_t> members,
                               bool takes_absent, bool all_known) {
  taken_.resize(std::max(taken_.size(), members.size()));
  std::size_t count = 0;
  if (fold.of.number.valid() && !fold.within.valid() && !fold.bound.valid() && !takes_absent) {
    const ir::NumberView view = columns_.Number(fold.of.number);
    if (all_known) {
      double* taken = taken_.data();
      TOCSIN_EACH_ROW
      for (std::size_t i = 0; i < members.size(); ++i) taken[i] = view.values[members[i]];
      return members.size();
    }
    for (const std::uint32_t member : members) {
      taken_[count] = view.values[member];
      count += view.known[member / ir::kLanes] >> (member % ir::kLanes) & 1u;
    }
    return count;
  }
  const ColumnReader values(columns_, fold.of);
  const std::uint8_t* within = fold.within.valid() ? columns_.Truth(fold.within).is_true : nullptr;
  const std::vector<double>* bounds = fold.bound.valid() ? &BoundsOf(fold) : nullptr;
  if (bounds != nullptr) bounds_.resize(taken_.size());
  for (const std::uint32_t member : members) {
    if (within != nullptr && !BitOf(within, member)) continue;
    const double value = values[member];
    if (value != value && !takes_absent) continue;
    if (bounds != nullptr) bounds_[count] = (*bounds)[member];
    taken_[count++] = value;
  }
  return count;
}

void AcrossRows::Fold(std::uint32_t index) {
  const ir::Fold& fold = program_.folds[index];
  const values::Aggregate& aggregate = *aggregates_[index];
  const RowMap& map = *fold_maps_[index];
  const std::uint32_t rows = columns_.rows(fold.to).count();
  const bool all_known = fold.of.number.valid() && columns_.AllKnown(fold.of.number);
  results_.assign(rows, kNone);
  for (std::uint32_t row = 0; row < rows; ++row) {
    const std::span<const std::uint32_t> members = map.RowsOf(row);
    const bool run = map.IsRun(row) && !fold.within.valid() && !fold.bound.valid();
    const double* values = run ? Run(fold.of, members, all_known) : nullptr;
    std::size_t count = members.size();
    if (values == nullptr) {
      count = Gather(fold, members, aggregate.takes_absent, all_known);
      values = taken_.data();
    }
    const values::AggregateContext context{.parameters = fold.parameters, .bounds = bounds_.data()};
    results_[row] = aggregate.fold(values, static_cast<std::int64_t>(count), context);
  }
  StoreResults(columns_, fold.result, 0, results_);
}

// What the values of a fold's bound label are as numbers, by row; NaN where one is none.
const std::vector<double>& AcrossRows::BoundsOf(const ir::Fold& fold) {
  std::vector<double>& numbers = numbers_[{fold.from.index, fold.bound.index}];
  const Rows& rows = columns_.rows(fold.from);
  const std::string& label = program_.labels[fold.bound.index].name;
  for (auto row = static_cast<std::uint32_t>(numbers.size()); row < rows.count(); ++row)
    numbers.push_back(NumberOf(rows.ValueOf(row, label)));
  return numbers;
}

void AcrossRows::Lookup(std::uint32_t index) {
  const ir::Lookup& lookup = program_.lookups[index];
  const std::span<const std::uint32_t> rows = lookup_maps_[index]->rows();
  const ColumnReader values(columns_, lookup.of);
  std::vector<double> results(rows.size(), kNone);
  for (std::size_t row = 0; row < rows.size(); ++row) {
    if (rows[row] != RowMap::kNoRow) results[row] = values[rows[row]];
  }
  StoreResults(columns_, lookup.result, 0, results);
}

}  // namespace tocsin::engine
