#include "tests/sim/model_series.h"

#include <algorithm>
#include <cmath>

namespace tocsin::sim {

namespace {

constexpr Duration kMostAheadMs = 600'000;

const Label& LabelNamed(const Policy& policy, const std::string& name) {
  return *std::ranges::find(policy.labels, name, &Label::name);
}

bool Matches(const Signal& signal, const Input& input) {
  if (signal.derived || signal.metric != input.metric) return false;
  for (const Condition& condition : signal.where) {
    const auto found = input.labels.find(condition.label);
    const std::string value = found == input.labels.end() ? "" : found->second;
    if ((value == condition.value) != condition.equal) return false;
  }
  return true;
}

Value Finite(double value) { return std::isfinite(value) ? Value(value) : std::nullopt; }
Value Truth(bool holds) { return holds ? 1 : 0; }

Value And(Value a, Value b) {
  if ((a && *a == 0) || (b && *b == 0)) return 0;
  return a && b ? Value(1) : std::nullopt;
}
Value Not(Value a) { return a ? Truth(*a == 0) : std::nullopt; }
Value Or(Value a, Value b) { return Not(And(Not(a), Not(b))); }

Value Apply(Op op, double a, double b) {
  switch (op) {
    case Op::kAdd:
      return Finite(a + b);
    case Op::kSubtract:
      return Finite(a - b);
    case Op::kMultiply:
      return Finite(a * b);
    case Op::kDivide:
      return b == 0 ? std::nullopt : Finite(a / b);
    case Op::kMinimum:
      return b < a ? b : a;
    case Op::kMaximum:
      return b > a ? b : a;
    case Op::kLess:
      return Truth(a < b);
    case Op::kLessEqual:
      return Truth(a <= b);
    case Op::kGreater:
      return Truth(a > b);
    case Op::kGreaterEqual:
      return Truth(a >= b);
    case Op::kEqual:
      return Truth(a == b);
    case Op::kNotEqual:
      return Truth(a != b);
    default:
      return std::nullopt;
  }
}

}  // namespace

SeriesModel::SeriesModel(const Policy& policy) : policy_(policy), samples_(policy.signals.size()) {}

// A label's value must be one of its domain's; an open domain takes what comes while there is room.
bool SeriesModel::Admit(const Signal& signal, const Labels& row) {
  for (const auto& [name, value] : row) {
    const Label& label = LabelNamed(policy_, name);
    if (label.closed) {
      if (std::ranges::find(label.values, value) == label.values.end()) return false;
    } else if (!open_values_[name].contains(value) && open_values_[name].size() >= label.bound) {
      return false;
    }
  }
  for (const auto& [name, value] : row) open_values_[name].insert(value);
  rows_[signal.labels].insert(row);
  return true;
}

void SeriesModel::Take(const Input& input, std::optional<Instant> last_tick) {
  std::vector<std::pair<std::size_t, Labels>> places;
  bool refused = false;
  for (std::size_t i = 0; i < policy_.signals.size(); ++i) {
    const Signal& signal = policy_.signals[i];
    if (!Matches(signal, input)) continue;
    Labels row;
    for (const auto& [ours, theirs] : signal.sources) {
      const auto found = input.labels.find(theirs);
      row[ours] = found == input.labels.end() ? "" : found->second;
    }
    if (Admit(signal, row)) {
      places.emplace_back(i, row);
    } else {
      refused = true;
    }
  }
  if (refused) refused_.insert({input.metric, input.labels});
  if (places.empty()) return;
  if (last_tick && input.stamp <= *last_tick) {
    ++late_;
  } else if (input.stamp > input.at + kMostAheadMs) {
    ++ahead_;
  } else {
    for (const auto& [signal, row] : places)
      samples_[signal][row].push_back({input.stamp, input.value});
  }
}

std::vector<Labels> SeriesModel::Rows(const std::vector<std::string>& labels) const {
  std::vector<Labels> all = {{}};
  for (const std::string& name : labels) {
    const Label& label = LabelNamed(policy_, name);
    if (!label.closed) {
      const auto found = rows_.find(labels);
      if (found == rows_.end()) return {};
      return {found->second.begin(), found->second.end()};
    }
    std::vector<Labels> more;
    for (const Labels& row : all) {
      for (const std::string& value : label.values) {
        more.push_back(row);
        more.back()[name] = value;
      }
    }
    all = std::move(more);
  }
  return all;
}

// The newest sample stamped at or before the tick speaks, and of two with one stamp the first.
Value SeriesModel::Measured(std::size_t signal, const Labels& row, Instant tick) const {
  const auto found = samples_[signal].find(row);
  if (found == samples_[signal].end()) return std::nullopt;
  const Sample* newest = nullptr;
  for (const Sample& sample : found->second) {
    if (sample.stamp <= tick && (newest == nullptr || sample.stamp > newest->stamp))
      newest = &sample;
  }
  const Signal& declared = policy_.signals[signal];
  if (newest == nullptr || tick - newest->stamp >= declared.stale_ms) return std::nullopt;
  if (!std::isfinite(newest->value)) return std::nullopt;
  if (declared.unit == Unit::kBool) return Truth(newest->value != 0);
  // Recorded in seconds, as metrics are; the language counts milliseconds.
  return Finite(declared.unit == Unit::kDuration ? newest->value * 1000 : newest->value);
}

Value SeriesModel::Evaluate(const Expr& expr, const Labels& row, Instant tick) const {
  const auto part = [&](std::size_t i) { return Evaluate(expr.parts[i], row, tick); };
  switch (expr.op) {
    case Op::kSignal: {
      const Signal& signal = policy_.signals[expr.signal];
      return signal.derived ? Evaluate(*signal.derived, row, tick)
                            : Measured(expr.signal, row, tick);
    }
    case Op::kConstant:
    case Op::kTruth:
      return expr.number;
    case Op::kSelect: {
      for (const auto& [name, value] : expr.selected) {
        if (row.at(name) != value) return std::nullopt;
      }
      return part(0);
    }
    case Op::kAnd:
      return And(part(0), part(1));
    case Op::kOr: {
      // Where a side has no such row it does not hold.
      const auto side = [&](std::size_t i) { return Within(expr.parts[i], row) ? part(i) : 0; };
      return Or(side(0), side(1));
    }
    case Op::kNot:
      return Not(part(0));
    case Op::kNegate:
    case Op::kAbsolute: {
      const Value value = part(0);
      if (!value) return std::nullopt;
      return expr.op == Op::kNegate || *value < 0 ? -*value : *value;
    }
    case Op::kClamp: {
      const Value value = part(0);
      if (!value) return std::nullopt;
      return std::min(std::max(*value, expr.parts[1].number), expr.parts[2].number);
    }
    default: {
      const Value a = part(0);
      const Value b = part(1);
      return a && b ? Apply(expr.op, *a, *b) : std::nullopt;
    }
  }
}

bool SeriesModel::Within(const Expr& expr, const Labels& row) const {
  if (expr.op == Op::kOr) return Within(expr.parts[0], row) || Within(expr.parts[1], row);
  for (const auto& [name, value] : expr.selected) {
    if (row.at(name) != value) return false;
  }
  return std::ranges::all_of(expr.parts, [&](const Expr& part) { return Within(part, row); });
}

}  // namespace tocsin::sim
