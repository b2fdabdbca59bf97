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
#include "compiler/check/types.h"
#include "runtime/ir/program.h"
#include "runtime/values/functions.h"
#include "runtime/values/money.h"
#include "runtime/values/rotations.h"
#include "runtime/values/units.h"

namespace tocsin::check {

using diagnostics::Span;
using DeclId = base::Id<struct TypedDeclTag>;
using SeriesId = base::Id<struct TypedSeriesTag>;

// Expressions: most are series, with a value for each row of their labels at a tick.

enum class SeriesKind : std::uint8_t {
  kSignal,     // decl
  kConstant,   // number
  kTruth,      // number is 0 or 1
  kOperator,   // op over operands: arithmetic, comparison, logic
  kSelect,     // operand 0 in the rows of `selections`
  kWhere,      // operand 0 where operand 1 holds
  kLabelIs,    // whether a row is among `selections`
  kCall,       // a standard function over operands, with constant parameters
  kWindow,     // the samples of operand 0 in the last `number` ms
  kFold,       // operand 0 across rows, into the rows of `labels`: the standard function
  kChoice,     // operand 1 where operand 0 holds, else operand 2
  kState,      // whether the alert `decl` is in the state `text`
  kCompare,    // operands 0 and 1, which are no quantities; op says how
  kWithin,     // whether operand 0 is among operand 1
  kOrElse,     // operand 0, or operand 1 where that is absent
  kMember,     // the field `text` of operand 0
  kList,       // operands
  kLiteral,    // a constant that is no quantity, as written in `text`
  kReference,  // the declaration `decl`
  kLabel,      // the label `text` of the row, inside `where`
  kParameter,  // `text` of a function that is looked at by itself
  kAbout,      // whether the person, tier or action `decl` was `text` ("paged", "asked"), by
               // the channel that operand 0 refers to where there is one
};

struct Selection {
  std::string label;
  std::vector<std::string> values;  // any of them
  bool except = false;              // none of them
};

struct SeriesNode {
  SeriesKind kind = SeriesKind::kConstant;
  Type type;
  bool has_rows = false;            // false: the same for all rows
  bool joins = false;               // by `labels` with the rows of what it stands beside
  std::vector<std::string> labels;  // sorted by name
  DeclId decl;
  double number = 0;
  std::string text;
  ir::SeriesOp op = ir::SeriesOp::kConstant;
  std::vector<SeriesId> operands;
  std::vector<Selection> selections;
  const values::FunctionRow* function = nullptr;
  std::vector<double> parameters;
  std::uint32_t size = 1;  // nodes, with those below counted as often as they are used
  Span span;

  bool truth() const { return type.Is(values::Unit::kBool); }
  bool quantity() const { return type.kind == TypeKind::kQuantity; }
};

// Values of fields.

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
  std::optional<Range> range;
};
// Hours of a calendar: weekly spans and dates, taken in and left out in this order.
struct Hours {
  enum class Sort : std::uint8_t { kWeekly, kDates, kCalendar };
  struct Part {
    Sort sort = Sort::kWeekly;
    bool out = false;              // left out, not taken in
    std::uint8_t weekdays = 0x7f;  // a bit for each, from Monday
    int from_minute = 0;           // of the local day
    int to_minute = 24 * 60;
    std::int32_t first_day = 0;  // since 1970-01-01
    std::int32_t last_day = 0;
    DeclId calendar;
  };
  std::vector<Part> parts;
};
struct DateValue {
  std::int32_t day = 0;  // since 1970-01-01
};
struct InstantValue {
  values::Instant at = 0;
};
struct TimeValue {
  int minute = 0;  // of the day
};
struct MoneyValue {
  values::Money money;
};
struct NoData {
  enum class What : std::uint8_t { kHold, kFire, kClear } what = What::kHold;
  values::Duration after_ms = 0;
};
struct Labels {  // sorted
  std::vector<std::string> names;
};
// What a text shows, as far as it is known without what it is about.
struct TemplatePart {
  enum class What : std::uint8_t {
    kText,  // `name`
    kName,  // `{region}`, `{time(opened)}`
    // `{incident.root_cause}`, of an entity, or in a loop over a list `{update.at}`; `name` is
    // `incident.updates.at` then
    kField,
    kRow,  // `{row.host}`, of a row in a loop over `rows`; `name` is `host`
    kIf,   // the parts up to the kElse or kEnd of the same depth
    kElse,
    kEach,  // the same for each of a list
    kEnd,
  } what = What::kText;
  std::string name;      // of If: `severity`, or the field that is to be known; of Each: `rows`,
                         // or the field that is a list
  std::string function;  // or empty
  std::vector<std::string> values;  // of If: what `name` is one of; none: that it is known
  bool except = false;              // of If: that it is not so
  std::string written;              // as written, but text
  Span span;
};
struct Template {
  std::vector<TemplatePart> parts;
};
// As it is written: "Registry in {region} is down".
std::string TemplateText(const Template& words);
struct DurationValue {
  values::Duration ms = 0;
};
struct NumberValue {  // ratio, rate, number, bytes
  double value = 0;
  values::Unit unit = values::Unit::kNumber;
};
struct PerPeriod {  // `99.9% per month`; durations in milliseconds
  NumberValue amount;
  std::string period;
};

