// docs_commands PROGRAMS ROOT: runs the commands that README.md, docs/**/*.md and examples/**/*.md
// show.
//
// In a block `sh run` each line that begins with `$ ` is run from the root of a copy of the
// project, one copy for each page, with PROGRAMS in the PATH; what it writes must be the lines
// shown under it, where a line `...` stands for any lines. Blocks `sh` without `run` are not run. A
// block whose tag is the name of a file (`tocsin shop/policy.tocsin`) makes that file there.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "tests/docs/markdown.h"
#include "tests/support/process.h"
#include "tests/support/text.h"

namespace tocsin::testing {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> ProjectFiles(const fs::path& root) {
  const Outcome listed =
      Run({.arguments = {"git", "-c", "safe.directory=*", "ls-files", "-co", "--exclude-standard"},
           .folder = root.string()});
  if (listed.status != 0) throw std::runtime_error("git cannot list the files: " + listed.err);
  return Lines(listed.out);
}

void CopyProject(const fs::path& root, const std::vector<std::string>& files, const fs::path& to) {
  for (const std::string& file : files) {
    if (!fs::is_regular_file(root / file)) continue;
    fs::create_directories((to / file).parent_path());
    fs::copy_file(root / file, to / file);
  }
}

bool IsRun(const Block& block) { return block.language == "sh" && block.tag == "run"; }
bool IsFile(const Block& block) {
  return block.tag.find('.') != std::string::npos && block.tag.find("..") == std::string::npos;
}

// Returns the number of commands that did not do what the page shows.
std::size_t CheckPage(const fs::path& root, const fs::path& programs, const std::string& file,
                      const std::vector<std::string>& files, std::size_t& commands) {
  std::size_t wrong = 0;
  Page page = ReadPage(root / file);
  std::erase_if(page.blocks, [](const Block& b) { return !IsFile(b) && !IsRun(b); });
  if (std::ranges::none_of(page.blocks, IsRun)) return 0;
  const ScratchFolder copy;
  CopyProject(root, files, copy.path());
  for (const Block& block : page.blocks) {
    if (IsFile(block)) {
      fs::create_directories((copy.path() / block.tag).parent_path());
      WriteFile(copy.path() / block.tag, block.text);
      continue;
    }
    for (const ShellStep& step : ShellSteps(block)) {
      ++commands;
      Command line = ShellLine(step.command, programs.string(), copy.path().string());
      line.merge = true;
      const Outcome outcome = Run(line);
      if (!outcome.late && outcome.status <= 2 && Matches(step.shown, outcome.out)) continue;
      ++wrong;
      fmt::print("{}:{}: `{}` (exit {}) does not write what is shown:\n{}\n", file, step.line,
                 step.command, outcome.status, Diff(step.shown, outcome.out));
    }
  }
  return wrong;
}

int Main(int argc, char** argv) {
  if (argc != 3) throw std::runtime_error("usage: docs_commands PROGRAMS ROOT");
  const fs::path programs = fs::absolute(argv[1]), root = fs::absolute(argv[2]);
  const std::vector<std::string> files = ProjectFiles(root);
  std::size_t commands = 0, wrong = 0;
  for (const std::string& file : files) {
    const bool inside = file.starts_with("docs/") || file.starts_with("examples/");
    const bool page = file == "README.md" || (inside && file.ends_with(".md"));
    if (page && fs::exists(root / file)) wrong += CheckPage(root, programs, file, files, commands);
  }
  fmt::print("{} commands, {} wrong\n", commands, wrong);
  return wrong == 0 && commands > 0 ? 0 : 1;
}

}  // namespace
}  // namespace tocsin::testing

int main(int argc, char** argv) {
  try {
    return tocsin::testing::Main(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "docs_commands: %s\n", error.what());
    return 2;
  }
}
