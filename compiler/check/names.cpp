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

// Labels are what the data of all packages has in common; all else has the prefix of its package.
std::string FullName(const Context& context, std::string_view name, std::string_view kind) {
  return kind == "label" ? std::string(name)
                         : context.packages[context.package].prefix + std::string(name);
}

// What others may use of a folder. The rest that its `policy` says is for when it is used by
// itself: who imports it has a clock of its own.
void ReadExports(Context& context, const syntax::Tree& tree, const syntax::Decl& decl) {
  for (const syntax::ClauseId id : decl.clauses) {
    const syntax::Clause& clause = tree[id];
    if (clause.kind != syntax::ClauseKind::kField || clause.name.text != "exports") continue;
    auto& shown = context.exports[context.package];
    const syntax::Expr& list = tree[clause.value];
    for (const syntax::ExprId operand : list.operands) {
      if (tree[operand].kind == syntax::ExprKind::kName)
        shown.emplace(tree[operand].name.text, tree[operand].span);
    }
  }
}

void CheckExports(Context& context) {
  for (const auto& [package, shown] : context.exports) {
    for (const auto& [name, span] : shown) {
      if (!context.names.contains(context.packages[package].prefix + name) &&
          !context.names.contains(name)) {
        context.sink.Emit(codes::kUnknownName, span, "declaration", name);
      }
    }
  }
}

// Whether what is imported declares a label just as those who import it do.
bool SameLabel(const Context& context, DeclId first, const syntax::Tree& tree,
               const syntax::Decl& decl) {
  const Declared& other = context.declared[first.index];
  if (decl.kind.text != "label" || context.KindOf(first) != "label" ||
      other.package == context.package || !decl.type.valid() || !other.decl->type.valid())
    return false;
  return syntax::Print(tree, decl.type) == syntax::Print(*other.tree, other.decl->type);
}

// Of two files the one that can be mended is the one that imports.
void ReportTwice(Context& context, DeclId first, const syntax::Decl& decl) {
  const bool imported = context.declared[first.index].package != context.package;
  const diagnostics::Span own = imported ? context[first].span : decl.name.span;
  const diagnostics::Span other = imported ? decl.name.span : context[first].span;
  auto& finding = context.sink.Emit(codes::kDeclaredTwice, own, decl.name.text);
  if (imported) {
    finding.Also(other, "declared here, in what is imported")
        .Help("declare a label with the same values, or call it otherwise");
  } else {
    finding.Also(other, "first declared here").Help("give one of the two another name");
  }
}

void Collect(Context& context, const syntax::Tree& tree, const syntax::Decl& decl,
             const syntax::Table* table) {
  if (DeclaresKind(decl.kind.text) && table == nullptr) return;
  const Schema* schema = context.schemas.Find(decl.kind.text);
  if (schema != nullptr && schema->entity) {
    context.doubtful.emplace(FullName(context, decl.name.text, decl.kind.text));
    context.sink.Emit(codes::kEntityDeclared, decl.kind.span, decl.kind.text)
        .Also(schema->span, "declared here");
    return;
  }
  if (schema == nullptr) {
    context.doubtful.emplace(FullName(context, decl.name.text, decl.kind.text));
    if (context.FirstAt(decl.kind.span)) UnknownKind(context, decl.kind);
    return;
  }
  if (!schema->named) {
    if (decl.name.present())
      context.sink.Emit(codes::kNotTaken, decl.name.span, WithArticle(decl.kind.text), "name");
    Decl& typed = context.policy.decls.emplace_back();
    typed.schema = schema;
    typed.span = decl.kind.span;
    context.declared.push_back({&tree, &decl, table, context.package});
    return;
  }
  if (!decl.name.present() && table != nullptr) {
    // What the column that was meant names is not unknown elsewhere.
    if (const std::string_view column = ColumnMeant(*table, "name"); !column.empty()) {
      for (const syntax::ClauseId id : decl.clauses) {
        const syntax::Clause& clause = tree[id];
        if (clause.name.text != column) continue;
        context.doubtful.emplace(FullName(context, tree[clause.value].name.text, decl.kind.text));
      }
      return;
    }
  }
  if (!decl.name.present()) {
    context.sink.Emit(codes::kPartMissing, table == nullptr ? decl.kind.span : decl.span,
                      WithArticle(decl.kind.text), "a name");
    return;
  }
  if (schema->name == "policy") {
    ReadExports(context, tree, decl);
    if (context.package > 0) return;
  }
  const DeclId id(context.policy.decls.size());
  const std::string name = FullName(context, decl.name.text, schema->name);
  const auto place = context.names.find(name);
  if (!schema->names) {
    // What it is called means nothing elsewhere.
  } else if (place == context.names.end()) {
    context.names.emplace(name, id);
  } else if (SameLabel(context, place->second, tree, decl)) {
    return;
  } else {
    ReportTwice(context, place->second, decl);
    context.doubtful.emplace(FullName(context, decl.name.text, decl.kind.text));
    return;
  }
  Decl& typed = context.policy.decls.emplace_back();
  typed.schema = schema;
  typed.name = name;
  typed.arm = decl.arm;
  typed.span = decl.name.span;
  context.declared.push_back({&tree, &decl, table, context.package});
}

}  // namespace