struct Value;
using ValueList = std::vector<Value>;
struct Value {
  std::variant<std::monostate, bool, std::int64_t, DurationValue, NumberValue, std::string, Word,
               Reference, Recipients, values::Turn, ZoneName, Source, Domain, Measure, NoData,
               Labels, Template, Hours, DateValue, InstantValue, TimeValue, MoneyValue, Range,
               PerPeriod, ValueList>
      data;
  Span span;
  bool absent() const { return std::holds_alternative<std::monostate>(data); }
};

// Declarations.

struct Field {
  std::string name;
  Value value;
  bool written = false;  // else: the schema's default, or absent
};

// page(on_call(L1), via: phone), confirm(on_call(L2), within: 5m) else escalate(to: on_call(L3))
struct Action {
  std::string name;
  Recipients to;  // who is told or asked
  DeclId via;
  DeclId text;  // a message; at most one of the two
  std::optional<Template> says;
  DeclId does;                     // of what is done outside: the declared action
  std::string call;                // as written
  SeriesId condition;              // of `await` and `hold`
  std::string about;               // of `again`: a step; of `fill`: what
  std::int64_t most = 0;           // of `again`: how often at most
  values::Duration within_ms = 0;  // how long it is waited; of `hold`: how long it must hold
  std::int64_t retries = 0;
  values::Duration retry_every_ms = 0;
  std::vector<Action> otherwise;  // where it fails
  Span span;
};

// What moves something from one state to another: an event, or the time that it was there.
struct Trigger {
  std::string event;
  std::optional<values::Duration> after_ms;
  Span span;
};

struct Clause {
  std::string keyword;
  std::string of;      // `on exhausted`: "exhausted"
  DeclId result;       // of an arm: what holds where `condition` does, which the last has none of
  SeriesId condition;  // of a condition
  DeclId alert;        // of an inhibition by an alert, which has no condition then
  std::optional<std::vector<std::string>> matching;  // of an inhibition: labels, sorted
  values::Duration hold_ms = 0;
  // Of `after` and `every`: how long after it all began, and how often: not before `at_ms`, and
  // not later than `most_ms` after the last time.
  values::Duration at_ms = 0;
  values::Duration most_ms = 0;
  std::string from;  // of a move: states
  std::string to;
  Span from_span;
  Span to_span;
  std::vector<Trigger> triggers;
  std::vector<Action> actions;
  std::string text;            // as written, with arms' values in place; for people
  std::string condition_text;  // the same without `for`
  Span span;
};

// What a test gives: the values of some rows of a measured signal from some instants on, counted
// from 0s. The first value held before.
struct TestSeries {
  struct Step {
    values::Duration at_ms = 0;
    std::optional<double> value;  // nothing: no samples
    bool rises = false;           // by `value` each second, from what it was
  };
  DeclId signal;
  std::vector<std::vector<std::string>> rows;  // a value for each label of the signal
  std::vector<Step> steps;                     // never empty, and each later than the one before
  Span span;                                   // of the signal and its selection
};
// How a person, or whoever of a tier is asked, answers a page.
struct TestPerson {
  DeclId who;
  std::optional<values::Duration> answers_ms;  // nothing: never
};
struct TestWorld {
  std::size_t package = 0;                // 0: of the policy itself, not of what it imports
  std::optional<values::Instant> starts;  // what 0s is, where the test says so
  std::vector<TestSeries> series;
  std::vector<TestPerson> people;
};

struct Parameter {
  std::string name;
  std::string type;  // as written, or empty
};

struct Decl {
  const Schema* schema = nullptr;
  std::string name;
  std::vector<Parameter> params;
  std::string title;
  Span span;  // the name's, or the kind's where there is none
  Value type;
  bool arm = false;           // made of an arm: its name is that of two
  bool derived = false;       // something stands after `=`, even where it has no meaning
  SeriesId value;             // after `=`
  DeclId target;              // after `for`
  std::vector<Field> fields;  // one for each field of the schema, in its order
  std::vector<Clause> clauses;
  std::vector<Decl> rows;          // nested declarations
  std::optional<TestWorld> world;  // of a test

  const Value& operator[](std::string_view field) const;
  const Clause* FindClause(std::string_view keyword) const;
};

struct Policy {
  std::vector<Decl> decls;  // in the order of files by name, and within one as written
  std::vector<SeriesNode> series;
  DeclId policy;            // the one declaration of the kind `policy`
  std::vector<bool> named;  // whether anything names a declaration, by its id

  const Decl& operator[](DeclId id) const { return decls[id.index]; }
  const SeriesNode& operator[](SeriesId id) const { return series[id.index]; }
  DeclId Find(std::string_view name) const;
  std::vector<DeclId> OfKind(std::string_view kind) const;
};

template <class T>
const T* Get(const Value& value) {
  return std::get_if<T>(&value.data);
}

// "the tier `L1`", "this rung".
std::string WhoIs(const Decl& decl);

// `tocsin dump typed`.
std::string Dump(const Policy& policy);

}  // namespace tocsin::check
