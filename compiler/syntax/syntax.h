// The untyped tree of one source file: what was written, with spans, before any name is known. The
// grammar knows no kinds: there is one declaration form, one table form and expressions. Nodes live
// in vectors of the Tree and refer to each other by ids; a child is always stored before its
// parent, so a tree cannot have a cycle. A part that could not be parsed is an Error node (already
// reported), never null.
//
// Rows of a table ARE declarations: `table tier` with rows gives one Decl for each row
// (`from_table` set), whose first column `name` became the name, `title` the title, and every other
// non-empty cell a field clause. The Table node keeps the layout, for the formatter.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/ids.h"
#include "runtime/diagnostics/source.h"

namespace tocsin::syntax {

using diagnostics::Span;

using ExprId = base::Id<struct ExprTag>;
using DeclId = base::Id<struct DeclTag>;
using ClauseId = base::Id<struct ClauseTag>;
using TableId = base::Id<struct TableTag>;

// A name as written, with its place. `text` points into the source text, which outlives the tree.
struct Name {
  std::string_view text;
  Span span;
  bool present() const { return span.valid(); }
};

enum class ExprKind : std::uint8_t {
#define TOCSIN_EXPR(name) k##name,
#include "compiler/syntax/nodes.def"
#undef TOCSIN_EXPR
};

enum class Operator : std::uint8_t {
#define TOCSIN_OPERATOR(name, text) k##name,
#include "compiler/syntax/nodes.def"
#undef TOCSIN_OPERATOR
};

struct Argument {
  Name name;  // absent for a positional argument
  ExprId value;
};

enum class PartKind : std::uint8_t {
#define TOCSIN_PART(name) k##name,
#include "compiler/syntax/nodes.def"
#undef TOCSIN_PART
};

// A piece of a string, as it is meant: escapes are undone, a text block has lost its common
// indentation, and a line of it on which nothing but loops and choices begin or end is not there at
// all. So whoever renders writes the pieces one after the other and adds or drops nothing.
struct StringPart {
  PartKind kind = PartKind::kText;
  std::string text;                   // Text
  ExprId value;                       // Insert: what is shown. For: the list. If: the condition
  Name variable;                      // For: the name of an element, within `body`
  std::vector<StringPart> body;       // For: once for each element. If: where the condition holds
  std::vector<StringPart> otherwise;  // after `{else}`; `{else if c}` is one If in there
  Span span;                          // of For and If: `{for x in y}` or `{if c}` alone
};

struct Expr {
  ExprKind kind = ExprKind::kError;
  Operator op = Operator::kNone;  // of Unary and Binary
  Span span;
  Name name;  // Name: itself. Member: the word after the dot. Literals: the text as written
  std::vector<ExprId> operands;     // by kind, see nodes.def
  std::vector<Argument> arguments;  // Call, Select
  std::vector<StringPart> parts;    // String
  std::vector<Name> labels;         // By, Matching
};

enum class ClauseKind : std::uint8_t {
#define TOCSIN_CLAUSE(name) k##name,
#include "compiler/syntax/nodes.def"
#undef TOCSIN_CLAUSE
};

// What follows `do` or `else`, and an action on its own line: calls to make in order, each perhaps
// retried, each perhaps with something else to do when it fails.
struct Action {
  ExprId call;
  ExprId retry_count;  // `retry 3 every 30s`
  ExprId retry_every;
  std::vector<Action> otherwise;  // after `else`
  Span span;
};

struct Clause {
  ClauseKind kind = ClauseKind::kError;
  Span span;
  Span keyword;  // the word or arrow that makes the clause what it is
  Name name;     // Field: its name. Arm, Sample: the name on the left. Transition: the state left
  Name to;       // Transition: the state entered
  ExprId value;  // the expression after the keyword or colon
  ExprId hold;   // When, Clear: after `for`
  ExprId condition;  // Transition: after `if`. Timed: after `until` or `while`
  bool negated =
      false;  // Expect, and Timed with `expect`: `no`. Other Timed: `while` rather than `until`
  std::vector<Name> labels;      // Unless: where its whole value is `x matching (labels)`
  std::vector<ExprId> triggers;  // Transition: after `on`
  std::vector<ExprId> values;    // Sample: first value, then value, instant, value, instant ...
  ExprId expected;               // Timed with `expect`
  std::vector<Action> actions;   // after `do`; Act: the one action
  bool has_do = false;
  DeclId decl;    // Child
  TableId table;  // Table
};

struct Param {
  Name name;
  ExprId type;  // invalid where none is written
};

struct Decl {
  Span span;
  Name kind;
  Name name;  // absent for `start { ... }` or a test with only a title
  std::vector<Param> params;
  ExprId title;   // a String expression
  ExprId type;    // after `:`
  ExprId target;  // after `for`
  ExprId value;   // after `=`
  bool has_block = false;
  bool from_table = false;
  bool arm = false;               // made of an arm of what is written
  std::vector<ClauseId> clauses;  // in the order written; tables inside are Table clauses
};

struct Table {
  Span span;
  Name kind;
  std::vector<Name> columns;
  struct Row {
    Span span;
    std::vector<ExprId> cells;  // one for each column; invalid where the cell is empty
    DeclId decl;
  };
  std::vector<Row> rows;
};

// A top-level thing, in the order written.
struct Item {
  DeclId decl;  // one of the two is valid
  TableId table;
};

struct Tree {
  diagnostics::SourceId source;
  std::vector<Expr> exprs;
  std::vector<Clause> clauses;
  std::vector<Decl> decls;
  std::vector<Table> tables;
  std::vector<Item> items;
  bool complete = true;  // false where something could not be parsed
  // Names that stand nowhere in the source; they stay where they are when the tree moves.
  std::deque<std::string> made_names;

  const Expr& operator[](ExprId id) const { return exprs[id.index]; }
  const Clause& operator[](ClauseId id) const { return clauses[id.index]; }
  const Decl& operator[](DeclId id) const { return decls[id.index]; }
  const Table& operator[](TableId id) const { return tables[id.index]; }
};

// The word of a kind of node, an operator as written; for dumps and messages.
std::string_view Word(ExprKind kind);
std::string_view Word(ClauseKind kind);
std::string_view Text(Operator op);

// The tree as indented text, one node a line with its place: `tocsin dump syntax`.
std::string Dump(const Tree& tree, const diagnostics::SourceSet& sources);

// An expression as one would write it, for messages and for `because` in results: `not
// registry_up`.
std::string Print(const Tree& tree, ExprId expr);

}  // namespace tocsin::syntax
