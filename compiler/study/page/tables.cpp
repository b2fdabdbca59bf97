// What happened one line after the other, and the two tables of the summary.

#include <algorithm>

#include <fmt/format.h>

#include "compiler/study/lines.h"
#include "compiler/study/page/parts.h"

namespace tocsin::study::page {
namespace {

constexpr std::size_t kEntriesOpen = 14;  // the others are there when they are asked for
constexpr std::size_t kDayCharacters = 10;

std::string_view ClassOf(std::string_view word) {
  if (word == "FIRING") return "fires";
  if (word == "over") return "ends";
  if (word == "ACK") return "ack";
  return word == "page" ? "page" : "other";
}

std::string EntryHtml(const Entry& entry) {
  return fmt::format(
      "<li class=\"{}\"><time>{}</time><b>{}</b><span>{}{}</span></li>\n", ClassOf(entry.word),
      FullClock(entry.at).substr(kDayCharacters + 1), Escaped(entry.word), Escaped(entry.text, 200),
      entry.detail.empty() ? "" : fmt::format("<small>{}</small>", Escaped(entry.detail, 300)));
}

std::string Note(std::uint64_t left_out) {
  if (left_out == 0) return {};
  return fmt::format("<p class=\"note\">{} more are not listed.</p>\n", left_out);
}

}  // namespace

std::string Log(const Input& input) {
  const std::vector<Entry>& entries = input.story.entries();
  if (entries.empty()) return {};
  std::string html = "<section>\n<h2>What happened</h2>\n<ol class=\"log\">\n";
  std::uint64_t left_out = input.story.entries_left_out();
  const bool folded = entries.size() > kEntriesOpen + 6;
  std::string day = FullClock(input.window.begin).substr(0, kDayCharacters);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (html.size() > kLogBytes) {
      left_out += entries.size() - i;
      break;
    }
    if (folded && i == kEntriesOpen) {
      html += fmt::format("</ol>\n<details><summary>{} more</summary>\n<ol class=\"log\">\n",
                          entries.size() - i);
    }
    const std::string its_day = FullClock(entries[i].at).substr(0, kDayCharacters);
    if (its_day != day) html += fmt::format("<li class=\"day\">{}</li>\n", its_day);
    day = its_day;
    html += EntryHtml(entries[i]);
  }
  html += folded ? "</ol>\n</details>\n" : "</ol>\n";
  return html + Note(left_out) + "</section>\n";
}

namespace {

std::string Cell(std::uint64_t number, bool hot = false) {
  return fmt::format("<td{}>{}</td>", hot && number > 0 ? " class=\"hot\"" : "", number);
}

std::string Alerts(const Input& input) {
  std::string rows;
  std::uint64_t left_out = 0;
  std::size_t silent = 0;
  for (const AlertTally& alert : input.tally.Alerts()) {
    if (!input.only.Shows(alert.alert)) continue;
    if (!alert.pended) {
      ++silent;
      continue;
    }
    if (rows.size() > kTableBytes / 2) {
      ++left_out;
      continue;
    }
    rows += fmt::format("<tr><td>{}</td>{}{}{}<td>{}</td><td>{}</td>{}{}{}</tr>\n",
                        Escaped(input.program.machines[alert.alert.index].name, 100),
                        Cell(alert.pages), Cell(alert.rows), Cell(alert.fired),
                        alert.fired == 0 ? "" : ShortDuration(alert.longest_ms),
                        alert.fired == 0 ? "" : ShortDuration(alert.total_ms),
                        Cell(alert.flaps, true), Cell(alert.brief), Cell(alert.open, true));
  }
  std::string html = "<section>\n<h2>Alerts</h2>\n";
  if (!rows.empty()) {
    html +=
        "<div class=\"scroll\"><table>\n<tr><th>alert</th><th>pages</th><th>rows</th>"
        "<th>fired</th><th>longest</th><th>total</th><th>flaps</th><th>brief</th>"
        "<th>still firing</th></tr>\n" +
        rows + "</table></div>\n";
    html +=
        "<p class=\"note\">Flaps: fired again within 10 minutes after it was over. Brief: was "
        "pending and did not fire.</p>\n";
  }
  if (silent > 0) {
    html += fmt::format("<p class=\"note\">{} never pending.</p>\n",
                        silent == 1 ? "1 alert was" : fmt::format("{} alerts were", silent));
  }
  return html + Note(left_out) + "</section>\n";
}

std::string People(const Input& input) {
  const std::vector<PersonTally> people = input.tally.People();
  if (people.empty()) return {};
  std::string rows;
  std::uint64_t left_out = 0;
  for (const PersonTally& person : people) {
    if (rows.size() > kTableBytes / 2) {
      ++left_out;
      continue;
    }
    const ir::Person& record = input.program.people[person.person.index];
    rows += fmt::format(
        "<tr><td>{}{}</td>{}{}{}{}<td>{}</td><td>{}</td><td>{}</td></tr>\n",
        Escaped(record.name, 60),
        record.title.empty() ? "" : fmt::format(" <small>{}</small>", Escaped(record.title, 60)),
        Cell(person.pages), Cell(person.pages_at_night, true), Cell(person.notices),
        Cell(person.overs), Clock(person.first, input.run), Clock(person.last, input.run),
        Escaped(input.tally.ZoneOf(person.person).name()));
  }
  return "<section>\n<h2>People</h2>\n<div class=\"scroll\"><table>\n<tr><th>who was told</th>"
         "<th>pages</th><th>at night</th><th>notices</th><th>over</th><th>first</th><th>last</th>"
         "<th>nights of</th></tr>\n" +
         rows + "</table></div>\n" + Note(left_out) + "</section>\n";
}

}  // namespace

std::string Tables(const Input& input) { return Alerts(input) + People(input); }

}  // namespace tocsin::study::page
