// `alert`: series and one machine for each row, and one for each group of rows that are told of
// together.
//
//   when      the condition, absent where its signals are, or have not been for long enough
//   fires     it held for `for`
//   clearing  `clear`, or the opposite of the condition; never where the condition holds, which
//   beats it clears    that held for as long as it must absent    there is no data for the
//   condition waited    absent for as long as `no_data` waits late      not ready for as long as
//   `until_ready` waits

#include <algorithm>

#include "compiler/kinds/alert.h"

namespace tocsin::kinds {

using check::NoData;
using ir::SeriesOp;

namespace {

bool Compares(SeriesOp op) {
  return op == SeriesOp::kLess || op == SeriesOp::kLessEqual || op == SeriesOp::kGreater ||
         op == SeriesOp::kGreaterEqual || op == SeriesOp::kEqual || op == SeriesOp::kNotEqual;
}

// Which values of the left side of a comparison are the worse ones.
AlertValue::Worse WorseOf(SeriesOp op, bool left) {
  using Worse = AlertValue::Worse;
  if (op == SeriesOp::kEqual || op == SeriesOp::kNotEqual) return Worse::kUnknown;
  const bool greater = op == SeriesOp::kGreater || op == SeriesOp::kGreaterEqual;
  return greater == left ? Worse::kLarger : Worse::kSmaller;
}

}  // namespace

AlertValue AlertValueOf(const check::Policy& policy, check::SeriesId id) {
  const check::SeriesNode& node = policy[id];
  if (node.kind == check::SeriesKind::kOperator && Compares(node.op)) {
    const bool left = policy[node.operands[0]].has_rows;
    return {node.operands[left ? 0 : 1], WorseOf(node.op, left)};
  }
  // What is folded has other rows.
  if (node.kind == check::SeriesKind::kFold) return {};
  const bool turned = node.kind == check::SeriesKind::kOperator && node.op == SeriesOp::kNot;
  for (check::SeriesId operand : node.operands) {
    AlertValue found = AlertValueOf(policy, operand);
    if (!found.series.valid()) continue;
    using Worse = AlertValue::Worse;
    if (turned && found.worse != Worse::kUnknown)
      found.worse = found.worse == Worse::kLarger ? Worse::kSmaller : Worse::kLarger;
    return found;
  }
  return {};
}

check::SeriesId ValueOf(const check::Policy& policy, check::SeriesId when) {
  return AlertValueOf(policy, when).series;
}

const std::vector<std::string>* GroupOf(const check::Decl& alert) {
  const auto* group = check::Get<check::Labels>(alert["group"]);
  return group == nullptr ? nullptr : &group->names;
}

core::TermId OrFalse(core::Policy& core, core::TermId term) {
  const core::TermId no = core.Add({.kind = core::TermKind::kTruth, .truth = true, .number = 0});
  return core.Operator(SeriesOp::kTruthElse, true, {term, no});
}

core::TermId FiresNow(ExpandContext& context, const check::Decl& alert) {
  core::Policy& core = context.core;
  const auto was = [&](std::string state) {
    return core.Add({.kind = core::TermKind::kState,
                     .truth = true,
                     .name = alert.name,
                     .value = std::move(state)});
  };
  const auto either = [&](core::TermId a, core::TermId b) {
    return core.Operator(SeriesOp::kOr, true, {a, b});
  };
  const auto now = [&](std::string_view part) {
    return OrFalse(core, core.Column(fmt::format("{}.{}", alert.name, part), true));
  };
  const NoData::What silent = check::Get<NoData>(alert["no_data"])->what;
  core::TermId over = now("clears"), begins = now("fires");
  if (silent == NoData::What::kClear) over = either(over, now("waited"));
  if (silent == NoData::What::kFire) begins = either(begins, now("waited"));
  const core::TermId fired = either(was("firing"), was("clearing"));
  const core::TermId still =
      core.Operator(SeriesOp::kAnd, true, {fired, core.Operator(SeriesOp::kNot, true, {over})});
  return either(still, begins);
}

std::vector<core::Step> AlertOpening(ExpandContext& context, const check::Decl& decl,
                                     core::Machine& machine) {
  std::vector<core::Step> steps;
  const check::Decl& level = *Referred(context.policy, decl["level"]);
  if (const auto* inform = check::Get<check::Recipients>(level["inform"])) {
    core::Effect effect;
    effect.action = "notify";
    effect.to = RecipientsOf(context.policy, *inform);
    if (const check::Decl* via = Referred(context.policy, level["via"])) effect.via = via->name;
    effect.text =
        AboutHeadline(fmt::format("{}: ", level.title.empty() ? level.name : level.title), "");
    effect.duty = ir::DutyOf::kRow;
    effect.purpose = fmt::format("{} informs {}", level.name, RecipientsText(effect.to));
    effect.place = context.Place(level["inform"].span);
    machine.effects.push_back(std::move(effect));
    steps.push_back(core::Emit(machine.effects.size() - 1));
  }
  if (const check::Decl* opens = Opens(context.policy, decl))
    steps.push_back(core::Spawn(opens->name));
  for (const check::DeclId id : context.policy.OfKind("automation")) {
    if (Referred(context.policy, context[id]["alert"]) == &decl)
      steps.push_back(core::Spawn(context[id].name));
  }
  return steps;
}

namespace {

std::string By(const std::vector<std::string>& labels) {
  return labels.empty() ? "without labels" : fmt::format("by ({})", fmt::join(labels, ", "));
}

const check::SeriesNode* ConditionOf(const check::Policy& policy, const check::Decl& alert) {
  const check::Clause* when = alert.FindClause("when");
  return when == nullptr || !when->condition.valid() ? nullptr : &policy[when->condition];
}

// The labels of what inhibits; nothing where that was reported.
const std::vector<std::string>* LabelsOf(const check::Policy& policy, const check::Clause& unless) {
  if (unless.condition.valid()) return &policy[unless.condition].labels;
  const check::SeriesNode* condition = ConditionOf(policy, policy[unless.alert]);
  return condition == nullptr ? nullptr : &condition->labels;
}

void CheckUnless(CheckContext& context, const check::Clause& unless,
                 const check::SeriesNode& condition) {
  const std::vector<std::string>* labels = LabelsOf(context.policy, unless);
  if (labels == nullptr) return;
  const bool fits = std::ranges::includes(condition.labels, *labels);
  // What has no labels has one row, which every row belongs to.
  const bool plain = condition.labels == *labels || labels->empty();
  if (fits && (unless.matching ? *unless.matching == *labels : plain)) return;
  auto& finding =
      context.sink
          .Emit(codes::kLabelsDontFit, unless.span, "the alert is " + By(condition.labels),
                unless.matching ? fmt::format("it is matched by ({}), and is {}",
                                              fmt::join(*unless.matching, ", "), By(*labels))
                                : fmt::format("`{}` {}", unless.text, By(*labels)))
          .Also(condition.span, By(condition.labels));
  if (fits && !labels->empty())
    finding.Help(
        fmt::format("write `unless {} matching ({})`", unless.text, fmt::join(*labels, ", ")));
}

// Reports a field that means nothing without another.
void Wants(CheckContext& context, const check::Decl& decl, std::string_view field,
           std::string_view wanted, std::string_view note) {
  const auto written = [&](std::string_view name) {
    const auto found = std::ranges::find(decl.fields, name, &check::Field::name);
    return found != decl.fields.end() && found->written;
  };
  if (!written(field) || decl[field].absent() || written(wanted)) return;
  context.sink
      .Emit(codes::kMissingField, decl[field].span, fmt::format("the alert `{}`", decl.name),
            wanted)
      .Note(std::string(note));
}

void CheckGroup(CheckContext& context, const check::Decl& decl,
                const check::SeriesNode& condition) {
  Wants(context, decl, "group_wait", "group", "`group_wait` is how long a group waits");
  const std::vector<std::string>* group = GroupOf(decl);
  if (group == nullptr) return;
  const diagnostics::Span span = decl["group"].span;
  for (const std::string& label : *group) {
    if (std::ranges::find(condition.labels, label) != condition.labels.end()) continue;
    context.sink.Emit(codes::kUnknownLabel, span, "the condition " + By(condition.labels), label)
        .Also(condition.span, "a group is rows of this");
    return;
  }
  if (*group != condition.labels) return;
  context.sink
      .Emit(codes::kOutOfRange, span, context.sources.Text(span),
            "each row would be a group of its own; leave labels out")
      .Also(condition.span, "its rows are " + By(condition.labels));
}

void CheckReady(CheckContext& context, const check::Decl& decl) {
  Wants(context, decl, "until_ready", "needs",
        "a row is ready as soon as it has had data for the time that `needs` says");
  const check::Value& until = decl["until_ready"];
  const auto* ready = check::Get<NoData>(until);
  if (ready == nullptr || ready->what == NoData::What::kHold || decl["needs"].absent()) return;
  if (ready->after_ms <= DurationOf(decl["needs"])) {
    context.sink.Emit(codes::kOutOfRange, until.span, context.sources.Text(until.span),
                      "no row is ready by then; wait longer than `needs`");
  }
}

void Check(CheckContext& context, const check::Decl& decl) {
  const check::Clause* when = decl.FindClause("when");
  const check::Clause* clear = decl.FindClause("clear");
  if (when == nullptr || !when->condition.valid()) return;
  const check::SeriesNode& condition = context.policy[when->condition];
  CheckAlertTexts(context, decl, condition, AlertValueOf(context.policy, when->condition));
  CheckGroup(context, decl, condition);
  CheckReady(context, decl);
  if (clear != nullptr && clear->condition.valid()) {
    const check::SeriesNode& other = context.policy[clear->condition];
    if (other.labels != condition.labels) {
      context.sink
          .Emit(codes::kLabelsDontFit, other.span, "`when` is " + By(condition.labels),
                "`clear` " + By(other.labels))
          .Also(condition.span, "an alert clears row by row");
    }
  }
  for (const check::Clause& clause : decl.clauses) {
    if (clause.keyword == "unless") CheckUnless(context, clause, condition);
  }
  const check::Value& no_data = decl["no_data"];
  if (const auto* policy = check::Get<NoData>(no_data);
      policy != nullptr && policy->what != NoData::What::kHold && policy->after_ms == 0) {
    context.sink.Emit(codes::kOutOfRange, no_data.span, "0s",
                      "a single missing sample is no reason; wait for some time");
  }
}

class Expansion {
 public:
  Expansion(ExpandContext& context, const check::Decl& decl)
      : context_(context),
        core_(context.core),
        decl_(decl),
        when_(*decl.FindClause("when")),
        clear_(decl.FindClause("clear")),
        no_data_(*check::Get<NoData>(decl["no_data"])),
        until_ready_(*check::Get<NoData>(decl["until_ready"])),
        labels_(context.policy[when_.condition].labels) {}

