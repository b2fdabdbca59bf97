// Arms of a classification: `P1 when scope == system_wide`, `P4 otherwise`. What they ask is about
// the fields of the entity that the declaration is named after.

#include "compiler/check/clauses.h"
#include "compiler/check/declared.h"

namespace tocsin::check {

// Each field as what stands for it; null where there is no such entity, which is reported once.
const LocalNames* ClauseChecker::LocalsOfEntity() {
  if (locals_) return locals_->empty() ? nullptr : &*locals_;
  locals_.emplace();
  const Schema* entity = context_.schemas.Find(decl_.name);
  if (entity == nullptr || !entity->entity) {
    std::vector<std::string> known;
    for (const Schema& schema : context_.schemas.all()) {
      if (schema.entity) known.push_back(schema.name);
    }
    auto& finding = context_.sink.Emit(codes::kUnknownName, decl_.span, "entity", decl_.name);
    if (known.empty()) {
      finding.Help(
          fmt::format("say what is known of one: `entity {} \"...\" {{ ... }}`", decl_.name));
    } else {
      Suggest(finding, {decl_.name, decl_.span}, known, "the entities are");
    }
    return nullptr;
  }
  for (const FieldSchema& field : entity->fields) {
    const auto type = TypeOfField(context_, field.type);
    if (!type) continue;
    SeriesNode node;
    node.kind = SeriesKind::kParameter;
    node.type = *type;
    node.text = field.name;
    node.span = field.span;
    context_.policy.series.push_back(std::move(node));
    locals_->emplace(field.name, SeriesId(context_.policy.series.size() - 1));
  }
  return locals_->empty() ? nullptr : &*locals_;
}

// All arms lead to declarations of one kind.
bool ClauseChecker::ArmsResult(const syntax::Name& name, check::Clause& typed) {
  if (arms_kind_.empty()) {
    const DeclId* found = context_.Lookup(name.text);
    arms_kind_ = found == nullptr ? std::string_view("severity") : context_.KindOf(*found);
  }
  typed.result = context_.Resolve(name, arms_kind_);
  return typed.result.valid();
}

void ClauseChecker::Arm(const syntax::Clause& clause) {
  const ClauseSchema* row = schema_.Clause("arm");
  if (row == nullptr || row->takes != "arms") return Unknown(clause);
  const LocalNames* locals = LocalsOfEntity();
  if (locals == nullptr) return;
  check::Clause typed;
  typed.keyword = "arm";
  typed.span = clause.span;
  if (!ArmsResult(clause.name, typed)) return;
  for (const check::Clause& other : decl_.clauses) {
    if (other.keyword != "arm" || other.condition.valid()) continue;
    context_.sink.Emit(codes::kNotTaken, clause.span, "what is classified", "arm after `otherwise`")
        .Also(other.span, "it stands here");
    return;
  }
  if (clause.value.valid()) {  // else `otherwise`
    typed.text = syntax::Print(tree_, clause.value);
    SeriesChecker checker(context_, tree_, locals);
    typed.condition = checker.Check(clause.value);
    if (!checker.IsTruth(typed.condition)) return;
    const SeriesNode& node = context_.policy[typed.condition];
    if (node.has_rows) {
      context_.sink.Emit(codes::kWrongType, node.span,
                         fmt::format("a condition on the fields of `{}`", decl_.name),
                         Describe(context_.policy, typed.condition));
      return;
    }
  }
  decl_.clauses.push_back(std::move(typed));
}

}  // namespace tocsin::check
