// docs_reference PROGRAMS ROOT: holds docs/reference/ to what is built.
//
// kinds.md or data_kinds.md has a section for each kind with the rows that its schema asks for, and
// no others;
// functions.md a row for each standard function; commands.md a section for each command that names
// its options; simulate.md and findings.md a row for each field of each line of `simulate --format
// json` and `check --format json`, and a field for each row. What `doc --reference` writes has all
// there is. A problem shows the row that is wanted.
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <stdexcept>

#include <fmt/format.h>

#include "tests/docs/reference.h"
#include "tests/support/process.h"
#include "tests/support/text.h"

namespace tocsin::testing {

Sections ReadSections(const std::filesystem::path& page) {
  Sections sections;
  std::string name;
  for (const std::string& line : Lines(ReadFile(page))) {
    if (line.starts_with("## ")) name = line.substr(3);
    sections[name].push_back(line);
  }
  return sections;
}

std::string FirstCell(const std::string& line) {
  if (!line.starts_with("| `")) return {};
  const std::size_t end = line.find('`', 3);
  return end == std::string::npos ? std::string() : line.substr(3, end - 3);
}

void CompareRows(const std::string& page, const std::string& section,
                 const std::vector<std::string>& wanted, const Sections& sections,
                 std::vector<std::string>& problems) {
  const auto found = sections.find(section);
  if (found == sections.end()) {
    problems.push_back(fmt::format("{}: there is no section `## {}` with\n{}", page, section,
                                   fmt::format("{}", fmt::join(wanted, "\n"))));
    return;
  }
  std::vector<std::string> rows;
  for (const std::string& line : found->second) {
    if (!FirstCell(line).empty()) rows.push_back(line);
  }
  if (rows == wanted) return;
  problems.push_back(fmt::format("{}: the rows of `## {}` differ\n{}", page, section,
                                 Diff(fmt::format("{}\n", fmt::join(wanted, "\n")),
                                      fmt::format("{}\n", fmt::join(rows, "\n")))));
}

std::string RunShell(const std::filesystem::path& programs, const std::filesystem::path& root,
                     const std::string& command) {
  const char* search = std::getenv("PATH");
  const Outcome outcome =
      Run({.arguments = {"/bin/sh", "-c", command},
           .folder = root.string(),
           .environment = {{"PATH", programs.string() + ":" + (search == nullptr ? "" : search)}}});
  if (outcome.status != 0) {
    throw std::runtime_error(
        fmt::format("`{}` ends with {}: {}", command, outcome.status, outcome.err));
  }
  return outcome.out;
}

std::vector<std::string> Listed(const std::string& help, const std::string& title) {
  std::vector<std::string> words;
  bool inside = false;
  for (const std::string& line : Lines(help)) {
    if (line.starts_with(title)) {
      inside = true;
    } else if (inside && line.starts_with("  ") && line.size() > 2 && line[2] != ' ') {
      words.push_back(line.substr(2, line.find(' ', 2) - 2));
    } else if (line.empty()) {
      inside = false;
    }
  }
  return words;
}

namespace {

namespace fs = std::filesystem;

void CheckCommands(const fs::path& programs, const fs::path& root,
                   std::vector<std::string>& problems) {
  const std::string page = "docs/reference/commands.md";
  const Sections sections = ReadSections(root / page);
  const std::vector<std::string> commands =
      Listed(RunShell(programs, root, "tocsin help"), "commands");
  if (commands.empty()) problems.push_back("`tocsin help` lists no commands");
  for (const std::string& command : commands) {
    std::vector<std::string> wanted;
    const auto section = sections.find("tocsin " + command);
    if (section == sections.end()) {
      problems.push_back(fmt::format("{}: there is no section `## tocsin {}`", page, command));
      continue;
    }
    const std::string text = fmt::format("{}", fmt::join(section->second, "\n"));
    for (const std::string& option :
         Listed(RunShell(programs, root, "tocsin " + command + " --help"), "options:")) {
      if (option != "--help" && text.find("| `" + option) == std::string::npos)
        problems.push_back(fmt::format("{}: tocsin {} has a row `{}` too", page, command, option));
    }
  }
}

int Main(int argc, char** argv) {
  if (argc != 3) throw std::runtime_error("usage: docs_reference PROGRAMS ROOT");
  const fs::path programs = fs::absolute(argv[1]), root = fs::absolute(argv[2]);
  std::vector<std::string> problems;
  CheckKinds(root, problems);
  CheckFunctions(root, problems);
  CheckCommands(programs, root, problems);
  CheckFindings(programs, root, problems);
  CheckSimulate(programs, root, problems);
  CheckMade(programs, root, problems);
  for (const std::string& problem : problems) fmt::print("{}\n", problem);
  fmt::print("{} problems\n", problems.size());
  return problems.empty() ? 0 : 1;
}

}  // namespace
}  // namespace tocsin::testing

int main(int argc, char** argv) {
  try {
    return tocsin::testing::Main(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "docs_reference: %s\n", error.what());
    return 2;
  }
}
