// The policy module: one file with the program (data and IR) and, for each machine level asked for,
// linked native code. Versioned and checked when read: a reader refuses what it does not know, what
// was cut, and what was changed. The same policy gives the same bytes.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/ir/program.h"

namespace tocsin::module {

inline constexpr std::uint32_t kFormatVersion = 5;

struct NativeCode {
  std::string level;  // "baseline", "avx2", "avx512"
  std::string code;   // a shared object
};

struct Module {
  ir::Program program;
  std::string compiler;  // the version that wrote it: "0.1.0"
  std::vector<NativeCode> native;
};

// What is wrong with a file, with what to do: for the diagnostics of module.def.
struct Problem {
  enum class Kind : std::uint8_t { kNotAModule, kVersion, kTruncated, kDamaged, kUnsound } kind;
  std::string detail;
};

std::string Write(const Module& module);
std::expected<Module, Problem> Read(std::string_view bytes);

// The hash over everything but the native code, which names the policy's meaning: SHA-256 as
// hexadecimal digits.
std::string Hash(const ir::Program& program);

}  // namespace tocsin::module
