// The table that the scanner reads must say what ANTLR's own lexer does, before neighbours are
// looked at.
#include "compiler/parse/lexer_table.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <fmt/format.h>

#include "TocsinLexer.h"
#include "tests/unit/parse/snippets.h"

// After the generated headers, which have names that are macros of it.
#include <doctest/doctest.h>

namespace tocsin::testing {
namespace {

using grammar::TocsinLexer;

std::string Line(std::size_t type, std::size_t begin, std::size_t end) {
  return fmt::format("{} {}-{}\n", type, begin, end);
}

std::string ByAntlr(const std::string& text) {
  antlr4::ANTLRInputStream input(text);
  TocsinLexer lexer(&input);
  lexer.removeErrorListeners();
  std::string lines;
  for (;;) {
    const auto token = lexer.nextToken();
    if (token->getType() == antlr4::Token::EOF) return lines;
    lines += Line(token->getType(), token->getStartIndex(), token->getStopIndex() + 1);
  }
}

// `text` is ASCII.
std::string ByTable(const std::string& text) {
  const parse::LexerTable& table = parse::TheLexerTable();
  std::vector<std::size_t> modes{0};
  std::string lines;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t state = table.start[modes.back()];
    std::size_t accepted = 0, end = at;
    for (std::size_t i = at; i < text.size(); ++i) {
      const auto symbol = static_cast<unsigned char>(text[i]);
      state = table.next[state * table.classes + table.class_of[symbol]];
      if (state == 0) break;
      if (table.accept[state].type == 0) continue;
      accepted = state;
      end = i + 1;
    }
    REQUIRE(accepted != 0);
    const parse::LexerAccept& accept = table.accept[accepted];
    if (!accept.skip) lines += Line(accept.type, at, end);
    if (accept.pop && modes.size() > 1) modes.pop_back();
    if (accept.push != parse::LexerAccept::kStay)
      modes.push_back(static_cast<std::size_t>(accept.push));
    at = end;
  }
  return lines;
}

void CheckText(const std::string& text) {
  const bool ascii = std::ranges::all_of(text, [](char c) { return c >= 0; });
  if (!ascii) return;
  CAPTURE(text);
  try {
    const std::string antlr = ByAntlr(text);
    CHECK(ByTable(text) == antlr);
  } catch (const antlr4::EmptyStackException&) {
    // Its lexer cannot close more than was opened.
  }
}

}  // namespace

TEST_CASE("the table says what ANTLR's lexer does") {
  for (const char* text : kSnippets) CheckText(text);
  std::size_t files = 0;
  for (const char* folder : {"stdlib/kinds", "examples", "tests/golden/check"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
      if (entry.path().extension() != ".tocsin") continue;
      std::stringstream text;
      text << std::ifstream(entry.path()).rdbuf();
      // What a golden expects is one long comment.
      CheckText(text.str().substr(0, text.str().find("#====")));
      ++files;
    }
  }
  CHECK(files > 100);
}

}  // namespace tocsin::testing
