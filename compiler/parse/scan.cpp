#include "compiler/parse/scan.h"

#include <algorithm>

#include "compiler/parse/lexemes.h"
#include "runtime/base/check.h"

namespace tocsin::parse {
namespace {

bool IsText(std::size_t mode) {
  return mode == TocsinLexer::TEXT || mode == TocsinLexer::BLOCK_TEXT;
}
bool IsClauseWord(std::size_t type) {
  return type >= TocsinLexer::WHEN && type <= TocsinLexer::EXPECT;
}
// Words within clauses and declarations after which no text makes sense.
bool IsNeverBeforeText(std::size_t type) {
  switch (type) {
    case TocsinLexer::FOR:
    case TocsinLexer::UNTIL:
    case TocsinLexer::WHILE:
    case TocsinLexer::MATCHING:
    case TocsinLexer::RETRY:
    case TocsinLexer::BY:
    case TocsinLexer::PER:
      return true;
    default:
      return false;
  }
}

constexpr int kEnd = -1;  // where a character is asked for and the text has none

}  // namespace

Scanner::Scanner(std::string_view text, std::uint32_t begin)
    : table_(TheLexerTable()), text_(text), at_(begin), line_begin_(begin) {}

bool Scanner::InText() const { return IsText(mode_); }

std::uint32_t Scanner::AfterCharacter(std::uint32_t at) const {
  ++at;
  while (at < text_.size() && (static_cast<unsigned char>(text_[at]) & 0xC0) == 0x80) ++at;
  return at;
}

// The end of the longest lexeme that begins here, and the state that accepts it.
std::uint32_t Scanner::LongestMatch(std::uint16_t& accepted) const {
  accepted = 0;
  std::uint32_t end = at_;
  std::uint16_t state = table_.start[mode_];
  for (std::uint32_t at = at_; at < text_.size();) {
    const auto byte = static_cast<unsigned char>(text_[at]);
    const std::size_t symbol = std::min<std::size_t>(byte, LexerTable::kAscii);
    state = table_.next[state * table_.classes + table_.class_of[symbol]];
    if (state == 0) break;
    at = byte < LexerTable::kAscii ? at + 1 : AfterCharacter(at);
    if (table_.accept[state].type == 0) continue;
    accepted = state;
    end = at;
  }
  return end;
}

void Scanner::Pass(std::uint32_t end) {
  for (; at_ < end; ++at_) {
    if (text_[at_] != '\n') continue;
    ++line_;
    line_begin_ = at_ + 1;
  }
}

void Scanner::Enter(std::uint8_t mode) {
  texts_below_ += InText() ? 1 : 0;
  modes_.push_back(mode_);
  mode_ = mode;
}

// A stray `}` must not empty the stack of modes.
void Scanner::Leave() {
  if (modes_.empty()) return;
  mode_ = modes_.back();
  modes_.pop_back();
  texts_below_ -= InText() ? 1 : 0;
}

Lexeme Scanner::Here(std::size_t type) const {
  Lexeme lexeme;
  lexeme.type = type;
  lexeme.begin = lexeme.end = at_;
  lexeme.line = line_;
  lexeme.column0 = at_ == line_begin_;
  return lexeme;
}

// The next lexeme of the grammar.
Scanner::Found Scanner::Match() {
  while (at_ < text_.size()) {
    Found found{Here(0)};
    std::uint16_t accepted = 0;
    const std::uint32_t end = LongestMatch(accepted);
    TOCSIN_CHECK(accepted != 0, "every character begins a lexeme");
    Pass(end);
    const LexerAccept& accept = table_.accept[accepted];
    if (accept.pop) Leave();
    if (accept.push != LexerAccept::kStay) Enter(static_cast<std::uint8_t>(accept.push));
    if (accept.skip) continue;
    found.lexeme.type = accept.type;
    found.lexeme.end = end;
    found.margin = accept.channel != 0;
    return found;
  }
  return {Here(TocsinLexer::EOF)};
}

Scanner::Found Scanner::Next() {
  const bool in_interpolation = texts_below_ > 0 && !InText();
  const bool line_was_cut = previous_.type == TocsinLexer::UNCLOSED;
  const bool unclosed =
      (in_interpolation && (line_was_cut || LineEndsHere())) || (InText() && at_ == text_.size());
  Found found = unclosed ? Found{GiveUp()} : Match();
  Lexeme& lexeme = found.lexeme;
  if (lexeme.type == TocsinLexer::RULE && (lexeme.line == previous_.line || !LineEndsHere())) {
    lexeme.type = TocsinLexer::BAD;
    found.margin = false;
  }
  if (!found.margin && !unclosed) {
    lexeme.type = Retyped(lexeme);
    Remember(lexeme);
  }
  lexeme.first = lexeme.line != last_line_;
  lexeme.column0 = lexeme.column0 && lexeme.first;
  // Where a text was cut off the line break may belong to it.
  last_line_ = lexeme.type == TocsinLexer::UNCLOSED ? lexeme.line : line_;
  return found;
}

// The rest of a text block is still text after an interpolation that was given up; the rest of a
// line is not.
Lexeme Scanner::GiveUp() {
  const bool in_text = InText();
  while (!modes_.empty() && !InText()) Leave();
  if (in_text || mode_ == TocsinLexer::TEXT) Leave();
  before_previous_ = previous_ = Previous();
  previous_.type = TocsinLexer::UNCLOSED;
  return Here(TocsinLexer::UNCLOSED);
}

// Only spaces, or a comment, between here and the end of the line.
bool Scanner::LineEndsHere() const {
  const int next = NextVisible();
  return next == '\n' || next == '\r' || next == '#' || next == kEnd;
}

int Scanner::NextVisible() const {
  const std::size_t at = text_.find_first_not_of(" \t", at_);
  return at == text_.npos ? kEnd : text_[at];
}

std::size_t Scanner::Retyped(const Lexeme& lexeme) const {
  const std::size_t type = lexeme.type;
  const bool touches = previous_.end == lexeme.begin;
  if (type == TocsinLexer::LB && touches && previous_.selectable) return TocsinLexer::SEL;
  if (type == TocsinLexer::LP && touches && previous_.callable) return TocsinLexer::CALL;
  if (type == TocsinLexer::BAR && lexeme.line != previous_.line) return TocsinLexer::ROW;
  if (type == TocsinLexer::BAR && LineEndsHere()) return TocsinLexer::EOR;
  return IsWord(type) ? RetypedWord(lexeme) : type;
}

std::size_t Scanner::RetypedWord(const Lexeme& lexeme) const {
  const std::size_t type = lexeme.type;
  const std::size_t before = previous_.type;
  const int next = NextVisible();
  if (before == TocsinLexer::DOT || next == ':') return TocsinLexer::ID;
  // `no_data: clear(after: 1h)`: where a value is due, no clause can begin.
  const bool called = at_ < text_.size() && text_[at_] == '(';
  if (before == TocsinLexer::COLON && IsClauseWord(type) && called) return TocsinLexer::ID;
  if (type == TocsinLexer::NO && before != TocsinLexer::EXPECT) return TocsinLexer::ID;
  if (type == TocsinLexer::END && before != TocsinLexer::IP) return TocsinLexer::ID;
  if (type == TocsinLexer::NO || type == TocsinLexer::END) return type;
  const bool literal = type == TocsinLexer::TRUE || type == TocsinLexer::FALSE;
  const bool in_row = before == TocsinLexer::ROW || before == TocsinLexer::BAR;
  if (in_row && next == '|' && !literal) return TocsinLexer::ID;
  // `clause when "..." : bool` and `field until "..." : date` in the schema of a kind; `level: low
  // when ...` is not one.
  const bool after_kind = before == TocsinLexer::ID && previous_.line == lexeme.line &&
                          before_previous_.type != TocsinLexer::COLON &&
                          before_previous_.type != TocsinLexer::COMMA;
  if (after_kind && IsClauseWord(type) && (next == '"' || next == '{')) return TocsinLexer::ID;
  if (after_kind && IsNeverBeforeText(type) && next == '"') return TocsinLexer::ID;
  return type;
}

// Keeps count of what is open, by the depth of the stack of modes. True for the `}` of a selection.
bool Scanner::ClosesSelection(std::size_t type) {
  const std::size_t depth = modes_.size();
  if (OpensBrace(type)) {
    selects_.resize(depth, false);
    if (depth > 0) selects_[depth - 1] = type == TocsinLexer::SEL;
  } else if (type == TocsinLexer::RB) {
    const bool selection = depth < selects_.size() && selects_[depth];
    selects_.resize(std::min(depth, selects_.size()));
    return selection;
  }
  return false;
}

void Scanner::Remember(const Lexeme& lexeme) {
  before_previous_ = previous_;
  previous_.type = lexeme.type;
  previous_.end = lexeme.end;
  previous_.line = lexeme.type == TocsinLexer::UNCLOSED ? lexeme.line : line_;
  const bool selection = ClosesSelection(lexeme.type);
  previous_.callable = lexeme.type == TocsinLexer::ID || lexeme.type == TocsinLexer::RP;
  previous_.selectable = previous_.callable || lexeme.type == TocsinLexer::RK ||
                         lexeme.type == TocsinLexer::CL || selection;
}

}  // namespace tocsin::parse
