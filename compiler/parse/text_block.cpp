#include "compiler/parse/text_block.h"

#include <algorithm>

namespace tocsin::parse {
namespace {

std::string WithoutCarriageReturns(const std::string& text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
    result += text[i];
  }
  return result;
}

// The fewest spaces that a line with something on it begins with. The line of the closing quotes
// counts.
std::size_t CommonIndent(const std::vector<syntax::StringPart>& parts,
                         const std::vector<bool>& raw) {
  std::size_t common = std::string::npos;
  bool at_line_start = false;  // the first line stands beside the opening quotes
  std::size_t indent = 0;
  const auto ends_indent = [&] {
    if (at_line_start) common = std::min(common, indent);
    at_line_start = false;
  };
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (!raw[i]) {
      ends_indent();
      continue;
    }
    for (const char c : parts[i].text) {
      if (c == '\n') {
        at_line_start = true;
        indent = 0;
      } else if (at_line_start && (c == ' ' || c == '\t')) {
        ++indent;
      } else {
        ends_indent();
      }
    }
  }
  ends_indent();
  return common == std::string::npos ? 0 : common;
}

}  // namespace

void StripTextBlock(std::vector<syntax::StringPart>& parts, const std::vector<bool>& raw) {
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (raw[i]) parts[i].text = WithoutCarriageReturns(parts[i].text);
  }
  const std::size_t common = CommonIndent(parts, raw);
  bool at_line_start = false;
  std::size_t dropped = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (!raw[i]) {
      at_line_start = false;
      continue;
    }
    std::string kept;
    for (const char c : parts[i].text) {
      if (c == '\n') {
        at_line_start = true;
        dropped = 0;
        kept += c;
      } else if (at_line_start && dropped < common && (c == ' ' || c == '\t')) {
        ++dropped;
      } else {
        at_line_start = false;
        kept += c;
      }
    }
    parts[i].text = std::move(kept);
  }
  if (!parts.empty() && raw[0] && parts[0].text.starts_with('\n')) parts[0].text.erase(0, 1);
}

}  // namespace tocsin::parse
