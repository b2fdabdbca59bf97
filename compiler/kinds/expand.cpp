#include <algorithm>

#include "compiler/kinds/hours.h"
#include "compiler/kinds/kind.h"
#include "compiler/kinds/told.h"
#include "runtime/base/check.h"

namespace tocsin::kinds {
namespace {

const KindRow* Row(std::string_view kind) {
  const auto rows = Rows();
  const auto found = std::ranges::find(rows, kind, &KindRow::name);
  return found == rows.end() ? nullptr : *found;
}

}  // namespace

void CheckKinds(const check::Policy& policy, const diagnostics::SourceSet& sources,
                diagnostics::Sink& sink) {
  CheckContext context{policy, sources, sink};
  for (const check::Decl& decl : policy.decls) {
    const KindRow* row = decl.schema->builtin ? Row(decl.schema->name) : nullptr;
    if (row != nullptr && row->check != nullptr) row->check(context, decl);
  }
}

core::Policy Expand(const check::Policy& policy, const diagnostics::SourceSet& sources,
                    std::string_view root) {
  core::Policy core;
  ExpandContext context{policy, sources, core, root};
  for (const check::Decl& decl : policy.decls) {
    const KindRow* row = decl.schema->builtin ? Row(decl.schema->name) : nullptr;
    if (row != nullptr && row->expand != nullptr) row->expand(context, decl);
  }
  AddTold(core);
  return core;
}

ir::Place ExpandContext::Place(diagnostics::Span span) const {
  if (!span.valid()) return {};
  std::string_view path = sources.path(span.source);
  if (path.starts_with(root)) path.remove_prefix(root.size());
  return {std::string(path), sources.PositionOf(span.source, span.begin).line};
}

void CheckVia(CheckContext& context, const check::Decl& decl) {
  const check::Value& via = decl["via"];
  if (via.absent() || !decl["inform"].absent()) return;
  for (const check::Field& field : decl.fields) {
    if (field.name == "inform" && field.written) return;  // reported
  }
  context.sink
      .Emit(codes::kMissingField, via.span,
            fmt::format("the {} `{}`", decl.schema->name, decl.name), "inform")
      .Note("`via` is the channel by which those are told whom `inform` names");
}

const check::Decl* Referred(const check::Policy& policy, const check::Value& value) {
  const auto* reference = check::Get<check::Reference>(value);
  return reference == nullptr ? nullptr : &policy[reference->decl];
}

values::Duration DurationOf(const check::Value& value) {
  const auto* duration = check::Get<check::DurationValue>(value);
  return duration == nullptr ? 0 : duration->ms;
}

void ExpandReachable(ExpandContext& context, const check::Decl& decl) {
  core::Person person{decl.name, decl.title, {}, ZoneOf(context, decl["timezone"])};
  for (const check::Value& channel : *check::Get<check::ValueList>(decl["contact"])) {
    person.contact.push_back(Referred(context.policy, channel)->name);
  }
  context.core.people.push_back(std::move(person));
}

const check::Decl* Opens(const check::Policy& policy, const check::Decl& alert) {
  if (const check::Decl* own = Referred(policy, alert["opens"])) return own;
  const check::Decl* level = Referred(policy, alert["level"]);
  return level == nullptr ? nullptr : Referred(policy, (*level)["opens"]);
}

std::string NameOf(const check::Policy& policy, check::DeclId id) {
  return id.valid() ? policy[id].name : std::string();
}

std::vector<core::Recipient> RecipientsOf(const check::Policy& policy,
                                          const check::Recipients& recipients) {
  std::vector<core::Recipient> result;
  for (const check::Recipient& recipient : recipients.all) {
    result.push_back({NameOf(policy, recipient.person), NameOf(policy, recipient.tier)});
  }
  return result;
}

std::string RecipientsText(const std::vector<core::Recipient>& recipients) {
  std::string text;
  for (const core::Recipient& recipient : recipients) {
    if (!text.empty()) text += ", ";
    text += recipient.tier.empty() ? recipient.person : "on_call(" + recipient.tier + ")";
  }
  return text;
}

ir::Text AboutHeadline(std::string before, std::string after) {
  ir::Text text;
  if (!before.empty())
    text.parts.push_back({ir::TextPartKind::kText, std::move(before), values::Unit::kNumber});
  text.parts.push_back({ir::TextPartKind::kTitle, {}, values::Unit::kNumber});
  if (!after.empty())
    text.parts.push_back({ir::TextPartKind::kText, std::move(after), values::Unit::kNumber});
  return text;
}

namespace {

// The rows that a selection names itself, whatever its operand selects; invalid where it is none.
core::TermId Selected(core::Policy& core, const check::SeriesNode& node) {
  core::TermId rows;
  for (const check::Selection& selection : node.selections) {
    core::TermId any;
    for (const std::string& value : selection.values) {
      const core::TermId is = core.Add({.kind = core::TermKind::kLabelIs,
                                        .truth = true,
                                        .name = selection.label,
                                        .value = value});
      any = any.valid() ? core.Operator(ir::SeriesOp::kOr, true, {any, is}) : is;
    }
    if (selection.except) any = core.Operator(ir::SeriesOp::kNot, true, {any});
    rows = rows.valid() ? core.Operator(ir::SeriesOp::kAnd, true, {rows, any}) : any;
  }
  return rows;
}

// Whether a condition asks for nothing but the labels of rows.
bool OfLabels(const check::Policy& policy, check::SeriesId id) {
  const check::SeriesNode& node = policy[id];
  if (node.kind == check::SeriesKind::kLabelIs) return true;
  const bool logic = node.kind == check::SeriesKind::kOperator &&
                     (node.op == ir::SeriesOp::kAnd || node.op == ir::SeriesOp::kOr ||
                      node.op == ir::SeriesOp::kNot);
  return logic && std::ranges::all_of(node.operands, [&](check::SeriesId operand) {
           return OfLabels(policy, operand);
         });
}

bool IsWindow(const check::Policy& policy, const check::SeriesNode& node) {
  return node.kind == check::SeriesKind::kCall && node.function->aggregate != nullptr &&
         policy[node.operands[0]].kind == check::SeriesKind::kWindow;
}

core::TermId Where(core::Policy& core, core::TermId term, core::TermId rows) {
  const bool truth = core[term].truth;
  return core.Operator(truth ? ir::SeriesOp::kOnlyWhere : ir::SeriesOp::kNumberWhere, truth,
                       {term, rows});
}

// An operand for the rows of what it stands in, which may have more labels.
core::TermId Joined(ExpandContext& context, const check::SeriesNode& node, check::SeriesId id) {
  const bool joins = context.policy[id].joins && !node.joins;
  return joins ? TermsFor(context, id, node.labels) : Terms(context, id);
}

// A window takes the samples of a measured signal as they come, whichever of its rows are wanted;
// of anything else it takes the value at each tick.
core::TermId WindowTerm(ExpandContext& context, const check::SeriesNode& node) {
  const check::Policy& policy = context.policy;
  core::Policy& core = context.core;
  const check::SeriesNode& window = policy[node.operands[0]];
  core::Term term{.kind = core::TermKind::kWindow,
                  .truth = node.truth(),
                  .name = std::string(node.function->name),
                  .duration_ms = static_cast<values::Duration>(window.number),
                  .parameters = node.parameters};
  check::SeriesId of = window.operands[0];
  while (policy[of].kind == check::SeriesKind::kSelect ||
         (policy[of].kind == check::SeriesKind::kWhere && OfLabels(policy, policy[of].operands[1])))
    of = policy[of].operands[0];
  const bool samples =
      policy[of].kind == check::SeriesKind::kSignal && !context[policy[of].decl].derived;
  if (samples) {
    term.value = context[policy[of].decl].name;
  } else {
    term.operands = {Terms(context, window.operands[0])};
  }
  core::TermId result = core.Add(std::move(term));
  // Durations are milliseconds, and what grows is so much a second.
  if (node.function->result == values::FunctionUnit::kPerSecond &&
      window.type.unit == values::Unit::kDuration) {
    const core::TermId scale = core.Add({.number = 0.001});
    result = core.Operator(ir::SeriesOp::kMultiply, false, {result, scale});
  }
  const core::TermId rows = samples ? Scope(context, window.operands[0]) : core::TermId();
  return rows.valid() ? Where(core, result, rows) : result;
}

// One of two, by a condition; absent where that is.
core::TermId ChoiceTerm(core::Policy& core, bool truth, const std::vector<core::TermId>& operands) {
  const core::TermId otherwise = core.Operator(ir::SeriesOp::kNot, true, {operands[0]});
  const core::TermId first = Where(core, operands[1], operands[0]);
  const core::TermId second = Where(core, operands[2], otherwise);
  return core.Operator(truth ? ir::SeriesOp::kTruthElse : ir::SeriesOp::kNumberElse, truth,
                       {first, second});
}

// 1 where a value is and the condition holds, 0 where it is known not to, absent where neither is
// known: to be added up.
core::TermId Counted(ExpandContext& context, const check::SeriesNode& where) {
  core::Policy& core = context.core;
  const core::TermId value = Joined(context, where, where.operands[0]);
  const core::TermId holds = Joined(context, where, where.operands[1]);
  const core::TermId there =
      where.truth() ? core.Operator(ir::SeriesOp::kNot, true,
                                    {core.Operator(ir::SeriesOp::kIsAbsent, true, {value})})
                    : core.Operator(ir::SeriesOp::kEqual, true, {value, value});
  const core::TermId one = core.Add({.number = 1}), none = core.Add({.number = 0});
  return Where(core, ChoiceTerm(core, false, {holds, one, none}), there);
}

core::TermId FoldTerm(ExpandContext& context, const check::SeriesNode& node, core::TermId of) {
  const check::SeriesNode& rows_of = context.policy[node.operands[0]];
  const bool some_of = node.function->counts && rows_of.kind == check::SeriesKind::kWhere &&
                       !OfLabels(context.policy, rows_of.operands[1]);
  core::Term term{.kind = core::TermKind::kFold,
                  .truth = node.truth(),
                  .name = some_of ? "sum" : std::string(node.function->name),
                  .operands = {some_of ? Counted(context, rows_of) : of},
                  .parameters = node.parameters,
                  .labels = rows_of.labels,
                  .bound = std::string(node.function->bound_label)};
  const core::TermId rows = Scope(context, node.operands[0]);
  if (rows.valid()) term.operands.push_back(rows);
  return context.core.Add(std::move(term));
}

}  // namespace

core::TermId TermsFor(ExpandContext& context, check::SeriesId id,
                      const std::vector<std::string>& labels) {
  const core::TermId term = Terms(context, id);
  const check::SeriesNode& node = context.policy[id];
  return node.has_rows ? LookedUp(context.core, term, node.labels, labels) : term;
}

core::TermId LookedUp(core::Policy& core, core::TermId term, const std::vector<std::string>& from,
                      const std::vector<std::string>& to) {
  if (from == to) return term;
  return core.Add({.kind = core::TermKind::kLookup,
                   .truth = core[term].truth,
                   .operands = {term},
                   .labels = from});
}

core::TermId Terms(ExpandContext& context, check::SeriesId id) {
  const check::SeriesNode& node = context.policy[id];
  core::Policy& core = context.core;
  const bool truth = node.truth();
  if (IsWindow(context.policy, node)) return WindowTerm(context, node);
  std::vector<core::TermId> operands;
  for (check::SeriesId operand : node.operands) operands.push_back(Joined(context, node, operand));
  switch (node.kind) {
    case check::SeriesKind::kSignal:
      return core.Column(context[node.decl].name, truth);
    case check::SeriesKind::kConstant:
      return core.Add({.number = node.number});
    case check::SeriesKind::kTruth:
      return core.Add({.kind = core::TermKind::kTruth, .truth = true, .number = node.number});
    case check::SeriesKind::kOperator:
      if (node.op == ir::SeriesOp::kOr) {
        // A row that one side leaves out is not unknown there: that side just does not hold.
        for (std::size_t i = 0; i < operands.size(); ++i) {
          const core::TermId scope = Scope(context, node.operands[i]);
          if (scope.valid())
            operands[i] = core.Operator(ir::SeriesOp::kAnd, true, {scope, operands[i]});
        }
      }
      return core.Operator(node.op, truth, std::move(operands));
    case check::SeriesKind::kSelect:
      if (node.selections.empty()) return operands[0];
      return core.Operator(truth ? ir::SeriesOp::kOnlyWhere : ir::SeriesOp::kNumberWhere, truth,
                           {operands[0], Selected(context.core, node)});
    case check::SeriesKind::kWhere:
      return core.Operator(truth ? ir::SeriesOp::kOnlyWhere : ir::SeriesOp::kNumberWhere, truth,
                           std::move(operands));
    case check::SeriesKind::kLabelIs:
      return Selected(context.core, node);
    case check::SeriesKind::kCall:
      if (node.function->earlier)
        return core.Add({.kind = core::TermKind::kEarlier,
                         .truth = truth,
                         .duration_ms = static_cast<values::Duration>(node.parameters[0]),
                         .operands = std::move(operands)});
      return core.Add({.kind = core::TermKind::kCall,
                       .name = std::string(node.function->name),
                       .operands = std::move(operands),
                       .parameters = node.parameters});
    case check::SeriesKind::kFold:
      return FoldTerm(context, node, operands[0]);
    case check::SeriesKind::kChoice:
      return ChoiceTerm(core, truth, operands);
    case check::SeriesKind::kState:
      return core.Add({.kind = core::TermKind::kState,
                       .truth = true,
                       .name = context[node.decl].name,
                       .value = node.text});
    case check::SeriesKind::kWindow:
    case check::SeriesKind::kCompare:
    case check::SeriesKind::kWithin:
    case check::SeriesKind::kOrElse:
    case check::SeriesKind::kMember:
    case check::SeriesKind::kList:
    case check::SeriesKind::kLiteral:
    case check::SeriesKind::kReference:
    case check::SeriesKind::kLabel:
    case check::SeriesKind::kParameter:
    case check::SeriesKind::kAbout:
      break;
  }
  TOCSIN_CHECK(false, "a series that cannot be compiled was not refused");
  return {};
}

core::TermId Scope(ExpandContext& context, check::SeriesId id) {
  const check::SeriesNode& node = context.policy[id];
  core::Policy& core = context.core;
  core::TermId scope;
  const auto join = [&](core::TermId part) {
    if (!part.valid()) return;
    scope = scope.valid() ? core.Operator(ir::SeriesOp::kAnd, true, {scope, part}) : part;
  };
  if (node.kind == check::SeriesKind::kOperator && node.op == ir::SeriesOp::kOr) {
    const core::TermId a = Scope(context, node.operands[0]);
    const core::TermId b = Scope(context, node.operands[1]);
    if (!a.valid() || !b.valid()) return {};
    return core.Operator(ir::SeriesOp::kOr, true, {a, b});
  }
  // What is folded has rows of its own.
  if (node.kind == check::SeriesKind::kLabelIs || node.kind == check::SeriesKind::kFold) return {};
  if (node.kind == check::SeriesKind::kWhere) {
    join(Scope(context, node.operands[0]));
    if (OfLabels(context.policy, node.operands[1])) join(Terms(context, node.operands[1]));
    return scope;
  }
  for (check::SeriesId operand : node.operands) join(Scope(context, operand));
  join(Selected(core, node));
  return scope;
}

}  // namespace tocsin::kinds
