// What the generated parser does about a mistake: one finding in an author's words, then on with
// the next clause, row or declaration. Rules inside these are abandoned as a whole: the mistake
// travels outward as an exception that ANTLR's generated code passes on, and never leaves this
// room.
#pragma once

#include <algorithm>
#include <set>

#include "TocsinParser.h"
#include "compiler/parse/habits.h"
#include "compiler/parse/lexemes.h"
#include "compiler/parse/repair.h"
#include "runtime/diagnostics/diagnostic.h"

namespace tocsin::parse {

class Recovery final : public antlr4::ANTLRErrorStrategy {
 public:
  Recovery(Repaired& repaired, diagnostics::SourceId source, const diagnostics::SourceSet& sources,
           diagnostics::Sink& sink)
      : lexemes_(repaired.tokens),
        bad_lines_(repaired.bad_lines),
        source_(source),
        text_(sources.text(source)),
        sink_(sink) {}

  // Something was reported, here or by Repair on the line of a mistake.
  bool failed() const { return failed_; }

  // At top level, where something that begins no declaration stands at lexeme `at`; `last` is where
  // the item before it began. Returns the lexeme to go on with.
  std::size_t SkipToDeclaration(std::size_t at, std::size_t last);
  void ReportTooLong(std::size_t at);
  // A block that was never opened has a `}` all the same, which is no mistake of its own.
  void TakeOutItsCloser();
  std::size_t NextDeclarationAfter(std::size_t at) const {
    return NextDeclaration(std::min(at + 1, lexemes_.size() - 1));
  }

  void reset(antlr4::Parser*) override { recovering_ = false; }
  antlr4::Token* recoverInline(antlr4::Parser* parser) override;
  void recover(antlr4::Parser* parser, std::exception_ptr error) override;
  void sync(antlr4::Parser* parser) override;
  bool inErrorRecoveryMode(antlr4::Parser*) override { return recovering_; }
  void reportMatch(antlr4::Parser*) override {}
  void reportError(antlr4::Parser* parser, const antlr4::RecognitionException& error) override;

 private:
  static constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

  void Report(std::size_t at, std::size_t started, const std::string& expected, bool at_top);
  bool ReportSpecial(const Stop& stop);
  bool InRow(std::size_t at) const;
  std::string ExpectedAt(antlr4::Parser* parser, const antlr4::RecognitionException& error,
                         std::size_t at);
  std::size_t NextClause(std::size_t from, std::size_t started) const;
  std::size_t Within(std::size_t at) const;
  std::size_t NextRow(std::size_t from, std::size_t started) const;
  std::size_t NextDeclaration(std::size_t from) const;
  void SkipTo(antlr4::Parser* parser, std::size_t at);
  diagnostics::Span SpanOf(const Lexeme& lexeme) const {
    return {source_, lexeme.begin, lexeme.end};
  }
  std::string_view TextOf(const Lexeme& lexeme) const {
    return text_.substr(lexeme.begin, lexeme.end - lexeme.begin);
  }

  const std::vector<Lexeme>& lexemes_;
  std::set<std::uint32_t>& bad_lines_;
  diagnostics::SourceId source_;
  std::string_view text_;
  diagnostics::Sink& sink_;
  bool recovering_ = false;
  bool failed_ = false;
  std::vector<std::uint32_t> not_opened_;  // where the fields of blocks without a `{` begin
  std::size_t mistake_ = 0;                // the lexeme of the finding that is being recovered from
};

}  // namespace tocsin::parse
