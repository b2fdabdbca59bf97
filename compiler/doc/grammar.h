// The files of the grammar, as ANTLR reads them, to rules that people read: what a token is called
// there is replaced by what is written for it, or by the word that a comment of the lexer has for
// it. Labels, actions and commands are left out, and so is what only a mistake is made of. The
// files are compiled into the program, so what cannot be read of them is a fault of its own.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::doc {

struct GrammarElement {
  enum class Sort {
    kWritten,     // text, as it is in a policy
    kNamed,       // text is the name of a rule or a token
    kCharacters,  // text is a set of characters, as ANTLR has it: [a-z], ~[\r\n]
    kGroup,       // one of `choices`
  } sort = Sort::kWritten;
  std::string text;
  char repeated = 0;  // `?`, `*`, `+`, or 0 for once
  std::vector<std::vector<GrammarElement>> choices;
};
using GrammarSequence = std::vector<GrammarElement>;

struct GrammarRule {
  std::string name;     // as in the file
  std::string section;  // `Clauses`, of the parser; of the lexer the mode's comment
  std::string before;   // the comment that stands before it
  std::string behind;   // the comment at its end
  std::string type;     // of the lexer: which token it makes
  bool by_scanner = false;
  std::vector<GrammarSequence> alternatives;
};

// The rules of a file, in its order.
std::vector<GrammarRule> ReadGrammar(std::string_view text);

// Both files together.
class Grammar {
 public:
  Grammar(std::string_view parser, std::string_view lexer);

  const std::vector<GrammarRule>& rules() const { return rules_; }    // of the parser
  const std::vector<GrammarRule>& tokens() const { return tokens_; }  // of the lexer

  // What people read for the name of a rule or a token.
  struct Reading {
    std::string text;                  // `decl`, `quantity`; what is written, where that is fixed
    std::string anchor;                // where it is explained; empty: nowhere
    std::vector<std::string> written;  // not empty: it is one of these
  };
  // Nothing for a token that only a mistake makes.
  std::optional<Reading> Read(std::string_view name) const;

  // The alternatives of a token, over all rules that make it.
  struct Alternative {
    GrammarSequence sequence;
    std::string where;  // "between quotes", where it is so only there
  };
  std::vector<Alternative> AlternativesOf(std::string_view token) const;

 private:
  std::vector<GrammarRule> rules_, tokens_;
};

// The word that a comment behind a rule of the lexer begins with, and the examples after it.
struct TokenWord {
  std::string word;
  std::vector<std::string> examples;
};
TokenWord WordOf(const GrammarRule& token);

// The text of a rule that is fixed: one alternative, which is one text.
std::optional<std::string> FixedText(const GrammarRule& token);

}  // namespace tocsin::doc
