#include "tests/sim/run.h"

#include <algorithm>
#include <deque>

#include <fmt/format.h>

#include "compiler/analyze/analysis.h"
#include "compiler/check/check.h"
#include "compiler/format/format.h"
#include "compiler/kinds/kind.h"
#include "compiler/lower/lower.h"
#include "compiler/parse/parse.h"
#include "compiler/study/decision_json.h"
#include "compiler/study/simulate.h"
#include "runtime/diagnostics/render_terminal.h"
#include "runtime/history/history.h"
#include "runtime/ir/binary.h"
#include "runtime/ir/verify.h"
#include "stdlib/functions/functions.h"
#include "stdlib/kinds/kinds.h"
#include "tests/sim/print.h"

namespace tocsin::sim {

struct Compiler::State {
  diagnostics::SourceSet sources;
  std::deque<syntax::Tree> standard;
  check::SchemaSet schemas;
};

namespace {

std::string Said(const diagnostics::Sink& sink, const diagnostics::SourceSet& sources) {
  return diagnostics::RenderTerminal(sink.all(), sources, {});
}

}  // namespace

Compiler::Compiler() : state_(std::make_unique<State>()) {
  diagnostics::Sink sink;
  for (const base::EmbeddedFile& file : stdlib::Kinds()) {
    const auto source = state_->sources.AddBuiltin(std::string(file.name), std::string(file.text));
    state_->standard.push_back(parse::ParseFile(source, state_->sources, sink));
  }
  for (const syntax::Tree& tree : state_->standard)
    state_->schemas.Read(tree, state_->sources, sink);
}
Compiler::~Compiler() = default;

std::expected<ir::Program, std::string> Compiler::Compile(const std::string& text) {
  diagnostics::SourceSet& sources = state_->sources;
  diagnostics::Sink sink;
  std::deque<syntax::Tree> trees;
  trees.push_back(parse::ParseFile(sources.Add("sim.tocsin", text), sources, sink));
  if (sink.errors() > 0) return std::unexpected(Said(sink, sources));
  const check::Policy typed =
      check::Check(trees, sources, state_->schemas, stdlib::Functions(), sink);
  kinds::CheckKinds(typed, sources, sink);
  if (sink.errors() > 0) return std::unexpected(Said(sink, sources));
  ir::Program program = lower::Lower(kinds::Expand(typed, sources, ""));
  // What chance makes is often unwise, such as a `clear` that never holds, and means something all
  // the same.
  diagnostics::Sink unwise;
  analyze::Analyze({typed, program, 0, sources, unwise});
  const auto problems = ir::Verify(program);
  if (!problems.empty()) return std::unexpected(fmt::format("{}", fmt::join(problems, "\n")));
  return program;
}

std::expected<std::string, std::string> Compiler::Format(const std::string& text) {
  diagnostics::Sink sink;
  diagnostics::SourceSet& sources = state_->sources;
  const syntax::Tree tree = parse::ParseFile(sources.Add("sim.tocsin", text), sources, sink);
  if (sink.errors() > 0) return std::unexpected(Said(sink, sources));
  auto laid_out = format::Format(tree, sources);
  if (!laid_out) return std::unexpected("its layout is too large");
  return *std::move(laid_out);
}

std::string BytesWithoutLines(ir::Program program) {
  for (ir::Signal& signal : program.signals) signal.place = {};
  for (ir::Kernel& kernel : program.kernels) kernel.place = {};
  for (ir::Machine& machine : program.machines) {
    machine.place = {};
    for (ir::Effect& effect : machine.effects) effect.place = {};
    for (ir::Transition& transition : machine.transitions) transition.place = {};
  }
  return ir::Encode(program);
}

namespace {

// Keeps what was decided twice: as the stream that executors are compared by, and as the lines that
// the model knows.
class Recorder final : public engine::DecisionSink {
 public:
  explicit Recorder(const ir::Program& program) : program_(program) {}

  void Take(const engine::Decision& decision) override {
    run_.stream += study::DecisionJson(program_, decision);
    run_.stream += '\n';
    if (decision.kind == engine::DecisionKind::kSend) return;
    if (decision.kind == engine::DecisionKind::kIgnored) {
      run_.outcome.lines.push_back(IgnoredLine(decision.at, Name(decision.alert), decision.key));
    } else if (decision.kind == engine::DecisionKind::kTransition &&
               program_.machines[decision.machine.index].kind == "alert") {
      run_.outcome.lines.push_back(TransitionLine(decision.at, Name(decision.machine), decision.key,
                                                  decision.from, decision.to, decision.epoch));
    }
  }

