#include "compiler/driver/parallel.h"

#include <atomic>
#include <stdexcept>
#include <vector>

#include <doctest/doctest.h>

namespace tocsin::testing {

TEST_CASE("each number is worked on once") {
  std::vector<std::atomic<int>> times(1000);
  driver::InParallel(times.size(), [&](std::size_t i) { ++times[i]; });
  for (const auto& count : times) CHECK(count == 1);
  driver::InParallel(0, [](std::size_t) { FAIL("there is nothing to do"); });
}

TEST_CASE("an exception reaches who asked for the work") {
  CHECK_THROWS_AS(driver::InParallel(10,
                                     [](std::size_t i) {
                                       if (i == 3) throw std::runtime_error("no");
                                     }),
                  std::runtime_error);
}

}  // namespace tocsin::testing
