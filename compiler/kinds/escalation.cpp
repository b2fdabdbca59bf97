// `escalation`: a machine with a state for each rung. A rung pages and waits; an unanswered rung
// leads to the next, the last to the first of the next round, the last round to `on exhausted`. An
// acknowledgement stops the climb for `ack_holds` and a further one renews that; when it lapses the
// same rung is asked again.

#include "compiler/kinds/hours.h"
#include "compiler/kinds/messages.h"

namespace tocsin::kinds {
namespace {

constexpr std::size_t kMostRungs = 50;
constexpr std::int64_t kMostRounds = 100;

void Positive(CheckContext& context, const check::Value& duration, std::string_view why) {
  if (check::Get<check::DurationValue>(duration) != nullptr && DurationOf(duration) == 0) {
    context.sink.Emit(codes::kOutOfRange, duration.span, "0s", why);
  }
}

// What comes after the last rung is told apart by action and channel, so each stands there once.
void CheckLast(CheckContext& context, const check::Decl& decl) {
  const check::Clause* last = decl.FindClause("on");
  if (last == nullptr) return;
  for (std::size_t i = 0; i < last->actions.size(); ++i) {
    const check::Action& action = last->actions[i];
    CheckSaysNothing(context, action, "the end of a ladder");
    for (std::size_t j = 0; j < i; ++j) {
      if (last->actions[j].name != action.name || last->actions[j].via != action.via) continue;
      context.sink.Emit(codes::kGivenTwice, action.span, action.name, "clause")
          .Also(last->actions[j].span, "the first is here")
          .Help("name all recipients in one list");
      break;
    }
  }
}

void Check(CheckContext& context, const check::Decl& decl) {
  for (const check::Decl& rung : decl.rows) {
    Positive(context, rung["answer_within"], "whoever is paged needs some time to answer");
  }
  Positive(context, decl["ack_holds"], "an acknowledgement must hold for some time");
  const check::Value& rounds = decl["rounds"];
  if (const auto* count = check::Get<std::int64_t>(rounds);
      count != nullptr && (*count < 1 || *count > kMostRounds)) {
    context.sink.Emit(codes::kOutOfRange, rounds.span, *count,
                      "a ladder is climbed from 1 to 100 times");
  }
  CheckLast(context, decl);
  if (decl.rows.size() > kMostRungs) {
    context.sink.Emit(codes::kOutOfRange, decl.rows[kMostRungs].span, decl.rows.size(),
                      "a ladder has at most 50 rungs");
  }
}

class Climb {
 public:
  Climb(ExpandContext& context, const check::Decl& decl)
      : context_(context),
        decl_(decl),
        rungs_(decl.rows.size()),
        rounds_(*check::Get<std::int64_t>(decl["rounds"])) {}

  core::Machine Build() {
    machine_.name = decl_.name;
    machine_.kind = "escalation";
    machine_.place = context_.Place(decl_.span);
    machine_.fields = {"round", "rung", "ask"};
    machine_.timers = {"answer", "held"};
    for (std::size_t i = 0; i < rungs_; ++i) machine_.states.push_back(State(i));
    for (const char* state : {"acknowledged", "exhausted", "ended"})
      machine_.states.emplace_back(state);
    machine_.final_states = {"ended"};
    for (std::size_t i = 0; i < rungs_; ++i) RungEffect(i);
    for (const check::Action& action : decl_.FindClause("on")->actions) LastEffect(action);
    Climbing();
    PassedOver();
    Acknowledged();
    Add("", "ended", ir::TriggerKind::kParentEnded, "", {},
        {core::Cancel("answer"), core::Cancel("held")}, "the incident is over", machine_.place);
    return std::move(machine_);
  }

 private:
  std::string State(std::size_t rung) const {
    return rung < rungs_ ? fmt::format("rung {}", rung + 1) : std::string("exhausted");
  }
  values::Duration Window(std::size_t rung) const {
    return DurationOf(decl_.rows[rung]["answer_within"]);
  }
  ir::Place RungPlace(std::size_t rung) const {
    return context_.Place(rung < rungs_ ? decl_.rows[rung].span : decl_.FindClause("on")->span);
  }

  void RungEffect(std::size_t rung) {
    core::Effect effect;
    effect.action = "page";
    effect.to =
        RecipientsOf(context_.policy, *check::Get<check::Recipients>(decl_.rows[rung]["page"]));
    effect.only = CalendarOf(context_, decl_.rows[rung]["only"],
                             fmt::format("{}.rung {}", decl_.name, rung + 1), ZoneOf(context_, {}));
    effect.text = AboutHeadline(
        "", fmt::format(". Acknowledge within {}.", values::FormatDuration(Window(rung))));
    effect.purpose = RecipientsText(effect.to);
    effect.place = RungPlace(rung);
    // The first page of the worst that there is gets through.
    effect.urgent = rung == 0 && IsOfWorst();
    Finish(std::move(effect));
  }

  // Severities are declared from the worst on.
  bool IsOfWorst() const {
    const std::vector<check::DeclId> severities = context_.policy.OfKind("severity");
    if (severities.empty()) return false;
    return Referred(context_.policy, context_[severities[0]]["climb"]) == &decl_;
  }

  void LastEffect(const check::Action& action) {
    core::Effect effect = EffectOf(context_, action, {}, AboutHeadline("Nobody answered: ", ""));
    effect.purpose = effect.to.empty() ? "nobody answered" : RecipientsText(effect.to);
    Finish(std::move(effect));
  }

