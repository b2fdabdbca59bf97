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
  ActionChecker(Context& context, const syntax::Tree& tree, const syntax::Action& action)
      : context_(context), tree_(tree), action_(action), call_(tree[action.call]) {}

  void Run(Clause& clause) {
    const auto name = context_.NameAt(tree_, call_.operands[0]);
    if (!name) return;
    const DeclId* declared = context_.Lookup(name->text);
    const bool known = declared != nullptr && context_.KindOf(*declared) == "action";
    if (!known && name->text != "page" && name->text != "notify") return Unknown(*name);
    const std::size_t before = context_.sink.all().size();
    if (known) {
      Declared(*name, *declared);
    } else {
      Message(*name, clause);
    }
    Retry(*name, known ? declared : nullptr);
    Clause otherwise;
    for (const syntax::Action& other : action_.otherwise)
      CheckAction(context_, tree_, other, otherwise);
    if (context_.sink.all().size() != before) return;
    if (known) {
      NotBuilt(fmt::format("`{}`, which is an action of the policy,", name->text));
    } else if (!action_.otherwise.empty()) {
      NotBuilt("`else` after an action");
    }
  }

 private:
  void NotBuilt(std::string_view what) { context_.sink.Emit(codes::kNotBuilt, action_.span, what); }

  void Unknown(const syntax::Name& name) {
    std::vector<std::string> known = context_.NamesOfKind("action");
    known.insert(known.begin(), {"page", "notify"});
    auto& finding = context_.sink.Emit(codes::kUnknownName, name.span, "action", name.text);
    Suggest(finding, name, known, "the actions are");
  }

  // `page` and `notify`: somebody is told.
  void Message(const syntax::Name& name, Clause& clause) {
    static constexpr std::array<std::string_view, 4> kNames = {"to", "via", "says", "using"};
    const auto given = Arguments(context_, tree_, call_, name.text, kNames, 1);
    Action typed;
    typed.name = name.text;
    typed.span = action_.span;
    if (!given[0].valid()) return;
    const Value to = ReadValue(context_, tree_, given[0], FieldType{.word = "recipients"});
    if (const auto* recipients = Get<Recipients>(to)) typed.to = *recipients;
    if (given[1].valid()) {
      const Value via = ReadValue(context_, tree_, given[1], FieldType{.word = "channel"});
      if (const auto* channel = Get<Reference>(via)) typed.via = channel->decl;
    }
    if (given[2].valid()) {
      const Value says = ReadValue(context_, tree_, given[2], FieldType{.word = "template"});
      if (const auto* words = Get<Template>(says)) typed.says = *words;
    }
    if (given[3].valid()) {
      const Value text = ReadValue(context_, tree_, given[3], FieldType{.word = "message"});
      if (const auto* words = Get<Reference>(text)) typed.text = words->decl;
      if (given[2].valid()) {
        context_.sink.Emit(codes::kGivenTwice, tree_[given[3]].span, "text", "call")
            .Also(tree_[given[2]].span, "the first is here");
      }
    }
    clause.actions.push_back(std::move(typed));
  }

  void Declared(const syntax::Name& name, DeclId id) {
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
        continue;
      }
      context_.sink.Emit(codes::kWrongArgument, node.span, names[i], name.text, TypeText(*wanted),
                         Describe(context_.policy, argument));
    }
  }

  // Trying again may do it twice, when the first answer was only lost.
  void Retry(const syntax::Name& name, const DeclId* action) {
    if (!action_.retry_count.valid()) return;
    const Value count = ReadValue(context_, tree_, action_.retry_count, FieldType{.word = "count"});
    if (const auto* times = Get<std::int64_t>(count); times != nullptr && *times == 0)
      context_.sink.Emit(codes::kOutOfRange, count.span, "0", "retry at least once");
    ReadDuration(context_, tree_, action_.retry_every);
    if (action == nullptr) {
      context_.sink.Emit(codes::kNotRepeatable, name.span, name.text)
          .Note("what carries a message tries by itself until it was delivered")
          .Help("leave `retry` out");
      return;
    }
    if (!EnsureChecked(context_, *action, name.span)) return;
    const Decl& declaration = context_[*action];
    const auto* repeatable = Get<bool>(declaration["repeatable"]);
    if (repeatable == nullptr || *repeatable) return;
    context_.sink.Emit(codes::kNotRepeatable, name.span, name.text)
        .Also(declaration.span, "declared here, without `repeatable: true`")
        .Help("if doing it twice is as good as once, declare it `repeatable: true`");
  }

  Context& context_;
  const syntax::Tree& tree_;
  const syntax::Action& action_;
  const syntax::Expr& call_;
};

}  // namespace

void CheckAction(Context& context, const syntax::Tree& tree, const syntax::Action& action,
                 Clause& clause) {
  if (!action.call.valid() || tree[action.call].kind != ExprKind::kCall) return;
  ActionChecker(context, tree, action).Run(clause);
}

}  // namespace tocsin::check