  void Run() {
    AddSeries();
    machine_.name = decl_.name;
    machine_.kind = "alert";
    machine_.key = ir::KeyKind::kRow;
    machine_.labels = labels_;
    machine_.states = {"inactive", "pending", "firing", "clearing"};
    machine_.fields = {"unknown"};
    if (inhibits_) machine_.fields.push_back("idle");
    if (until_ready_.what == NoData::What::kFire) machine_.fields.push_back("ready");
    machine_.place = context_.Place(decl_.span);
    const bool grouped = GroupOf(decl_) != nullptr;
    if (grouped) {
      machine_.group = decl_.name + ".group";
    } else {
      machine_.headline = AlertHeadline(decl_, labels_, value_unit_);
      machine_.link = AlertLink(decl_, value_unit_);
    }
    Transitions(grouped);
    core_.machines.push_back(std::move(machine_));
    if (grouped) AddAlertGroup(context_, decl_, labels_, value_);
  }

 private:
  std::string Name(std::string_view part) const { return fmt::format("{}.{}", decl_.name, part); }

  void Keep(std::string_view part, core::TermId root, bool truth = true) {
    core_.series.push_back(
        {Name(part), truth, labels_, root, decl_.name, context_.Place(when_.span)});
    if (truth) machine_.inputs.push_back(Name(part));
  }

