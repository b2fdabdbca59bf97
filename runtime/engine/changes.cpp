#include "runtime/engine/changes.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "runtime/values/wide.h"

namespace tocsin::engine {
namespace {

constexpr std::size_t kRowsInWord = 64;
constexpr std::size_t kAlways = 2;
// Adds the bits in which two bitmaps differ.
void AddDifference(const std::uint8_t* now, const std::uint8_t* before, std::uint64_t* differ,
                   std::size_t words) {
  TOCSIN_EACH_ROW
  for (std::size_t i = 0; i < words; ++i) {
    std::uint64_t a = 0, b = 0;
    std::memcpy(&a, now + i * sizeof a, sizeof a);
    std::memcpy(&b, before + i * sizeof b, sizeof b);
    differ[i] |= a ^ b;
  }
}

}  // namespace

Changes::Changes(const ir::Program& program, Columns& columns)
    : program_(program),
      columns_(columns),
      last_(program.truths.size()),
      seen_(program.spaces.size()) {
  for (const ir::Machine& machine : program.machines) {
    for (ir::TruthColumnId input : machine.inputs) last_[input.index].used = true;
  }
}

// The words in which rows of any input differ, a bit for each row, the first one's the lowest.
// Columns have room for whole words.
void Changes::Differ(const ir::Machine& machine, std::size_t words) {
  differ_.assign(words, 0);
  for (const ir::TruthColumnId input : machine.inputs) {
    const ir::TruthView now = columns_.Truth(input);
    Last& last = last_[input.index];
    last.is_true.resize(std::max(last.is_true.size(), words * sizeof(std::uint64_t)));
    last.known.resize(last.is_true.size());
    AddDifference(now.is_true, last.is_true.data(), differ_.data(), words);
    AddDifference(now.known, last.known.data(), differ_.data(), words);
  }
}

// Adds the rows that no tick has seen.
void Changes::AddNew(ir::SpaceId space) {
  auto* bytes = reinterpret_cast<std::uint8_t*>(differ_.data());
  const std::uint32_t rows = columns_.rows(space).count();
  for (std::uint32_t row = seen_[space.index]; row < rows; ++row)
    bytes[row / ir::kLanes] |= static_cast<std::uint8_t>(1u << (row % ir::kLanes));
}

std::span<const std::uint32_t> Changes::Of(const ir::Machine& machine) {
  Rows& rows = columns_.rows(machine.space);
  const std::size_t words = (rows.count() + kRowsInWord - 1) / kRowsInWord;
  Differ(machine, words);
  AddNew(machine.space);
  found_.resize(std::max(found_.size(), words * kRowsInWord + kAlways));
  std::size_t found = 0;
  for (std::size_t word = 0; word < words; ++word) {
    std::uint64_t left = differ_[word];
    if constexpr (std::endian::native == std::endian::big) left = std::byteswap(left);
    const auto take = [&] {
      found_[found] = static_cast<std::uint32_t>(word * kRowsInWord +
                                                 static_cast<std::size_t>(std::countr_zero(left)));
      found += left != 0 ? 1u : 0u;
      left &= left - 1;
    };
    for (std::size_t i = 0; i < kAlways; ++i) take();
    while (left != 0) take();
  }
  // Lanes behind the last row may hold anything.
  while (found > 0 && found_[found - 1] >= rows.count()) --found;
  const std::span<std::uint32_t> all = std::span(found_).first(found);
  rows.Sort(all);
  return all;
}

void Changes::Remember() {
  for (std::size_t i = 0; i < seen_.size(); ++i) seen_[i] = columns_.rows(ir::SpaceId(i)).count();
  for (std::size_t i = 0; i < last_.size(); ++i) {
    Last& last = last_[i];
    if (!last.used) continue;
    const ir::TruthView now = columns_.Truth(ir::TruthColumnId(i));
    const std::uint32_t rows = columns_.rows(program_.truths[i].space).count();
    const auto blocks = static_cast<std::size_t>(columns_.blocks(program_.truths[i].space));
    if (blocks == 0) continue;
    last.is_true.resize(std::max(last.is_true.size(), blocks));
    last.known.resize(std::max(last.known.size(), blocks));
    std::copy_n(now.is_true, blocks, last.is_true.data());
    std::copy_n(now.known, blocks, last.known.data());
    // Lanes behind the last row may hold anything; what will be a row there was absent.
    if (const unsigned lanes = rows % ir::kLanes; lanes != 0) {
      const auto keep = static_cast<std::uint8_t>((1u << lanes) - 1);
      last.is_true[blocks - 1] &= keep;
      last.known[blocks - 1] &= keep;
    }
  }
}

}  // namespace tocsin::engine
