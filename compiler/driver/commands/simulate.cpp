// tocsin simulate: a policy over recorded data in virtual time.

#include <unistd.h>

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <system_error>

#include "compiler/driver/command.h"
#include "compiler/driver/drawing/drawing.h"
#include "compiler/driver/options.h"
#include "compiler/driver/policy.h"
#include "compiler/driver/settings.h"
#include "compiler/study/decision_json.h"
#include "compiler/study/simulate.h"
#include "compiler/study/summary.h"
#include "compiler/study/timeline.h"
#include "runtime/diagnostics/codes.h"
#include "runtime/history/cache.h"

namespace tocsin::driver {
namespace {

namespace codes = diagnostics::codes;

constexpr std::int64_t kMaxTicks = 50'000'000;  // 23 years of 15 s, about a minute of work

struct Request {
  study::EngineKind engine = study::EngineKind::kInterpret;
  native::Level level = native::Level::kBaseline;
  bool json = false;
  bool stats = false;
  bool all = false;
  std::string cache;  // a folder; empty where none is
  std::string html;   // the page to write; empty where none is
  loop::ReplayOptions replay;
  std::vector<std::string> history;
};

// Long work shows how far it is, on standard error, where somebody looks at it.
class Progress {
 public:
  void Show(std::string_view what, double fraction) {
    if (!shown_) return;
    const auto now = std::chrono::steady_clock::now();
    if (now - last_ < std::chrono::milliseconds(200)) return;
    last_ = now;
    printed_ = true;
    fmt::print(stderr, "\r{} {:3.0f}%", what, fraction * 100);
  }
  void Clear() {
    if (printed_) fmt::print(stderr, "\r{:40}\r", "");
    printed_ = false;
  }

 private:
  bool shown_ = ::isatty(2) != 0;
  bool printed_ = false;
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

loop::Replay::OnProgress ShownAs(std::string_view what, Progress& progress) {
  return [what, &progress](const loop::ReplayProgress& at) { progress.Show(what, at.fraction); };
}

class JsonSink final : public engine::DecisionSink {
 public:
  explicit JsonSink(const ir::Program& program) : program_(program) {}
  void Take(const engine::Decision& decision) override {
    fmt::print("{}\n", study::DecisionJson(program_, decision));
  }

