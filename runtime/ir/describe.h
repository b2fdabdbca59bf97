// The one description of every structure of a Program. An archive is called with each field's name
// and the field, in a fixed order; the binary and the text forms, their readers and the verifier's
// look at every value are archives, so none of them can know a field that another forgets.
//
// An archive has `operator()(std::string_view name, T& field)` and `static constexpr bool kReads`;
// one that reads also has `bool ok()` and `void Fail(std::string)`, after which what it gives is of
// no meaning.
#pragma once

#include <concepts>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "runtime/ir/program.h"

namespace tocsin::ir {

// Structures come constant to the archives that write.
template <class T, class Struct>
concept Of = std::same_as<std::remove_const_t<T>, Struct>;

// Structures that the text form shows on one line.
template <class T>
inline constexpr bool kOnOneLine =
    std::same_as<T, Place> || std::same_as<T, SourceCondition> || std::same_as<T, SourceLabel> ||
    std::same_as<T, Space> || std::same_as<T, NumberColumn> || std::same_as<T, TruthColumn> ||
    std::same_as<T, HoldColumn> || std::same_as<T, LabelTest> || std::same_as<T, HoldSlot> ||
    std::same_as<T, AnyColumn> || std::same_as<T, StateInput> || std::same_as<T, TickStep> ||
    std::same_as<T, values::ZonePeriod> || std::same_as<T, values::Turn> ||
    std::same_as<T, Recipient> || std::same_as<T, TextPart>;

template <class Archive>
void Describe(Archive& a, Of<Place> auto& p) {
  a("file", p.file);
  a("line", p.line);
}

// Labels and columns.

template <class Archive>
void Describe(Archive& a, Of<Label> auto& l) {
  a("name", l.name);
  a("closed", l.closed);
  a("values", l.values);
  a("bound", l.bound);
}
template <class Archive>
void Describe(Archive& a, Of<Space> auto& s) {
  a("labels", s.labels);
  a("row_bound", s.row_bound);
}
template <class Archive, class T>
  requires Of<T, NumberColumn> || Of<T, TruthColumn> || Of<T, HoldColumn>
void Describe(Archive& a, T& c) {
  a("name", c.name);
  a("space", c.space);
}

// Signals.

template <class Archive>
void Describe(Archive& a, Of<SourceCondition> auto& c) {
  a("label", c.label);
  a("equal", c.equal);
  a("value", c.value);
}
template <class Archive>
void Describe(Archive& a, Of<SourceLabel> auto& l) {
  a("label", l.label);
  a("from", l.from);
}
template <class Archive>
void Describe(Archive& a, Of<Signal> auto& s) {
  a("name", s.name);
  a("unit", s.unit);
  a("space", s.space);
  a("number", s.number);
  a("truth", s.truth);
  a("stale_ms", s.stale_ms);
  a("metric", s.metric);
  a("labels", s.labels);
  a("where", s.where);
  a("scale", s.scale);
  a("place", s.place);
}

// Series.

template <class Archive, class T>
  requires Of<T, SeriesInst> || Of<T, ScalarInst>
void Describe(Archive& a, T& i) {
  a("op", i.op);
  a("a", i.a);
  a("b", i.b);
}
template <class Archive>
void Describe(Archive& a, Of<Shape> auto& s) {
  a("code", s.code);
}
template <class Archive>
void Describe(Archive& a, Of<LabelTest> auto& t) {
  a("label", t.label);
  a("value", t.value);
}
template <class Archive>
void Describe(Archive& a, Of<HoldSlot> auto& h) {
  a("state", h.state);
  a("duration_ms", h.duration_ms);
}
template <class Archive>
void Describe(Archive& a, Of<Kernel> auto& k) {
  a("name", k.name);
  a("shape", k.shape);
  a("space", k.space);
  a("numbers_in", k.numbers_in);
  a("truths_in", k.truths_in);
  a("constants", k.constants);
  a("label_tests", k.label_tests);
  a("holds", k.holds);
  a("numbers_out", k.numbers_out);
  a("truths_out", k.truths_out);
  a("place", k.place);
}
template <class Archive>
void Describe(Archive& a, Of<ColumnCall> auto& c) {
  a("function", c.function);
  a("space", c.space);
  a("arguments", c.arguments);
  a("parameters", c.parameters);
  a("result", c.result);
}
template <class Archive>
void Describe(Archive& a, Of<AnyColumn> auto& c) {
  a("number", c.number);
  a("truth", c.truth);
}
template <class Archive>
void Describe(Archive& a, Of<Window> auto& w) {
  a("function", w.function);
  a("space", w.space);
  a("signal", w.signal);
  a("of", w.of);
  a("length_ms", w.length_ms);
  a("parameters", w.parameters);
  a("result", w.result);
}
template <class Archive>
void Describe(Archive& a, Of<Fold> auto& f) {
  a("function", f.function);
  a("from", f.from);
  a("to", f.to);
  a("of", f.of);
  a("within", f.within);
  a("bound", f.bound);
  a("parameters", f.parameters);
  a("result", f.result);
}
template <class Archive>
void Describe(Archive& a, Of<Lookup> auto& l) {
  a("from", l.from);
  a("to", l.to);
  a("of", l.of);
  a("result", l.result);
}
template <class Archive>
void Describe(Archive& a, Of<Earlier> auto& e) {
  a("space", e.space);
  a("of", e.of);
  a("ago_ms", e.ago_ms);
  a("result", e.result);
}
template <class Archive>
void Describe(Archive& a, Of<TickStep> auto& s) {
  a("kind", s.kind);
  a("what", s.what);
}

// People.

template <class Archive>
void Describe(Archive& a, Of<Channel> auto& c) {
  a("name", c.name);
  a("title", c.title);
  a("text_limit", c.text_limit);
  a("limit", c.limit);
  a("limit_ms", c.limit_ms);
  a("over_by", c.over_by);
  a("markup", c.markup);
}
template <class Archive>
void Describe(Archive& a, Of<Person> auto& p) {
  a("name", p.name);
  a("title", p.title);
  a("contact", p.contact);
  a("zone", p.zone);
}
template <class Archive>
void Describe(Archive& a, Of<values::ZonePeriod> auto& p) {
  a("begin", p.begin);
  a("offset_s", p.offset_s);
}
template <class Archive>
void Describe(Archive& a, Of<Zone> auto& z) {
  std::string name = z.zone.name();
  std::vector<values::ZonePeriod> periods = z.zone.periods();
  a("name", name);
  a("periods", periods);
  if constexpr (Archive::kReads) {
    if (!a.ok()) return;
    if (!values::Zone::ValidPeriods(periods)) return a.Fail("a zone's periods are not in order");
    z.zone = values::Zone(std::move(name), std::move(periods));
  }
}
template <class Archive>
void Describe(Archive& a, Of<values::Turn> auto& t) {
  a("every", t.every);
  a("weekday", t.weekday);
  a("minute_of_day", t.minute_of_day);
}
template <class Archive>
void Describe(Archive& a, Of<Schedule> auto& s) {
  a("name", s.name);
  a("people", s.people);
  a("turn", s.turn);
  a("zone", s.zone);
  a("during", s.during);
}
template <class Archive>
void Describe(Archive& a, Of<values::HoursPart> auto& p) {
  a("sort", p.sort);
  a("out", p.out);
  a("weekdays", p.weekdays);
  a("from_minute", p.from_minute);
  a("to_minute", p.to_minute);
  a("first_day", p.first_day);
  a("last_day", p.last_day);
  a("calendar", p.calendar);
}
template <class Archive>
void Describe(Archive& a, Of<Calendar> auto& c) {
  a("name", c.name);
  a("zone", c.zone);
  a("parts", c.parts);
}
template <class Archive>
void Describe(Archive& a, Of<Tier> auto& t) {
  a("name", t.name);
  a("title", t.title);
  a("available", t.available);
  a("schedules", t.schedules);
}
template <class Archive>
void Describe(Archive& a, Of<Recipient> auto& r) {
  a("person", r.person);
  a("tier", r.tier);
}

// Texts and machines.

template <class Archive>
void Describe(Archive& a, Of<TextPart> auto& p) {
  a("kind", p.kind);
  a("text", p.text);
  a("unit", p.unit);
}
template <class Archive>
void Describe(Archive& a, Of<Text> auto& t) {
  a("parts", t.parts);
}
template <class Archive>
void Describe(Archive& a, Of<Transition> auto& t) {
  a("from", t.from);
  a("to", t.to);
  a("trigger", t.trigger);
  a("argument", t.argument);
  a("guard", t.guard);
  a("action", t.action);
  a("because", t.because);
  a("place", t.place);
}
template <class Archive>
void Describe(Archive& a, Of<Effect> auto& e) {
  a("action", e.action);
  a("to", e.to);
  a("via", e.via);
  a("only", e.only);
  a("text", e.text);
  a("step", e.step);
  a("began", e.began);
  a("urgent", e.urgent);
  a("duty", e.duty);
  a("duty_machine", e.duty_machine);
  a("purpose", e.purpose);
  a("place", e.place);
}
template <class Archive>
void Describe(Archive& a, Of<Machine> auto& m) {
  a("name", m.name);
  a("kind", m.kind);
  a("key", m.key);
  a("space", m.space);
  a("states", m.states);
  a("final_states", m.final_states);
  a("fields", m.fields);
  a("timers", m.timers);
  a("inputs", m.inputs);
  a("value", m.value);
  a("headline", m.headline);
  a("link", m.link);
  a("members", m.members);
  a("members_value", m.members_value);
  a("group", m.group);
  a("children", m.children);
  a("effects", m.effects);
  a("transitions", m.transitions);
  a("place", m.place);
}

template <class Archive>
void Describe(Archive& a, Of<StateInput> auto& s) {
  a("machine", s.machine);
  a("state", s.state);
  a("result", s.result);
}

template <class Archive>
void Describe(Archive& a, Of<Program> auto& p) {
  a("policy", p.policy);
  a("title", p.title);
  a("edition", p.edition);
  a("resolution_ms", p.resolution_ms);
  a("grace_ms", p.grace_ms);
  a("tzdata", p.tzdata);
  a("labels", p.labels);
  a("spaces", p.spaces);
  a("numbers", p.numbers);
  a("truths", p.truths);
  a("holds", p.holds);
  a("signals", p.signals);
  a("shapes", p.shapes);
  a("kernels", p.kernels);
  a("calls", p.calls);
  a("windows", p.windows);
  a("folds", p.folds);
  a("lookups", p.lookups);
  a("earlier", p.earlier);
  a("tick", p.tick);
  a("channels", p.channels);
  a("people", p.people);
  a("zones", p.zones);
  a("calendars", p.calendars);
  a("tiers", p.tiers);
  a("texts", p.texts);
  a("events", p.events);
  a("states", p.states);
  a("machines", p.machines);
}

}  // namespace tocsin::ir
