#include "compiler/prove/regions.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace tocsin::prove {
namespace {

// Nodes that are looked at in all tries together.
constexpr std::size_t kMostLooks = 100'000;
constexpr std::size_t kMostGuesses = 20'000;
constexpr double kOpenNumber = std::numeric_limits<double>::quiet_NaN();

enum class Known : std::uint8_t { kNo, kYes, kOpen };

Known Not(Known a) { return a == Known::kOpen ? a : a == Known::kYes ? Known::kNo : Known::kYes; }
Known And(Known a, Known b) {
  if (a == Known::kNo || b == Known::kNo) return Known::kNo;
  return a == Known::kYes && b == Known::kYes ? Known::kYes : Known::kOpen;
}

bool Compares(NodeKind kind) {
  return kind == NodeKind::kLess || kind == NodeKind::kLessEqual || kind == NodeKind::kEqual;
}

bool CompareNow(NodeKind kind, double a, double b) {
  return kind == NodeKind::kLess ? a < b : kind == NodeKind::kLessEqual ? a <= b : a == b;
}

class Search {
 public:
  explicit Search(const Part& part)
      : part_(part),
        truths_(part.nodes.size(), Known::kOpen),
        numbers_(part.nodes.size(), kOpenNumber),
        values_(part.variables.size(), 0),
        given_(part.variables.size(), false),
        candidates_(part.variables.size()) {}

  Tried Run() {
    if (!Prepare()) return {};
    const Known found = From(0);
    if (found == Known::kYes) return {Verdict::kCounterexample, values_};
    if (found == Known::kOpen || !all_regions_) return {};
    return {Verdict::kUnsatisfiable, {}};
  }

 private:
  // False where some variable can have no value.
  bool Prepare() {
    std::vector<double> constants;
    for (const Node& node : part_.nodes) {
      if (node.kind == NodeKind::kConstant) constants.push_back(node.constant);
      if (Compares(node.kind)) {
        const Node &a = part_.nodes[node.a], &b = part_.nodes[node.b];
        const bool left = a.kind == NodeKind::kNumber && b.kind == NodeKind::kConstant;
        const bool right = b.kind == NodeKind::kNumber && a.kind == NodeKind::kConstant;
        if (left || right) {
          candidates_[left ? a.a : b.a].push_back(left ? b.constant : a.constant);
        } else {
          all_regions_ = false;
        }
      }
    }
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      const Variable& variable = part_.properties[i];
      if (variable.sort == Sort::kNumber) {
        if (!all_regions_) candidates_[i] = constants;
        AddRegions(variable, candidates_[i]);
      } else if (variable.sort == Sort::kTruth) {
        candidates_[i] = {0, 1};
      } else {
        AddChoices(variable, part_.named[i], candidates_[i]);
      }
      if (candidates_[i].empty()) return false;
    }
    return true;
  }

  // A number between any two of the constants and beyond them, then the constants themselves.
  static void AddRegions(const Variable& variable, std::vector<double>& values) {
    std::vector<double> limits = std::move(values);
    if (variable.least) limits.push_back(*variable.least);
    if (variable.most) limits.push_back(*variable.most);
    if (limits.empty()) limits.push_back(0);
    std::ranges::sort(limits);
    limits.erase(std::unique(limits.begin(), limits.end()), limits.end());
    values.clear();
    for (std::size_t i = 1; i < limits.size(); ++i)
      values.push_back(std::midpoint(limits[i - 1], limits[i]));
    const double low = limits.front(), high = limits.back();
    values.push_back(low > 0 ? low / 2 : low < 0 ? low * 2 : -1);
    values.push_back(high > 0 ? high * 2 : high < 0 ? high / 2 : 1);
    values.insert(values.end(), limits.begin(), limits.end());
    std::erase_if(values, [&](double value) {
      return !std::isfinite(value) || (variable.least && value < *variable.least) ||
             (variable.most && value > *variable.most);
    });
  }

