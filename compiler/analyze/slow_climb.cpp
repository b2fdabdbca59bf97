// A ladder too slow for the promises of the severity that climbs it.

#include "compiler/analyze/analysis.h"

namespace tocsin::analyze {
namespace {

values::Duration Milliseconds(const check::Value& value) {
  const auto* duration = check::Get<check::DurationValue>(value);
  return duration == nullptr ? 0 : duration->ms;
}

std::string Words(values::Duration ms) { return values::FormatDuration(ms); }

void Look(Context& context, const check::Decl& severity, const check::Decl& climb) {
  const values::Duration respond = Milliseconds(severity["respond"]);
  const check::Value& first = climb.rows.front()["answer_within"];
  if (climb.rows.size() > 1 && Milliseconds(first) >= respond) {
    context.sink.Emit(codes::kLateSecondRung, first.span, severity.name, Words(respond), climb.name)
        .Also(severity["respond"].span, "promised here")
        .Help(fmt::format("give the first rung less than {}", Words(respond)));
  }
  const check::Value& resolve = severity["resolve"];
  const auto* rounds = check::Get<std::int64_t>(climb["rounds"]);
  if (resolve.absent() || rounds == nullptr) return;
  values::Duration total = 0;
  for (const check::Decl& rung : climb.rows) total += Milliseconds(rung["answer_within"]);
  total *= *rounds;
  if (total <= Milliseconds(resolve)) return;
  context.sink
      .Emit(codes::kSlowClimb, climb.span, climb.name, Words(total), severity.name,
            Words(Milliseconds(resolve)))
      .Also(resolve.span, "promised here")
      .Help("shorten the windows of its rungs, or climb fewer rounds");
}

void Run(Context& context) {
  for (check::DeclId id : context.policy.OfKind("severity")) {
    const check::Decl& severity = context.policy[id];
    const auto* climb = check::Get<check::Reference>(severity["climb"]);
    if (climb == nullptr || context.policy[climb->decl].rows.empty()) continue;
    Look(context, severity, context.policy[climb->decl]);
  }
}

}  // namespace

extern const AnalysisRow analysis_slow_climb;
const AnalysisRow analysis_slow_climb{"slow_climb", Run};

}  // namespace tocsin::analyze
