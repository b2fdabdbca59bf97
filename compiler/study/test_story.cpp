#include "compiler/study/test_story.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "runtime/engine/on_call.h"

namespace tocsin::study {
namespace {

class Teller {
 public:
  Teller(const ir::Program& program, const World& world, const TestRun& run)
      : program_(program), world_(world), run_(run) {}

  Story Tell() {
    for (const engine::Decision& decision : run_.decisions) {
      switch (decision.kind) {
        case engine::DecisionKind::kTransition:
          if (decision.machine == decision.alert) Change(decision);
          break;
        case engine::DecisionKind::kSend:
        case engine::DecisionKind::kRequest:
          Send(decision);
          break;
        case engine::DecisionKind::kRefused:
          story_.refused.push_back(decision.key.str() + ": " + decision.because.str());
          break;
        case engine::DecisionKind::kHeld:
        case engine::DecisionKind::kDigest:
          break;  // nobody is told of an alert by itself
        case engine::DecisionKind::kIgnored:
          break;  // an answer that nothing waited for any more
      }
    }
    return std::move(story_);
  }

 private:
  values::Duration Since(values::Instant at) const { return at - world_.zero; }

  AlertRow& RowOf(const engine::Decision& decision) {
    const auto [found, fresh] =
        rows_.try_emplace({decision.alert.index, decision.key}, story_.rows.size());
    if (!fresh) return story_.rows[found->second];
    AlertRow& row = story_.rows.emplace_back();
    row.alert = program_.machines[decision.alert.index].name;
    row.key = decision.key;
    row.labels = LabelsOfKey(decision.key);
    return row;
  }

  void Change(const engine::Decision& decision) {
    if (decision.from == decision.to) return;  // it noted something
    const ir::Transition& taken =
        program_.machines[decision.machine.index].transitions[decision.transition];
    RowOf(decision).changes.push_back(
        {Since(decision.at), decision.to, decision.because, taken.place});
  }

  void Send(const engine::Decision& decision) {
    const AlertRow& row = RowOf(decision);
    const std::vector<std::string> tiers = TiersOf(decision, row.Name());
    Message message;
    message.at = Since(decision.at);
    message.action = decision.action;
    message.person = decision.person;
    message.channel = program_.channels[decision.channel.index].name;
    message.tiers = tiers;
    message.row = row.Name();
    message.purpose = decision.because;
    message.text = decision.text;
    const auto cause =
        std::ranges::lower_bound(run_.decisions, decision.cause, {}, &engine::Decision::id);
    if (cause != run_.decisions.end() && cause->id == decision.cause &&
        cause->kind == engine::DecisionKind::kTransition) {
      message.because = cause->because;
      message.place = program_.machines[cause->machine.index].transitions[cause->transition].place;
    }
    story_.messages.push_back(std::move(message));
  }

  // For which tiers the person was asked; for word that it is over, was asked before.
  std::vector<std::string> TiersOf(const engine::Decision& decision, const std::string& row) {
    std::set<std::string>& before = asked_[{row, decision.person}];
    const ir::Effect& effect = program_.machines[decision.machine.index].effects[decision.effect];
    if (effect.to.empty()) return {before.begin(), before.end()};
    std::vector<std::string> tiers;
    for (const ir::Recipient& recipient : effect.to) {
      if (!recipient.tier.valid()) continue;
      for (const ir::PersonId id : engine::OnCall(program_, recipient.tier, decision.at)) {
        if (program_.people[id.index].name == decision.person)
          tiers.push_back(program_.tiers[recipient.tier.index].name);
      }
    }
    before.insert(tiers.begin(), tiers.end());
    return tiers;
  }

  const ir::Program& program_;
  const World& world_;
  const TestRun& run_;
  Story story_;
  std::map<std::pair<std::size_t, std::string>, std::size_t> rows_;
  std::map<std::pair<std::string, std::string>, std::set<std::string>> asked_;
};

}  // namespace

const StateChange* AlertRow::At(values::Duration at) const {
  const auto after = std::ranges::upper_bound(changes, at, {}, &StateChange::at);
  return after == changes.begin() ? nullptr : &*std::prev(after);
}

Story StoryOf(const ir::Program& program, const World& world, const TestRun& run) {
  return Teller(program, world, run).Tell();
}

}  // namespace tocsin::study
