// A broken invariant ends a fuzz target in a way that libFuzzer sees, so that it keeps the input.
// It takes the place of the one in runtime/base, which ends the process quietly.
#include <cstdio>
#include <cstdlib>

#include "runtime/base/check.h"

namespace tocsin::base {

void FailCheck(const char* file, int line, std::string_view what) {
  std::fprintf(stderr, "%s:%d: %.*s\n", file, line, static_cast<int>(what.size()), what.data());
  std::abort();
}

}  // namespace tocsin::base
