// Results of functions, as columns hold them.
#pragma once

#include <cstdint>
#include <span>

#include "runtime/engine/columns.h"

namespace tocsin::engine {

// Stores results from row `first` on, which is a multiple of eight: what is not finite is absent;
// of a truth, 0 is false.
void StoreResults(Columns& columns, ir::AnyColumn column, std::int64_t first,
                  std::span<const double> results);

}  // namespace tocsin::engine
