#include "compiler/study/decision_json.h"

#include <boost/json.hpp>

#include "runtime/ir/words.h"

namespace tocsin::study {
namespace {

namespace json = boost::json;

std::string_view Word(engine::DecisionKind kind) {
  switch (kind) {
    case engine::DecisionKind::kTransition:
      return "transition";
    case engine::DecisionKind::kSend:
      return "send";
    case engine::DecisionKind::kRequest:
      return "request";
    case engine::DecisionKind::kHeld:
      return "held";
    case engine::DecisionKind::kDigest:
      return "digest";
    case engine::DecisionKind::kIgnored:
      return "ignored";
    case engine::DecisionKind::kRefused:
      return "refused";
  }
  return "";
}

void PutPlace(json::object& object, const ir::Place& place) {
  if (!place.file.empty()) object["source"] = {{"file", place.file}, {"line", place.line}};
}

void Transition(const ir::Program& program, const engine::Decision& decision,
                json::object& object) {
  const ir::Machine& machine = program.machines[decision.machine.index];
  object["from"] = decision.from;
  object["to"] = decision.to;
  object["trigger"] = ir::Word(decision.trigger);
  if (decision.has_value) object["value"] = decision.value;
  if (!decision.by.empty()) object["by"] = decision.by;
  object["because"] = decision.because;
  PutPlace(object, machine.transitions[decision.transition].place);
}

void Message(const ir::Program& program, const engine::Decision& decision, json::object& object) {
  object["action"] = decision.action;
  if (!decision.person.empty()) object["to"] = decision.person;
  object["via"] = program.channels[decision.channel.index].name;
  object["text"] = decision.text;
  if (!decision.link.empty()) object["link"] = decision.link;
}

void Send(const ir::Program& program, const engine::Decision& decision, json::object& object) {
  const ir::Effect& effect = program.machines[decision.machine.index].effects[decision.effect];
  Message(program, decision, object);
  object["purpose"] = effect.purpose;
  if (!decision.step.empty()) object["step"] = decision.step;
  object["identity"] = decision.identity;
  PutPlace(object, effect.place);
}

}  // namespace

std::string DecisionJson(const ir::Program& program, const engine::Decision& decision) {
  json::object object;
  object["type"] = Word(decision.kind);
  object["id"] = decision.id;
  object["cause"] = decision.cause;
  object["at"] = values::FormatInstant(decision.at);
  if (decision.machine.valid()) {
    const ir::Machine& machine = program.machines[decision.machine.index];
    object["machine"] = machine.name;
    object["kind"] = machine.kind;
  }
  if (decision.alert.valid()) object["alert"] = program.machines[decision.alert.index].name;
  if (decision.kind != engine::DecisionKind::kDigest) object["key"] = decision.key;
  if (decision.kind == engine::DecisionKind::kTransition ||
      decision.kind == engine::DecisionKind::kSend ||
      decision.kind == engine::DecisionKind::kRequest ||
      decision.kind == engine::DecisionKind::kHeld) {
    object["epoch"] = decision.epoch;
  }
  switch (decision.kind) {
    case engine::DecisionKind::kTransition:
      Transition(program, decision, object);
      break;
    case engine::DecisionKind::kSend:
    case engine::DecisionKind::kRequest:
      Send(program, decision, object);
      break;
    case engine::DecisionKind::kHeld:
      Send(program, decision, object);
      object["because"] = decision.because;
      break;
    case engine::DecisionKind::kDigest:
      Message(program, decision, object);
      object["because"] = decision.because;
      object["identity"] = decision.identity;
      break;
    case engine::DecisionKind::kIgnored:
    case engine::DecisionKind::kRefused:
      object["because"] = decision.because;
      break;
  }
  return json::serialize(object);
}

std::string TallyJson(const ir::Program& program, const Tally& tally, const Only& only) {
  std::string lines;
  for (const AlertTally& alert : tally.Alerts()) {
    if (!alert.pended || !only.Shows(alert.alert)) continue;
    json::object object;
    object["type"] = "alert";
    object["alert"] = program.machines[alert.alert.index].name;
    object["pages"] = alert.pages;
    object["other_messages"] = alert.other;
    object["rows_fired"] = alert.rows;
    object["fired"] = alert.fired;
    object["firing_ms"] = alert.total_ms;
    object["longest_ms"] = alert.longest_ms;
    object["flaps"] = alert.flaps;
    object["brief"] = alert.brief;
    object["still_firing"] = alert.open;
    lines += json::serialize(object) + "\n";
  }
  for (const PersonTally& person : tally.People()) {
    json::object object;
    object["type"] = "person";
    object["person"] = program.people[person.person.index].name;
    object["zone"] = tally.ZoneOf(person.person).name();
    object["pages"] = person.pages;
    object["pages_at_night"] = person.pages_at_night;
    object["notices"] = person.notices;
    object["overs"] = person.overs;
    object["first"] = values::FormatInstant(person.first);
    object["first_via"] = person.channel;
    object["last"] = values::FormatInstant(person.last);
    lines += json::serialize(object) + "\n";
  }
  return lines;
}

std::string SummaryJson(const ir::Program& program, const Simulation& simulation,
                        const Tally& tally, const Only& only) {
  const loop::ReplayResult& replay = simulation.replay;
  json::object object;
  object["type"] = "summary";
  if (replay.first_tick) object["first_tick"] = values::FormatInstant(*replay.first_tick);
  object["end"] = values::FormatInstant(replay.end);
  object["ticks"] = replay.ticks;
  object["samples"] = simulation.stats.samples;
  object["samples_unread"] = replay.samples_unread;
  object["samples_late"] = simulation.stats.samples_late;
  object["samples_ahead"] = simulation.stats.samples_ahead;
  object["series_refused"] = simulation.stats.series_refused;
  object["signals_unseen"] =
      json::array(simulation.unseen_signals.begin(), simulation.unseen_signals.end());
  object["events"] = replay.events;
  object["transitions"] = simulation.stats.transitions;
  object["sends"] = simulation.stats.sends;
  object["held"] = simulation.stats.held;
  object["repeats"] = simulation.repeats;
  json::array silent;
  for (const AlertTally& alert : tally.Alerts()) {
    if (!alert.pended && only.Shows(alert.alert))
      silent.emplace_back(program.machines[alert.alert.index].name);
  }
  object["never_pending"] = std::move(silent);
  return json::serialize(object);
}

}  // namespace tocsin::study
