#include "compiler/study/simulate.h"

#include <algorithm>

#include "runtime/engine/interpreter.h"
#include "stdlib/functions/functions.h"

namespace tocsin::study {

std::optional<EngineKind> EngineNamed(std::string_view word) {
  if (word == "interpret") return EngineKind::kInterpret;
  if (word == "jit") return EngineKind::kJit;
  if (word == "linked") return EngineKind::kLinked;
  return std::nullopt;
}

namespace {

std::expected<Execution, std::string> Linked(const ir::Program& program,
                                             const std::vector<module::NativeCode>& native,
                                             native::Level level) {
  const auto code = std::ranges::find(native, native::Word(level), &module::NativeCode::level);
  if (code == native.end()) {
    return std::unexpected(
        native.empty()
            ? std::string("a module holds it that `tocsin build` wrote without `--native none`")
            : fmt::format("the module has no native code for `{}`", native::Word(level)));
  }
  auto executor = native::OpenLinked(program, code->code);
  if (!executor) return std::unexpected(executor.error());
  return Execution{*std::move(executor), fmt::format("linked ({})", native::Word(level)),
                   std::nullopt};
}

}  // namespace

std::expected<Execution, std::string> MakeExecution(const ir::Program& program,
                                                    const std::vector<module::NativeCode>& native,
                                                    EngineKind kind, native::Level level) {
  if (kind == EngineKind::kInterpret)
    return Execution{engine::MakeInterpreter(program), "interpret", std::nullopt};
  if (!native::Supported(level)) {
    return std::unexpected(fmt::format("this machine has no `{}`; the best it has is `{}`",
                                       native::Word(level), native::Word(native::Best())));
  }
  if (kind == EngineKind::kLinked) return Linked(program, native, level);
  auto executor = native::Compile(program, level);
  if (!executor) return std::unexpected(executor.error());
  const native::Counts counts = (*executor)->counts();
  return Execution{*std::move(executor), fmt::format("jit ({})", native::Word(level)), counts};
}

Simulation Simulate(const ir::Program& program, engine::Executor& executor,
                    const history::SeriesTable& series, history::MergedHistory& history,
                    const loop::ReplayOptions& options, engine::DecisionSink& sink,
                    const loop::Replay::OnProgress& on_progress, const OnTick& on_tick) {
  deliver::CountingOutbox outbox;
  deliver::SendingSink sending(sink, outbox);
  engine::Engine engine(program, executor, stdlib::Functions(), sending);
  loop::ManualClock clock;
  loop::MergedSource records(history);
  loop::Replay replay(program, engine, series, records, clock);
  Simulation simulation;
  simulation.part = options.from.has_value() || options.to.has_value();
  loop::ReplayOptions with_ticks = options;
  if (on_tick) with_ticks.on_tick = [&](values::Instant tick) { on_tick(engine, tick); };
  simulation.replay = replay.Run(with_ticks, on_progress);
  simulation.stats = engine.stats();
  for (const ir::SignalId signal : engine.UnseenSignals())
    simulation.unseen_signals.push_back(program.signals[signal.index].name);
  simulation.repeats = outbox.repeats();
  return simulation;
}

}  // namespace tocsin::study
