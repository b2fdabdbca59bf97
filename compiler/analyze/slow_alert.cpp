// An alert that takes so long from what is wrong to somebody who is asked, or to whoever is asked
// next, that the severity which it opens cannot be answered in time. All that may pass in between
// is counted: the next tick, the grace for late samples, silence where that is what fires, the time
// for which the condition must hold, the wait for a group, and the first rung.

#include <algorithm>
#include <set>

#include "compiler/analyze/analysis.h"
#include "compiler/kinds/kind.h"

namespace tocsin::analyze {
namespace {

using values::Duration;

Duration DurationOf(const check::Value& value) { return kinds::DurationOf(value); }

// The longest time in which the samples of what a condition is about are not missed.
Duration Stale(const check::Policy& policy, check::SeriesId id, std::set<check::SeriesId>& seen) {
  if (!id.valid() || !seen.insert(id).second) return 0;
  const check::SeriesNode& node = policy[id];
  Duration longest = 0;
  if (node.kind == check::SeriesKind::kSignal) {
    const check::Decl& signal = policy[node.decl];
    longest = std::max(DurationOf(signal["stale"]), Stale(policy, signal.value, seen));
  }
  for (check::SeriesId operand : node.operands)
    longest = std::max(longest, Stale(policy, operand, seen));
  return longest;
}

struct Part {
  Duration time;
  std::string_view what;
};

class Path {
 public:
  Path(Context& context, const check::Decl& alert, const check::Decl& severity)
      : context_(context), policy_(context.policy), alert_(alert), severity_(severity) {
    const check::Decl& settings = policy_[policy_.policy];
    Add(DurationOf(settings["resolution"]), "to the next tick");
    Add(DurationOf(settings["grace"]), "of grace for its samples");
    AddCondition();
    Add(DurationOf(alert["group_wait"]), "of wait for more rows of its group");
  }

  void Look() {
    const Duration respond = DurationOf(severity_["respond"]);
    if (total_ > respond) return Say("anybody is asked", respond);
    const check::Decl* climb = kinds::Referred(policy_, severity_["climb"]);
    if (climb == nullptr || climb->rows.size() < 2) return;
    const Duration first = DurationOf(climb->rows[0]["answer_within"]);
    if (first >= respond) return;  // which is said of the ladder itself
    Add(first, "for the first rung to answer");
    if (total_ > respond) Say(fmt::format("`{}` asks its second rung", climb->name), respond);
  }

 private:
  void Add(Duration time, std::string_view what) {
    total_ += time;
    if (time > 0) parts_.push_back({time, what});
  }

  // Either the condition has to hold, or nothing is heard; the longer of the two may pass.
  void AddCondition() {
    const check::Clause* when = alert_.FindClause("when");
    if (when == nullptr) return;
    const auto* no_data = check::Get<check::NoData>(alert_["no_data"]);
    if (no_data != nullptr && no_data->what == check::NoData::What::kFire) {
      std::set<check::SeriesId> seen;
      const Duration stale = Stale(policy_, when->condition, seen);
      if (stale + no_data->after_ms > when->hold_ms) {
        Add(stale, "until silence counts as such");
        Add(no_data->after_ms, "for which it must last");
        return;
      }
    }
    Add(when->hold_ms, "for which it must hold");
  }

  void Say(std::string until, Duration respond) {
    std::string parts;
    for (const Part& part : parts_) {
      parts += parts.empty() ? "" : ", ";
      parts += fmt::format("{} {}", values::FormatDuration(part.time), part.what);
    }
    context_.sink
        .Emit(codes::kSlowAlert, alert_.span, alert_.name, values::FormatDuration(total_),
              std::move(until), severity_.name, values::FormatDuration(respond))
        .Also(severity_["respond"].span, "promised here")
        .Note("up to " + parts)
        .Help("shorten one of these, or open a severity that promises less");
  }

  Context& context_;
  const check::Policy& policy_;
  const check::Decl& alert_;
  const check::Decl& severity_;
  std::vector<Part> parts_;
  Duration total_ = 0;
};

void Run(Context& context) {
  for (check::DeclId id : context.policy.OfKind("alert")) {
    const check::Decl& alert = context.policy[id];
    if (const check::Decl* severity = kinds::Opens(context.policy, alert))
      Path(context, alert, *severity).Look();
  }
}

}  // namespace

extern const AnalysisRow analysis_slow_alert;
const AnalysisRow analysis_slow_alert{"slow_alert", Run};

}  // namespace tocsin::analyze
