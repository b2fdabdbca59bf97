// conformance_runner --program TOCSIN [--show] CASE_OR_FOLDER...
//
// Runs each case from source, from a built module and from the text of its IR; interpreted,
// compiled for each level this machine has, and by the module's own code. All must write the same
// bytes, and their story must be the one that stands in the case. `--show` prints the story seen.
#include <algorithm>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "runtime/native/native.h"
#include "tests/conformance/case.h"
#include "tests/support/findings.h"
#include "tests/support/process.h"
#include "tests/support/runner.h"
#include "tests/support/text.h"

namespace tocsin::testing {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kSource = "policy", kModule = "policy.module", kIrText = "policy.ir";

// One way of running a policy.
struct Way {
  std::string policy;
  std::vector<std::string> engine;
  std::string Name() const { return fmt::format("{}, {}", policy, fmt::join(engine, " ")); }
};

// The first is the one the others are held against.
std::vector<Way> Ways() {
  std::vector<Way> ways;
  for (const std::string_view policy : {kSource, kModule, kIrText}) {
    ways.push_back({std::string(policy), {"interpret"}});
    for (const native::Level level :
         {native::Level::kBaseline, native::Level::kAvx2, native::Level::kAvx512}) {
      if (!native::Supported(level)) continue;
      const std::string word(native::Word(level));
      ways.push_back({std::string(policy), {"jit", "--level", word}});
      if (policy == kModule) ways.push_back({std::string(policy), {"linked", "--level", word}});
    }
  }
  return ways;
}

// The program in the folder of one case.
class Laid {
 public:
  Laid(const Case& laid, const RunnerOptions& options)
      : case_(laid), program_(options.program.string()) {
    fs::create_directory(folder_.path() / kSource);
    for (const CasePart& part : case_.policy)
      WriteFile(folder_.path() / kSource / part.name, part.text);
    for (const CasePart& part : case_.history) WriteFile(folder_.path() / part.name, part.text);
    Must({"build", std::string(kSource), "-o", std::string(kModule)});
    WriteFile(folder_.path() / kIrText, Must({"dump", "ir", std::string(kSource)}).out);
  }

  Outcome Simulate(const Way& way) const {
    std::vector<std::string> arguments = {"simulate", way.policy, "--format", "json", "--engine"};
    arguments.insert(arguments.end(), way.engine.begin(), way.engine.end());
    for (const CasePart& part : case_.history) {
      arguments.emplace_back("--history");
      arguments.push_back(part.name);
    }
    arguments.insert(arguments.end(), case_.arguments.begin(), case_.arguments.end());
    return Start(arguments);
  }

 private:
  Outcome Start(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), program_);
    return Run({.arguments = std::move(arguments),
                .folder = folder_.path().string(),
                .environment = {{"LC_ALL", "C.UTF-8"}, {"NO_COLOR", "1"}}});
  }
  // A policy of a case is a good one, so nothing is said about it either.
  Outcome Must(const std::vector<std::string>& arguments) const {
    Outcome outcome = Start(arguments);
    if (outcome.status != 0 || !outcome.err.empty())
      throw std::runtime_error(fmt::format("`tocsin {}` ends with {}:\n{}",
                                           fmt::join(arguments, " "), outcome.status, outcome.err));
    return outcome;
  }

  const Case& case_;
  std::string program_;
  ScratchFolder folder_;
};

std::vector<std::string> Codes(const Outcome& outcome) {
  std::vector<std::string> codes;
  for (const Finding& finding : FindingsIn(outcome.err)) codes.push_back(finding.code);
  std::sort(codes.begin(), codes.end());
  return codes;
}

// What is wrong with one run, or empty.
std::string CheckRun(const Case& wanted, const Outcome& outcome) {
  if (outcome.late) return "it did not end in time\n";
  const int status = wanted.codes.empty() ? 0 : 1;
  if (outcome.status == status && Codes(outcome) == wanted.codes &&
      outcome.err.empty() == wanted.codes.empty())
    return "";
  return fmt::format("exit status {}, expected {}, with these findings: {}\n{}", outcome.status,
                     status, fmt::join(wanted.codes, " "), outcome.err);
}

// What is wrong with one case, or empty.
std::string Check(const fs::path& path, const RunnerOptions& options) {
  const Case wanted = ReadCase(path);
  const Laid laid(wanted, options);
  std::string first;
  for (const Way& way : Ways()) {
    const Outcome outcome = laid.Simulate(way);
    if (const std::string problem = CheckRun(wanted, outcome); !problem.empty())
      return fmt::format("  {}: {}", way.Name(), problem);
    if (first.empty()) {
      const std::string story = Story(outcome.out, wanted.shown);
      if (options.flag) fmt::print("{}\n{}\n", path.string(), story);
      if (story != wanted.expected) return Diff(wanted.expected, story);
      first = outcome.out;
    } else if (outcome.out != first) {
      return fmt::format("  {}: not the same bytes as interpreted from source\n{}", way.Name(),
                         Diff(first, outcome.out));
    }
  }
  return "";
}

}  // namespace
}  // namespace tocsin::testing

int main(int argc, char** argv) {
  return tocsin::testing::RunAll({.name = "conformance_runner",
                                  .flag = "--show",
                                  .extension = ".case",
                                  .noun = "cases",
                                  .check = tocsin::testing::Check},
                                 argc, argv);
}