  void AddSeries() {
    const core::TermId scope = Scope(context_, when_.condition);
    const auto within = [&](core::TermId term) {
      return scope.valid() ? core_.Operator(SeriesOp::kAnd, true, {term, scope}) : term;
    };
    const core::TermId condition = Terms(context_, when_.condition);
    const core::TermId said =
        scope.valid() ? core_.Operator(SeriesOp::kOnlyWhere, true, {condition, scope}) : condition;
    const core::TermId ready = Ready(said);
    const core::TermId when =
        ready.valid() ? core_.Operator(SeriesOp::kOnlyWhere, true, {said, ready}) : said;
    const core::TermId not_when = core_.Operator(SeriesOp::kNot, true, {when});
    core::TermId clearing =
        clear_ == nullptr
            ? not_when
            : core_.Operator(SeriesOp::kAnd, true, {Terms(context_, clear_->condition), not_when});
    const core::TermId missing = within(core_.Operator(SeriesOp::kIsAbsent, true, {said}));
    core::TermId waited;
    if (no_data_.what != NoData::What::kHold) waited = core_.Hold(missing, no_data_.after_ms);
    // What fired without data must be seen to be right for the whole time again.
    if (no_data_.what == NoData::What::kFire) {
      const core::TermId seen = core_.Operator(SeriesOp::kNot, true, {waited});
      clearing = core_.Operator(SeriesOp::kAnd, true, {clearing, seen});
    }
    Keep("when", when);
    Keep("fires", core_.Hold(when, when_.hold_ms));
    Keep("clearing", clearing);
    Keep("clears", core_.Hold(clearing, ClearsAfter()));
    Keep("absent",
         ready.valid() ? within(core_.Operator(SeriesOp::kIsAbsent, true, {when})) : missing);
    if (waited.valid()) Keep("waited", waited);
    if (until_ready_.what == NoData::What::kFire) {
      const core::TermId not_ready = core_.Operator(SeriesOp::kNot, true, {OrFalse(core_, ready)});
      Keep("ready", ready);
      Keep("late", core_.Hold(within(not_ready), until_ready_.after_ms));
    }
    if (const core::TermId inhibited = Inhibited(); inhibited.valid()) {
      inhibits_ = true;
      Keep("unless", inhibited);
    }
    value_ = AlertValueOf(context_.policy, when_.condition);
    if (!value_.series.valid()) return;
    value_unit_ = context_.policy[value_.series].type.unit;
    Keep("value", TermsFor(context_, value_.series, labels_), false);
    machine_.value = Name("value");
  }

