#include "compiler/check/arms.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "compiler/check/context.h"

namespace tocsin::check {
namespace {

using syntax::Clause;
using syntax::ClauseId;
using syntax::ClauseKind;
using syntax::Expr;
using syntax::ExprId;
using syntax::ExprKind;
using syntax::Tree;

constexpr std::size_t kMostArms = 50;

class Expander {
 public:
  Expander(Tree& tree, const SchemaSet& schemas, diagnostics::Sink& sink)
      : tree_(tree), schemas_(schemas), sink_(sink) {}

  void Run() {
    std::vector<syntax::Item> items;
    for (const syntax::Item& item : tree_.items) {
      if (item.decl.valid() && SchemaOfArms(tree_[item.decl]) != nullptr && FindArms(item.decl)) {
        for (const syntax::DeclId made : Expand(item.decl)) items.push_back({made, {}});
      } else {
        items.push_back(item);
      }
    }
    tree_.items = std::move(items);
  }

 private:
  struct Arm {
    syntax::DeclId decl;
    const syntax::Table* table = nullptr;
  };

  const Schema* SchemaOfArms(const syntax::Decl& decl) const {
    const Schema* schema = schemas_.Find(decl.kind.text);
    if (schema == nullptr) return nullptr;
    const auto arms = std::ranges::find(schema->rows, true, &Schema::arms);
    return arms == schema->rows.end() ? nullptr : schema;
  }
  static const Schema& ArmsOf(const Schema& schema) {
    return *std::ranges::find(schema.rows, true, &Schema::arms);
  }

  bool IsArm(const Schema& schema, const syntax::Name& kind) const {
    return kind.text == ArmsOf(schema).name;
  }

  // The arms of a declaration, in order; false where it has none.
  bool FindArms(syntax::DeclId id) {
    const Schema& schema = *SchemaOfArms(tree_[id]);
    arms_.clear();
    for (const ClauseId clause : tree_[id].clauses) {
      if (tree_[clause].kind == ClauseKind::kChild) {
        if (IsArm(schema, tree_[tree_[clause].decl].kind))
          arms_.push_back({tree_[clause].decl, nullptr});
      } else if (tree_[clause].kind == ClauseKind::kTable) {
        const syntax::Table& table = tree_[tree_[clause].table];
        if (!IsArm(schema, table.kind)) continue;
        for (const syntax::Table::Row& row : table.rows) {
          if (row.decl.valid()) arms_.push_back({row.decl, &table});
        }
      }
    }
    return !arms_.empty();
  }

  std::vector<syntax::DeclId> Expand(syntax::DeclId of) {
    const Schema& schema = *SchemaOfArms(tree_[of]);
    if (arms_.size() > kMostArms) {
      sink_.Emit(codes::kOutOfRange, tree_[arms_[kMostArms].decl].span, arms_.size(),
                 "an alert has at most 50 arms");
      arms_.resize(kMostArms);
    }
    FindParameters();
    std::vector<syntax::DeclId> made;
    std::vector<ClauseId> worse;  // `unless` each arm before
    for (std::size_t i = 0; i < arms_.size(); ++i) {
      made.push_back(Make(of, schema, i, worse));
      worse.push_back(Unless(tree_[made.back()].name));
    }
    CheckUsed();
    return made;
  }

  // What any arm gives a value for.
  void FindParameters() {
    parameters_.clear();
    used_.clear();
    for (const Arm& arm : arms_) {
      for (const ClauseId id : tree_[arm.decl].clauses) {
        const Clause& clause = tree_[id];
        if (clause.kind == ClauseKind::kField) parameters_.emplace(clause.name.text, clause.name);
      }
      if (arm.table == nullptr) continue;
      for (const syntax::Name& column : arm.table->columns) {
        if (column.text != "name" && column.text != "title") parameters_[column.text] = column;
      }
    }
  }

  void CheckUsed() {
    for (const auto& [name, written] : parameters_) {
      if (used_.contains(name)) continue;
      sink_.Emit(codes::kUnknownField, written.span, "an arm", name)
          .Note(fmt::format("nothing in the alert names `arm.{}`", name));
    }
  }

  // Arms without a name are counted: `api_burn.1`.
  syntax::DeclId Make(syntax::DeclId of, const Schema& schema, std::size_t place,
                      const std::vector<ClauseId>& worse) {
    syntax::Decl made = tree_[of];
    const syntax::Decl written = tree_[arms_[place].decl];
    const bool named = written.name.present();
    const std::string own = named ? std::string(written.name.text) : std::to_string(place + 1);
    made.name = {tree_.made_names.emplace_back(fmt::format("{}.{}", made.name.text, own)),
                 named ? written.name.span : made.name.span};
    made.arm = true;
    if (written.title.valid()) made.title = written.title;
    values_.clear();
    arm_ = own;
    arm_span_ = named ? written.name.span : written.span;
    for (const ClauseId id : written.clauses) {
      const Clause& clause = tree_[id];
      if (clause.kind == ClauseKind::kField) {
        values_.emplace(clause.name.text, clause.value);
      } else if (clause.kind != ClauseKind::kError) {
        sink_.Emit(codes::kUnknownClause, clause.span, "an arm", "clause",
                   syntax::Word(clause.kind));
      }
    }
    made.clauses.clear();
    for (const ClauseId id : tree_[of].clauses) {
      const Clause& clause = tree_[id];
      const bool arms =
          (clause.kind == ClauseKind::kChild && IsArm(schema, tree_[clause.decl].kind)) ||
          (clause.kind == ClauseKind::kTable && IsArm(schema, tree_[clause.table].kind));
      if (!arms) made.clauses.push_back(With(id));
    }
    made.clauses.insert(made.clauses.end(), worse.begin(), worse.end());
    tree_.decls.push_back(std::move(made));
    return syntax::DeclId(tree_.decls.size() - 1);
  }

