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

// Eight blocks, which are 64 rows, at a time.
void Mark(const std::uint8_t* now, const std::uint8_t* before, std::uint8_t* changed,
          std::size_t blocks) {
  std::size_t block = 0;
  for (; block + 8 <= blocks; block += 8) {
    std::uint64_t a, b, all;
    std::memcpy(&a, now + block, sizeof a);
    std::memcpy(&b, before + block, sizeof b);
    std::memcpy(&all, changed + block, sizeof all);
    all |= a ^ b;
    std::memcpy(changed + block, &all, sizeof all);
  }
  for (; block < blocks; ++block)
    changed[block] |= static_cast<std::uint8_t>(now[block] ^ before[block]);
}

}  // namespace

std::vector<std::uint32_t> Changes::Of(const ir::Machine& machine) {
  Rows& rows = columns_.rows(machine.space);
  const auto blocks = static_cast<std::size_t>(columns_.blocks(machine.space));
  changed_.assign(blocks, 0);
  for (ir::TruthColumnId input : machine.inputs) {
    const ir::TruthView now = columns_.Truth(input);
    Last& last = last_[input.index];
    last.is_true.resize(blocks, 0);
    last.known.resize(blocks, 0);
    Mark(now.is_true, last.is_true.data(), changed_.data(), blocks);
    Mark(now.known, last.known.data(), changed_.data(), blocks);
  }
  std::vector<std::uint32_t> found;
  for (std::size_t block = 0; block < blocks; ++block) {
    if (changed_[block] == 0) continue;
    for (unsigned bits = changed_[block]; bits != 0; bits &= bits - 1) {
      const std::size_t row = block * ir::kLanes + static_cast<std::size_t>(std::countr_zero(bits));
      if (row < rows.count()) found.push_back(static_cast<std::uint32_t>(row));
    }
  }
  rows.Sort(found);
  return found;
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
