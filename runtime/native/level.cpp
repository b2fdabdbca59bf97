#include <fmt/format.h>

#include "runtime/native/native.h"

namespace tocsin::native {

std::string_view Word(Level level) {
  switch (level) {
    case Level::kBaseline:
      return "baseline";
    case Level::kAvx2:
      return "avx2";
    case Level::kAvx512:
      return "avx512";
  }
  return "";
}

std::expected<Level, std::string> ParseLevel(std::string_view word) {
  for (Level level : {Level::kBaseline, Level::kAvx2, Level::kAvx512}) {
    if (Word(level) == word) return level;
  }
  return std::unexpected(
      fmt::format("`{}` is not a machine level: they are `baseline`, `avx2` and `avx512`", word));
}

// The features are those of the levels v3 and v4 of the x86-64 psABI that code for the level may
// use; the compiler's support checks that the operating system saves the wide registers.
bool Supported(Level level) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  const auto avx2 = [] {
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
           __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") &&
           __builtin_cpu_supports("popcnt") && __builtin_cpu_supports("lzcnt") &&
           __builtin_cpu_supports("movbe") && __builtin_cpu_supports("f16c");
  };
  switch (level) {
    case Level::kBaseline:
      return true;
    case Level::kAvx2:
      return avx2();
    case Level::kAvx512:
      return avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
             __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
             __builtin_cpu_supports("avx512vl");
  }
  return false;
#else
  static_cast<void>(level);
  return false;
#endif
}

Level Best() {
  if (Supported(Level::kAvx512)) return Level::kAvx512;
  if (Supported(Level::kAvx2)) return Level::kAvx2;
  return Level::kBaseline;
}

}  // namespace tocsin::native
