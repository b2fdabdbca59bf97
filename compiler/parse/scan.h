// Text to lexemes, one after the other, with those whose meaning depends on their neighbours: `{`
// is SEL where it touches what it selects from; `(` is CALL where it touches a name; the bars of a
// row are ROW, BAR ... EOR; a keyword after `.`, before `:`, as a table's column or as the name of
// a nested declaration is an ID; an interpolation ends on its line, and whatever is still open at
// the end of its line or of the file yields an UNCLOSED lexeme, so that one forgotten quote never
// swallows the rest.
#pragma once

#include <string_view>
#include <vector>

#include "compiler/parse/lex.h"
#include "compiler/parse/lexer_table.h"

namespace tocsin::parse {

class Scanner {
 public:
  // `text` is valid UTF-8 and is read from `begin` on.
  Scanner(std::string_view text, std::uint32_t begin);

  struct Found {
    Lexeme lexeme;
    bool margin = false;  // a comment, or a line under a table's header
  };
  // The last is EOF.
  Found Next();
  // Texts that are open here, each in an interpolation of the one before.
  std::size_t open_texts() const { return texts_below_ + (InText() ? 1 : 0); }

 private:
  struct Previous {
    std::size_t type = 0;
    std::uint32_t end = 0xffffffffu;  // no lexeme touches what is not there
    std::uint32_t line = 0;           // where it ends
    bool callable = false;            // a `(` that touches it calls it
    bool selectable = false;          // a `{` that touches it selects from it
  };

  Found Match();
  std::uint32_t LongestMatch(std::uint16_t& accepted) const;
  std::uint32_t AfterCharacter(std::uint32_t at) const;
  void Pass(std::uint32_t end);
  void Enter(std::uint8_t mode);
  void Leave();

  Lexeme GiveUp();
  Lexeme Here(std::size_t type) const;
  std::size_t Retyped(const Lexeme& lexeme) const;
  std::size_t RetypedWord(const Lexeme& lexeme) const;
  bool ClosesSelection(std::size_t type);
  void Remember(const Lexeme& lexeme);
  bool LineEndsHere() const;
  int NextVisible() const;
  bool InText() const;

  const LexerTable& table_;
  std::string_view text_;
  std::uint32_t at_;
  std::uint32_t line_ = 1;
  std::uint32_t line_begin_;
  std::uint8_t mode_ = 0;
  std::vector<std::uint8_t> modes_;  // to come back to
  std::size_t texts_below_ = 0;      // of those, texts
  Previous previous_;
  Previous before_previous_;
  std::vector<bool> selects_;    // of each open brace, whether it selects
  std::uint32_t last_line_ = 0;  // where the lexeme before ended, a comment or a rule, too
};

}  // namespace tocsin::parse