  void Finish(core::Effect effect) {
    effect.step = {"round", "rung", "ask"};
    effect.duty = effect.to.empty() ? ir::DutyOf::kNobody : ir::DutyOf::kRow;
    machine_.effects.push_back(std::move(effect));
  }

  void Add(std::string from, std::string to, ir::TriggerKind trigger, std::string what,
           core::Guard guard, std::vector<core::Step> steps, std::string because, ir::Place place) {
    machine_.transitions.push_back({std::move(from), std::move(to), trigger, std::move(what),
                                    std::move(guard), std::move(steps), std::move(because),
                                    std::move(place)});
  }

  // Pages a rung, or what comes after the last one, and waits for an answer where there is a next.
  void Ask(std::size_t rung, std::vector<core::Step>& steps) const {
    if (rung < rungs_) {
      steps.push_back(core::Emit(rung));
      steps.push_back(core::Arm("answer", Window(rung)));
      return;
    }
    for (std::size_t i = rungs_; i < machine_.effects.size(); ++i) steps.push_back(core::Emit(i));
  }

  std::vector<core::Step> Enter(std::size_t rung) const {
    std::vector<core::Step> steps = {core::Set("rung", static_cast<std::int64_t>(rung) + 1),
                                     core::Set("ask", 1)};
    Ask(rung, steps);
    return steps;
  }

  void Climbing() {
    using ir::TriggerKind;
    std::vector<core::Step> start = {core::Set("round", 1)};
    std::vector<core::Step> first = Enter(0);
    start.insert(start.end(), first.begin(), first.end());
    Add(State(0), State(0), TriggerKind::kStarted, "", {}, std::move(start), "the climb begins",
        RungPlace(0));
    for (std::size_t rung = 0; rung < rungs_; ++rung) {
      const std::string nobody =
          fmt::format("nobody answered within {}", values::FormatDuration(Window(rung)));
      if (rung + 1 < rungs_) {
        Add(State(rung), State(rung + 1), TriggerKind::kTimer, "answer", {}, Enter(rung + 1),
            nobody, RungPlace(rung + 1));
        continue;
      }
      if (rounds_ > 1) {
        std::vector<core::Step> again = {core::AddTo("round", 1)};
        again.insert(again.end(), first.begin(), first.end());
        Add(State(rung), State(0), TriggerKind::kTimer, "answer",
            core::FieldBelow("round", rounds_), std::move(again),
            nobody + "; the next round begins", RungPlace(0));
      }
      Add(State(rung), State(rungs_), TriggerKind::kTimer, "answer", {}, Enter(rungs_),
          rounds_ == 1 ? nobody + " on the last rung"
                       : fmt::format("nobody answered in {} rounds", rounds_),
          RungPlace(rungs_));
    }
  }

  // A rung on which nobody is to be asked now is passed over at once.
  void PassedOver() {
    for (std::size_t rung = 0; rung < rungs_; ++rung) {
      constexpr auto kNobody = ir::TriggerKind::kNobody;
      const std::string what = std::to_string(rung);
      const std::string nobody = "nobody is on call there now";
      if (rung + 1 < rungs_) {
        Add(State(rung), State(rung + 1), kNobody, what, {}, Enter(rung + 1), nobody,
            RungPlace(rung + 1));
        continue;
      }
      if (rounds_ > 1) {
        std::vector<core::Step> again = Enter(0);
        again.insert(again.begin(), core::AddTo("round", 1));
        Add(State(rung), State(0), kNobody, what, core::FieldBelow("round", rounds_),
            std::move(again), nobody + "; the next round begins", RungPlace(0));
      }
      std::vector<core::Step> last = Enter(rungs_);
      last.insert(last.begin(), core::Cancel("answer"));
      Add(State(rung), State(rungs_), kNobody, what, {}, std::move(last),
          nobody + ", and it is the last rung", RungPlace(rungs_));
    }
  }

  void Acknowledged() {
    using ir::TriggerKind;
    const values::Duration holds = DurationOf(decl_["ack_holds"]);
    const std::string event(core::kAcknowledge);
    const std::vector<core::Step> hold = {core::Cancel("answer"), core::Arm("held", holds)};
    for (std::size_t rung = 0; rung <= rungs_; ++rung) {
      Add(State(rung), "acknowledged", TriggerKind::kEvent, event, {}, hold, "acknowledged",
          RungPlace(rung));
    }
    const ir::Place place =
        context_.Place(decl_["ack_holds"].span.valid() ? decl_["ack_holds"].span : decl_.span);
    Add("acknowledged", "acknowledged", TriggerKind::kEvent, event, {}, {core::Arm("held", holds)},
        "acknowledged again", place);
    const std::string lapsed = fmt::format("the acknowledgement lapsed: no progress for {}",
                                           values::FormatDuration(holds));
    for (std::size_t rung = 0; rung <= rungs_; ++rung) {
      std::vector<core::Step> steps = {core::AddTo("ask", 1)};
      Ask(rung, steps);
      Add("acknowledged", State(rung), TriggerKind::kTimer, "held",
          core::FieldIs("rung", static_cast<std::int64_t>(rung) + 1), std::move(steps), lapsed,
          RungPlace(rung));
    }
  }

  ExpandContext& context_;
  const check::Decl& decl_;
  std::size_t rungs_;
  std::int64_t rounds_;
  core::Machine machine_;
};

void Expand(ExpandContext& context, const check::Decl& decl) {
  context.core.machines.push_back(Climb(context, decl).Build());
}

}  // namespace

extern const KindRow kind_escalation;
const KindRow kind_escalation{"escalation", Check, Expand};

}  // namespace tocsin::kinds
