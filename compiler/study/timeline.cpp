#include "compiler/study/timeline.h"

#include <algorithm>
#include <span>

#include <fmt/format.h>

#include "runtime/base/utf8.h"
#include "runtime/diagnostics/diagnostic.h"
#include "runtime/values/units.h"

namespace tocsin::study {
namespace {

constexpr std::size_t kColumns = 80;
constexpr std::size_t kFiringsShown = 100;  // in the summary
constexpr std::size_t kDayCharacters = 10;  // `2026-11-23`
constexpr std::size_t kIndent = 20;         // of what happened: after the time and a word

// Where `width` characters end.
std::size_t EndOf(std::string_view text, std::size_t width) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < width && at < text.size(); ++i) at += base::Decode(text, at).length;
  return at;
}

// `text` in lines of at most `width` characters, broken at spaces.
std::vector<std::string> Wrap(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  for (std::size_t end; (end = EndOf(text, width)) < text.size();) {
    std::size_t cut = text.rfind(' ', end);
    if (cut == std::string_view::npos || cut == 0) cut = end;
    lines.emplace_back(text.substr(0, cut));
    text.remove_prefix(cut + (text[cut] == ' ' ? 1 : 0));
  }
  lines.emplace_back(text);
  return lines;
}

}  // namespace

Timeline::Timeline(const ir::Program& program, values::Instant begin,
                   std::function<void(std::string_view)> print)
    : program_(program),
      print_(std::move(print)),
      day_(values::FormatClock(begin, utc_).substr(0, kDayCharacters)),
      first_day_(day_) {}

void Timeline::Take(const engine::Decision& decision) {
  switch (decision.kind) {
    case engine::DecisionKind::kTransition:
      return Transition(decision);
    case engine::DecisionKind::kSend:
      return Send(decision);
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
      diagnostics::Shown(program_.machines[decision.alert.index].name + decision.key, 400);
  if (machine.kind == "alert" || machine.kind == "group") {
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
  const bool stays = decision.from == decision.to;
  const bool fires =
      decision.to == "firing" && decision.from != "firing" && decision.from != "clearing";
  const bool ends = decision.to == "inactive" && decision.from != "pending";
  const std::string_view word = stays   ? "note"
                                : fires ? "FIRING"
                                : ends  ? "over"
                                        : std::string_view(decision.to);
  Row(decision.at, word, fmt::format("{}{}", row, value));
  if (fires) {
    open_[std::string(row)] = firings_.size();
    firings_.push_back({std::string(row), decision.at, 0});
  } else if (const auto open = open_.find(row); ends && open != open_.end()) {
    firings_[open->second].end = decision.at;
    open_.erase(open);
  }
}

Timeline::Told& Timeline::ToldOf(const engine::Decision& decision) {
  const std::string& channel = program_.channels[decision.channel.index].name;
  return told_.try_emplace(decision.person, Told{decision.at, channel}).first->second;
}

void Timeline::Digest(const engine::Decision& decision) {
  ++ToldOf(decision).notices;
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
  Told& told = ToldOf(decision);
  ++(decision.action == "page"   ? told.pages
     : decision.action == "over" ? told.overs
                                 : told.notices);
  std::string text = fmt::format("{} by {}", decision.person, channel);
  if (decision.action != "over") text += fmt::format("  ({})", effect.purpose);
  Row(decision.at, decision.action, text);
  Said(decision.text);
  if (!decision.link.empty())
    print_(std::string(kIndent, ' ') + diagnostics::Shown(decision.link, 400));
}

void Timeline::Summary(const Simulation& simulation) {
  print_("");
  print_(firings_.empty() ? "Nothing fired." : "What fired");
  for (const Firing& firing : std::span(firings_).first(std::min(firings_.size(), kFiringsShown))) {
    const std::string begin = values::FormatClock(firing.begin, utc_);
    print_(firing.end == 0 ? fmt::format("  {}  {}  still firing", begin, firing.alert)
                           : fmt::format("  {}  {}  for {}", begin, firing.alert,
                                         values::FormatDuration(firing.end - firing.begin)));
  }
  if (firings_.size() > kFiringsShown)
    print_(fmt::format("  and {} more", firings_.size() - kFiringsShown));
  if (!told_.empty()) {
    print_("");
    print_(fmt::format("  {:<20} {:>6} {:>8} {:>6}   first", "who was told", "pages", "notices",
                       "over"));
  }
  for (const ir::Person& person : program_.people) {
    const auto told = told_.find(person.name);
    if (told == told_.end()) continue;
    std::string first = values::FormatClock(told->second.first, utc_);
    if (first.starts_with(first_day_)) first.erase(0, kDayCharacters + 1);
    print_(fmt::format("  {:<20} {:>6} {:>8} {:>6}   {} by {}", person.name, told->second.pages,
                       told->second.notices, told->second.overs, first, told->second.channel));
  }
  LeftOut(simulation);
}

// What the recording lacks or has in vain: a policy that watches the wrong metric stays silent.
void Timeline::LeftOut(const Simulation& simulation) {
  const engine::Stats& stats = simulation.stats;
  const std::uint64_t left_out = stats.samples_late + stats.samples_ahead;
  if (left_out > 0) {
    print_("");
    print_(fmt::format("  {} samples left out: {} too late, {} too far ahead", left_out,
                       stats.samples_late, stats.samples_ahead));
  }
  if (stats.series_refused > 0)
    print_(fmt::format("  {} series refused: outside the labels' domains", stats.series_refused));
  if (!simulation.unseen_signals.empty()) print_("");
  for (const ir::Signal& signal : program_.signals) {
    if (std::ranges::find(simulation.unseen_signals, signal.name) ==
        simulation.unseen_signals.end())
      continue;
    const std::string text =
        simulation.part
            ? fmt::format(
                  "nothing in this part of the recording is for the signal {}, which reads "
                  "{}",
                  signal.name, diagnostics::Shown(signal.metric))
            : fmt::format("nothing was recorded for the signal {}: no series of {} fits its source",
                          signal.name, diagnostics::Shown(signal.metric));
    for (const std::string& line : Wrap(text, kColumns - 2)) print_("  " + line);
  }
}

}  // namespace tocsin::study
