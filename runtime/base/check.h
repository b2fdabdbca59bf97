// Checks of invariants that stay on in every build: a broken invariant is a bug of ours, never a
// user's mistake.
#pragma once

#include <string_view>

namespace tocsin::base {

// Prints the place and the message on standard error and ends the process with exit code 3
// (internal error).
[[noreturn]] void FailCheck(const char* file, int line, std::string_view what);

}  // namespace tocsin::base

#define TOCSIN_CHECK(condition, what)                      \
  do {                                                     \
    if (!(condition)) [[unlikely]]                         \
      ::tocsin::base::FailCheck(__FILE__, __LINE__, what); \
  } while (false)
