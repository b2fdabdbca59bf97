#include "compiler/parse/tokens.h"

#include <algorithm>

#include "compiler/parse/lexemes.h"
#include "runtime/base/limits.h"
#include "runtime/base/utf8.h"

namespace tocsin::parse {
namespace {

TokenKind KindOf(std::size_t type) {
  if (IsWord(type)) return TokenKind::kKeyword;
  switch (type) {
    case TocsinLexer::ID:
      return TokenKind::kName;
    case TocsinLexer::NUM:
    case TocsinLexer::QTY:
    case TocsinLexer::DATE:
      return TokenKind::kNumber;
    case TocsinLexer::TIME:
    case TocsinLexer::SPAN:
      return TokenKind::kTime;
    case TocsinLexer::LP:
    case TocsinLexer::LK:
      return TokenKind::kOpen;
    case TocsinLexer::CALL:
    case TocsinLexer::SEL:
      return TokenKind::kOpenTouching;
    case TocsinLexer::LB:
      return TokenKind::kOpenBlock;
    case TocsinLexer::RP:
    case TocsinLexer::RK:
      return TokenKind::kClose;
    case TocsinLexer::COMMA:
      return TokenKind::kComma;
    case TocsinLexer::SEMI:
      return TokenKind::kSemicolon;
    case TocsinLexer::COLON:
      return TokenKind::kColon;
    case TocsinLexer::DOT:
      return TokenKind::kDot;
    case TocsinLexer::DD:
      return TokenKind::kRange;
    case TocsinLexer::ROW:
      return TokenKind::kRowStart;
    case TocsinLexer::BAR:
      return TokenKind::kBar;
    case TocsinLexer::EOR:
      return TokenKind::kRowEnd;
    case TocsinLexer::RULE:
      return TokenKind::kRule;
    case TocsinLexer::COMMENT:
      return TokenKind::kComment;
    default:
      return type >= TocsinLexer::ARROW && type <= TocsinLexer::SLASH ? TokenKind::kOperator
                                                                      : TokenKind::kOther;
  }
}

// The index after the text that begins at `begin`.
std::size_t AfterText(const std::vector<Lexeme>& lexemes, std::size_t begin) {
  std::size_t open = 0;
  for (std::size_t i = begin; lexemes[i].type != TocsinLexer::EOF; ++i) {
    if (OpensText(lexemes[i].type)) ++open;
    const bool ends =
        lexemes[i].type == TocsinLexer::CL || lexemes[i].type == TocsinLexer::UNCLOSED;
    if (ends && --open == 0) return i + 1;
  }
  return lexemes.size() - 1;
}

}  // namespace

std::vector<Token> Tokenize(diagnostics::SourceId source, const diagnostics::SourceSet& sources) {
  const std::string_view text = sources.text(source);
  std::vector<Token> tokens;
  if (text.size() > base::kMaxSourceBytes || base::FirstInvalidByte(text) != text.npos)
    return tokens;
  const Lexed lexed = Lex(text);
  const auto add = [&](TokenKind kind, std::uint32_t begin, std::uint32_t end) {
    tokens.push_back({kind, {source, begin, end}, text.substr(begin, end - begin)});
  };
  std::vector<bool> blocks;  // for each open brace, whether it is that of a block
  for (std::size_t i = 0; lexed.tokens[i].type != TocsinLexer::EOF;) {
    const Lexeme& lexeme = lexed.tokens[i];
    if (OpensText(lexeme.type)) {
      i = AfterText(lexed.tokens, i);
      add(TokenKind::kText, lexeme.begin, lexed.tokens[i - 1].end);
      continue;
    }
    TokenKind kind = KindOf(lexeme.type);
    if (OpensBrace(lexeme.type)) blocks.push_back(lexeme.type == TocsinLexer::LB);
    if (lexeme.type == TocsinLexer::RB) {
      kind = !blocks.empty() && !blocks.back() ? TokenKind::kClose : TokenKind::kCloseBlock;
      if (!blocks.empty()) blocks.pop_back();
    }
    add(kind, lexeme.begin, lexeme.end);
    ++i;
  }
  const auto margin = static_cast<std::ptrdiff_t>(tokens.size());
  for (const Lexeme& lexeme : lexed.margin) {
    add(KindOf(lexeme.type), lexeme.begin, lexeme.end);
  }
  std::inplace_merge(tokens.begin(), tokens.begin() + margin, tokens.end(),
                     [](const Token& a, const Token& b) { return a.span < b.span; });
  return tokens;
}

}  // namespace tocsin::parse
