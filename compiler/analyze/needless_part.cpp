// A part of a condition that makes no difference: it never holds, always does, or does so wherever
// the parts beside it say as much. A condition that does so as a whole is never_holds.cpp's.

#include <algorithm>

#include "compiler/analyze/analysis.h"

namespace tocsin::analyze {
namespace {

using check::SeriesId;
using check::SeriesNode;
using conditions::Alert;
using conditions::Truth;
using ir::SeriesOp;

class Question {
 public:
  Question(Context& context, const Alert& alert)
      : context_(context), all_(context.Asked().all), policy_(context.policy), alert_(alert) {}

  void Ask() { Look(alert_.when->condition); }

 private:
  const SeriesNode* Joins(SeriesId id) const {
    const SeriesNode& node = policy_[id];
    const bool joins = node.kind == check::SeriesKind::kOperator &&
                       (node.op == SeriesOp::kAnd || node.op == SeriesOp::kOr);
    return joins ? &node : nullptr;
  }

  void Parts(SeriesId id, SeriesOp op, std::vector<SeriesId>& parts) const {
    const SeriesNode* node = Joins(id);
    if (node == nullptr || node->op != op) return parts.push_back(id);
    for (const SeriesId operand : node->operands) Parts(operand, op, parts);
  }

  // Looks at the parts of a condition and into those about which nothing was said.
  void Look(SeriesId id) {
    const SeriesNode* node = Joins(id);
    if (node == nullptr) return;
    std::vector<SeriesId> parts;
    Parts(id, node->op, parts);
    bool said = false;  // of two that say the same, one is needless
    for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
      if (!Written(*part, *node)) continue;
      const std::string why = said ? std::string() : Why(*part, parts, node->op);
      if (why.empty()) {
        Look(*part);
      } else {
        Say(*part, why);
        said = true;
      }
    }
  }

  // Whether it is a part of the text of the condition: no function, no derived signal, and not one
  // of the two that `in` compares.
  bool Written(SeriesId id, const SeriesNode& whole) const {
    const diagnostics::Span span = policy_[id].span, in = alert_.when->span;
    return span.source == in.source && span.begin >= in.begin && span.end <= in.end &&
           !(span.begin == whole.span.begin && span.end == whole.span.end);
  }

  std::string Why(SeriesId part, const std::vector<SeriesId>& parts, SeriesOp op) {
    const Truth own = all_.PartOf(part);
    if (!all_.Granted(part).empty() || Joins(part) != nullptr) {
      if (all_.Never(own.yes)) return "it can never hold";
      if (all_.Always(part)) return "it always holds where its signals are there";
    }
    // That `a and b` is `a`: where `a` is true so is `b`, and where `b` is false so is `a`.
    const bool joined = op == SeriesOp::kAnd;
    Truth rest{all_.Constant(joined), all_.Constant(!joined)};
    bool related = false;
    for (const SeriesId other : parts) {
      if (other == part) continue;
      const Truth truth = all_.PartOf(other);
      rest = joined ? Truth{all_.And(rest.yes, truth.yes), all_.Or(rest.no, truth.no)}
                    : Truth{all_.Or(rest.yes, truth.yes), all_.And(rest.no, truth.no)};
      related = related || Related(part, other);
    }
    if (!related) return {};
    const Truth& narrow = joined ? rest : own;
    const Truth& wide = joined ? own : rest;
    if (!all_.Implies(narrow.yes, wide.yes) || !all_.Implies(wide.no, narrow.no)) return {};
    return joined ? "it holds wherever the rest does" : "the rest holds wherever it does";
  }

  bool Related(SeriesId a, SeriesId b) {
    const std::set<check::DeclId>& of = all_.SourcesOf(b);
    return std::ranges::any_of(all_.SourcesOf(a),
                               [&](check::DeclId source) { return of.contains(source); });
  }

  void Say(SeriesId part, const std::string& why) {
    const diagnostics::Span span = policy_[part].span;
    auto& finding = context_.sink.Emit(codes::kNeedlessPart, span,
                                       diagnostics::Shown(context_.sources.Text(span), 40),
                                       alert_.decl->name, why);
    for (const std::string& granted : all_.Granted(part)) finding.Note(granted);
    finding.Help("leave it out, or mend what it compares with");
  }

  Context& context_;
  conditions::Conditions& all_;
  const check::Policy& policy_;
  const Alert& alert_;
};

void Run(Context& context) {
  auto& [all, alerts] = context.Asked();
  for (const Alert& alert : alerts) {
    // What is needless for one arm may not be for another one.
    if (!alert.possible || alert.decl->arm || alert.always) continue;
    Question(context, alert).Ask();
  }
}

}  // namespace

extern const AnalysisRow analysis_needless_part;
const AnalysisRow analysis_needless_part{"needless_part", Run};

}  // namespace tocsin::analyze
