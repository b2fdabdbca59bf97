// Which row of a space with fewer labels each row of a space with more belongs to.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "runtime/engine/columns.h"

namespace tocsin::engine {

class RowMap {
 public:
  static constexpr std::uint32_t kNoRow = 0xffffffffu;

  // `makes`: the row is made where there is none.
  RowMap(const ir::Program& program, Columns& columns, ir::SpaceId more, ir::SpaceId fewer,
         bool makes);
  bool Is(ir::SpaceId more, ir::SpaceId fewer, bool makes) const {
    return more == more_ && fewer == fewer_ && makes == makes_;
  }

  // Looks up rows that came since, in either space.
  void Update();
  // By row of the space with more labels.
  std::span<const std::uint32_t> rows() const { return row_of_; }
  // The rows that belong to a row of the other space, in canonical order.
  std::span<const std::uint32_t> RowsOf(std::uint32_t row) const {
    return std::span(ordered_).subspan(begins_[row], begins_[row + 1] - begins_[row]);
  }
  // Whether they lie behind one another in that order, as where a source gives them so.
  bool IsRun(std::uint32_t row) const { return is_run_[row]; }

 private:
  std::uint32_t Find(std::uint32_t row);
  void Order();

  Columns& columns_;
  ir::SpaceId more_;
  ir::SpaceId fewer_;
  bool makes_;
  std::vector<std::string> names_;  // of the labels that both have, in the order of the fewer
  std::uint32_t seen_more_ = 0;
  std::uint32_t seen_fewer_ = 0;
  std::vector<std::uint32_t> row_of_;
  std::vector<std::uint32_t> ordered_;
  std::vector<std::uint32_t> begins_ = {0};
  std::vector<bool> is_run_;
};

}  // namespace tocsin::engine
