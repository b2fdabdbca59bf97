// Declarations of which no other part tells, by kind: what the kind is, as its schema says, and a
// table of them with what each field means.

#include <fmt/format.h>

#include <algorithm>

#include "compiler/doc/escape.h"
#include "compiler/doc/parts.h"

namespace tocsin::doc {
namespace {

constexpr std::size_t kMostColumns = 5;  // a wider table cannot be read

using Decls = std::vector<const check::Decl*>;

// Fields that any of the declarations has.
std::vector<const check::FieldSchema*> FieldsOf(const check::Schema& schema, const Decls& decls) {
  std::vector<const check::FieldSchema*> fields;
  for (const check::FieldSchema& field : schema.fields) {
    const auto has = [&](const check::Decl* decl) { return Book::Writes(*decl, field.name); };
    if (std::ranges::any_of(decls, has)) fields.push_back(&field);
  }
  return fields;
}

Line CellOf(const Book& book, const check::Decl& decl) {
  Piece name = Text(decl.name);
  name.anchor = book.Anchor(decl);
  Line cell = {name};
  const std::string comment = book.Comment(decl);
  if (!comment.empty()) {
    cell.push_back(Text(" "));
    cell.push_back(Soft(comment));
  }
  return cell;
}

bool HasMore(const check::Decl& decl) { return !decl.rows.empty() || !decl.clauses.empty(); }

Block Meanings(const std::vector<const check::FieldSchema*>& fields) {
  std::vector<std::vector<Line>> pairs;
  for (const check::FieldSchema* field : fields)
    pairs.push_back({{Text(field->name)}, Marked(field->documentation)});
  return Folded({Text("What the fields mean")}, {Pairs(std::move(pairs))});
}

void AddTable(const Book& book, const check::Schema& schema, const Decls& decls,
              const std::vector<const check::FieldSchema*>& fields, bool anchored, Blocks& blocks) {
  const auto any = [&](auto has) { return std::ranges::any_of(decls, has); };
  const bool named = any([](const check::Decl* decl) { return !decl->name.empty(); });
  const bool titled = any([](const check::Decl* decl) { return !decl->title.empty(); });
  const bool valued = any([&](const check::Decl* decl) { return !book.Value(*decl).empty(); });
  const bool typed = any([](const check::Decl* decl) { return decl->type.span.valid(); });
  const bool aimed = any([](const check::Decl* decl) { return decl->target.valid(); });
  std::vector<Line> columns;
  const auto column = [&](bool there, std::string_view name) {
    if (there) columns.push_back({Text(name)});
  };
  column(named, "name");
  column(titled, "title");
  column(aimed, schema.target);
  column(typed, "type");
  column(valued, "is");
  for (const check::FieldSchema* field : fields) columns.push_back({Text(field->name)});
  column(anchored, "where");
  std::vector<std::vector<Line>> rows;
  for (const check::Decl* decl : decls) {
    std::vector<Line> cells;
    if (named) cells.push_back(anchored ? CellOf(book, *decl) : Line{Text(decl->name)});
    if (titled) cells.push_back({Text(decl->title)});
    if (aimed) cells.push_back(decl->target.valid() ? Line{book.Link(book[decl->target])} : Line());
    if (typed) cells.push_back({book.Linked(book.Written(decl->type.span))});
    if (valued) cells.push_back({book.Linked(book.Value(*decl))});
    for (const check::FieldSchema* field : fields) cells.push_back(book.Shown(*decl, field->name));
    if (anchored) cells.push_back({Soft(book.Place(*decl))});
    rows.push_back(std::move(cells));
  }
  if (!columns.empty()) blocks.push_back(Table(std::move(columns), std::move(rows)));
}

// The rows of a declaration, as one table for each sort, and its clauses.
void AddInner(const Book& book, const check::Decl& decl, Blocks& blocks) {
  for (const check::Schema& schema : decl.schema->rows) {
    Decls rows;
    for (const check::Decl& row : decl.rows) {
      if (row.schema == &schema) rows.push_back(&row);
    }
    if (rows.empty()) continue;
    blocks.push_back(
        Note({Text(schema.documentation.empty() ? schema.name : schema.documentation)}));
    AddTable(book, schema, rows, FieldsOf(schema, rows), false, blocks);
  }
  std::vector<Line> clauses;
  for (const check::Clause& clause : decl.clauses)
    clauses.push_back({book.Linked(book.Written(clause.span))});
  if (!clauses.empty()) blocks.push_back(List(std::move(clauses)));
}

void AddOne(const Book& book, const check::Decl& decl,
            const std::vector<const check::FieldSchema*>& fields, Drawings& drawings,
            Blocks& blocks) {
  Line name = book.Named(decl);
  if (name.empty()) name.push_back(Text(decl.schema->name));
  blocks.push_back(Heading(3, book.Anchor(decl), std::move(name), book.Place(decl)));
  const std::string comment = book.Comment(decl);
  if (!comment.empty()) blocks.push_back(Paragraph(Marked(comment)));
  std::vector<std::vector<Line>> pairs;
  if (decl.target.valid()) pairs.push_back({{Text("for")}, {book.Link(book[decl.target])}});
  const std::string value = book.Value(decl);
  if (!value.empty()) pairs.push_back({{Text("is")}, {book.Linked(value)}});
  for (const check::FieldSchema* field : fields) {
    if (!decl[field->name].absent())
      pairs.push_back({{Text(field->name)}, book.Shown(decl, field->name)});
  }
  if (!pairs.empty()) blocks.push_back(Pairs(std::move(pairs)));
  // What is nothing but a machine is best seen as one.
  if (decl.schema->name == "lifecycle") Append(blocks, drawings.Of(book.Machine(decl.name), false));
  AddInner(book, decl, blocks);
}

void AddKind(const Book& book, const check::Schema& schema, Drawings& drawings, Blocks& blocks) {
  Decls decls;
  for (const check::Decl* decl : book.OfKind(schema.name)) {
    if (decl->schema == &schema) decls.push_back(decl);
  }
  if (decls.empty()) return;
  const std::vector<const check::FieldSchema*> fields = FieldsOf(schema, decls);
  blocks.push_back(Heading(2, "kind-" + Plain(schema.name), {Text(schema.name)}));
  if (!schema.documentation.empty()) blocks.push_back(Paragraph(Marked(schema.documentation)));
  const bool large = fields.size() > kMostColumns ||
                     std::ranges::any_of(decls, [](const auto* decl) { return HasMore(*decl); });
  if (large) {
    for (const check::Decl* decl : decls) AddOne(book, *decl, fields, drawings, blocks);
  } else {
    AddTable(book, schema, decls, fields, true, blocks);
  }
  if (!fields.empty()) {
    // After the declarations, and not within the last of them.
    const auto first = std::ranges::find_if(blocks.rbegin(), blocks.rend(), [](const Block& b) {
      return b.kind == Block::Kind::kHeading && b.level == 2;
    });
    const auto at = first.base() + (schema.documentation.empty() ? 0 : 1);
    blocks.insert(at, Meanings(fields));
  }
}

}  // namespace

Blocks OtherKinds(const Book& book, Drawings& drawings) {
  Blocks blocks;
  for (const check::Schema& schema : book.schemas().all()) {
    if (!schema.entity && !HasPart(schema.name)) AddKind(book, schema, drawings, blocks);
  }
  return blocks;
}

}  // namespace tocsin::doc
