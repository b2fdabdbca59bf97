// Processor time of this thread, which other work on the machine changes least.
#pragma once

#include <ctime>

namespace tocsin::bench::w1 {

inline double CpuSeconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

}  // namespace tocsin::bench::w1
