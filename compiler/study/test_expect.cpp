#include "compiler/study/test_expect.h"

#include <algorithm>

namespace tocsin::study {
namespace {

using check::SeriesId;
using check::SeriesKind;
using check::SeriesNode;
using Selections = std::vector<const check::Selection*>;

bool InState(const AlertRow& row, std::string_view state, const TimeSpan& span) {
  const StateChange* before = row.At(span.first);
  if ((before == nullptr ? std::string_view("inactive") : before->state) == state) return true;
  return std::ranges::any_of(row.changes, [&](const StateChange& change) {
    return span.Has(change.at) && change.state == state && row.At(change.at) == &change;
  });
}

// Whether at some instant no row is in another state than inactive.
bool AllInactive(const std::vector<const AlertRow*>& rows, const TimeSpan& span) {
  std::vector<values::Duration> instants = {span.first};
  for (const AlertRow* row : rows) {
    for (const StateChange& change : row->changes) {
      if (span.Has(change.at)) instants.push_back(change.at);
    }
  }
  return std::ranges::any_of(instants, [&](values::Duration at) {
    return std::ranges::all_of(rows, [&](const AlertRow* row) {
      const StateChange* change = row->At(at);
      return change == nullptr || change->state == "inactive";
    });
  });
}

// Walks a condition down to its questions, with the selections on the way.
template <class Visit>
auto Walk(const check::Policy& policy, SeriesId id, Selections selections, const Visit& visit) {
  const SeriesNode* node = &policy[id];
  while (node->kind == SeriesKind::kSelect || node->kind == SeriesKind::kFold) {
    for (const check::Selection& selection : node->selections) selections.push_back(&selection);
    id = node->operands[0];
    node = &policy[id];
  }
  return visit(id, *node, selections);
}

void Collect(const check::Policy& policy, SeriesId condition, const Selections& selections,
             std::vector<Asked>& questions) {
  Walk(policy, condition, selections,
       [&](SeriesId id, const SeriesNode& node, const Selections& inner) {
         if (node.kind != SeriesKind::kOperator) return questions.push_back({id, inner});
         for (const SeriesId operand : node.operands) Collect(policy, operand, inner, questions);
       });
}

class Judge {
 public:
  Judge(const check::Policy& policy, const Story& story, const Expectation& expectation)
      : policy_(policy), story_(story), expectation_(expectation) {}

  bool Holds(SeriesId condition, const Selections& selections) const {
    return Walk(policy_, condition, selections,
                [&](SeriesId id, const SeriesNode& node, const Selections& inner) {
                  if (node.kind != SeriesKind::kOperator)
                    return Happened(policy_, story_, expectation_, {id, inner});
                  const auto holds = [&](SeriesId part) { return Holds(part, inner); };
                  if (node.op == ir::SeriesOp::kNot) return !holds(node.operands[0]);
                  return node.op == ir::SeriesOp::kAnd ? std::ranges::all_of(node.operands, holds)
                                                       : std::ranges::any_of(node.operands, holds);
                });
  }

  // What is to blame for a condition that is not as wanted.
  void Blames(SeriesId condition, const Selections& selections, bool wanted,
              std::vector<Blame>& blames) const {
    Walk(policy_, condition, selections,
         [&](SeriesId id, const SeriesNode& node, const Selections& inner) {
           if (node.kind != SeriesKind::kOperator) return blames.push_back({{id, inner}, wanted});
           const bool flips = node.op == ir::SeriesOp::kNot;
           for (const SeriesId operand : node.operands) {
             if (Holds(operand, inner) != (flips ? !wanted : wanted))
               Blames(operand, inner, flips ? !wanted : wanted, blames);
           }
         });
  }

 private:
  const check::Policy& policy_;
  const Story& story_;
  const Expectation& expectation_;
};

}  // namespace

Expectation ExpectationOf(const check::Clause& clause, const World& world) {
  Expectation expectation;
  expectation.clause = &clause;
  expectation.no = clause.of == "no";
  TimeSpan& span = expectation.states;
  span = {0, world.end};
  if (clause.keyword == "within") span.last = clause.hold_ms;
  if (clause.keyword == "before") span.last = clause.hold_ms - 1;
  if (clause.keyword == "after") span.first = clause.hold_ms + 1;
  if (clause.keyword == "at") span.last = clause.hold_ms;
  expectation.messages = span;
  if (clause.keyword == "at") span.first = clause.hold_ms;
  return expectation;
}

std::vector<Asked> QuestionsOf(const check::Policy& policy, SeriesId condition) {
  std::vector<Asked> questions;
  Collect(policy, condition, {}, questions);
  return questions;
}

bool Selects(const Selections& selections, const values::LabelSet& row) {
  return std::ranges::all_of(selections, [&](const check::Selection* selection) {
    const std::string* value = row.Find(selection->label);
    if (value == nullptr) return true;
    return (std::ranges::find(selection->values, *value) != selection->values.end()) !=
           selection->except;
  });
}

bool IsAsked(const check::Policy& policy, const SeriesNode& about, const Message& message) {
  const bool over = message.action == "over";
  const check::Decl& who = policy[about.decl];
  if (message.person.empty() != (about.text == "asked")) return false;
  if (about.text == "asked"   ? message.action != who.name
      : about.text == "paged" ? message.action != "page"
                              : over != (about.text == "told_over"))
    return false;
  if (!about.operands.empty() && policy[policy[about.operands[0]].decl].name != message.channel)
    return false;
  if (about.text == "asked") return true;
  if (who.schema->name == "tier")
    return std::ranges::find(message.tiers, who.name) != message.tiers.end();
  return message.person == who.name;
}

bool Happened(const check::Policy& policy, const Story& story, const Expectation& expectation,
              const Asked& asked) {
  const SeriesNode& node = policy[asked.what];
  if (node.kind == SeriesKind::kAbout) {
    return std::ranges::any_of(story.messages, [&](const Message& message) {
      return expectation.messages.Has(message.at) && IsAsked(policy, node, message);
    });
  }
  std::vector<const AlertRow*> rows;
  for (const AlertRow& row : story.rows) {
    if (row.alert == policy[node.decl].name && Selects(asked.selections, row.labels))
      rows.push_back(&row);
  }
  if (node.text == "inactive") return AllInactive(rows, expectation.states);
  return std::ranges::any_of(
      rows, [&](const AlertRow* row) { return InState(*row, node.text, expectation.states); });
}

bool Holds(const check::Policy& policy, const Story& story, const Expectation& expectation) {
  return Judge(policy, story, expectation).Holds(expectation.clause->condition, {}) !=
         expectation.no;
}

std::vector<Blame> BlamesOf(const check::Policy& policy, const Story& story,
                            const Expectation& expectation) {
  std::vector<Blame> blames;
  Judge(policy, story, expectation)
      .Blames(expectation.clause->condition, {}, !expectation.no, blames);
  return blames;
}

}  // namespace tocsin::study
