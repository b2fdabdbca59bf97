// tocsin: one program, one file for each of its commands.

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <exception>
#include <system_error>

#include "compiler/driver/command.h"
#include "compiler/driver/version.h"
#include "runtime/diagnostics/diagnostic.h"

namespace tocsin::driver {
namespace {

void Help(std::FILE* stream) {
  fmt::print(stream, "tocsin {}: operations policy that is checked, simulated and run\n\n",
             kVersion);
  fmt::print(stream, "usage: tocsin COMMAND [ARGUMENTS]\n\ncommands\n");
  for (const CommandRow* command : Commands())
    fmt::print(stream, "  {:<10} {}\n", command->name, command->summary);
  fmt::print(stream,
             "\n`tocsin COMMAND --help` says more. Exit codes: 0 clean, 1 findings, 2 usage, 3 "
             "internal error.\n");
}

int Dispatch(const std::vector<std::string>& arguments) {
  if (arguments.empty()) {
    Help(stderr);
    return kUsage;
  }
  const std::string& name = arguments[0];
  if (name == "help" || name == "--help" || name == "-h") {
    Help(stdout);
    return kClean;
  }
  if (name == "--version" || name == "version") {
    fmt::print("tocsin {}\n", kVersion);
    return kClean;
  }
  const auto commands = Commands();
  const auto command = std::ranges::find(commands, name, &CommandRow::name);
  if (command != commands.end()) return (*command)->run({arguments.begin() + 1, arguments.end()});
  std::vector<std::string> known;
  for (const CommandRow* row : commands) known.emplace_back(row->name);
  const std::string nearest = diagnostics::Nearest(name, known);
  fmt::print(stderr, "tocsin: there is no command `{}`{}\n", name,
             nearest.empty() ? "; `tocsin help` lists them"
                             : fmt::format("; did you mean `{}`?", nearest));
  return kUsage;
}

}  // namespace
}  // namespace tocsin::driver

int main(int argc, char** argv) {
  using namespace tocsin::driver;
  // A reader that went away shows as a failed write, which is reported like a full disk.
  std::signal(SIGPIPE, SIG_IGN);
  int result = kInternal;
  try {
    result = Dispatch(std::vector<std::string>(argv + 1, argv + argc));
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0)
      throw std::system_error(errno, std::generic_category());
  } catch (const std::system_error& problem) {
    std::fprintf(stderr, "tocsin: cannot write the output: %s\n", problem.code().message().c_str());
    return kFindings;
  } catch (const std::bad_alloc&) {
    std::fputs("tocsin: out of memory\n", stderr);
    return kInternal;
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "tocsin: internal error: %s\n", problem.what());
    return kInternal;
  }
  return result;
}
