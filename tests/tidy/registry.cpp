#include <cctype>
#include <regex>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "tests/tidy/rules.h"

namespace tocsin::testing {
namespace {

// Every word of every file that `wanted` accepts.
template <class Wanted>
std::set<std::string> Words(const Project& project, Wanted wanted) {
  std::set<std::string> words;
  for (const TidyFile& file : project.files) {
    if (!wanted(file.path)) continue;
    std::string word;
    for (const char c : file.text + " ") {
      if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_') {
        word += c;
      } else if (!word.empty()) {
        words.insert(std::exchange(word, {}));
      }
    }
  }
  return words;
}

bool IsTable(const std::string& path) { return path.starts_with("runtime/diagnostics/tables/"); }

bool IsSource(const std::string& path) {
  const bool ours =
      path.starts_with("runtime/") || path.starts_with("compiler/") || path.starts_with("stdlib/");
  return ours && !IsTable(path);
}

bool IsTest(const std::string& path) {
  // The tests of how findings are shown use whatever code is at hand, which proves nothing about
  // it.
  return (path.starts_with("tests/golden/") || path.starts_with("tests/unit/")) &&
         !path.starts_with("tests/unit/diagnostics/");
}

}  // namespace

Problems CheckRegistry(const Project& project) {
  static const std::regex kRow(R"re(TOCSIN_CODE\(\s*"([A-Z]\d{4})",\s*(k\w+))re");
  const std::set<std::string> used = Words(project, IsSource);
  const std::set<std::string> tested = Words(project, IsTest);
  std::set<std::string> pages, codes;
  for (const TidyFile& file : project.files) {
    if (file.path.starts_with("docs/errors/")) pages.insert(file.path);
  }
  Problems problems;
  for (const TidyFile& file : project.files) {
    if (!IsTable(file.path)) continue;
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      std::smatch match;
      if (!std::regex_search(file.lines[i], match, kRow)) continue;
      const std::string code = match[1], constant = match[2];
      const std::string page = fmt::format("docs/errors/{}.md", code);
      const auto say = [&](const std::string& what) {
        problems.push_back({file.path, i + 1, code + " " + what});
      };
      if (!codes.insert(code).second) say("is there twice");
      if (!used.contains(constant)) say("is never reported: nothing uses " + constant);
      if (pages.erase(page) == 0) say("has no page " + page);
      if (!tested.contains(code) && !tested.contains(constant))
        say("is in no golden and no unit test");
    }
  }
  for (const std::string& page : pages) {
    const bool is_page = std::regex_match(page, std::regex(R"(docs/errors/[A-Z]\d{4}\.md)"));
    if (is_page) problems.push_back({page, 0, "there is no such code"});
  }
  return problems;
}

}  // namespace tocsin::testing
