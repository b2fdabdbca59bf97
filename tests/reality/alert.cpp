#include "tests/reality/alert.h"

#include <algorithm>
#include <map>

namespace tocsin::reality {
namespace {

// What is known of one row between two ticks. Held times grow by the distance of the ticks, and
// only at ticks that have data.
struct Life {
  std::string state = "inactive";
  Instant held = 0;      // `when` while pending, what clears while clearing
  Instant unknown = -1;  // for how long nothing has been known; -1 where something is
  bool told = false;
};

class Machine {
 public:
  Machine(const Rule& rule, const Ticks& ticks) : rule_(rule), ticks_(ticks) {}

  // Returns the states that it came to, one after the other.
  std::vector<std::string> Tick(const Row& row, Life& life, Instant tick) {
    steps_.clear();
    const Truth when = rule_.when(row, tick, rule_.limit);
    const Truth clears = when.value_or(false) ? Truth(false)
                         : rule_.clear        ? rule_.clear(row, tick)
                                              : Not(when);
    life.unknown = when ? -1 : life.unknown < 0 ? 0 : life.unknown + ticks_.distance;
    if (life.unknown >= rule_.after && rule_.no_data != NoData::kHold) {
      NothingKnown(life);
    } else if (life.state == "inactive" || life.state == "pending") {
      Wrong(life, when);
    } else {
      Right(life, clears);
    }
    return steps_;
  }

 private:
  void To(Life& life, const std::string& state) {
    if (life.state == state) return;
    steps_.push_back(life.state + " -> " + state);
    life.state = state;
    life.held = 0;
  }
  void NothingKnown(Life& life) {
    const bool quiet = life.state == "inactive" || life.state == "pending";
    if (rule_.no_data == NoData::kClear) To(life, "inactive");
    if (rule_.no_data == NoData::kFire && quiet) To(life, "firing");
    life.held = 0;
  }
  void Wrong(Life& life, Truth when) {
    if (!when) return;
    if (!*when) return To(life, "inactive");
    if (life.state == "pending") life.held += ticks_.distance;
    if (life.held >= rule_.hold) return To(life, "firing");
    To(life, "pending");
  }
  void Right(Life& life, Truth clears) {
    const Instant hold = rule_.clear ? rule_.clear_hold : rule_.hold;
    if (!clears) return;
    if (!*clears) return To(life, "firing");
    if (life.state == "clearing") life.held += ticks_.distance;
    if (life.held >= hold) return To(life, "inactive");
    To(life, "clearing");
  }

  const Rule& rule_;
  const Ticks& ticks_;
  std::vector<std::string> steps_;
};

bool IsUp(const Life& life) { return life.state == "firing" || life.state == "clearing"; }

}  // namespace

std::string Key(const Rule& rule, const Row& row) {
  std::string key;
  for (std::size_t i = 0; i < row.size(); ++i)
    key += (i == 0 ? "" : ",") + rule.labels[i] + "=\"" + row[i] + "\"";
  return rule.name + "{" + key + "}";
}

std::vector<Step> Decide(const std::vector<Rule>& rules, const Ticks& ticks, Instant grace) {
  std::vector<Step> steps;
  std::map<std::string, std::map<Row, Life>> lives;
  for (Instant tick = ticks.first; tick <= ticks.last; tick += ticks.distance) {
    for (const Rule& rule : rules) {
      Machine machine(rule, ticks);
      for (const Row& row : rule.rows) {
        Life& life = lives[rule.name][row];
        for (const std::string& step : machine.Tick(row, life, tick))
          steps.push_back({tick + grace, Key(rule, row) + " " + step});
      }
    }
    for (const Rule& rule : rules) {
      for (const Row& row : rule.rows) {
        Life& life = lives[rule.name][row];
        if (!IsUp(life)) life.told = false;
        if (!IsUp(life) || life.told) continue;
        Row other;
        for (const std::size_t place : rule.matching) other.push_back(row[place]);
        if (!rule.unless.empty() && IsUp(lives[rule.unless][other])) continue;
        life.told = true;
        steps.push_back({tick + grace, Key(rule, row) + " tells " + rule.level.person + " by " +
                                           rule.level.channel});
      }
    }
  }
  std::ranges::sort(steps);
  return steps;
}

}  // namespace tocsin::reality
