// An alert that says nothing new: whenever it begins to fire, another one of the same level fires
// in its row already, or begins to, and everybody has heard of it. Two thresholds at two levels are
// not meant, nor one alert that another keeps idle.

#include <algorithm>

#include "compiler/analyze/analysis.h"
#include "compiler/kinds/kind.h"

namespace tocsin::analyze {
namespace {

using conditions::Alert;

class Question {
 public:
  explicit Question(Context& context)
      : context_(context), all_(context.Asked().all), alerts_(context.Asked().alerts) {}

  void Ask() {
    for (std::size_t i = 0; i < alerts_.size(); ++i) {
      for (std::size_t k = 0; k < alerts_.size(); ++k) {
        if (i == k || !Within(i, k)) continue;
        // Of two that fire together the later one is too many.
        if (i < k && Within(k, i)) continue;
        Say(alerts_[i], alerts_[k]);
        break;
      }
    }
  }

 private:
  bool Within(std::size_t i, std::size_t k) {
    const Alert &alert = alerts_[i], &other = alerts_[k];
    if (!alert.possible || !AsLoud(alert, other) || Idle(alert, other) ||
        !conditions::Related(all_, alert, other))
      return false;
    return conditions::ToldWith(all_, alert, other) && conditions::FiresWith(all_, alert, other);
  }

  bool AsLoud(const Alert& a, const Alert& b) const {
    const check::Policy& policy = context_.policy;
    return kinds::Referred(policy, (*a.decl)["level"]) ==
               kinds::Referred(policy, (*b.decl)["level"]) &&
           kinds::Opens(policy, *a.decl) == kinds::Opens(policy, *b.decl);
  }

  static bool Idle(const Alert& alert, const Alert& other) {
    return std::ranges::any_of(alert.decl->clauses, [&](const check::Clause& clause) {
      return clause.keyword == "unless" && clause.alert == other.id;
    });
  }

  void Say(const Alert& alert, const Alert& other) {
    context_.sink.Emit(codes::kNothingNew, alert.decl->span, alert.decl->name, other.decl->name)
        .Also(context_.policy[other.when->condition].span, "this holds wherever its condition does")
        .Help(fmt::format("leave one of them out, or let `{}` be louder", alert.decl->name));
  }

  Context& context_;
  conditions::Conditions& all_;
  const std::vector<Alert>& alerts_;
};

void Run(Context& context) { Question(context).Ask(); }

}  // namespace

extern const AnalysisRow analysis_nothing_new;
const AnalysisRow analysis_nothing_new{"nothing_new", Run};

}  // namespace tocsin::analyze
