#include <regex>
#include <stack>

#include <fmt/format.h>

#include "runtime/base/utf8.h"
#include "tests/tidy/rules.h"

namespace tocsin::testing {
namespace {

constexpr std::size_t kMostFileLines = 500, kMostColumns = 100;
// A case that lists many examples reads well at a length that a function does not.
constexpr std::size_t kMostFunctionLines = 70, kMostCaseLines = 100;

std::size_t Columns(std::string_view line) {
  std::size_t columns = 0;
  for (std::size_t at = 0; at < line.size(); at += base::Decode(line, at).length) ++columns;
  return columns;
}

enum class Brace { kScope, kFunction, kInner };

// What the brace after `head` opens; `head` is the text since the last `;`, `{` or `}`.
Brace Classify(const std::string& head, bool in_function) {
  static const std::regex kScopeWord(R"(\b(namespace|class|struct|union|enum|extern)\b)");
  static const std::regex kValue(R"(=\s*$|=\s*\w[\w:<>, ]*$|\breturn\b)");
  if (in_function) return Brace::kInner;
  // A function may return a struct, and a struct may be in its name, so parentheses come first.
  if (head.find('(') != std::string::npos && !std::regex_search(head, kValue)) {
    return Brace::kFunction;
  }
  return std::regex_search(head, kScopeWord) ? Brace::kScope : Brace::kInner;
}

// Brace matching on text without literals and comments: rough, and enough for laid out code.
void CheckFunctions(const TidyFile& file, Problems& problems) {
  const bool test = file.path.starts_with("tests/");
  const std::size_t most = test ? kMostCaseLines : kMostFunctionLines;
  struct Open {
    Brace brace;
    std::size_t line;
  };
  std::stack<Open> open;
  std::string head;
  std::size_t functions = 0;
  for (std::size_t i = 0; i < file.code.size(); ++i) {
    const std::string& line = file.code[i];
    const std::size_t first = line.find_first_not_of(' ');
    const bool continued = i > 0 && file.lines[i - 1].ends_with('\\');
    if (continued || (first != std::string::npos && line[first] == '#')) continue;
    for (const char c : line) {
      if (c == '{') {
        const Brace brace = Classify(head, functions > 0);
        functions += brace == Brace::kFunction ? 1 : 0;
        open.push({brace, i});
      } else if (c == '}' && !open.empty()) {
        const std::size_t lines = i - open.top().line + 1;
        if (open.top().brace == Brace::kFunction) {
          --functions;
          if (lines > most) {
            problems.push_back(
                {file.path, open.top().line + 1,
                 fmt::format("a function of {} lines; {} are the most", lines, most)});
          }
        }
        open.pop();
      }
      if (c == '{' || c == '}' || c == ';') {
        head.clear();
      } else {
        head += c;
      }
    }
    head += ' ';
  }
}

void CheckHeader(const TidyFile& file, Problems& problems) {
  if (!file.path.ends_with(".h")) return;
  if (file.lines.empty() || !file.lines[0].starts_with("//")) {
    problems.push_back({file.path, 1, "a header begins with what it turns into what"});
  }
  if (file.text.find("#pragma once") == std::string::npos) {
    problems.push_back({file.path, 1, "a header has `#pragma once`"});
  }
}

bool HasLineLimit(const TidyFile& file) {
  const auto ends = [&](std::string_view end) { return file.path.ends_with(end); };
  return IsCpp(file) || file.path == "dev" || ends(".sh") || ends(".cmake") ||
         ends("CMakeLists.txt");
}

}  // namespace

Problems CheckShape(const Project& project) {
  Problems problems;
  for (const TidyFile& file : project.files) {
    if (HasLineLimit(file)) {
      for (std::size_t i = 0; i < file.lines.size(); ++i) {
        const std::size_t columns = Columns(file.lines[i]);
        if (columns <= kMostColumns) continue;
        problems.push_back(
            {file.path, i + 1, fmt::format("{} columns; {} are the most", columns, kMostColumns)});
      }
    }
    if (!IsCpp(file)) continue;
    if (file.lines.size() > kMostFileLines) {
      problems.push_back(
          {file.path, 0,
           fmt::format("{} lines; {} are the most", file.lines.size(), kMostFileLines)});
    }
    CheckFunctions(file, problems);
    CheckHeader(file, problems);
  }
  return problems;
}

}  // namespace tocsin::testing
