#include "compiler/parse/lex.h"

#include <algorithm>

#include "TocsinLexer.h"
#include "compiler/parse/text_check.h"
#include "runtime/base/limits.h"

namespace tocsin::parse {
namespace {

using grammar::TocsinLexer;

// ANTLR counts code points; everybody else counts bytes. Empty for plain ASCII, where both are the
// same.
std::vector<std::uint32_t> ByteOffsets(std::string_view text) {
  const bool ascii = std::all_of(text.begin(), text.end(),
                                 [](char c) { return static_cast<signed char>(c) >= 0; });
  std::vector<std::uint32_t> offsets;
  if (ascii) return offsets;
  offsets.reserve(text.size() + 1);
  for (std::size_t at = 0; at < text.size(); ++at) {
    if ((static_cast<unsigned char>(text[at]) & 0xC0) != 0x80)
      offsets.push_back(static_cast<std::uint32_t>(at));
  }
  offsets.push_back(static_cast<std::uint32_t>(text.size()));
  return offsets;
}

}  // namespace

Lexed Lex(std::string_view text) {
  const std::uint32_t mark = ByteOrderMark(text);
  text.remove_prefix(mark);
  const std::vector<std::uint32_t> offsets = ByteOffsets(text);
  const auto byte_of = [&](std::size_t character) {
    return mark + (offsets.empty() ? static_cast<std::uint32_t>(character) : offsets[character]);
  };

  antlr4::ANTLRInputStream input{std::string(text)};
  TocsinLexer lexer(&input);
  lexer.removeErrorListeners();
  Lexed result;
  std::uint32_t last_line = 0;
  for (;;) {
    const std::unique_ptr<antlr4::Token> token = lexer.nextToken();
    Lexeme lexeme;
    lexeme.type = token->getType();
    lexeme.begin = byte_of(token->getStartIndex());
    lexeme.end =
        lexeme.type == TocsinLexer::EOF ? lexeme.begin : byte_of(token->getStopIndex() + 1);
    lexeme.line = static_cast<std::uint32_t>(token->getLine());
    lexeme.first = lexeme.line != last_line;
    lexeme.column0 = lexeme.first && token->getCharPositionInLine() == 0;
    const bool cut = lexeme.type == TocsinLexer::UNCLOSED;  // it may hold the line break
    last_line = cut ? lexeme.line : static_cast<std::uint32_t>(lexer.getLine());
    if (token->getChannel() != antlr4::Token::DEFAULT_CHANNEL) {
      result.margin.push_back(lexeme);
      continue;
    }
    result.too_many = result.tokens.size() >= base::kMaxTokens;
    if (result.too_many) lexeme.type = TocsinLexer::EOF;
    result.tokens.push_back(lexeme);
    if (lexeme.type == TocsinLexer::EOF) return result;
  }
}

}  // namespace tocsin::parse
