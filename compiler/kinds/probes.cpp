#include "compiler/kinds/probes.h"

#include <algorithm>

#include <fmt/format.h>

#include "compiler/kinds/kind.h"

namespace tocsin::kinds {
namespace {

using check::SeriesKind;
using ir::SeriesOp;

bool Compares(SeriesOp op) {
  return op == SeriesOp::kLess || op == SeriesOp::kLessEqual || op == SeriesOp::kGreater ||
         op == SeriesOp::kGreaterEqual || op == SeriesOp::kEqual || op == SeriesOp::kNotEqual;
}

class Prober {
 public:
  Prober(ExpandContext& context, const check::Decl& alert, std::vector<Probe>& probes)
      : context_(context), alert_(alert), probes_(probes) {}

  void Walk(check::SeriesId id) {
    const check::SeriesNode& node = context_.policy[id];
    if (made_ >= kProbesOfAlert) return;
    const std::string_view text = context_.sources.Text(node.span);
    const bool known = std::ranges::any_of(probes_, [&](const Probe& other) {
      return other.alert == alert_.name && other.text == text;
    });
    if (known) return;
    if (node.kind == SeriesKind::kSignal && node.truth()) {
      Probe probe = Begin(node);
      probe.left = {probe.text, context_[node.decl].name, 0};
      Add(std::move(probe));
      return;
    }
    const bool compares = node.kind == SeriesKind::kOperator && Compares(node.op) &&
                          context_.policy[node.operands[0]].quantity() &&
                          !context_.policy[node.operands[0]].truth();
    if (!compares) {
      for (const check::SeriesId operand : node.operands) Walk(operand);
      return;
    }
    Probe probe = Begin(node);
    probe.unit = context_.policy[node.operands[0]].type.unit;
    if (context_.policy[node.operands[0]].kind == SeriesKind::kConstant)
      probe.unit = context_.policy[node.operands[1]].type.unit;
    probe.left = Side(node, node.operands[0], "left");
    probe.right = Side(node, node.operands[1], "right");
    // What is compared stands on the left, however it was written.
    if (probe.left.column.empty()) std::swap(probe.left, *probe.right);
    if (!probe.left.column.empty()) Add(std::move(probe));
  }

 private:
  Probe Begin(const check::SeriesNode& node) const {
    Probe probe;
    probe.alert = alert_.name;
    probe.text = std::string(context_.sources.Text(node.span));
    return probe;
  }

  void Add(Probe probe) {
    probes_.push_back(std::move(probe));
    ++made_;
  }

  Probe::Side Side(const check::SeriesNode& whole, check::SeriesId id, std::string_view side) {
    const check::SeriesNode& node = context_.policy[id];
    Probe::Side made;
    made.text = std::string(context_.sources.Text(node.span));
    if (node.kind == SeriesKind::kConstant) {
      made.constant = node.number;
      return made;
    }
    made.column = fmt::format("{}.chart{}.{}", alert_.name, made_ + 1, side);
    context_.core.series.push_back(
        {made.column, false, whole.labels, TermsFor(context_, id, whole.labels),
         fmt::format("{}.chart{}", alert_.name, made_ + 1), context_.Place(node.span)});
    return made;
  }

  ExpandContext& context_;
  const check::Decl& alert_;
  std::vector<Probe>& probes_;
  std::size_t made_ = 0;
};

}  // namespace

std::vector<Probe> AddProbes(const check::Policy& policy, const diagnostics::SourceSet& sources,
                             core::Policy& core) {
  std::vector<Probe> probes;
  ExpandContext context{policy, sources, core, ""};
  for (const check::Decl& decl : policy.decls) {
    if (!decl.schema->builtin || decl.schema->name != "alert") continue;
    const check::Clause* when = decl.FindClause("when");
    if (when != nullptr && when->condition.valid())
      Prober(context, decl, probes).Walk(when->condition);
  }
  return probes;
}

}  // namespace tocsin::kinds
