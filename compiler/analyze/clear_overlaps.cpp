// `when` and `clear` that can hold at once: thresholds of one signal that are the wrong way round.

#include <optional>

#include "compiler/analyze/analysis.h"

namespace tocsin::analyze {
namespace {

using ir::SeriesOp;

// A comparison of one series with a constant: `signal > limit`, `signal < limit`, with or without
// the limit itself.
struct Bound {
  const check::SeriesNode* series = nullptr;
  double limit = 0;
  bool above = false;
  bool inclusive = false;
};

std::optional<Bound> BoundOf(const check::Policy& policy, check::SeriesId id) {
  const check::SeriesNode& node = policy[id];
  if (node.kind != check::SeriesKind::kOperator || node.operands.size() != 2) return std::nullopt;
  const check::SeriesNode& left = policy[node.operands[0]];
  const check::SeriesNode& right = policy[node.operands[1]];
  const bool flipped = left.kind == check::SeriesKind::kConstant;
  const check::SeriesNode& series = flipped ? right : left;
  const check::SeriesNode& limit = flipped ? left : right;
  if (series.kind != check::SeriesKind::kSignal || limit.kind != check::SeriesKind::kConstant)
    return std::nullopt;
  Bound bound{&series, limit.number, false, false};
  const bool greater = node.op == SeriesOp::kGreater || node.op == SeriesOp::kGreaterEqual;
  const bool less = node.op == SeriesOp::kLess || node.op == SeriesOp::kLessEqual;
  if (!greater && !less) return std::nullopt;
  bound.inclusive = node.op == SeriesOp::kGreaterEqual || node.op == SeriesOp::kLessEqual;
  bound.above = greater != flipped;
  return bound;
}

bool Overlap(const Bound& when, const Bound& clear) {
  if (when.above == clear.above) return true;
  const Bound& low = when.above ? when : clear;   // holds above its limit
  const Bound& high = when.above ? clear : when;  // holds below its limit
  return low.limit < high.limit || (low.limit == high.limit && low.inclusive && high.inclusive);
}

void Run(Context& context) {
  for (check::DeclId id : context.policy.OfKind("alert")) {
    const check::Clause* when = context.policy[id].FindClause("when");
    const check::Clause* clear = context.policy[id].FindClause("clear");
    if (when == nullptr || clear == nullptr || !when->condition.valid() ||
        !clear->condition.valid())
      continue;
    const auto fires = BoundOf(context.policy, when->condition);
    const auto clears = BoundOf(context.policy, clear->condition);
    if (!fires || !clears || fires->series->decl != clears->series->decl ||
        !Overlap(*fires, *clears))
      continue;
    context.sink
        .Emit(codes::kClearOverlaps, context.policy[clear->condition].span, context.policy[id].name)
        .Also(context.policy[when->condition].span, "while this holds")
        .Help(
            "clear on the other side of the threshold, with a distance: `when x > 5%`, `clear x < "
            "3%`");
  }
}

}  // namespace

extern const AnalysisRow analysis_clear_overlaps;
const AnalysisRow analysis_clear_overlaps{"clear_overlaps", Run};

}  // namespace tocsin::analyze
