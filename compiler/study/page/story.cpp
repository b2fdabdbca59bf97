#include "compiler/study/page/story.h"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "runtime/values/units.h"

namespace tocsin::study::page {
namespace {

// What an alert says of a row, without `says` its name and key.
std::string Headline(const ir::Program& program, const engine::Decision& decision) {
  const ir::Machine& machine = program.machines[decision.machine.index];
  if (!machine.headline.valid()) return RowName(program, decision.machine, decision.key);
  const auto labels = LabelsOf(decision.key);
  std::string text;
  for (const ir::TextPart& part : program.texts[machine.headline.index].parts) {
    switch (part.kind) {
      case ir::TextPartKind::kText:
        text += part.text;
        break;
      case ir::TextPartKind::kTitle:
        text += machine.name;
        break;
      case ir::TextPartKind::kValue:
        text += decision.has_value ? values::FormatQuantity(decision.value, part.unit) : "absent";
        break;
      case ir::TextPartKind::kLabel: {
        const auto label =
            std::ranges::find(labels, part.text, [](const auto& l) { return l.first; });
        if (label != labels.end()) text += label->second;
        break;
      }
      default:
        // A decision does not say which rows there were.
        return RowName(program, decision.machine, decision.key);
    }
  }
  return text;
}

}  // namespace

std::string RowName(const ir::Program& program, ir::MachineId alert, std::string_view key) {
  std::string name = program.machines[alert.index].name;
  return key == "{}" ? name : name.append(key);
}

std::vector<std::pair<std::string, std::string>> LabelsOf(std::string_view key) {
  std::vector<std::pair<std::string, std::string>> labels;
  std::size_t at = 1;
  while (at < key.size() && key[at] != '}') {
    const std::size_t equals = key.find("=\"", at);
    if (equals == std::string_view::npos) break;
    std::string name(key.substr(at, equals - at));
    std::string value;
    for (at = equals + 2; at < key.size() && key[at] != '"'; ++at) {
      if (key[at] == '\\' && at + 1 < key.size()) {
        ++at;
        value += key[at] == 'n' ? '\n' : key[at];
      } else {
        value += key[at];
      }
    }
    labels.emplace_back(std::move(name), std::move(value));
    ++at;
    if (at < key.size() && key[at] == ',') ++at;
  }
  return labels;
}

void Story::Take(const engine::Decision& decision) {
  if (decision.kind == engine::DecisionKind::kSend) return Send(decision);
  if (decision.kind == engine::DecisionKind::kDigest) {
    return Enter(
        decision.at, "digest",
        fmt::format("{} by {}", decision.person, program_.channels[decision.channel.index].name),
        decision.text);
  }
  if (decision.kind == engine::DecisionKind::kRequest) {
    return Enter(
        decision.at, "asks",
        fmt::format("{} by {}", decision.action, program_.channels[decision.channel.index].name),
        decision.text);
  }
  if (decision.kind == engine::DecisionKind::kHeld) {
    return Enter(decision.at, "held", fmt::format("{} to {}", decision.action, decision.person),
                 decision.because);
  }
  if (decision.kind != engine::DecisionKind::kTransition) return;
  const ir::Machine& machine = program_.machines[decision.machine.index];
  if (const AlertStep step = StepOf(program_, decision); step != AlertStep::kNone)
    return Alert(decision, step);
  if (machine.kind == "escalation") Acknowledgement(decision, machine);
}

Lane* Story::LaneOf(const engine::Decision& decision) {
  const std::pair place(static_cast<std::uint32_t>(decision.alert.index), decision.key);
  if (const auto found = places_.find(place); found != places_.end()) return &lanes_[found->second];
  if (lanes_.size() >= kMaxLanes) {
    ++left_out_;
    return nullptr;
  }
  places_.emplace(place, lanes_.size());
  lanes_.push_back({.alert = decision.alert, .key = decision.key});
  return &lanes_.back();
}

void Story::Open(Lane& lane, SpanKind kind, values::Instant at, std::string note) {
  if (lane.begin == 0) lane.begin = at;
  if (spans_ >= kMaxSpans) {
    ++left_out_;
    return;
  }
  ++spans_;
  lane.open[static_cast<std::size_t>(kind)] = lane.spans.size();
  lane.spans.push_back({kind, at, at, false, std::move(note)});
}

void Story::Close(Lane& lane, SpanKind kind, values::Instant at, bool open) {
  lane.end = std::max(lane.end, at);
  std::size_t& place = lane.open[static_cast<std::size_t>(kind)];
  if (place == SIZE_MAX) return;
  Span& span = lane.spans[place];
  span.end = at;
  span.open = open;
  if (kind == SpanKind::kFiring) lane.total_ms += span.end - span.begin;
  place = SIZE_MAX;
}

void Story::Alert(const engine::Decision& decision, AlertStep step) {
  Lane* lane = LaneOf(decision);
  if (lane == nullptr) return;
  const values::Instant at = decision.at;
  const std::string row = RowName(program_, decision.machine, decision.key);
  switch (step) {
    case AlertStep::kNone:
      return;
    case AlertStep::kPends:
      return Open(*lane, SpanKind::kPending, at);
    case AlertStep::kGivesUp:
      return Close(*lane, SpanKind::kPending, at);
    case AlertStep::kClears:
      return Open(*lane, SpanKind::kClearing, at);
    case AlertStep::kNotOver:
      return Close(*lane, SpanKind::kClearing, at);
    case AlertStep::kFires:
      Close(*lane, SpanKind::kPending, at);
      Open(*lane, SpanKind::kFiring, at);
      if (lane->fired++ == 0) {
        lane->first_fired = at;
        lane->headline = Headline(program_, decision);
      }
      return Enter(at, "FIRING", row, decision.because);
    case AlertStep::kEnds:
      for (const SpanKind kind :
           {SpanKind::kFiring, SpanKind::kClearing, SpanKind::kAcknowledged}) {
        Close(*lane, kind, at);
      }
      return Enter(at, "over", row, decision.because);
  }
}

void Story::Put(Lane& lane, Mark mark) {
  if (marks_ >= kMaxMarks) {
    ++left_out_;
    return;
  }
  ++marks_;
  lane.end = std::max(lane.end, mark.at);
  lane.marks.push_back(std::move(mark));
}

void Story::Send(const engine::Decision& decision) {
  Lane* lane = LaneOf(decision);
  if (lane == nullptr) return;
  const std::string& channel = program_.channels[decision.channel.index].name;
  const MarkKind kind = decision.action == "page"   ? MarkKind::kPage
                        : decision.action == "over" ? MarkKind::kOver
                                                    : MarkKind::kNotice;
  if (kind == MarkKind::kPage && lane->pages++ == 0) {
    lane->first_page = decision.at;
    lane->first_paged = decision.person;
    lane->first_channel = channel;
  }
  // What rows are told of together says how many there are, which a transition does not know.
  const bool group = program_.machines[lane->alert.index].kind == "group";
  if (group && lane->marks.empty() && kind != MarkKind::kOver) lane->headline = decision.text;
  Put(*lane, {kind, decision.at, decision.person, channel, decision.text});
  Enter(decision.at, decision.action, fmt::format("{} by {}", decision.person, channel),
        decision.text);
}

void Story::Acknowledgement(const engine::Decision& decision, const ir::Machine& machine) {
  Lane* lane = LaneOf(decision);
  if (lane == nullptr) return;
  const ir::TriggerKind trigger = machine.transitions[decision.transition].trigger;
  // Whatever an escalation does next, nobody holds it any more.
  Close(*lane, SpanKind::kAcknowledged, decision.at);
  if (trigger == ir::TriggerKind::kEvent) {
    const std::string by = decision.by.empty() ? "somebody" : decision.by;
    if (lane->first_ack == 0) {
      lane->first_ack = decision.at;
      lane->first_ack_by = by;
    }
    Open(*lane, SpanKind::kAcknowledged, decision.at, by);
    Put(*lane, {MarkKind::kAck, decision.at, by, "", ""});
    Enter(decision.at, "ACK",
          fmt::format("{} of {} by {}", machine.name,
                      RowName(program_, decision.alert, decision.key), by),
          "");
  } else if (trigger == ir::TriggerKind::kTimer) {
    Enter(decision.at, "climb", fmt::format("{}: {}", machine.name, decision.to), decision.because);
  }
}

void Story::Enter(values::Instant at, std::string word, std::string text, std::string detail) {
  if (entries_.size() >= kMaxEntries) {
    ++entries_left_out_;
    return;
  }
  entries_.push_back({at, std::move(word), std::move(text), std::move(detail)});
}

void Story::Finish(values::Instant end) {
  for (Lane& lane : lanes_) {
    lane.firing = lane.open[static_cast<std::size_t>(SpanKind::kFiring)] != SIZE_MAX;
    for (std::size_t kind = 0; kind < lane.open.size(); ++kind) {
      if (lane.open[kind] != SIZE_MAX) Close(lane, static_cast<SpanKind>(kind), end, true);
    }
  }
  std::ranges::stable_sort(lanes_, [](const Lane& a, const Lane& b) {
    return std::tie(a.pages, a.total_ms, a.fired) > std::tie(b.pages, b.total_ms, b.fired);
  });
}

}  // namespace tocsin::study::page
