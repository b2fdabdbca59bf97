// `when` and `clear` that can hold at once: thresholds that are the wrong way round, or a `clear`
// that leaves out a part of `when`. Asked with values that surely can be measured, so nothing is
// said where what they compare depends on the same signal in two ways, as a value and its mean.

#include "compiler/analyze/analysis.h"

namespace tocsin::analyze {
namespace {

void Run(Context& context) {
  auto& [all, alerts] = context.Asked();
  for (const conditions::Alert& alert : alerts) {
    if (alert.clear == nullptr) continue;
    using conditions::For;
    const auto when = all.Of(alert.when->condition, For::kExample);
    const auto clear = all.Of(alert.clear->condition, For::kExample);
    const auto both = all.Example(all.And(when.yes, clear.yes));
    if (!both) continue;
    auto& finding = context.sink.Emit(
        codes::kClearOverlaps, context.policy[alert.clear->condition].span, alert.decl->name);
    finding.Also(context.policy[alert.when->condition].span, "while this holds");
    if (const std::string text = all.Text(*both); !text.empty())
      finding.Note(fmt::format("both hold at {}", text));
    finding.Help(
        "clear on the other side of the threshold, with a distance: `when x > 5%`, `clear x < "
        "3%`");
  }
}

}  // namespace

extern const AnalysisRow analysis_clear_overlaps;
const AnalysisRow analysis_clear_overlaps{"clear_overlaps", Run};

}  // namespace tocsin::analyze
