#include <fmt/format.h>

#include "compiler/syntax/syntax.h"

namespace tocsin::syntax {
namespace {

using diagnostics::SourceSet;

// A text on one line, with its quotes.
std::string Quoted(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '\n') {
      result += "\\n";
    } else if (c == '\t') {
      result += "\\t";
    } else {
      if (c == '"' || c == '\\') result += '\\';
      result += c;
    }
  }
  return result + '"';
}

class Dumper {
 public:
  Dumper(const Tree& tree, const SourceSet& sources) : tree_(tree), sources_(sources) {}

  std::string Run() {
    for (const Item& item : tree_.items) {
      if (item.decl.valid()) Dump(item.decl, 0);
      if (item.table.valid()) Dump(item.table, 0);
    }
    if (!tree_.complete) out_ += "incomplete\n";
    return std::move(out_);
  }

 private:
  void Line(int depth, const Span& span, std::string_view text) {
    const auto at = sources_.PositionOf(tree_.source, span.begin);
    out_ += fmt::format("{:{}}{} {}:{}\n", "", depth * 2, text, at.line, at.column);
  }

  // `role` says what the expression is for its parent, where that is not plain from the order.
  void Dump(ExprId id, int depth, std::string_view role = "") {
    if (!id.valid()) return;
    const Expr& expr = tree_[id];
    std::string text = role.empty() ? std::string() : fmt::format("{}: ", role);
    text += Word(expr.kind);
    if (expr.op != Operator::kNone) text += fmt::format(" {}", Text(expr.op));
    if (expr.name.present() && expr.kind != ExprKind::kString)
      text += fmt::format(" `{}`", expr.name.text);
    for (const Name& label : expr.labels) text += fmt::format(" ({})", label.text);
    Line(depth, expr.span, text);
    for (const ExprId operand : expr.operands) Dump(operand, depth + 1);
    for (const Argument& argument : expr.arguments) {
      Dump(argument.value, depth + 1, argument.name.present() ? argument.name.text : "argument");
    }
    Dump(expr.parts, depth + 1);
  }

  void Dump(const std::vector<StringPart>& parts, int depth) {
    for (const StringPart& part : parts) {
      switch (part.kind) {
        case PartKind::kText:
          Line(depth, part.span, "Text " + Quoted(part.text));
          break;
        case PartKind::kInsert:
          Dump(part.value, depth, "insert");
          break;
        case PartKind::kFor:
          Line(depth, part.span, fmt::format("For `{}`", part.variable.text));
          DumpBranches(part, depth, "in");
          break;
        case PartKind::kIf:
          Line(depth, part.span, "If");
          DumpBranches(part, depth, "condition");
          break;
      }
    }
  }

  void DumpBranches(const StringPart& part, int depth, std::string_view role) {
    Dump(part.value, depth + 1, role);
    Dump(part.body, depth + 1);
    if (part.otherwise.empty()) return;
    out_ += fmt::format("{:{}}else\n", "", (depth + 1) * 2);
    Dump(part.otherwise, depth + 2);
  }

  void Dump(const Action& action, int depth, std::string_view role) {
    Dump(action.call, depth, role);
    Dump(action.retry_count, depth + 1, "retry");
    Dump(action.retry_every, depth + 1, "every");
    for (const Action& other : action.otherwise) Dump(other, depth + 1, "else");
  }

  void Dump(ClauseId id, int depth) {
    const Clause& clause = tree_[id];
    if (clause.kind == ClauseKind::kChild) return Dump(clause.decl, depth);
    if (clause.kind == ClauseKind::kTable) return Dump(clause.table, depth);
    std::string text(Word(clause.kind));
    if (clause.name.present()) text += fmt::format(" `{}`", clause.name.text);
    if (clause.to.present()) text += fmt::format(" -> `{}`", clause.to.text);
    if (clause.negated) text += clause.condition.valid() ? " while" : " no";
    for (const Name& label : clause.labels) text += fmt::format(" ({})", label.text);
    Line(depth, clause.span, text);
    Dump(clause.value, depth + 1);
    Dump(clause.hold, depth + 1, "hold");
    for (const ExprId trigger : clause.triggers) Dump(trigger, depth + 1, "trigger");
    Dump(clause.condition, depth + 1, "condition");
    for (std::size_t i = 0; i < clause.values.size(); ++i) {
      Dump(clause.values[i], depth + 1, i == 0 ? "first" : i % 2 == 1 ? "then" : "at");
    }
    Dump(clause.expected, depth + 1, "expected");
    for (const Action& action : clause.actions)
      Dump(action, depth + 1, clause.has_do ? "do" : "act");
  }

  void Dump(DeclId id, int depth) {
    const Decl& decl = tree_[id];
    std::string text = fmt::format("{} `{}`", decl.from_table ? "Row" : "Decl", decl.kind.text);
    if (decl.name.present()) text += fmt::format(" `{}`", decl.name.text);
    if (decl.has_block) text += " {}";
    Line(depth, decl.span, text);
    for (const Param& param : decl.params) {
      Line(depth + 1, param.name.span, fmt::format("Param `{}`", param.name.text));
      Dump(param.type, depth + 2, "type");
    }
    Dump(decl.title, depth + 1, "title");
    Dump(decl.type, depth + 1, "type");
    Dump(decl.target, depth + 1, "for");
    Dump(decl.value, depth + 1, "value");
    for (const ClauseId clause : decl.clauses) Dump(clause, depth + 1);
  }

  void Dump(TableId id, int depth) {
    const Table& table = tree_[id];
    std::string text = fmt::format("Table `{}`", table.kind.text);
    for (const Name& column : table.columns) text += fmt::format(" |{}", column.text);
    Line(depth, table.span, text);
    for (const Table::Row& row : table.rows) Dump(row.decl, depth + 1);
  }

  const Tree& tree_;
  const SourceSet& sources_;
  std::string out_;
};

}  // namespace

std::string Dump(const Tree& tree, const diagnostics::SourceSet& sources) {
  return Dumper(tree, sources).Run();
}

}  // namespace tocsin::syntax
