// Levels and every alert: what is wrong when, what people are told, who hears, and what ends it.

#include <fmt/format.h>

#include <map>

#include "compiler/doc/parts.h"
#include "compiler/kinds/kind.h"

namespace tocsin::doc {
namespace {

using Row = std::vector<Line>;

const check::Decl* Referred(const Book& book, const check::Value& value) {
  const auto* reference = check::Get<check::Reference>(value);
  return reference == nullptr ? nullptr : &book[reference->decl];
}

// What is wrong with one alert, by the name of its declaration in tests.
using TestsOf = std::map<const check::Decl*, std::vector<Line>>;

TestsOf TestsByAlert(const Book& book) {
  TestsOf tests;
  for (const check::Decl* test : book.OfKind("test")) {
    std::vector<const check::Decl*> seen;
    for (const check::Clause& clause : test->clauses) {
      for (const check::Decl* named : book.NamesIn(book.Written(clause.span))) {
        const bool alert = named->schema->name == "alert";
        if (!alert || std::find(seen.begin(), seen.end(), named) != seen.end()) continue;
        seen.push_back(named);
        tests[named].push_back({book.Link(*test)});
      }
    }
  }
  return tests;
}

void AddLevels(const Book& book, const std::vector<const check::Decl*>& alerts, Blocks& blocks) {
  std::map<const check::Decl*, std::vector<Line>> by_level;
  for (const check::Decl* alert : alerts)
    by_level[Referred(book, (*alert)["level"])].push_back({book.Link(*alert)});
  std::vector<Row> rows;
  for (const check::Decl* level : book.OfKind("level")) {
    Piece name = Text(level->name);
    name.anchor = book.Anchor(*level);
    Line told = Told(book, *level, "inform");
    if (told.empty()) told = {Soft("nobody")};
    rows.push_back({{name},
                    {Text(level->title)},
                    std::move(told),
                    Joined(by_level[level]),
                    {Soft(book.Place(*level))}});
  }
  if (rows.empty()) return;
  blocks.push_back(Table(
      {{Text("level")}, {Text("title")}, {Text("told at once")}, {Text("alerts")}, {Text("where")}},
      std::move(rows)));
}

void AddHearing(const Book& book, const check::Decl& alert, std::vector<Row>& pairs) {
  const check::Decl* level = Referred(book, alert["level"]);
  Line told = level == nullptr ? Line() : Told(book, *level, "inform");
  const check::Decl* opens = kinds::Opens(book.policy(), alert);
  if (told.empty() && opens == nullptr) {
    pairs.push_back({{Text("who hears")}, {Text("nobody; it can be looked up")}});
    return;
  }
  if (!told.empty()) pairs.push_back({{Text("told at once")}, std::move(told)});
  if (opens == nullptr) return;
  if (!(*opens)["inform"].absent())
    pairs.push_back({{Text(told.empty() ? "and" : "told at once")}, Told(book, *opens, "inform")});
  Line opened = {Text("an incident of "), book.Link(*opens)};
  const check::Decl* climb = Referred(book, (*opens)["climb"]);
  if (climb != nullptr) {
    opened.push_back(Text(", for which people are asked by "));
    opened.push_back(book.Link(*climb));
  }
  pairs.push_back({{Text("opens")}, std::move(opened)});
}

// `fire(after: 2m)` in words.
Line WithoutData(const Book& book, const check::Decl& alert) {
  const auto* no_data = check::Get<check::NoData>(alert["no_data"]);
  if (no_data == nullptr) return book.Shown(alert, "no_data");
  const std::string after = values::FormatDuration(no_data->after_ms);
  switch (no_data->what) {
    case check::NoData::What::kHold:
      return {Text("stays as it is, marked as unknown")};
    case check::NoData::What::kFire:
      return {Text(fmt::format("fires after {} without data", after))};
    case check::NoData::What::kClear:
      return {Text(fmt::format("is over after {} without data", after))};
  }
  return {};
}

void AddConditions(const Book& book, const check::Decl& alert, std::vector<Row>& pairs) {
  const check::Clause* clear = alert.FindClause("clear");
  for (const check::Clause& clause : alert.clauses) {
    if (clause.keyword == "when") {
      pairs.push_back({{Text("fires when")}, {book.Linked(clause.text)}});
      if (clear == nullptr) {
        Line over = {Text("that no longer holds")};
        if (clause.hold_ms > 0)
          over.push_back(Text(fmt::format(", for {}", values::FormatDuration(clause.hold_ms))));
        pairs.push_back({{Text("is over when")}, std::move(over)});
      }
    } else if (clause.keyword == "clear") {
      pairs.push_back({{Text("is over when")}, {book.Linked(clause.text)}});
    } else if (clause.keyword == "unless") {
      Line idle = {book.Linked(clause.text)};
      if (clause.matching && !clause.matching->empty())
        idle.push_back(Text(fmt::format(" for the same {}", fmt::join(*clause.matching, ", "))));
      pairs.push_back({{Text("keeps quiet while")}, std::move(idle)});
    } else {
      pairs.push_back({{Text(clause.keyword)}, {book.Linked(clause.text)}});
    }
  }
  pairs.push_back({{Text("without data")}, WithoutData(book, alert)});
}

void AddAlert(const Book& book, const check::Decl& alert, const TestsOf& tests, Drawings& drawings,
              Blocks& blocks) {
  blocks.push_back(Heading(3, book.Anchor(alert), book.Named(alert), book.Place(alert)));
  const std::string comment = book.Comment(alert);
  if (!comment.empty()) blocks.push_back(Paragraph(Marked(comment)));
  std::vector<Row> pairs;
  AddConditions(book, alert, pairs);
  Line level = book.Shown(alert, "level");
  const check::Decl* its = Referred(book, alert["level"]);
  if (its != nullptr && !its->title.empty()) level.push_back(Text(" “" + its->title + "”"));
  pairs.push_back({{Text("level")}, std::move(level)});
  AddHearing(book, alert, pairs);
  if (!alert["says"].absent()) {
    Line says = {Text("“")};
    Append(says, book.Shown(alert, "says"));
    says.push_back(Text("”"));
    pairs.push_back({{Text("says")}, std::move(says)});
  }
  for (auto& pair : book.Others(alert, {"level", "opens", "no_data", "says"}))
    pairs.push_back(std::move(pair));
  const auto tested = tests.find(&alert);
  pairs.push_back({{Text("tested by")},
                   tested == tests.end() ? Line{Soft("no test")} : Joined(tested->second, "; ")});
  blocks.push_back(Pairs(std::move(pairs)));
  Append(blocks, drawings.Of(book.Machine(alert.name)));
  Append(blocks, drawings.Of(book.Machine(alert.name + ".group")));
}

}  // namespace

Blocks Alerts(const Book& book, Drawings& drawings) {
  const std::vector<const check::Decl*> alerts = book.OfKind("alert");
  const bool levels = !book.OfKind("level").empty();
  if (alerts.empty() && !levels) return {};
  Blocks blocks = {Heading(2, "alerts", {Text("What we are told of")})};
  AddLevels(book, alerts, blocks);
  const TestsOf tests = TestsByAlert(book);
  for (const check::Decl* alert : alerts) AddAlert(book, *alert, tests, drawings, blocks);
  return blocks;
}

}  // namespace tocsin::doc
