// States of a lifecycle that nothing leads to, that may last for ever without anybody being asked,
// or from which there is no way to an end.

#include <algorithm>
#include <set>
#include <utility>

#include "compiler/analyze/analysis.h"
#include "compiler/kinds/kind.h"

namespace tocsin::analyze {
namespace {

using Names = std::set<std::string>;

class Lifecycle {
 public:
  Lifecycle(Context& context, const check::Decl& decl)
      : context_(context), decl_(decl), states_(kinds::StatesOf(decl)) {}

  void Look() const {
    const Names reached = Spread({states_[0]}, true);
    Names ends;
    for (const std::string& state : states_) {
      if (IsFinal(state)) ends.insert(state);
    }
    const Names ending = Spread(ends, false);
    bool told = false;
    for (const std::string& state : states_) {
      if (!reached.contains(state)) {
        context_.sink.Emit(codes::kUnreachableState, SpanOf(state), decl_.name, state)
            .Note(
                fmt::format("it begins in `{}`, and no moves lead on from there to it", states_[0]))
            .Help("add a move that leads to it, or take it out");
      } else if (!ending.contains(state)) {
        if (std::exchange(told, true)) continue;
        context_.sink.Emit(codes::kNeverEnds, SpanOf(state), state, decl_.name)
            .Note(ends.empty() ? std::string("every state is left again")
                               : "no moves lead on to " + check::OneOf({ends.begin(), ends.end()}))
            .Help("add a move to a state that is not left");
      } else if (!IsFinal(state) && !HasTime(state) && !IsPromised(state)) {
        SayEndless(state);
      }
    }
    for (const std::string& state : states_) {
      if (reached.contains(state) && ending.contains(state) && GoesRound(state)) return;
    }
  }

 private:
  bool IsFinal(const std::string& state) const {
    return std::ranges::none_of(decl_.clauses,
                                [&](const check::Clause& move) { return move.from == state; });
  }
  bool HasTime(const std::string& state) const {
    return std::ranges::any_of(decl_.clauses, [&](const check::Clause& move) {
      return move.from == state && std::ranges::any_of(move.triggers, [](const auto& trigger) {
               return trigger.after_ms.has_value();
             });
    });
  }
  // The state that time alone leads to; empty where nobody moves it but people.
  std::string NextByTime(const std::string& state) const {
    for (const check::Clause& move : decl_.clauses) {
      if (move.from == state && std::ranges::any_of(move.triggers, [](const auto& trigger) {
            return trigger.after_ms.has_value();
          }))
        return move.to;
    }
    return {};
  }

  // Whether time alone leads back here, with nobody asked on the way. A state has one time.
  bool GoesRound(const std::string& state) const {
    std::vector<std::string> way = {state};
    for (std::string next = NextByTime(state); !next.empty(); next = NextByTime(next)) {
      if (std::ranges::any_of(way, [&](const std::string& at) { return IsPromised(at); }))
        return false;
      way.push_back(next);
      if (next == state) break;
      if (way.size() > states_.size()) return false;
    }
    if (way.size() < 2 || way.back() != state) return false;
    context_.sink
        .Emit(codes::kGoesRound, SpanOf(state), decl_.name, fmt::format("{}", fmt::join(way, ", ")))
        .Note("each leads to the next after some time, and nobody is asked on the way")
        .Help("let time lead to an end, or say which `promise` is kept in one of them");
    return true;
  }
  const check::Decl* RowOf(const std::string& state) const {
    const auto found = std::ranges::find(decl_.rows, state, &check::Decl::name);
    return found == decl_.rows.end() ? nullptr : &*found;
  }
  bool IsPromised(const std::string& state) const {
    const check::Decl* row = RowOf(state);
    return row != nullptr && !(*row)["promise"].absent();
  }
  // Where it is first written, its row before all.
  diagnostics::Span SpanOf(const std::string& state) const {
    if (const check::Decl* row = RowOf(state)) return row->span;
    for (const check::Clause& move : decl_.clauses) {
      if (move.from == state) return move.from_span;
      if (move.to == state) return move.to_span;
    }
    return decl_.span;
  }

  // All that moves lead to from these states, or from which they lead to them.
  Names Spread(Names from, bool forth) const {
    for (bool grows = true; grows;) {
      grows = false;
      for (const check::Clause& move : decl_.clauses) {
        const std::string& near = forth ? move.from : move.to;
        const std::string& far = forth ? move.to : move.from;
        if (from.contains(near)) grows = from.insert(far).second || grows;
      }
    }
    return from;
  }

  void SayEndless(const std::string& state) const {
    std::vector<std::string> events;
    for (const check::Clause& move : decl_.clauses) {
      if (move.from != state) continue;
      for (const check::Trigger& trigger : move.triggers) events.push_back(trigger.event);
    }
    context_.sink.Emit(codes::kEndlessState, SpanOf(state), decl_.name, state)
        .Note(fmt::format("only {} leads on, and nobody is asked when it does not come",
                          check::OneOf(events)))
        .Help(fmt::format(
            "let it end by itself, as in `{} -> ... on after 14d`, or say in a table of states "
            "which `promise` is kept there",
            state));
  }

  Context& context_;
  const check::Decl& decl_;
  std::vector<std::string> states_;
};

void Run(Context& context) {
  for (check::DeclId id : context.policy.OfKind("lifecycle"))
    Lifecycle(context, context.policy[id]).Look();
}

}  // namespace

extern const AnalysisRow analysis_lifecycles;
const AnalysisRow analysis_lifecycles{"lifecycles", Run};

}  // namespace tocsin::analyze
