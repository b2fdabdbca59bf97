// A generated policy as plain data: what the printer writes as text and what the model evaluates,
// so that the model never sees what the compiler made of it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "runtime/values/units.h"

namespace tocsin::sim {

using values::Duration;
using values::Instant;
using values::Unit;
using Labels = std::map<std::string, std::string>;

struct Label {
  std::string name;
  bool closed = false;
  std::vector<std::string> values;  // of an open label: those that samples may bring
  std::size_t bound = 0;
};

enum class Op : std::uint8_t {
  kSignal,
  kConstant,
  kTruth,
  kSelect,
  kAdd,
  kSubtract,
  kMultiply,
  kDivide,
  kMinimum,
  kMaximum,
  kAbsolute,
  kNegate,
  kClamp,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kEqual,
  kNotEqual,
  kAnd,
  kOr,
  kNot,
  kChoice,    // part 1 where part 0 holds, else part 2
  kWindow,    // `function` over `length_ms` of part 0
  kFold,      // `function` across the rows of part 0, which are by `labels`
  kMatching,  // part 0, which is by `labels`, for rows with more
};

struct Expr {
  Op op = Op::kConstant;
  Unit unit = Unit::kNumber;
  std::string text;         // of a constant, as written
  double number = 0;        // of a constant in its unit's base; of a truth 0 or 1
  std::size_t signal = 0;   // place in Policy::signals
  std::vector<Expr> parts;  // operands; of a clamp the value and the two bounds
  Labels selected;
  std::string function;
  Duration length_ms = 0;
  std::vector<std::string> labels;  // of part 0, sorted
  std::vector<std::string> by;      // of a fold
};

struct Condition {  // on a label of the metric
  std::string label;
  bool equal = true;
  std::string value;
};

struct Signal {
  std::string name;
  Unit unit = Unit::kNumber;
  std::vector<std::string> labels;  // sorted
  std::optional<Expr> derived;
  // Of a measured one.
  std::string metric;
  std::map<std::string, std::string> sources;  // the metric's label for each of ours
  std::vector<Condition> where;
  Duration stale_ms = 0;
};

struct Recipient {
  std::string person;  // exactly one of the two
  std::string tier;
};
struct Channel {
  std::string name;
  std::string over_by;  // or empty
  int text_limit = 0;   // 0: none
};
struct Person {
  std::string name;
  std::vector<std::string> contact;
};
struct Schedule {
  std::string name;
  std::string tier;
  std::vector<std::string> people;
  int weekday = -1;  // 0 is Monday; -1: every day
  int minute = 0;
  std::string zone;  // empty: the policy's
};
struct Rung {
  std::vector<Recipient> page;
  Duration answer_ms = 0;
};
struct Action {
  std::string name;  // "page", "notify"
  std::vector<Recipient> to;
  std::string via;
};
struct Escalation {
  std::string name;
  std::vector<Rung> rungs;
  int rounds = 1;
  Duration ack_holds_ms = 0;
  std::vector<Action> exhausted;
};
struct Severity {
  std::string name;
  std::string climb;
  std::vector<Recipient> inform;
  std::string via;
};
struct Level {
  std::string name;
  std::vector<Recipient> inform;
  std::string via;
};

enum class NoData : std::uint8_t { kHold, kFire, kClear };

struct Alert {
  std::string name;
  std::string level;
  std::string opens;  // or empty
  NoData no_data = NoData::kHold;
  Duration no_data_ms = 0;
  std::string says;
  std::vector<std::string> labels;
  Expr when;
  Duration hold_ms = 0;
  std::optional<Expr> clear;
  Duration clear_hold_ms = 0;
};

struct Policy {
  std::string zone;
  Duration resolution_ms = 0;
  Duration grace_ms = 0;
  std::vector<Label> labels;
  std::vector<Signal> signals;  // a derived one after those it reads
  std::vector<Channel> channels;
  std::vector<Person> people;
  std::vector<std::string> tiers;
  std::vector<Schedule> schedules;
  std::vector<Escalation> escalations;
  std::vector<Severity> severities;
  std::vector<Level> levels;
  std::vector<Alert> alerts;
};

// ---- what happens
// --------------------------------------------------------------------------------------------

struct Input {
  Instant at = 0;  // when it arrives
  bool event = false;
  // A sample.
  std::string metric;
  double value = 0;
  Instant stamp = 0;
  // Of a sample its series', of an event the alert's row.
  Labels labels;
  // An event: an acknowledgement.
  std::string alert;
  std::string by;
};

struct History {
  bool live = false;  // samples may come late, ahead or out of order; else each at its own stamp
  Instant from = 0;   // the first tick
  Instant to = 0;     // the last one
  std::vector<Input> inputs;  // by instant; at one instant the events first
};

// When somebody had to answer for a row of an alert.
struct Deadline {
  Instant at = 0;
  std::string alert;
  Labels row;
};

}  // namespace tocsin::sim
