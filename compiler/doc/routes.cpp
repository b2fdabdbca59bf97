#include "compiler/doc/routes.h"

#include <algorithm>
#include <array>
#include <utility>

#include "compiler/doc/svg.h"

namespace tocsin::doc {
namespace {

constexpr std::size_t kMostLanes = 24;  // on a side
constexpr double kLane = 24;            // from one lane to the next
constexpr double kPort = 18;            // from one line's end to the next
constexpr double kBadges = 20;          // from one number to the next
constexpr double kLeast = 42;           // the height of a state
constexpr double kGap = 38;             // between states
constexpr double kMargin = 6;
constexpr double kAnywhere = 74;  // for the words "any state"

enum Side : std::size_t { kRight, kLeft };

// Where a line meets a state.
struct Port {
  std::size_t route = 0;
  bool arrives = false;
  double y = 0;
};

struct Lane {
  Side side = kRight;
  std::size_t number = 0;
  std::size_t top = 0;  // states
  std::size_t bottom = 0;
};

struct Placed {
  double y = 0;
  double height = kLeast;
  std::array<std::vector<Port>, 2> ports;
};

bool Straight(const Route& route) {
  return route.from.size() == 1 && route.to.size() == 1 &&
         *route.to.begin() == *route.from.begin() + 1;
}

class Layout {
 public:
  explicit Layout(const Graph& graph)
      : graph_(graph), lanes_(graph.routes.size()), places_(graph.states.size()) {}

  std::optional<Drawing> Draw() {
    if (!TakeLanes()) return std::nullopt;
    PlacePorts();
    PlaceStates();
    for (std::size_t i = 0; i < graph_.routes.size(); ++i) {
      if (Straight(graph_.routes[i])) {
        DrawStraight(graph_.routes[i]);
      } else {
        DrawLane(i);
      }
    }
    for (const auto& [state, numbers] : graph_.first) DrawFirst(state, numbers);
    for (const auto& [state, numbers] : graph_.into) DrawInto(state, numbers);
    for (std::size_t i = 0; i < graph_.states.size(); ++i) DrawState(i);
    for (const auto& [at, number] : badges_) svg_.Badge(at, number);
    const Placed& last = places_.back();
    return Drawing{.width = right_ + LanesWidth(kRight) + (graph_.into.empty() ? 0 : kAnywhere),
                   .height = last.y + last.height + kMargin,
                   .body = svg_.body()};
  }

 private:
  // Short lines lie inside, and of equal ones those above; lines that meet a common state lie in
  // lanes of their own.
  bool TakeLanes() {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < graph_.routes.size(); ++i) {
      const Route& route = graph_.routes[i];
      if (Straight(route)) continue;
      lanes_[i] = {route.down() ? kRight : kLeft, 0,
                   std::min(*route.from.begin(), *route.to.begin()),
                   std::max(*route.from.rbegin(), *route.to.rbegin())};
      order.push_back(i);
    }
    std::ranges::stable_sort(order, {}, [&](std::size_t i) {
      return std::pair{lanes_[i].bottom - lanes_[i].top, lanes_[i].top};
    });
    std::vector<std::size_t> done;
    for (const std::size_t i : order) {
      const auto taken = [&](std::size_t other) {
        const Lane& a = lanes_[i];
        const Lane& b = lanes_[other];
        return a.side == b.side && a.number == b.number && a.top <= b.bottom && b.top <= a.bottom;
      };
      while (std::ranges::any_of(done, taken)) ++lanes_[i].number;
      std::size_t& count = lane_count_[lanes_[i].side];
      count = std::max(count, lanes_[i].number + 1);
      done.push_back(i);
    }
    return std::max(lane_count_[kRight], lane_count_[kLeft]) <= kMostLanes;
  }

  // On the right what arrives stands above what leaves, on the left below, each in the order in
  // which lines do not cross near the state.
  void PlacePorts() {
    for (std::size_t i = 0; i < graph_.routes.size(); ++i) {
      const Route& route = graph_.routes[i];
      if (Straight(route)) continue;
      const Side side = lanes_[i].side;
      for (const std::size_t state : route.from) places_[state].ports[side].push_back({i, false});
      for (const std::size_t state : route.to) places_[state].ports[side].push_back({i, true});
    }
    const auto rank = [&](Side side, const Port& port) {
      const Lane& lane = lanes_[port.route];
      const auto number = static_cast<int>(lane.number);
      // A line back into its state leaves above and arrives below, with nothing between.
      if (graph_.routes[port.route].self()) return std::pair{1, port.arrives ? 1 : 0};
      if (side == kRight) return port.arrives ? std::pair{0, number} : std::pair{2, -number};
      return port.arrives ? std::pair{2, -number} : std::pair{0, number};
    };
    for (Placed& place : places_) {
      double most = 0;
      for (const Side side : {kRight, kLeft}) {
        std::vector<Port>& ports = place.ports[side];
        std::ranges::stable_sort(ports, {}, [&](const Port& port) { return rank(side, port); });
        double y = 0;
        for (std::size_t i = 0; i < ports.size(); ++i) {
          const Route& route = graph_.routes[ports[i].route];
          if (i > 0) y += kPort;
          if (route.self() && ports[i].arrives)
            y += kBadges * static_cast<double>(route.numbers.size()) - 4;
          ports[i].y = y;
        }
        most = std::max(most, ports.empty() ? 0 : y);
      }
      place.height = std::max(kLeast, most + 24);
    }
  }

  double LanesWidth(Side side) const {
    const double lanes = static_cast<double>(lane_count_[side]) * kLane;
    return kMargin + (lanes == 0 ? 0 : lanes + 8);
  }