  // Whether a row has had data for as long as it needs: time without data does not count. Invalid
  // where it needs none.
  core::TermId Ready(core::TermId condition) {
    if (decl_["needs"].absent()) return {};
    const core::TermId missing = core_.Operator(SeriesOp::kIsAbsent, true, {condition});
    const core::TermId there = core_.Operator(SeriesOp::kNot, true, {missing});
    return core_.Hold(core_.Operator(SeriesOp::kOnlyWhere, true, {there, there}),
                      DurationOf(decl_["needs"]));
  }

  values::Duration ClearsAfter() const {
    const values::Duration own = clear_ == nullptr ? when_.hold_ms : clear_->hold_ms;
    return std::max(own, DurationOf(decl_["keep_firing"]));
  }

  // Whether any `unless` holds for a row; invalid where there is none.
  core::TermId Inhibited() {
    core::TermId any;
    for (const check::Clause& clause : decl_.clauses) {
      if (clause.keyword != "unless") continue;
      const core::TermId one = clause.alert.valid() ? FiresNow(context_, context_[clause.alert])
                                                    : Terms(context_, clause.condition);
      const core::TermId here =
          OrFalse(core_, LookedUp(core_, one, *LabelsOf(context_.policy, clause), labels_));
      any = any.valid() ? core_.Operator(SeriesOp::kOr, true, {any, here}) : here;
      unless_text_ += (unless_text_.empty() ? "`unless " : ", `unless ") + clause.text + "`";
    }
    return any;
  }

  void Add(std::string from, std::string to, core::Guard guard, std::vector<core::Step> steps,
           std::string because) {
    machine_.transitions.push_back({.from = std::move(from),
                                    .to = std::move(to),
                                    .guard = std::move(guard),
                                    .steps = std::move(steps),
                                    .because = std::move(because),
                                    .place = context_.Place(when_.span)});
  }

  std::string Cleared() const {
    if (clear_ != nullptr) return fmt::format("`{}`", clear_->text);
    return fmt::format("`{}` did not hold{}", when_.condition_text,
                       ClearsAfter() > 0 ? " for " + values::FormatDuration(ClearsAfter()) : "");
  }

