// What a series shape means, one row at a time, an absent value being an empty optional: as unlike
// the executors as it can be, so that the three don't share a mistake.
#pragma once

#include <cmath>
#include <optional>
#include <vector>

#include "runtime/ir/program.h"
#include "tests/unit/native/series_case.h"

namespace tocsin::native::testing {

class RowReference {
 public:
  RowReference(SeriesCase& series, std::size_t row) : series_(series), row_(row) {}

  void Run(const ir::Shape& shape) {
    for (const ir::SeriesInst& inst : shape.code) Step(inst);
  }

 private:
  using Number = std::optional<double>;
  using Truth = std::optional<bool>;
  struct Register {
    Number number;
    Truth truth;
  };

  void Step(const ir::SeriesInst& inst) {
    using enum ir::SeriesOp;
    Register result;
    switch (inst.op) {
      case kLoadNumber:
        result.number = series_.numbers_in[inst.a].Get(row_);
        break;
      case kLoadTruth:
        result.truth = series_.truths_in[inst.a].Get(row_);
        break;
      case kConstant:
        result.number = series_.constants[inst.a];
        break;
      case kLabelIs: {
        const auto& [column, value] = series_.labels[inst.a];
        result.truth = column[row_] == value;
        break;
      }
      case kAdd:
      case kSubtract:
      case kMultiply:
      case kDivide:
      case kMinimum:
      case kMaximum:
        result.number = Arithmetic(inst);
        break;
      case kNegate:
        if (NumberOf(inst.a))
          result.number =
              std::copysign(*NumberOf(inst.a), std::signbit(*NumberOf(inst.a)) ? 1.0 : -1.0);
        break;
      case kAbsolute:
        if (NumberOf(inst.a)) result.number = std::copysign(*NumberOf(inst.a), 1.0);
        break;
      case kLess:
      case kLessEqual:
      case kGreater:
      case kGreaterEqual:
      case kEqual:
      case kNotEqual:
        result.truth = Comparison(inst);
        break;
      case kAnd:
      case kOr:
        result.truth = Kleene(TruthOf(inst.a), TruthOf(inst.b), inst.op == kOr);
        break;
      case kNot:
        if (TruthOf(inst.a)) result.truth = !*TruthOf(inst.a);
        break;
      case kIsAbsent:
        result.truth = !TruthOf(inst.a).has_value();
        break;
      case kOnlyWhere:
        if (TruthOf(inst.b) == true) result.truth = TruthOf(inst.a);
        break;
      case kNumberWhere:
        if (TruthOf(inst.b) == true) result.number = NumberOf(inst.a);
        break;
      case kTruthElse:
        result.truth = TruthOf(inst.a) ? TruthOf(inst.a) : TruthOf(inst.b);
        break;
      case kNumberElse:
        result.number = NumberOf(inst.a) ? NumberOf(inst.a) : NumberOf(inst.b);
        break;
      case kHold:
        result.truth = Hold(TruthOf(inst.a), inst.b);
        break;
      case kStoreNumber:
        series_.numbers_out[inst.b].Set(row_, NumberOf(inst.a));
        break;
      case kStoreTruth:
        series_.truths_out[inst.b].Set(row_, TruthOf(inst.a));
        break;
    }
    registers_.push_back(result);
  }

  Number NumberOf(std::uint32_t place) const { return registers_[place].number; }
  Truth TruthOf(std::uint32_t place) const { return registers_[place].truth; }

  Number Arithmetic(const ir::SeriesInst& inst) const {
    using enum ir::SeriesOp;
    if (!NumberOf(inst.a) || !NumberOf(inst.b)) return std::nullopt;
    const double a = *NumberOf(inst.a);
    const double b = *NumberOf(inst.b);
    if (inst.op == kDivide && b == 0) return std::nullopt;
    double result = 0;
    if (inst.op == kAdd) result = a + b;
    if (inst.op == kSubtract) result = a - b;
    if (inst.op == kMultiply) result = a * b;
    if (inst.op == kDivide) result = a / b;
    if (inst.op == kMinimum) result = a > b ? b : a;
    if (inst.op == kMaximum) result = a < b ? b : a;
    return std::isfinite(result) ? Number(result) : std::nullopt;
  }

  Truth Comparison(const ir::SeriesInst& inst) const {
    using enum ir::SeriesOp;
    if (!NumberOf(inst.a) || !NumberOf(inst.b)) return std::nullopt;
    const auto order = *NumberOf(inst.a) <=> *NumberOf(inst.b);
    if (inst.op == kLess) return order < 0;
    if (inst.op == kLessEqual) return order <= 0;
    if (inst.op == kGreater) return order > 0;
    if (inst.op == kGreaterEqual) return order >= 0;
    return (order == 0) == (inst.op == kEqual);
  }

  // Kleene's strong logic: `decisive` decides alone, else both must be known.
  static Truth Kleene(Truth a, Truth b, bool decisive) {
    if (a == decisive || b == decisive) return decisive;
    if (!a || !b) return std::nullopt;
    return !decisive;
  }

  Truth Hold(Truth x, std::uint32_t slot) {
    auto& [column, duration] = series_.holds[slot];
    std::int64_t& since = column[row_];
    if (!x) {
      if (since != ir::kNotHeld) since += series_.step_ms;
      return std::nullopt;
    }
    if (!*x) {
      since = ir::kNotHeld;
      return false;
    }
    if (since == ir::kNotHeld) since = series_.tick_ms;
    return series_.tick_ms - since >= duration;
  }

  SeriesCase& series_;
  std::size_t row_;
  std::vector<Register> registers_;
};

inline void RunReference(const ir::Shape& shape, SeriesCase& series) {
  for (std::size_t row = 0; row < series.rows; ++row) RowReference(series, row).Run(shape);
}

}  // namespace tocsin::native::testing
