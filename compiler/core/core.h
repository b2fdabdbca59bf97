// The five core forms that every kind expands into, still by name and as trees: records, functions,
// series, machines and effects. Nothing after this stage knows a kind. Lowering gives names numbers
// and trees instructions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/ir/program.h"

namespace tocsin::core {

// Series.

using TermId = base::Id<struct TermTag>;

enum class TermKind : std::uint8_t {
  kColumn,  // the number or truth that `name` stands for: a signal, or the result of another series
  kConstant,  // number
  kTruth,     // true or false in every row
  kLabelIs,   // rows whose label `name` is `value`
  kOperator,  // op over operands
  kHold,      // operand 0 held for duration_ms
  kCall,      // the standard function `name` over operands, with parameters
  kWindow,    // the standard function `name` over the last duration_ms of the samples of the signal
              // `value`, or of operand 0 at ticks
  kFold,      // the standard function `name` across the rows of operand 0, which are by `labels`;
              // only those where operand 1 is true, where there is one
  kState,     // whether the machine `name` was in the state `value` at the tick before
  kLookup,    // operand 0, which is by `labels`, looked up for rows with more
  kEarlier,   // operand 0 as it was duration_ms ago
};

struct Term {
  TermKind kind = TermKind::kConstant;
  bool truth = false;  // else a number
  ir::SeriesOp op = ir::SeriesOp::kConstant;
  std::string name;
  std::string value;
  double number = 0;
  values::Duration duration_ms = 0;
  std::vector<TermId> operands;
  std::vector<double> parameters;
  std::vector<std::string> labels;  // sorted
  std::string bound;                // of a fold: the label whose values are numbers, or empty
};

// One result of a vector expression over all rows of a set of labels, kept under a name:
// `registry_down.fires`.
struct Series {
  std::string name;
  bool truth = true;
  std::vector<std::string> labels;  // sorted
  TermId root;
  std::string owner;  // series of one owner are computed together
  ir::Place place;
};

// Machines.

enum class GuardKind : std::uint8_t {
  kAlways,
  kInputTrue,
  kInputFalse,
  kFieldIs,
  kFieldBelow,
  kAnd,
  kNot
};
struct Guard {
  GuardKind kind = GuardKind::kAlways;
  std::string name;          // input or field
  std::int64_t number = 0;   // compared with the field
  std::vector<Guard> parts;  // of And, Not
};
Guard InputTrue(std::string input);
Guard InputFalse(std::string input);
Guard FieldIs(std::string field, std::int64_t number);
Guard FieldBelow(std::string field, std::int64_t number);
Guard Both(Guard first, Guard second);
Guard Not(Guard part);

enum class StepKind : std::uint8_t {
  kSet,
  kSetNow,
  kAdd,
  kArm,
  kCancel,
  kEmit,
  kSpawn,
  kEndChildren
};
struct Step {
  StepKind kind = StepKind::kSet;
  std::string name;         // field, timer or machine
  std::int64_t number = 0;  // set to, added, or armed after so many milliseconds
  std::size_t effect = 0;   // place in Machine::effects
};
Step Set(std::string field, std::int64_t number);
Step SetNow(std::string field);  // to the instant of the step
Step AddTo(std::string field, std::int64_t number);
Step Arm(std::string timer, values::Duration after_ms);
Step Cancel(std::string timer);
Step Emit(std::size_t effect);
Step Spawn(std::string machine);
Step EndChildren();

struct Transition {
  std::string from;  // empty: from every state that is not final
  std::string to;
  ir::TriggerKind trigger = ir::TriggerKind::kSeries;
  std::string what;  // the timer or event; of kNobody, the effect's place
  Guard guard;
  std::vector<Step> steps;
  std::string because;
  ir::Place place;
};

struct Recipient {
  std::string person;  // exactly one of the two
  std::string tier;
};
struct Effect {
  std::string action;
  std::vector<Recipient> to;  // nobody: it asks for something to be done
  std::string via;
  std::string only;  // a calendar, or empty: always
  ir::Text text;
  std::vector<std::string> step;  // fields
  std::string began;              // a field, or empty
  bool urgent = false;
  ir::DutyOf duty = ir::DutyOf::kNobody;
  std::string purpose;
  ir::Place place;
};

struct Machine {
  std::string name;
  std::string kind;
  ir::KeyKind key = ir::KeyKind::kParent;
  std::vector<std::string> labels;  // of kRow
  std::vector<std::string> states;
  std::vector<std::string> final_states;
  std::vector<std::string> fields;  // `epoch` comes first by itself
  std::vector<std::string> timers;
  std::vector<std::string> inputs;  // names of series; of kParent those without labels
  std::string value;                // a series, or empty
  ir::Text headline;
  ir::Text link;              // of no parts: none
  std::string members;        // a series of truths with more labels, or empty
  std::string members_value;  // a series of numbers with the same labels, or empty
  std::string group;          // a machine, or empty
  std::vector<Effect> effects;
  std::vector<Transition> transitions;
  ir::Place place;
};

// The policy.

struct Signal {  // measured
  std::string name;
  values::Unit unit = values::Unit::kNumber;
  std::vector<std::string> labels;
  values::Duration stale_ms = 0;
  std::string metric;
  std::vector<std::pair<std::string, std::string>> label_sources;  // ours, the metric's
  std::vector<ir::SourceCondition> where;
  ir::Place place;
};
struct Channel {
  std::string name;
  std::string title;
  std::uint32_t text_limit = 0;
  std::string over_by;
  std::uint32_t limit = 0;
  values::Duration limit_ms = 0;
  ir::Markup markup = ir::Markup::kNone;
};
struct Person {
  std::string name;
  std::string title;
  std::vector<std::string> contact;
  std::string zone;
};
struct Calendar {
  struct Part {
    values::HoursPart hours;
    std::string calendar;  // of the sort that is another calendar: its name
  };
  std::string name;
  std::string zone;
  std::vector<Part> parts;
};
struct Schedule {
  std::string name;
  std::string tier;
  std::vector<std::string> people;
  values::Turn turn;
  std::string zone;
  std::string during;  // a calendar, or empty: always
};
struct Tier {
  std::string name;
  std::string title;
  std::string available;  // a calendar, or empty: always
};

struct Policy {
  std::string name;
  std::string title;
  std::uint32_t edition = 1;
  values::Duration resolution_ms = 0;
  values::Duration grace_ms = 0;
  // Records.
  std::vector<ir::Label> labels;
  std::vector<Signal> signals;
  std::vector<Channel> channels;
  std::vector<Person> people;
  std::vector<Calendar> calendars;
  std::vector<Schedule> schedules;
  std::vector<Tier> tiers;
  // Behaviour.
  std::vector<Term> terms;
  std::vector<Series> series;
  std::vector<Machine> machines;

  const Term& operator[](TermId id) const { return terms[id.index]; }
  TermId Add(Term term);
  TermId Column(std::string column, bool truth);
  TermId Operator(ir::SeriesOp op, bool truth, std::vector<TermId> operands);
  TermId Hold(TermId operand, values::Duration duration_ms);
};

// The machine that tells everybody who was told of a problem that it is over. No declaration can
// have this name.
inline constexpr std::string_view kDutyMachine = "duty.over";
inline constexpr std::string_view kAcknowledge = "acknowledge";

// `tocsin dump core`.
std::string Dump(const Policy& policy);

}  // namespace tocsin::core
