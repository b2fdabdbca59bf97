// `alert`: five series and one machine for each row.
//
//   when      the condition, absent where its signals are
//   fires     it held for `for`
//   clearing  `clear`, or the opposite of the condition; never where the condition holds, which
//   beats it clears    that held for as long as it must absent    there is no data for the
//   condition waited    absent for as long as `no_data` waits

#include <algorithm>

#include "compiler/kinds/kind.h"

namespace tocsin::kinds {
namespace {

using check::NoData;
using ir::SeriesOp;

bool Compares(SeriesOp op) {
  return op == SeriesOp::kLess || op == SeriesOp::kLessEqual || op == SeriesOp::kGreater ||
         op == SeriesOp::kGreaterEqual || op == SeriesOp::kEqual || op == SeriesOp::kNotEqual;
}

}  // namespace

check::SeriesId ValueOf(const check::Policy& policy, check::SeriesId when) {
  const check::SeriesNode& node = policy[when];
  if (node.kind == check::SeriesKind::kOperator && Compares(node.op)) {
    return policy[node.operands[0]].has_rows ? node.operands[0] : node.operands[1];
  }
  // What is folded has other rows.
  if (node.kind == check::SeriesKind::kFold) return {};
  for (check::SeriesId operand : node.operands) {
    if (const check::SeriesId found = ValueOf(policy, operand); found.valid()) return found;
  }
  return {};
}

namespace {

std::string By(const std::vector<std::string>& labels) {
  return labels.empty() ? "without labels" : fmt::format("by ({})", fmt::join(labels, ", "));
}

// A fraction of one is what `percent` shows: of a duration or of bytes it would say anything.
void CheckShown(CheckContext& context, const check::TemplatePart& part, check::SeriesId value) {
  const check::SeriesNode& node = context.policy[value];
  const values::Unit unit = node.type.unit;
  if (part.text != "percent" || unit == values::Unit::kRatio || check::Plain(unit)) return;
  context.sink
      .Emit(codes::kWrongArgument, part.span, "value", part.text, "a ratio or a number",
            check::TypeText(node.type))
      .Also(node.span, "this is `value`")
      .Help("show it as it is, with `{value}`");
}

void CheckText(CheckContext& context, const check::Decl& decl, const check::SeriesNode& when,
               check::SeriesId value) {
  const auto* says = check::Get<check::Template>(decl["says"]);
  if (says == nullptr) return;
  for (const check::TemplatePart& part : says->parts) {
    if (part.kind == ir::TextPartKind::kValue && value.valid()) {
      CheckShown(context, part, value);
    } else if (part.kind == ir::TextPartKind::kValue) {
      context.sink.Emit(codes::kUnknownPlaceholder, part.span, "value")
          .Note("`value` is the left side of the first comparison in `when`, and there is none");
    }
    if (part.kind != ir::TextPartKind::kLabel ||
        std::ranges::find(when.labels, part.text) != when.labels.end())
      continue;
    auto& finding = context.sink.Emit(codes::kUnknownPlaceholder, part.span, part.text);
    finding.Note(when.labels.empty() ? "the condition has no labels"
                 : when.labels.size() == 1
                     ? fmt::format("the condition's only label is `{}`", when.labels[0])
                     : "the condition's labels are " + check::ListOf(when.labels));
    const std::string nearest = diagnostics::Nearest(part.text, when.labels);
    if (!nearest.empty()) finding.Help(fmt::format("did you mean `{}`?", nearest));
  }
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
  if (fits && (unless.matching ? *unless.matching == *labels : condition.labels == *labels)) return;
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

void Check(CheckContext& context, const check::Decl& decl) {
  const check::Clause* when = decl.FindClause("when");
  const check::Clause* clear = decl.FindClause("clear");
  if (when == nullptr || !when->condition.valid()) return;
  const check::SeriesNode& condition = context.policy[when->condition];
  CheckText(context, decl, condition, ValueOf(context.policy, when->condition));
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
    machine_.place = context_.Place(decl_.span);
    Headline();
    Transitions();
    core_.machines.push_back(std::move(machine_));
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
    const core::TermId when =
        scope.valid() ? core_.Operator(SeriesOp::kOnlyWhere, true, {condition, scope}) : condition;
    const core::TermId not_when = core_.Operator(SeriesOp::kNot, true, {when});
    core::TermId clearing =
        clear_ == nullptr
            ? not_when
            : core_.Operator(SeriesOp::kAnd, true, {Terms(context_, clear_->condition), not_when});
    const core::TermId absent = within(core_.Operator(SeriesOp::kIsAbsent, true, {when}));
    core::TermId waited;
    if (no_data_.what != NoData::What::kHold) waited = core_.Hold(absent, no_data_.after_ms);
    // What fired without data must be seen to be right for the whole time again.
    if (no_data_.what == NoData::What::kFire) {
      const core::TermId seen = core_.Operator(SeriesOp::kNot, true, {waited});
      clearing = core_.Operator(SeriesOp::kAnd, true, {clearing, seen});
    }
    Keep("when", when);
    Keep("fires", core_.Hold(when, when_.hold_ms));
    Keep("clearing", clearing);
    Keep("clears", core_.Hold(clearing, clear_ == nullptr ? when_.hold_ms : clear_->hold_ms));
    Keep("absent", absent);
    if (waited.valid()) Keep("waited", waited);
    if (const core::TermId inhibited = Inhibited(); inhibited.valid()) {
      inhibits_ = true;
      Keep("unless", inhibited);
    }
    if (const check::SeriesId value = ValueOf(context_.policy, when_.condition); value.valid()) {
      value_unit_ = context_.policy[value].type.unit;
      Keep("value", TermsFor(context_, value, labels_), false);
      machine_.value = Name("value");
    }
  }

  // False where it is not known: what is missing silences nobody.
  core::TermId OrFalse(core::TermId term) {
    const core::TermId no = core_.Add({.kind = core::TermKind::kTruth, .truth = true, .number = 0});
    return core_.Operator(SeriesOp::kTruthElse, true, {term, no});
  }

  // Whether another alert fires at this very tick: it did and is not over, or begins to.
  core::TermId Fires(const check::Decl& other) {
    const auto was = [&](std::string state) {
      return core_.Add({.kind = core::TermKind::kState,
                        .truth = true,
                        .name = other.name,
                        .value = std::move(state)});
    };
    const core::TermId fired =
        core_.Operator(SeriesOp::kOr, true, {was("firing"), was("clearing")});
    const NoData::What silent = check::Get<NoData>(other["no_data"])->what;
    const auto now = [&](std::string_view part, NoData::What by) {
      const core::TermId held = OrFalse(core_.Column(fmt::format("{}.{}", other.name, part), true));
      if (silent != by) return held;
      return core_.Operator(SeriesOp::kOr, true,
                            {held, OrFalse(core_.Column(other.name + ".waited", true))});
    };
    const core::TermId over = now("clears", NoData::What::kClear);
    const core::TermId still =
        core_.Operator(SeriesOp::kAnd, true, {fired, core_.Operator(SeriesOp::kNot, true, {over})});
    return core_.Operator(SeriesOp::kOr, true, {still, now("fires", NoData::What::kFire)});
  }

  // Whether any `unless` holds for a row; invalid where there is none.
  core::TermId Inhibited() {
    core::TermId any;
    for (const check::Clause& clause : decl_.clauses) {
      if (clause.keyword != "unless") continue;
      const core::TermId one =
          clause.alert.valid() ? Fires(context_[clause.alert]) : Terms(context_, clause.condition);
      const core::TermId here =
          OrFalse(LookedUp(core_, one, *LabelsOf(context_.policy, clause), labels_));
      any = any.valid() ? core_.Operator(SeriesOp::kOr, true, {any, here}) : here;
      unless_text_ += (unless_text_.empty() ? "`unless " : ", `unless ") + clause.text + "`";
    }
    return any;
  }

  void Headline() {
    auto& parts = machine_.headline.parts;
    if (const auto* says = check::Get<check::Template>(decl_["says"])) {
      for (const check::TemplatePart& part : says->parts)
        parts.push_back({part.kind, part.text, value_unit_});
      return;
    }
    // What it is called, and of which row: `disk_fills: eu, web1`.
    parts.push_back({ir::TextPartKind::kText, decl_.title.empty() ? decl_.name : decl_.title});
    for (std::size_t i = 0; i < labels_.size(); ++i) {
      parts.push_back({ir::TextPartKind::kText, i == 0 ? ": " : ", "});
      parts.push_back({ir::TextPartKind::kLabel, labels_[i]});
    }
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

  // What firing does: tell whom the level informs, and open the incident.
  std::vector<core::Step> Opening() {
    std::vector<core::Step> steps = {core::AddTo("epoch", 1)};
    const check::Decl& level = *Referred(context_.policy, decl_["level"]);
    if (const auto* inform = check::Get<check::Recipients>(level["inform"])) {
      core::Effect effect;
      effect.action = "notify";
      effect.to = RecipientsOf(context_.policy, *inform);
      if (const check::Decl* via = Referred(context_.policy, level["via"])) effect.via = via->name;
      effect.text =
          AboutHeadline(fmt::format("{}: ", level.title.empty() ? level.name : level.title), "");
      effect.duty = ir::DutyOf::kRow;
      effect.purpose = fmt::format("{} informs {}", level.name, RecipientsText(effect.to));
      effect.place = context_.Place(level["inform"].span);
      machine_.effects.push_back(std::move(effect));
      steps.push_back(core::Emit(0));
    }
    if (const check::Decl* opens = Referred(context_.policy, decl_["opens"]))
      steps.push_back(core::Spawn(opens->name));
    return steps;
  }

  void Transitions() {
    const std::vector<core::Step> opening = Opening();
    std::vector<core::Step> unseen = opening;
    unseen.push_back(core::Set("unknown", 1));
    std::vector<core::Step> closing = {core::Set("unknown", 0), core::EndChildren()};
    if (inhibits_) closing.push_back(core::Set("idle", 0));
    const std::string holds = fmt::format("`{}`", when_.text);
    const std::string cleared =
        clear_ != nullptr
            ? fmt::format("`{}`", clear_->text)
            : fmt::format("`{}` did not hold{}", context_.sources.Text(ConditionSpan()),
                          when_.hold_ms > 0 ? " for " + values::FormatDuration(when_.hold_ms) : "");
    const auto waited = fmt::format("no data for {}", values::FormatDuration(no_data_.after_ms));
    const auto waits = core::InputTrue(Name("waited"));
    for (const char* from : {"inactive", "pending"}) {
      Fire(from, core::InputTrue(Name("fires")), opening, {}, holds);
      if (no_data_.what == NoData::What::kFire)
        Fire(from, waits, unseen, {core::Set("unknown", 1)}, waited);
    }
    Add("inactive", "pending", core::InputTrue(Name("when")), {},
        fmt::format("`{}`", context_.sources.Text(ConditionSpan())));
    Add("pending", "inactive", core::InputFalse(Name("when")), {}, "it did not last");
    if (no_data_.what == NoData::What::kClear) Add("pending", "inactive", waits, {}, waited);
    for (const char* from : {"firing", "clearing"}) {
      Add(from, "inactive", core::InputTrue(Name("clears")), closing, cleared);
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

  diagnostics::Span ConditionSpan() const { return context_.policy[when_.condition].span; }

  ExpandContext& context_;
  core::Policy& core_;
  const check::Decl& decl_;
  const check::Clause& when_;
  const check::Clause* clear_;
  NoData no_data_;
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
