#include <doctest/doctest.h>

#include <algorithm>

#include "compiler/doc/document.h"
#include "compiler/doc/grammar.h"
#include "compiler/doc/reference_parts.h"
#include "runtime/diagnostics/codes.h"
#include "tests/unit/doc/well_formed.h"

using namespace tocsin;

namespace {

constexpr std::string_view kParser = R"(// Not of a rule.
parser grammar P;
options { tokenVocab = L; superClass = Base; }
@parser::postinclude {
#include "x.h"
}

// Rules -----------

// Of `one`.
one
  : NAME (COMMA one)* EOF   # Labelled
  | <assoc = right> ERR     # Mistaken
  ;
two : (QUOTE | ARROW)? OPEN;
)";

constexpr std::string_view kLexer = R"(lexer grammar L;
tokens {
  OPEN,  // `(` that touches
  ERR    // made of mistakes
}
// Signs.
ARROW : '->';  // a remark
COMMA : ',' -> pushMode(M);
fragment D : [0-9];
NAME  : D+ '\\' ~[\]\n]*;  // name: 1  2 3
QUOTE : '"';
mode M;  // inside
M_NAME  : . -> type(NAME), popMode;
M_WRONG : '\'' -> type(NAME);  // a mistake
M_QUOTE : '"""' -> type(QUOTE);
)";

}  // namespace

TEST_SUITE_BEGIN("doc: grammar");
TEST_CASE("rules are read without labels, options and actions") {
  const auto rules = doc::ReadGrammar(kParser);
  REQUIRE(rules.size() == 2);
  CHECK(rules[0].name == "one");
  CHECK(rules[0].section == "Rules");
  CHECK(rules[0].before == "Of `one`.");
  CHECK(rules[1].before == "");
  REQUIRE(rules[0].alternatives.size() == 2);
  REQUIRE(rules[0].alternatives[0].size() == 3);
  CHECK(rules[0].alternatives[0][1].repeated == '*');
  REQUIRE(rules[0].alternatives[1].size() == 1);
  CHECK(rules[0].alternatives[1][0].text == "ERR");
}

TEST_CASE("a token is what is written for it, or its word") {
  const doc::Grammar grammar(kParser, kLexer);
  CHECK(grammar.Read("one")->anchor == "grammar-one");
  CHECK(grammar.Read("ARROW")->written == std::vector<std::string>{"->"});
  CHECK(grammar.Read("QUOTE")->written == std::vector<std::string>{"\"", "\"\"\""});
  CHECK(grammar.Read("OPEN")->written == std::vector<std::string>{"("});
  CHECK(grammar.Read("NAME")->text == "name");
  CHECK(grammar.Read("NAME")->written.empty());
  CHECK_FALSE(grammar.Read("ERR").has_value());
  CHECK_FALSE(grammar.Read("D").has_value());
}

TEST_CASE("what makes a token, but for mistakes") {
  const doc::Grammar grammar(kParser, kLexer);
  const auto alternatives = grammar.AlternativesOf("NAME");
  REQUIRE(alternatives.size() == 2);
  CHECK(alternatives[0].where == "");
  CHECK(alternatives[0].sequence[1].text == "\\");
  CHECK(alternatives[0].sequence[2].text == "~[\\]\\n]");
  CHECK(alternatives[1].where == "inside");
  const auto word =
      doc::WordOf(*std::ranges::find(grammar.tokens(), "NAME", &doc::GrammarRule::name));
  CHECK(word.word == "name");
  CHECK(word.examples == std::vector<std::string>{"1", "2 3"});
}

TEST_CASE("the page of the grammar and of the codes is well-formed") {
  std::vector<std::string> names;
  for (const diagnostics::Row* row : diagnostics::codes::All())
    names.push_back(std::string(row->code) + ".md");
  std::vector<base::EmbeddedFile> pages;
  for (const std::string& name : names)
    pages.push_back({name, "# x y\n\nSee E0301, not E9999.\n\nFails:\n\n```text a.b\n<b>\n```\n"});
  doc::Document document{.title = "x"};
  document.blocks = doc::GrammarPart();
  doc::Append(document.blocks, doc::FindingsPart(pages));
  const std::string html = doc::Html(document);
  CHECK(fixture::WhyNotWellFormed(html) == "");
  CHECK(html.find("See <a href=\"#code-E0301\">E0301</a>, not E9999.") != html.npos);
  CHECK(html.find("<pre>&lt;b&gt;</pre>") != html.npos);
}
TEST_SUITE_END();
