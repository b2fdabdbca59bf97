// Rows of an alert that are told of together: a machine for each group of them, which tells people
// and opens the incident in their place.
//
//   rows   which rows the group is about: those that fire and that nothing inhibits; once it was
//          told of, all that fire
//   any    there are some
//   fires  there have been for `group_wait`
//   over   there are none
//   told   which rows are named: `rows`, or where there are none any more those of the tick before
//   value  the worst of them

#include "compiler/kinds/alert.h"

namespace tocsin::kinds {

using ir::SeriesOp;

namespace {

class Group {
 public:
  Group(ExpandContext& context, const check::Decl& decl, const std::vector<std::string>& of,
        const AlertValue& value)
      : context_(context),
        core_(context.core),
        decl_(decl),
        of_(of),
        labels_(*GroupOf(decl)),
        value_(value) {}

  void Run() {
    machine_.name = Name("group");
    machine_.kind = "group";
    machine_.key = ir::KeyKind::kRow;
    machine_.labels = labels_;
    machine_.states = {"inactive", "firing"};
    machine_.place = context_.Place(decl_["group"].span);
    machine_.members = Name("group.told");
    if (value_.series.valid()) machine_.members_value = Name("value");
    Keep("group.rows", Name("group.rows"), of_, Members());
    const core::TermId any =
        OrFalse(core_, Folded("any", true, {core_.Column(Name("group.rows"), true)}));
    Keep("group.any", Name("group"), labels_, any);
    Input("group.fires", core_.Hold(any, DurationOf(decl_["group_wait"])));
    Input("group.over", core_.Operator(SeriesOp::kNot, true, {any}));
    Keep("group.told", Name("group.told"), of_, Named());
    const values::Unit unit = Value();
    machine_.headline = AlertHeadline(decl_, labels_, unit);
    machine_.link = AlertLink(decl_, unit);
    Transitions();
    core_.machines.push_back(std::move(machine_));
  }

 private:
  std::string Name(std::string_view part) const { return fmt::format("{}.{}", decl_.name, part); }
  void Keep(std::string_view part, std::string owner, const std::vector<std::string>& labels,
            core::TermId root) {
    core_.series.push_back(
        {Name(part), core_[root].truth, labels, root, std::move(owner), machine_.place});
  }
  void Input(std::string_view part, core::TermId root) {
    Keep(part, Name("group"), labels_, root);
    machine_.inputs.push_back(Name(part));
  }

  core::TermId Folded(std::string function, bool truth, std::vector<core::TermId> operands) {
    return core_.Add({.kind = core::TermKind::kFold,
                      .truth = truth,
                      .name = std::move(function),
                      .operands = std::move(operands),
                      .labels = of_});
  }

  core::TermId Was(const std::string& machine, std::string state) {
    return core_.Add({.kind = core::TermKind::kState,
                      .truth = true,
                      .name = machine,
                      .value = std::move(state)});
  }
  core::TermId Not(core::TermId term) { return core_.Operator(SeriesOp::kNot, true, {term}); }
  core::TermId Or(core::TermId a, core::TermId b) {
    return core_.Operator(SeriesOp::kOr, true, {a, b});
  }
  core::TermId And(core::TermId a, core::TermId b) {
    return core_.Operator(SeriesOp::kAnd, true, {a, b});
  }

  core::TermId Members() {
    const core::TermId fires = FiresNow(context_, decl_);
    if (decl_.FindClause("unless") == nullptr) return fires;
    const core::TermId free = Not(core_.Column(Name("unless"), true));
    const core::TermId known =
        OrFalse(core_, LookedUp(core_, Was(machine_.name, "firing"), labels_, of_));
    return And(fires, Or(free, known));
  }

  core::TermId Named() {
    const core::TermId any =
        OrFalse(core_, LookedUp(core_, core_.Column(Name("group.any"), true), labels_, of_));
    const core::TermId before = Or(Was(decl_.name, "firing"), Was(decl_.name, "clearing"));
    return Or(core_.Column(Name("group.rows"), true), And(Not(any), before));
  }

  values::Unit Value() {
    if (value_.worse == AlertValue::Worse::kUnknown) return values::Unit::kNumber;
    const bool larger = value_.worse == AlertValue::Worse::kLarger;
    const core::TermId values = core_.Column(Name("value"), false);
    Keep("group.value", Name("group.value"), labels_,
         Folded(larger ? "max" : "min", false, {values, core_.Column(Name("group.told"), true)}));
    machine_.value = Name("group.value");
    return context_.policy[value_.series].type.unit;
  }

  void Transitions() {
    std::vector<core::Step> opening = {core::AddTo("epoch", 1)};
    for (core::Step& step : AlertOpening(context_, decl_, machine_))
      opening.push_back(std::move(step));
    const std::string rows = fmt::format("rows of `{}` that fire", decl_.name);
    machine_.transitions.push_back({.from = "inactive",
                                    .to = "firing",
                                    .guard = core::InputTrue(Name("group.fires")),
                                    .steps = std::move(opening),
                                    .because = "there are " + rows,
                                    .place = machine_.place});
    machine_.transitions.push_back({.from = "firing",
                                    .to = "inactive",
                                    .guard = core::InputTrue(Name("group.over")),
                                    .steps = {core::EndChildren()},
                                    .because = "there are no " + rows,
                                    .place = machine_.place});
  }

  ExpandContext& context_;
  core::Policy& core_;
  const check::Decl& decl_;
  const std::vector<std::string>& of_;
  const std::vector<std::string>& labels_;
  const AlertValue& value_;
  core::Machine machine_;
};

}  // namespace

void AddAlertGroup(ExpandContext& context, const check::Decl& decl,
                   const std::vector<std::string>& labels, const AlertValue& value) {
  Group(context, decl, labels, value).Run();
}

}  // namespace tocsin::kinds
