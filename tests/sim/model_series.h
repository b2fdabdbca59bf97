// The values of expressions in one row at one tick, from the samples that have come.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/sim/policy.h"

namespace tocsin::sim {

// A number or a truth; nothing where absent.
using Value = std::optional<double>;

class SeriesModel {
 public:
  explicit SeriesModel(const Policy& policy);

  // Before a tick: what is folded has rows for those that have come.
  void BeginTick(Instant tick);
  // A sample that arrives; rows may come to be.
  void Take(const Input& input, std::optional<Instant> last_tick);
  // The rows over these labels, all of them or those that have come.
  std::vector<Labels> Rows(const std::vector<std::string>& labels) const;

  Value Evaluate(const Expr& expr, const Labels& row, Instant tick) const;
  // Whether the expression is about this row at all: false where a selection leaves it out.
  bool Within(const Expr& expr, const Labels& row) const;

  std::uint64_t late() const { return late_; }
  std::uint64_t ahead() const { return ahead_; }
  std::uint64_t refused() const { return refused_.size(); }

 private:
  struct Sample {
    Instant stamp;
    double value;
    Labels series;
  };
  bool Admit(const Signal& signal, const Labels& row);
  void CollectFolds(const Expr& expr);
  // The finite samples of a row between two instants, by stamp, with those of before.
  std::vector<Sample> InOrder(std::size_t signal, const Labels& row, Instant tick) const;
  Value Window(const Expr& expr, const Labels& row, Instant tick) const;
  Value OfSamples(const Expr& expr, std::size_t signal, const Labels& row, Instant begin,
                  Instant tick) const;
  Value Held(const Expr& expr, const Labels& row, Instant begin, Instant tick) const;
  Value Fold(const Expr& expr, const Labels& row, Instant tick) const;
  bool Exists(const std::vector<std::string>& labels, const Labels& row) const;
  Value Measured(std::size_t signal, const Labels& row, Instant tick) const;

  const Policy& policy_;
  std::map<std::string, std::set<std::string>> open_values_;  // by label
  std::map<std::vector<std::string>, std::set<Labels>> rows_;
  std::vector<std::map<Labels, std::vector<Sample>>> samples_;  // by signal, in order of arrival
  std::vector<std::pair<std::vector<std::string>, std::vector<std::string>>> folds_;  // from, to
  std::optional<Instant> first_tick_;
  std::uint64_t late_ = 0;
  std::uint64_t ahead_ = 0;
  std::set<std::pair<std::string, Labels>> refused_;  // series
};

}  // namespace tocsin::sim
