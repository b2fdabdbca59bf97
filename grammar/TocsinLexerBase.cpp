#include "TocsinLexerBase.h"

#include <algorithm>

#include "TocsinLexer.h"

using antlr4::Token;
using Lex = tocsin::grammar::TocsinLexer;

namespace {

bool StartsClause(size_t type) { return type >= Lex::WHEN && type <= Lex::EXPECT; }
bool IsWord(size_t type) { return type >= Lex::WHEN && type <= Lex::FALSE; }
bool IsText(size_t mode) { return mode == Lex::TEXT || mode == Lex::BLOCK_TEXT; }

}  // namespace

void TocsinLexerBase::pushMode(size_t to) {
  if (IsText(mode)) ++texts_below_;
  antlr4::Lexer::pushMode(to);
}

size_t TocsinLexerBase::popMode() {
  if (modeStack.empty()) return mode;
  const size_t popped = antlr4::Lexer::popMode();
  if (IsText(mode)) --texts_below_;
  return popped;
}

void TocsinLexerBase::reset() {
  previous_ = before_previous_ = Previous();
  selects_.clear();
  texts_below_ = 0;
  antlr4::Lexer::reset();
}

// Only spaces, or a comment, between here and the end of the line.
bool TocsinLexerBase::LineEndsHere() {
  const size_t next = NextVisible();
  return next == '\n' || next == '\r' || next == '#' || next == antlr4::IntStream::EOF;
}

size_t TocsinLexerBase::NextVisible() {
  ssize_t at = 1;
  while (_input->LA(at) == ' ' || _input->LA(at) == '\t') ++at;
  return _input->LA(at);
}

std::unique_ptr<Token> TocsinLexerBase::GiveUp() {
  // The rest of a text block is still text after an interpolation that was given up; the rest of a
  // line is not.
  const bool in_text = IsText(mode);
  while (!modeStack.empty() && !IsText(mode)) popMode();
  if (in_text || mode == Lex::TEXT) popMode();
  auto token =
      _factory->create({this, _input}, Lex::UNCLOSED, "", Token::DEFAULT_CHANNEL, _input->index(),
                       _input->index() - 1, getLine(), getCharPositionInLine());
  before_previous_ = previous_ = Previous();
  previous_.type = Lex::UNCLOSED;
  return token;
}

std::unique_ptr<Token> TocsinLexerBase::nextToken() {
  const bool in_text = IsText(mode);
  const bool in_interpolation = texts_below_ > 0 && !in_text;
  const bool at_end = _input->LA(1) == antlr4::IntStream::EOF;
  const bool line_was_cut = previous_.type == Lex::UNCLOSED;
  if ((in_interpolation && (line_was_cut || LineEndsHere())) || (in_text && at_end))
    return GiveUp();

  auto token = antlr4::Lexer::nextToken();
  auto* common = static_cast<antlr4::CommonToken*>(token.get());
  if (token->getType() == Lex::RULE && (token->getLine() == previous_.line || !LineEndsHere())) {
    common->setType(Lex::BAD);
    common->setChannel(Token::DEFAULT_CHANNEL);
  }
  if (token->getChannel() != Token::DEFAULT_CHANNEL) return token;
  common->setType(Retyped(*token));
  Remember(*token);
  return token;
}

size_t TocsinLexerBase::Retyped(const Token& token) {
  const size_t type = token.getType();
  const bool touches = previous_.stop + 1 == token.getStartIndex();
  if (type == Lex::LB && touches && previous_.selectable) return Lex::SEL;
  if (type == Lex::LP && touches && previous_.callable) return Lex::CALL;
  if (type == Lex::BAR && token.getLine() != previous_.line) return Lex::ROW;
  if (type == Lex::BAR && LineEndsHere()) return Lex::EOR;
  if (IsWord(type)) return RetypedWord(token);
  return type;
}

size_t TocsinLexerBase::RetypedWord(const Token& token) {
  const size_t type = token.getType();
  const size_t before = previous_.type;
  const size_t next = NextVisible();
  if (before == Lex::DOT || next == ':') return Lex::ID;
  // `no_data: clear(after: 1h)`: where a value is due, no clause can begin.
  if (before == Lex::COLON && StartsClause(type) && _input->LA(1) == '(') return Lex::ID;
  if (type == Lex::NO) return before == Lex::EXPECT ? type : Lex::ID;
  if (type == Lex::END) return before == Lex::IP ? type : Lex::ID;
  const bool literal = type == Lex::TRUE || type == Lex::FALSE;
  if ((before == Lex::ROW || before == Lex::BAR) && next == '|' && !literal) return Lex::ID;
  // `clause when "..." : bool` in the schema of a kind; `level: low when ...` is not one.
  const bool after_kind = before == Lex::ID && previous_.line == token.getLine() &&
                          before_previous_.type != Lex::COLON &&
                          before_previous_.type != Lex::COMMA;
  if (after_kind && StartsClause(type) && (next == '"' || next == '{')) return Lex::ID;
  return type;
}

// Keeps count of what is open, by the depth of the stack of modes. True for the `}` of a selection.
bool TocsinLexerBase::ClosesSelection(size_t type) {
  const size_t depth = modeStack.size();
  if (type == Lex::LB || type == Lex::SEL || type == Lex::IP) {
    selects_.resize(depth, false);
    if (depth > 0) selects_[depth - 1] = type == Lex::SEL;
  } else if (type == Lex::RB) {
    const bool selection = depth < selects_.size() && selects_[depth];
    selects_.resize(std::min(depth, selects_.size()));
    return selection;
  }
  return false;
}

void TocsinLexerBase::Remember(const Token& token) {
  before_previous_ = previous_;
  previous_.type = token.getType();
  previous_.stop = token.getStopIndex();
  previous_.line = token.getType() == Lex::UNCLOSED ? token.getLine() : getLine();
  const size_t type = token.getType();
  const bool selection = ClosesSelection(type);
  previous_.callable = type == Lex::ID || type == Lex::RP;
  previous_.selectable = previous_.callable || type == Lex::RK || type == Lex::CL || selection;
}
