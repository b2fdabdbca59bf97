// Series: one kernel for all results of an owner, with a step of its own for each call, window,
// fold and lookup in it. Owners are computed after what they read.

#include <fmt/ranges.h>

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
    for (const core::Series* series : owner_.series) Steps(series->root, space_);
    Kernel kernel(context_.program, space_, owner_.name);
    bool stores = false;
    for (const core::Series* series : owner_.series) {
      if (context_.shown.contains(series->name) && IsColumn(*series)) continue;
      stores = true;
      const ir::Reg result = Term(kernel, series->root);
      if (series->truth) {
        StoreTruth(kernel, *series, result);
      } else {
        kernel.builder.Store(result, context_.shown.contains(series->name)
                                         ? context_.AddNumber(series->name, space_)
                                         : context_.numbers[series->name]);
      }
    }
    if (stores) Finish(kernel);
  }

 private:
  struct Kernel {
    Kernel(ir::Program& program, ir::SpaceId over, std::string name)
        : space(over), builder(program, over, std::move(name)) {}
    ir::SpaceId space;
    ir::KernelBuilder builder;
    std::map<core::TermId, ir::Reg> made;
    std::map<std::uint32_t, ir::TruthColumnId> inputs;  // what machines read, by its register
  };

  void Finish(Kernel& kernel) {
    const ir::KernelId made = kernel.builder.Finish(owner_.series.front()->place);
    context_.program.tick.push_back({ir::TickKind::kKernel, made.index});
  }

  // What machines alone read has no column of its own where a column of this kernel says it.
  void StoreTruth(Kernel& kernel, const core::Series& series, ir::Reg result) {
    if (!context_.inputs.contains(series.name))
      return kernel.builder.Store(result, context_.truths[series.name]);
    using Says = Context::Input::Says;
    const ir::SeriesInst made = kernel.builder.At(result);
    const auto says = [&](std::uint32_t reg, Says how) {
      const auto stored = kernel.inputs.find(reg);
      if (stored == kernel.inputs.end()) return false;
      context_.read_from.emplace(series.name, Context::Input{stored->second, how});
      return true;
    };
    if (says(result.index, Says::kSame)) return;
    if (made.op == SeriesOp::kNot && says(made.a, Says::kContrary)) return;
    if (made.op == SeriesOp::kIsAbsent && says(made.a, Says::kIsAbsent)) return;
    const ir::TruthColumnId column = context_.AddTruth(series.name, space_);
    kernel.builder.Store(result, column);
    kernel.inputs.emplace(result.index, column);
  }

  // What messages show has no column of its own where one holds it already.
  bool IsColumn(const core::Series& series) {
    const core::Term& term = context_.core[series.root];
    const auto made = results_.find(series.root);
    if (made == results_.end() && term.kind != core::TermKind::kColumn) return false;
    const ir::NumberColumnId column =
        made == results_.end() ? context_.numbers[term.name] : made->second.number;
    if (context_.program.numbers[column.index].space != space_) return false;
    context_.numbers.Add(series.name, column);
    return true;
  }

  // Makes a step for each term below that no kernel can compute, the inner ones first. `space` is
  // that of the term.
  void Steps(core::TermId id, ir::SpaceId space) {
    const core::Term& term = context_.core[id];
    if (!seen_.insert(id).second) return;
    const bool across = term.kind == core::TermKind::kFold || term.kind == core::TermKind::kLookup;
    const ir::SpaceId below = across ? context_.Space(term.labels) : space;
    for (core::TermId operand : term.operands) Steps(operand, below);
    if (term.kind == core::TermKind::kCall) Call(id, term, space);
    if (term.kind == core::TermKind::kState) State(id, term, space);
    if (term.kind == core::TermKind::kWindow) Window(id, term, space);
    if (term.kind == core::TermKind::kFold) Fold(id, term, below, space);
    if (term.kind == core::TermKind::kLookup) Lookup(id, term, below, space);
    if (term.kind == core::TermKind::kEarlier) Earlier(id, term, space);
  }

  template <class Store>
  void AddStep(ir::TickKind kind, Store& store, typename Store::value_type made) {
    context_.program.tick.push_back({kind, static_cast<std::uint32_t>(store.size())});
    store.push_back(std::move(made));
  }

  std::string NewName(std::string_view what) {
    return fmt::format("{}.{}{}", owner_.name, what, ++made_);
  }
  ir::AnyColumn NewColumn(const std::string& name, bool truth, ir::SpaceId space) {
    if (truth) return {{}, context_.AddTruth(name, space)};
    return {context_.AddNumber(name, space), {}};
  }

  // The column that holds a term, which a kernel of its own computes where none does.
  ir::AnyColumn ColumnOf(core::TermId id, ir::SpaceId space, std::string_view what) {
    const core::Term& term = context_.core[id];
    if (const auto made = results_.find(id); made != results_.end()) return made->second;
    if (term.kind == core::TermKind::kColumn) {
      if (term.truth) return {{}, context_.truths[term.name]};
      return {context_.numbers[term.name], {}};
    }
    const std::string name = NewName(what);
    Kernel kernel(context_.program, space, name);
    const ir::Reg value = Term(kernel, id);
    const ir::AnyColumn column = NewColumn(name, term.truth, space);
    if (term.truth) {
      kernel.builder.Store(value, column.truth);
    } else {
      kernel.builder.Store(value, column.number);
    }
    Finish(kernel);
    return column;
  }

  void Call(core::TermId id, const core::Term& term, ir::SpaceId space) {
    ir::ColumnCall call;
    call.function = term.name;
    call.space = space;
    call.parameters = term.parameters;
    const std::string name = NewName(term.name);
    Kernel kernel(context_.program, space, name);
    bool stores = false;
    for (std::size_t i = 0; i < term.operands.size(); ++i) {
      const core::Term& operand = context_.core[term.operands[i]];
      if (operand.kind == core::TermKind::kColumn) {
        call.arguments.push_back(context_.numbers[operand.name]);
        continue;
      }
      const ir::Reg value = Term(kernel, term.operands[i]);
      call.arguments.push_back(context_.AddNumber(name + "." + std::to_string(i + 1), space));
      kernel.builder.Store(value, call.arguments.back());
      stores = true;
    }
    if (stores) Finish(kernel);
    call.result = context_.AddNumber(name, space);
    results_.emplace(id, ir::AnyColumn{call.result, {}});
    AddStep(ir::TickKind::kCall, context_.program.calls, std::move(call));
  }

  // A column made earlier, for this rule or another, of the same things.
  bool Shared(core::TermId id, const std::string& key) {
    const auto found = context_.shared.find(key);
    if (found == context_.shared.end()) return false;
    results_.emplace(id, found->second);
    return true;
  }
  ir::AnyColumn Make(core::TermId id, const core::Term& term, ir::SpaceId space,
                     const std::string& key) {
    const std::string what = term.kind == core::TermKind::kLookup    ? "matching"
                             : term.kind == core::TermKind::kEarlier ? "earlier"
                             : term.kind == core::TermKind::kState   ? term.value
                                                                     : term.name;
    const ir::AnyColumn column = NewColumn(NewName(what), term.truth, space);
    results_.emplace(id, column);
    context_.shared.emplace(key, column);
    return column;
  }
  static std::string Key(const ir::AnyColumn& column) {
    return fmt::format("{}/{}", column.number.index, column.truth.index);
  }

  void State(core::TermId id, const core::Term& term, ir::SpaceId space) {
    const std::string key = fmt::format("{} was {}", term.name, term.value);
    if (Shared(id, key)) return;
    context_.states.push_back({term.name, term.value, Make(id, term, space, key).truth});
  }

  void Window(core::TermId id, const core::Term& term, ir::SpaceId space) {
    ir::Window window;
    window.function = term.name;
    window.space = space;
    window.length_ms = term.duration_ms;
    window.parameters = term.parameters;
    if (term.operands.empty()) {
      window.signal = context_.signals[term.value];
    } else {
      window.of = ColumnOf(term.operands[0], space, "of");
    }
    const std::string key =
        fmt::format("{} {} of {} {} over {}", term.name, fmt::join(term.parameters, " "),
                    window.signal.index, Key(window.of), term.duration_ms);
    if (Shared(id, key)) return;
    window.result = Make(id, term, space, key);
    AddStep(ir::TickKind::kWindow, context_.program.windows, std::move(window));
  }

  void Fold(core::TermId id, const core::Term& term, ir::SpaceId from, ir::SpaceId to) {
    ir::Fold fold;
    fold.function = term.name;
    fold.from = from;
    fold.to = to;
    fold.parameters = term.parameters;
    fold.of = ColumnOf(term.operands[0], from, "of");
    if (!term.bound.empty()) fold.bound = context_.labels[term.bound];
    if (term.operands.size() > 1) fold.within = ColumnOf(term.operands[1], from, "rows").truth;
    const std::string key =
        fmt::format("{} {} of {} within {} into {}", term.name, fmt::join(term.parameters, " "),
                    Key(fold.of), fold.within.index, to.index);
    if (Shared(id, key)) return;
    fold.result = Make(id, term, to, key);
    AddStep(ir::TickKind::kFold, context_.program.folds, std::move(fold));
  }

  void Lookup(core::TermId id, const core::Term& term, ir::SpaceId from, ir::SpaceId to) {
    ir::Lookup lookup;
    lookup.from = from;
    lookup.to = to;
    lookup.of = ColumnOf(term.operands[0], from, "of");
    const std::string key = fmt::format("{} looked up for {}", Key(lookup.of), to.index);
    if (Shared(id, key)) return;
    lookup.result = Make(id, term, to, key);
    AddStep(ir::TickKind::kLookup, context_.program.lookups, std::move(lookup));
  }

  void Earlier(core::TermId id, const core::Term& term, ir::SpaceId space) {
    ir::Earlier earlier;
    earlier.space = space;
    earlier.of = ColumnOf(term.operands[0], space, "of");
    earlier.ago_ms = term.duration_ms;
    const std::string key = fmt::format("{} {} ms ago", Key(earlier.of), term.duration_ms);
    if (Shared(id, key)) return;
    earlier.result = Make(id, term, space, key);
    AddStep(ir::TickKind::kEarlier, context_.program.earlier, std::move(earlier));
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
        return kernel.builder.LabelIs(LabelPlace(kernel.space, term.name), term.value);
      case core::TermKind::kOperator: {
        const ir::Reg a = Term(kernel, term.operands[0]);
        const ir::Reg b = term.operands.size() > 1 ? Term(kernel, term.operands[1]) : ir::Reg();
        return kernel.builder.Apply(term.op, a, b);
      }
      case core::TermKind::kHold: {
        const ir::Reg operand = Term(kernel, term.operands[0]);
        const ir::HoldColumnId state(context_.program.holds.size());
        context_.program.holds.push_back(
            {owner_.name + ".hold" + std::to_string(++holds_), kernel.space});
        return kernel.builder.Hold(operand, state, term.duration_ms);
      }
      case core::TermKind::kCall:
      case core::TermKind::kWindow:
      case core::TermKind::kFold:
      case core::TermKind::kLookup:
      case core::TermKind::kEarlier:
      case core::TermKind::kState: {
        const ir::AnyColumn column = results_.at(id);
        return column.truth.valid() ? kernel.builder.Load(column.truth)
                                    : kernel.builder.Load(column.number);
      }
    }
    return {};
  }

  std::uint32_t LabelPlace(ir::SpaceId space, const std::string& name) const {
    const std::vector<ir::LabelId>& labels = context_.program.spaces[space.index].labels;
    for (std::uint32_t i = 0; i < labels.size(); ++i) {
      if (labels[i] == context_.labels[name]) return i;
    }
    TOCSIN_CHECK(false, "a series selects by a label that it does not have");
  }

  Context& context_;
  const Owner& owner_;
  ir::SpaceId space_;
  std::set<core::TermId> seen_;
  std::map<core::TermId, ir::AnyColumn> results_;
  int made_ = 0;
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

// The inputs of machines that no other series reads.
std::set<std::string, std::less<>> ReadByMachinesAlone(const core::Policy& core) {
  std::set<std::string, std::less<>> names;
  for (const core::Machine& machine : core.machines)
    names.insert(machine.inputs.begin(), machine.inputs.end());
  for (const core::Machine& machine : core.machines) names.erase(machine.members);
  for (const core::Term& term : core.terms) {
    if (term.kind == core::TermKind::kColumn) names.erase(term.name);
  }
  return names;
}

}  // namespace

void LowerSeries(Context& context) {
  for (const core::Machine& machine : context.core.machines) context.shown.insert(machine.value);
  context.inputs = ReadByMachinesAlone(context.core);
  for (const core::Series& series : context.core.series) {
    const ir::SpaceId space = context.Space(series.labels);
    if (series.truth) {
      if (!context.inputs.contains(series.name)) context.AddTruth(series.name, space);
    } else if (!context.shown.contains(series.name)) {
      context.AddNumber(series.name, space);
    }
  }
  Order(context).Run();
}

}  // namespace tocsin::lower
