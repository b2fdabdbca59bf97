#include "compiler/doc/states.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "compiler/doc/routes.h"

namespace tocsin::doc {
namespace {

constexpr std::size_t kMostStates = 64;
constexpr std::size_t kMostNamed = 5;  // states that a line of the legend names

using Pairs = std::set<std::pair<std::size_t, std::size_t>>;

// All transitions with one reason, which have one number.
struct Reason {
  std::string text;
  Pairs pairs;                  // from, to
  std::set<std::size_t> into;   // from every state that is not final
  std::set<std::size_t> first;  // where the machine begins
};

std::vector<Reason> ReasonsOf(const core::Machine& machine) {
  std::map<std::string, std::size_t, std::less<>> index;
  for (const std::string& state : machine.states) index.emplace(state, index.size());
  std::vector<Reason> reasons;
  for (const core::Transition& transition : machine.transitions) {
    auto found = std::ranges::find(reasons, transition.because, &Reason::text);
    if (found == reasons.end()) {
      reasons.push_back({transition.because, {}, {}, {}});
      found = reasons.end() - 1;
    }
    const auto to = index.find(transition.to), from = index.find(transition.from);
    if (to == index.end()) continue;
    if (transition.trigger == ir::TriggerKind::kStarted) {
      found->first.insert(to->second);
    } else if (from == index.end()) {
      found->into.insert(to->second);
    } else {
      found->pairs.emplace(from->second, to->second);
    }
  }
  return reasons;
}

// Splits what has one reason into lines that each lead down or up, from one state or to one state.
void AddRoutes(const Reason& reason, std::size_t number, std::vector<Route>& routes) {
  const auto add = [&](std::size_t from, std::size_t to, bool by_target) {
    const auto fits = [&](const Route& route) {
      const bool same_way = route.down() == (from <= to) && route.self() == (from == to);
      const bool joins = by_target ? route.to == std::set{to} : route.from == std::set{from};
      return same_way && joins && route.numbers == std::vector{number};
    };
    const auto found = std::ranges::find_if(routes, fits);
    if (found == routes.end() || from == to) {
      routes.push_back({{from}, {to}, {number}});
    } else {
      found->from.insert(from);
      found->to.insert(to);
    }
  };
  std::set<std::size_t> sources;
  for (const auto& [from, to] : reason.pairs) sources.insert(from);
  for (const auto& [from, to] : reason.pairs) add(from, to, sources.size() > 1);
}

// Lines between the same states are one line with several numbers.
std::vector<Route> Merged(std::vector<Route> routes) {
  std::vector<Route> merged;
  for (Route& route : routes) {
    const auto same = std::ranges::find_if(merged, [&](const Route& other) {
      return other.from == route.from && other.to == route.to;
    });
    if (same == merged.end()) {
      merged.push_back(std::move(route));
    } else {
      same->numbers.push_back(route.numbers.front());
    }
  }
  return merged;
}

std::string Named(const core::Machine& machine, const std::set<std::size_t>& states) {
  std::string names;
  std::size_t named = 0;
  for (const std::size_t state : states) {
    if (named++ == kMostNamed)
      return fmt::format("{} and {} more", names, states.size() - named + 1);
    names += (names.empty() ? "" : ", ") + machine.states[state];
  }
  return names;
}

// "inactive, pending → firing".
std::string PathsOf(const core::Machine& machine, const Reason& reason) {
  std::map<std::size_t, std::set<std::size_t>> by_target;
  std::set<std::size_t> sources, targets, staying;
  for (const auto& [from, to] : reason.pairs) {
    if (from == to) {
      staying.insert(from);
      continue;
    }
    by_target[to].insert(from);
    sources.insert(from);
    targets.insert(to);
  }
  std::vector<std::string> paths;
  if (!reason.first.empty()) paths.push_back("at the start → " + Named(machine, reason.first));
  if (sources.size() == 1 && targets.size() > 1) {
    paths.push_back(fmt::format("{} → {}", Named(machine, sources), Named(machine, targets)));
  } else {
    for (const auto& [to, from] : by_target)
      paths.push_back(fmt::format("{} → {}", Named(machine, from), machine.states[to]));
  }
  if (!staying.empty()) paths.push_back("stays " + Named(machine, staying));
  if (!reason.into.empty()) paths.push_back("any state → " + Named(machine, reason.into));
  return fmt::format("{}", fmt::join(paths, "; "));
}

}  // namespace

std::optional<Drawing> DrawStates(const core::Machine& machine, std::string name,
                                  std::string about) {
  if (machine.states.empty() || machine.states.size() > kMostStates) return std::nullopt;
  const std::vector<Reason> reasons = ReasonsOf(machine);
  Graph graph;
  for (const std::string& state : machine.states) {
    const bool last = std::ranges::find(machine.final_states, state) != machine.final_states.end();
    graph.states.push_back({state, last});
  }
  std::vector<Route> routes;
  for (std::size_t i = 0; i < reasons.size(); ++i) {
    AddRoutes(reasons[i], i + 1, routes);
    for (const std::size_t to : reasons[i].into) graph.into[to].push_back(i + 1);
    for (const std::size_t to : reasons[i].first) graph.first[to].push_back(i + 1);
  }
  if (graph.first.empty()) graph.first[0];
  graph.routes = Merged(std::move(routes));
  std::optional<Drawing> drawing = DrawGraph(graph);
  if (!drawing) return std::nullopt;
  drawing->name = std::move(name);
  drawing->about = std::move(about);
  for (const Reason& reason : reasons) {
    Line line = {Strong(PathsOf(machine, reason)), Text(": ")};
    Append(line, Marked(reason.text));
    drawing->legend.push_back(std::move(line));
  }
  return drawing;
}

}  // namespace tocsin::doc
