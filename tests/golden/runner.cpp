// golden_runner --program TOCSIN [--update] GOLDEN_OR_FOLDER...
//
// Runs the program on each golden in a folder of its own and compares all it wrote with what the
// golden holds, and the codes it reported with those pinned by hand. `--update` rewrites the
// generated part; the pins it never touches, so it cannot make a wrong answer right.
#include <algorithm>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "tests/golden/runner_file.h"
#include "tests/support/process.h"
#include "tests/support/runner.h"
#include "tests/support/text.h"

namespace tocsin::testing {
namespace {

namespace fs = std::filesystem;

// The command of the nearest folder above that has a file `command`.
std::string FolderCommand(const fs::path& golden) {
  for (fs::path at = fs::absolute(golden).parent_path(); at != at.root_path();
       at = at.parent_path()) {
    if (!fs::exists(at / "command")) continue;
    const std::vector<std::string> lines = Lines(ReadFile(at / "command"));
    if (lines.size() != 1)
      throw std::runtime_error("one line expected in " + (at / "command").string());
    return lines[0];
  }
  throw std::runtime_error("no file `command` beside or above, and no line `#! run:`");
}

Outcome RunGolden(const Golden& golden, const fs::path& path, const RunnerOptions& options) {
  const ScratchFolder folder;
  for (const GoldenPart& part : golden.parts) {
    fs::create_directories((folder.path() / part.name).parent_path());
    WriteFile(folder.path() / part.name, part.text);
  }
  std::string command = golden.command.empty() ? FolderCommand(path) : golden.command;
  constexpr std::string_view kFile = "{file}";
  for (std::size_t at; (at = command.find(kFile)) != std::string::npos;) {
    command.replace(at, kFile.size(), golden.name);
  }
  return Run(ShellLine(command, options.program.parent_path().string(), folder.path().string()));
}

std::string Describe(const Finding& finding) {
  return finding.line == 0 ? finding.code + " without a place"
                           : fmt::format("{} at {}:{}", finding.code, finding.file, finding.line);
}

// The pinned findings must be those reported, no more and no fewer.
std::string ComparePins(const Golden& golden, const Outcome& outcome) {
  std::vector<Finding> pinned = golden.pins;
  std::vector<Finding> reported = FindingsIn(outcome.out + "\n" + outcome.err);
  std::sort(pinned.begin(), pinned.end());
  std::sort(reported.begin(), reported.end());
  std::string problems;
  std::vector<Finding> only;
  std::set_difference(pinned.begin(), pinned.end(), reported.begin(), reported.end(),
                      std::back_inserter(only));
  for (const Finding& finding : only) {
    problems += "  pinned, but not reported: " + Describe(finding) + "\n";
  }
  only.clear();
  std::set_difference(reported.begin(), reported.end(), pinned.begin(), pinned.end(),
                      std::back_inserter(only));
  for (const Finding& finding : only) {
    problems +=
        "  reported, but not pinned with `#! " + finding.code + "`: " + Describe(finding) + "\n";
  }
  return problems;
}

// What is wrong with one golden, or empty.
std::string Check(const fs::path& path, const RunnerOptions& options) {
  const Golden golden = ReadGolden(path);
  const Outcome outcome = RunGolden(golden, path, options);
  if (outcome.late) return "  it did not end in time\n";
  const std::string seen = ExpectedText(outcome);
  if (options.flag && seen != golden.expected) WriteFile(path, WithExpected(golden, seen));
  std::string problems = ComparePins(golden, outcome);
  // Exit codes above 2 are faults of ours, and no golden may expect one.
  if (outcome.status > 2)
    problems += fmt::format("  exit status {}\n{}", outcome.status, outcome.err);
  return options.flag ? problems : problems + Diff(golden.expected, seen);
}

}  // namespace
}  // namespace tocsin::testing

int main(int argc, char** argv) {
  return tocsin::testing::RunAll({.name = "golden_runner",
                                  .flag = "--update",
                                  .extension = ".tocsin",
                                  .noun = "goldens",
                                  .check = tocsin::testing::Check},
                                 argc, argv);
}
