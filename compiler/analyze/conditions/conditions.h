// What the conditions of a policy say, as statements about what is measured: they can be asked
// whether one ever holds, or always where another does. All is about one row at one tick.
//
// A condition is true, false or absent, so it is two statements: that it is true, and that it is
// false. What is no comparison, arithmetic or logic (a window, rows folded, a function) is a
// variable, one for all places where the same is written, between the bounds that are certain.
//
// Arithmetic rounds. So there are two ways to look at it: where something is to be proven, a sum is
// a variable too, of which nothing is known but what is true of doubles; where values are to be
// found for which something holds, it is what it would be without rounding.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "compiler/check/typed.h"
#include "compiler/prove/prove.h"
#include "runtime/diagnostics/source.h"

namespace tocsin::analyze::conditions {

using check::DeclId;
using check::SeriesId;
using prove::TruthId;

struct Truth {
  TruthId yes;
  TruthId no;
};

enum class For : std::uint8_t { kProof, kExample };

// What a variable of the formula stands for.
struct Meaning {
  enum class What : std::uint8_t { kValue, kKnown, kLabel, kOther } what = What::kOther;
  SeriesId series;                  // of a value
  prove::VariableId known;          // of a value: whether it is there
  std::string label;                // of a label
  std::vector<std::string> values;  // of a label: those that were named, or all
};

class Conditions {
 public:
  Conditions(const check::Policy& policy, const diagnostics::SourceSet& sources)
      : policy_(policy), sources_(sources) {}

  // A condition of an alert: absent in rows that it leaves out.
  Truth Of(SeriesId condition, For purpose = For::kProof);
  // A part of one.
  Truth PartOf(SeriesId part, For purpose = For::kProof) { return TruthOf(part, purpose); }

  TruthId Constant(bool truth) { return formula_.Always(truth); }
  TruthId And(TruthId a, TruthId b) { return formula_.And(a, b); }
  TruthId Or(TruthId a, TruthId b) { return formula_.Or(a, b); }
  TruthId Not(TruthId a) { return formula_.Not(a); }

  // Whether a statement never holds, whatever is measured.
  bool Never(TruthId statement);
  // Whether a condition is true as soon as all that it is about is there.
  bool Always(SeriesId condition);
  // Whether b is true wherever a is.
  bool Implies(TruthId a, TruthId b) { return Never(And(a, Not(b))); }
  // Values for which a statement made For::kExample surely can hold: each by itself is measured, or
  // follows from what nothing else in the statement depends on.
  std::optional<prove::Assignment> Example(TruthId statement);
  // "error_rate = 4%, region = eu"; empty where nothing is to be said.
  std::string Text(const prove::Assignment& values) const;

  // What a series depends on in the end: measured signals, and alerts whose states it asks for.
  const std::set<DeclId>& SourcesOf(SeriesId series);
  // What was taken for granted of values in a series: "`queue` is a count, which is never
  // negative".
  std::vector<std::string> Granted(SeriesId series);

 private:
  struct Number {
    prove::NumberId value;
    TruthId known;
  };
  struct Bounds {
    std::optional<double> least;
    std::optional<double> most;
  };

  // truths.cpp
  Truth TruthOf(SeriesId id, For purpose);
  Truth MakeTruth(const check::SeriesNode& node, SeriesId id, For purpose);
  Truth Logic(const check::SeriesNode& node, For purpose);
  Truth Comparison(const check::SeriesNode& node, For purpose);
  Truth OnlyWhere(Truth truth, TruthId rows);
  TruthId Rows(const check::SeriesNode& node);
  std::optional<TruthId> Scope(SeriesId id, For purpose);
  bool OfLabels(SeriesId id) const;
  prove::VariableId Label(const std::string& name);
  std::size_t LabelValue(prove::VariableId label, const std::string& value);

  // numbers.cpp
  Number NumberOf(SeriesId id, For purpose);
  Number MakeNumber(const check::SeriesNode& node, SeriesId id, For purpose);
  Number Arithmetic(const check::SeriesNode& node, SeriesId id, For purpose);
  std::optional<prove::NumberId> Exact(ir::SeriesOp op, prove::NumberId a, prove::NumberId b);
  std::optional<prove::NumberId> Unrounded(ir::SeriesOp op, prove::NumberId a, prove::NumberId b);
  Number Rounded(ir::SeriesOp op, SeriesId id, Number a, Number b);
  void OfRounded(ir::SeriesOp op, prove::VariableId result, prove::NumberId a, prove::NumberId b);
  void OfMultiple(prove::VariableId result, double factor, prove::NumberId of);
  std::optional<double> Constant(prove::NumberId number) const;

  // atoms.cpp
  Number NumberAtom(SeriesId id);
  Truth TruthAtom(SeriesId id);
  std::uint32_t Key(SeriesId id);
  void OfWindow(SeriesId id, prove::VariableId value);
  TruthId Statement(TruthId statement, const std::map<prove::VariableId, std::vector<TruthId>>& of);

  // bounds.cpp
  Bounds BoundsOf(SeriesId id) const;
  Bounds BoundsOfCall(const check::SeriesNode& node) const;
  std::optional<std::string> GrantedOf(const check::Decl& signal) const;

  bool Separate(const prove::Assignment& values);
  prove::VariableId Add(prove::Variable variable, Meaning meaning);
  TruthId Known(prove::VariableId variable) { return formula_.Truth(variable); }

  const check::Policy& policy_;
  const diagnostics::SourceSet& sources_;
  prove::Formula formula_;
  prove::Prover prover_;
  std::vector<Meaning> meanings_;  // of the formula's variables
  std::map<std::pair<SeriesId, For>, Truth> truths_;
  std::map<std::pair<SeriesId, For>, Number> numbers_;
  std::map<SeriesId, std::uint32_t> keys_;
  std::map<std::string, std::uint32_t> known_keys_;
  std::map<std::uint32_t, prove::VariableId> atoms_;  // by key
  std::map<std::string, prove::VariableId> labels_;
  std::map<SeriesId, std::set<DeclId>> sources_of_;
  // What is certain of variables, for proofs, and what is likely of them, for examples.
  std::map<prove::VariableId, std::vector<TruthId>> certain_;
  std::map<prove::VariableId, std::vector<TruthId>> likely_;
  std::map<std::tuple<ir::SeriesOp, prove::NumberId, prove::NumberId>, prove::VariableId> rounded_;
  struct Multiple {
    prove::VariableId result;
    double factor;
    prove::NumberId of;
  };
  std::vector<Multiple> multiples_;
  struct Window {
    prove::VariableId value;
    std::uint32_t of;  // the key of the window
    std::string_view function;
  };
  std::vector<Window> windows_;
};

}  // namespace tocsin::analyze::conditions
