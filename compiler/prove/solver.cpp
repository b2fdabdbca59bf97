#include "compiler/prove/solver.h"

#include <cstdlib>
#include <string>

#include <fmt/format.h>
#include <z3++.h>

namespace tocsin::prove {
namespace {

// Exactly: a double is a decimal fraction of at most 1074 places.
z3::expr Exact(z3::context& context, double value) {
  std::string text = fmt::format("{:.1074f}", value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return context.real_val(text.c_str());
}

class Translation {
 public:
  Translation(z3::context& context, const Part& part) : context_(context), part_(part) {
    for (std::size_t i = 0; i < part.variables.size(); ++i) {
      const std::string name = fmt::format("v{}", i);
      variables_.push_back(part.properties[i].sort == Sort::kTruth
                               ? context.bool_const(name.c_str())
                               : context.real_const(name.c_str()));
    }
    for (const Node& node : part.nodes) nodes_.push_back(Of(node));
  }

  void AddTo(z3::solver& solver) {
    for (std::size_t i = 0; i < variables_.size(); ++i) {
      const Variable& variable = part_.properties[i];
      if (variable.sort == Sort::kChoice) solver.add(IsChoice(i));
      if (variable.least) solver.add(variables_[i] >= Exact(context_, *variable.least));
      if (variable.most) solver.add(variables_[i] <= Exact(context_, *variable.most));
    }
    solver.add(nodes_.back());
  }

  std::vector<double> Values(const z3::model& model) const {
    std::vector<double> values;
    for (const z3::expr& variable : variables_) {
      const z3::expr value = model.eval(variable, true);
      if (variable.is_bool()) {
        values.push_back(value.is_true() ? 1 : 0);
        continue;
      }
      std::string text = value.get_decimal_string(30);
      if (text.ends_with('?')) text.pop_back();
      values.push_back(std::strtod(text.c_str(), nullptr));
    }
    return values;
  }

 private:
  // A choice is a whole number: one of those named, or the first that is not.
  z3::expr IsChoice(std::size_t i) {
    const std::vector<std::size_t>& named = part_.named[i];
    const std::size_t choices = part_.properties[i].choices;
    z3::expr any = context_.bool_val(false);
    std::size_t other = 0;
    for (const std::size_t which : named) {
      if (which == other) ++other;
      if (choices == 0 || which < choices) any = any || Which(i, which);
    }
    return choices == 0 || other < choices ? any || Which(i, other) : any;
  }
  z3::expr Which(std::size_t i, std::size_t which) {
    return variables_[i] == context_.real_val(static_cast<std::uint64_t>(which));
  }

  z3::expr Of(const Node& node) {
    const auto a = [&] { return nodes_[node.a]; };
    const auto b = [&] { return nodes_[node.b]; };
    switch (node.kind) {
      case NodeKind::kNumber:
      case NodeKind::kTruth:
        return variables_[node.a];
      case NodeKind::kConstant:
        return Exact(context_, node.constant);
      case NodeKind::kAdd:
        return a() + b();
      case NodeKind::kSubtract:
        return a() - b();
      case NodeKind::kScale:
        return Exact(context_, node.constant) * a();
      case NodeKind::kEither:
        return z3::ite(a(), b(), nodes_[node.c]);
      case NodeKind::kFalse:
        return context_.bool_val(false);
      case NodeKind::kTrue:
        return context_.bool_val(true);
      case NodeKind::kIs:
        return Which(node.a, node.b);
      case NodeKind::kLess:
        return a() < b();
      case NodeKind::kLessEqual:
        return a() <= b();
      case NodeKind::kEqual:
        return a() == b();
      case NodeKind::kNot:
        return !a();
      case NodeKind::kAnd:
        return a() && b();
      case NodeKind::kOr:
        return a() || b();
    }
    return context_.bool_val(false);
  }

  z3::context& context_;
  const Part& part_;
  std::vector<z3::expr> variables_;
  std::vector<z3::expr> nodes_;
};

}  // namespace

struct Solver::State {
  explicit State(std::uint32_t steps) : solver(context, "QF_LRA") {
    z3::params settings(context);
    settings.set("rlimit", steps);
    settings.set("random_seed", 7u);
    settings.set("ctrl_c", false);  // the signal is the program's
    solver.set(settings);
  }
  z3::context context;
  z3::solver solver;
};

Solver::Solver(std::uint32_t steps) {
  try {
    state_ = std::make_unique<State>(steps);
  } catch (const std::exception&) {
    state_.reset();
  }
}
Solver::~Solver() = default;

Tried Solver::Solve(const Part& part) {
  if (state_ == nullptr) return {};
  try {
    z3::solver& solver = state_->solver;
    solver.push();
    Translation translation(state_->context, part);
    translation.AddTo(solver);
    const z3::check_result found = solver.check();
    Tried tried;
    if (found == z3::unsat) tried.verdict = Verdict::kUnsatisfiable;
    if (found == z3::sat) {
      tried.values = translation.Values(solver.get_model());
      tried.verdict = Verdict::kCounterexample;
    }
    solver.pop();
    return tried;
  } catch (const std::exception&) {
    state_.reset();  // whatever it is in the middle of
    return {};
  }
}

}  // namespace tocsin::prove
