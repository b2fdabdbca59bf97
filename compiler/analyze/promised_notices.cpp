// What people are promised to hear, by a notice, against what communications tell them and when,
// and against processes that let them hear when all is over.

#include <algorithm>
#include <optional>

#include "compiler/analyze/analysis.h"

namespace tocsin::analyze {
namespace {

using check::Decl;
using check::DeclId;
using check::Recipient;

bool Tells(const check::Clause& clause, const Recipient& recipient) {
  return std::ranges::any_of(clause.actions, [&](const check::Action& action) {
    return std::ranges::find(action.to.all, recipient) != action.to.all.end();
  });
}

// The clause by which somebody hears first, or again and again; null where they do not.
const check::Clause* FirstThatTells(const Decl& communication, const Recipient& recipient,
                                    std::string_view keyword) {
  const check::Clause* first = nullptr;
  for (const check::Clause& clause : communication.clauses) {
    if (clause.keyword != keyword || !Tells(clause, recipient)) continue;
    if (first == nullptr || clause.at_ms < first->at_ms) first = &clause;
  }
  return first;
}

class Notices {
 public:
  explicit Notices(Context& context) : context_(context), policy_(context.policy) {}

  void Look(const Decl& notice) {
    const auto* at = check::Get<check::Word>(notice["event"]);
    const auto* to = check::Get<check::Recipients>(notice["to"]);
    if (at == nullptr || to == nullptr || (at->text != "opened" && at->text != "updated")) return;
    for (const Recipient& recipient : to->all) {
      std::vector<DeclId> unkept;
      for (DeclId severity : SeveritiesOf(notice)) {
        const bool kept = at->text == "opened" ? Opened(notice, severity, recipient)
                                               : Updated(notice, severity, recipient);
        if (!kept) unkept.push_back(severity);
      }
      if (!unkept.empty()) Unkept(notice, unkept, recipient);
    }
  }

  // Somebody who hears in a process when all is over, and elsewhere before.
  void LookAtProcess(const Decl& process) {
    bool over = false;
    std::vector<Recipient> heard;
    for (const Decl& step : process.rows) {
      const auto* tells = check::Get<check::Recipients>(step["tells"]);
      if (tells != nullptr) {
        for (const Recipient& recipient : tells->all) {
          const bool first = std::ranges::find(heard, recipient) == heard.end();
          if (first && over) TooLate(step, recipient);
          heard.push_back(recipient);
        }
      }
      const auto* ends = check::Get<bool>(step["ends"]);
      over = over || (ends != nullptr && *ends);
    }
  }

 private:
  std::string NameOf(const Recipient& recipient) const {
    return policy_[recipient.person.valid() ? recipient.person : recipient.tier].name;
  }

  std::vector<DeclId> SeveritiesOf(const Decl& notice) const {
    const auto* list = check::Get<check::ValueList>(notice["severities"]);
    if (list == nullptr) return policy_.OfKind("severity");
    std::vector<DeclId> severities;
    for (const check::Value& item : *list) {
      if (const auto* reference = check::Get<check::Reference>(item))
        severities.push_back(reference->decl);
    }
    return severities;
  }

  // The clause of all communications of a severity by which somebody hears first.
  const check::Clause* Telling(DeclId severity, const Recipient& recipient,
                               std::string_view keyword) const {
    const check::Clause* first = nullptr;
    for (DeclId id : policy_.OfKind("communication")) {
      if (policy_[id].target != severity) continue;
      const check::Clause* clause = FirstThatTells(policy_[id], recipient, keyword);
      if (clause != nullptr && (first == nullptr || clause->at_ms < first->at_ms)) first = clause;
    }
    return first;
  }

  // Whether anything tells them when it opens, be it at another time than promised, which is
  // reported.
  bool Opened(const Decl& notice, DeclId severity, const Recipient& recipient) {
    const check::Clause* after = Telling(severity, recipient, "after");
    const check::Clause* every = Telling(severity, recipient, "every");
    const check::Clause* first =
        after == nullptr || (every != nullptr && every->at_ms < after->at_ms) ? every : after;
    if (first == nullptr) return false;
    if (first->at_ms != Within(notice))
      Differs(notice, severity, recipient, *first, "after " + values::FormatDuration(first->at_ms));
    return true;
  }

  bool Updated(const Decl& notice, DeclId severity, const Recipient& recipient) {
    const check::Clause* every = Telling(severity, recipient, "every");
    if (every == nullptr) return false;
    if (every->most_ms > Within(notice))
      Differs(notice, severity, recipient, *every,
              "every " + values::FormatDuration(every->most_ms));
    return true;
  }

  static values::Duration Within(const Decl& notice) {
    const auto* within = check::Get<check::DurationValue>(notice["within"]);
    return within == nullptr ? 0 : within->ms;
  }

  void Differs(const Decl& notice, DeclId severity, const Recipient& recipient,
               const check::Clause& clause, std::string when) {
    context_.sink
        .Emit(codes::kTwoDeadlines, clause.span, NameOf(recipient), policy_[severity].name, when,
              values::FormatDuration(Within(notice)))
        .Also(notice["within"].span, "promised here")
        .Help("make the two the same; `severities` of a notice says which ones it is about");
  }

  // Of people inside, other things tell; whoever is outside hears by a communication alone.
  void Unkept(const Decl& notice, const std::vector<DeclId>& severities,
              const Recipient& recipient) {
    if (!recipient.person.valid() || policy_[recipient.person].schema->name != "audience") return;
    std::vector<std::string> names;
    for (DeclId severity : severities) names.push_back(policy_[severity].name);
    context_.sink
        .Emit(codes::kNobodyTells, notice["within"].span, NameOf(recipient), check::ListOf(names),
              values::FormatDuration(Within(notice)))
        .Also(policy_[severities[0]].span, "no communication about it tells them")
        .Help(fmt::format("write a `communication ... for {}` that does", names[0]));
  }

  void TooLate(const Decl& step, const Recipient& recipient) {
    const auto say = [&](std::string when, diagnostics::Span span) {
      context_.sink
          .Emit(codes::kToldTooLate, step["tells"].span, NameOf(recipient), std::move(when))
          .Also(span, "they hear here")
          .Help("tell them in an earlier step, too, or say that it is something else they hear of");
    };
    for (DeclId id : policy_.OfKind("communication")) {
      const Decl& communication = policy_[id];
      if (const auto* clause = FirstThatTells(communication, recipient, "after"))
        return say(fmt::format("{} after {} opened", values::FormatDuration(clause->at_ms),
                               policy_[communication.target].name),
                   clause->span);
    }
    for (DeclId id : policy_.OfKind("notice")) {
      const Decl& notice = policy_[id];
      const auto* at = check::Get<check::Word>(notice["event"]);
      const auto* to = check::Get<check::Recipients>(notice["to"]);
      if (at == nullptr || to == nullptr || at->text != "opened" ||
          std::ranges::find(to->all, recipient) == to->all.end())
        continue;
      return say(fmt::format("within {}", values::FormatDuration(Within(notice))),
                 notice["within"].span);
    }
  }

  Context& context_;
  const check::Policy& policy_;
};

void Run(Context& context) {
  Notices notices(context);
  for (DeclId id : context.policy.OfKind("notice")) notices.Look(context.policy[id]);
  for (DeclId id : context.policy.OfKind("process")) notices.LookAtProcess(context.policy[id]);
}

}  // namespace

extern const AnalysisRow analysis_promised_notices;
const AnalysisRow analysis_promised_notices{"promised_notices", Run};

}  // namespace tocsin::analyze
