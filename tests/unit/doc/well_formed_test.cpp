#include "tests/unit/doc/well_formed.h"

#include <doctest/doctest.h>

#include <regex>
#include <set>
#include <vector>

#include <fmt/format.h>

namespace tocsin::fixture {
namespace {

// Of one element, from after its name to before its `>`.
std::string WhyNotAttributes(std::string text, std::set<std::string>& ids) {
  static const std::regex kAttribute(R"re(^\s+([a-zA-Z:-]+)="([^"<]*)")re");
  static const std::regex kBare(R"(&(?!(amp|lt|gt|quot|#39);))");
  std::set<std::string> names;
  std::smatch found;
  while (std::regex_search(text, found, kAttribute)) {
    const std::string name = found[1], value = found[2];
    if (!names.insert(name).second) return "an attribute twice: " + name;
    if (std::regex_search(value, kBare)) return "a bare & in " + name;
    if (name == "id" && !ids.insert(value).second) return "an id twice: " + value;
    text = found.suffix();
  }
  return text.find_first_not_of(" /") == text.npos ? "" : "no attribute: " + text;
}

}  // namespace

std::string WhyNotWellFormed(std::string_view text) {
  static const std::regex kBare(R"(&(?!(amp|lt|gt|quot|#39);))");
  std::vector<std::string> open;
  std::set<std::string> ids;
  while (!text.empty()) {
    const std::size_t begin = std::min(text.find('<'), text.size());
    const std::string between(text.substr(0, begin));
    const bool style = !open.empty() && open.back() == "style";
    if (!style && std::regex_search(between, kBare)) return "a bare & in: " + between;
    text.remove_prefix(begin);
    if (text.empty()) break;
    const std::size_t end = text.find('>');
    if (end == text.npos) return "an element without an end";
    std::string_view inside = text.substr(1, end - 1);
    text.remove_prefix(end + 1);
    if (inside.starts_with('!')) continue;
    if (inside.starts_with('/')) {
      if (open.empty() || open.back() != inside.substr(1))
        return fmt::format("</{}> closes nothing", inside.substr(1));
      open.pop_back();
      continue;
    }
    const std::size_t name = std::min(inside.find_first_of(" /"), inside.size());
    const std::string why = WhyNotAttributes(std::string(inside.substr(name)), ids);
    if (!why.empty()) return fmt::format("<{}>: {}", inside.substr(0, name), why);
    if (!inside.ends_with('/')) open.emplace_back(inside.substr(0, name));
  }
  return open.empty() ? "" : fmt::format("<{}> is never closed", open.back());
}

}  // namespace tocsin::fixture

using tocsin::fixture::WhyNotWellFormed;

TEST_SUITE_BEGIN("doc: well-formed");
TEST_CASE("what is not well-formed is seen") {
  CHECK(WhyNotWellFormed("<!DOCTYPE html><a id=\"x\"><b/>&amp;</a>").empty());
  CHECK_FALSE(WhyNotWellFormed("<a>").empty());
  CHECK_FALSE(WhyNotWellFormed("<a></b>").empty());
  CHECK_FALSE(WhyNotWellFormed("<a>&</a>").empty());
  CHECK_FALSE(WhyNotWellFormed("<a x='1'/>").empty());
  CHECK_FALSE(WhyNotWellFormed("<a x=\"1\" x=\"2\"/>").empty());
  CHECK_FALSE(WhyNotWellFormed("<a id=\"1\"/><b id=\"1\"/>").empty());
  CHECK_FALSE(WhyNotWellFormed("<a x=\"&\"/>").empty());
}
TEST_SUITE_END();
