// Compiled code behind the Executor interface: made now by LLVM, whose library is opened on demand
// and is needed by nobody else, or linked into a policy module.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/engine/executor.h"
#include "runtime/ir/program.h"

namespace tocsin::native {

// The levels of the machine that code is made for, x86-64 micro-architecture levels 1, 3 and 4.
enum class Level : std::uint8_t { kBaseline, kAvx2, kAvx512 };
std::string_view Word(Level level);  // "baseline", "avx2", "avx512"
std::expected<Level, std::string> ParseLevel(std::string_view word);
bool Supported(Level level);  // by the processor this runs on
Level Best();                 // the highest that is

struct Counts {
  std::size_t kernels = 0;  // shapes compiled
  std::size_t machines = 0;
  double milliseconds = 0;  // spent compiling
};

class CompiledExecutor : public engine::Executor {
 public:
  virtual const Counts& counts() const = 0;
};

// Compiles the program in memory. The error says what is missing and what to do. The program must
// outlive the executor.
std::expected<std::unique_ptr<CompiledExecutor>, std::string> Compile(const ir::Program& program,
                                                                      Level level);

enum class Artifact : std::uint8_t { kObject, kAssembly, kLlvm };
// The code as a relocatable object, as assembly text or as LLVM's own text; the same program and
// level give the same bytes.
std::expected<std::string, std::string> Emit(const ir::Program& program, Level level,
                                             Artifact artifact);

// A shared object linked from Emit(kObject), for a policy module. Deterministic.
std::expected<std::string, std::string> Link(const ir::Program& program, Level level);
// Opens code linked by Link(). It is run as it is: hand in only what is trusted.
std::expected<std::unique_ptr<CompiledExecutor>, std::string> OpenLinked(
    const ir::Program& program, std::string_view shared_object);

}  // namespace tocsin::native
