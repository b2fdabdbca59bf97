#include "compiler/check/test_blocks.h"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <set>

#include "compiler/check/declared.h"
#include "compiler/check/series.h"
#include "compiler/check/test_rows.h"

namespace tocsin::check {
namespace {

using syntax::ClauseKind;
using syntax::ExprId;
using syntax::ExprKind;

// Since when the first value of a test holds.
constexpr values::Duration kBefore = std::numeric_limits<values::Duration>::min();

// What can be supposed of whom.
struct Supposition {
  std::string_view field;
  std::array<std::string_view, 2> kinds;
  std::string_view type;  // "duration", "duration or never", "times", "count"
};
constexpr std::array kSuppositions = {
    Supposition{"answers", {"person", "tier"}, "duration or never"},
    Supposition{"down", {"channel", ""}, "times"},
    Supposition{"fails", {"action", ""}, "count"},
    Supposition{"takes", {"action", ""}, "duration"},
};
constexpr std::array<std::string_view, 4> kSupposed = {"person", "tier", "channel", "action"};

class TestChecker {
 public:
  TestChecker(Context& context, const syntax::Tree& tree, const syntax::Decl& test, Decl& decl)
      : context_(context), tree_(tree), test_(test), decl_(decl) {}

  void Run() {
    context_.in_test = true;
    world_.package = context_.package;
    bool expects = false;
    for (const syntax::ClauseId id : test_.clauses) {
      const syntax::Clause& clause = tree_[id];
      // A time without `expect` is reported by itself.
      expects = expects || clause.kind == ClauseKind::kExpect || IsTimed(clause) ||
                clause.expected.valid() || clause.kind == ClauseKind::kError;
      One(clause);
    }
    context_.in_test = false;
    KeepNarrowest(context_, world_.series);
    decl_.world = std::move(world_);
    if (!expects) {
      context_.sink.Emit(codes::kPartMissing, test_.kind.span, "this test", "something to expect")
          .Help("say what must be true, as in `within 45s expect firing(registry_down)`");
    }
  }

 private:
  static bool IsTimed(const syntax::Clause& clause) {
    return clause.kind == ClauseKind::kAt || clause.kind == ClauseKind::kAfter ||
           clause.kind == ClauseKind::kWithin || clause.kind == ClauseKind::kBefore;
  }

  void One(const syntax::Clause& clause) {
    switch (clause.kind) {
      case ClauseKind::kError:
        return;
      case ClauseKind::kSample:
        return Sample(clause);
      case ClauseKind::kChild:
        return Suppose(tree_[clause.decl]);
      case ClauseKind::kExpect:
        return Expect(clause, clause.value, 0);
      case ClauseKind::kAt:
      case ClauseKind::kAfter:
      case ClauseKind::kWithin:
      case ClauseKind::kBefore:
        return Timed(clause);
      case ClauseKind::kField:
        if (clause.name.text == "starts") return Starts(clause);
        break;
      case ClauseKind::kWhen:
      case ClauseKind::kClear:
      case ClauseKind::kUnless:
      case ClauseKind::kOn:
      case ClauseKind::kEvery:
      case ClauseKind::kTransition:
      case ClauseKind::kArm:
      case ClauseKind::kAct:
      case ClauseKind::kTable:
        break;
    }
    const diagnostics::Span span = clause.keyword.valid() ? clause.keyword : clause.span;
    context_.sink
        .Emit(codes::kUnknownClause, span, "a test", "clause",
              diagnostics::Shown(context_.sources.Text(span), 40))
        .Note(
            "a test has samples such as `up{region: eu} = true, then false at 0s`, `suppose`, and "
            "`within`, `before`, `at` or `after` a time what to `expect`");
  }

  // `starts: 2026-03-29T00:30:00Z`
  void Starts(const syntax::Clause& clause) {
    if (!Fresh("starts", "starts", clause.name.span)) return;
    const Value value = ReadValue(context_, tree_, clause.value, FieldType{.word = "instant"});
    if (const auto* instant = Get<InstantValue>(value)) world_.starts = instant->at;
  }

