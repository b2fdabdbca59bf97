// Actions: what they take, which may be tried again, and what is done when they fail.

#include "compiler/check/actions.h"

#include <algorithm>
#include <array>

#include "compiler/check/declared.h"
#include "compiler/check/fields.h"
#include "compiler/check/series.h"

namespace tocsin::check {
namespace {

using syntax::ExprId;
using syntax::ExprKind;

class ActionChecker {
 public:
  ActionChecker(Context& context, const syntax::Tree& tree, const syntax::Action& action, Acts acts)
      : context_(context),
        tree_(tree),
        action_(action),
        call_(tree[action.call]),
        steps_(acts == Acts::kSteps) {}

  void Run(std::vector<Action>& actions) {
    const auto name = context_.NameAt(tree_, call_.operands[0]);
    if (!name) return;
    const DeclId* declared = context_.Lookup(name->text);
    if (declared != nullptr && context_.KindOf(*declared) != "action") declared = nullptr;
    const Verb* verb = declared == nullptr ? VerbNamed(name->text) : nullptr;
    if (declared == nullptr && verb == nullptr) return Unknown(*name);
    typed_.name = name->text;
    typed_.span = action_.span;
    typed_.call = syntax::Print(tree_, action_.call);
    const std::size_t before = context_.sink.all().size();
    if (declared != nullptr) {
      Declared(*name, *declared);
    } else {
      (this->*verb->check)();
    }
    Retry(*name, declared);
    Otherwise(*name, declared != nullptr || verb->fails);
    if (context_.sink.all().size() != before) return;
    if (!steps_ && (action_.retry_count.valid() || !action_.otherwise.empty())) {
      NotBuilt(
          fmt::format("`{}` outside of a playbook", action_.otherwise.empty() ? "retry" : "else"));
    }
    actions.push_back(std::move(typed_));
  }

 private:
  struct Verb {
    std::string_view name;
    void (ActionChecker::*check)();
    bool steps = true;  // only in the steps of a playbook
    bool fails = true;  // `else` says what is done then
  };
  static const std::array<Verb, 8> kVerbs;

  const Verb* VerbNamed(std::string_view name) const {
    const auto found = std::ranges::find(kVerbs, name, &Verb::name);
    return found == kVerbs.end() || (found->steps && !steps_) ? nullptr : &*found;
  }

  void Unknown(const syntax::Name& name) {
    std::vector<std::string> known;
    for (const Verb& verb : kVerbs) {
      if (steps_ || !verb.steps) known.emplace_back(verb.name);
    }
    std::ranges::copy(context_.NamesOfKind("action"), std::back_inserter(known));
    auto& finding = context_.sink.Emit(codes::kUnknownName, name.span, "action", name.text);
    Suggest(finding, name, known, "the actions are");
  }

  std::vector<ExprId> Given(std::span<const std::string_view> names, std::size_t required) {
    return Arguments(context_, tree_, call_, typed_.name, names, required);
  }
  void To(ExprId id) {
    const Value to = ReadValue(context_, tree_, id, FieldType{.word = "recipients"});
    if (const auto* recipients = Get<Recipients>(to)) typed_.to = *recipients;
  }
  // Whoever acts: people, or of a tier whoever is on call.
  void Who(ExprId id) {
    const auto name = context_.NameAt(tree_, id);
    const DeclId* found = name ? context_.Lookup(name->text) : nullptr;
    if (found == nullptr || context_.KindOf(*found) != "tier") return To(id);
    const DeclId tier = context_.Resolve(*name, "tier");
    if (tier.valid()) typed_.to.all = {{.tier = tier, .span = name->span}};
  }
  void Time(ExprId id) {
    const auto time = ReadDuration(context_, tree_, id);
    if (!time) return;
    typed_.within_ms = *time;
    if (*time == 0) {
      context_.sink.Emit(codes::kOutOfRange, tree_[id].span, "0s",
                         fmt::format("`{}` needs some time", typed_.name));
    }
  }
  void Word(ExprId id) {
    const Value word = ReadValue(context_, tree_, id, FieldType{.word = "word"});
    if (const auto* text = Get<check::Word>(word)) typed_.about = text->text;
  }

