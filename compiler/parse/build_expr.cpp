#include "compiler/parse/builder.h"

namespace tocsin::parse {

using antlrcpp::Any;
using syntax::ExprId;
using syntax::ExprKind;
using syntax::Operator;

ExprId Builder::Expr(Rule* context) { return visit(context).as<ExprId>(); }

ExprId Builder::Put(syntax::Expr expr) {
  tree_.exprs.push_back(std::move(expr));
  return ExprId(tree_.exprs.size() - 1);
}

ExprId Builder::Literal(ExprKind kind, Rule* context) {
  syntax::Expr expr;
  expr.kind = kind;
  expr.span = SpanOf(context);
  expr.name = {text_.substr(expr.span.begin, expr.span.end - expr.span.begin), expr.span};
  return Put(std::move(expr));
}

ExprId Builder::NameExpr(Leaf* leaf) {
  syntax::Expr expr;
  expr.kind = ExprKind::kName;
  expr.name = NameOf(leaf);
  expr.span = expr.name.span;
  return Put(std::move(expr));
}

ExprId Builder::Nary(ExprKind kind, Rule* context,
                     const std::vector<TocsinParser::ExprContext*>& operands, Operator op) {
  syntax::Expr expr;
  expr.kind = kind;
  expr.op = op;
  expr.span = SpanOf(context);
  for (TocsinParser::ExprContext* operand : operands) expr.operands.push_back(Expr(operand));
  return Put(std::move(expr));
}

ExprId Builder::With(ExprKind kind, Rule* context, ExprId operand,
                     TocsinParser::ArgsContext* args) {
  syntax::Expr expr;
  expr.kind = kind;
  expr.span = SpanOf(context);
  expr.operands = {operand};
  if (args) {
    for (TocsinParser::ArgContext* arg : args->arg()) {
      expr.arguments.push_back({arg->ID() ? NameOf(arg->ID()) : syntax::Name(), Expr(arg->expr())});
    }
  }
  return Put(std::move(expr));
}

ExprId Builder::Moment(Rule* context, TocsinParser::ExprContext* day, Leaf* time, ExprKind kind) {
  const ExprId left = Expr(day);
  syntax::Expr right;
  right.kind = kind;
  right.name = NameOf(time);
  right.span = right.name.span;
  syntax::Expr moment;
  moment.kind = ExprKind::kMoment;
  moment.span = SpanOf(context);
  const ExprId right_id = Put(std::move(right));
  moment.operands = {left, right_id};
  return Put(std::move(moment));
}

ExprId Builder::MemberOf(ExprId operand, Leaf* name) {
  syntax::Expr expr;
  expr.kind = ExprKind::kMember;
  expr.name = NameOf(name);
  expr.span = diagnostics::Join(tree_[operand].span, expr.name.span);
  expr.operands = {operand};
  return Put(std::move(expr));
}

std::vector<syntax::Name> Builder::Labels(TocsinParser::LabelsContext* context) const {
  std::vector<syntax::Name> labels;
  for (Leaf* leaf : context->ID()) labels.push_back(NameOf(leaf));
  return labels;
}

// The operator is the lexeme right after the left operand.
Operator Builder::OperatorBetween(TocsinParser::ExprContext* left) const {
  switch (lexemes_[left->stop->getTokenIndex() + 1].type) {
    case TocsinLexer::STAR:
      return Operator::kMultiply;
    case TocsinLexer::SLASH:
      return Operator::kDivide;
    case TocsinLexer::OF:
      return Operator::kOf;
    case TocsinLexer::PER:
      return Operator::kPer;
    case TocsinLexer::PLUS:
      return Operator::kAdd;
    case TocsinLexer::MINUS:
      return Operator::kSubtract;
    case TocsinLexer::LT:
      return Operator::kLess;
    case TocsinLexer::GT:
      return Operator::kGreater;
    case TocsinLexer::LE:
      return Operator::kLessEqual;
    case TocsinLexer::GE:
      return Operator::kGreaterEqual;
    case TocsinLexer::EQ:
      return Operator::kEqual;
    case TocsinLexer::NE:
      return Operator::kNotEqual;
    case TocsinLexer::AND:
      return Operator::kAnd;
    default:
      return Operator::kOr;
  }
}

Any Builder::visitPrimary(TocsinParser::PrimaryContext* c) { return visit(c->prim()); }
Any Builder::visitMember(TocsinParser::MemberContext* c) {
  return MemberOf(Expr(c->expr()), c->ID());
}
Any Builder::visitCall(TocsinParser::CallContext* c) {
  return With(ExprKind::kCall, c, Expr(c->expr()), c->args());
}
Any Builder::visitSelect(TocsinParser::SelectContext* c) {
  return With(ExprKind::kSelect, c, Expr(c->expr()), c->args());
}
Any Builder::visitOver(TocsinParser::OverContext* c) { return Nary(ExprKind::kOver, c, c->expr()); }
Any Builder::visitBy(TocsinParser::ByContext* c) {
  const ExprId by = Nary(ExprKind::kBy, c, {c->expr()});
  tree_.exprs[by.index].labels = Labels(c->labels());
  return by;
}
Any Builder::visitMatching(TocsinParser::MatchingContext* c) {
  const ExprId matching = Nary(ExprKind::kMatching, c, {c->expr()});
  tree_.exprs[matching.index].labels = Labels(c->labels());
  return matching;
}
Any Builder::visitNegate(TocsinParser::NegateContext* c) {
  return Nary(ExprKind::kUnary, c, {c->expr()}, Operator::kNegate);
}
Any Builder::visitMultiply(TocsinParser::MultiplyContext* c) {
  return Nary(ExprKind::kBinary, c, c->expr(), OperatorBetween(c->expr(0)));
}
Any Builder::visitRange(TocsinParser::RangeContext* c) {
  return Nary(ExprKind::kRange, c, c->expr());
}
Any Builder::visitMomentSpan(TocsinParser::MomentSpanContext* c) {
  return Moment(c, c->expr(), c->SPAN(), ExprKind::kTimeSpan);
}
Any Builder::visitMomentTime(TocsinParser::MomentTimeContext* c) {
  return Moment(c, c->expr(), c->TIME(), ExprKind::kTimeOfDay);
}
Any Builder::visitAdd(TocsinParser::AddContext* c) {
  return Nary(ExprKind::kBinary, c, c->expr(), OperatorBetween(c->expr(0)));
}
Any Builder::visitCompare(TocsinParser::CompareContext* c) {
  return Nary(ExprKind::kBinary, c, c->expr(), OperatorBetween(c->expr(0)));
}
Any Builder::visitIn(TocsinParser::InContext* c) {
  return Nary(c->NOT() ? ExprKind::kNotIn : ExprKind::kIn, c, c->expr());
}
Any Builder::visitArrow(TocsinParser::ArrowContext* c) {
  return Nary(ExprKind::kArrow, c, c->expr());
}
Any Builder::visitNot(TocsinParser::NotContext* c) {
  return Nary(ExprKind::kUnary, c, {c->expr()}, Operator::kNot);
}
Any Builder::visitAnd(TocsinParser::AndContext* c) {
  return Nary(ExprKind::kBinary, c, c->expr(), Operator::kAnd);
}
Any Builder::visitOr(TocsinParser::OrContext* c) {
  return Nary(ExprKind::kBinary, c, c->expr(), Operator::kOr);
}
Any Builder::visitWhere(TocsinParser::WhereContext* c) {
  return Nary(ExprKind::kWhere, c, c->expr());
}
Any Builder::visitIf(TocsinParser::IfContext* c) { return Nary(ExprKind::kIf, c, c->expr()); }

Any Builder::visitNumber(TocsinParser::NumberContext* c) { return Literal(ExprKind::kNumber, c); }
Any Builder::visitQuantity(TocsinParser::QuantityContext* c) {
  return Literal(ExprKind::kQuantity, c);
}
Any Builder::visitTimeSpan(TocsinParser::TimeSpanContext* c) {
  return Literal(ExprKind::kTimeSpan, c);
}
Any Builder::visitTimeOfDay(TocsinParser::TimeOfDayContext* c) {
  return Literal(ExprKind::kTimeOfDay, c);
}
Any Builder::visitDate(TocsinParser::DateContext* c) { return Literal(ExprKind::kDate, c); }
Any Builder::visitBoolean(TocsinParser::BooleanContext* c) {
  return Literal(ExprKind::kBoolean, c);
}
Any Builder::visitName(TocsinParser::NameContext* c) { return NameExpr(c->ID()); }
Any Builder::visitReported(TocsinParser::ReportedContext* c) {
  return Literal(ExprKind::kError, c);
}
Any Builder::visitWords(TocsinParser::WordsContext* c) { return visit(c->text()); }
Any Builder::visitGroup(TocsinParser::GroupContext* c) {
  return Nary(c->expr().size() == 1 ? ExprKind::kGroup : ExprKind::kTuple, c, c->expr());
}
Any Builder::visitList(TocsinParser::ListContext* c) { return Nary(ExprKind::kList, c, c->expr()); }

}  // namespace tocsin::parse