  void PlaceStates() {
    double widest = 96;
    for (const Graph::State& state : graph_.states)
      widest = std::max(widest, std::min(WidthOf(state.name) + 28, 220.0));
    left_ = LanesWidth(kLeft);
    right_ = left_ + widest;
    double y = kMargin + (graph_.first.contains(0) ? 34 : 0);
    for (Placed& place : places_) {
      place.y = y;
      for (std::vector<Port>& ports : place.ports) {
        if (ports.empty()) continue;
        const double above = (place.height - ports.back().y) / 2;
        for (Port& port : ports) port.y += y + above;
      }
      y += place.height + kGap;
    }
  }

  double LaneX(const Lane& lane) const {
    const double out = static_cast<double>(lane.number + 1) * kLane;
    return lane.side == kRight ? right_ + out : left_ - out;
  }

  void Numbers(Svg::Point middle, const std::vector<std::size_t>& numbers, bool across) {
    double at = -kBadges * static_cast<double>(numbers.size() - 1) / 2;
    for (const std::size_t number : numbers) {
      badges_.push_back(
          {across ? Svg::Point{middle.x + at, middle.y} : Svg::Point{middle.x, middle.y + at},
           number});
      at += kBadges;
    }
  }

  void DrawStraight(const Route& route) {
    const Placed& from = places_[*route.from.begin()];
    const Placed& to = places_[*route.to.begin()];
    const double x = (left_ + right_) / 2, top = from.y + from.height;
    svg_.Path("edge", {{x, top}, {x, to.y - 1}});
    svg_.Head({x, to.y - 1}, 0, 1);
    Numbers({x, (top + to.y) / 2 - 3}, route.numbers, true);
  }

  // The ends of a line on the states it meets.
  std::vector<Port> EndsOf(std::size_t route) const {
    std::vector<Port> ends;
    for (const Placed& place : places_) {
      for (const Port& port : place.ports[lanes_[route].side]) {
        if (port.route == route) ends.push_back(port);
      }
    }
    return ends;
  }

  void DrawLane(std::size_t i) {
    const Route& route = graph_.routes[i];
    const Lane& lane = lanes_[i];
    const double x = LaneX(lane), edge = lane.side == kRight ? right_ : left_;
    const double inward = lane.side == kRight ? -1 : 1;
    std::vector<Port> ends = EndsOf(i);
    std::ranges::stable_sort(ends, {}, &Port::y);
    // The end that all others share lies outermost: the lane leads from it to each of them.
    const bool into_one = route.to.size() == 1;
    const auto shared = std::ranges::find(ends, into_one, &Port::arrives);
    for (const Port& end : ends) {
      if (&end == &*shared) continue;
      svg_.Path("edge", {{edge, end.y}, {x, end.y}, {x, shared->y}, {edge, shared->y}});
    }
    for (const Port& end : ends) {
      if (end.arrives) svg_.Head({edge - inward, end.y}, inward, 0);
    }
    // The numbers stand where all of them run together.
    const Port& near = shared == ends.begin() ? ends[1] : *(shared - 1);
    Numbers({x, (near.y + shared->y) / 2}, route.numbers, false);
  }

  void DrawFirst(std::size_t state, const std::vector<std::size_t>& numbers) {
    const Placed& place = places_[state];
    const double x = (left_ + right_) / 2;
    if (state != 0) return;
    svg_.Circle("dot", x, place.y - 28, 5);
    svg_.Path("edge", {{x, place.y - 23}, {x, place.y - 1}});
    svg_.Head({x, place.y - 1}, 0, 1);
    if (!numbers.empty()) Numbers({x + 22, place.y - 20}, numbers, true);
  }

  void DrawInto(std::size_t state, const std::vector<std::size_t>& numbers) {
    const Placed& place = places_[state];
    const std::vector<Port>& ports = place.ports[kRight];
    // Above whatever else meets the state there.
    const double y = ports.empty() ? place.y + place.height / 2 : place.y + 8;
    const double from = right_ + LanesWidth(kRight);
    svg_.Path("edge", {{from, y}, {right_ + 1, y}});
    svg_.Head({right_ + 1, y}, -1, 0);
    svg_.Words("soft", from + 6, y + 4, "any state");
    const double middle = lane_count_[kRight] == 0 ? from - 2 : right_ + kLane;
    Numbers({middle, y}, numbers, true);
  }

  void DrawState(std::size_t i) {
    const Graph::State& state = graph_.states[i];
    const Placed& place = places_[i];
    const std::string css = state.last                 ? "box last"
                            : graph_.first.contains(i) ? "box first"
                                                       : "box";
    svg_.Rect(css, left_, place.y, right_ - left_, place.height, 9);
    if (state.last)
      svg_.Rect("inner", left_ + 4, place.y + 4, right_ - left_ - 8, place.height - 8, 6);
    const std::vector<std::string> lines = Wrapped(state.name, right_ - left_ - 16, 2);
    double y = place.y + place.height / 2 + 5 - 9 * static_cast<double>(lines.size() - 1);
    for (const std::string& line : lines) {
      svg_.Words("strong", (left_ + right_) / 2, y, line, "middle");
      y += 18;
    }
  }

  const Graph& graph_;
  std::vector<Lane> lanes_;  // of each route
  std::vector<Placed> places_;
  std::array<std::size_t, 2> lane_count_ = {};
  double left_ = 0;  // of the states
  double right_ = 0;
  Svg svg_;
  std::vector<std::pair<Svg::Point, std::size_t>> badges_;  // on top of all lines
};

}  // namespace

std::optional<Drawing> DrawGraph(const Graph& graph) {
  if (graph.states.empty()) return std::nullopt;
  return Layout(graph).Draw();
}

}  // namespace tocsin::doc
