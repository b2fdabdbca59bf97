// ANTLR's parse tree to the untyped tree, one top-level thing at a time. Parts that the parser gave
// up are Error nodes or are left out; they were reported.
#pragma once

#include <string>

#include "TocsinParserBaseVisitor.h"
#include "compiler/parse/lexemes.h"
#include "compiler/parse/repair.h"
#include "compiler/parse/text_block.h"
#include "compiler/syntax/syntax.h"
#include "runtime/diagnostics/diagnostic.h"

namespace tocsin::parse {

using grammar::TocsinParser;

class Builder final : private grammar::TocsinParserBaseVisitor {
 public:
  Builder(syntax::Tree& tree, const Repaired& repaired, diagnostics::SourceId source,
          const diagnostics::SourceSet& sources, diagnostics::Sink& sink)
      : tree_(tree),
        lexemes_(repaired.tokens),
        bad_lines_(repaired.bad_lines),
        source_(source),
        sources_(sources),
        text_(sources.text(source)),
        sink_(sink) {}

  void AddItem(TocsinParser::DeclContext* context);
  void AddItem(TocsinParser::TableContext* context);

 private:
  using Any = antlrcpp::Any;
  using Rule = antlr4::ParserRuleContext;
  using Leaf = antlr4::tree::TerminalNode;

  // Declarations (build_decl.cpp).
  template <class Context>
  syntax::DeclId Named(Context* context);
  template <class Context>
  syntax::DeclId Anonymous(Context* context);
  void Fill(syntax::Decl& decl, TocsinParser::BlockContext* block);
  void CheckNested(const syntax::Decl& decl, const antlr4::Token* start);
  Any visitNamed(TocsinParser::NamedContext* context) override;
  Any visitTitled(TocsinParser::TitledContext* context) override;
  Any visitNestedNamed(TocsinParser::NestedNamedContext* context) override;
  Any visitNestedAnonymous(TocsinParser::NestedAnonymousContext* context) override;

  // Tables (build_table.cpp).
  syntax::TableId Table(TocsinParser::TableContext* context);
  void Header(syntax::Table& table, TocsinParser::RowContext* context);
  void Row(syntax::Table& table, TocsinParser::RowContext* context);
  syntax::DeclId RowDecl(const syntax::Table& table, const syntax::Table::Row& row);

  // Clauses (build_clause.cpp).
  syntax::ClauseId Clause(TocsinParser::ClauseContext* context);
  syntax::ClauseId Put(syntax::Clause clause);
  syntax::Clause Start(syntax::ClauseKind kind, Rule* context, diagnostics::Span keyword) const;
  std::vector<syntax::Action> Effect(TocsinParser::EffectContext* context);
  syntax::Action Action(TocsinParser::ActionContext* context);
  void CheckActionPlace(TocsinParser::ActionContext* context);
  Any visitField(TocsinParser::FieldContext* context) override;
  Any visitTransition(TocsinParser::TransitionContext* context) override;
  Any visitArm(TocsinParser::ArmContext* context) override;
  Any visitLastArm(TocsinParser::LastArmContext* context) override;
  Any visitSample(TocsinParser::SampleContext* context) override;
  Any visitWhen(TocsinParser::WhenContext* context) override;
  Any visitClear(TocsinParser::ClearContext* context) override;
  Any visitUnless(TocsinParser::UnlessContext* context) override;
  Any visitTimed(TocsinParser::TimedContext* context) override;
  Any visitExpect(TocsinParser::ExpectContext* context) override;
  Any visitAct(TocsinParser::ActContext* context) override;
  Any visitChild(TocsinParser::ChildContext* context) override;
  Any visitChildTable(TocsinParser::ChildTableContext* context) override;
  Any visitTrigger(TocsinParser::TriggerContext* context) override;
  Any visitEvent(TocsinParser::EventContext* context) override;

