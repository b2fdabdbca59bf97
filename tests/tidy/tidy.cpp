// tidy ROOT: holds the project's files to the rules of docs/style.md that a program can check.
#include <cstdio>
#include <exception>
#include <stdexcept>

#include <fmt/format.h>

#include "tests/support/process.h"
#include "tests/support/text.h"
#include "tests/tidy/rules.h"

namespace tocsin::testing {

bool IsCpp(const TidyFile& file) {
  return file.path.ends_with(".h") || file.path.ends_with(".cpp");
}

namespace {

namespace fs = std::filesystem;

// The tracked files and those that could be; not recordings and other data.
Project ReadProject(const fs::path& root) {
  const Outcome listed =
      Run({.arguments = {"git", "-c", "safe.directory=*", "ls-files", "-co", "--exclude-standard"},
           .folder = root.string()});
  if (listed.status != 0) throw std::runtime_error("git cannot list the files: " + listed.err);
  Project project{root, {}};
  for (const std::string& path : Lines(listed.out)) {
    if (!fs::is_regular_file(root / path) || path.ends_with(".zst") ||
        path.starts_with("tests/fuzz/corpus/"))
      continue;
    TidyFile file{path, ReadFile(root / path), {}, {}};
    file.lines = Lines(file.text);
    if (IsCpp(file)) file.code = Lines(Blanked(file.text));
    project.files.push_back(std::move(file));
  }
  return project;
}

int Main(int argc, char** argv) {
  if (argc != 2) throw std::runtime_error("usage: tidy ROOT");
  const Project project = ReadProject(argv[1]);
  if (project.files.empty()) throw std::runtime_error("there are no files");
  std::size_t count = 0;
  for (const auto check : {CheckShape, CheckWalls, CheckRegistry, CheckWords, CheckFormat}) {
    for (const Problem& problem : check(project)) {
      ++count;
      const std::string line = problem.line == 0 ? "" : fmt::format(":{}", problem.line);
      fmt::print("{}{}: {}\n", problem.path, line, problem.text);
    }
  }
  fmt::print("{} files, {} problems\n", project.files.size(), count);
  return count == 0 ? 0 : 1;
}

}  // namespace
}  // namespace tocsin::testing

int main(int argc, char** argv) {
  try {
    return tocsin::testing::Main(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "tidy: %s\n", error.what());
    return 2;
  }
}