  static void AddChoices(const Variable& variable, const std::vector<std::size_t>& named,
                         std::vector<double>& values) {
    std::size_t other = 0;
    for (const std::size_t which : named) {
      if (variable.choices == 0 || which < variable.choices)
        values.push_back(static_cast<double>(which));
      if (which == other) ++other;
    }
    if (variable.choices == 0 || other < variable.choices)
      values.push_back(static_cast<double>(other));
  }

  // Whether the statement can hold with the values given so far; they are left as they make it so.
  Known From(std::size_t next) {
    const Known now = Look();
    if (now != Known::kOpen || next == values_.size()) return now;
    if (TooMany()) return Known::kOpen;
    given_[next] = true;
    for (const double candidate : candidates_[next]) {
      values_[next] = candidate;
      const Known found = From(next + 1);
      if (found == Known::kYes || (found == Known::kOpen && TooMany())) return found;
    }
    given_[next] = false;
    values_[next] = candidates_[next].front();
    return Known::kNo;
  }

  Known Look() {
    looks_ += part_.nodes.size();
    for (std::size_t i = 0; i < part_.nodes.size(); ++i) {
      numbers_[i] = NumberOf(part_.nodes[i]);
      truths_[i] = Of(part_.nodes[i]);
    }
    const Known found = truths_.back();
    // What is not given yet may be anything.
    if (found == Known::kYes) {
      for (std::size_t i = 0; i < values_.size(); ++i) {
        if (!given_[i]) values_[i] = candidates_[i].front();
      }
    }
    return found;
  }

  Known Of(const Node& node) const {
    const auto truth = [](bool holds) { return holds ? Known::kYes : Known::kNo; };
    switch (node.kind) {
      case NodeKind::kFalse:
        return Known::kNo;
      case NodeKind::kTrue:
        return Known::kYes;
      case NodeKind::kTruth:
        return given_[node.a] ? truth(values_[node.a] != 0) : Known::kOpen;
      case NodeKind::kIs:
        return given_[node.a] ? truth(values_[node.a] == node.b) : Known::kOpen;
      case NodeKind::kNot:
        return Not(truths_[node.a]);
      case NodeKind::kAnd:
        return And(truths_[node.a], truths_[node.b]);
      case NodeKind::kOr:
        return Not(And(Not(truths_[node.a]), Not(truths_[node.b])));
      default:
        return Compares(node.kind) ? OfComparison(node) : Known::kOpen;
    }
  }

  Known OfComparison(const Node& node) const {
    const double a = numbers_[node.a], b = numbers_[node.b];
    if (std::isnan(a) || std::isnan(b)) return Known::kOpen;
    return CompareNow(node.kind, a, b) ? Known::kYes : Known::kNo;
  }

  double NumberOf(const Node& node) const {
    switch (node.kind) {
      case NodeKind::kNumber:
        return given_[node.a] ? values_[node.a] : kOpenNumber;
      case NodeKind::kConstant:
        return node.constant;
      case NodeKind::kAdd:
        return numbers_[node.a] + numbers_[node.b];
      case NodeKind::kSubtract:
        return numbers_[node.a] - numbers_[node.b];
      case NodeKind::kScale:
        return node.constant * numbers_[node.a];
      case NodeKind::kEither:
        if (truths_[node.a] == Known::kOpen) return kOpenNumber;
        return numbers_[truths_[node.a] == Known::kYes ? node.b : node.c];
      default:
        return kOpenNumber;
    }
  }

  bool TooMany() const { return looks_ > (all_regions_ ? kMostLooks : kMostGuesses); }

  const Part& part_;
  std::vector<Known> truths_;    // of nodes
  std::vector<double> numbers_;  // of nodes: kOpenNumber where it is not known
  std::vector<double> values_;   // of variables
  std::vector<bool> given_;
  std::vector<std::vector<double>> candidates_;
  bool all_regions_ = true;  // else there may be values beside the candidates
  std::size_t looks_ = 0;
};

}  // namespace

Tried TryRegions(const Part& part) { return Search(part).Run(); }

}  // namespace tocsin::prove
