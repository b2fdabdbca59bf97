#include "tests/bench/executors.h"

#include <cstdio>
#include <cstdlib>

#include <fmt/format.h>

#include "runtime/engine/interpreter.h"
#include "runtime/native/native.h"

namespace tocsin::bench {

std::vector<NamedExecutor> Executors(const ir::Program& program, std::string_view only) {
  const auto wanted = [&](std::string_view name) { return only.empty() || name == only; };
  std::vector<NamedExecutor> executors;
  if (wanted("interpret")) executors.push_back({"interpret", engine::MakeInterpreter(program)});
  for (const native::Level level :
       {native::Level::kBaseline, native::Level::kAvx2, native::Level::kAvx512}) {
    if (!native::Supported(level) || !wanted(native::Word(level))) continue;
    auto compiled = native::Compile(program, level);
    if (!compiled) {
      fmt::print(stderr, "{}\n", compiled.error());
      std::exit(1);
    }
    executors.push_back({std::string(native::Word(level)), *std::move(compiled)});
  }
  if (executors.empty()) {
    fmt::print(stderr, "this machine has no engine `{}`\n", only);
    std::exit(1);
  }
  return executors;
}

}  // namespace tocsin::bench
