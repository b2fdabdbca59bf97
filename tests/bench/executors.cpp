#include "tests/bench/executors.h"

#include <cstdio>
#include <cstdlib>

#include <fmt/format.h>

#include "runtime/engine/interpreter.h"
#include "runtime/native/native.h"

namespace tocsin::bench {

std::vector<NamedExecutor> Executors(const ir::Program& program) {
  std::vector<NamedExecutor> executors;
  executors.push_back({"interpret", engine::MakeInterpreter(program)});
  for (const native::Level level :
       {native::Level::kBaseline, native::Level::kAvx2, native::Level::kAvx512}) {
    if (!native::Supported(level)) continue;
    auto compiled = native::Compile(program, level);
    if (!compiled) {
      fmt::print(stderr, "{}\n", compiled.error());
      std::exit(1);
    }
    executors.push_back({std::string(native::Word(level)), *std::move(compiled)});
  }
  return executors;
}

}  // namespace tocsin::bench
