// Series: one kernel for all results of an owner, with a step of its own for each standard function
// it calls. Owners are computed after what they read.

#include <map>
#include <set>
#include <vector>

#include "compiler/lower/names.h"
#include "runtime/ir/builder.h"

namespace tocsin::lower {
namespace {

using ir::SeriesOp;

struct Owner {
  std::string name;
  std::vector<const core::Series*> series;
};

// All results of one owner, which are over one space.
class OwnerLowering {
 public:
  OwnerLowering(Context& context, const Owner& owner)
      : context_(context), owner_(owner), space_(context.Space(owner.series.front()->labels)) {}

  void Run() {
    for (const core::Series* series : owner_.series) Calls(series->root);
    Kernel kernel(context_.program, space_, owner_.name);
    for (const core::Series* series : owner_.series) {
      const ir::Reg result = Term(kernel, series->root);
      if (series->truth) {
        kernel.builder.Store(result, context_.truths[series->name]);
      } else {
        kernel.builder.Store(result, context_.numbers[series->name]);
      }
    }
    Finish(kernel);
  }

 private:
  struct Kernel {
    Kernel(ir::Program& program, ir::SpaceId space, std::string name)
        : builder(program, space, std::move(name)) {}
    ir::KernelBuilder builder;
    std::map<core::TermId, ir::Reg> made;
  };

  void Finish(Kernel& kernel) {
    context_.program.tick.push_back({kernel.builder.Finish(owner_.series.front()->place)});
  }

  // Makes a step for each call below a term, the inner ones first.
  void Calls(core::TermId id) {
    const core::Term& term = context_.core[id];
    if (!seen_.insert(id).second) return;
    for (core::TermId operand : term.operands) Calls(operand);
    if (term.kind == core::TermKind::kCall) Call(id, term);
  }

  void Call(core::TermId id, const core::Term& term) {
    const std::string name = owner_.name + "." + term.name + std::to_string(results_.size() + 1);
    ir::ColumnCall call;
    call.function = term.name;
    call.space = space_;
    call.parameters = term.parameters;
    Kernel kernel(context_.program, space_, name);
    bool stores = false;
    for (std::size_t i = 0; i < term.operands.size(); ++i) {
      const core::Term& operand = context_.core[term.operands[i]];
      if (operand.kind == core::TermKind::kColumn) {
        call.arguments.push_back(context_.numbers[operand.name]);
        continue;
      }
      const ir::Reg value = Term(kernel, term.operands[i]);
      call.arguments.push_back(context_.AddNumber(name + "." + std::to_string(i + 1), space_));
      kernel.builder.Store(value, call.arguments.back());
      stores = true;
    }
    if (stores) Finish(kernel);
    call.result = context_.AddNumber(name, space_);
    results_.emplace(id, call.result);
    ir::TickStep step;
    step.call = static_cast<std::uint32_t>(context_.program.calls.size());
    context_.program.calls.push_back(std::move(call));
    context_.program.tick.push_back(step);
  }

  ir::Reg Term(Kernel& kernel, core::TermId id) {
    if (const auto made = kernel.made.find(id); made != kernel.made.end()) return made->second;
    const ir::Reg result = Make(kernel, id);
    kernel.made.emplace(id, result);
    return result;
  }

  ir::Reg Make(Kernel& kernel, core::TermId id) {
    const core::Term& term = context_.core[id];
    switch (term.kind) {
      case core::TermKind::kColumn:
        return term.truth ? kernel.builder.Load(context_.truths[term.name])
                          : kernel.builder.Load(context_.numbers[term.name]);
      case core::TermKind::kConstant:
        return kernel.builder.Constant(term.number);
      case core::TermKind::kTruth: {
        const ir::Reg zero = kernel.builder.Constant(0);
        return kernel.builder.Apply(term.number != 0 ? SeriesOp::kEqual : SeriesOp::kNotEqual, zero,
                                    zero);
      }
      case core::TermKind::kLabelIs:
        return kernel.builder.LabelIs(LabelPlace(term.name), term.value);
      case core::TermKind::kOperator: {
        const ir::Reg a = Term(kernel, term.operands[0]);
        const ir::Reg b = term.operands.size() > 1 ? Term(kernel, term.operands[1]) : ir::Reg();
        return kernel.builder.Apply(term.op, a, b);
      }
      case core::TermKind::kHold: {
        const ir::Reg operand = Term(kernel, term.operands[0]);
        const ir::HoldColumnId state(context_.program.holds.size());
        context_.program.holds.push_back(
            {owner_.name + ".hold" + std::to_string(++holds_), space_});
        return kernel.builder.Hold(operand, state, term.duration_ms);
      }
      case core::TermKind::kCall:
        return kernel.builder.Load(results_.at(id));
    }
    return {};
  }

  std::uint32_t LabelPlace(const std::string& name) const {
    const std::vector<ir::LabelId>& labels = context_.program.spaces[space_.index].labels;
    for (std::uint32_t i = 0; i < labels.size(); ++i) {
      if (labels[i] == context_.labels[name]) return i;
    }
    TOCSIN_CHECK(false, "a series selects by a label that it does not have");
  }

  Context& context_;
  const Owner& owner_;
  ir::SpaceId space_;
  std::set<core::TermId> seen_;
  std::map<core::TermId, ir::NumberColumnId> results_;
  int holds_ = 0;
};

// Owners by name, in the order they must be computed in.
class Order {
 public:
  explicit Order(Context& context) : context_(context) {
    for (const core::Series& series : context.core.series) {
      const auto [place, fresh] = places_.emplace(series.owner, owners_.size());
      if (fresh) owners_.push_back({series.owner, {}});
      owners_[place->second].series.push_back(&series);
      owner_of_.emplace(series.name, place->second);
    }
    visited_.resize(owners_.size());
  }

  void Run() {
    for (std::size_t i = 0; i < owners_.size(); ++i) Visit(i);
  }

 private:
  void Visit(std::size_t index) {
    if (visited_[index]) return;
    visited_[index] = true;
    for (const core::Series* series : owners_[index].series) VisitTerm(series->root, index);
    OwnerLowering(context_, owners_[index]).Run();
  }

  void VisitTerm(core::TermId id, std::size_t from) {
    const core::Term& term = context_.core[id];
    if (term.kind == core::TermKind::kColumn) {
      const auto owner = owner_of_.find(term.name);
      if (owner != owner_of_.end() && owner->second != from) Visit(owner->second);
    }
    for (core::TermId operand : term.operands) VisitTerm(operand, from);
  }

  Context& context_;
  std::vector<Owner> owners_;
  std::map<std::string, std::size_t> places_;
  std::map<std::string, std::size_t, std::less<>> owner_of_;
  std::vector<bool> visited_;
};

}  // namespace

void LowerSeries(Context& context) {
  for (const core::Series& series : context.core.series) {
    const ir::SpaceId space = context.Space(series.labels);
    if (series.truth) {
      context.AddTruth(series.name, space);
    } else {
      context.AddNumber(series.name, space);
    }
  }
  Order(context).Run();
}

}  // namespace tocsin::lower
