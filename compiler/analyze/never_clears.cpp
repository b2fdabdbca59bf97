// A `clear` that never holds, whatever is measured: the alert would fire for ever.

#include "compiler/analyze/analysis.h"

namespace tocsin::analyze {
namespace {

void Run(Context& context) {
  auto& [all, alerts] = context.Asked();
  for (const conditions::Alert& alert : alerts) {
    if (alert.clear == nullptr || !alert.possible) continue;
    const check::SeriesId condition = alert.clear->condition;
    if (!all.Never(all.Of(condition).yes)) continue;
    auto& finding =
        context.sink.Emit(codes::kNeverClears, context.policy[condition].span, alert.decl->name);
    for (const std::string& granted : all.Granted(condition)) finding.Note(granted);
    finding.Help("mend it, or leave it out: without it, what clears is `not when`");
  }
}

}  // namespace

extern const AnalysisRow analysis_never_clears;
const AnalysisRow analysis_never_clears{"never_clears", Run};

}  // namespace tocsin::analyze
