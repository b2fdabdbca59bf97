#include "compiler/driver/drawing/drawing.h"

#include <algorithm>

#include "compiler/kinds/probes.h"
#include "compiler/lower/lower.h"
#include "compiler/study/page/page.h"

namespace tocsin::driver {
namespace {

namespace page = study::page;

struct Drawn {
  ir::Program program;
  std::vector<page::Plot> plots;
};

class NoDecisions final : public engine::DecisionSink {
 public:
  void Take(const engine::Decision&) override {}
};

ir::MachineId AlertNamed(const ir::Program& program, std::string_view name) {
  for (std::size_t i = 0; i < program.machines.size(); ++i) {
    if (program.machines[i].kind == "alert" && program.machines[i].name == name)
      return ir::MachineId(i);
  }
  return {};
}

// A column by its name; a constant where it has none.
page::Source SourceOf(const ir::Program& program, const kinds::Probe::Side& side) {
  page::Source source;
  source.text = side.text;
  source.constant = side.constant;
  if (side.column.empty()) return source;
  const auto number = std::ranges::find(program.numbers, side.column, &ir::NumberColumn::name);
  if (number != program.numbers.end()) {
    source.number = ir::NumberColumnId(static_cast<std::size_t>(number - program.numbers.begin()));
    return source;
  }
  const auto truth = std::ranges::find(program.truths, side.column, &ir::TruthColumn::name);
  if (truth != program.truths.end())
    source.truth = ir::TruthColumnId(static_cast<std::size_t>(truth - program.truths.begin()));
  return source;
}

Drawn OfText(const Compilation& compilation) {
  Drawn drawn;
  core::Policy core = *compilation.core;
  const std::vector<kinds::Probe> probes =
      kinds::AddProbes(compilation.typed, compilation.sources, core);
  drawn.program = lower::Lower(core);
  for (const kinds::Probe& probe : probes) {
    page::Plot plot;
    plot.alert = AlertNamed(drawn.program, probe.alert);
    plot.text = probe.text;
    plot.unit = probe.unit;
    plot.left = SourceOf(drawn.program, probe.left);
    plot.compares = probe.right.has_value();
    if (probe.right) plot.right = SourceOf(drawn.program, *probe.right);
    const bool found = plot.left.number.valid() || plot.left.truth.valid();
    if (plot.alert.valid() && found) drawn.plots.push_back(std::move(plot));
  }
  return drawn;
}

// A module no longer says what its conditions compare: what messages show, and the condition
// itself.
Drawn OfModule(const ir::Program& program) {
  Drawn drawn;
  drawn.program = program;
  for (std::size_t i = 0; i < program.machines.size(); ++i) {
    const ir::Machine& machine = program.machines[i];
    if (machine.kind != "alert") continue;
    page::Plot plot;
    plot.alert = ir::MachineId(i);
    if (machine.value.valid()) {
      plot.left.number = machine.value;
      if (machine.headline.valid()) {
        for (const ir::TextPart& part : program.texts[machine.headline.index].parts) {
          if (part.kind == ir::TextPartKind::kValue) plot.unit = part.unit;
        }
      }
    } else if (!machine.inputs.empty()) {
      plot.left.truth = machine.inputs.front();
    } else {
      continue;
    }
    plot.text = plot.left.number.valid() ? program.numbers[plot.left.number.index].name
                                         : program.truths[plot.left.truth.index].name;
    plot.left.text = plot.text;
    drawn.plots.push_back(std::move(plot));
  }
  return drawn;
}

}  // namespace

std::string Draw(const Loaded& loaded, const history::SeriesTable& series,
                 history::MergedHistory& history, const Drawing& drawing) {
  const Drawn drawn =
      loaded.compilation.core ? OfText(loaded.compilation) : OfModule(*loaded.program);
  const loop::ReplayResult& replay = drawing.simulation.replay;
  const values::Instant begin =
      std::max(drawing.replay.from.value_or(history.first()), history.first());
  const page::Window run{begin, std::max(begin, replay.end)};
  const page::Window window =
      page::WindowOf(drawing.story.lanes(), run, drawn.program.resolution_ms);
  page::Recorder recorder(drawn.program, drawing.story.lanes(), drawn.plots, window);
  if (!recorder.charts().empty()) {
    // Native code that is linked is of the program without the series that are drawn.
    const study::EngineKind kind = drawing.engine == study::EngineKind::kJit
                                       ? study::EngineKind::kJit
                                       : study::EngineKind::kInterpret;
    auto execution = study::MakeExecution(drawn.program, {}, kind, drawing.level);
    if (!execution)
      execution = study::MakeExecution(drawn.program, {}, study::EngineKind::kInterpret, {});
    NoDecisions nothing;
    history.Rewind();
    study::Simulate(drawn.program, *execution->executor, series, history, drawing.replay, nothing,
                    drawing.on_progress, [&](const engine::Engine& engine, values::Instant tick) {
                      recorder.Take(engine, tick);
                    });
  }
  return page::Page({*loaded.program, drawing.simulation, drawing.tally, drawing.story, &recorder,
                     drawing.only, run, window});
}

}  // namespace tocsin::driver
