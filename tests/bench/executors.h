// The ways of running a program that this machine has.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/engine/executor.h"
#include "runtime/ir/program.h"

namespace tocsin::bench {

// The interpreter, and compiled code for each level this machine has, by name; or only the one that
// is named. Exits where one cannot be had: a benchmark that leaves something out would be read as
// if it had not.
struct NamedExecutor {
  std::string name;
  std::unique_ptr<engine::Executor> executor;
};
std::vector<NamedExecutor> Executors(const ir::Program& program, std::string_view only = {});

}  // namespace tocsin::bench
