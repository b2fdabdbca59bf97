#include <fmt/format.h>

#include "tests/support/process.h"
#include "tests/support/text.h"
#include "tests/tidy/rules.h"

namespace tocsin::testing {

Problems CheckFormat(const Project& project) {
  const std::string tool = "clang-format-19";
  if (Run({.arguments = {"/bin/sh", "-c", "command -v " + tool}}).status != 0) {
    fmt::print("note: {} is not installed, so the layout was not checked\n", tool);
    return {};
  }
  Command command{.arguments = {tool, "--dry-run", "-Werror", "--ferror-limit=1"},
                  .folder = project.root.string(),
                  .deadline_s = 250};
  for (const TidyFile& file : project.files) {
    if (IsCpp(file)) command.arguments.push_back(file.path);
  }
  const Outcome outcome = Run(command);
  Problems problems;
  for (const std::string& line : Lines(outcome.err)) {
    const std::size_t error = line.find(": error: ");
    if (error == std::string::npos) continue;
    problems.push_back({line.substr(0, line.find(':')), 0, "is not laid out: run ./dev format"});
  }
  if (outcome.status != 0 && problems.empty())
    problems.push_back({".clang-format", 0, outcome.err});
  return problems;
}

}  // namespace tocsin::testing
