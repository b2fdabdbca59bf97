#include "compiler/doc/escape.h"

#include <algorithm>

#include "runtime/diagnostics/diagnostic.h"

namespace tocsin::doc {

std::string OneLine(std::string_view text) {
  std::string line(text);
  std::ranges::replace_if(line, [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  return diagnostics::Shown(line, line.size());
}

namespace {

void EscapeHtml(std::string_view text, std::string& escaped) {
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        escaped += c;
    }
  }
}

// Calls `use` with each line.
template <class Use>
void EachLine(std::string_view text, Use use) {
  while (true) {
    const std::size_t end = text.find('\n');
    use(text.substr(0, end));
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

std::size_t LongestTicks(std::string_view text) {
  std::size_t longest = 0, run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

}  // namespace

std::string HtmlText(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size());
  bool first = true;
  EachLine(text, [&](std::string_view line) {
    if (!first) escaped += '\n';
    first = false;
    EscapeHtml(OneLine(line), escaped);
  });
  return escaped;
}

std::string MarkdownText(std::string_view text) {
  const std::string line = OneLine(text);
  const auto at = [&](std::size_t i) { return i < line.size() ? line[i] : ' '; };
  std::string escaped;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    const char before = i == 0 ? ' ' : line[i - 1];
    // What begins a heading, a list or an underline does so only at the beginning of a line.
    const bool begins = i == 0 && (c == '#' || c == '-' || c == '+' || c == '=');
    const bool numbers = (c == '.' || c == ')') && before >= '0' && before <= '9' &&
                         line.find_first_not_of("0123456789") == i;
    const bool address = (c == ':' && at(i + 1) == '/' && at(i + 2) == '/') ||
                         (c == '.' && i >= 3 && line.compare(i - 3, 3, "www") == 0);
    const bool within_word = c == '_' && before != ' ' && at(i + 1) != ' ';
    const bool special = c == '\\' || c == '`' || c == '*' || c == '[' || c == ']' || c == '|' ||
                         c == '~' || (c == '_' && !within_word);
    if (special || begins || numbers || address) escaped += '\\';
    if (c == '&') {
      escaped += "&amp;";
    } else if (c == '<') {
      escaped += "&lt;";
    } else if (c == '>') {
      escaped += "&gt;";
    } else if (c == '@') {
      escaped += "&#64;";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

std::string MarkdownCode(std::string_view text, bool in_table) {
  const std::string line = OneLine(text);
  if (line.empty()) return {};
  const std::string fence(LongestTicks(line) + 1, '`');
  const bool pad = line.front() == '`' || line.back() == '`';
  std::string code = fence + (pad ? " " : "");
  for (const char c : line) {
    if (c == '|' && in_table) code += '\\';
    code += c;
  }
  return code + (pad ? " " : "") + fence;
}

std::string MarkdownFence(std::string_view text) {
  const std::string fence(std::max<std::size_t>(3, LongestTicks(text) + 1), '`');
  std::string block = fence + "\n";
  EachLine(text, [&](std::string_view line) { block += OneLine(line) + "\n"; });
  return block + fence + "\n";
}

std::string Plain(std::string_view name) {
  std::string plain;
  for (const char c : name) {
    const bool kept = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '_' || c == '.' || c == '-';
    plain += kept ? c : '-';
  }
  return plain;
}

}  // namespace tocsin::doc