  // `page` and `notify`: somebody is told.
  void Message() {
    static constexpr std::array<std::string_view, 4> kNames = {"to", "via", "says", "using"};
    const auto given = Given(kNames, 1);
    if (!given[0].valid()) return;
    To(given[0]);
    if (given[1].valid()) {
      const Value via = ReadValue(context_, tree_, given[1], FieldType{.word = "channel"});
      if (const auto* channel = Get<Reference>(via)) typed_.via = channel->decl;
    }
    if (given[2].valid()) {
      const Value says = ReadValue(context_, tree_, given[2], FieldType{.word = "template"});
      if (const auto* words = Get<Template>(says)) typed_.says = *words;
    }
    if (given[3].valid()) {
      const Value text = ReadValue(context_, tree_, given[3], FieldType{.word = "message"});
      if (const auto* words = Get<Reference>(text)) typed_.text = words->decl;
      if (given[2].valid()) {
        context_.sink.Emit(codes::kGivenTwice, tree_[given[3]].span, "text", "call")
            .Also(tree_[given[2]].span, "the first is here");
      }
    }
  }

  // `confirm(L2, within: 5m)`: somebody does it, and says so.
  void Confirm() {
    static constexpr std::array<std::string_view, 2> kNames = {"by", "within"};
    const auto given = Given(kNames, 2);
    if (!given[0].valid()) return;
    Who(given[0]);
    Time(given[1]);
  }
  // `fill(root_cause, by: L3, within: 24h)`: somebody writes it down.
  void Fill() {
    static constexpr std::array<std::string_view, 3> kNames = {"what", "by", "within"};
    const auto given = Given(kNames, 3);
    if (!given[0].valid()) return;
    Word(given[0]);
    Who(given[1]);
    Time(given[2]);
  }
  // `escalate(to: L3)`: somebody else takes over, and says when it is done.
  void Escalate() {
    static constexpr std::array<std::string_view, 1> kNames = {"to"};
    const auto given = Given(kNames, 1);
    if (given[0].valid()) Who(given[0]);
  }
  // `await(all(registry_up), within: 10m)`
  void Await() {
    static constexpr std::array<std::string_view, 2> kNames = {"condition", "within"};
    Condition(Given(kNames, 2));
  }
  // `hold(all(error_rate < 1%), lasting: 30m)`
  void Hold() {
    static constexpr std::array<std::string_view, 2> kNames = {"condition", "lasting"};
    Condition(Given(kNames, 2));
  }
  void Condition(const std::vector<ExprId>& given) {
    if (!given[0].valid()) return;
    Time(given[1]);
    typed_.condition = CheckCondition(context_, tree_, given[0]);
    if (!typed_.condition.valid() || !Runs(context_, typed_.condition)) return;
    const SeriesNode& node = context_.policy[typed_.condition];
    if (node.labels.empty()) return;
    const std::string written = diagnostics::Shown(context_.sources.Text(node.span), 40);
    context_.sink
        .Emit(codes::kWrongType, node.span, "one condition",
              fmt::format("one for each row: {}", Describe(context_.policy, typed_.condition)))
        .Help(fmt::format("write `all({0})` or `any({0})`", written));
  }
  // `again(switch, at_most: 2)`
  void Again() {
    static constexpr std::array<std::string_view, 2> kNames = {"step", "at_most"};
    const auto given = Given(kNames, 2);
    if (!given[0].valid()) return;
    Word(given[0]);
    typed_.most = Count(given[1], "go back at least once, and at most 20 times", 20);
  }

  std::int64_t Count(ExprId id, std::string_view why, std::int64_t most) {
    const Value count = ReadValue(context_, tree_, id, FieldType{.word = "count"});
    const auto* times = Get<std::int64_t>(count);
    if (times == nullptr) return 0;
    if (*times < 1 || *times > most)
      context_.sink.Emit(codes::kOutOfRange, count.span, fmt::format("{}", *times), why);
    return *times;
  }

