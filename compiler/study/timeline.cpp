#include "compiler/study/timeline.h"

#include <fmt/format.h>

#include "compiler/study/lines.h"
#include "compiler/study/tally.h"
#include "runtime/diagnostics/diagnostic.h"
#include "runtime/values/units.h"

namespace tocsin::study {
namespace {

constexpr std::size_t kDayCharacters = 10;  // `2026-11-23`
constexpr std::size_t kIndent = 20;         // of what happened: after the time and a word

}  // namespace

Timeline::Timeline(const ir::Program& program, values::Instant begin,
                   std::function<void(std::string_view)> print)
    : program_(program),
      print_(std::move(print)),
      day_(values::FormatClock(begin, utc_).substr(0, kDayCharacters)) {}

void Timeline::Take(const engine::Decision& decision) {
  switch (decision.kind) {
    case engine::DecisionKind::kTransition:
      return Transition(decision);
    case engine::DecisionKind::kSend:
      return Send(decision);
    case engine::DecisionKind::kRequest:
      Row(decision.at, "asks",
          fmt::format("{} by {}  ({})", decision.text,
                      program_.channels[decision.channel.index].name, decision.because));
      return;
    case engine::DecisionKind::kHeld:
      Row(decision.at, "held",
          fmt::format("{} to {} by {}", decision.action, decision.person,
                      program_.channels[decision.channel.index].name));
      return Because(decision.because, {});
    case engine::DecisionKind::kDigest:
      return Digest(decision);
    case engine::DecisionKind::kIgnored:
      Row(decision.at, "ignored", decision.because);
      return;
    case engine::DecisionKind::kRefused:
      Row(decision.at, "refused", fmt::format("{}: {}", decision.key, decision.because));
      return;
  }
}

void Timeline::Row(values::Instant at, std::string_view what, std::string_view text) {
  const std::string stamp = values::FormatClock(at, utc_);
  const bool same = stamp == last_stamp_;
  if (!same) print_("");
  const std::string day = stamp.substr(0, kDayCharacters);
  if (day != day_) print_(day);
  day_ = day;
  last_stamp_ = stamp;
  std::string line = fmt::format(
      "{:<9} {:<9} ", same ? "" : std::string_view(stamp).substr(kDayCharacters + 1), what);
  for (const std::string& part : Wrap(diagnostics::Shown(text, 400), kColumns - kIndent)) {
    print_(line + part);
    line = std::string(kIndent, ' ');
  }
}

void Timeline::Because(std::string_view why, const ir::Place& place) {
  if (why.empty()) return;
  std::string text = fmt::format("because {}", why);
  if (!place.file.empty()) text += fmt::format(" ({}:{})", place.file, place.line);
  for (const std::string& part : Wrap(text, kColumns - kIndent))
    print_(std::string(kIndent, ' ') + part);
}

void Timeline::Transition(const engine::Decision& decision) {
  const ir::Machine& machine = program_.machines[decision.machine.index];
  const ir::Transition& transition = machine.transitions[decision.transition];
  const std::string row =
      diagnostics::Shown(program_.machines[decision.alert.index].name + decision.key.str(), 400);
  if (machine.kind == "group") {
    Row(decision.at, decision.to == "firing" ? "FIRING" : "over", row);
  } else if (machine.kind == "alert") {
    AlertTransition(decision, machine, row);
  } else if (machine.kind == "incident") {
    Row(decision.at, decision.from == decision.to ? "opens" : "closes",
        fmt::format("{} of {}", machine.name, row));
    return;
  } else if (machine.kind == "escalation") {
    if (transition.trigger == ir::TriggerKind::kEvent) {
      Row(decision.at, "ACK",
          fmt::format("{} of {} by {}", machine.name, row,
                      decision.by.empty() ? "somebody" : decision.by));
      return;
    }
    if (transition.trigger == ir::TriggerKind::kParentEnded) return;
    Row(decision.at, "climb", fmt::format("{} of {}: {}", machine.name, row, decision.to));
  } else {
    return;  // a duty shows in the message it sends
  }
  Because(decision.because, transition.place);
}

void Timeline::AlertTransition(const engine::Decision& decision, const ir::Machine& machine,
                               std::string_view row) {
  std::string value;
  const ir::TextId headline =
      machine.group.valid() ? program_.machines[machine.group.index].headline : machine.headline;
  if (decision.has_value && headline.valid()) {
    for (const ir::TextPart& part : program_.texts[headline.index].parts) {
      if (part.kind == ir::TextPartKind::kValue)
        value = "  value " + values::FormatQuantity(decision.value, part.unit);
    }
  }
  const AlertStep step = StepOf(program_, decision);
  const std::string_view word = step == AlertStep::kNone    ? "note"
                                : step == AlertStep::kFires ? "FIRING"
                                : step == AlertStep::kEnds  ? "over"
                                                            : std::string_view(decision.to);
  Row(decision.at, word, fmt::format("{}{}", row, value));
}

void Timeline::Digest(const engine::Decision& decision) {
  Row(decision.at, "digest",
      fmt::format("{} by {}", decision.person, program_.channels[decision.channel.index].name));
  Said(decision.text);
}

void Timeline::Said(std::string_view text) {
  for (const std::string& part : Wrap(fmt::format("\"{}\"", text), kColumns - kIndent))
    print_(std::string(kIndent, ' ') + part);
}

void Timeline::Send(const engine::Decision& decision) {
  const ir::Effect& effect = program_.machines[decision.machine.index].effects[decision.effect];
  const std::string& channel = program_.channels[decision.channel.index].name;
  std::string text = fmt::format("{} by {}", decision.person, channel);
  if (decision.action != "over") text += fmt::format("  ({})", effect.purpose);
  Row(decision.at, decision.action, text);
  Said(decision.text);
  if (!decision.link.empty())
    print_(std::string(kIndent, ' ') + diagnostics::Shown(decision.link, 400));
}

}  // namespace tocsin::study
