// A lane for each row that was pending or fired: its spans, and below them who was told.

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "compiler/study/page/parts.h"

namespace tocsin::study::page {
namespace {

constexpr double kHair = 0.25;  // per cent: spans and marks that lie nearer are shown as one
// Of a lane, in per cent: a character of a name on a screen and on a phone, what stays free between
// two names, and an acknowledgement on a phone.
constexpr double kWide = 0.78;
constexpr double kWideOnPhone = 2.0;
constexpr double kBetween = 0.8;
constexpr double kAnswerOnPhone = 45;
constexpr std::size_t kNamesOfMark = 3;
constexpr std::size_t kLanesOpen = 15;  // the others are there when they are asked for

std::string_view Word(SpanKind kind) {
  switch (kind) {
    case SpanKind::kPending:
      return "pending";
    case SpanKind::kFiring:
      return "firing";
    case SpanKind::kClearing:
      return "clearing";
    case SpanKind::kAcknowledged:
      return "acknowledged";
  }
  return "";
}

std::string_view Word(MarkKind kind) {
  switch (kind) {
    case MarkKind::kPage:
      return "page";
    case MarkKind::kNotice:
      return "notice";
    case MarkKind::kOver:
      return "over";
    case MarkKind::kAck:
      return "ack";
  }
  return "";
}

std::string SpanTip(const Span& first, values::Instant end, std::size_t number, Window window) {
  std::string tip(Word(first.kind));
  if (!first.note.empty()) tip += " by " + first.note;
  tip += fmt::format("\n{} to {}{}", Clock(first.begin, window), Clock(end, window),
                     first.open ? " and on" : "");
  if (number > 1) return tip + fmt::format("\n{} times", number);
  return tip + "\n" + values::FormatDuration(end - first.begin);
}

std::string SpanHtml(const Span& first, values::Instant end, std::size_t number, Window window) {
  const double left = Along(first.begin, window);
  const std::string tip = Escaped(SpanTip(first, end, number, window));
  return fmt::format(
      "<i class=\"span {}\" style=\"left:{:.2f}%;width:{:.2f}%\" tabindex=\"0\" role=\"img\" "
      "aria-label=\"{}\" data-tip=\"{}\"></i>\n",
      Word(first.kind), left, Along(end, window) - left, tip, tip);
}

// The spans of one kind; those that lie within a hair of each other as one.
std::string Spans(const Lane& lane, SpanKind kind, Window window) {
  std::string html;
  const Span* first = nullptr;
  values::Instant end = 0;
  std::size_t number = 0;
  const auto flush = [&] {
    if (first != nullptr) html += SpanHtml(*first, end, number, window);
  };
  for (const Span& span : lane.spans) {
    if (span.kind != kind || span.end < window.begin || span.begin > window.end) continue;
    if (first != nullptr && Along(span.begin, window) - Along(end, window) < kHair) {
      end = span.end;
      ++number;
      continue;
    }
    flush();
    first = &span;
    end = span.end;
    number = 1;
  }
  flush();
  return html;
}

// Marks of one kind at one place.
struct Marks {
  MarkKind kind = MarkKind::kPage;
  double along = 0;
  std::vector<const Mark*> all;
};

std::vector<Marks> Grouped(const Lane& lane, Window window) {
  std::vector<Marks> groups;
  for (const Mark& mark : lane.marks) {
    if (mark.at < window.begin || mark.at > window.end) continue;
    const double along = Along(mark.at, window);
    const auto near = std::ranges::find_if(groups.rbegin(), groups.rend(), [&](const Marks& group) {
      return group.kind == mark.kind;
    });
    if (near != groups.rend() && along - near->along < kHair) {
      near->all.push_back(&mark);
    } else {
      groups.push_back({mark.kind, along, {&mark}});
    }
  }
  return groups;
}

std::string MarkTip(const Marks& marks, Window window) {
  constexpr std::size_t kShown = 6;
  std::string tip;
  for (std::size_t i = 0; i < std::min(marks.all.size(), kShown); ++i) {
    const Mark& mark = *marks.all[i];
    if (!tip.empty()) tip += "\n";
    tip +=
        fmt::format("{} {} {}", Clock(mark.at, window),
                    mark.kind == MarkKind::kAck ? "acknowledged by" : Word(mark.kind), mark.person);
    if (!mark.channel.empty()) tip += " by " + mark.channel;
    if (!mark.text.empty() && i == 0) tip += "\n" + mark.text;
  }
  if (marks.all.size() > kShown) tip += fmt::format("\nand {} more", marks.all.size() - kShown);
  return tip;
}

std::string NamesOf(const Marks& marks) {
  std::vector<std::string> names;
  for (const Mark* mark : marks.all) {
    if (std::ranges::find(names, mark->person) == names.end()) names.push_back(mark->person);
  }
  std::string text;
  for (std::size_t i = 0; i < std::min(names.size(), kNamesOfMark); ++i)
    text += (text.empty() ? "" : ", ") + names[i];
  return names.size() > kNamesOfMark ? text + fmt::format(" +{}", names.size() - kNamesOfMark)
                                     : text;
}

// Names stand under pages, and beside acknowledgements, where there is room up to the next one.
std::string MarksHtml(const Lane& lane, Window window) {
  const std::vector<Marks> groups = Grouped(lane, window);
  std::string html;
  double named_to = -100;
  double roomy_to = -100;
  double answered_to = -100;
  for (const Marks& marks : groups) {
    const std::string names = NamesOf(marks);
    std::string classes(Word(marks.kind));
    const double half = static_cast<double>(names.size()) / 2;
    if (marks.kind == MarkKind::kPage && marks.along - half * kWide >= named_to) {
      classes += " named";
      named_to = marks.along + half * kWide + kBetween;
      if (marks.along - half * kWideOnPhone >= roomy_to) {
        classes += " roomy";
        roomy_to = marks.along + half * kWideOnPhone + kBetween;
      }
    }
    if (marks.kind == MarkKind::kAck) {
      const bool room = marks.along >= answered_to;
      if (room) answered_to = marks.along + kAnswerOnPhone;
      if (!room) classes += " shy";
    }
    if (marks.along < 5) classes += " left";
    if (marks.along > (marks.kind == MarkKind::kAck ? 75 : 93)) classes += " right";
    const std::string tip = Escaped(MarkTip(marks, window), 600);
    html += fmt::format(
        "<span class=\"mark {}\" style=\"left:{:.2f}%\" tabindex=\"0\" role=\"img\" "
        "aria-label=\"{}\" data-tip=\"{}\"><b>{}{}</b></span>\n",
        classes, marks.along, tip, tip, Escaped(names, 40),
        marks.kind == MarkKind::kAck ? " acknowledged" : "");
  }
  return html;
}

std::string LaneHtml(const Input& input, const Lane& lane) {
  std::string html = fmt::format(
      "<div class=\"lane\">\n<div class=\"lane-name\">{}<span "
      "class=\"key\">{}</span></div>\n<div>\n",
      Escaped(input.program.machines[lane.alert.index].name, 100),
      lane.key == "{}" ? "" : Escaped(lane.key, 160));
  html += "<div class=\"track\">\n";
  for (const SpanKind kind :
       {SpanKind::kPending, SpanKind::kFiring, SpanKind::kClearing, SpanKind::kAcknowledged}) {
    html += Spans(lane, kind, input.window);
  }
  html += "</div>\n";
  const std::string marks = MarksHtml(lane, input.window);
  const bool answered =
      std::ranges::find(lane.marks, MarkKind::kAck, &Mark::kind) != lane.marks.end();
  if (!marks.empty()) {
    html += fmt::format("<div class=\"strip{}\">\n{}</div>\n", answered ? " answered" : "", marks);
  }
  return html + "</div>\n</div>\n";
}

constexpr std::string_view kLegend =
    "<ul class=\"legend\">\n"
    "<li><i class=\"pending\"></i>pending</li>\n<li><i class=\"firing\"></i>firing</li>\n"
    "<li><i class=\"clearing\"></i>clearing</li>\n"
    "<li><i class=\"acknowledged\"></i>acknowledged</li>\n"
    "<li><i class=\"dot page\"></i>page</li>\n<li><i class=\"dot ack\"></i>acknowledgement</li>\n"
    "<li><i class=\"dot notice\"></i>notice</li>\n<li><i class=\"dot over\"></i>told it is "
    "over</li>\n"
    "</ul>\n";

}  // namespace

std::string Lanes(const Input& input) {
  const Window window = input.window;
  std::string lanes;
  std::string folded;
  std::size_t shown = 0;
  std::size_t left_out = 0;
  for (const Lane& lane : input.story.lanes()) {
    if (lane.end < window.begin || lane.begin > window.end) {
      ++left_out;
      continue;
    }
    std::string html = LaneHtml(input, lane);
    if (lanes.size() + folded.size() + html.size() > kLanesBytes) {
      ++left_out;
    } else {
      (shown++ < kLanesOpen ? lanes : folded) += std::move(html);
    }
  }
  if (lanes.empty()) return {};
  std::string html = "<section>\n<h2>Who was told, and when</h2>\n" + std::string(kLegend) +
                     "<div class=\"lanes\">\n" + lanes + "<div class=\"ticks\">" + Scale(window) +
                     "</div>\n</div>\n";
  if (!folded.empty()) {
    html += fmt::format(
        "<details><summary>{} more rows</summary>\n<div class=\"lanes\">\n{}</div>\n</details>\n",
        shown - kLanesOpen, folded);
  }
  std::string note = "Times are UTC.";
  if (window.begin > input.run.begin || window.end < input.run.end)
    note += fmt::format(" Shown is from {} to {}; nothing fired before or after.",
                        FullClock(window.begin), FullClock(window.end));
  if (left_out > 0)
    note += fmt::format(" {} more row{} not shown: pending outside of this time, or no room.",
                        left_out, left_out == 1 ? " is" : "s are");
  if (input.story.left_out() > 0)
    note += fmt::format(" {} more spans and messages are not shown.", input.story.left_out());
  return html + "<p class=\"note\">" + note + "</p>\n</section>\n";
}

}  // namespace tocsin::study::page
