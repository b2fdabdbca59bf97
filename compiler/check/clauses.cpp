#include "compiler/check/clauses.h"

#include <algorithm>

#include "compiler/check/actions.h"
#include "compiler/check/declared.h"
#include "compiler/check/fields.h"

namespace tocsin::check {

using syntax::ClauseKind;
using syntax::ExprKind;

void ClauseChecker::Run(const syntax::Clause& clause) {
  switch (clause.kind) {
    case ClauseKind::kWhen:
    case ClauseKind::kClear:
      return Condition(clause);
    case ClauseKind::kOn:
      return On(clause);
    case ClauseKind::kUnless:
      return Unless(clause);
    case ClauseKind::kAfter:
    case ClauseKind::kEvery:
      return Timed(clause);
    case ClauseKind::kTransition:
      return Move(clause);
    case ClauseKind::kAct:
      return Act(clause);
    case ClauseKind::kArm:
      return Arm(clause);
    default:
      return Unknown(clause);
  }
}

// The word that makes a clause what it is, as written: `when`, `on`, `->`.
std::string_view ClauseChecker::Keyword(const syntax::Clause& clause) const {
  if (clause.kind == ClauseKind::kUnless) return "unless";  // an arm's stands nowhere
  return context_.sources.Text(clause.keyword.valid() ? clause.keyword : clause.span);
}

void ClauseChecker::Unknown(const syntax::Clause& clause) {
  auto& finding = context_.sink.Emit(codes::kUnknownClause,
                                     clause.keyword.valid() ? clause.keyword : clause.span,
                                     WithArticle(schema_.name), "clause", Keyword(clause));
  // `level = loud`
  if (clause.kind == ClauseKind::kSample && schema_.Field(clause.name.text) != nullptr) {
    meant_.emplace(clause.name.text);
    finding.Help("give a field its value with `:`")
        .Offer({clause.keyword.source, clause.name.span.end, tree_[clause.values[0]].span.begin},
               ": ", diagnostics::Applicability::kSafe);
    return;
  }
  std::vector<std::string> known;
  for (const ClauseSchema& row : schema_.clauses) known.push_back(row.keyword);
  if (!known.empty()) {
    finding.Note(fmt::format("{} {}", known.size() == 1 ? "its only clause is" : "its clauses are",
                             ListOf(known)));
  }
}

const ClauseSchema* ClauseChecker::Known(const syntax::Clause& clause, std::string_view takes) {
  const ClauseSchema* row = schema_.Clause(Keyword(clause));
  if (row == nullptr || row->takes != takes) {
    Unknown(clause);
    return nullptr;
  }
  return row;
}

// A clause with nothing but where it stands.
Clause ClauseChecker::Start(const syntax::Clause& clause) const {
  Clause typed;
  typed.keyword = Keyword(clause);
  typed.span = clause.span;
  return typed;
}

void ClauseChecker::Condition(const syntax::Clause& clause) {
  if (Known(clause, "condition") == nullptr) return;
  const std::string_view keyword = Keyword(clause);
  if (decl_.FindClause(keyword) != nullptr) {
    context_.sink.Emit(codes::kGivenTwice, clause.keyword, keyword, schema_.name);
    return;
  }
  if (clause.has_do)
    context_.sink.Emit(codes::kNotTaken,
                       clause.actions.empty() ? clause.span : clause.actions[0].span,
                       fmt::format("`{}`", keyword), "`do`");
  check::Clause& typed = decl_.clauses.emplace_back();
  typed.keyword = keyword;
  typed.span = clause.span;
  typed.text = typed.condition_text = syntax::Print(tree_, clause.value);
  typed.condition = CheckCondition(context_, tree_, clause.value);
  if (typed.condition.valid() && !Runs(context_, typed.condition)) typed.condition = {};
  if (!clause.hold.valid()) return;
  typed.text += " for " + syntax::Print(tree_, clause.hold);
  typed.hold_ms = ReadDuration(context_, tree_, clause.hold).value_or(0);
}

// Inhibition: while another alert fires, or a condition holds, of which joined rows will do.
void ClauseChecker::Unless(const syntax::Clause& clause) {
  if (Known(clause, "inhibition") == nullptr) return;
  check::Clause typed;
  typed.keyword = "unless";
  typed.span = tree_[clause.value].span;
  typed.text = syntax::Print(tree_, clause.value);
  for (const syntax::Name& label : clause.labels) {
    if (!context_.Resolve(label, "label").valid()) return;
    if (!typed.matching) typed.matching.emplace();
    typed.matching->emplace_back(label.text);
  }
  if (typed.matching) std::ranges::sort(*typed.matching);
  const auto name = context_.NameAt(tree_, clause.value);
  const DeclId* named = name ? context_.Lookup(name->text) : nullptr;
  if (name && named == nullptr) return UnknownInhibitor(*name);
  if (named != nullptr && context_.KindOf(*named) == "alert") {
    if (!EnsureChecked(context_, *named, typed.span)) return;
    typed.alert = *named;
  } else {
    typed.condition = CheckCondition(context_, tree_, clause.value);
    if (!typed.condition.valid() || !Runs(context_, typed.condition)) return;
  }
  decl_.clauses.push_back(std::move(typed));
}

void ClauseChecker::UnknownInhibitor(const syntax::Name& name) {
  if (context_.Doubtful(name.text)) return;
  std::vector<std::string> known = context_.NamesOfKind("alert");
  for (std::string& signal : context_.NamesOfKind("signal")) known.push_back(std::move(signal));
  auto& finding = context_.sink.Emit(codes::kUnknownName, name.span, "alert or signal", name.text);
  Suggest(finding, name, known, "there are");
}

void ClauseChecker::Actions(const syntax::Clause& clause, std::string_view written, Clause& typed) {
  for (const syntax::Action& action : clause.actions) CheckAction(context_, tree_, action, typed);
  if (clause.actions.empty()) {
    context_.sink.Emit(codes::kPartMissing, clause.span, fmt::format("`{}`", written),
                       "`do` and an action such as `page(alice)`");
  }
}

void ClauseChecker::On(const syntax::Clause& clause) {
  const ClauseSchema* row = Known(clause, "actions");
  if (row == nullptr) return;
  const syntax::Expr& what = tree_[clause.value];
  if (what.kind != ExprKind::kName || std::ranges::find(row->of, what.name.text) == row->of.end()) {
    if (what.kind == ExprKind::kError) return;
    context_.sink.Emit(codes::kWrongType, what.span, OneOf(row->of),
                       Found(context_, tree_, clause.value));
    return;
  }
  if (const auto* other = decl_.FindClause(row->keyword);
      other != nullptr && other->of == what.name.text) {
    context_.sink.Emit(codes::kGivenTwice, clause.span,
                       fmt::format("{} {}", row->keyword, what.name.text), schema_.name);
    return;
  }
  Clause typed = Start(clause);
  typed.of = what.name.text;
  if (clause.condition.valid()) {
    context_.sink.Emit(codes::kNotTaken, tree_[clause.condition].span,
                       fmt::format("`{}` here", row->keyword),
                       clause.negated ? "`while`" : "`until`");
  }
  Actions(clause, fmt::format("on {}", typed.of), typed);
  decl_.clauses.push_back(std::move(typed));
}

// `after 15m do ...`, `every 30m until resolved do ...`, `every 30m..60m do ...`
void ClauseChecker::Timed(const syntax::Clause& clause) {
  const ClauseSchema* row = Known(clause, "timed");
  if (row == nullptr) return;
  Clause typed = Start(clause);
  Period(clause, typed);
  if (clause.condition.valid()) {
    const syntax::Expr& until = tree_[clause.condition];
    if (clause.negated || clause.kind == ClauseKind::kAfter) {
      context_.sink.Emit(codes::kNotTaken, until.span, fmt::format("`{}`", row->keyword),
                         clause.negated ? "`while`" : "`until`");
    } else if (until.kind != ExprKind::kName ||
               std::ranges::find(row->of, until.name.text) == row->of.end()) {
      if (until.kind == ExprKind::kError) return;
      context_.sink.Emit(codes::kWrongType, until.span, OneOf(row->of),
                         Found(context_, tree_, clause.condition));
    }
  }
  Actions(clause, row->keyword, typed);
  decl_.clauses.push_back(std::move(typed));
}

void ClauseChecker::Period(const syntax::Clause& clause, Clause& typed) {
  const syntax::Expr& value = tree_[clause.value];
  const bool every = clause.kind == ClauseKind::kEvery;
  const bool range = every && value.kind == ExprKind::kRange;
  const syntax::ExprId first = range ? value.operands[0] : clause.value;
  typed.at_ms = ReadDuration(context_, tree_, first).value_or(values::kMinuteMs);
  typed.most_ms =
      range ? ReadDuration(context_, tree_, value.operands[1]).value_or(typed.at_ms) : typed.at_ms;
  typed.text = syntax::Print(tree_, clause.value);
  if (every && typed.at_ms < values::kMinuteMs) {
    context_.sink.Emit(codes::kOutOfRange, value.span, typed.text, "at most once in a minute");
  } else if (typed.most_ms < typed.at_ms) {
    context_.sink.Emit(codes::kOutOfRange, value.span, typed.text,
                       "the shorter time stands first, as in `30m..60m`");
  }
}

// `waiting -> resolved on after 14d, give_up do notify(ann)`
void ClauseChecker::Move(const syntax::Clause& clause) {
  if (Known(clause, "moves") == nullptr) return;
  Clause typed = Start(clause);
  typed.from = clause.name.text;
  typed.from_span = clause.name.span;
  typed.to = clause.to.text;
  typed.to_span = clause.to.span;
  for (const syntax::ExprId id : clause.triggers) MoveTrigger(clause, id, typed);
  if (clause.condition.valid())
    context_.sink.Emit(codes::kNotBuilt, tree_[clause.condition].span, "a condition of a move");
  if (clause.has_do) Actions(clause, "do", typed);
  decl_.clauses.push_back(std::move(typed));
}

void ClauseChecker::MoveTrigger(const syntax::Clause& clause, syntax::ExprId id, Clause& typed) {
  const syntax::Expr& trigger = tree_[id];
  Trigger made{.span = trigger.span};
  switch (trigger.kind) {
    case ExprKind::kError:
      return;
    case ExprKind::kName:
      made.event = trigger.name.text;
      break;
    case ExprKind::kAfter:
      made.after_ms = ReadDuration(context_, tree_, trigger.operands[0]);
      if (!made.after_ms) return;
      if (*made.after_ms == 0) {
        context_.sink.Emit(codes::kOutOfRange, trigger.span, "0s",
                           "something stays in a state for some time");
      }
      break;
    default:
      context_.sink.Emit(
          codes::kNotBuilt, trigger.span,
          trigger.kind == ExprKind::kWhen ? "a move by a condition" : "an event with values");
      return;
  }
  const auto same = [&](const Trigger& other) {
    return other.event == made.event && other.after_ms.has_value() == made.after_ms.has_value();
  };
  if (std::ranges::any_of(typed.triggers, same)) {
    context_.sink
        .Emit(codes::kTwiceInList, trigger.span,
              diagnostics::Shown(context_.sources.Text(trigger.span), 40))
        .Also(clause.span, "in this list");
    return;
  }
  typed.triggers.push_back(std::move(made));
}

// An action by itself, one after the other in the order written.
void ClauseChecker::Act(const syntax::Clause& clause) {
  const ClauseSchema* row = schema_.Clause("act");
  if (row == nullptr || row->takes != "steps") return Unknown(clause);
  check::Clause* acts = nullptr;
  for (check::Clause& other : decl_.clauses) {
    if (other.keyword == "act") acts = &other;
  }
  if (acts == nullptr) {
    acts = &decl_.clauses.emplace_back();
    acts->keyword = "act";
    acts->span = clause.span;
  }
  for (const syntax::Action& action : clause.actions)
    CheckAction(context_, tree_, action, *acts, Acts::kSteps);
}

void ClauseChecker::Missing() {
  for (const ClauseSchema& clause : schema_.clauses) {
    const auto is_clause = [&](const syntax::ClauseId id) {
      const ClauseKind kind = tree_[id].kind;
      if (kind == ClauseKind::kAct) return clause.takes == "steps";
      if (kind == ClauseKind::kArm) return clause.takes == "arms";
      return Keyword(tree_[id]) == clause.keyword;
    };
    if (clause.least == 0 || meant_.contains(clause.keyword) ||
        std::ranges::any_of(syntax_.clauses, is_clause))
      continue;
    const std::string written =
        clause.of.empty() ? clause.keyword : clause.keyword + " " + clause.of.front();
    context_.sink.Emit(codes::kMissingClause, decl_.span, WhoIs(decl_), written)
        .Note(fmt::format("it says {}", clause.documentation));
  }
}

}  // namespace tocsin::check
