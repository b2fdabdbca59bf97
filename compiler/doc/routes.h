// States and the lines between them to a drawing. States stand below one another. A line to the
// next state is straight; any other runs in a lane of its own, on the right where it leads down or
// back into its state, on the left where it leads up. So lines cross, but never run on each other.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "compiler/doc/document.h"

namespace tocsin::doc {

// From several states into one, or from one into several, all of them above or all below.
struct Route {
  std::set<std::size_t> from;
  std::set<std::size_t> to;
  std::vector<std::size_t> numbers;  // shown on it

  bool self() const { return from == to; }
  bool down() const { return *from.begin() <= *to.begin(); }
};

struct Graph {
  struct State {
    std::string name;
    bool last = false;  // nothing leads on from it
  };
  std::vector<State> states;
  std::vector<Route> routes;
  std::map<std::size_t, std::vector<std::size_t>> into;   // numbers of what leads from anywhere
  std::map<std::size_t, std::vector<std::size_t>> first;  // numbers of what it begins with
};

// Nothing where there are more lines than anybody could follow.
std::optional<Drawing> DrawGraph(const Graph& graph);

}  // namespace tocsin::doc