  void Timed(const syntax::Clause& clause) {
    const std::string_view word = context_.sources.Text(clause.keyword);
    const auto time = ReadDuration(context_, tree_, clause.value);
    if (!clause.expected.valid()) {
      context_.sink
          .Emit(codes::kPartMissing, clause.keyword, fmt::format("`{}` in a test", word),
                "`expect` and what must be true then")
          .Help(fmt::format("write `{} {} expect ...`", word,
                            context_.sources.Text(tree_[clause.value].span)));
    } else if (time && *time == 0 && clause.kind == ClauseKind::kBefore) {
      context_.sink.Emit(codes::kOutOfRange, tree_[clause.value].span,
                         context_.sources.Text(tree_[clause.value].span),
                         "a test begins at 0s, and nothing is before");
    } else if (time) {
      Expect(clause, clause.expected, *time);
    }
  }

  void Expect(const syntax::Clause& clause, ExprId what, values::Duration time) {
    SeriesChecker checker(context_, tree_);
    const SeriesId condition = checker.Check(what);
    if (!checker.IsTruth(condition)) return;
    if (context_.policy[condition].kind == SeriesKind::kTruth) {
      context_.sink.Emit(codes::kConstantCondition, context_.policy[condition].span);
      return;
    }
    if (!CanBeAsked(condition)) return;
    Clause typed;
    typed.keyword = context_.sources.Text(clause.keyword);
    typed.of = clause.negated ? "no" : "";
    typed.span = clause.span;
    typed.condition = condition;
    typed.hold_ms = time;
    typed.text = syntax::Print(tree_, what);
    decl_.clauses.push_back(std::move(typed));
  }

  // Whether it asks for nothing but states of alerts and messages; reported where it does not.
  bool CanBeAsked(SeriesId id) {
    const SeriesNode& node = context_.policy[id];
    const bool logic = node.kind == SeriesKind::kOperator && node.truth();
    const bool any = node.kind == SeriesKind::kFold && node.function->name == "any";
    const bool select = node.kind == SeriesKind::kSelect && !node.joins;
    if (node.kind == SeriesKind::kState || node.kind == SeriesKind::kAbout) return true;
    if (logic || any || select) {
      return std::ranges::all_of(node.operands, [&](SeriesId part) { return CanBeAsked(part); });
    }
    context_.sink.Emit(codes::kNotBuilt, node.span,
                       "a test that expects something else than states of alerts and messages");
    return false;
  }

  // `up{region: eu} = true, then false at 0s`
  void Sample(const syntax::Clause& clause) {
    SeriesChecker checker(context_, tree_);
    const SeriesId left = checker.Check(clause.value);
    if (!left.valid()) return;
    const SeriesNode series = context_.policy[left];
    const SeriesNode* signal = &series;
    while (signal->kind == SeriesKind::kSelect) signal = &context_.policy[signal->operands[0]];
    if (signal->kind != SeriesKind::kSignal) {
      context_.sink.Emit(codes::kWrongType, series.span, "a signal, with the row it is about",
                         Describe(context_.policy, left));
      return;
    }
    if (context_.declared[signal->decl.index].decl->value.valid()) {
      context_.sink
          .Emit(codes::kWrongType, series.span, "a signal that is measured",
                fmt::format("`{}`, which is derived", context_[signal->decl].name))
          .Help("give samples of what it is derived from");
      return;
    }
    if (!OneRow(series, *signal)) return;
    const std::string_view row = context_.sources.Text(tree_[clause.value].span);
    if (!Fresh(fmt::format("{}", fmt::join(SelectedRows(series, *signal), ";")), row,
               tree_[clause.value].span))
      return;
    const auto rows = SampledRows(context_, series, *signal);
    if (!rows) return;
    TestSeries given;
    given.signal = signal->decl;
    given.rows = *rows;
    given.span = tree_[clause.value].span;
    const Type type = signal->type;  // each value adds to the series, where `signal` is
    const Measure* measure = MeasureOf(context_, signal->decl, series.span);
    values::Duration last = -1;
    for (std::size_t i = 0; i < clause.values.size(); i += i == 0 ? 1 : 2) {
      if (!SampleValue(clause.values[i], type, measure, given.steps.emplace_back())) return;
      if (i == 0) continue;
      const auto at = ReadDuration(context_, tree_, clause.values[i + 1]);
      if (!at) return;
      if (*at <= last) {
        context_.sink.Emit(
            codes::kOutOfRange, tree_[clause.values[i + 1]].span, values::FormatDuration(*at),
            fmt::format("the value before it begins at {}", values::FormatDuration(last)));
        return;
      }
      last = *at;
      given.steps.back().at_ms = last;
    }
    given.steps.front().at_ms = kBefore;
    world_.series.push_back(std::move(given));
  }

