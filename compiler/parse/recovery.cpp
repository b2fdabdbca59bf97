#include "compiler/parse/recovery.h"

#include <algorithm>
#include <mutex>

#include "compiler/parse/words.h"
#include "runtime/diagnostics/codes.h"

namespace tocsin::parse {

namespace codes = diagnostics::codes;
using antlr4::ParserRuleContext;
using diagnostics::Applicability;
using diagnostics::Span;
using grammar::TocsinParser;

namespace {

bool IsTopLevel(const ParserRuleContext* context) { return context->parent == nullptr; }

// The nearest clause or top-level thing around `context`, and where it began.
std::size_t StartOf(const ParserRuleContext* context) {
  while (context->parent != nullptr && context->getRuleIndex() != TocsinParser::RuleClause) {
    context = static_cast<const ParserRuleContext*>(context->parent);
  }
  return context->start->getTokenIndex();
}

}  // namespace

antlr4::Token* Recovery::recoverInline(antlr4::Parser* parser) {
  throw antlr4::InputMismatchException(parser);
}

void Recovery::reportError(antlr4::Parser* parser, const antlr4::RecognitionException& error) {
  if (recovering_) return;
  recovering_ = true;
  mistake_ = error.getOffendingToken()->getTokenIndex();
  ParserRuleContext* context = parser->getContext();
  const std::size_t started = StartOf(context);
  const bool in_clause = lexemes_[started].depth > 0;
  Report(mistake_, started, ExpectedAt(parser, error, mistake_), !in_clause);
}

std::string Recovery::ExpectedAt(antlr4::Parser* parser, const antlr4::RecognitionException& error,
                                 std::size_t at) {
  const auto* choice = dynamic_cast<const antlr4::NoViableAltException*>(&error);
  if (choice == nullptr || choice->getStartToken()->getTokenIndex() == at) {
    if (choice != nullptr && parser->getContext()->getRuleIndex() != TocsinParser::RuleClause)
      return "an expression";
    // ANTLR remembers what may follow where, for all threads.
    static std::mutex expected_mutex;
    const std::lock_guard lock(expected_mutex);
    return Words(error.getExpectedTokens());
  }
  // The first word fitted, what follows it did not.
  switch (parser->getContext()->getRuleIndex()) {
    case TocsinParser::RuleClause:
      return "`:` and a value";
    case TocsinParser::RuleDecl:
      return "a name or a title";
    case TocsinParser::RuleNested:
      return "a name, a title or a block";
    case TocsinParser::RuleArg:
      return "`,` or the closing bracket";
    default:
      return "an expression";
  }
}

// Called wherever a choice is made. Only in a block something must be done: a lexeme that begins no
// clause would end it.
void Recovery::sync(antlr4::Parser* parser) {
  ParserRuleContext* context = parser->getContext();
  if (context->getRuleIndex() != TocsinParser::RuleBlock) return;
  antlr4::TokenStream* stream = parser->getTokenStream();
  const std::size_t at = stream->index();
  const std::size_t type = lexemes_[at].type;
  if (StartsClause(type) || type == TocsinLexer::RB || type == TocsinLexer::EOF) return;
  if (type == TocsinLexer::SEMI && !context->children.empty() &&
      dynamic_cast<TocsinParser::ClauseContext*>(context->children.back()) != nullptr) {
    return;
  }
  std::size_t started = at;
  for (antlr4::tree::ParseTree* child : context->children) {
    if (auto* clause = dynamic_cast<TocsinParser::ClauseContext*>(child))
      started = clause->start->getTokenIndex();
  }
  Report(at, started, started == at ? "a clause or `}`" : "the next clause or `}`", false);
  SkipTo(parser, NextClause(at + 1, at));
}

void Recovery::recover(antlr4::Parser* parser, std::exception_ptr error) {
  ParserRuleContext* context = parser->getContext();
  const std::size_t rule = context->getRuleIndex();
  const std::size_t started = context->start->getTokenIndex();
  const std::size_t from = std::max({mistake_, started + 1, parser->getTokenStream()->index()});
  if (rule == TocsinParser::RuleClause) return SkipTo(parser, NextClause(from, started));
  if (rule == TocsinParser::RuleRow) return SkipTo(parser, NextRow(from, started));
  if (IsTopLevel(context)) return SkipTo(parser, NextDeclaration(from));
  std::rethrow_exception(error);
}

void Recovery::SkipTo(antlr4::Parser* parser, std::size_t at) {
  antlr4::TokenStream* stream = parser->getTokenStream();
  while (stream->index() < at && stream->LA(1) != antlr4::Token::EOF) stream->consume();
  recovering_ = false;
}

// The place, or that of the end of the file where a mistake at the very end points past it.
std::size_t Recovery::Within(std::size_t at) const { return std::min(at, lexemes_.size() - 1); }

std::size_t Recovery::NextClause(std::size_t from, std::size_t started) const {
  from = Within(from);
  const std::uint32_t depth = lexemes_[Within(started)].depth;
  for (std::size_t i = from;; ++i) {
    const Lexeme& lexeme = lexemes_[i];
    if (lexeme.type == TocsinLexer::EOF || lexeme.depth < depth) return i;
    if (lexeme.depth > depth) continue;
    if (lexeme.first && StartsClause(lexeme.type)) return i;
    if (lexeme.type == TocsinLexer::ID && lexemes_[i + 1].type == TocsinLexer::COLON) return i;
    if (lexeme.type == TocsinLexer::SEMI && StartsClause(lexemes_[i + 1].type)) return i + 1;
  }
}

std::size_t Recovery::NextRow(std::size_t from, std::size_t started) const {
  from = Within(from);
  const std::uint32_t depth = lexemes_[Within(started)].depth;
  for (std::size_t i = from;; ++i) {
    const Lexeme& lexeme = lexemes_[i];
    if (lexeme.type == TocsinLexer::EOF || lexeme.depth < depth) return i;
    if (lexeme.depth == depth && lexeme.first &&
        (lexeme.type == TocsinLexer::ROW || StartsClause(lexeme.type)))
      return i;
  }
}

std::size_t Recovery::NextDeclaration(std::size_t from) const {
  from = Within(from);
  for (std::size_t i = from;; ++i) {
    const Lexeme& lexeme = lexemes_[i];
    if (lexeme.type == TocsinLexer::EOF) return i;
    if (lexeme.depth == 0 && StartsDeclaration(lexeme, lexemes_[i + 1])) return i;
  }
}

std::size_t Recovery::SkipToDeclaration(std::size_t at, std::size_t last) {
  Report(at, last == kNowhere ? at : last, "a declaration", true);
  recovering_ = false;
  return NextDeclaration(at + 1);
}

void Recovery::ReportTooLong(std::size_t at) {
  failed_ = true;
  sink_.Emit(codes::kTooLong, SpanOf(lexemes_[at])).Help("split it and give the parts names");
}

void Recovery::TakeOutItsCloser() {
  if (not_opened_.empty()) return;
  auto block = not_opened_.begin();
  sink_.TakeOut([&](diagnostics::Diagnostic& finding) {
    const Span& span = finding.span;
    const bool closes = finding.row == &codes::kStrayBracket && span.source == source_ &&
                        text_[span.begin] == '}' && block != not_opened_.end() &&
                        *block < span.begin;
    if (closes) ++block;
    return closes;
  });
}

void Recovery::Report(std::size_t at, std::size_t started, const std::string& expected,
                      bool at_top) {
  failed_ = true;
  const Lexeme& lexeme = lexemes_[at];
  const Lexeme& first = lexemes_[started];
  // What begins a line may be unexpected only because the line before lost its end.
  const bool after_bad = lexeme.first && at > 0 && bad_lines_.contains(lexemes_[at - 1].line);
  if (after_bad || bad_lines_.contains(lexeme.line) || bad_lines_.contains(first.line)) return;
  bad_lines_.insert(first.line);
  const Stop stop{lexemes_, source_, text_, at, started, at_top};
  if (ReportSpecial(stop)) return;
  if (InRow(at)) {
    sink_.Emit(codes::kUnexpected, SpanOf(lexeme), Words(lexeme, text_), "`|` after one value")
        .Help("put quotes around text");
    return;
  }
  // A word after a whole declaration, on its line, is no beginning of the next line's.
  const bool left_over = at_top && at == started + 1 && !first.first &&
                         (lexeme.first || lexeme.type == TocsinLexer::EOF);
  if (left_over) {
    sink_.Emit(codes::kUnexpected, SpanOf(first), Words(first, text_), "a declaration");
    return;
  }
  auto& finding = sink_.Emit(codes::kUnexpected, SpanOf(lexeme), Words(lexeme, text_), expected);
  if (lexeme.first && at > started) finding.Also(SpanOf(lexemes_[at - 1]), "after this");
  const std::string_view meant =
      first.type == TocsinLexer::ID ? NearestWord(TextOf(first), at_top) : std::string_view();
  if (!meant.empty()) {
    finding.Help(fmt::format("did you mean `{}`?", meant));
    finding.Offer(SpanOf(first), std::string(meant), Applicability::kReview);
  } else if (HelpWithHabit(finding, stop)) {
    if (at_top && lexeme.type == TocsinLexer::COLON) not_opened_.push_back(lexeme.begin);
  } else if (!at_top && first.type == TocsinLexer::ID && OpensText(lexemes_[started + 1].type)) {
    finding.Help(fmt::format("write `{}: \"...\"` for a field", TextOf(first)));
  } else if (lexeme.type == TocsinLexer::ASG) {
    finding.Help("compare with `==`, or give a field its value with `:`");
  } else if (IsWord(lexeme.type) && !lexeme.first) {
    finding.Note(
        fmt::format("`{}` is a word of the language; it is a name only after `.` and before `:`",
                    TextOf(lexeme)));
  }
}

// Whether the lexeme stands in a cell, where something else stood before.
bool Recovery::InRow(std::size_t at) const {
  if (lexemes_[at].first || lexemes_[at].type == TocsinLexer::EOF) return false;
  std::size_t start = at;
  while (start > 0 && !lexemes_[start].first) --start;
  if (lexemes_[start].type != TocsinLexer::ROW) return false;
  const std::size_t before = lexemes_[at - 1].type;
  return before == TocsinLexer::ID || before == TocsinLexer::NUM || before == TocsinLexer::QTY ||
         before == TocsinLexer::CL || before == TocsinLexer::RP || before == TocsinLexer::RK;
}

// Mistakes that have a finding of their own.
bool Recovery::ReportSpecial(const Stop& stop) {
  const std::size_t at = stop.at;
  const Lexeme& lexeme = lexemes_[at];
  if (const std::size_t brace = TouchingBrace(stop); brace != kNoBrace) {
    const std::uint32_t begin = lexemes_[brace].begin;
    // What went on well to its `}` may be a sample that lacks its value.
    const bool sure = brace == at || lexeme.depth > lexemes_[brace].depth;
    sink_.Emit(codes::kBraceTouches, SpanOf(lexemes_[brace]))
        .Offer({source_, begin, begin}, " ", sure ? Applicability::kSafe : Applicability::kReview);
    return true;
  }
  if (at == 0) return false;
  const Lexeme& before = lexemes_[at - 1];
  if (lexeme.type == TocsinLexer::LP && before.type == TocsinLexer::ID && !lexeme.first &&
      InSmallLetters(TextOf(before)).empty()) {
    sink_.Emit(codes::kCallParenApart, SpanOf(lexeme), std::string(TextOf(before)))
        .Offer({source_, before.end, lexeme.begin}, "", Applicability::kSafe);
    return true;
  }
  // A row goes on to the end of its line.
  if (lexeme.first && before.type != TocsinLexer::EOR) {
    std::size_t start = at - 1;
    while (start > 0 && !lexemes_[start].first) --start;
    if (lexemes_[start].type == TocsinLexer::ROW) {
      sink_.Emit(codes::kRowNotClosed, Span{source_, lexemes_[start].begin, before.end})
          .Offer({source_, before.end, before.end}, " |", Applicability::kSafe);
      return true;
    }
  }
  return false;
}

}  // namespace tocsin::parse
