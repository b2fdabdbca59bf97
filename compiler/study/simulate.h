// A program over recorded data in virtual time: the engine that a daemon runs, with a manual clock
// and an outbox that sends nothing.
#pragma once

#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "runtime/deliver/outbox.h"
#include "runtime/engine/engine.h"
#include "runtime/history/merged.h"
#include "runtime/loop/replay.h"
#include "runtime/module/module.h"
#include "runtime/native/native.h"

namespace tocsin::study {

enum class EngineKind : std::uint8_t {
  kInterpret,
  kJit,     // compiled now, by LLVM
  kLinked,  // the module's own native code, which is thereby trusted
};
std::optional<EngineKind> EngineNamed(std::string_view word);

struct Execution {
  std::unique_ptr<engine::Executor> executor;
  std::string name;                        // "interpret", "jit (avx2)"
  std::optional<native::Counts> compiled;  // of jit
};
// The executor asked for, or what is missing: there is no falling back to another.
std::expected<Execution, std::string> MakeExecution(const ir::Program& program,
                                                    const std::vector<module::NativeCode>& native,
                                                    EngineKind kind, native::Level level);

struct Simulation {
  loop::ReplayResult replay;
  bool part = false;  // of the recording
  engine::Stats stats;
  std::vector<std::string> unseen_signals;  // measured ones for which nothing was recorded
  std::vector<engine::Decision> sent;       // in order
  std::size_t repeats =
      0;  // messages with an identity that had been sent: always 0 unless we have a bug
};

// Hands every decision to `sink` as it is made, and the engine to `on_tick` after each tick, where
// that is there.
using OnTick = std::function<void(const engine::Engine&, values::Instant)>;
Simulation Simulate(const ir::Program& program, engine::Executor& executor,
                    const history::SeriesTable& series, history::MergedHistory& history,
                    const loop::ReplayOptions& options, engine::DecisionSink& sink,
                    const loop::Replay::OnProgress& on_progress, const OnTick& on_tick = {});

}  // namespace tocsin::study
