#include "tests/sim/compare.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "compiler/study/simulate.h"
#include "runtime/engine/interpreter.h"
#include "runtime/ir/binary.h"
#include "runtime/ir/text.h"
#include "runtime/module/module.h"
#include "runtime/native/native.h"
#include "tests/sim/generate.h"
#include "tests/sim/print.h"

namespace tocsin::sim {

namespace {

constexpr std::size_t kShownLines = 12;
constexpr std::uint64_t kEveryWayEach = 8;  // seeds that take all levels and the linked code

std::vector<native::Level> Levels() {
  std::vector<native::Level> levels;
  for (const auto level :
       {native::Level::kBaseline, native::Level::kAvx2, native::Level::kAvx512}) {
    if (native::Supported(level)) levels.push_back(level);
  }
  return levels;
}

// What is in one sorted list and not in the other.
std::string Difference(const Outcome& engine, const Outcome& model) {
  std::vector<std::string> only_engine, only_model;
  std::ranges::set_difference(engine.lines, model.lines, std::back_inserter(only_engine));
  std::ranges::set_difference(model.lines, engine.lines, std::back_inserter(only_model));
  std::string text;
  const auto counts = [](const Outcome& one) {
    return fmt::format("{} late, {} ahead, {} series refused", one.late, one.ahead, one.refused);
  };
  if (counts(engine) != counts(model)) {
    text += fmt::format("  the engine counts {}\n  the model counts {}\n", counts(engine),
                        counts(model));
  }
  std::size_t shown = 0;
  for (const auto& [who, lines] : {std::pair("engine", &only_engine), {"model ", &only_model}}) {
    shown = 0;
    for (const std::string& line : *lines) {
      if (++shown > kShownLines) break;
      text += fmt::format("  only the {}: {}\n", who, line);
    }
  }
  return text;
}

std::string FirstDifference(const std::string& a, const std::string& b) {
  const auto [at, other] = std::ranges::mismatch(a, b);
  const auto place = static_cast<std::size_t>(at - a.begin());
  const auto line = [&](const std::string& text) {
    const std::size_t begin = place == 0 ? 0 : text.rfind('\n', place - 1) + 1;
    return text.substr(begin, text.find('\n', begin) - begin);
  };
  return fmt::format("  {}\n  {}", line(a), line(b));
}

}  // namespace

SeedOutcome Comparison::Run(std::uint64_t seed, const Parts& parts) {
  SeedOutcome result;
  Random random(seed);
  const Instant start = GenerateStart(random);
  Policy policy = GeneratePolicy(random, start);
  History history = GenerateHistory(random, policy, start);
  // The deadlines of a first run are where acknowledgements and handovers are interesting.
  const Outcome quiet = RunModel(policy, history);
  AlignHandover(random, quiet.deadlines, policy);
  AddAcknowledgements(random, policy, quiet.deadlines, history);
  const std::string text = PrintPolicy(policy, random);
  if (parts.show) {
    fmt::print("{}\n# {} from {} to {}\n{}\n", text, history.live ? "live" : "recorded",
               values::FormatInstant(history.from), values::FormatInstant(history.to),
               PrintHistory(history));
  }
  const auto program = compiler_.Compile(text);
  if (!program) {
    result.problems.push_back("a generated policy has errors:\n" + program.error());
    return result;
  }
  const auto interpreter = engine::MakeInterpreter(*program);
  const auto meaning = RunProgram(*program, *interpreter, history);
  if (!meaning) {
    result.problems.push_back("a generated history cannot be read:\n" + meaning.error());
    return result;
  }
  transitions_ += meaning->stats.transitions;
  sends_ += meaning->stats.sends;
  quiet_ += meaning->stats.sends == 0 ? 1 : 0;
  if (parts.show) fmt::print("{}\n", meaning->stream);
  if (meaning->repeats > 0)
    result.problems.push_back(fmt::format("{} messages are repeats of others", meaning->repeats));
  if (parts.model) {
    const std::string difference = Difference(meaning->outcome, RunModel(policy, history));
    if (!difference.empty())
      result.problems.push_back("the interpreter and the model disagree:\n" + difference);
  }
  if (parts.differential) Differential(seed, text, *program, history, *meaning, result.problems);
  return result;
}

void Comparison::Differential(std::uint64_t seed, const std::string& text,
                              const ir::Program& program, const History& history,
                              const sim::Run& meaning, std::vector<std::string>& problems) {
  const auto run = [&](const ir::Program& what, const std::vector<module::NativeCode>& code,
                       study::EngineKind kind, native::Level level) {
    auto execution = study::MakeExecution(what, code, kind, level);
    if (!execution) {
      problems.push_back("cannot execute: " + execution.error());
      return;
    }
    const auto other = RunProgram(what, *execution->executor, history);
    if (!other || other->stream != meaning.stream) {
      problems.push_back(
          fmt::format("{} decides something else:\n{}", execution->name,
                      other ? FirstDifference(meaning.stream, other->stream) : other.error()));
    } else if (kind != study::EngineKind::kInterpret &&
               (other->stats.kernels_interpreted > 0 || other->stats.selects_interpreted > 0)) {
      problems.push_back(fmt::format("{} fell back to the interpreter", execution->name));
    }
  };

  const auto read = ir::Read(ir::Print(program));
  const std::string bytes = ir::Encode(program);
  if (!read || ir::Encode(*read) != bytes)
    problems.push_back("the program as text is another program when it is read back");
  if (const auto formatted = compiler_.Format(text); !formatted) {
    problems.push_back("cannot format: " + formatted.error());
  } else if (const auto again = compiler_.Compile(*formatted); !again) {
    problems.push_back("the formatted policy has errors:\n" + again.error());
  } else if (BytesWithoutLines(*again) != BytesWithoutLines(program)) {
    problems.push_back("the formatted policy is another program");
  }

  const auto levels = Levels();
  const bool every_way = seed % kEveryWayEach == 0;
  const native::Level one = levels[seed % levels.size()];
  for (const native::Level level : levels) {
    if (every_way || level == one) run(program, {}, study::EngineKind::kJit, level);
  }
  module::Module module{program, "0", {}};
  if (every_way) {
    auto code = native::Link(program, one);
    if (!code) return problems.push_back("cannot link: " + code.error());
    module.native.push_back({std::string(native::Word(one)), *std::move(code)});
  }
  const std::string file = module::Write(module);
  const auto loaded = module::Read(file);
  if (!loaded || ir::Encode(loaded->program) != bytes || module::Write(*loaded) != file) {
    problems.push_back("the module is another one when it is read back");
  } else if (every_way) {
    run(loaded->program, loaded->native, study::EngineKind::kLinked, one);
  } else {
    run(loaded->program, {}, study::EngineKind::kInterpret, one);
  }
}

std::string Comparison::Totals() const {
  return fmt::format("{} transitions, {} messages, {} seeds without a message", transitions_,
                     sends_, quiet_);
}

}  // namespace tocsin::sim
