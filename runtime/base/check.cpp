#include "runtime/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace tocsin::base {

void FailCheck(const char* file, int line, std::string_view what) {
  std::fprintf(stderr, "tocsin: internal error at %s:%d: %.*s\n", file, line,
               static_cast<int>(what.size()), what.data());
  std::fflush(stderr);
  std::_Exit(3);
}

}  // namespace tocsin::base
