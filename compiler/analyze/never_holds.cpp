// Alerts whose condition never holds, whatever is measured, or always does.

#include "compiler/analyze/analysis.h"

namespace tocsin::analyze {
namespace {

using check::SeriesId;
using conditions::Alert;

// What `and` joins, from left to right.
void Join(const check::Policy& policy, SeriesId id, std::vector<SeriesId>& parts) {
  const check::SeriesNode& node = policy[id];
  if (node.kind != check::SeriesKind::kOperator || node.op != ir::SeriesOp::kAnd)
    return parts.push_back(id);
  for (const SeriesId operand : node.operands) Join(policy, operand, parts);
}

// The parts that contradict one another: without any of them the others could hold.
std::vector<SeriesId> Contradiction(Context& context, SeriesId condition) {
  conditions::Conditions& all = context.Asked().all;
  std::vector<SeriesId> parts;
  Join(context.policy, condition, parts);
  for (std::size_t left = parts.size(); left-- > 0 && parts.size() > 1;) {
    prove::TruthId rest = all.Constant(true);
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (i != left) rest = all.And(rest, all.PartOf(parts[i]).yes);
    }
    if (all.Never(rest)) parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(left));
  }
  return parts;
}

void Say(Context& context, const Alert& alert) {
  const check::Policy& policy = context.policy;
  const std::vector<SeriesId> parts = Contradiction(context, alert.when->condition);
  auto& finding =
      context.sink.Emit(codes::kNeverHolds, policy[parts.front()].span, alert.decl->name);
  for (std::size_t i = 1; i < parts.size(); ++i)
    finding.Also(policy[parts[i]].span, "which this contradicts");
  std::set<std::string> granted;
  for (const SeriesId part : parts) {
    for (std::string& one : context.Asked().all.Granted(part)) granted.insert(std::move(one));
  }
  for (const std::string& one : granted) finding.Note(one);
  finding.Help("mend the condition, or leave the alert out");
}

void Run(Context& context) {
  auto& [all, alerts] = context.Asked();
  for (const Alert& alert : alerts) {
    if (!alert.possible) {
      Say(context, alert);
    } else if (alert.always) {
      auto& finding = context.sink.Emit(
          codes::kAlwaysHolds, context.policy[alert.when->condition].span, alert.decl->name);
      for (const std::string& granted : all.Granted(alert.when->condition)) finding.Note(granted);
      finding.Help("compare with something that is not always so");
    }
  }
}

}  // namespace

extern const AnalysisRow analysis_never_holds;
const AnalysisRow analysis_never_holds{"never_holds", Run};

}  // namespace tocsin::analyze
