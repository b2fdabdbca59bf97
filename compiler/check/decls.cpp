// One declaration against its schema: head, fields, clauses and rows.

#include <algorithm>
#include <array>

#include "compiler/check/clauses.h"
#include "compiler/check/context.h"
#include "compiler/check/declared.h"
#include "compiler/check/fields.h"
#include "compiler/check/series.h"
#include "compiler/check/test_blocks.h"
#include "compiler/check/texts.h"

namespace tocsin::check {
namespace {

using syntax::ClauseKind;
using syntax::ExprKind;
using syntax::Tree;

class DeclChecker {
 public:
  DeclChecker(Context& context, const Declared& declared, Decl& decl)
      : context_(context),
        tree_(*declared.tree),
        syntax_(*declared.decl),
        table_(declared.table),
        schema_(*decl.schema),
        decl_(decl),
        clauses_(context, tree_, syntax_, decl, meant_) {}

  void Run() {
    Head();
    for (const FieldSchema& field : schema_.fields) decl_.fields.push_back({field.name, {}, false});
    if (schema_.test) return CheckTestBlock(context_, tree_, syntax_, decl_);
    for (syntax::ClauseId id : syntax_.clauses) Clause(tree_[id]);
    Defaults();
    CheckOneUnit(context_, decl_);
    // What has a value after `=`, or something else in the place of its block, has none to write
    // the rest in.
    if (!decl_.derived && (syntax_.has_block || !refused_ || table_ != nullptr)) Missing();
  }

 private:
  std::string Noun() const { return WithArticle(schema_.name); }
  // The column of the table that this is a row of; null where it has none.
  const syntax::Name* Column(std::string_view name) const {
    const auto found = std::ranges::find(table_->columns, name, &syntax::Name::text);
    return found == table_->columns.end() ? nullptr : &*found;
  }
  // A column that the whole table lacks is said once, with its first row, at the table's head.
  bool LacksColumn(std::string_view name) const {
    return table_ != nullptr && Column(name) == nullptr;
  }
  bool FirstRow() const { return &tree_[table_->rows[0].decl] == &syntax_; }

  diagnostics::Diagnostic& NotTaken(diagnostics::Span span, std::string_view what) {
    refused_ = true;
    return context_.sink.Emit(codes::kNotTaken, span, Noun(), what);
  }
  void PartMissing(std::string_view what) {
    context_.sink.Emit(codes::kPartMissing, decl_.span, WhoIs(decl_), what);
  }

  void Head() {
    if (!syntax_.params.empty() && !schema_.params)
      NotTaken(syntax_.params[0].name.span, "parameters");
    for (const syntax::Param& param : syntax_.params) {
      decl_.params.push_back({std::string(param.name.text), param.type.valid()
                                                                ? syntax::Print(tree_, param.type)
                                                                : std::string()});
    }
    Title();
    if (syntax_.type.valid() && schema_.type.empty())
      NotTaken(tree_[syntax_.type].span, "type after `:`");
    if (!schema_.type.empty()) Type();
    if (syntax_.target.valid() && schema_.target.empty())
      NotTaken(tree_[syntax_.target].span, "`for`");
    if (!schema_.target.empty()) Target();
    decl_.derived = syntax_.value.valid();
    if (syntax_.value.valid() && schema_.value.empty()) ValueNotTaken();
    if (!syntax_.value.valid() && schema_.type == "written") PartMissing("a value after `=`");
  }

  // `label region = [eu, us]`
  void ValueNotTaken() {
    const diagnostics::Span span = tree_[syntax_.value].span;
    auto& finding = NotTaken(span, "value after `=`");
    if (schema_.type.empty() || syntax_.type.valid() || !syntax_.name.present()) return;
    finding.Help("write `:` in the place of `=`")
        .Offer({span.source, syntax_.name.span.end, span.begin}, " : ",
               diagnostics::Applicability::kReview);
  }

  void Title() {
    if (syntax_.title.valid() && tree_[syntax_.title].kind != ExprKind::kError) {
      if (schema_.title == Presence::kNone) {
        if (table_ == nullptr) {
          TitleNotTaken();
        } else if (context_.FirstAt(Column("title")->span)) {
          NotTaken(Column("title")->span, "title");
        }
        return;
      }
      const auto title = PlainText(tree_, syntax_.title);
      if (title) {
        decl_.title = *title;
      } else {
        context_.sink.Emit(codes::kWrongType, tree_[syntax_.title].span,
                           "a text in quotes without placeholders",
                           Found(context_, tree_, syntax_.title));
      }
    } else if (syntax_.value.valid() && schema_.value.empty()) {
      // What stands in the place of all the rest is reported.
    } else if (schema_.title == Presence::kRequired && !LacksColumn("title")) {
      PartMissing(table_ == nullptr ? "a title in quotes after its name" : "a title in quotes");
    } else if (schema_.title == Presence::kRequired && FirstRow() &&
               ColumnMeant(*table_, "title").empty()) {
      context_.sink.Emit(codes::kPartMissing, table_->kind.span, Noun(), "a title")
          .Help("add a column `title`");
    }
  }

