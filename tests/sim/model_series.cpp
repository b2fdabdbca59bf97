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

// Some labels of a row.
Labels Only(const Labels& row, const std::vector<std::string>& labels) {
  Labels some;
  for (const std::string& name : labels) some[name] = row.at(name);
  return some;
}

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

SeriesModel::SeriesModel(const Policy& policy) : policy_(policy), samples_(policy.signals.size()) {
  for (const Signal& signal : policy.signals) {
    if (signal.derived) CollectFolds(*signal.derived);
  }
  for (const Alert& alert : policy.alerts) {
    CollectFolds(alert.when);
    if (alert.clear) CollectFolds(*alert.clear);
  }
}

// The inner ones first, since their rows may make others.
void SeriesModel::CollectFolds(const Expr& expr) {
  for (const Expr& part : expr.parts) CollectFolds(part);
  if (expr.op == Op::kFold) folds_.emplace_back(expr.labels, expr.by);
}

void SeriesModel::BeginTick(Instant tick) {
  if (!first_tick_) first_tick_ = tick;
  for (const auto& [from, to] : folds_) {
    for (const Labels& row : Rows(from)) rows_[to].insert(Only(row, to));
  }
}

bool SeriesModel::Exists(const std::vector<std::string>& labels, const Labels& row) const {
  const std::vector<Labels> rows = Rows(labels);
  return std::ranges::find(rows, row) != rows.end();
}

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
      samples_[signal][row].push_back({input.stamp, input.value, input.labels});
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

std::vector<SeriesModel::Sample> SeriesModel::InOrder(std::size_t signal, const Labels& row,
                                                      Instant tick) const {
  std::vector<Sample> all;
  const auto found = samples_[signal].find(row);
  if (found == samples_[signal].end()) return all;
  const Signal& declared = policy_.signals[signal];
  for (Sample sample : found->second) {
    if (declared.unit == Unit::kDuration) sample.value *= 1000;
    if (!std::isfinite(sample.value) || sample.stamp > tick) continue;
    if (sample.stamp <= *first_tick_ - policy_.resolution_ms) continue;
    if (declared.unit == Unit::kBool) sample.value = sample.value != 0 ? 1 : 0;
    const auto same = [&](const Sample& other) { return other.stamp == sample.stamp; };
    if (std::ranges::none_of(all, same)) all.push_back(sample);
  }
  std::ranges::stable_sort(all, {}, &Sample::stamp);
  return all;
}

Value SeriesModel::OfSamples(const Expr& expr, std::size_t signal, const Labels& row, Instant begin,
                             Instant tick) const {
  const std::vector<Sample> all = InOrder(signal, row, tick);
  std::vector<double> inside;
  double changes = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].stamp <= begin) continue;
    inside.push_back(all[i].value);
    const bool compared = i > 0 && all[i].series == all[i - 1].series &&
                          all[i].stamp - all[i - 1].stamp <=
                              std::max(expr.length_ms, policy_.signals[signal].stale_ms);
    if (compared && all[i].value != all[i - 1].value) ++changes;
  }
  if (expr.function == "count") return static_cast<double>(inside.size());
  if (expr.function == "absent") return Truth(inside.empty());
  if (inside.empty()) return std::nullopt;
  if (expr.function == "changes") return changes;
  if (expr.function == "first") return inside.front();
  if (expr.function == "last") return inside.back();
  return expr.function == "min" ? *std::ranges::min_element(inside)
                                : *std::ranges::max_element(inside);
}

Value SeriesModel::Held(const Expr& expr, const Labels& row, Instant begin, Instant tick) const {
  std::int64_t known = 0;
  for (Instant at = tick; at > begin && at >= *first_tick_; at -= policy_.resolution_ms) {
    const Value value = Evaluate(expr.parts[0], row, at);
    if (value && *value == 0) return 0;
    known += value.has_value();
  }
  return known * policy_.resolution_ms >= tick - begin ? Value(1) : std::nullopt;
}

// A window of more than 240 ticks is of whole panes, which lie on a grid.
Value SeriesModel::Window(const Expr& expr, const Labels& row, Instant tick) const {
  const std::int64_t ticks = expr.length_ms / policy_.resolution_ms;
  const std::int64_t each = (ticks + 239) / 240;
  const Duration pane = each * policy_.resolution_ms;
  const std::int64_t panes = (ticks + each - 1) / each;
  const Instant begin = ((tick - 1) / pane - panes + 1) * pane;
  if (expr.function == "held")
    return Evaluate(expr.parts[0], row, tick) ? Held(expr, row, begin, tick) : std::nullopt;
  const Expr* of = &expr.parts[0];
  for (; of->op == Op::kSelect; of = &of->parts[0]) {
    for (const auto& [name, value] : of->selected) {
      if (row.at(name) != value) return std::nullopt;
    }
  }
  // What is silent now is not spoken of, but by what counts samples or names the newest.
  const bool silent_too =
      expr.function == "count" || expr.function == "absent" || expr.function == "last";
  if (!silent_too && !Measured(of->signal, row, tick)) return std::nullopt;
  return OfSamples(expr, of->signal, row, begin, tick);
}

Value SeriesModel::Fold(const Expr& expr, const Labels& row, Instant tick) const {
  std::vector<double> known;
  bool open = false;
  for (const Labels& other : Rows(expr.labels)) {
    if (Only(other, expr.by) != row || !Within(expr.parts[0], other)) continue;
    const Value value = Evaluate(expr.parts[0], other, tick);
    open = open || !value;
    if (value) known.push_back(*value);
  }
  const bool truth = expr.function == "any" || expr.function == "all";
  const double decides = expr.function == "any" ? 1 : 0;
  if (truth && std::ranges::find(known, decides) != known.end()) return decides;
  if (known.empty() || (truth && open)) return std::nullopt;
  if (truth) return 1 - decides;
  return expr.function == "min" ? *std::ranges::min_element(known)
                                : *std::ranges::max_element(known);
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
    case Op::kChoice: {
      const Value condition = part(0);
      if (!condition) return std::nullopt;
      return part(*condition != 0 ? 1 : 2);
    }
    case Op::kWindow:
      return Window(expr, row, tick);
    case Op::kFold:
      return Fold(expr, row, tick);
    case Op::kMatching: {
      const Labels fewer = Only(row, expr.labels);
      return Exists(expr.labels, fewer) ? Evaluate(expr.parts[0], fewer, tick) : std::nullopt;
    }
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
  if (expr.op == Op::kFold) return true;  // what is folded has rows of its own
  if (expr.op == Op::kOr) return Within(expr.parts[0], row) || Within(expr.parts[1], row);
  for (const auto& [name, value] : expr.selected) {
    if (row.at(name) != value) return false;
  }
  return std::ranges::all_of(expr.parts, [&](const Expr& part) { return Within(part, row); });
}

}  // namespace tocsin::sim