  // Expressions (build_expr.cpp).
  syntax::ExprId Expr(Rule* context);
  syntax::ExprId Put(syntax::Expr expr);
  syntax::ExprId Literal(syntax::ExprKind kind, Rule* context);
  syntax::ExprId NameExpr(Leaf* leaf);
  syntax::ExprId Nary(syntax::ExprKind kind, Rule* context,
                      const std::vector<TocsinParser::ExprContext*>& operands,
                      syntax::Operator op = syntax::Operator::kNone);
  syntax::ExprId With(syntax::ExprKind kind, Rule* context, syntax::ExprId operand,
                      TocsinParser::ArgsContext* args);
  syntax::ExprId Moment(Rule* context, TocsinParser::ExprContext* day, Leaf* time,
                        syntax::ExprKind kind);
  syntax::ExprId MemberOf(syntax::ExprId operand, Leaf* name);
  std::vector<syntax::Name> Labels(TocsinParser::LabelsContext* context) const;
  syntax::Operator OperatorBetween(TocsinParser::ExprContext* left) const;
  Any visitPrimary(TocsinParser::PrimaryContext* context) override;
  Any visitMember(TocsinParser::MemberContext* context) override;
  Any visitCall(TocsinParser::CallContext* context) override;
  Any visitSelect(TocsinParser::SelectContext* context) override;
  Any visitOver(TocsinParser::OverContext* context) override;
  Any visitBy(TocsinParser::ByContext* context) override;
  Any visitMatching(TocsinParser::MatchingContext* context) override;
  Any visitNegate(TocsinParser::NegateContext* context) override;
  Any visitMultiply(TocsinParser::MultiplyContext* context) override;
  Any visitRange(TocsinParser::RangeContext* context) override;
  Any visitMomentSpan(TocsinParser::MomentSpanContext* context) override;
  Any visitMomentTime(TocsinParser::MomentTimeContext* context) override;
  Any visitAdd(TocsinParser::AddContext* context) override;
  Any visitCompare(TocsinParser::CompareContext* context) override;
  Any visitIn(TocsinParser::InContext* context) override;
  Any visitArrow(TocsinParser::ArrowContext* context) override;
  Any visitNot(TocsinParser::NotContext* context) override;
  Any visitAnd(TocsinParser::AndContext* context) override;
  Any visitOr(TocsinParser::OrContext* context) override;
  Any visitWhere(TocsinParser::WhereContext* context) override;
  Any visitIf(TocsinParser::IfContext* context) override;
  Any visitNumber(TocsinParser::NumberContext* context) override;
  Any visitQuantity(TocsinParser::QuantityContext* context) override;
  Any visitTimeSpan(TocsinParser::TimeSpanContext* context) override;
  Any visitTimeOfDay(TocsinParser::TimeOfDayContext* context) override;
  Any visitDate(TocsinParser::DateContext* context) override;
  Any visitBoolean(TocsinParser::BooleanContext* context) override;
  Any visitName(TocsinParser::NameContext* context) override;
  Any visitReported(TocsinParser::ReportedContext* context) override;
  Any visitWords(TocsinParser::WordsContext* context) override;
  Any visitGroup(TocsinParser::GroupContext* context) override;
  Any visitList(TocsinParser::ListContext* context) override;

  // Text (build_text.cpp).
  Any visitText(TocsinParser::TextContext* context) override;
  std::string Unescaped(const Lexeme& escape);
  TextPiece Piece(TocsinParser::PartContext* part);
  void Control(TocsinParser::ControlContext* context, TextPiece& piece);

  const Lexeme& LexemeOf(const antlr4::Token* token) const {
    return lexemes_[token->getTokenIndex()];
  }
  diagnostics::Span SpanOf(const Lexeme& lexeme) const {
    return {source_, lexeme.begin, lexeme.end};
  }
  diagnostics::Span SpanOf(Leaf* leaf) const { return SpanOf(LexemeOf(leaf->getSymbol())); }
  diagnostics::Span SpanOf(const Rule* context) const;
  syntax::Name NameOf(Leaf* leaf) const;
  // `shared.ann`, from its first part to its last.
  syntax::Name NameOf(Leaf* first, Leaf* last) const;

  syntax::Tree& tree_;
  const std::vector<Lexeme>& lexemes_;
  const std::set<std::uint32_t>& bad_lines_;
  diagnostics::SourceId source_;
  const diagnostics::SourceSet& sources_;
  std::string_view text_;
  diagnostics::Sink& sink_;
};

}  // namespace tocsin::parse
