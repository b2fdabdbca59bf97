#include "runtime/engine/effects.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "runtime/engine/cover.h"
#include "runtime/engine/fitted.h"
#include "runtime/engine/on_call.h"

namespace tocsin::engine {
namespace {

std::string Escaped(std::string_view part) {
  std::string escaped;
  for (char byte : part) {
    if (byte == '%') {
      escaped += "%25";
    } else if (byte == '/') {
      escaped += "%2F";
    } else {
      escaped += byte;
    }
  }
  return escaped;
}

std::string Identity(const ir::Program& program, const Decision& decision,
                     const ir::Effect& effect) {
  const std::string& machine = program.machines[decision.machine.index].name;
  std::string key(decision.alert == decision.machine ? std::string_view()
                                                     : program.machines[decision.alert.index].name);
  key += decision.key;
  std::string action(decision.action);
  if (effect.via.valid()) action += " by " + program.channels[effect.via.index].name;
  return fmt::format("{}/{}/{}/{}/{}/{}/{}", Escaped(program.policy), Escaped(machine),
                     Escaped(key), decision.epoch, Escaped(decision.step), Escaped(action),
                     Escaped(decision.person));
}

}  // namespace

std::uint64_t Decisions::Take(Decision& decision) {
  decision.id = ++last_;
  stats_.transitions += decision.kind == DecisionKind::kTransition ? 1u : 0u;
  stats_.sends += IsMessage(decision.kind) ? 1u : 0u;
  stats_.held += decision.kind == DecisionKind::kHeld ? 1u : 0u;
  sink_.Take(decision);
  return decision.id;
}

Decision& Decisions::Next(const ir::Program& program, const Columns& columns, InstanceRef about,
                          const Place& place, values::Instant now) {
  Decision& decision = Next();
  decision.at = now;
  decision.machine = place.machine;
  decision.alert = about.root;
  decision.key.Lend(columns.rows(program.machines[about.root.index].space).Key(about.row));
  if (place.child != nullptr && place.child->person.valid())
    decision.person.Lend(program.people[place.child->person.index].name);
  decision.epoch = Instances::EpochAt(place);
  return decision;
}

std::string StepText(const ir::Machine& machine, const ir::Effect& effect,
                     const std::int64_t* fields) {
  std::string text;
  for (std::uint32_t field : effect.step) {
    if (!text.empty()) text += ", ";
    text += fmt::format("{} {}", machine.fields[field], fields[field]);
  }
  return text;
}

std::vector<ir::PersonId> Effects::Recipients(InstanceRef instance, const ir::Effect& effect,
                                              values::Instant now) const {
  if (!effect.to.empty()) return Asked(program_, effect.to, effect.only, now);
  const ir::PersonId person = instances_.PersonOf(instance);
  if (!person.valid() || !IsOpen(program_, effect.only, now)) return {};
  return {person};
}

// Word that it is over goes by the channel that the one by which the person was told names for
// that.
ir::ChannelId Effects::ChannelFor(InstanceRef instance, const ir::Effect& effect,
                                  ir::PersonId person) const {
  if (effect.via.valid()) return effect.via;
  const Child* child = std::as_const(instances_).FindChild(instance);
  if (effect.to.empty() && child != nullptr && child->told_by.valid()) {
    const ir::ChannelId over_by = program_.channels[child->told_by.index].over_by;
    return over_by.valid() ? over_by : child->told_by;
  }
  return program_.people[person.index].contact.front();
}

// Which time something is about is the row's matter, whoever below it says so.
Occasion Effects::OccasionOf(InstanceRef instance, values::Instant now,
                             values::Instant began) const {
  instance.child = ChildId::kNone;
  return {{}, Instances::EpochAt(instances_.PlaceOf(instance)), now, began};
}

std::string Effects::OnChannel(std::string_view text, ir::ChannelId id) const {
  const ir::Channel& channel = program_.channels[id.index];
  return Fitted(text, channel.markup, channel.text_limit);
}

std::vector<Told> Effects::Send(InstanceRef instance, const ir::Effect& effect, std::uint32_t place,
                                const std::string& step, values::Instant began, values::Instant now,
                                std::uint64_t cause) {
  std::vector<Told> told;
  Occasion occasion = OccasionOf(instance, now, began);
  const bool same = texts_.IsSameForAll(effect.text);
  std::string text;
  const std::string link = texts_.Link(instance.root, instance.row);
  for (ir::PersonId person : Recipients(instance, effect, now)) {
    const ir::ChannelId channel = ChannelFor(instance, effect, person);
    occasion.person = person;
    if (!same || told.empty())
      text = texts_.Render(effect.text, instance.root, instance.row, occasion);
    Decision& send =
        decisions_.Next(program_, columns_, instance, instances_.PlaceOf(instance), now);
    send.kind = DecisionKind::kSend;
    send.cause = cause;
    send.person.Lend(program_.people[person.index].name);
    send.effect = place;
    send.action.Lend(effect.action);
    send.channel = channel;
    send.text = OnChannel(text, channel);
    send.link.Lend(link);
    send.step.Lend(step);
    send.because.Lend(effect.purpose);
    send.identity = Identity(program_, send, effect);
    const bool admitted = limits_.Admit(person, channel, effect.urgent, now);
    if (!admitted) {
      send.kind = DecisionKind::kHeld;
      const ir::Channel& limited = program_.channels[channel.index];
      send.because = fmt::format("{} had {} messages by {} within {}", send.person, limited.limit,
                                 limited.name, values::FormatDuration(limited.limit_ms));
    }
    const std::uint64_t decision = decisions_.Take(send);
    if (!admitted) limits_.Hold(person, channel, effect.action == "page", text, decision);
    told.push_back({person, channel, decision});
  }
  return told;
}

void Effects::Ask(InstanceRef instance, const ir::Effect& effect, std::uint32_t place,
                  const std::string& step, values::Instant began, values::Instant now,
                  std::uint64_t cause) {
  Decision& ask = decisions_.Next(program_, columns_, instance, instances_.PlaceOf(instance), now);
  ask.kind = DecisionKind::kRequest;
  ask.cause = cause;
  ask.effect = place;
  ask.action.Lend(effect.action);
  ask.channel = effect.via;
  ask.text =
      texts_.Render(effect.text, instance.root, instance.row, OccasionOf(instance, now, began));
  ask.step.Lend(step);
  ask.because.Lend(effect.purpose);
  ask.identity = Identity(program_, ask, effect);
  decisions_.Take(ask);
}

void Effects::SendDigest() {
  const Limits::Digest digest = limits_.TakeFirst();
  const ir::Channel& channel = program_.channels[digest.channel.index];
  Decision& send = decisions_.Next();
  send.at = digest.due;
  send.kind = DecisionKind::kDigest;
  send.cause = digest.held.last;
  send.person = program_.people[digest.person.index].name;
  send.action = "digest";
  send.channel = digest.channel;
  std::string text = fmt::format("{} messages were held back", digest.held.count);
  if (digest.held.pages > 0) text += fmt::format(", {} of them pages", digest.held.pages);
  text += ": ";
  for (std::size_t i = 0; i < digest.held.texts.size(); ++i)
    text += (i == 0 ? "" : "; ") + digest.held.texts[i];
  if (digest.held.count > digest.held.texts.size())
    text += fmt::format("; and {} more", digest.held.count - digest.held.texts.size());
  send.text = OnChannel(text, digest.channel);
  send.because = fmt::format("the limit of {}: {} messages within {}", channel.name, channel.limit,
                             values::FormatDuration(channel.limit_ms));
  send.identity = fmt::format("{}/{}/digest/{}/{}", Escaped(program_.policy), Escaped(channel.name),
                              digest.number, Escaped(send.person));
  decisions_.Take(send);
}

}  // namespace tocsin::engine
