// Work on many things at once, on as many threads as the machine runs.
#pragma once

#include <cstddef>
#include <functional>

namespace tocsin::driver {

// Calls `work` once with each number below `count`, in no order, and returns when all calls have.
// The first exception of a call is thrown here, after the others have returned.
void InParallel(std::size_t count, const std::function<void(std::size_t)>& work);

}  // namespace tocsin::driver