  // `import shared "../shared"`
  void TitleNotTaken() {
    const diagnostics::Span span = tree_[syntax_.title].span;
    auto& finding = NotTaken(span, "title");
    if (syntax_.has_block || schema_.fields.empty()) return;
    const std::string field =
        fmt::format("{{ {}: {} }}", schema_.fields.front().name, context_.sources.Text(span));
    finding.Help(fmt::format("write `{}`", field))
        .Offer(span, field, diagnostics::Applicability::kReview);
  }

  void Type() {
    if (schema_.type == "written") {
      // Read where what it says is asked for.
    } else if (schema_.type == "measure") {
      // Signals were or will be measured on demand, since derived ones depend on others.
      if (!syntax_.type.valid() && !syntax_.value.valid())
        PartMissing("what it measures, as in `: ratio by (region)`");
    } else if (!syntax_.type.valid() && !syntax_.value.valid()) {
      PartMissing("its values, as in `: [eu, us]`");
    }
  }

  void Target() {
    if (!syntax_.target.valid())
      return PartMissing(fmt::format("`for` and the name of {}", WithArticle(schema_.target)));
    const syntax::Expr& target = tree_[syntax_.target];
    if (const auto name = context_.NameAt(tree_, syntax_.target)) {
      decl_.target = context_.Resolve(*name, schema_.target);
    } else if (target.kind != ExprKind::kError) {
      context_.sink.Emit(codes::kWrongType, target.span,
                         "the name of " + WithArticle(schema_.target),
                         Found(context_, tree_, syntax_.target));
    }
  }

  void Clause(const syntax::Clause& clause) {
    switch (clause.kind) {
      case ClauseKind::kError:
        return;
      case ClauseKind::kField:
        return FieldClause(clause);
      case ClauseKind::kChild:
        if (const Schema* rows = RowsFor(tree_[clause.decl].kind))
          Child(tree_[clause.decl], *rows, nullptr);
        return;
      case ClauseKind::kTable:
        return Children(tree_[clause.table]);
      default:
        return clauses_.Run(clause);
    }
  }

  void FieldClause(const syntax::Clause& clause) {
    const auto slot = std::ranges::find(decl_.fields, clause.name.text, &Field::name);
    if (slot == decl_.fields.end()) return UnknownField(clause.name);
    if (slot->written) {
      context_.sink.Emit(codes::kGivenTwice, clause.name.span, clause.name.text, schema_.name);
      return;
    }
    slot->written = true;
    const FieldSchema* field = schema_.Field(clause.name.text);
    slot->value = ReadValue(context_, tree_, clause.value, field->type);
  }

  void UnknownField(const syntax::Name& name) {
    std::vector<std::string> known;
    for (const FieldSchema& field : schema_.fields) known.push_back(field.name);
    const bool clause = schema_.Clause(name.text) != nullptr;
    std::string nearest = clause ? std::string(name.text) : diagnostics::Nearest(name.text, known);
    meant_.insert(std::move(nearest));
    // A column was reported with its table.
    if (table_ != nullptr) return;
    auto& finding = context_.sink.Emit(codes::kUnknownField, name.span, Noun(), name.text);
    if (clause) {
      finding.Help(fmt::format("write `{} ...` without the colon", name.text));
    } else {
      Suggest(finding, name, known, known.size() == 1 ? "its only field is" : "its fields are");
    }
  }

  // The schema of what is declared inside; reported where there is none.
  const Schema* RowsFor(const syntax::Name& kind) {
    if (const Schema* rows = schema_.Rows(kind.text)) return rows;
    std::vector<std::string> known;
    for (const Schema& rows : schema_.rows) known.push_back(rows.name);
    auto& finding =
        context_.sink.Emit(codes::kUnknownClause, kind.span, Noun(), "declaration", kind.text);
    meant_.insert(Suggest(finding, kind, known, "inside it may be declared"));
    return nullptr;
  }

  void Children(const syntax::Table& table) {
    const Schema* rows = RowsFor(table.kind);
    if (rows == nullptr) return;
    CheckColumns(context_, table, *rows);
    for (const syntax::Table::Row& row : table.rows) {
      if (row.decl.valid()) Child(tree_[row.decl], *rows, &table);
    }
  }

