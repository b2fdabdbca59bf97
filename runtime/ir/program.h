// A compiled policy: constant data, series kernels and machines. It is what the lowering makes,
// what a policy module holds, and all that the engine reads. It is plain data: everything refers to
// everything else by index, every index is checked by Verify(), and Describe() (describe.h) is the
// one description from which the module format, the printed text and its reader are made.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "runtime/base/ids.h"
#include "runtime/values/hours.h"
#include "runtime/values/instants.h"
#include "runtime/values/rotations.h"
#include "runtime/values/units.h"
#include "runtime/values/zones.h"

namespace tocsin::ir {

using LabelId = base::Id<struct LabelTag>;
using SpaceId = base::Id<struct SpaceTag>;
using NumberColumnId = base::Id<struct NumberColumnTag>;
using TruthColumnId = base::Id<struct TruthColumnTag>;
using HoldColumnId = base::Id<struct HoldColumnTag>;
using SignalId = base::Id<struct SignalTag>;
using ShapeId = base::Id<struct ShapeTag>;
using KernelId = base::Id<struct KernelTag>;
using FunctionId = base::Id<struct FunctionTag>;
using PersonId = base::Id<struct PersonTag>;
using ChannelId = base::Id<struct ChannelTag>;
using TierId = base::Id<struct TierTag>;
using ZoneId = base::Id<struct ZoneTag>;
using CalendarId = base::Id<struct CalendarTag>;
using TextId = base::Id<struct TextTag>;
using MachineId = base::Id<struct MachineTag>;

// Where in the policy's text something was written, for `why`; not part of any identity.
struct Place {
  std::string file;
  std::uint32_t line = 0;
};

// Labels and columns.

// A label's domain. Closed: exactly `values`, in the order declared. Open: up to `bound` values, as
// they arrive.
struct Label {
  std::string name;
  bool closed = false;
  std::vector<std::string> values;
  std::uint32_t bound = 0;
};

// A set of labels, in the order of their names. All columns over one space share its rows: where
// every label is closed all rows exist from the start, else a row exists from its first sample on.
struct Space {
  std::vector<LabelId> labels;
  std::uint32_t row_bound = 0;
};

struct NumberColumn {
  std::string name;
  SpaceId space;
};
struct TruthColumn {
  std::string name;
  SpaceId space;
};
struct HoldColumn {  // the state of one Hold instruction
  std::string name;
  SpaceId space;
};
inline constexpr std::int64_t kNotHeld = std::numeric_limits<std::int64_t>::min();

// Signals.

// A sample belongs to the signal when its metric is `metric` and every condition holds.
struct SourceCondition {
  std::string label;
  bool equal = true;  // else: not equal
  std::string value;
};
struct SourceLabel {
  LabelId label;
  std::string from;  // the label of the metric that gives its value
};

// A measured signal. Exactly one of `number` and `truth` is valid: where the samples' values are
// kept.
struct Signal {
  std::string name;
  values::Unit unit = values::Unit::kNumber;
  SpaceId space;
  NumberColumnId number;
  TruthColumnId truth;
  values::Duration stale_ms = 0;  // a sample older than this at a tick is absent
  std::string metric;
  std::vector<SourceLabel> labels;  // one for each label of the space
  std::vector<SourceCondition> where;
  double scale = 1;  // the unit's base value = sample * scale
  Place place;
};

// Series.

enum class SeriesOp : std::uint8_t {
#define TOCSIN_SERIES(name, result, a, b) k##name,
#include "runtime/ir/instructions.def"
#undef TOCSIN_SERIES
};

struct SeriesInst {
  SeriesOp op = SeriesOp::kConstant;
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  bool operator==(const SeriesInst&) const = default;
};

// The instructions of a kernel without what they are bound to, so that rules of one shape share
// their code.
struct Shape {
  std::vector<SeriesInst> code;
  bool operator==(const Shape&) const = default;
};

struct LabelTest {
  std::uint32_t label = 0;  // position in the space's labels
  std::string value;
};
struct HoldSlot {
  HoldColumnId state;
  values::Duration duration_ms = 0;
};

// One shape bound to columns and constants: slots of the instructions are positions in these lists.
struct Kernel {
  std::string name;
  ShapeId shape;
  SpaceId space;
  std::vector<NumberColumnId> numbers_in;
  std::vector<TruthColumnId> truths_in;
  std::vector<double> constants;
  std::vector<LabelTest> label_tests;
  std::vector<HoldSlot> holds;
  std::vector<NumberColumnId> numbers_out;
  std::vector<TruthColumnId> truths_out;
  Place place;
};

// A standard function of the sort `column`, called once for each chunk of rows between kernels.
struct ColumnCall {
  std::string function;  // its name in the standard library
  SpaceId space;
  std::vector<NumberColumnId> arguments;
  std::vector<double> parameters;  // constant arguments
  NumberColumnId result;
};

// A column of either sort: exactly one of the two is valid.
struct AnyColumn {
  NumberColumnId number;
  TruthColumnId truth;
};

// A standard function of the sort `aggregate` over the samples of the last `length_ms` of each row:
// of a signal as they come, or of a column, which has one at each tick where it is known.
struct Window {
  std::string function;
  SpaceId space;
  SignalId signal;  // else invalid, and `of` is valid
  AnyColumn of;
  values::Duration length_ms = 0;
  std::vector<double> parameters;  // constant arguments
  AnyColumn result;
};

// The same across rows: a row of `to` is what the rows of `from` with its labels are together.
struct Fold {
  std::string function;
  SpaceId from;
  SpaceId to;
  AnyColumn of;
  TruthColumnId within;  // may be invalid: only the rows where it is true
  std::vector<double> parameters;
  AnyColumn result;
  LabelId bound;  // may be invalid: a label of `from` whose values are numbers, handed over
};

// A row of `to` has what the row of `from` with its labels has: absent where there is none.
struct Lookup {
  SpaceId from;
  SpaceId to;
  AnyColumn of;
  AnyColumn result;
};

// What a column held some time ago: at the newest tick that is at least so old, or for more than
// kMostEarlier ticks at the newest one of a coarser grid (EarlierGrid in values/aggregates.h).
struct Earlier {
  SpaceId space;
  AnyColumn of;
  values::Duration ago_ms = 0;
  AnyColumn result;
};

// What happens at a tick, in order.
enum class TickKind : std::uint8_t { kKernel, kCall, kWindow, kFold, kLookup, kEarlier };
struct TickStep {
  TickKind kind = TickKind::kKernel;
  std::uint32_t what = 0;  // its place in the program's list of these
};

// People.

// How what is sent by a channel is drawn: its own signs in a text are escaped.
enum class Markup : std::uint8_t { kNone, kHtml, kMarkdown, kSlack };

struct Channel {
  std::string name;
  std::string title;
  std::uint32_t text_limit = 0;  // characters; 0: no limit
  ChannelId over_by;  // by which channel somebody reached here hears that it is over; itself where
                      // invalid
  std::uint32_t limit = 0;  // the most messages for one person within limit_ms; 0: no limit
  values::Duration limit_ms = 0;
  Markup markup = Markup::kNone;
};
struct Person {
  std::string name;
  std::string title;
  std::vector<ChannelId> contact;  // in the order of preference, never empty
  ZoneId zone;                     // of the times that this person reads; UTC where invalid
};
struct Zone {
  values::Zone zone;
};
// A calendar stands behind those that it is made of.
struct Calendar {
  std::string name;
  ZoneId zone;
  std::vector<values::HoursPart> parts;
};
struct Schedule {
  std::string name;
  std::vector<PersonId> people;  // never empty
  values::Turn turn;
  ZoneId zone;
  CalendarId during;  // the hours in which it speaks for its tier; always where invalid
};
struct Tier {
  std::string name;
  std::string title;
  CalendarId available;  // the hours in which anybody of it is asked; always where invalid
  std::vector<Schedule> schedules;
};

// Persons, decided when an effect is: themselves, or whoever is on call for a tier at that instant.
struct Recipient {
  PersonId person;  // exactly one of the two is valid
  TierId tier;
};

// Texts.

enum class TextPartKind : std::uint8_t {
  kText,   // `text`
  kLabel,  // the value of the label `text`
  kValue,  // the machine's value in `unit`, or what the text function `text` makes of it
  kTitle,  // the headline of what it is about; within a headline, its name
  // Of a machine that stands for several rows of another: how many of them there are, and which.
  kCount,
  kRows,
  // Of messages alone.
  kId,         // what it is about, and which time: "registry_down/eu/2"
  kKey,        // the row that it is about: "region eu, host web1"
  kRecipient,  // who is told
  // When it began, or where `text` is "now", when it is said, on the clock of who is told.
  kInstant,  // 2026-11-23 04:15 Europe/Dublin
  kDate,     // 2026-11-23
  kTime,     // 04:15
  kLasted,   // how long ago it began
  // Once for each row that the machine stands for, up to the End: the parts between them.
  kEach,
  kRowLabel,  // the value of the row's label `text`
  kRowValue,  // its value in `unit`, or what the text function `text` makes of it
  kEnd,
};
struct TextPart {
  TextPartKind kind = TextPartKind::kText;
  std::string text;
  values::Unit unit = values::Unit::kNumber;
};

// Whether a part needs to be told when it all began.
constexpr bool NeedsBegin(const TextPart& part) {
  return part.kind == TextPartKind::kLasted ||
         ((part.kind == TextPartKind::kInstant || part.kind == TextPartKind::kDate ||
           part.kind == TextPartKind::kTime) &&
          part.text.empty());
}
struct Text {
  std::vector<TextPart> parts;
};

// Machines.

enum class ScalarOp : std::uint8_t {
#define TOCSIN_SCALAR(name, result, a, b) k##name,
#include "runtime/ir/instructions.def"
#undef TOCSIN_SCALAR
};
struct ScalarInst {
  ScalarOp op = ScalarOp::kLiteral;
  std::int64_t a = 0;
  std::int64_t b = 0;
};

enum class TriggerKind : std::uint8_t {
  kStarted,      // the instance came to be
  kSeries,       // one of the machine's inputs changed for this instance
  kTimer,        // `argument` is the timer
  kEvent,        // `argument` is the event's place in Program::events
  kParentEnded,  // the parent ended its children
  kNobody,       // `argument` is an effect of its own that has just found nobody to tell
};

constexpr bool HasArgument(TriggerKind trigger) {
  return trigger == TriggerKind::kTimer || trigger == TriggerKind::kEvent ||
         trigger == TriggerKind::kNobody;
}

struct Transition {
  std::uint32_t from = 0;  // state; kAnyState for all that are not final
  std::uint32_t to = 0;
  TriggerKind trigger = TriggerKind::kSeries;
  std::uint32_t argument = 0;
  std::vector<ScalarInst> guard;  // its last register is the answer; empty: always
  std::vector<ScalarInst> action;
  std::string because;  // for people: "nobody answered within 5m"
  Place place;
};
inline constexpr std::uint32_t kAnyState = 0xffffffffu;

// What a machine is an instance of: rows of a space, one for each parent, or one for each person of
// a parent.
enum class KeyKind : std::uint8_t { kRow, kParent, kPerson };

// Whose child owes word that it is over: the instance that told, its parent, or the row's machine
// that it all stems from.
enum class DutyOf : std::uint8_t { kNobody, kSelf, kParent, kRow };

// A page or a notification; or, with nobody to tell, something asked for by a channel: a failover.
// Its identity is (policy, machine, instance key, epoch, the `step`
// fields, recipient).
inline constexpr std::uint32_t kNoField = 0xffffffffu;
struct Effect {
  std::string action;         // "page", "notify", "over"
  std::vector<Recipient> to;  // empty: the person of the instance's key; of others it asks
  ChannelId via;              // invalid: each person's first contact; what asks has one
  CalendarId only;            // outside of these hours it tells nobody; always where invalid
  TextId text;
  std::vector<std::uint32_t>
      step;  // fields that tell this occurrence from others of the same instance
  std::uint32_t began = kNoField;  // the field that has the instant at which it all began
  bool urgent = false;             // sent whatever the limit of its channel
  DutyOf duty = DutyOf::kNobody;
  MachineId duty_machine;
  std::string purpose;  // for people: "round 1, rung 2: on_call(L2)" without the numbers
  Place place;
};

// Whether an effect tells nobody but asks for something to be done.
constexpr bool Asks(KeyKind machine, const Effect& effect) {
  return effect.to.empty() && machine != KeyKind::kPerson;
}

struct Machine {
  std::string name;  // the declaration path: "registry_down", "P1", "p1_climb"
  std::string kind;  // "alert", "incident", "escalation", "duty"
  KeyKind key = KeyKind::kRow;
  SpaceId space;  // of kRow; of kParent with inputs the one without labels, which has one row
  std::vector<std::string> states;
  std::vector<std::uint32_t> final_states;
  std::vector<std::string> fields;  // 64-bit integers, 0 at the start; field 0 is `epoch`
  std::vector<std::string> timers;
  std::vector<TruthColumnId> inputs;  // over `space`; at most 64
  NumberColumnId value;               // of kRow: what `{value}` shows; may be invalid
  TextId headline;                    // of kRow: what `says` gives; may be invalid
  TextId link;                   // of kRow: where to look, with label values escaped for an address
  TruthColumnId members;         // of kRow: the rows of a space with more labels that it stands for
  NumberColumnId members_value;  // over the space of `members`: the value of each; may be invalid
  MachineId group;  // of kRow: the machine that people answer in its place; may be invalid
  std::vector<MachineId> children;  // what Spawn refers to
  std::vector<Effect> effects;
  std::vector<Transition> transitions;  // the first that applies is taken
  Place place;
};

// Whether a row's machine was in a state when the tick before ended. The column is over the
// machine's space and written before the first step of a tick.
struct StateInput {
  MachineId machine;
  std::uint32_t state = 0;
  TruthColumnId result;
};

struct Program {
  std::string policy;
  std::string title;
  std::uint32_t edition = 1;
  values::Duration resolution_ms = 15'000;
  values::Duration grace_ms = 5'000;
  std::string tzdata;  // the version of the zone rules that were compiled in
  std::vector<Label> labels;
  std::vector<Space> spaces;
  std::vector<NumberColumn> numbers;
  std::vector<TruthColumn> truths;
  std::vector<HoldColumn> holds;
  std::vector<Signal> signals;
  std::vector<Shape> shapes;
  std::vector<Kernel> kernels;
  std::vector<ColumnCall> calls;
  std::vector<Window> windows;
  std::vector<Fold> folds;
  std::vector<Lookup> lookups;
  std::vector<Earlier> earlier;
  std::vector<TickStep> tick;
  std::vector<Channel> channels;
  std::vector<Person> people;
  std::vector<Zone> zones;
  std::vector<Calendar> calendars;
  std::vector<Tier> tiers;
  std::vector<Text> texts;
  std::vector<std::string> events;  // names of what people may send: "acknowledge"
  std::vector<StateInput> states;
  std::vector<Machine>
      machines;  // in declaration order, which is the order of steps; a child after its parents
};

}  // namespace tocsin::ir