 private:
  const ir::Program& program_;
};

bool LoadHistory(const Request& request, const history::Context& context,
                 history::MergedHistory& history, Progress& progress) {
  bool whole = true;
  const auto on_progress = [&](const history::Progress& read) {
    progress.Show("reading", read.bytes_total == 0 ? 0
                                                   : static_cast<double>(read.bytes_read) /
                                                         static_cast<double>(read.bytes_total));
  };
  for (const std::string& path : request.history) {
    const bool read = request.cache.empty()
                          ? history.Load(path, {}, on_progress)
                          : history::LoadCached(path, request.cache, context, history, on_progress);
    whole = read && whole;
    progress.Clear();
  }
  return whole;
}

std::string Describe(engine::EventProblem problem, const history::Event& event) {
  switch (problem) {
    case engine::EventProblem::kNone:
      return "";
    case engine::EventProblem::kUnknownEvent:
      return fmt::format("nothing waits for an event called `{}`", diagnostics::Shown(event.name));
    case engine::EventProblem::kUnknownAlert:
      return event.alert.empty()
                 ? std::string("the event names no alert")
                 : fmt::format("there is no alert called `{}`", diagnostics::Shown(event.alert));
    case engine::EventProblem::kUnknownRow:
      if (event.labels.empty()) {
        return fmt::format(
            "the event does not say, in `labels`, which row of the alert `{}` it is about",
            diagnostics::Shown(event.alert));
      }
      return fmt::format("the alert `{}` has no row `{}`", diagnostics::Shown(event.alert),
                         diagnostics::Shown(event.labels.Text(), 400));
    case engine::EventProblem::kNoPerson:
      return "the event does not say, in `by`, which person it comes from";
    case engine::EventProblem::kUnknownPerson:
      return fmt::format("there is no person called `{}`", diagnostics::Shown(event.by));
  }
  return "";
}

void ReportEvents(const loop::ReplayResult& replay, Compilation& compilation) {
  for (const loop::ReplayProblem& problem : replay.problems) {
    const history::Event& event = problem.event;
    const auto line = static_cast<std::uint32_t>(std::min<std::uint64_t>(event.line, 0xffffffffu));
    const auto source = compilation.sources.AddLine(event.file, line, "");
    compilation.sink.Emit(codes::kUnknownInEvent, {source, 0, 0}, Describe(problem.problem, event));
  }
}

void PrintStats(const Request& request, const study::Simulation& simulation,
                const study::Execution& execution) {
  const engine::Stats& stats = simulation.stats;
  const auto row = [&](std::string_view name, std::uint64_t value) {
    fmt::print(request.json ? stderr : stdout, "  {:<24} {}\n", name, value);
  };
  fmt::print(request.json ? stderr : stdout, "\nstatistics, {}\n", execution.name);
  row("rows", stats.rows);
  row("ticks", stats.ticks);
  row("samples", stats.samples);
  row("samples unread", simulation.replay.samples_unread);
  row("conditions native", stats.kernels_native);
  row("conditions interpreted", stats.kernels_interpreted);
  row("transitions native", stats.selects_native);
  row("transitions interpreted", stats.selects_interpreted);
  row("transitions taken", stats.transitions);
  row("messages", stats.sends);
  if (execution.compiled) {
    row("kernels compiled", execution.compiled->kernels);
    row("machines compiled", execution.compiled->machines);
    fmt::print(request.json ? stderr : stdout, "  {:<24} {:.1f} ms\n", "compiling",
               execution.compiled->milliseconds);
  }
}

void Head(const Request& request, const ir::Program& program, const history::MergedHistory& history,
          const study::Execution& execution) {
  const values::Zone utc;
  fmt::print("{} \"{}\"\n", program.policy, program.title);
  const loop::ReplayOptions& part = request.replay;
  fmt::print(
      "{} to {} UTC, {}{}, {}\n",
      values::FormatClock(std::max(part.from.value_or(history.first()), history.first()), utc),
      values::FormatClock(std::min(part.to.value_or(history.last()), history.last()), utc),
      part.from || part.to ? "part of " : "", Counted(history.sample_count(), "sample"),
      Counted(history.event_count(), "event"));
  fmt::print("ticks every {}, decided {} later; engine: {}\n",
             values::FormatDuration(program.resolution_ms),
             values::FormatDuration(program.grace_ms), execution.name);
}

void NothingThere(const history::MergedHistory& history, diagnostics::Sink& sink) {
  sink.Emit(codes::kEmptyHistory, {}, "the time between `--from` and `--to`")
      .Note(fmt::format("the recording is from {} to {}", values::FormatInstant(history.first()),
                        values::FormatInstant(history.last())));
}

// Whether there is something between `--from` and `--to`, and not more ticks than can be run: one
// stamp from another time would make all the empty ticks up to it.
bool Fits(const Request& request, const ir::Program& program, const history::MergedHistory& history,
          diagnostics::Sink& sink) {
  const values::Instant first =
      std::max(history.first(), request.replay.from.value_or(history.first()));
  const values::Instant last = request.replay.to.value_or(history.last());
  if (first > history.last() || last < history.first()) {
    NothingThere(history, sink);
    return false;
  }
  const std::int64_t ticks = (last - first) / program.resolution_ms;
  if (ticks <= kMaxTicks) return true;
  sink.Emit(codes::kTooManyTicks, {}, values::FormatInstant(first), values::FormatInstant(last),
            ticks, kMaxTicks)
      .Help("mend the stamp that is from another time, or run a part with `--from` and `--to`");
  return false;
}

void PrintJson(const ir::Program& program, const study::Simulation& simulation,
               const study::Tally& tally, const study::Only& only) {
  fmt::print("{}{}\n", study::TallyJson(program, tally, only),
             study::SummaryJson(program, simulation, tally, only));
}

int Simulate(const Request& request, Loaded& loaded, const study::Only& only) {
  diagnostics::Sink& sink = loaded.compilation.sink;
  const ir::Program& program = *loaded.program;
  auto execution = study::MakeExecution(program, loaded.native, request.engine, request.level);
  if (!execution) {
    sink.Emit(codes::kNoNative, {}, execution.error());
    return kFindings;
  }
  Progress progress;
  history::SeriesTable series;
  const history::Context context{series, loaded.compilation.sources, sink};
  history::MergedHistory history(context);
  if (!LoadHistory(request, context, history, progress)) return kFindings;
  if (history.empty()) {
    sink.Emit(codes::kEmptyHistory, {}, fmt::format("`{}`", fmt::join(request.history, "`, `")));
    return kFindings;
  }
  if (!Fits(request, program, history, sink)) return kFindings;
  if (!request.json) Head(request, program, history, *execution);
  const values::Instant begin = request.replay.from.value_or(history.first());
  const auto print = [&](std::string_view line) {
    progress.Clear();
    fmt::print("{}\n", line);
  };
  study::Timeline timeline(program, begin, print);
  JsonSink json(program);
  study::Tally tally(program, request.all ? SIZE_MAX : study::kFiringsShown);
  study::page::Story story(program);
  study::FanSink sinks{request.json ? static_cast<engine::DecisionSink*>(&json) : &timeline, &tally,
                       request.html.empty() ? nullptr : &story};
  study::OnlySink decisions(only, sinks);
  loop::ReplayOptions options = request.replay;
  options.last_record = history.last();
  const study::Simulation simulation =
      study::Simulate(program, *execution->executor, series, history, options, decisions,
                      ShownAs("running", progress));
  progress.Clear();
  if (simulation.replay.samples == 0 && simulation.replay.events == 0) {
    NothingThere(history, sink);
    return kFindings;
  }
  tally.Finish(simulation.replay.end);
  if (request.json) PrintJson(program, simulation, tally, only);
  if (!request.json)
    study::PrintSummary(program, tally, simulation, {request.all, begin, only}, print);
  if (request.stats) PrintStats(request, simulation, *execution);
  if (!request.html.empty()) {
    story.Finish(simulation.replay.end);
    const Drawing drawing{request.engine, request.level, options, simulation,
                          tally,          story,         only,    ShownAs("drawing", progress)};
    WriteFile(request.html, Draw(loaded, series, history, drawing), sink);
    progress.Clear();
  }
  ReportEvents(simulation.replay, loaded.compilation);
  return loaded.compilation.failed() ? kFindings : kClean;
}

// The instant an option names; false where it names none.
bool ReadInstant(const Options& options, const char* name,
                 std::optional<values::Instant>& instant) {
  if (!options.Has(name)) return true;
  instant = values::ParseInstant(options.Get(name));
  return instant.has_value();
}

int Run(const std::vector<std::string>& arguments) {
  Options options("simulate POLICY --history FILE [--history FILE ...]",
                  "Runs a policy, or a policy module, over recorded data in virtual time and shows "
                  "what fired, who was\n"
                  "told when, by which channel, and why. Nothing is sent. "
                  "docs/reference/history.md has the formats.");
  options
      .Values(
          "history", "FILE",
          "recorded samples and events: .om .prom .csv .jsonl .columns, plain or .zst; any number")
      .Value("cache", "FOLDER", "keep what was read there, packed, to read it faster the next time")
      .Value("engine", "ENGINE",
             "interpret (default), jit (compiled by LLVM), or linked (a module's own code)")
      .Value("level", "LEVEL",
             "of jit and linked: baseline, avx2 or avx512 (default: the best this machine has)")
      .Value("format", "FORMAT", "terminal (default), or json: one object a line")
      .Value("from", "INSTANT", "leave out what is before, as 2026-11-23T04:15:00Z")
      .Value("to", "INSTANT", "run up to here")
      .Values("set", "NAME=VALUE",
              "run it with another value of the policy's `let NAME`; any number")
      .Values("only", "ALERT",
              "show only this alert, or those a pattern with * and ? fits; any number")
      .Value("html", "FILE", "write what happened as one HTML page, with charts")
      .Flag("all", "at the end, name every firing, and the alerts that were never pending")
      .Flag("stats", "say how much was done, and by which engine")
      .Positional("POLICY", 1, 1);
  if (!options.Parse(arguments)) return options.exit_code();
  Request request;
  const auto engine = study::EngineNamed(options.Get("engine", "interpret"));
  if (!engine) {
    return options.Refuse(fmt::format("there is no engine `{}`; there are interpret, jit, linked",
                                      options.Get("engine")));
  }
  const auto level =
      options.Has("level") ? native::ParseLevel(options.Get("level")) : native::Best();
  if (!level) return options.Refuse(level.error());
  const std::string format = options.Get("format", "terminal");
  if (format != "terminal" && format != "json")
    return options.Refuse(fmt::format("there is no format `{}`; there are terminal, json", format));
  if (!ReadInstant(options, "from", request.replay.from) ||
      !ReadInstant(options, "to", request.replay.to)) {
    return options.Refuse("an instant is written as 2026-11-23T04:15:00Z");
  }
  if (request.replay.from && request.replay.to && *request.replay.to < *request.replay.from)
    return options.Refuse("`--to` is before `--from`");
  if (options.Has("level") && *engine == study::EngineKind::kInterpret)
    return options.Refuse("`--level` is of compiled code: add `--engine jit` or `--engine linked`");
  request.engine = *engine;
  request.level = *level;
  request.json = format == "json";
  request.stats = options.Has("stats");
  request.all = options.Has("all");
  request.html = options.Get("html");
  request.cache = options.Get("cache");
  request.history = options.GetAll("history");
  if (request.history.empty()) return options.Refuse("say what to run it over: `--history FILE`");
  Loaded loaded;
  const std::string why = LoadWith(options.positional()[0], options.GetAll("set"), loaded);
  if (!why.empty()) return options.Refuse(why);
  int result = kFindings;
  if (loaded.program && !loaded.compilation.failed()) {
    const auto only = study::Only::Of(*loaded.program, options.GetAll("only"));
    if (!only) return options.Refuse(only.error());
    result = Simulate(request, loaded, *only);
  }
  if (std::fflush(stdout) != 0) throw std::system_error(errno, std::generic_category());
  Show(stderr, loaded.compilation.sink, loaded.compilation.sources);
  return result;
}

}  // namespace

extern const CommandRow command_simulate;
const CommandRow command_simulate{"simulate", "run a policy over recorded data in virtual time",
                                  Run};

}  // namespace tocsin::driver