  void Child(const syntax::Decl& child, const Schema& rows, const syntax::Table* table) {
    if (child.name.text.find('.') != child.name.text.npos) {
      context_.sink.Emit(codes::kBadName, child.name.span, child.name.text, "a name is one word");
    } else if (child.name.present()) {
      const auto [first, fresh] =
          children_.emplace(std::pair(&rows, child.name.text), child.name.span);
      if (!fresh) {
        context_.sink.Emit(codes::kDeclaredTwice, child.name.span, child.name.text)
            .Also(first->second, "first declared here")
            .Help("give one of the two another name");
      }
    }
    Decl& row = decl_.rows.emplace_back();
    row.schema = &rows;
    row.name = child.name.text;
    row.span = child.name.present() ? child.name.span
               : child.from_table   ? child.span
                                    : child.kind.span;
    CheckDecl(context_, {&tree_, &child, table}, row);
  }

  void Defaults() {
    for (std::size_t i = 0; i < schema_.fields.size(); ++i) {
      const FieldSchema& field = schema_.fields[i];
      if (decl_.fields[i].written || !field.default_value.valid()) continue;
      decl_.fields[i].value = context_.DefaultOf(schema_, field);
    }
  }

  void Missing() {
    for (std::size_t i = 0; i < schema_.fields.size(); ++i) {
      const FieldSchema& field = schema_.fields[i];
      if (decl_.fields[i].written || field.default_value.valid() || field.type.optional ||
          meant_.contains(field.name))
        continue;
      const std::string note = fmt::format("`{}` is {}", field.name, field.documentation);
      if (!LacksColumn(field.name)) {
        context_.sink.Emit(codes::kMissingField, decl_.span, WhoIs(decl_), field.name).Note(note);
      } else if (FirstRow()) {
        context_.sink.Emit(codes::kMissingField, table_->kind.span, Noun(), field.name)
            .Note(note)
            .Help(fmt::format("add a column `{}`", field.name));
      }
    }
    clauses_.Missing();
    for (const Schema& rows : schema_.rows) {
      const auto count =
          static_cast<std::size_t>(std::ranges::count(decl_.rows, &rows, &Decl::schema));
      if (count < rows.least && !meant_.contains(rows.name))
        PartMissing(fmt::format("at least {} `{}`",
                                rows.least == 1 ? "one" : std::to_string(rows.least), rows.name));
    }
  }

  Context& context_;
  const Tree& tree_;
  const syntax::Decl& syntax_;
  const syntax::Table* table_;
  const Schema& schema_;
  Decl& decl_;
  bool refused_ = false;  // something in the head that its kind does not have
  std::map<std::pair<const Schema*, std::string_view>, diagnostics::Span> children_;
  // What a misspelt word was close to: it is not missing as well.
  std::set<std::string, std::less<>> meant_;
  ClauseChecker clauses_;
};

}  // namespace

std::string WhoIs(const Decl& decl) {
  return decl.name.empty() ? fmt::format("this {}", decl.schema->name)
                           : fmt::format("the {} `{}`", decl.schema->name, decl.name);
}

void CheckColumns(Context& context, const syntax::Table& table, const Schema& schema) {
  std::vector<std::string> known;
  for (const FieldSchema& field : schema.fields) known.push_back(field.name);
  const std::size_t fields = known.size();
  if (schema.named) known.emplace_back("name");
  if (schema.title != Presence::kNone) known.emplace_back("title");
  for (const syntax::Name& column : table.columns) {
    if (!column.present() || column.text == "name" || column.text == "title" ||
        schema.Field(column.text) != nullptr || !context.FirstAt(column.span))
      continue;
    auto& finding =
        context.sink.Emit(codes::kUnknownField, column.span, WithArticle(schema.name), column.text);
    if (Suggest(finding, column, known, "").empty() && fields > 0) {
      known.resize(fields);
      finding.Note(fmt::format("{} {}", fields == 1 ? "its only field is" : "its fields are",
                               ListOf(known)));
    }
  }
}

std::string_view ColumnMeant(const syntax::Table& table, const std::string& part) {
  for (const syntax::Name& column : table.columns) {
    if (column.present() && column.text != part &&
        !diagnostics::Nearest(column.text, {part}).empty())
      return column.text;
  }
  return {};
}

void CheckDecl(Context& context, const Declared& declared, Decl& decl) {
  DeclChecker(context, declared, decl).Run();
}

}  // namespace tocsin::check