  // Reports what a test says twice, by something that is the same for equal things.
  bool Fresh(std::string same, std::string_view written, diagnostics::Span span) {
    const auto [first, fresh] = said_.emplace(std::move(same), span);
    if (fresh) return true;
    context_.sink.Emit(codes::kGivenTwice, span, written, "test").Also(first->second, "here first");
    return false;
  }

  // The signal, and which of its rows: equal for `up{region: eu}` however it is written.
  std::vector<std::string> SelectedRows(const SeriesNode& series, const SeriesNode& signal) const {
    std::vector<std::string> rows;
    for (const SeriesNode* node = &series; node->kind == SeriesKind::kSelect;
         node = &context_.policy[node->operands[0]]) {
      for (Selection selection : node->selections) {
        std::ranges::sort(selection.values);
        rows.push_back(fmt::format("{}{}{}", selection.label, selection.except ? "!" : "=",
                                   fmt::join(selection.values, ",")));
      }
    }
    std::ranges::sort(rows);
    rows.insert(rows.begin(), context_[signal.decl].name);
    return rows;
  }

  // A label of which not all values are known must be named.
  bool OneRow(const SeriesNode& series, const SeriesNode& signal) {
    for (const std::string& label : signal.labels) {
      const Domain* domain = context_.DomainOf(label);
      if (domain == nullptr) return false;
      if (domain->closed) continue;
      bool named = false;
      for (const SeriesNode* node = &series; node->kind == SeriesKind::kSelect;
           node = &context_.policy[node->operands[0]]) {
        named = named || std::ranges::any_of(node->selections, [&](const Selection& selection) {
                  return selection.label == label && !selection.except;
                });
      }
      if (named) continue;
      context_.sink
          .Emit(codes::kPartMissing, series.span,
                fmt::format("a sample of `{}`", context_[signal.decl].name),
                fmt::format("its label `{}`", label))
          .Help(fmt::format("write `{}{{{}: ...}}`", context_[signal.decl].name, label));
      return false;
    }
    return true;
  }

  // Whether something is counted, so that a rate says how it rises.
  static bool Rises(const Type& type, const SeriesNode& value) {
    if (type.kind != TypeKind::kQuantity || !value.quantity()) return false;
    return (Plain(type.unit) && value.type.unit == values::Unit::kRate) ||
           (type.unit == values::Unit::kBytes && value.type.unit == values::Unit::kByteRate);
  }

  bool SampleValue(ExprId id, const Type& type, const Measure* measure, TestSeries::Step& step) {
    if (tree_[id].kind == ExprKind::kName && tree_[id].name.text == "absent") return true;
    const SeriesId value = SeriesChecker(context_, tree_).CheckAs(id, type);
    if (!value.valid()) return false;
    const SeriesNode& node = context_.policy[value];
    const bool constant = node.kind == SeriesKind::kConstant || node.kind == SeriesKind::kTruth;
    step.value = node.number;
    step.rises = Rises(type, node);
    const bool fits = step.rises || Fits(node.type, type);
    if (constant && step.rises) return true;
    if (constant && fits)
      return measure == nullptr || InRange(context_, node.number, measure->range, node.span);
    context_.sink.Emit(
        codes::kWrongType, node.span,
        fits ? "a value that is written out, or `absent`" : TypeText(type) + ", or `absent`",
        fits ? fmt::format("`{}`", context_.sources.Text(node.span))
             : Describe(context_.policy, value));
    return false;
  }

