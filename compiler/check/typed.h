// A policy that means something: every name found, every field of its schema's type, every
// condition with units and labels that fit. What could not be understood was reported and is absent
// here; a policy with errors is never expanded.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "compiler/check/schema.h"
#include "runtime/ir/program.h"
#include "runtime/values/functions.h"
#include "runtime/values/rotations.h"
#include "runtime/values/units.h"

namespace tocsin::check {

using diagnostics::Span;
using DeclId = base::Id<struct TypedDeclTag>;
using SeriesId = base::Id<struct TypedSeriesTag>;

// ---- series expressions
// ------------------------------------------------------------------------------------------

enum class SeriesKind : std::uint8_t {
  kSignal,    // decl
  kConstant,  // number
  kTruth,     // number is 0 or 1
  kOperator,  // op over operands: arithmetic, comparison, logic
  kSelect,    // operand 0 where each label has its value
  kCall,      // a standard function over operands, with constant parameters
};

struct Selection {
  std::string label;
  std::string value;
};

struct SeriesNode {
  SeriesKind kind = SeriesKind::kConstant;
  values::Unit unit = values::Unit::kNumber;  // kBool: a truth
  bool has_rows = false;                      // false: a constant, the same for all rows
  std::vector<std::string> labels;            // sorted by name
  DeclId signal;
  double number = 0;
  ir::SeriesOp op = ir::SeriesOp::kConstant;
  std::vector<SeriesId> operands;
  std::vector<Selection> selections;
  const values::FunctionRow* function = nullptr;
  std::vector<double> parameters;
  Span span;
};

// ---- values of fields
// --------------------------------------------------------------------------------------------

struct Reference {
  DeclId decl;
  bool operator==(const Reference&) const = default;
};
struct Word {  // of one_of
  std::string text;
};
struct Recipient {
  DeclId person;  // exactly one of the two is valid
  DeclId tier;    // whoever of it is on call
  Span span;
  bool operator==(const Recipient& other) const {
    return person == other.person && tier == other.tier;
  }
};
struct Recipients {
  std::vector<Recipient> all;
};
struct ZoneName {
  std::string name;
};
struct Source {
  std::string metric;
  std::vector<std::pair<std::string, std::string>>
      labels;                     // ours, the metric's; those not named are called the same
  std::vector<Span> label_spans;  // of ours
  std::vector<ir::SourceCondition> where;
};
struct Domain {
  bool closed = false;
  std::vector<std::string> values;
  std::uint32_t bound = 0;
};
struct Measure {
  values::Unit unit = values::Unit::kNumber;
  std::vector<std::string> labels;  // sorted
};
struct NoData {
  enum class What : std::uint8_t { kHold, kFire, kClear } what = What::kHold;
  values::Duration after_ms = 0;
};
struct TemplatePart {
  ir::TextPartKind kind = ir::TextPartKind::kText;
  std::string text;  // Text; Label: its name; Value: the text function's name or empty
  Span span;
};
struct Template {
  std::vector<TemplatePart> parts;
};
struct DurationValue {
  values::Duration ms = 0;
};
struct NumberValue {  // ratio, rate, number, bytes
  double value = 0;
  values::Unit unit = values::Unit::kNumber;
};

struct Value;
using ValueList = std::vector<Value>;
struct Value {
  std::variant<std::monostate, bool, std::int64_t, DurationValue, NumberValue, std::string, Word,
               Reference, Recipients, values::Turn, ZoneName, Source, Domain, Measure, NoData,
               Template, ValueList>
      data;
  Span span;
  bool absent() const { return std::holds_alternative<std::monostate>(data); }
};

// ---- declarations
// ------------------------------------------------------------------------------------------------

struct Field {
  std::string name;
  Value value;
  bool written = false;  // else: the schema's default, or absent
};

// page(on_call(L1), via: phone)
struct Action {
  std::string name;
  Recipients to;
  DeclId via;
  Span span;
};

struct Clause {
  std::string keyword;
  std::string of;      // `on exhausted`: "exhausted"
  SeriesId condition;  // of a condition
  values::Duration hold_ms = 0;
  std::vector<Action> actions;
  std::string text;  // as written, for people
  Span span;
};

struct Decl {
  const Schema* schema = nullptr;
  std::string name;
  std::string title;
  Span span;  // the name's, or the kind's where there is none
  Value type;
  bool derived = false;       // something stands after `=`, even where it has no meaning
  SeriesId value;             // after `=`
  DeclId target;              // after `for`
  std::vector<Field> fields;  // one for each field of the schema, in its order
  std::vector<Clause> clauses;
  std::vector<Decl> rows;  // nested declarations

  const Value& operator[](std::string_view field) const;
  const Clause* FindClause(std::string_view keyword) const;
};

struct Policy {
  std::vector<Decl> decls;  // in the order of files by name, and within one as written
  std::vector<SeriesNode> series;
  DeclId policy;  // the one declaration of the kind `policy`

  const Decl& operator[](DeclId id) const { return decls[id.index]; }
  const SeriesNode& operator[](SeriesId id) const { return series[id.index]; }
  DeclId Find(std::string_view name) const;
  std::vector<DeclId> OfKind(std::string_view kind) const;
};

template <class T>
const T* Get(const Value& value) {
  return std::get_if<T>(&value.data);
}

// `tocsin dump typed`.
std::string Dump(const Policy& policy);

}  // namespace tocsin::check
