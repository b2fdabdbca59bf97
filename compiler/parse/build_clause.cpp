#include "compiler/parse/builder.h"
#include "runtime/diagnostics/codes.h"

namespace tocsin::parse {

namespace codes = diagnostics::codes;
using antlrcpp::Any;
using diagnostics::Span;
using syntax::Clause;
using syntax::ClauseId;
using syntax::ClauseKind;
using syntax::ExprId;

ClauseId Builder::Clause(TocsinParser::ClauseContext* context) {
  if (context->exception == nullptr) return visit(context).as<ClauseId>();
  return Put(Start(ClauseKind::kError, context, SpanOf(LexemeOf(context->start))));
}

ClauseId Builder::Put(syntax::Clause clause) {
  tree_.clauses.push_back(std::move(clause));
  return ClauseId(tree_.clauses.size() - 1);
}

syntax::Clause Builder::Start(ClauseKind kind, Rule* context, Span keyword) const {
  syntax::Clause clause;
  clause.kind = kind;
  clause.span = SpanOf(context);
  clause.keyword = keyword;
  return clause;
}

std::vector<syntax::Action> Builder::Effect(TocsinParser::EffectContext* context) {
  std::vector<syntax::Action> actions;
  for (TocsinParser::ActionContext* action : context->action()) {
    if (context->LB()) CheckActionPlace(action);
    actions.push_back(Action(action));
  }
  return actions;
}

syntax::Action Builder::Action(TocsinParser::ActionContext* context) {
  syntax::Action action;
  action.span = SpanOf(context);
  syntax::Expr call;
  call.kind = syntax::ExprKind::kCall;
  call.span = diagnostics::Join(SpanOf(context->ID()), SpanOf(context->RP()));
  const ExprId name = NameExpr(context->ID());
  call.operands = {name};
  if (context->args()) {
    for (TocsinParser::ArgContext* arg : context->args()->arg()) {
      call.arguments.push_back({arg->ID() ? NameOf(arg->ID()) : syntax::Name(), Expr(arg->expr())});
    }
  }
  action.call = Put(std::move(call));
  if (context->RETRY()) {
    action.retry_count = Expr(context->expr(0));
    action.retry_every = Expr(context->expr(1));
  }
  if (context->ELSE()) action.otherwise = Effect(context->effect());
  return action;
}

// An action on the line of another clause would read as part of it.
void Builder::CheckActionPlace(TocsinParser::ActionContext* context) {
  const std::size_t at = context->start->getTokenIndex();
  const Lexeme& lexeme = lexemes_[at];
  const std::size_t before = lexemes_[at - 1].type;
  if (lexeme.first || before == TocsinLexer::LB || before == TocsinLexer::SEMI) return;
  const Span span = SpanOf(lexeme);
  const Span gap{source_, lexemes_[at - 1].end, lexemes_[at - 1].end};
  sink_.Emit(codes::kActionNeedsLine, span, NameOf(context->ID()).text)
      .Offer(gap, ";", diagnostics::Applicability::kReview);
}

Any Builder::visitField(TocsinParser::FieldContext* context) {
  syntax::Clause clause = Start(ClauseKind::kField, context, SpanOf(context->ID()));
  clause.name = NameOf(context->ID());
  clause.value = Expr(context->expr());
  return Put(std::move(clause));
}

Any Builder::visitTransition(TocsinParser::TransitionContext* context) {
  syntax::Clause clause = Start(ClauseKind::kTransition, context, SpanOf(context->ARROW()));
  clause.name = NameOf(context->ID(0));
  clause.to = NameOf(context->ID(1));
  for (TocsinParser::TriggerContext* trigger : context->trigger())
    clause.triggers.push_back(Expr(trigger));
  if (context->expr()) clause.condition = Expr(context->expr());
  clause.has_do = context->DO() != nullptr;
  if (clause.has_do) clause.actions = Effect(context->effect());
  return Put(std::move(clause));
}

Any Builder::visitArm(TocsinParser::ArmContext* context) {
  syntax::Clause clause = Start(ClauseKind::kArm, context, SpanOf(context->WHEN()));
  clause.name = NameOf(context->ID());
  clause.value = Expr(context->expr());
  return Put(std::move(clause));
}

Any Builder::visitLastArm(TocsinParser::LastArmContext* context) {
  syntax::Clause clause = Start(ClauseKind::kArm, context, SpanOf(context->OTHERWISE()));
  clause.name = NameOf(context->ID());
  return Put(std::move(clause));
}

Any Builder::visitSample(TocsinParser::SampleContext* context) {
  syntax::Clause clause = Start(ClauseKind::kSample, context, SpanOf(context->ASG()));
  const auto names = context->ID();
  clause.name = NameOf(names.front(), names.back());
  clause.value = NameExpr(names.front());
  for (std::size_t i = 1; i < names.size(); ++i) clause.value = MemberOf(clause.value, names[i]);
  if (context->SEL()) {
    const ExprId selected = With(syntax::ExprKind::kSelect, context, clause.value, context->args());
    tree_.exprs[selected.index].span = diagnostics::Join(clause.name.span, SpanOf(context->RB()));
    clause.value = selected;
  }
  for (TocsinParser::ExprContext* value : context->expr()) clause.values.push_back(Expr(value));
  return Put(std::move(clause));
}

Any Builder::visitWhen(TocsinParser::WhenContext* context) {
  syntax::Clause clause = Start(ClauseKind::kWhen, context, SpanOf(context->WHEN()));
  clause.value = Expr(context->expr(0));
  if (context->FOR()) clause.hold = Expr(context->expr(1));
  clause.has_do = context->DO() != nullptr;
  if (clause.has_do) clause.actions = Effect(context->effect());
  return Put(std::move(clause));
}

Any Builder::visitClear(TocsinParser::ClearContext* context) {
  syntax::Clause clause = Start(ClauseKind::kClear, context, SpanOf(context->CLEAR()));
  clause.value = Expr(context->expr(0));
  if (context->FOR()) clause.hold = Expr(context->expr(1));
  return Put(std::move(clause));
}

Any Builder::visitUnless(TocsinParser::UnlessContext* context) {
  syntax::Clause clause = Start(ClauseKind::kUnless, context, SpanOf(context->UNLESS()));
  clause.value = Expr(context->expr());
  if (const syntax::Expr& value = tree_[clause.value]; value.kind == syntax::ExprKind::kMatching) {
    clause.labels = value.labels;
    clause.value = value.operands[0];
  }
  return Put(std::move(clause));
}

Any Builder::visitTimed(TocsinParser::TimedContext* context) {
  const auto kind = [&] {
    switch (context->timing()->start->getType()) {
      case TocsinLexer::ON:
        return ClauseKind::kOn;
      case TocsinLexer::AT:
        return ClauseKind::kAt;
      case TocsinLexer::AFTER:
        return ClauseKind::kAfter;
      case TocsinLexer::EVERY:
        return ClauseKind::kEvery;
      case TocsinLexer::WITHIN:
        return ClauseKind::kWithin;
      default:
        return ClauseKind::kBefore;
    }
  }();
  syntax::Clause clause = Start(kind, context, SpanOf(context->timing()));
  clause.value = Expr(context->expr(0));
  if (context->EXPECT()) {
    clause.negated = context->NO() != nullptr;
    clause.expected = Expr(context->expr(1));
    return Put(std::move(clause));
  }
  clause.negated = context->WHILE() != nullptr;
  if (context->expr().size() > 1) clause.condition = Expr(context->expr(1));
  clause.has_do = true;
  clause.actions = Effect(context->effect());
  return Put(std::move(clause));
}

Any Builder::visitExpect(TocsinParser::ExpectContext* context) {
  syntax::Clause clause = Start(ClauseKind::kExpect, context, SpanOf(context->EXPECT()));
  clause.negated = context->NO() != nullptr;
  clause.value = Expr(context->expr());
  return Put(std::move(clause));
}

Any Builder::visitAct(TocsinParser::ActContext* context) {
  CheckActionPlace(context->action());
  syntax::Clause clause = Start(ClauseKind::kAct, context, SpanOf(context->action()->ID()));
  clause.actions.push_back(Action(context->action()));
  return Put(std::move(clause));
}

Any Builder::visitChild(TocsinParser::ChildContext* context) {
  syntax::Clause clause = Start(ClauseKind::kChild, context, SpanOf(LexemeOf(context->start)));
  clause.decl = visit(context->nested()).as<syntax::DeclId>();
  return Put(std::move(clause));
}

Any Builder::visitChildTable(TocsinParser::ChildTableContext* context) {
  syntax::Clause clause = Start(ClauseKind::kTable, context, SpanOf(context->table()->TABLE()));
  clause.table = Table(context->table());
  return Put(std::move(clause));
}

Any Builder::visitTrigger(TocsinParser::TriggerContext* context) {
  if (context->event()) return visit(context->event());
  const auto kind = context->AFTER() ? syntax::ExprKind::kAfter : syntax::ExprKind::kWhen;
  return Nary(kind, context, {context->expr()});
}

Any Builder::visitEvent(TocsinParser::EventContext* context) {
  const auto words = context->ID();
  ExprId event = NameExpr(words[0]);
  for (std::size_t i = 1; i < words.size(); ++i) event = MemberOf(event, words[i]);
  if (context->CALL()) event = With(syntax::ExprKind::kCall, context, event, context->args());
  return event;
}

}  // namespace tocsin::parse
