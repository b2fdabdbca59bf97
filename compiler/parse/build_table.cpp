#include <algorithm>
#include <unordered_map>
#include <utility>

#include "compiler/parse/builder.h"
#include "compiler/parse/words.h"
#include "runtime/diagnostics/codes.h"

namespace tocsin::parse {

namespace codes = diagnostics::codes;
using syntax::ExprId;
using syntax::ExprKind;
using syntax::TableId;

namespace {

std::string Cells(std::size_t count) {
  return fmt::format("{} {}", count, count == 1 ? "cell" : "cells");
}

// Offers what stands between quotes, where it can be a name.
void OfferName(diagnostics::Diagnostic& finding, std::string_view text, diagnostics::Span span) {
  if (text.size() < 3 || !text.starts_with('"') || !text.ends_with('"')) return;
  const std::string_view name = text.substr(1, text.size() - 2);
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const bool plain = letter(name[0]) && std::ranges::all_of(name, [&](char c) {
                       return letter(c) || (c >= '0' && c <= '9') || c == '_';
                     });
  if (!plain || IsLanguageWord(name)) return;
  finding.Offer(span, std::string(name), diagnostics::Applicability::kSafe);
}

// Offers a text in quotes, where nothing in it would mean something else then.
void OfferQuotes(diagnostics::Diagnostic& finding, std::string_view text, diagnostics::Span span) {
  if (text.find_first_of("\"\\{}") != text.npos) return;
  finding.Offer(span, fmt::format("\"{}\"", text), diagnostics::Applicability::kSafe);
}

}  // namespace

TableId Builder::Table(TocsinParser::TableContext* context) {
  syntax::Table table;
  table.span = SpanOf(context);
  table.kind = NameOf(context->ID());
  const auto rows = context->row();
  if (!rows.empty() && rows[0]->exception == nullptr) {
    Header(table, rows[0]);
    for (std::size_t i = 1; i < rows.size(); ++i) {
      if (rows[i]->exception == nullptr) Row(table, rows[i]);
    }
  }
  tree_.tables.push_back(std::move(table));
  return TableId(tree_.tables.size() - 1);
}

void Builder::Header(syntax::Table& table, TocsinParser::RowContext* context) {
  std::unordered_map<std::string_view, diagnostics::Span> seen_at;
  bool reported = false;  // values in the place of names are one mistake, however many they are
  const auto not_name = [&](diagnostics::Span span, const std::string& seen) {
    if (std::exchange(reported, true)) return;
    sink_.Emit(codes::kColumnNotName, span, seen)
        .Help("begin the table with a row of column names");
  };
  for (TocsinParser::CellContext* cell : context->cell()) {
    syntax::Name column;
    if (cell->expr() == nullptr) {
      not_name(SpanOf(context), "an empty cell");
    } else if (const ExprId id = Expr(cell->expr()); tree_[id].kind == ExprKind::kName) {
      column = tree_[id].name;
      if (const auto [first, fresh] = seen_at.emplace(column.text, column.span); !fresh) {
        sink_.Emit(codes::kDuplicateColumn, column.span, column.text)
            .Also(first->second, "here first");
      }
    } else if (tree_[id].kind != ExprKind::kError) {
      not_name(tree_[id].span, fmt::format("`{}`", diagnostics::Shown(Print(tree_, id))));
    }
    table.columns.push_back(column);
  }
}

void Builder::Row(syntax::Table& table, TocsinParser::RowContext* context) {
  const auto cells = context->cell();
  syntax::Table::Row row;
  row.span = SpanOf(context);
  if (cells.size() != table.columns.size()) {
    sink_.Emit(codes::kRowCells, row.span, Cells(cells.size()),
               std::to_string(table.columns.size()));
  }
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const bool filled = i < cells.size() && cells[i]->expr() != nullptr;
    row.cells.push_back(filled ? Expr(cells[i]->expr()) : ExprId());
  }
  row.decl = RowDecl(table, row);
  table.rows.push_back(std::move(row));
}

syntax::DeclId Builder::RowDecl(const syntax::Table& table, const syntax::Table::Row& row) {
  syntax::Decl decl;
  decl.span = row.span;
  decl.kind = table.kind;
  decl.from_table = true;
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    const ExprId cell = row.cells[i];
    const syntax::Name& column = table.columns[i];
    if (!cell.valid() || !column.present()) continue;
    const syntax::Expr& value = tree_[cell];
    const auto shown = [&] { return fmt::format("`{}`", diagnostics::Shown(Print(tree_, cell))); };
    if (column.text == "name") {
      decl.name = value.name;
      if (value.kind == ExprKind::kName || value.kind == ExprKind::kError) continue;
      decl.name = {};
      auto& finding = sink_.Emit(codes::kCellNotName, value.span, shown());
      OfferName(finding, sources_.Text(value.span), value.span);
      finding.Help(value.kind == ExprKind::kString
                       ? "write it without quotes, with the letters a to z, digits and `_`"
                       : "begin it with a letter, and use only the letters a to z, digits and `_`");
    } else if (column.text == "title") {
      decl.title = cell;
      if (value.kind == ExprKind::kString || value.kind == ExprKind::kError) continue;
      decl.title = ExprId();
      auto& finding = sink_.Emit(codes::kCellNotText, value.span, shown());
      OfferQuotes(finding, sources_.Text(value.span), value.span);
      finding.Help("put quotes around it");
    } else {
      syntax::Clause field;
      field.kind = syntax::ClauseKind::kField;
      field.span = value.span;
      field.keyword = column.span;
      field.name = column;
      field.value = cell;
      decl.clauses.push_back(Put(std::move(field)));
    }
  }
  tree_.decls.push_back(std::move(decl));
  return syntax::DeclId(tree_.decls.size() - 1);
}

}  // namespace tocsin::parse
