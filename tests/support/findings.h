// What the program said it found, read back from its output for people or for programs.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::testing {

struct Finding {
  std::string code;
  std::string file;      // empty where it has no place
  std::size_t line = 0;  // 0 where it has no place
  auto operator<=>(const Finding&) const = default;
};

// Findings in the order they were shown: frames (`error[E0301]: ...`, then `--> file:4:10`), short
// lines (`file:4:10: error[E0301]: ...`) and JSON lines (`{"code":"E0301",...}`).
std::vector<Finding> FindingsIn(std::string_view output);

}  // namespace tocsin::testing