  void Declared(const syntax::Name& name, DeclId id) {
    typed_.does = id;
    const FunctionShape& shape = FunctionOf(context_, id);
    std::vector<std::string_view> names;
    for (const FunctionShape::Parameter& parameter : shape.parameters)
      names.push_back(parameter.name);
    const auto given = Arguments(context_, tree_, call_, name.text, names, names.size());
    for (std::size_t i = 0; i < given.size(); ++i) {
      const auto& wanted = shape.parameters[i].type;
      if (!given[i].valid() || !wanted) continue;
      const SeriesId argument = SeriesChecker(context_, tree_).CheckAs(given[i], *wanted);
      if (!argument.valid()) continue;
      const SeriesNode& node = context_.policy[argument];
      if (Fits(node.type, *wanted)) {
        HoldsConstant(context_, argument, {*wanted, shape.parameters[i].range});
        if (node.has_rows) {
          context_.sink.Emit(codes::kWrongType, node.span, "a value that never changes",
                             Describe(context_.policy, argument));
        }
        continue;
      }
      context_.sink.Emit(codes::kWrongArgument, node.span, names[i], name.text, TypeText(*wanted),
                         Describe(context_.policy, argument));
    }
    if (!EnsureChecked(context_, id, name.span)) return;
    if (const auto* timeout = Get<DurationValue>(context_[id]["timeout"]))
      typed_.within_ms = timeout->ms;
  }

  // Trying again may do it twice, when the first answer was only lost.
  void Retry(const syntax::Name& name, const DeclId* action) {
    if (!action_.retry_count.valid()) return;
    typed_.retries = Count(action_.retry_count, "retry at least once, and at most 100 times", 100);
    typed_.retry_every_ms = ReadDuration(context_, tree_, action_.retry_every).value_or(0);
    if (action == nullptr) {
      context_.sink.Emit(codes::kNotRepeatable, name.span, name.text)
          .Note("what carries a message tries by itself until it was delivered")
          .Help("leave `retry` out");
      return;
    }
    if (!EnsureChecked(context_, *action, name.span)) return;
    const Decl& declaration = context_[*action];
    const auto* repeatable = Get<bool>(declaration["repeatable"]);
    if (repeatable != nullptr && !*repeatable) {
      context_.sink.Emit(codes::kNotRepeatable, name.span, name.text)
          .Also(declaration.span, "declared here, without `repeatable: true`")
          .Help("if doing it twice is as good as once, declare it `repeatable: true`");
    }
  }

  void Otherwise(const syntax::Name& name, bool fails) {
    if (action_.otherwise.empty()) return;
    for (const syntax::Action& other : action_.otherwise) {
      if (!other.call.valid() || tree_[other.call].kind != ExprKind::kCall) continue;
      ActionChecker(context_, tree_, other, steps_ ? Acts::kSteps : Acts::kAtOnce)
          .Run(typed_.otherwise);
    }
    if (steps_ && !fails) {
      NotBuilt(fmt::format("`else` after `{}`", name.text));
    }
  }
  void NotBuilt(std::string_view what) { context_.sink.Emit(codes::kNotBuilt, action_.span, what); }

  Context& context_;
  const syntax::Tree& tree_;
  const syntax::Action& action_;
  const syntax::Expr& call_;
  const bool steps_;
  Action typed_;
};

const std::array<ActionChecker::Verb, 8> ActionChecker::kVerbs = {{
    {"page", &ActionChecker::Message, false, false},
    {"notify", &ActionChecker::Message, false, false},
    {"confirm", &ActionChecker::Confirm},
    {"await", &ActionChecker::Await},
    {"hold", &ActionChecker::Hold},
    {"fill", &ActionChecker::Fill},
    {"escalate", &ActionChecker::Escalate, true, false},
    {"again", &ActionChecker::Again},
}};

}  // namespace

void CheckAction(Context& context, const syntax::Tree& tree, const syntax::Action& action,
                 Clause& clause, Acts acts) {
  if (!action.call.valid() || tree[action.call].kind != ExprKind::kCall) return;
  ActionChecker(context, tree, action, acts).Run(clause.actions);
}

}  // namespace tocsin::check
