// Playbooks that stop where something fails and nothing says what is done then, and those whose
// steps may take longer than their severity may.

#include <algorithm>

#include "compiler/analyze/analysis.h"
#include "compiler/kinds/playbook.h"

namespace tocsin::analyze {
namespace {

using values::Duration;

bool IsMessage(const check::Action& action) {
  return !action.does.valid() && (action.name == "page" || action.name == "notify");
}
bool Is(const check::Action& action, std::string_view name) {
  return !action.does.valid() && action.name == name;
}

class Playbook {
 public:
  Playbook(Context& context, const check::Decl& decl) : context_(context), decl_(decl) {
    for (const check::Decl& row : decl.rows) {
      if (row.schema->name == "step") steps_.push_back(&row);
    }
  }

  void Look() {
    for (const check::Decl* step : steps_) {
      for (const check::Action& action : kinds::ActionsOf(*step)) Stops(action);
    }
    Slow();
  }

 private:
  void Stops(const check::Action& action) const {
    for (const check::Action& other : action.otherwise) Stops(other);
    if (!action.otherwise.empty() || IsMessage(action) || Is(action, "escalate")) return;
    auto& finding = context_.sink.Emit(codes::kPlaybookStops, action.span, decl_.name, action.name);
    if (Is(action, "again"))
      finding.Note(fmt::format("it fails when it has gone back {}",
                               action.most == 1 ? "once" : fmt::format("{} times", action.most)));
    finding.Help("say what is done then, as in `else escalate(to: on_call(...))`");
  }

  // The longest time that an action may take, with what is done where it fails. To write down what
  // happened is no part of what is to be resolved, and whoever it was escalated to takes the time
  // that they take. `again` is counted by itself.
  static Duration Longest(const check::Action& action) {
    Duration own = Is(action, "fill") ? 0 : action.within_ms;
    own += action.retries * (action.within_ms + action.retry_every_ms);
    return own + Longest(action.otherwise);
  }
  static Duration Longest(const std::vector<check::Action>& actions) {
    Duration sum = 0;
    for (const check::Action& action : actions) sum += Longest(action);
    return std::min(sum, kForever);
  }

  // What going back adds: each time all from that step on to this one.
  void AddRounds(const std::vector<check::Action>& actions, std::size_t step, Duration& sum) const {
    for (const check::Action& action : actions) {
      AddRounds(action.otherwise, step, sum);
      if (!Is(action, "again")) continue;
      Duration round = 0;
      for (std::size_t i = step + 1; i-- > 0;) {
        round += Longest(kinds::ActionsOf(*steps_[i]));
        if (steps_[i]->name == action.about) break;
      }
      sum = std::min(kForever, sum + action.most * round);
    }
  }

  void Slow() const {
    const check::Decl& severity = context_.policy[decl_.target];
    const auto* resolve = check::Get<check::DurationValue>(severity["resolve"]);
    if (resolve == nullptr) return;
    Duration sum = 0;
    for (std::size_t i = 0; i < steps_.size(); ++i) {
      sum = std::min(kForever, sum + Longest(kinds::ActionsOf(*steps_[i])));
      AddRounds(kinds::ActionsOf(*steps_[i]), i, sum);
    }
    if (sum <= resolve->ms) return;
    auto& finding = context_.sink.Emit(codes::kSlowPlaybook, decl_.span, decl_.name,
                                       values::FormatDuration(sum), severity.name,
                                       values::FormatDuration(resolve->ms));
    finding.Also(severity["resolve"].span, "promised here");
    const auto longest = std::ranges::max_element(
        steps_, {}, [](const check::Decl* step) { return Longest(kinds::ActionsOf(*step)); });
    finding.Note(fmt::format("the step `{}` may take {} of it", (*longest)->name,
                             values::FormatDuration(Longest(kinds::ActionsOf(**longest)))));
    finding.Help("wait for less, go back less often, or promise more time");
  }

  static constexpr Duration kForever = 1'000 * values::kDayMs;
  Context& context_;
  const check::Decl& decl_;
  std::vector<const check::Decl*> steps_;
};

void Run(Context& context) {
  for (check::DeclId id : context.policy.OfKind("playbook"))
    Playbook(context, context.policy[id]).Look();
}

}  // namespace

extern const AnalysisRow analysis_playbooks;
const AnalysisRow analysis_playbooks{"playbooks", Run};

}  // namespace tocsin::analyze
