// A generated policy through the real stages, and its program over a history by one executor.
#pragma once

#include <expected>
#include <memory>
#include <string>
#include <string_view>

#include "runtime/engine/engine.h"
#include "runtime/engine/executor.h"
#include "runtime/ir/program.h"
#include "tests/sim/model.h"
#include "tests/sim/policy.h"

namespace tocsin::sim {

// The compiler with the standard kinds read once for all policies.
class Compiler {
 public:
  Compiler();
  ~Compiler();
  // The error is what the compiler said.
  std::expected<ir::Program, std::string> Compile(const std::string& text);
  std::expected<std::string, std::string> Format(const std::string& text);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// The program as bytes, whatever the lines its parts were written in.
std::string BytesWithoutLines(ir::Program program);

struct Run {
  std::string stream;  // every decision, one JSON object a line
  Outcome outcome;     // what the model can know of it; without deadlines
  engine::Stats stats;
  std::size_t repeats = 0;  // messages with an identity that had come by
};
// As `tocsin simulate` runs a recording, or, where the history is live, input by input.
std::expected<Run, std::string> RunProgram(const ir::Program& program, engine::Executor& executor,
                                           const History& history);

}  // namespace tocsin::sim