  void Transitions(bool grouped) {
    std::vector<core::Step> opening = {core::AddTo("epoch", 1)};
    if (!grouped) {
      for (core::Step& step : AlertOpening(context_, decl_, machine_))
        opening.push_back(std::move(step));
    }
    std::vector<core::Step> unseen = opening;
    unseen.push_back(core::Set("unknown", 1));
    std::vector<core::Step> closing = {core::Set("unknown", 0), core::EndChildren()};
    if (inhibits_) closing.push_back(core::Set("idle", 0));
    const std::string holds = fmt::format("`{}`", when_.text);
    const auto waited = fmt::format("no data for {}", values::FormatDuration(no_data_.after_ms));
    const auto waits = core::InputTrue(Name("waited"));
    for (const char* from : {"inactive", "pending"}) {
      Fire(from, core::InputTrue(Name("fires")), opening, {}, holds);
      if (no_data_.what == NoData::What::kFire)
        Fire(from, waits, unseen, {core::Set("unknown", 1)}, waited);
      if (until_ready_.what == NoData::What::kFire) BecomeReady(from, unseen);
    }
    Add("inactive", "pending", core::InputTrue(Name("when")), {},
        fmt::format("`{}`", when_.condition_text));
    Add("pending", "inactive", core::InputFalse(Name("when")), {}, "it did not last");
    if (no_data_.what == NoData::What::kClear) Add("pending", "inactive", waits, {}, waited);
    for (const char* from : {"firing", "clearing"}) {
      Add(from, "inactive", core::InputTrue(Name("clears")), closing, Cleared());
      if (no_data_.what == NoData::What::kClear) Add(from, "inactive", waits, closing, waited);
    }
    Add("firing", "clearing", core::InputTrue(Name("clearing")), {}, "it may be over");
    if (inhibits_) {
      std::vector<core::Step> late = opening;
      late.push_back(core::Set("idle", 0));
      Add("firing", "firing",
          core::Both(core::FieldIs("idle", 1), core::InputFalse(Name("unless"))), late,
          fmt::format("{} holds no more", unless_text_));
    }
    Add("clearing", "firing", core::InputFalse(Name("clearing")), {}, "it is not over");
    for (const char* state : {"firing", "clearing"}) {
      Add(state, state, core::Both(core::InputTrue(Name("absent")), core::FieldIs("unknown", 0)),
          {core::Set("unknown", 1)}, "there is no data: unknown until there is");
      Add(state, state, core::Both(core::InputFalse(Name("absent")), core::FieldIs("unknown", 1)),
          {core::Set("unknown", 0)}, "there is data again");
    }
  }

  // Once it is ready it stays so, whatever is missing later.
  void BecomeReady(const char* from, const std::vector<core::Step>& unseen) {
    const std::string needs = values::FormatDuration(DurationOf(decl_["needs"]));
    const core::Guard not_yet = core::FieldIs("ready", 0);
    Add(from, from, core::Both(core::InputTrue(Name("ready")), not_yet), {core::Set("ready", 1)},
        fmt::format("it has had data for {}", needs));
    Fire(from, core::Both(core::InputTrue(Name("late")), not_yet), unseen,
         {core::Set("unknown", 1)},
         fmt::format("it had not had data for {} after {}", needs,
                     values::FormatDuration(until_ready_.after_ms)));
  }

  // Begins to fire; while it is inhibited nobody is told and nothing is opened.
  void Fire(const char* from, const core::Guard& guard, const std::vector<core::Step>& opening,
            std::vector<core::Step> idly, const std::string& because) {
    if (!inhibits_) return Add(from, "firing", guard, opening, because);
    const std::string inhibited = Name("unless");
    idly.push_back(core::Set("idle", 1));
    Add(from, "firing", core::Both(guard, core::InputTrue(inhibited)), std::move(idly),
        fmt::format("{}; nobody is told: {}", because, unless_text_));
    Add(from, "firing", core::Both(guard, core::InputFalse(inhibited)), opening, because);
  }

  ExpandContext& context_;
  core::Policy& core_;
  const check::Decl& decl_;
  const check::Clause& when_;
  const check::Clause* clear_;
  NoData no_data_;
  NoData until_ready_;
  AlertValue value_;
  std::vector<std::string> labels_;
  bool inhibits_ = false;
  std::string unless_text_;
  values::Unit value_unit_ = values::Unit::kNumber;
  core::Machine machine_;
};

void Expand(ExpandContext& context, const check::Decl& decl) { Expansion(context, decl).Run(); }

}  // namespace

extern const KindRow kind_alert;
const KindRow kind_alert{"alert", Check, Expand};

}  // namespace tocsin::kinds
