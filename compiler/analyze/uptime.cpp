// A promise of uptime that the plan's own maintenance breaks, or a single outage that people end.

#include <array>
#include <cmath>

#include "compiler/analyze/analysis.h"

namespace tocsin::analyze {
namespace {

// Of the Gregorian calendar, on average.
constexpr double kYearMs = 365.2425 * static_cast<double>(values::kDayMs);
struct Period {
  std::string_view name;
  double ms;
};
constexpr std::array<Period, 5> kPeriods = {
    Period{"day", static_cast<double>(values::kDayMs)},
    Period{"week", static_cast<double>(values::kWeekMs)}, Period{"month", kYearMs / 12},
    Period{"quarter", kYearMs / 4}, Period{"year", kYearMs}};

double Length(std::string_view period) {
  for (const Period& row : kPeriods) {
    if (row.name == period) return row.ms;
  }
  return 0;
}

std::string Shown(const check::PerPeriod& value) {
  return fmt::format("{} per {}", values::FormatQuantity(value.amount.value, value.amount.unit),
                     value.period);
}
// Whole seconds, as a person would say it.
std::string Words(double ms) {
  const auto seconds = std::llround(ms / static_cast<double>(values::kSecondMs));
  return values::FormatDuration(seconds * values::kSecondMs);
}

class Plan {
 public:
  Plan(Context& context, const check::Decl& plan, const check::PerPeriod& uptime)
      : context_(context),
        plan_(plan),
        uptime_(uptime),
        period_ms_(Length(uptime.period)),
        bears_ms_(period_ms_ * (1 - uptime.amount.value)) {}

  void Maintenance() const {
    const auto* maintenance = check::Get<check::PerPeriod>(plan_["maintenance"]);
    const auto* excluded = check::Get<bool>(plan_["excluded"]);
    if (maintenance == nullptr || (excluded != nullptr && *excluded)) return;
    const double planned_ms = maintenance->amount.value * period_ms_ / Length(maintenance->period);
    if (planned_ms <= bears_ms_) return;
    context_.sink
        .Emit(codes::kMaintenancePastUptime, plan_["maintenance"].span, plan_.name, Shown(uptime_),
              Words(bears_ms_), Shown(*maintenance))
        .Also(plan_["uptime"].span, "promised here")
        .Help("say `excluded: true` if planned work is no downtime, or plan less of it");
  }

  // The severity that is answered soonest is the one of an outage.
  void Response(const check::Decl& severity) const {
    const auto* kept_by = check::Get<check::Word>(plan_["kept_by"]);
    const auto* respond = check::Get<check::DurationValue>(severity["respond"]);
    if (respond == nullptr || (kept_by != nullptr && kept_by->text != "people")) return;
    if (static_cast<double>(respond->ms) <= bears_ms_) return;
    context_.sink
        .Emit(codes::kUptimePastResponse, plan_["uptime"].span, plan_.name, Shown(uptime_),
              Words(bears_ms_), severity.name, values::FormatDuration(respond->ms))
        .Also(severity["respond"].span, "answered within this")
        .Note("an outage that somebody has to be woken for breaks the promise")
        .Help(
            "say `kept_by: failover` if systems take over by themselves, promise less, or "
            "answer sooner");
  }

 private:
  Context& context_;
  const check::Decl& plan_;
  const check::PerPeriod& uptime_;
  double period_ms_;
  double bears_ms_;
};

const check::Decl* AnsweredSoonest(const check::Policy& policy) {
  const check::Decl* soonest = nullptr;
  const auto respond = [](const check::Decl& severity) {
    const auto* duration = check::Get<check::DurationValue>(severity["respond"]);
    return duration == nullptr ? values::kWeekMs : duration->ms;
  };
  for (check::DeclId id : policy.OfKind("severity")) {
    const check::Decl& severity = policy[id];
    if (soonest == nullptr || respond(severity) < respond(*soonest)) soonest = &severity;
  }
  return soonest;
}

void Run(Context& context) {
  const check::Decl* soonest = AnsweredSoonest(context.policy);
  for (check::DeclId id : context.policy.OfKind("plan")) {
    const check::Decl& decl = context.policy[id];
    const auto* uptime = check::Get<check::PerPeriod>(decl["uptime"]);
    if (uptime == nullptr) continue;
    const Plan plan(context, decl, *uptime);
    plan.Maintenance();
    if (soonest != nullptr) plan.Response(*soonest);
  }
}

}  // namespace

extern const AnalysisRow analysis_uptime;
const AnalysisRow analysis_uptime{"uptime", Run};

}  // namespace tocsin::analyze
