// docs_errors TOCSIN FOLDER: runs the examples of the pages of codes, FOLDER/E0301.md and so on.
//
// A page begins with `# E0301 unknown-name`. A block `tocsin fails` is a policy that `tocsin check`
// answers with that code and no other; a block `tocsin` is mended and has no finding. Where a
// policy alone cannot show it, blocks whose tag is a file name (`csv samples.csv`) make files, and
// a block `sh fails` runs its `$ ` commands beside them: the last must report that code and no
// other; every command of a block `sh` must succeed. Each page has at least one that fails and one
// that does not.
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "tests/docs/markdown.h"
#include "tests/support/findings.h"
#include "tests/support/process.h"
#include "tests/support/text.h"

namespace tocsin::testing {
namespace {

namespace fs = std::filesystem;

class PageTest {
 public:
  PageTest(fs::path program, const fs::path& page)
      : program_(std::move(program)), path_(page), code_(page.stem().string()) {}

  std::vector<std::string> Check() {
    const Page page = ReadPage(path_);
    if (!page.title.starts_with(code_ + " ")) {
      problems_.push_back(
          fmt::format("{}:1: the title should begin with `# {} `", path_.string(), code_));
    }
    for (const Block& block : page.blocks) CheckBlock(block);
    if (failing_ == 0) Say("there is no failing example");
    if (mended_ == 0) Say("there is no mended example");
    return problems_;
  }

 private:
  void Say(const std::string& problem) { problems_.push_back(path_.string() + ": " + problem); }

  void Say(std::size_t line, const std::string& problem, const Outcome& outcome) {
    problems_.push_back(
        fmt::format("{}:{}: {}; it said:\n{}", path_.string(), line, problem, outcome.out));
  }

  void CheckBlock(const Block& block) {
    const bool fails = block.tag == "fails";
    if (!fails && !block.tag.empty()) {
      if (block.tag.find('.') == std::string::npos || block.tag.find("..") != std::string::npos) {
        Say("what is a block tagged `" + block.tag + "`?");
        return;
      }
      fs::create_directories((files_.path() / block.tag).parent_path());
      WriteFile(files_.path() / block.tag, block.text);
    } else if (block.language == "tocsin") {
      const ScratchFolder folder;
      WriteFile(folder.path() / "policy.tocsin", block.text);
      Judge(block.line, fails, RunIn(folder.path(), "tocsin check policy.tocsin"));
    } else if (block.language == "sh") {
      const std::vector<ShellStep> steps = ShellSteps(block);
      if (steps.empty()) Say("a block `sh` has no line that begins with `$ `");
      for (const ShellStep& step : steps) {
        Judge(step.line, fails && &step == &steps.back(), RunIn(files_.path(), step.command));
      }
    }
  }

  Outcome RunIn(const fs::path& folder, const std::string& command) const {
    Command line = ShellLine(command, program_.parent_path().string(), folder.string());
    line.merge = true;
    return Run(line);
  }

  void Judge(std::size_t line, bool fails, const Outcome& outcome) {
    ++(fails ? failing_ : mended_);
    const std::vector<Finding> findings = FindingsIn(outcome.out);
    bool right = fails ? !findings.empty() : findings.empty() && outcome.status == 0;
    for (const Finding& finding : findings) right = right && finding.code == code_;
    if (outcome.late || outcome.status > 2) right = false;
    if (!right)
      Say(line, fails ? "this should report " + code_ + " only" : "this should have no finding",
          outcome);
  }

  fs::path program_;
  fs::path path_;
  std::string code_;
  ScratchFolder files_;
  std::size_t failing_ = 0;
  std::size_t mended_ = 0;
  std::vector<std::string> problems_;
};

int Main(int argc, char** argv) {
  if (argc != 3) throw std::runtime_error("usage: docs_errors TOCSIN FOLDER");
  std::size_t pages = 0, problems = 0;
  if (fs::exists(argv[2])) {
    for (const auto& entry : fs::directory_iterator(argv[2])) {
      if (entry.path().extension() != ".md") continue;
      ++pages;
      for (const std::string& problem : PageTest(fs::absolute(argv[1]), entry.path()).Check()) {
        ++problems;
        fmt::print("{}\n", problem);
      }
    }
  }
  fmt::print("{} pages, {} problems\n", pages, problems);
  return problems == 0 && pages > 0 ? 0 : 1;
}

}  // namespace
}  // namespace tocsin::testing

int main(int argc, char** argv) {
  try {
    return tocsin::testing::Main(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "docs_errors: %s\n", error.what());
    return 2;
  }
}