  // `unless disk.urgent`
  ClauseId Unless(const syntax::Name& arm) {
    Expr name;
    name.kind = ExprKind::kName;
    name.span = arm.span;
    name.name = arm;
    Clause clause;
    clause.kind = ClauseKind::kUnless;
    clause.span = clause.keyword = arm.span;
    clause.value = Put(std::move(name));
    tree_.clauses.push_back(std::move(clause));
    return ClauseId(tree_.clauses.size() - 1);
  }

  ExprId Put(Expr expr) {
    tree_.exprs.push_back(std::move(expr));
    return ExprId(tree_.exprs.size() - 1);
  }

  // The same with values in the place of names; itself where none is in it.
  ClauseId With(ClauseId id) {
    Clause clause = tree_[id];
    bool changed = false;
    for (ExprId* expr : {&clause.value, &clause.hold, &clause.condition, &clause.expected})
      changed = Replace(*expr) || changed;
    if (!changed) return id;
    tree_.clauses.push_back(std::move(clause));
    return ClauseId(tree_.clauses.size() - 1);
  }

  bool Replace(ExprId& id) {
    if (!id.valid()) return false;
    const ExprId with = With(id);
    const bool changed = with != id;
    id = with;
    return changed;
  }

  bool Replace(std::vector<syntax::StringPart>& parts) {
    bool changed = false;
    for (syntax::StringPart& part : parts) {
      changed = Replace(part.value) || changed;
      changed = Replace(part.body) || changed;
      changed = Replace(part.otherwise) || changed;
    }
    return changed;
  }

  ExprId With(ExprId id) {
    if (IsOfArm(id)) return Value(id);
    Expr expr = tree_[id];
    bool changed = Replace(expr.parts);
    for (ExprId& operand : expr.operands) changed = Replace(operand) || changed;
    for (syntax::Argument& argument : expr.arguments) changed = Replace(argument.value) || changed;
    return changed ? Put(std::move(expr)) : id;
  }

  // `arm.limit`
  bool IsOfArm(ExprId id) const {
    const Expr& expr = tree_[id];
    return expr.kind == ExprKind::kMember && tree_[expr.operands[0]].kind == ExprKind::kName &&
           tree_[expr.operands[0]].name.text == "arm";
  }

  ExprId Value(ExprId id) {
    const syntax::Name name = tree_[id].name;
    used_.insert(name.text);
    if (const auto value = values_.find(name.text); value != values_.end()) return value->second;
    if (parameters_.contains(name.text)) {
      sink_.Emit(codes::kPartMissing, arm_span_, fmt::format("the arm `{}`", arm_),
                 fmt::format("a value for `{}`", name.text));
    } else {
      std::vector<std::string> known;
      for (const auto& [parameter, written] : parameters_) known.emplace_back(parameter);
      Suggest(sink_.Emit(codes::kUnknownName, name.span, "column of `arm`", name.text), name, known,
              "its columns are");
    }
    Expr missing;
    missing.kind = ExprKind::kError;
    missing.span = tree_[id].span;
    // Said once for each arm.
    return values_.emplace(name.text, Put(std::move(missing))).first->second;
  }

  Tree& tree_;
  const SchemaSet& schemas_;
  diagnostics::Sink& sink_;
  std::vector<Arm> arms_;
  std::map<std::string_view, syntax::Name> parameters_;  // of all arms
  std::set<std::string_view> used_;
  std::map<std::string_view, ExprId> values_;  // of the arm that is made
  std::string arm_;                            // the one that is made
  diagnostics::Span arm_span_;
};

}  // namespace

void ExpandArms(std::deque<Tree>& trees, const SchemaSet& schemas, diagnostics::Sink& sink) {
  for (Tree& tree : trees) Expander(tree, schemas, sink).Run();
}

void DropRepeats(const Policy& policy, diagnostics::Sink& sink) {
  if (std::ranges::none_of(policy.decls, &Decl::arm)) return;
  std::set<std::tuple<const diagnostics::Row*, std::uint32_t, std::uint32_t, std::string>> seen;
  sink.TakeOut([&](const diagnostics::Diagnostic& finding) {
    return !seen.emplace(finding.row, finding.span.source.index, finding.span.begin,
                         finding.message)
                .second;
  });
}

}  // namespace tocsin::check
