// Tokens whose meaning depends on their neighbours. After it: `{` is SEL where it touches what it
// selects from; `(` is CALL where it touches a name; the bars of a row are ROW, BAR ... EOR; a
// keyword after `.`, before `:`, as a table's column or as the name of a nested declaration is an
// ID; an interpolation ends on its line, and whatever is still open at the end of its line or of
// the file yields an UNCLOSED token, so that one forgotten quote never swallows the rest.
#pragma once

#include <memory>
#include <vector>

#include "antlr4-runtime.h"

class TocsinLexerBase : public antlr4::Lexer {
 public:
  explicit TocsinLexerBase(antlr4::CharStream* input) : antlr4::Lexer(input) {}

  std::unique_ptr<antlr4::Token> nextToken() override;
  // A stray `}` must not empty the stack of modes.
  size_t popMode() override;
  void pushMode(size_t to) override;
  void reset() override;

 private:
  struct Previous {
    size_t type = antlr4::Token::EOF;
    size_t stop = static_cast<size_t>(-2);
    size_t line = 0;          // where it ends
    bool callable = false;    // a `(` that touches it calls it
    bool selectable = false;  // a `{` that touches it selects from it
  };

  bool LineEndsHere();
  size_t NextVisible();
  std::unique_ptr<antlr4::Token> GiveUp();
  size_t Retyped(const antlr4::Token& token);
  size_t RetypedWord(const antlr4::Token& token);
  bool ClosesSelection(size_t type);
  void Remember(const antlr4::Token& token);

  Previous previous_;
  Previous before_previous_;
  size_t texts_below_ = 0;     // modes in the stack that are texts
  std::vector<bool> selects_;  // of each open brace, whether it selects
};
