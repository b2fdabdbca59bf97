// tocsin dump: what a stage made of a policy.

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "compiler/driver/command.h"
#include "compiler/driver/options.h"
#include "compiler/driver/policy.h"
#include "runtime/diagnostics/codes.h"
#include "runtime/ir/text.h"
#include "runtime/native/native.h"

namespace tocsin::driver {
namespace {

constexpr std::array<std::string_view, 6> kStages = {"syntax", "typed", "core",
                                                     "ir",     "llvm",  "asm"};

int Finish(const diagnostics::Sink& sink, const diagnostics::SourceSet& sources) {
  Show(stderr, sink, sources);
  return sink.errors() > 0 ? kFindings : kClean;
}

int DumpFront(std::string_view stage, const std::string& path) {
  Compilation compilation;
  Compile(path,
          stage == "syntax"  ? Stage::kSyntax
          : stage == "typed" ? Stage::kTyped
                             : Stage::kCore,
          compilation);
  if (stage == "syntax") {
    for (const syntax::Tree& tree : compilation.trees)
      fmt::print("{}", syntax::Dump(tree, compilation.sources));
  } else if (stage == "typed" && compilation.checked) {
    fmt::print("{}", check::Dump(compilation.typed));
  } else if (compilation.core) {
    fmt::print("{}", core::Dump(*compilation.core));
  }
  return Finish(compilation.sink, compilation.sources);
}

int DumpBack(std::string_view stage, const std::string& path, native::Level level) {
  Loaded loaded;
  Load(path, loaded);
  diagnostics::Sink& sink = loaded.compilation.sink;
  if (loaded.program && stage == "ir") {
    fmt::print("{}", ir::Print(*loaded.program));
  } else if (loaded.program) {
    auto text =
        native::Emit(*loaded.program, level,
                     stage == "asm" ? native::Artifact::kAssembly : native::Artifact::kLlvm);
    if (text) {
      fmt::print("{}", *text);
    } else {
      sink.Emit(diagnostics::codes::kNoNative, {}, text.error());
    }
  }
  return Finish(sink, loaded.compilation.sources);
}

int Run(const std::vector<std::string>& arguments) {
  Options options("dump STAGE POLICY [--level LEVEL]",
                  "Prints what a stage made of a policy: syntax, typed, core, ir, llvm or asm. The "
                  "last three also take\n"
                  "a policy module, and a file of IR (`.ir`), which `dump ir` writes.");
  options
      .Value("level", "LEVEL",
             "of llvm and asm: baseline, avx2 or avx512 (default: the best this machine has)")
      .Positional("STAGE and POLICY", 2, 2);
  if (!options.Parse(arguments)) return options.exit_code();
  const std::string stage = options.positional()[0];
  if (std::ranges::find(kStages, stage) == kStages.end()) {
    return options.Refuse(
        fmt::format("there is no stage `{}`; there are {}", stage, fmt::join(kStages, ", ")));
  }
  const auto level =
      options.Has("level") ? native::ParseLevel(options.Get("level")) : native::Best();
  if (!level) return options.Refuse(level.error());
  const bool front = stage == "syntax" || stage == "typed" || stage == "core";
  return front ? DumpFront(stage, options.positional()[1])
               : DumpBack(stage, options.positional()[1], *level);
}

}  // namespace

extern const CommandRow command_dump;
const CommandRow command_dump{"dump", "print what a stage made of a policy", Run};

}  // namespace tocsin::driver
