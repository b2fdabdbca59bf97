#include <algorithm>

#include "compiler/check/context.h"
#include "compiler/check/texts.h"

namespace tocsin::check {
namespace {

void UnknownKind(Context& context, const syntax::Name& kind) {
  if (DeclaresKind(kind.text)) {
    context.sink.Emit(codes::kBadSchema, kind.span, "it is written out, not in a table");
    return;
  }
  const std::vector<std::string> known = context.schemas.Names();
  auto& finding = context.sink.Emit(codes::kUnknownKind, kind.span, kind.text);
  if (const std::string nearest = diagnostics::Nearest(kind.text, known); !nearest.empty()) {
    finding.Help(fmt::format("did you mean `{}`?", nearest));
    finding.Offer(kind.span, nearest, diagnostics::Applicability::kReview);
    context.policy_misspelt = context.policy_misspelt || nearest == "policy";
  } else {
    finding.Note(fmt::format("the kinds are {}", ListOf(known, 20)));
  }
}

void Collect(Context& context, const syntax::Tree& tree, const syntax::Decl& decl,
             const syntax::Table* table) {
  if (DeclaresKind(decl.kind.text) && table == nullptr) return;
  const Schema* schema = context.schemas.Find(decl.kind.text);
  if (schema != nullptr && schema->entity) {
    context.doubtful.emplace(decl.name.text);
    context.sink.Emit(codes::kEntityDeclared, decl.kind.span, decl.kind.text)
        .Also(schema->span, "declared here");
    return;
  }
  if (schema == nullptr) {
    context.doubtful.emplace(decl.name.text);
    if (context.FirstAt(decl.kind.span)) UnknownKind(context, decl.kind);
    return;
  }
  if (!schema->named) {
    if (decl.name.present())
      context.sink.Emit(codes::kNotTaken, decl.name.span, WithArticle(decl.kind.text), "name");
    Decl& typed = context.policy.decls.emplace_back();
    typed.schema = schema;
    typed.span = decl.kind.span;
    context.declared.push_back({&tree, &decl, table});
    return;
  }
  if (!decl.name.present()) {
    context.sink.Emit(codes::kPartMissing, table == nullptr ? decl.kind.span : decl.span,
                      WithArticle(decl.kind.text), "a name");
    return;
  }
  const DeclId id(context.policy.decls.size());
  const auto place = context.names.find(decl.name.text);
  if (!schema->names) {
    // What it is called means nothing elsewhere.
  } else if (place == context.names.end()) {
    context.names.emplace(decl.name.text, id);
  } else {
    context.sink.Emit(codes::kDeclaredTwice, decl.name.span, decl.name.text)
        .Also(context[place->second].span, "first declared here")
        .Help("give one of the two another name");
    context.doubtful.emplace(decl.name.text);
    return;
  }
  Decl& typed = context.policy.decls.emplace_back();
  typed.schema = schema;
  typed.name = decl.name.text;
  typed.span = decl.name.span;
  context.declared.push_back({&tree, &decl, table});
}

}  // namespace

void CollectNames(Context& context, const std::deque<syntax::Tree>& trees) {
  for (const syntax::Tree& tree : trees) {
    for (const syntax::Item& item : tree.items) {
      if (item.decl.valid()) Collect(context, tree, tree[item.decl], nullptr);
      if (!item.table.valid()) continue;
      const syntax::Table& table = tree[item.table];
      const Schema* schema = context.schemas.Find(table.kind.text);
      if (schema != nullptr && !schema->entity) CheckColumns(context, table, *schema);
      for (const syntax::Table::Row& row : table.rows) {
        if (row.decl.valid()) Collect(context, tree, tree[row.decl], &table);
      }
    }
  }
  context.measure_progress.resize(context.policy.decls.size());
  context.measures.resize(context.policy.decls.size());
  context.decl_progress.resize(context.policy.decls.size());
}

std::vector<std::string> Context::NamesOfKind(std::string_view kind) const {
  std::vector<std::string> result;
  for (const Decl& decl : policy.decls) {
    if (decl.schema->name == kind) result.push_back(decl.name);
  }
  return result;
}

DeclId Context::Resolve(const syntax::Name& name, std::string_view kind) {
  const auto found = names.find(name.text);
  if (found != names.end() && KindOf(found->second) == kind) return found->second;
  if (doubtful.contains(name.text)) return {};
  if (found != names.end()) {
    const std::string_view seen = KindOf(found->second);
    auto& finding =
        sink.Emit(codes::kWrongKind, name.span, name.text, WithArticle(seen), WithArticle(kind));
    finding.Also(policy.decls[found->second.index].span, "declared here");
    if (kind == "person" && seen == "tier")
      finding.Help(fmt::format("write `on_call({})` for whoever of it is on call", name.text));
    return {};
  }
  auto& finding = sink.Emit(codes::kUnknownName, name.span, kind, name.text);
  if (sink.full()) return {};
  const std::vector<std::string> known = NamesOfKind(kind);
  Suggest(finding, name, known, known.size() == 1 ? "there is only" : "there are");
  if (known.empty()) finding.Help(fmt::format("declare it: `{} {} ...`", kind, name.text));
  return {};
}

const Value& Context::DefaultOf(const Schema& schema, const FieldSchema& field) {
  const auto [place, fresh] = defaults.try_emplace(&field);
  if (!fresh) return place->second;
  Value value = ReadValue(*this, *schema.tree, field.default_value, field.type);
  // What nobody wrote has no place in the policy to point at.
  value.span = {};
  return place->second = std::move(value);
}

bool Context::FirstAt(diagnostics::Span span) {
  return reported.emplace(span.source.index, span.begin).second;
}

std::string Suggest(diagnostics::Diagnostic& finding, const syntax::Name& name,
                    const std::vector<std::string>& known, std::string_view head) {
  std::string nearest = diagnostics::Nearest(name.text, known);
  if (!nearest.empty()) {
    finding.Help(fmt::format("did you mean `{}`?", nearest));
    finding.Offer(name.span, nearest, diagnostics::Applicability::kReview);
  } else if (!known.empty()) {
    finding.Note(fmt::format("{} {}", head, ListOf(known)));
  }
  return nearest;
}

const Domain* Context::DomainOf(std::string_view label) const {
  const auto found = names.find(label);
  if (found == names.end() || KindOf(found->second) != "label") return nullptr;
  return Get<Domain>(policy.decls[found->second.index].type);
}

const values::FunctionRow* Context::Function(std::string_view name) const {
  const auto found = std::ranges::find(functions, name, &values::FunctionRow::name);
  return found == functions.end() ? nullptr : *found;
}

const Value& Decl::operator[](std::string_view field) const {
  static const Value kNothing;
  const auto found = std::ranges::find(fields, field, &Field::name);
  return found == fields.end() ? kNothing : found->value;
}

const Clause* Decl::FindClause(std::string_view keyword) const {
  const auto found = std::ranges::find(clauses, keyword, &Clause::keyword);
  return found == clauses.end() ? nullptr : &*found;
}

DeclId Policy::Find(std::string_view name) const {
  const auto found = std::ranges::find(decls, name, &Decl::name);
  return found == decls.end() ? DeclId() : DeclId(static_cast<std::size_t>(found - decls.begin()));
}

std::vector<DeclId> Policy::OfKind(std::string_view kind) const {
  std::vector<DeclId> result;
  for (std::size_t i = 0; i < decls.size(); ++i) {
    if (decls[i].schema->name == kind) result.emplace_back(i);
  }
  return result;
}

}  // namespace tocsin::check
