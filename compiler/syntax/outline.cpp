#include "compiler/syntax/outline.h"

#include <fmt/format.h>

namespace tocsin::syntax {
namespace {

class Outliner {
 public:
  Outliner(const Tree& tree, const diagnostics::SourceSet& sources,
           diagnostics::Declarations& declarations)
      : tree_(tree), sources_(sources), declarations_(declarations) {}

  void Add(const Decl& decl, const std::string& outer) {
    std::string path = outer + std::string(decl.kind.text);
    if (decl.name.present()) {
      path += fmt::format(" {}", decl.name.text);
    } else if (decl.title.valid()) {
      path += fmt::format(" {}", sources_.Text(tree_[decl.title].span));
    }
    declarations_.Add({decl.span, std::string(decl.kind.text), path});
    // The cells of a row say little by themselves.
    if (decl.from_table) return declarations_.AddClause(decl.span);
    AddHead(decl.span, decl.clauses.empty() ? decl.span : tree_[decl.clauses.front()].span);
    path += '/';
    for (const ClauseId id : decl.clauses) {
      const Clause& clause = tree_[id];
      if (clause.decl.valid()) {
        Add(tree_[clause.decl], path);
      } else if (clause.table.valid()) {
        Add(tree_[clause.table], path);
      } else {
        declarations_.AddClause(clause.span);
      }
    }
  }

  // Rows are declarations of their own, and not inside another one for having a table.
  void Add(const Table& table, const std::string& outer) {
    const std::string kind(table.kind.text);
    declarations_.Add({table.span, kind, fmt::format("{}table {}", outer, kind)});
    AddHead(table.span, table.rows.empty() ? table.span : table.rows.front().span);
    for (const Table::Row& row : table.rows) {
      if (row.decl.valid()) Add(tree_[row.decl], outer);
    }
  }

 private:
  // What stands before the first thing in it; all of it where nothing does.
  void AddHead(Span whole, Span first) {
    if (first.begin > whole.begin) whole.end = first.begin;
    declarations_.AddClause(whole);
  }

  const Tree& tree_;
  const diagnostics::SourceSet& sources_;
  diagnostics::Declarations& declarations_;
};

}  // namespace

void Outline(const Tree& tree, const diagnostics::SourceSet& sources,
             diagnostics::Declarations& declarations) {
  Outliner outliner(tree, sources, declarations);
  for (const Item& item : tree.items) {
    if (item.decl.valid()) outliner.Add(tree[item.decl], "");
    if (item.table.valid()) outliner.Add(tree[item.table], "");
  }
}

}  // namespace tocsin::syntax
