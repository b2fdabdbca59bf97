#include "compiler/check/cost.h"

#include <algorithm>
#include <map>

#include "runtime/base/limits.h"

namespace tocsin::check {
namespace {

constexpr std::uint64_t kValueBytes = 8;
constexpr std::uint64_t kUnbounded = 1ull << 62;

std::uint64_t Times(std::uint64_t a, std::uint64_t b) {
  return b != 0 && a > kUnbounded / b ? kUnbounded : a * b;
}
std::uint64_t Plus(std::uint64_t a, std::uint64_t b) { return std::min(kUnbounded, a + b); }

class Costs {
 public:
  explicit Costs(const Policy& policy) : policy_(policy) {
    for (const DeclId id : policy.OfKind("label")) {
      const auto* domain = Get<Domain>(policy[id].type);
      if (domain != nullptr)
        bounds_[policy[id].name] = domain->closed ? domain->values.size() : domain->bound;
    }
    const auto* resolution =
        policy.policy.valid() ? Get<DurationValue>(policy[policy.policy]["resolution"]) : nullptr;
    if (resolution != nullptr && resolution->ms > 0) resolution_ms_ = resolution->ms;
  }

  std::uint64_t Rows(const std::vector<std::string>& labels) const {
    std::uint64_t rows = 1;
    for (const std::string& label : labels) {
      const auto bound = bounds_.find(label);
      rows = Times(rows, bound == bounds_.end() ? 1 : bound->second);
    }
    return std::min<std::uint64_t>(rows, base::kMaxRows);
  }

  void Add(SeriesId id, Cost& cost) const {
    if (!id.valid()) return;
    const SeriesNode& node = policy_[id];
    const std::uint64_t rows = node.has_rows ? Rows(node.labels) : 1;
    cost.steps = Plus(cost.steps, rows);
    if (node.kind == SeriesKind::kCall) cost.bytes = Plus(cost.bytes, Times(rows, Kept(node)));
    for (const SeriesId operand : node.operands) Add(operand, cost);
  }

  // What a window keeps of one row.
  std::uint64_t Kept(const SeriesNode& call) const {
    if (call.function->earlier) {
      const auto grid =
          values::EarlierGridOf(static_cast<std::int64_t>(call.parameters[0]), resolution_ms_);
      return kValueBytes * static_cast<std::uint64_t>(grid.count);
    }
    if (call.operands.empty() || call.function->aggregate == nullptr) return 0;
    const SeriesNode& window = policy_[call.operands[0]];
    if (window.kind != SeriesKind::kWindow) return 0;
    const values::Panes panes =
        values::PanesOf(static_cast<std::int64_t>(window.number), resolution_ms_);
    const values::Aggregate* aggregate = call.function->OverWindow(call.parameters, panes.ticks);
    if (aggregate == nullptr) return 0;
    if (aggregate->by_ticks != nullptr) return aggregate->by_ticks->bytes_of_row(panes.ticks);
    return kValueBytes * aggregate->fields * (static_cast<std::uint64_t>(panes.count) + 2);
  }

  Cost OfSignal(DeclId id) const {
    const Decl& decl = policy_[id];
    Cost cost{id, 1, 0, 0};
    if (const auto* measure = Get<Measure>(decl.type)) cost.rows = Rows(measure->labels);
    cost.bytes = Times(cost.rows, kValueBytes);
    // A measured signal looks at each row's newest sample.
    if (!decl.value.valid()) cost.steps = cost.rows;
    Add(decl.value, cost);
    return cost;
  }

  Cost OfAlert(DeclId id) const {
    Cost cost{id, 1, 0, 0};
    for (const Clause& clause : policy_[id].clauses) {
      if (!clause.condition.valid()) continue;
      cost.rows = Rows(policy_[clause.condition].labels);
      Add(clause.condition, cost);
      // When it began to hold.
      cost.bytes = Plus(cost.bytes, Times(cost.rows, kValueBytes));
      cost.steps = Plus(cost.steps, cost.rows);
    }
    return cost;
  }

 private:
  const Policy& policy_;
  std::map<std::string, std::uint64_t, std::less<>> bounds_;
  values::Duration resolution_ms_ = 15'000;
};

}  // namespace

std::vector<Cost> CostsOf(const Policy& policy) {
  const Costs costs(policy);
  std::vector<Cost> result;
  for (std::size_t i = 0; i < policy.decls.size(); ++i) {
    const std::string& kind = policy.decls[i].schema->name;
    if (kind == "signal") result.push_back(costs.OfSignal(DeclId(i)));
    if (kind == "alert") result.push_back(costs.OfAlert(DeclId(i)));
  }
  return result;
}

Cost Total(const std::vector<Cost>& costs) {
  Cost total;
  for (const Cost& cost : costs) {
    total.rows = Plus(total.rows, cost.rows);
    total.steps = Plus(total.steps, cost.steps);
    total.bytes = Plus(total.bytes, cost.bytes);
  }
  return total;
}

}  // namespace tocsin::check
