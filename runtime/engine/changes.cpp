#include "runtime/engine/changes.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace tocsin::engine {

Changes::Changes(const ir::Program& program, Columns& columns)
    : program_(program), columns_(columns), last_(program.truths.size()) {
  for (const ir::Machine& machine : program.machines) {
    for (ir::TruthColumnId input : machine.inputs) last_[input.index].used = true;
  }
}

namespace {

// Where `count` blocks differ, at most eight: a bit for each row, the first one's the lowest.
template <class Pairs>
std::uint64_t Differ(const Pairs& pairs, std::size_t block, std::size_t count) {
  std::uint64_t differ = 0;
  for (const auto& [now, before] : pairs) {
    std::uint64_t a = 0, b = 0;
    std::memcpy(&a, now + block, count);
    std::memcpy(&b, before + block, count);
    differ |= a ^ b;
  }
  if constexpr (std::endian::native == std::endian::big) return std::byteswap(differ);
  return differ;
}

}  // namespace

const std::vector<Changes::Pair>& Changes::Inputs(const ir::Machine& machine, std::size_t blocks) {
  pairs_.clear();
  for (ir::TruthColumnId input : machine.inputs) {
    const ir::TruthView now = columns_.Truth(input);
    Last& last = last_[input.index];
    last.is_true.resize(blocks, 0);
    last.known.resize(blocks, 0);
    pairs_.push_back({now.is_true, last.is_true.data()});
    pairs_.push_back({now.known, last.known.data()});
  }
  return pairs_;
}

std::span<const std::uint32_t> Changes::Of(const ir::Machine& machine) {
  constexpr std::size_t kBlocks = 8;
  Rows& rows = columns_.rows(machine.space);
  const auto blocks = static_cast<std::size_t>(columns_.blocks(machine.space));
  const std::vector<Pair>& inputs = Inputs(machine, blocks);
  found_.clear();
  const auto find = [&](std::size_t block, std::uint64_t differ) {
    for (; differ != 0; differ &= differ - 1) {
      const std::size_t row =
          block * ir::kLanes + static_cast<std::size_t>(std::countr_zero(differ));
      if (row < rows.count()) found_.push_back(static_cast<std::uint32_t>(row));
    }
  };
  std::size_t block = 0;
  for (; block + kBlocks <= blocks; block += kBlocks) find(block, Differ(inputs, block, kBlocks));
  if (block < blocks) find(block, Differ(inputs, block, blocks - block));
  rows.Sort(found_);
  return found_;
}

void Changes::Remember() {
  for (std::size_t i = 0; i < last_.size(); ++i) {
    Last& last = last_[i];
    if (!last.used) continue;
    const ir::TruthView now = columns_.Truth(ir::TruthColumnId(i));
    const std::uint32_t rows = columns_.rows(program_.truths[i].space).count();
    const auto blocks = static_cast<std::size_t>(columns_.blocks(program_.truths[i].space));
    last.is_true.assign(now.is_true, now.is_true + blocks);
    last.known.assign(now.known, now.known + blocks);
    // Lanes behind the last row may hold anything; what will be a row there was absent.
    if (const unsigned lanes = rows % ir::kLanes; lanes != 0) {
      const auto keep = static_cast<std::uint8_t>((1u << lanes) - 1);
      last.is_true.back() &= keep;
      last.known.back() &= keep;
    }
  }
}

}  // namespace tocsin::engine
