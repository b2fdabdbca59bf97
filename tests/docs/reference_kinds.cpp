// The schemas of the standard kinds, line by line as they are laid out, and the table of functions.
#include <algorithm>
#include <regex>
#include <string_view>

#include <fmt/format.h>

#include "stdlib/functions/functions.h"
#include "tests/docs/reference.h"
#include "tests/support/text.h"

namespace tocsin::testing {
namespace {

namespace fs = std::filesystem;

// `  field answer_within "how long" : duration = 5m` to a row of the reference. `within` is the
// name of the rows that the field belongs to.
std::string FieldRow(const std::string& line, const std::string& within) {
  static const std::regex kField(R"re(^\s*field (\w+)\s+"(.*)"\s*: (.+?)(?:\s+= (.+))?$)re");
  // A word of the language is a name only before a colon, so its title comes after.
  static const std::regex kWord(R"re(^(\s*field \w+) : (.+) \{ title: (".*") \}$)re");
  std::smatch match;
  if (std::regex_match(line, match, kWord)) {
    return FieldRow(fmt::format("{} {} : {}", match[1].str(), match[3].str(), match[2].str()),
                    within);
  }
  if (!std::regex_match(line, match, kField)) return {};
  const std::string type = match[3], written = match[4];
  const std::string otherwise = !written.empty()                ? fmt::format("`{}`", written)
                                : type.starts_with("optional(") ? "absent"
                                                                : "needed";
  return fmt::format("| `{}{}` | `{}` | {} | {} |", within.empty() ? "" : within + ".",
                     match[1].str(), type, otherwise, match[2].str());
}

std::string ClauseRow(const std::string& line, bool needed) {
  static const std::regex kClause(R"re(^\s*clause (\w+)\s+"(.*)"\s*: (\w+).*$)re");
  std::smatch match;
  if (!std::regex_match(line, match, kClause)) return {};
  return fmt::format("| `{}` | {} | {} | {} |", match[1].str(), match[3].str(),
                     needed ? "needed" : "absent", match[2].str());
}

// Whether the block that begins on line `i` says that there must be at least one.
bool SaysLeast(const std::vector<std::string>& lines, std::size_t i) {
  if (!lines[i].ends_with("{")) return false;
  for (++i; i < lines.size() && lines[i].find('}') == std::string::npos; ++i) {
    if (lines[i].find("least:") != std::string::npos) return true;
  }
  return false;
}

}  // namespace

void CheckKinds(const fs::path& root, std::vector<std::string>& problems) {
  static const std::regex kRows(R"re(^\s*rows (\w+) .*\{$)re");
  // A kind has its section in one of the two.
  const std::string acting = "docs/reference/kinds.md", data = "docs/reference/data_kinds.md";
  const Sections of_acting = ReadSections(root / acting), of_data = ReadSections(root / data);
  for (const auto& file : fs::directory_iterator(root / "stdlib/kinds")) {
    if (file.path().extension() != ".tocsin") continue;
    const std::string kind = file.path().stem().string();
    const bool in_data = of_data.contains(kind) && !of_acting.contains(kind);
    const std::string& page = in_data ? data : acting;
    std::vector<std::string> wanted;
    std::string within;
    const std::vector<std::string> lines = Lines(ReadFile(file.path()));
    for (std::size_t i = 0; i < lines.size(); ++i) {
      std::smatch match;
      if (std::regex_match(lines[i], match, kRows)) within = match[1];
      if (lines[i] == "  }") within.clear();
      std::string row = FieldRow(lines[i], within);
      if (row.empty()) row = ClauseRow(lines[i], SaysLeast(lines, i));
      if (!row.empty()) wanted.push_back(row);
      const bool part = lines[i].find("field ") == 2 || lines[i].find("clause ") == 2;
      if (part && row.empty()) {
        problems.push_back(fmt::format("{}:{}: a line that {} cannot be made from",
                                       file.path().string(), i + 1, page));
      }
    }
    CompareRows(page, kind, wanted, in_data ? of_data : of_acting, problems);
    if (of_data.contains(kind) && of_acting.contains(kind))
      problems.push_back(fmt::format("{} and {}: both have a section `## {}`", acting, data, kind));
  }
}

void CheckFunctions(const fs::path& root, std::vector<std::string>& problems) {
  const std::string page = "docs/reference/functions.md";
  std::vector<std::string> of_series, of_windows, of_texts;
  for (const values::FunctionRow* function : stdlib::Functions()) {
    // What cannot be run yet is no part of the reference.
    if (function->column == nullptr && function->text == nullptr &&
        function->aggregate == nullptr && !function->earlier)
      continue;
    std::vector<std::string> parameters, examples;
    for (const values::FunctionParameter& parameter : function->parameters)
      parameters.push_back(fmt::format("{}{}", parameter.name, parameter.constant ? ":" : ""));
    if (function->text != nullptr) parameters = {"value"};
    for (const values::FunctionExample& example : function->examples)
      examples.push_back(fmt::format("`{}` is `{}`", example.source, example.result));
    const std::string shown = fmt::format("{}({})", function->name, fmt::join(parameters, ", "));
    const std::string rest =
        fmt::format("{} | {} |", function->documentation, fmt::join(examples, ", "));
    if (function->aggregate == nullptr) {
      (function->text != nullptr ? of_texts : of_series)
          .push_back(fmt::format("| `{}` | {}", shown, rest));
      continue;
    }
    const std::string_view of = !function->across_rows       ? "windows"
                                : function->only_across_rows ? "rows"
                                                             : "both";
    of_windows.push_back(fmt::format("| `{}` | {} | {}", shown, of, rest));
  }
  const Sections sections = ReadSections(root / page);
  CompareRows(page, "Functions of series", of_series, sections, problems);
  CompareRows(page, "Functions of windows and rows", of_windows, sections, problems);
  CompareRows(page, "Functions of texts", of_texts, sections, problems);
}

}  // namespace tocsin::testing
