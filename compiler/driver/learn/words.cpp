#include "compiler/driver/learn/words.h"

#include <fnmatch.h>

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "compiler/parse/tokens.h"

namespace tocsin::driver::learn {

bool Fits(const std::string& name, const std::string& pattern) {
  return ::fnmatch(pattern.c_str(), name.c_str(), FNM_NOESCAPE) == 0;
}

bool IsPlain(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= ' ' && c < 0x7f; });
}

std::string Escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '"' || c == '\\') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

std::string Quoted(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\' || c == '{' || c == '}') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

std::string OneLine(std::string_view text, std::size_t most_bytes) {
  std::string line;
  for (std::size_t i = 0; i < text.size() && line.size() < most_bytes; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    // Letters of two bytes are shown. Among all others there are those that turn a line around.
    const auto next = static_cast<unsigned char>(i + 1 < text.size() ? text[i + 1] : 0);
    const bool letter = byte >= 0xc3 && byte <= 0xca && next >= 0x80 && next <= 0xbf;
    if (letter) {
      line += text.substr(i++, 2);
    } else if (byte >= 0x80) {
      if (byte >= 0xc0) line += '?';
    } else if (byte > ' ' && byte != 0x7f) {
      line += text[i];
    } else if (!line.empty() && line.back() != ' ') {
      line += ' ';
    }
  }
  while (line.ends_with(' ')) line.pop_back();
  return text.size() > most_bytes && line.size() >= most_bytes ? line + "..." : line;
}

bool IsFreeName(std::string_view name) {
  // In a text `value`, `count` and `rows` are what was measured, and `arm` stands for a row.
  for (const std::string_view word : {"value", "count", "rows", "arm"}) {
    if (name == word) return false;
  }
  if (name.size() > 200) return false;
  diagnostics::SourceSet sources;
  const auto tokens = parse::Tokenize(sources.Add("name", std::string(name)), sources);
  return tokens.size() == 1 && tokens[0].kind == parse::TokenKind::kName && tokens[0].text == name;
}

std::string FreeName(std::string_view theirs, std::string_view ending,
                     std::set<std::string>& taken) {
  std::string name;
  for (const char c : theirs.substr(0, 150))
    name += std::isalnum(static_cast<unsigned char>(c)) != 0 && c > 0 ? c : '_';
  if (name.empty() || std::isdigit(static_cast<unsigned char>(name[0])) != 0) name.insert(0, "_");
  std::string free = name;
  for (std::size_t i = 1; !IsFreeName(free) || taken.contains(free); ++i)
    free = i == 1 ? fmt::format("{}_{}", name, ending) : fmt::format("{}_{}_{}", name, ending, i);
  taken.insert(free);
  return free;
}

}  // namespace tocsin::driver::learn
