#include "runtime/engine/columns.h"
#include "runtime/engine/vectors.h"

#include <sys/mman.h>

namespace tocsin::engine {

void AskForLargePages(void* begin, std::size_t bytes) {
  [[maybe_unused]] const int ignored = madvise(begin, bytes, MADV_HUGEPAGE);
}

Columns::Columns(const ir::Program& program)
    : program_(program),
      generations_(program.spaces.size(), 0),
      numbers_(program.numbers.size()),
      truths_(program.truths.size()),
      holds_(program.holds.size()) {
  for (const ir::Label& label : program.labels) domains_.emplace_back(label);
  for (const ir::Space& space : program.spaces) rows_.emplace_back(program, space, domains_);
  for (std::size_t space = 0; space < program.spaces.size(); ++space) Grow(ir::SpaceId(space));
}

// Makes the arrays of all columns of a space as long as its rows may get before it is asked again.
void Columns::Grow(ir::SpaceId space) {
  const std::size_t rows = rows_[space.index].capacity();
  const std::size_t bytes = rows / ir::kLanes;
  for (std::size_t i = 0; i < numbers_.size(); ++i) {
    if (program_.numbers[i].space != space) continue;
    numbers_[i].values.resize(rows, 0.0);
    numbers_[i].known.resize(bytes, 0);
  }
  for (std::size_t i = 0; i < truths_.size(); ++i) {
    if (program_.truths[i].space != space) continue;
    truths_[i].is_true.resize(bytes, 0);
    truths_[i].known.resize(bytes, 0);
  }
  for (std::size_t i = 0; i < holds_.size(); ++i) {
    if (program_.holds[i].space == space) holds_[i].resize(rows, ir::kNotHeld);
  }
  ++generations_[space.index];
}

// A kernel works on whole blocks, so it may have written lanes that were no rows yet.
void Columns::ClearRow(ir::SpaceId space, std::uint32_t row) {
  const std::size_t byte = row / ir::kLanes;
  const auto keep = static_cast<std::uint8_t>(~(1u << (row % ir::kLanes)));
  for (std::size_t i = 0; i < numbers_.size(); ++i) {
    if (program_.numbers[i].space != space) continue;
    numbers_[i].values[row] = 0.0;
    numbers_[i].known[byte] &= keep;
  }
  for (std::size_t i = 0; i < truths_.size(); ++i) {
    if (program_.truths[i].space != space) continue;
    truths_[i].is_true[byte] &= keep;
    truths_[i].known[byte] &= keep;
  }
  for (std::size_t i = 0; i < holds_.size(); ++i) {
    if (program_.holds[i].space == space) holds_[i][row] = ir::kNotHeld;
  }
}

std::expected<std::uint32_t, std::string> Columns::FindOrAddRow(
    ir::SpaceId space, std::span<const std::string_view> values) {
  Rows& rows = rows_[space.index];
  const std::uint32_t count = rows.count();
  const std::uint32_t capacity = rows.capacity();
  auto row = rows.FindOrAdd(values);
  if (rows.capacity() != capacity) Grow(space);
  if (rows.count() != count) ClearRow(space, *row);
  return row;
}

std::optional<bool> Columns::TruthAt(ir::TruthColumnId id, std::uint32_t row) const {
  const TruthData& data = truths_[id.index];
  if ((data.known[row / ir::kLanes] >> (row % ir::kLanes) & 1u) == 0) return std::nullopt;
  return (data.is_true[row / ir::kLanes] >> (row % ir::kLanes) & 1u) != 0;
}

bool Columns::AllKnown(ir::NumberColumnId id) const {
  const std::uint8_t* known = numbers_[id.index].known.data();
  const std::uint32_t rows = rows_[program_.numbers[id.index].space.index].count();
  const auto last = static_cast<std::uint8_t>((1u << rows % ir::kLanes) - 1);
  return vectors::AllSet(known, rows / ir::kLanes) &&
         (last == 0 || (known[rows / ir::kLanes] & last) == last);
}

std::uint64_t Columns::TotalRows() const {
  std::uint64_t total = 0;
  for (const Rows& rows : rows_) total += rows.count();
  return total;
}

}  // namespace tocsin::engine
