// What a kind is: the fields, clauses and rows that its declarations may have, read from `kind`
// declarations written in Tocsin (stdlib/kinds/*.tocsin, or the policy's own). A schema knows no
// C++; kinds with behaviour have a file in compiler/kinds that finds its declarations by the kind's
// name.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/check/types.h"
#include "compiler/syntax/syntax.h"
#include "runtime/diagnostics/diagnostic.h"

namespace tocsin::check {

enum class Presence : std::uint8_t { kNone, kOptional, kRequired };

// The type of a field as a schema writes it: `duration`, `list(person)`, `optional(recipients)`,
// `one_of(a, b)`, `range(count)`, `ratio per period`.
struct FieldType {
  std::string word;  // "duration", or the name of a kind: a reference to one of its declarations
  bool list = false;
  bool set = false;                  // a list in which nothing stands twice and order is nothing
  bool optional = false;             // the field may be left out and then is absent
  bool between = false;              // from one to another: `range(count)`
  bool per_period = false;           // of a month or another period: `ratio per period`
  std::optional<Range> range;        // after `in`
  std::vector<std::string> choices;  // of one_of
};

struct FieldSchema {
  std::string name;
  std::string documentation;
  FieldType type;
  syntax::ExprId default_value;  // in the schema's own tree
  diagnostics::Span span;
};

struct ClauseSchema {
  std::string keyword;  // "when", "clear", "on"
  std::string documentation;
  std::string takes;            // "condition" or "actions"
  std::vector<std::string> of;  // of "actions": the words that may follow the keyword
  std::uint32_t least = 0;      // how often at least; each at most once
  diagnostics::Span span;
};

struct Schema {
  std::string name;
  std::string documentation;
  const syntax::Tree* tree = nullptr;
  diagnostics::Span span;
  bool builtin = false;
  bool entity = false;  // rows of data that come from outside; nothing is declared of it
  bool params = false;  // its declarations may have parameters
  bool named = true;    // its declarations have names
  bool test = false;    // its clauses are those of a test
  // Whether a declaration's name is its own; else it names what something else is called, and may
  // be there more than once.
  bool names = true;
  Presence title = Presence::kOptional;
  std::uint32_t least = 0;  // of rows: how many there must be
  bool arms = false;        // of rows: each is the declaration once more (arms.h)
  std::string type;         // what stands after `:`: "domain", "measure"; empty: nothing may
  std::string target;       // the kind that `for` names; empty: nothing may
  diagnostics::Span target_span;
  std::string value;  // what stands after `=`: "series"; empty: nothing may
  std::vector<FieldSchema> fields;
  std::vector<ClauseSchema> clauses;
  std::deque<Schema> rows;  // nested kinds

  const FieldSchema* Field(std::string_view field) const;
  const ClauseSchema* Clause(std::string_view keyword) const;
  const Schema* Rows(std::string_view kind) const;
};

// A set of schemas by name; addresses stay valid.
class SchemaSet {
 public:
  // Reads the `kind` declarations of a tree. The tree must outlive the set.
  void Read(const syntax::Tree& tree, const diagnostics::SourceSet& sources,
            diagnostics::Sink& sink);
  const Schema* Find(std::string_view kind) const;
  std::vector<std::string> Names() const;
  const std::deque<Schema>& all() const { return schemas_; }
  // Reports fields whose type is neither a type nor a kind; called once all trees are read.
  void CheckTypes(diagnostics::Sink& sink) const;

 private:
  std::deque<Schema> schemas_;
};

// Whether declarations of this kind say what a kind or an entity is.
bool DeclaresKind(std::string_view kind);

// "a tier", "an alert".
std::string WithArticle(std::string_view noun);
// "`a`, `b` and `c`", cut after `max` with how many more there are.
std::string ListOf(const std::vector<std::string>& names, std::size_t max = 12);
std::string OneOf(const std::vector<std::string>& names);  // "`a`, `b` or `c`"

}  // namespace tocsin::check
