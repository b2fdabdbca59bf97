// Steps between spaces: rows folded into fewer, and rows looked up for more.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "runtime/engine/columns.h"
#include "runtime/engine/row_map.h"
#include "runtime/values/functions.h"

namespace tocsin::engine {

class AcrossRows {
 public:
  AcrossRows(const ir::Program& program, Columns& columns,
             std::span<const values::FunctionRow* const> functions);

  // Before the first step of a tick: rows that came since the last one belong somewhere.
  void Begin();
  void Fold(std::uint32_t fold);
  void Lookup(std::uint32_t lookup);

 private:
  const std::vector<double>& BoundsOf(const ir::Fold& fold);
  const double* Run(ir::AnyColumn column, std::span<const std::uint32_t> members, bool all_known);
  std::size_t Gather(const ir::Fold& fold, std::span<const std::uint32_t> members,
                     bool takes_absent, bool all_known);
  RowMap& MapOf(ir::SpaceId more, ir::SpaceId fewer, bool makes);

  const ir::Program& program_;
  Columns& columns_;
  std::vector<std::unique_ptr<RowMap>> maps_;  // in the order of the tick
  std::vector<RowMap*> fold_maps_;
  std::vector<RowMap*> lookup_maps_;
  std::vector<const values::Aggregate*> aggregates_;  // by fold
  std::vector<double> taken_;
  std::vector<double> bounds_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<double>> numbers_;  // space, label
  std::vector<double> results_;
};

}  // namespace tocsin::engine