void CollectNames(Context& context, const std::deque<syntax::Tree>& trees,
                  const std::vector<std::size_t>& packages) {
  for (std::size_t i = 0; i < trees.size(); ++i) {
    const syntax::Tree& tree = trees[i];
    context.package = packages.empty() ? 0 : packages[i];
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
  context.package = 0;
  CheckExports(context);
  context.measure_progress.resize(context.policy.decls.size());
  context.measures.resize(context.policy.decls.size());
  context.decl_progress.resize(context.policy.decls.size());
}

std::vector<std::string> Context::NamesOfKind(std::string_view kind) const {
  const std::string& prefix = packages[package].prefix;
  std::vector<std::string> result;
  for (const Decl& decl : policy.decls) {
    if (decl.schema->name != kind) continue;
    const bool label = kind == "label";
    const bool own = label || (decl.name.starts_with(prefix) &&
                               decl.name.find('.', prefix.size()) == std::string::npos);
    if (own) result.push_back(label ? decl.name : decl.name.substr(prefix.size()));
  }
  return result;
}

const DeclId* Context::Lookup(std::string_view name) const {
  const auto find = [&](const std::string& full) -> const DeclId* {
    const auto found = names.find(full);
    if (found == names.end()) return nullptr;
    if (found->second.index < policy.named.size()) policy.named[found->second.index] = true;
    return &found->second;
  };
  const Package& own = packages[package];
  if (const DeclId* found = find(own.prefix + std::string(name))) return found;
  const std::size_t dot = name.find('.');
  if (dot == std::string_view::npos) {
    const DeclId* label = find(std::string(name));
    return label != nullptr && KindOf(*label) == "label" ? label : nullptr;
  }
  const auto import = own.imports.find(name.substr(0, dot));
  if (import == own.imports.end()) return nullptr;
  return find(packages[import->second].prefix + std::string(name.substr(dot + 1)));
}

bool Context::Doubtful(std::string_view name) const {
  const std::size_t dot = name.find('.');
  const auto import = dot == std::string_view::npos
                          ? packages[package].imports.end()
                          : packages[package].imports.find(name.substr(0, dot));
  if (import != packages[package].imports.end())
    return doubtful.contains(packages[import->second].prefix + std::string(name.substr(dot + 1)));
  return doubtful.contains(packages[package].prefix + std::string(name)) || doubtful.contains(name);
}

bool Context::UnknownImport(const syntax::Tree& tree, syntax::ExprId id) const {
  const syntax::Expr& expr = tree[id];
  const auto& imports = packages[package].imports;
  if (expr.kind != syntax::ExprKind::kMember || imports.empty()) return false;
  const syntax::Expr& of = tree[expr.operands[0]];
  if (of.kind != syntax::ExprKind::kName || Lookup(of.name.text) != nullptr) return false;
  std::vector<std::string> known;
  for (const auto& [name, imported] : imports) known.emplace_back(name);
  auto& finding = sink.Emit(codes::kUnknownName, of.name.span, "import", of.name.text);
  Suggest(finding, of.name, known, known.size() == 1 ? "there is only" : "there are");
  return true;
}

std::optional<syntax::Name> Context::NameAt(const syntax::Tree& tree, syntax::ExprId id) const {
  const syntax::Expr& expr = tree[id];
  if (expr.kind == syntax::ExprKind::kName) return expr.name;
  if (expr.kind != syntax::ExprKind::kMember) return std::nullopt;
  // `disk.urgent`, an arm.
  if (const std::string_view text = sources.Text(expr.span); Lookup(text) != nullptr)
    return syntax::Name{text, expr.span};
  const syntax::Expr& of = tree[expr.operands[0]];
  if (of.kind != syntax::ExprKind::kName || !packages[package].imports.contains(of.name.text))
    return std::nullopt;
  return syntax::Name{sources.Text(expr.span), expr.span};
}

namespace {

// Reports a name that an imported package keeps to itself.
bool Shown(Context& context, const syntax::Name& name) {
  const std::size_t dot = name.text.find('.');
  if (dot == std::string_view::npos) return true;
  const std::string_view import = name.text.substr(0, dot);
  const auto& imports = context.packages[context.package].imports;
  const auto package = imports.find(import);
  if (package == imports.end()) return true;
  const auto exports = context.exports.find(package->second);
  if (exports == context.exports.end() || exports->second.contains(name.text.substr(dot + 1)))
    return true;
  context.sink.Emit(codes::kNotExported, name.span, name.text.substr(dot + 1), import)
      .Help("name it in `exports` of the imported policy");
  return false;
}

}  // namespace

// An arm of what a name means, where that has arms.
std::string Context::FirstArm(std::string_view name) const {
  const std::string& prefix = packages[package].prefix;
  const std::string arms = prefix + std::string(name) + ".";
  for (const Decl& decl : policy.decls) {
    if (decl.arm && decl.name.starts_with(arms)) return decl.name.substr(prefix.size());
  }
  return {};
}

DeclId Context::Resolve(const syntax::Name& name, std::string_view kind) {
  const DeclId* found = Lookup(name.text);
  if (found != nullptr && !Shown(*this, name)) return {};
  if (found != nullptr && KindOf(*found) == kind) return *found;
  if (Doubtful(name.text)) return {};
  if (found != nullptr) {
    const std::string_view seen = KindOf(*found);
    auto& finding =
        sink.Emit(codes::kWrongKind, name.span, name.text, WithArticle(seen), WithArticle(kind));
    finding.Also(policy.decls[found->index].span, "declared here");
    if (kind == "person" && seen == "tier")
      finding.Help(fmt::format("write `on_call({})` for whoever of it is on call", name.text));
    return {};
  }
  auto& finding = sink.Emit(codes::kUnknownName, name.span, kind, name.text);
  if (const std::string arm = FirstArm(name.text); !arm.empty()) {
    finding.Help(fmt::format("it has arms; name one of them, as in `{}`", arm));
    return {};
  }
  if (sink.full() || name.text.find('.') != std::string_view::npos) return {};
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
  } else if (!known.empty() && !head.empty()) {
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
