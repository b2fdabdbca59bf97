// tocsin check: parse, type-check, analyse.

#include <fmt/format.h>

#include "compiler/driver/command.h"
#include "compiler/driver/options.h"
#include "compiler/driver/policy.h"
#include "runtime/diagnostics/render_json.h"

namespace tocsin::driver {
namespace {

int Run(const std::vector<std::string>& arguments) {
  Options options("check POLICY [--format terminal|json]",
                  "Reads a policy (a directory of .tocsin files, or one file), checks that it "
                  "means something, and\n"
                  "reports what is wrong or unwise. Exit code 0: no findings; 1: findings.");
  options.Value("format", "FORMAT", "terminal (default), or json: one finding a line")
      .Positional("POLICY", 1, 1);
  if (!options.Parse(arguments)) return options.exit_code();
  const std::string format = options.Get("format", "terminal");
  if (format != "terminal" && format != "json")
    return options.Refuse(fmt::format("there is no format `{}`", format));
  Compilation compilation;
  Compile(options.positional()[0], Stage::kProgram, compilation);
  if (format == "json") {
    fmt::print("{}", diagnostics::RenderJson(compilation.sink.all(), compilation.sources));
  } else {
    Show(stdout, compilation.sink, compilation.sources);
    if (compilation.sink.all().empty()) {
      const ir::Program& program = *compilation.program;
      fmt::print("{}: no findings in {} ({} measured, {})\n", program.policy,
                 Counted(compilation.typed.decls.size(), "declaration"),
                 Counted(program.signals.size(), "signal"),
                 Counted(program.machines.size(), "machine"));
    }
  }
  return compilation.sink.all().empty() ? kClean : kFindings;
}

}  // namespace

extern const CommandRow command_check;
const CommandRow command_check{
    "check", "check a policy: names, types, units, labels, and what is unwise", Run};

}  // namespace tocsin::driver