  // `suppose L1 { answers: never }`
  void Suppose(const syntax::Decl& suppose) {
    if (suppose.kind.text != "suppose") {
      context_.sink
          .Emit(codes::kUnknownClause, suppose.kind.span, "a test", "declaration",
                suppose.kind.text)
          .Note("inside it may be declared `suppose`");
      return;
    }
    if (!suppose.name.present()) {
      context_.sink.Emit(codes::kPartMissing, suppose.kind.span, "`suppose`",
                         "the name of a person, a tier, a channel or an action");
      return;
    }
    const DeclId* found = context_.Lookup(suppose.name.text);
    if (found == nullptr) {
      if (context_.Doubtful(suppose.name.text)) return;
      auto& finding = context_.sink.Emit(codes::kUnknownName, suppose.name.span,
                                         "person, tier, channel or action", suppose.name.text);
      std::vector<std::string> known;
      for (const std::string_view kind : kSupposed) {
        for (std::string& name : context_.NamesOfKind(kind)) known.push_back(std::move(name));
      }
      Suggest(finding, suppose.name, known, "there are");
      return;
    }
    const std::string_view kind = context_.KindOf(*found);
    if (std::ranges::find(kSupposed, kind) == kSupposed.end()) {
      context_.sink
          .Emit(codes::kWrongKind, suppose.name.span, suppose.name.text, WithArticle(kind),
                "a person, a tier, a channel or an action")
          .Also(context_[*found].span, "declared here");
      return;
    }
    if (!context_.Resolve(suppose.name, kind).valid()) return;
    if (!Fresh(fmt::format("suppose {}", context_[*found].name),
               fmt::format("suppose {}", suppose.name.text), suppose.name.span))
      return;
    if (suppose.clauses.empty()) {
      context_.sink
          .Emit(codes::kPartMissing, suppose.name.span,
                fmt::format("`suppose {}`", suppose.name.text), "something to suppose")
          .Note("it may say " + OneOf(FieldsFor(kind)));
    }
    std::set<std::string_view> given;
    for (const syntax::ClauseId id : suppose.clauses) {
      const syntax::Clause& clause = tree_[id];
      if (clause.name.present() && !given.insert(clause.name.text).second) {
        context_.sink.Emit(codes::kGivenTwice, clause.name.span, clause.name.text, "`suppose`");
      } else {
        Supposed(clause, *found, kind);
      }
    }
  }

  // What can be supposed of a declaration of some kind.
  static std::vector<std::string> FieldsFor(std::string_view kind) {
    std::vector<std::string> fields;
    for (const Supposition& supposition : kSuppositions) {
      if (std::ranges::find(supposition.kinds, kind) != supposition.kinds.end())
        fields.emplace_back(supposition.field);
    }
    return fields;
  }

  void Supposed(const syntax::Clause& clause, DeclId of, std::string_view kind) {
    if (clause.kind == ClauseKind::kError) return;
    const auto row = std::ranges::find_if(kSuppositions, [&](const Supposition& supposition) {
      return supposition.field == clause.name.text &&
             std::ranges::find(supposition.kinds, kind) != supposition.kinds.end();
    });
    if (clause.kind != ClauseKind::kField || row == kSuppositions.end()) {
      auto& finding = context_.sink.Emit(
          codes::kUnknownField, clause.name.present() ? clause.name.span : clause.span,
          fmt::format("what is supposed of {}", WithArticle(kind)),
          diagnostics::Shown(
              context_.sources.Text(clause.name.present() ? clause.name.span : clause.span), 40));
      if (clause.name.present()) {
        const std::vector<std::string> known = FieldsFor(kind);
        Suggest(finding, clause.name, known, known.size() == 1 ? "there is only" : "there are");
      }
      return;
    }
    const std::size_t before = context_.sink.all().size();
    const syntax::Expr& value = tree_[clause.value];
    const bool never = value.kind == ExprKind::kName && value.name.text == "never";
    std::optional<values::Duration> duration;
    if (row->type == "times") {
      Times(clause.value);
    } else if (row->type == "count") {
      ReadValue(context_, tree_, clause.value, FieldType{.word = "count"});
    } else if (!never || row->type == "duration") {
      duration = ReadDuration(context_, tree_, clause.value);
    }
    if (context_.sink.all().size() > before) return;
    if (row->field == "answers") {
      world_.people.push_back({of, duration});
    } else {
      context_.sink.Emit(codes::kNotBuilt, clause.name.span,
                         fmt::format("supposing `{}` of {}", row->field, WithArticle(kind)));
    }
  }

  // `0s..10m`
  void Times(ExprId id) {
    const syntax::Expr& expr = tree_[id];
    if (expr.kind != ExprKind::kRange) {
      context_.sink.Emit(codes::kWrongType, expr.span, "times such as `0s..10m`",
                         Found(context_, tree_, id));
      return;
    }
    const auto from = ReadDuration(context_, tree_, expr.operands[0]);
    const auto to = ReadDuration(context_, tree_, expr.operands[1]);
    if (from && to && *to <= *from) {
      context_.sink.Emit(codes::kOutOfRange, expr.span, context_.sources.Text(expr.span),
                         "it ends before it begins");
    }
  }

  Context& context_;
  const syntax::Tree& tree_;
  const syntax::Decl& test_;
  Decl& decl_;
  TestWorld world_;
  std::map<std::string, diagnostics::Span, std::less<>> said_;  // samples and `suppose`
};

}  // namespace

void CheckTestBlock(Context& context, const syntax::Tree& tree, const syntax::Decl& test,
                    Decl& decl) {
  TestChecker(context, tree, test, decl).Run();
}

}  // namespace tocsin::check