  Run Finish(const std::vector<engine::Decision>& sent, const engine::Stats& stats,
             std::size_t repeats) {
    for (const engine::Decision& decision : sent) {
      const SendLine line{
          decision.at,     Name(decision.machine), Name(decision.alert),
          decision.key,    decision.epoch,         decision.step,
          decision.action, decision.person,        program_.channels[decision.channel.index].name};
      run_.outcome.lines.push_back(line.Text());
    }
    std::ranges::sort(run_.outcome.lines);
    run_.outcome.late = stats.samples_late;
    run_.outcome.ahead = stats.samples_ahead;
    run_.outcome.refused = stats.series_refused;
    run_.repeats = repeats;
    run_.stats = stats;
    return std::move(run_);
  }

 private:
  const std::string& Name(ir::MachineId id) const { return program_.machines[id.index].name; }

  const ir::Program& program_;
  Run run_;
};

// The messages among the decisions, in order.
class Messages final : public engine::DecisionSink {
 public:
  explicit Messages(engine::DecisionSink& next) : next_(next) {}
  void Take(const engine::Decision& decision) override {
    next_.Take(decision);
    if (decision.kind == engine::DecisionKind::kSend) sent.push_back(decision);
  }
  std::vector<engine::Decision> sent;

 private:
  engine::DecisionSink& next_;
};

values::LabelSet LabelSet(const Labels& labels) {
  std::vector<values::Label> all;
  for (const auto& [name, value] : labels) all.push_back({name, value});
  return *values::LabelSet::Make(std::move(all));
}

std::expected<Run, std::string> Recorded(const ir::Program& program, engine::Executor& executor,
                                         const History& history) {
  history::SeriesTable series;
  diagnostics::SourceSet sources;
  diagnostics::Sink sink;
  const history::Context context{series, sources, sink};
  const std::string text = PrintHistory(history);
  const auto reader = history::OpenText("sim.jsonl", text, context);
  history::MergedHistory merged(context);
  if (reader == nullptr || !merged.Load(*reader, "sim.jsonl"))
    return std::unexpected(Said(sink, sources));
  Recorder recorder(program);
  loop::ReplayOptions options;
  options.from = history.from;
  options.to = history.to;
  Messages messages(recorder);
  const study::Simulation simulation =
      study::Simulate(program, executor, series, merged, options, messages, {});
  return recorder.Finish(messages.sent, simulation.stats, simulation.repeats);
}

// Ticks come when they are due; a timer is due by itself, and how late it is noticed must not
// matter: here only the inputs move the clock.
Run Live(const ir::Program& program, engine::Executor& executor, const History& history) {
  Recorder recorder(program);
  Messages messages(recorder);
  deliver::CountingOutbox outbox;
  deliver::SendingSink sending(messages, outbox);
  engine::Engine engine(program, executor, stdlib::Functions(), sending);
  Instant tick = history.from;
  const auto tick_before = [&](Instant now) {
    for (; tick <= history.to && tick + program.grace_ms < now; tick += program.resolution_ms)
      engine.Tick(tick);
  };
  for (const Input& input : history.inputs) {
    tick_before(input.at);
    const values::LabelSet labels = LabelSet(input.labels);
    if (input.event) {
      engine.TakeEvent(input.at, {"acknowledge", input.alert, labels, input.by});
      continue;
    }
    const auto number = engine.Resolve(input.metric, labels, input.at);
    if (number == engine::kNoSeries) continue;
    const engine::Sample sample{number, input.value, input.stamp};
    engine.TakeSamples(input.at, {&sample, 1});
  }
  tick_before(values::kLastInstant);
  engine.Clock(history.to + program.grace_ms);
  return recorder.Finish(messages.sent, engine.stats(), outbox.repeats());
}

}  // namespace

std::expected<Run, std::string> RunProgram(const ir::Program& program, engine::Executor& executor,
                                           const History& history) {
  if (history.live) return Live(program, executor, history);
  return Recorded(program, executor, history);
}

}  // namespace tocsin::sim
