// tocsin build: a policy to one module file.

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "compiler/driver/command.h"
#include "compiler/driver/options.h"
#include "compiler/driver/policy.h"
#include "compiler/driver/version.h"
#include "runtime/diagnostics/codes.h"
#include "runtime/native/native.h"

namespace tocsin::driver {
namespace {

// The levels in `baseline,avx2`, or none for `none`; the error names what is no level.
std::expected<std::vector<native::Level>, std::string> Levels(const std::string& list) {
  std::vector<native::Level> levels;
  if (list == "none") return levels;
  std::size_t begin = 0;
  while (begin <= list.size()) {
    const std::size_t end = std::min(list.find(',', begin), list.size());
    auto level = native::ParseLevel(list.substr(begin, end - begin));
    if (!level) return std::unexpected(level.error());
    if (std::ranges::find(levels, *level) != levels.end())
      return std::unexpected(fmt::format("`{}` is named twice", native::Word(*level)));
    levels.push_back(*level);
    begin = end + 1;
  }
  return levels;
}

// Whether what would be written is the policy's file, or a file of its text in its folder.
bool IsInput(const std::string& output, const std::string& policy) {
  std::error_code error;
  if (std::filesystem::equivalent(output, policy, error)) return true;
  return output.ends_with(".tocsin") && std::filesystem::is_regular_file(output, error);
}

int Run(const std::vector<std::string>& arguments) {
  Options options("build POLICY -o FILE [--native LEVELS]",
                  "Compiles a policy to one module file: its data, its IR, and native code. The "
                  "same policy gives the\n"
                  "same file, byte for byte, on every machine with the same compiler.");
  options.Value("output,o", "FILE", "the module to write")
      .Value("native", "LEVELS",
             "native code for baseline, avx2, avx512 (default: all three), or none")
      .Positional("POLICY", 1, 1);
  if (!options.Parse(arguments)) return options.exit_code();
  if (!options.Has("output")) return options.Refuse("say where the module goes: `-o FILE`");
  const auto levels = Levels(options.Get("native", "baseline,avx2,avx512"));
  if (!levels) return options.Refuse(levels.error());
  if (IsInput(options.Get("output"), options.positional()[0]))
    return options.Refuse("the module would take the place of policy text: name another file");
  Loaded loaded;
  Load(options.positional()[0], loaded);
  diagnostics::Sink& sink = loaded.compilation.sink;
  if (loaded.program && !loaded.compilation.failed()) {
    module::Module module{*loaded.program, std::string(kVersion), {}};
    for (native::Level level : *levels) {
      auto code = native::Link(*loaded.program, level);
      if (!code) {
        sink.Emit(diagnostics::codes::kNoNative, {}, code.error())
            .Help("build without native code: `--native none`");
        break;
      }
      module.native.push_back({std::string(native::Word(level)), *std::move(code)});
    }
    if (!loaded.compilation.failed()) {
      const std::string bytes = module::Write(module);
      const std::string path = options.Get("output");
      if (WriteFile(path, bytes, sink)) {
        fmt::print("{}: {} bytes, policy {} {}\n", path, bytes.size(), loaded.program->policy,
                   module::Hash(*loaded.program).substr(0, 12));
      }
    }
  }
  Show(stderr, sink, loaded.compilation.sources);
  return loaded.compilation.failed() ? kFindings : kClean;
}

}  // namespace

extern const CommandRow command_build;
const CommandRow command_build{"build", "compile a policy to one module file", Run};

}  // namespace tocsin::driver
