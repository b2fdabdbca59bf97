#include "compiler/parse/tokens.h"

#include <doctest/doctest.h>

namespace tocsin::testing {

using parse::Token;
using parse::TokenKind;

TEST_CASE("tokens come in order, with comments, and texts are whole") {
  diagnostics::SourceSet sources;
  const auto id =
      sources.Add("t", "a b{x: 1} { # note\n  c: \"é {d(\"e\")}\"\n}\ntable t\n| a |\n|---|\n");
  std::string kinds;
  std::vector<std::string_view> texts;
  std::uint32_t end = 0;
  for (const Token& token : parse::Tokenize(id, sources)) {
    CHECK(token.span.begin >= end);
    end = token.span.end;
    CHECK(sources.Text(token.span) == token.text);
    texts.push_back(token.text);
    if (token.kind == TokenKind::kOpenTouching) kinds += "touching ";
    if (token.kind == TokenKind::kOpenBlock) kinds += "block ";
    if (token.kind == TokenKind::kClose) kinds += "close ";
    if (token.kind == TokenKind::kCloseBlock) kinds += "close-block ";
    if (token.kind == TokenKind::kComment) kinds += "comment ";
    if (token.kind == TokenKind::kText) kinds += "text ";
    if (token.kind == TokenKind::kRowStart) kinds += "row ";
    if (token.kind == TokenKind::kRowEnd) kinds += "row-end ";
    if (token.kind == TokenKind::kRule) kinds += "rule ";
  }
  CHECK(kinds == "touching close block comment text close-block row row-end rule ");
  CHECK(texts[11] == "\"é {d(\"e\")}\"");
}

TEST_CASE("texts with mistakes have tokens, too") {
  diagnostics::SourceSet sources;
  CHECK(parse::Tokenize(sources.Add("t", "a: \"b\n@ }"), sources).size() == 5);
  CHECK(parse::Tokenize(sources.Add("t", "\xFF"), sources).empty());
}

}  // namespace tocsin::testing
