#include "tests/support/findings.h"

#include <regex>

#include "tests/support/text.h"

namespace tocsin::testing {

std::vector<Finding> FindingsIn(std::string_view output) {
  static const std::regex kTitle(R"(^(?:error|warning)\[([A-Z]\d{4})\]: .*)");
  static const std::regex kPlace(R"(^ *--> (.*):(\d+):\d+$)");
  static const std::regex kShort(R"(^(.+):(\d+):\d+: (?:error|warning)\[([A-Z]\d{4})\]: .*)");
  static const std::regex kJson(R"re(^\{"code":"([A-Z]\d{4})")re");
  static const std::regex kJsonPlace(R"re("file":"([^"]*)","line":(\d+),)re");
  std::vector<Finding> findings;
  bool titled = false;  // the line before was a title, so that a place may follow
  for (const std::string& line : Lines(output)) {
    std::smatch match;
    if (std::regex_match(line, match, kTitle)) {
      findings.push_back({match[1], "", 0});
      titled = true;
      continue;
    }
    if (std::regex_match(line, match, kShort)) {
      findings.push_back({match[3], match[1], std::stoul(match[2])});
    } else if (titled && std::regex_match(line, match, kPlace)) {
      findings.back().file = match[1];
      findings.back().line = std::stoul(match[2]);
    } else if (std::regex_search(line, match, kJson)) {
      findings.push_back({match[1], "", 0});
      if (std::regex_search(line, match, kJsonPlace)) {
        findings.back().file = match[1];
        findings.back().line = std::stoul(match[2]);
      }
    }
    titled = false;
  }
  return findings;
}

}  // namespace tocsin::testing
