// Expressions whose units and labels fit.

#include <algorithm>

#include <fmt/format.h>

#include "tests/sim/generate.h"

namespace tocsin::sim {

namespace {

Expr Literal(Unit unit, std::string text, double number) {
  Expr expr;
  expr.unit = unit;
  expr.text = std::move(text);
  expr.number = number;
  return expr;
}

Expr Make(Op op, Unit unit, std::vector<Expr> parts) {
  Expr expr;
  expr.op = op;
  expr.unit = unit;
  expr.parts = std::move(parts);
  return expr;
}

Expr Rate(Random& random) {
  const auto n = random.Range(0, 300);
  const double count = static_cast<double>(n);
  switch (random.Below(3)) {
    case 0:
      return Literal(Unit::kRate, fmt::format("{}/s", n), count);
    case 1:
      return Literal(Unit::kRate, fmt::format("{}/m", n), count / 60);
    default:
      return Literal(Unit::kRate, fmt::format("{}/h", n), count / 3600);
  }
}

}  // namespace

bool HasRows(const Expr& expr) {
  if (expr.op == Op::kSignal) return true;
  for (const Expr& part : expr.parts) {
    if (HasRows(part)) return true;
  }
  return false;
}

// The number is the quotient of two exact integers, and so the double nearest to what is written.
Expr Constant(Random& random, Unit unit) {
  const auto n = random.Chance(15) ? 0 : random.Range(0, 200);
  const double number = static_cast<double>(n);
  switch (unit) {
    case Unit::kRatio:
      return Literal(unit, fmt::format("{}.{}%", n / 10, n % 10), number / 1000);
    case Unit::kDuration:
      return n % 2 == 0 ? Literal(unit, fmt::format("{}ms", n * 5), number * 5)
                        : Literal(unit, fmt::format("{}s", n), number * 1000);
    case Unit::kBytes:
      return n % 2 == 0 ? Literal(unit, fmt::format("{}B", n), number)
                        : Literal(unit, fmt::format("{}KiB", n), number * 1024);
    case Unit::kRate:
      return Rate(random);
    case Unit::kByteRate:
      return Literal(unit, fmt::format("{}KiB/s", n), number * 1024);
    default:
      return n % 2 == 0
                 ? Literal(Unit::kNumber, fmt::format("{}", n / 2), static_cast<double>(n / 2))
                 : Literal(Unit::kNumber, fmt::format("{}.{:02}", n / 100, n % 100), number / 100);
  }
}

SeriesGenerator::SeriesGenerator(Random& random, const Policy& policy,
                                 std::vector<std::string> labels)
    : random_(random), policy_(policy), labels_(std::move(labels)) {
  for (std::size_t i = 0; i < policy.signals.size(); ++i) {
    if (policy.signals[i].labels != labels_) continue;
    (policy.signals[i].unit == Unit::kBool ? truths_ : numbers_).push_back(i);
  }
}

Expr SeriesGenerator::Select(Expr operand) {
  Expr expr = Make(Op::kSelect, operand.unit, {});
  for (const Label& label : policy_.labels) {
    const bool ours = std::find(labels_.begin(), labels_.end(), label.name) != labels_.end();
    if (ours && (expr.selected.empty() || random_.Chance(30)))
      expr.selected[label.name] = random_.Pick(label.values);
  }
  if (expr.selected.empty()) return operand;
  expr.parts.push_back(std::move(operand));
  return expr;
}

Expr SeriesGenerator::Leaf(std::size_t signal) {
  Expr expr = Make(Op::kSignal, policy_.signals[signal].unit, {});
  expr.signal = signal;
  return random_.Chance(12) ? Select(std::move(expr)) : expr;
}

Expr SeriesGenerator::Window(Unit unit, std::string function, Expr of) {
  Expr window = Make(Op::kWindow, unit, {std::move(of)});
  window.function = std::move(function);
  window.length_ms = policy_.resolution_ms * random_.Pick<Duration>({1, 2, 3, 7, 20, 300});
  return window;
}

// Only of such functions as give the same bits in whatever order they are computed.
Expr SeriesGenerator::NumberLeaf(std::size_t signal) {
  Expr leaf = Leaf(signal);
  if (policy_.signals[signal].derived || !random_.Chance(20)) return leaf;
  const Unit unit = leaf.unit;
  return Window(unit, random_.Pick<std::string>({"min", "max", "first", "last"}), std::move(leaf));
}

std::optional<Expr> SeriesGenerator::MeasuredLeaf(const std::vector<std::size_t>& among) {
  std::vector<std::size_t> measured;
  for (const std::size_t i : among) {
    if (!policy_.signals[i].derived) measured.push_back(i);
  }
  if (measured.empty()) return std::nullopt;
  return Leaf(random_.Pick(measured));
}

std::optional<Expr> SeriesGenerator::OverWindow() {
  switch (random_.Below(4)) {
    case 0: {  // by the values at ticks
      auto condition = Simple();
      if (!condition) return std::nullopt;
      return Window(Unit::kBool, "held", *std::move(condition));
    }
    case 1: {
      auto leaf = MeasuredLeaf(random_.Chance(50) ? truths_ : numbers_);
      if (!leaf) return std::nullopt;
      return Window(Unit::kBool, "absent", *std::move(leaf));
    }
    default: {
      auto leaf = MeasuredLeaf(numbers_);
      if (!leaf) return std::nullopt;
      Expr counted =
          Window(Unit::kCount, random_.Chance(50) ? "count" : "changes", *std::move(leaf));
      Expr limit = Constant(random_, Unit::kNumber);
      limit.number = static_cast<double>(random_.Range(0, 8));
      limit.text = fmt::format("{}", limit.number);
      return Make(random_.Chance(50) ? Op::kGreater : Op::kLessEqual, Unit::kBool,
                  {std::move(counted), std::move(limit)});
    }
  }
}

// The labels of some signal that has all of ours and others, or some of ours.
std::optional<std::vector<std::string>> SeriesGenerator::OtherLabels(bool more) {
  std::vector<std::vector<std::string>> found;
  for (const Signal& signal : policy_.signals) {
    const auto& wide = more ? signal.labels : labels_;
    const auto& narrow = more ? labels_ : signal.labels;
    if (wide.size() > narrow.size() && !signal.labels.empty() &&
        std::ranges::includes(wide, narrow))
      found.push_back(signal.labels);
  }
  if (found.empty()) return std::nullopt;
  return random_.Pick(found);
}

std::optional<Expr> SeriesGenerator::FoldOf(Unit unit, int depth) {
  const auto labels = OtherLabels(true);
  if (!labels) return std::nullopt;
  SeriesGenerator wide(random_, policy_, *labels);
  if (!wide.usable()) return std::nullopt;
  Expr of = unit == Unit::kBool ? wide.Condition(depth) : wide.Number(unit, depth, true);
  if (!HasRows(of)) return std::nullopt;
  Expr fold = Make(Op::kFold, unit, {std::move(of)});
  fold.function = unit == Unit::kBool ? random_.Pick<std::string>({"any", "all"})
                                      : random_.Pick<std::string>({"min", "max"});
  fold.labels = *labels;
  fold.by = labels_;
  return fold;
}

std::optional<Expr> SeriesGenerator::Joined(int depth) {
  const auto labels = OtherLabels(false);
  if (!labels) return std::nullopt;
  SeriesGenerator narrow(random_, policy_, *labels);
  if (!narrow.usable()) return std::nullopt;
  Expr joined = Make(Op::kMatching, Unit::kBool, {narrow.Condition(depth)});
  joined.labels = *labels;
  return joined;
}

// Counts and numbers are one sort here; their products and quotients are numbers where one of them
// is a literal, which is the only way they are made.
Expr SeriesGenerator::Number(Unit unit, int depth, bool rows) {
  const bool plain = unit == Unit::kNumber || unit == Unit::kCount;
  std::vector<std::size_t> fitting;
  for (std::size_t i : numbers_) {
    const Unit is = policy_.signals[i].unit;
    if (is == unit || (plain && (is == Unit::kNumber || is == Unit::kCount))) fitting.push_back(i);
  }
  if (fitting.empty()) return Constant(random_, unit);
  if (depth <= 0)
    return rows || random_.Chance(40) ? NumberLeaf(random_.Pick(fitting)) : Constant(random_, unit);
  if (random_.Chance(12)) {
    if (auto fold = FoldOf(unit, depth - 1)) return *std::move(fold);
  }
  if (random_.Chance(8)) {
    return Make(Op::kChoice, unit,
                {Condition(0), Number(unit, depth - 1, rows), Number(unit, depth - 1, false)});
  }
  const auto sub = [&](bool with_rows) { return Number(unit, depth - 1, with_rows); };
  const auto both = [&](Op op) {
    Expr a = sub(rows);
    Expr b = sub(false);
    if (random_.Chance(30)) std::swap(a, b);
    return Make(op, unit, {std::move(a), std::move(b)});
  };
  switch (random_.Below(10)) {
    case 0:
      return both(Op::kAdd);
    case 1:
      return both(Op::kSubtract);
    case 2:
      return both(Op::kMinimum);
    case 3:
      return both(Op::kMaximum);
    case 4:
      return Make(Op::kAbsolute, unit, {sub(rows)});
    case 5:
      return Make(Op::kNegate, unit, {sub(rows)});
    case 6: {
      Expr value = sub(true);
      Expr low = Constant(random_, unit), high = Constant(random_, unit);
      if (low.number > high.number) std::swap(low, high);
      return Make(Op::kClamp, unit, {std::move(value), std::move(low), std::move(high)});
    }
    case 7:  // a ratio times a number is a number
      if (unit == Unit::kRatio)
        return Make(Op::kDivide, unit, {sub(rows), Constant(random_, unit)});
      return Make(Op::kMultiply, unit, {Constant(random_, Unit::kNumber), sub(rows)});
    case 8:
      return plain ? both(Op::kAdd)
                   : Make(Op::kDivide, unit, {sub(rows), Number(Unit::kRatio, depth - 1, false)});
    default:
      return Leaf(random_.Pick(fitting));
  }
}

std::optional<Expr> SeriesGenerator::Simple() {
  static constexpr Op kOps[] = {Op::kLess, Op::kLessEqual, Op::kGreater, Op::kGreaterEqual};
  if (numbers_.empty()) return std::nullopt;
  Expr signal = Leaf(random_.Pick(numbers_));
  const Unit unit = signal.unit;
  return Make(kOps[random_.Below(4)], Unit::kBool, {std::move(signal), Constant(random_, unit)});
}

// The other side of the threshold of a Simple() condition, or at the threshold itself.
std::optional<Expr> SeriesGenerator::SimpleClear(const Expr& when) {
  const bool above = when.op == Op::kGreater || when.op == Op::kGreaterEqual;
  const bool below = when.op == Op::kLess || when.op == Op::kLessEqual;
  if ((!above && !below) || when.parts[1].op != Op::kConstant || !when.parts[1].parts.empty())
    return std::nullopt;
  Expr limit = Constant(random_, when.parts[1].unit);
  for (int tries = 0; tries < 20; ++tries) {
    if (above ? limit.number <= when.parts[1].number : limit.number >= when.parts[1].number) break;
    limit = Constant(random_, when.parts[1].unit);
  }
  if (above ? limit.number > when.parts[1].number : limit.number < when.parts[1].number)
    limit = when.parts[1];
  return Make(above ? Op::kLess : Op::kGreater, Unit::kBool, {when.parts[0], std::move(limit)});
}

Expr SeriesGenerator::Compare(int depth) {
  static constexpr Op kOps[] = {Op::kLess,         Op::kLessEqual, Op::kGreater,
                                Op::kGreaterEqual, Op::kEqual,     Op::kNotEqual};
  if (depth <= 0 || random_.Chance(40)) {
    Expr simple = *Simple();
    if (random_.Chance(20)) simple.op = random_.Chance(50) ? Op::kEqual : Op::kNotEqual;
    return simple;
  }
  const Unit unit = policy_.signals[random_.Pick(numbers_)].unit;
  Expr a = Number(unit, depth, true);
  Expr b = random_.Chance(50) ? Constant(random_, unit) : Number(unit, depth - 1, false);
  // A quotient of two of one unit is a ratio, except of plain numbers.
  const bool plain = unit == Unit::kNumber || unit == Unit::kCount;
  if (!plain && random_.Chance(15)) {
    a = Make(Op::kDivide, Unit::kRatio, {std::move(a), Number(unit, 1, true)});
    b = Constant(random_, Unit::kRatio);
  }
  if (random_.Chance(15)) std::swap(a, b);
  return Make(kOps[random_.Below(6)], Unit::kBool, {std::move(a), std::move(b)});
}

Expr SeriesGenerator::Condition(int depth) {
  const bool compare = !numbers_.empty() && (truths_.empty() || random_.Chance(65));
  if (depth <= 0) return compare ? Compare(0) : Leaf(random_.Pick(truths_));
  if (random_.Chance(20)) {
    if (auto window = OverWindow()) return *std::move(window);
  }
  if (random_.Chance(12)) {
    if (auto fold = FoldOf(Unit::kBool, depth - 1)) return *std::move(fold);
  }
  if (random_.Chance(15)) {
    if (auto joined = Joined(depth - 1))
      return Make(random_.Chance(50) ? Op::kAnd : Op::kOr, Unit::kBool,
                  {Condition(depth - 1), *std::move(joined)});
  }
  switch (random_.Below(7)) {
    case 0:
      return Make(Op::kNot, Unit::kBool, {Condition(depth - 1)});
    case 1:
    case 2:
    case 3: {
      Expr a = Condition(depth - 1);
      Expr b = Condition(depth - 1);
      if (random_.Chance(5)) {
        b = Make(Op::kTruth, Unit::kBool, {});
        b.number = random_.Chance(50) ? 1 : 0;
      }
      return Make(random_.Chance(50) ? Op::kAnd : Op::kOr, Unit::kBool,
                  {std::move(a), std::move(b)});
    }
    case 4:
      return Select(Condition(depth - 1));
    default:
      return compare ? Compare(depth) : Leaf(random_.Pick(truths_));
  }
}

}  // namespace tocsin::sim
