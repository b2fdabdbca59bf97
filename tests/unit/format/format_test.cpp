#include "compiler/format/format.h"

#include <doctest/doctest.h>

#include "compiler/parse/tokens.h"
#include "tests/unit/parse/parsed.h"
#include "tests/unit/parse/snippets.h"

namespace tocsin::testing {
namespace {

std::string Formatted(const std::string& text) {
  const Parsed parsed(text);
  REQUIRE(parsed.Findings() == "");
  return format::Format(parsed.tree, parsed.sources).value();
}

// The tokens that mean something, then the comments.
std::vector<std::string> Tokens(const std::string& text, bool comments) {
  diagnostics::SourceSet sources;
  std::vector<std::string> result;
  for (const parse::Token& token : parse::Tokenize(sources.Add("t", text), sources)) {
    if (token.kind == parse::TokenKind::kRule) continue;
    if ((token.kind == parse::TokenKind::kComment) == comments) result.emplace_back(token.text);
  }
  return result;
}

void CheckLayout(const std::string& text, const std::string& expected) {
  const std::string formatted = Formatted(text);
  CHECK(formatted == expected);
  CHECK(Formatted(formatted) == formatted);
}

}  // namespace

TEST_CASE("the layout keeps words and comments, and is stable") {
  for (const char* text : kSnippets) {
    CAPTURE(text);
    const std::string formatted = Formatted(text);
    CHECK(Tokens(formatted, false) == Tokens(text, false));
    CHECK(Tokens(formatted, true) == Tokens(text, true));
    CHECK(Formatted(formatted) == formatted);
  }
}

TEST_CASE("one clause a line, but what is short and was on one line stays there") {
  CheckLayout("alert  a {level : low   when x>5}\n", "alert a { level: low  when x > 5 }\n");
  CheckLayout("alert a { level: low\n   when x }\n", "alert a {\n  level: low\n  when x\n}\n");
  CheckLayout("alert a\n{\n}\n", "alert a {}\n");
  CheckLayout("a b { start { f();g() } }\n", "a b { start { f(); g() } }\n");
  CheckLayout("a b {\n  on x do {\n f()\n g() } }\n",
              "a b {\n  on x do {\n    f()\n    g()\n  }\n}\n");
  CheckLayout("a b\n{ c: 1 }\n", "a b {\n  c: 1\n}\n");
  const std::string long_text(90, 'x');
  CheckLayout("a b { c: \"" + long_text + "\"  d: 1 }\n",
              "a b {\n  c: \"" + long_text + "\"\n  d: 1\n}\n");
}

TEST_CASE("tables are aligned by what is seen") {
  CheckLayout("table t # why\n|name|title|\n|-|-|\n|a|\"日本\"|\n| bcd | | # note\n",
              "table t  # why\n| name | title  |\n|------|--------|\n| a    | \"日本\" |\n| bcd  | "
              "       |  # note\n");
  CheckLayout("a b {\ntable t\n|x|\n|-5|\ny: 1\n}\n",
              "a b {\n  table t\n  | x  |\n  | -5 |\n  y: 1\n}\n");
}

TEST_CASE("comments stay where they were") {
  CheckLayout("#a\n\n\n\n#b  \nx y { # c\n\n     #d\n  e: 1 #f\n\n\n  #g\n}\n#h\n",
              "#a\n\n#b\nx y {  # c\n  #d\n  e: 1  #f\n\n  #g\n}\n#h\n");
  CheckLayout("x y {\n  e: [1, # one\n 2] # two\n}\n",
              "x y {\n  e: [1,  # one\n      2]  # two\n}\n");
}

TEST_CASE("spaces within expressions") {
  CheckLayout("x  y=- a*( b - - c ) . d( e : 1 ){f:g}\n", "x y = -a * (b - -c).d(e: 1){f: g}\n");
  CheckLayout("x y : z=08:00 .. 09:00 + Mon .. Fri\n", "x y : z = 08:00 .. 09:00 + Mon..Fri\n");
}

TEST_CASE("line breaks are plain, and none is added within an expression") {
  CheckLayout("x y {\r\n  a: [\r\n1,\r\n2\r\n]\r\n}\r\n",
              "x y {\n  a: [\n      1,\n      2\n  ]\n}\n");
}

}  // namespace tocsin::testing
