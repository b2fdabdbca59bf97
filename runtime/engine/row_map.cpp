#include "runtime/engine/row_map.h"

#include <algorithm>
#include <numeric>

namespace tocsin::engine {

RowMap::RowMap(const ir::Program& program, Columns& columns, ir::SpaceId more, ir::SpaceId fewer,
               bool makes)
    : columns_(columns), more_(more), fewer_(fewer), makes_(makes) {
  for (const ir::LabelId label : program.spaces[fewer.index].labels)
    names_.push_back(program.labels[label.index].name);
}

std::uint32_t RowMap::Find(std::uint32_t row) {
  std::vector<std::string_view> values;
  for (const std::string& name : names_) values.push_back(columns_.rows(more_).ValueOf(row, name));
  if (makes_) {
    // A space that is full has no room for what these rows are together, as for their own.
    return columns_.FindOrAddRow(fewer_, values).value_or(kNoRow);
  }
  return columns_.rows(fewer_).Find(values).value_or(kNoRow);
}

void RowMap::Update() {
  const std::uint32_t more = columns_.rows(more_).count();
  const std::uint32_t fewer = columns_.rows(fewer_).count();
  if (more == seen_more_ && fewer == seen_fewer_) return;
  if (fewer != seen_fewer_) {
    for (std::uint32_t row = 0; row < seen_more_; ++row) {
      if (row_of_[row] == kNoRow) row_of_[row] = Find(row);
    }
  }
  for (std::uint32_t row = seen_more_; row < more; ++row) row_of_.push_back(Find(row));
  seen_more_ = more;
  seen_fewer_ = columns_.rows(fewer_).count();
  Order();
}

void RowMap::Order() {
  std::vector<std::uint32_t> all(seen_more_);
  std::iota(all.begin(), all.end(), 0u);
  columns_.rows(more_).Sort(all);
  begins_.assign(std::size_t{seen_fewer_} + 1, 0);
  for (const std::uint32_t row : row_of_) {
    if (row != kNoRow) ++begins_[row + 1];
  }
  std::partial_sum(begins_.begin(), begins_.end(), begins_.begin());
  std::vector<std::uint32_t> next(begins_.begin(), begins_.end() - 1);
  ordered_.assign(begins_.back(), 0);
  for (const std::uint32_t row : all) {
    if (row_of_[row] != kNoRow) ordered_[next[row_of_[row]]++] = row;
  }
  is_run_.assign(seen_fewer_, false);
  for (std::uint32_t row = 0; row < seen_fewer_; ++row) {
    const std::span<const std::uint32_t> members = RowsOf(row);
    const auto breaks = [](std::uint32_t a, std::uint32_t b) { return b != a + 1; };
    is_run_[row] = !members.empty() && std::ranges::adjacent_find(members, breaks) == members.end();
  }
}

}  // namespace tocsin::engine
