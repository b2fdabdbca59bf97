#include "compiler/parse/lex.h"

#include "compiler/parse/lexemes.h"
#include "compiler/parse/scan.h"
#include "compiler/parse/text_check.h"
#include "runtime/base/limits.h"

namespace tocsin::parse {

Lexed Lex(std::string_view text) {
  Scanner scanner(text, ByteOrderMark(text));
  Lexed result;
  // A guess that is seldom too small, and never much too large.
  constexpr std::size_t kBytesALexeme = 4;
  result.tokens.reserve(text.size() / kBytesALexeme + 1);
  for (;;) {
    auto [lexeme, margin] = scanner.Next();
    if (margin) {
      result.margin.push_back(lexeme);
      continue;
    }
    result.too_many = result.tokens.size() >= base::kMaxTokens;
    result.too_deep = scanner.open_texts() > base::kMaxNesting;
    if (result.too_many || result.too_deep) lexeme.type = TocsinLexer::EOF;
    result.tokens.push_back(lexeme);
    if (lexeme.type == TocsinLexer::EOF) return result;
  }
}

}  // namespace tocsin::parse
