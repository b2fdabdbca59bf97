// tocsin inspect: what is in a policy module.

#include <boost/json.hpp>

#include <fmt/format.h>

#include "compiler/driver/command.h"
#include "compiler/driver/options.h"
#include "compiler/driver/policy.h"

namespace tocsin::driver {
namespace {

void Print(const Loaded& loaded) {
  const ir::Program& program = *loaded.program;
  const auto row = [](std::string_view name, const std::string& value) {
    fmt::print("{:<12} {}\n", name, value);
  };
  row("policy", fmt::format("{} \"{}\"", program.policy, program.title));
  row("hash", module::Hash(program));
  row("edition", fmt::format("{}", program.edition));
  row("compiler", loaded.compiler);
  row("format", fmt::format("{}", module::kFormatVersion));
  row("tzdata", program.tzdata);
  row("ticks",
      fmt::format("every {}, decided {} later", values::FormatDuration(program.resolution_ms),
                  values::FormatDuration(program.grace_ms)));
  row("signals", fmt::format("{}", program.signals.size()));
  row("kernels", fmt::format("{} of {} shapes", program.kernels.size(), program.shapes.size()));
  row("people", fmt::format("{} in {} tiers", program.people.size(), program.tiers.size()));
  for (const ir::Machine& machine : program.machines) {
    row("machine", fmt::format("{} ({}): {} states, {} transitions", machine.name, machine.kind,
                               machine.states.size(), machine.transitions.size()));
  }
  for (const module::NativeCode& code : loaded.native) {
    row("native", fmt::format("{}: {} bytes", code.level, code.code.size()));
  }
  if (loaded.native.empty()) row("native", "none");
}

void PrintJson(const Loaded& loaded) {
  const ir::Program& program = *loaded.program;
  boost::json::object object;
  object["policy"] = program.policy;
  object["title"] = program.title;
  object["hash"] = module::Hash(program);
  object["edition"] = program.edition;
  object["compiler"] = loaded.compiler;
  object["format"] = module::kFormatVersion;
  object["tzdata"] = program.tzdata;
  object["resolution_ms"] = program.resolution_ms;
  object["grace_ms"] = program.grace_ms;
  object["signals"] = program.signals.size();
  object["kernels"] = program.kernels.size();
  object["shapes"] = program.shapes.size();
  object["people"] = program.people.size();
  boost::json::array machines;
  for (const ir::Machine& machine : program.machines) {
    machines.push_back({{"name", machine.name},
                        {"kind", machine.kind},
                        {"states", machine.states.size()},
                        {"transitions", machine.transitions.size()}});
  }
  object["machines"] = std::move(machines);
  boost::json::array native;
  for (const module::NativeCode& code : loaded.native)
    native.push_back({{"level", code.level}, {"bytes", code.code.size()}});
  object["native"] = std::move(native);
  fmt::print("{}\n", boost::json::serialize(object));
}

int Run(const std::vector<std::string>& arguments) {
  Options options("inspect MODULE [--format terminal|json]",
                  "Says what is in a policy module, after checking that it is whole and sound.");
  options.Value("format", "FORMAT", "terminal (default), or json: one object")
      .Positional("MODULE", 1, 1);
  if (!options.Parse(arguments)) return options.exit_code();
  const std::string format = options.Get("format", "terminal");
  if (format != "terminal" && format != "json")
    return options.Refuse(fmt::format("there is no format `{}`", format));
  Loaded loaded;
  LoadModuleFile(options.positional()[0], loaded);
  Show(stderr, loaded.compilation.sink, loaded.compilation.sources);
  if (!loaded.program) return kFindings;
  if (format == "json") {
    PrintJson(loaded);
  } else {
    Print(loaded);
  }
  return kClean;
}

}  // namespace

extern const CommandRow command_inspect;
const CommandRow command_inspect{"inspect", "look into a policy module", Run};

}  // namespace tocsin::driver
