// fix_runner --program TOCSIN [--show] GOLDEN_OR_FOLDER...
//
// Makes each fix that `tocsin check` offers for a golden, each alone in a folder of its own: it
// must remove its finding, and a safe one must leave a policy laid out that was. Placeholders are
// left out, as they are not made. `--show` names each fix.
#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <boost/json.hpp>

#include "runtime/base/utf8.h"
#include "tests/golden/runner_file.h"
#include "tests/support/process.h"
#include "tests/support/runner.h"
#include "tests/support/text.h"

namespace tocsin::testing {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

// The offset of a line and column, both from 1, columns in code points.
std::size_t OffsetOf(std::string_view text, std::int64_t line, std::int64_t column) {
  std::size_t at = 0;
  while (--line > 0) at = text.find('\n', at) + 1;
  while (--column > 0) at += base::Decode(text, at).length;
  return at;
}

class FixTest {
 public:
  FixTest(const Golden& golden, const RunnerOptions& options)
      : golden_(golden), options_(options) {}

  std::string Check() {
    const ScratchFolder before;
    Lay(before.path());
    const std::vector<json::object> findings = FindingsIn(before.path());
    const bool laid_out = LaidOut(before.path());
    for (const json::object& finding : findings) {
      for (const json::value& fix : finding.at("fixes").as_array()) {
        if (fix.at("applicability") == "placeholder") continue;
        const ScratchFolder after;
        Lay(after.path());
        Make(fix.as_object(), after.path());
        Judge(finding, fix.as_object(), findings, laid_out, after.path());
      }
    }
    return problems_;
  }

 private:
  void Lay(const fs::path& folder) const {
    for (const GoldenPart& part : golden_.parts) {
      fs::create_directories((folder / part.name).parent_path());
      WriteFile(folder / part.name, part.text);
    }
  }

  Outcome RunIn(const fs::path& folder, const std::string& command) const {
    return Run(ShellLine(command, options_.program.parent_path().string(), folder.string()));
  }

  std::vector<json::object> FindingsIn(const fs::path& folder) const {
    std::vector<json::object> findings;
    const Outcome outcome = RunIn(folder, "tocsin check --format json " + golden_.name);
    for (const std::string& line : Lines(outcome.out)) {
      json::object object = json::parse(line).as_object();
      if (object.contains("code")) findings.push_back(std::move(object));
    }
    return findings;
  }

  bool LaidOut(const fs::path& folder) const {
    return RunIn(folder, "tocsin fmt --check " + golden_.name).status == 0;
  }

  static void Make(const json::object& fix, const fs::path& folder) {
    const fs::path file = folder / std::string(fix.at("file").as_string());
    std::string text = ReadFile(file);
    const std::size_t begin =
        OffsetOf(text, fix.at("line").as_int64(), fix.at("column").as_int64());
    const std::size_t end =
        OffsetOf(text, fix.at("end_line").as_int64(), fix.at("end_column").as_int64());
    WriteFile(file, text.replace(begin, end - begin, std::string(fix.at("text").as_string())));
  }

  void Judge(const json::object& finding, const json::object& fix,
             const std::vector<json::object>& before, bool laid_out, const fs::path& folder) {
    const std::string code(finding.at("code").as_string());
    // What a finding hid may be found then, but by a later stage.
    const auto count = [&](const std::vector<json::object>& findings, std::size_t letters) {
      return std::ranges::count_if(findings, [&](const json::object& f) {
        return f.at("code").as_string().starts_with(code.substr(0, letters));
      });
    };
    const std::string what = fmt::format("  the {} fix of {} at line {}",
                                         std::string(fix.at("applicability").as_string()), code,
                                         finding.at("line").as_int64());
    if (options_.flag) fmt::print("{}\n", what);
    const std::vector<json::object> after = FindingsIn(folder);
    if (count(after, code.size()) >= count(before, code.size()))
      problems_ += what + " does not remove its finding\n";
    if (count(after, 3) >= count(before, 3)) problems_ += what + " makes another finding\n";
    if (laid_out && fix.at("applicability") == "safe" && !LaidOut(folder))
      problems_ += what + " leaves the policy otherwise laid out\n";
  }

  const Golden& golden_;
  const RunnerOptions& options_;
  std::string problems_;
};

std::string Check(const fs::path& path, const RunnerOptions& options) {
  const Golden golden = ReadGolden(path);
  return golden.command.empty() ? FixTest(golden, options).Check() : std::string();
}

}  // namespace
}  // namespace tocsin::testing

int main(int argc, char** argv) {
  return tocsin::testing::RunAll({.name = "fix_runner",
                                  .flag = "--show",
                                  .extension = ".tocsin",
                                  .noun = "goldens",
                                  .check = tocsin::testing::Check},
                                 argc, argv);
}
