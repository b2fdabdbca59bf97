#include "tests/docs/markdown.h"

#include <algorithm>

#include "tests/support/text.h"

namespace tocsin::testing {

Page ReadPage(const std::filesystem::path& path) {
  constexpr std::string_view kFence = "```";
  Page page;
  bool inside = false;
  std::size_t number = 0;
  for (const std::string& line : Lines(ReadFile(path))) {
    ++number;
    if (number == 1 && line.starts_with("# ")) page.title = line.substr(2);
    if (line.starts_with(kFence)) {
      inside = !inside;
      if (!inside) continue;
      const std::string info = line.substr(kFence.size());
      const std::size_t space = std::min(info.find(' '), info.size());
      page.blocks.push_back(
          {info.substr(0, space), info.substr(std::min(space + 1, info.size())), "", number});
    } else if (inside) {
      page.blocks.back().text += line + "\n";
    }
  }
  return page;
}

std::vector<ShellStep> ShellSteps(const Block& block) {
  std::vector<ShellStep> steps;
  std::size_t number = block.line;
  for (const std::string& line : Lines(block.text)) {
    ++number;
    if (line.starts_with("$ ")) {
      steps.push_back({line.substr(2), "", number});
    } else if (!steps.empty() && steps.back().command.ends_with("\\") &&
               steps.back().shown.empty()) {
      steps.back().command += "\n" + line;
    } else if (!steps.empty()) {
      steps.back().shown += line + "\n";
    }
  }
  return steps;
}

namespace {

bool MatchesFrom(const std::vector<std::string>& shown, std::size_t i,
                 const std::vector<std::string>& seen, std::size_t j) {
  while (i < shown.size() && shown[i] != "...") {
    if (j == seen.size() || shown[i] != seen[j]) return false;
    ++i;
    ++j;
  }
  if (i == shown.size()) return j == seen.size();
  for (; j <= seen.size(); ++j) {
    if (MatchesFrom(shown, i + 1, seen, j)) return true;
  }
  return false;
}

}  // namespace

bool Matches(const std::string& shown, const std::string& seen) {
  return MatchesFrom(Lines(shown), 0, Lines(seen), 0);
}

}  // namespace tocsin::testing
