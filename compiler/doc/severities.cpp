// How bad things are, how fast they must be answered, and who is asked next.

#include <fmt/format.h>

#include "compiler/doc/escape.h"
#include "compiler/doc/ladder.h"
#include "compiler/doc/parts.h"
#include "compiler/kinds/kind.h"

namespace tocsin::doc {
namespace {

constexpr std::size_t kPeopleNamed = 8;  // of a tier, in a drawing

std::string Words(const Line& line) {
  std::string words;
  for (const Piece& piece : line) words += piece.text;
  return words;
}

values::Duration DurationOf(const check::Value& value) {
  const auto* duration = check::Get<check::DurationValue>(value);
  return duration == nullptr ? 0 : duration->ms;
}

// Everybody who stands on a schedule of the tier.
std::string PeopleOf(const Book& book, check::DeclId tier) {
  std::string names;
  std::size_t named = 0;
  for (const check::Decl* schedule : book.OfKind("schedule")) {
    if (schedule->target != tier) continue;
    const auto* people = check::Get<check::ValueList>((*schedule)["people"]);
    if (people == nullptr) continue;
    for (const check::Value& person : *people) {
      const auto* reference = check::Get<check::Reference>(person);
      if (reference == nullptr) continue;
      if (++named > kPeopleNamed) return names + ", ...";
      names += (names.empty() ? "" : ", ") + book[reference->decl].name;
    }
  }
  return names;
}

Ladder::Rung RungOf(const Book& book, const check::Decl& row) {
  Ladder::Rung rung;
  rung.window_ms = DurationOf(row["answer_within"]);
  const auto* recipients = check::Get<check::Recipients>(row["page"]);
  if (recipients != nullptr) {
    rung.who = Words(book.Recipients(*recipients));
    for (const check::Recipient& recipient : recipients->all) {
      if (!recipient.tier.valid()) continue;
      const check::Decl& tier = book[recipient.tier];
      const std::string people = PeopleOf(book, recipient.tier);
      rung.details.push_back(fmt::format("{}{}{}", tier.title.empty() ? tier.name : tier.title,
                                         people.empty() ? "" : ": ", people));
    }
  }
  for (const std::vector<Line>& other : book.Others(row, {"page", "answer_within"}))
    rung.details.push_back(Words(other[0]) + ": " + Words(other[1]));
  return rung;
}

Ladder LadderOf(const Book& book, const check::Decl& escalation) {
  Ladder ladder;
  for (const check::Decl& row : escalation.rows) ladder.rungs.push_back(RungOf(book, row));
  if (const auto* rounds = check::Get<std::int64_t>(escalation["rounds"])) ladder.rounds = *rounds;
  for (const check::Clause& clause : escalation.clauses)
    ladder.at_last.push_back(Words(Actions(book, clause)));
  return ladder;
}

const check::Decl* ClimbOf(const Book& book, const check::Decl& severity) {
  const auto* climb = check::Get<check::Reference>(severity["climb"]);
  return climb == nullptr ? nullptr : &book[climb->decl];
}

std::vector<Line> OpenedBy(const Book& book, const check::Decl& severity) {
  std::vector<Line> alerts;
  for (const check::Decl* alert : book.OfKind("alert")) {
    if (kinds::Opens(book.policy(), *alert) == &severity) alerts.push_back({book.Link(*alert)});
  }
  return alerts;
}

void AddSeverity(const Book& book, const check::Decl& severity, Blocks& blocks) {
  blocks.push_back(Heading(3, book.Anchor(severity), book.Named(severity), book.Place(severity)));
  const std::string comment = book.Comment(severity);
  if (!comment.empty()) blocks.push_back(Paragraph(Marked(comment)));
  std::vector<std::vector<Line>> pairs = {
      {{Text("answered within")}, book.Shown(severity, "respond")}};
  if (!severity["resolve"].absent())
    pairs.push_back({{Text("over within")}, book.Shown(severity, "resolve")});
  if (!severity["inform"].absent())
    pairs.push_back({{Text("told at once")}, Told(book, severity, "inform")});
  const check::Decl* climb = ClimbOf(book, severity);
  if (climb != nullptr)
    pairs.push_back({{Text("asked, in turn")}, {Text("the ladder "), book.Link(*climb)}});
  for (auto& pair : book.Others(severity, {"respond", "resolve", "inform", "via", "climb"}))
    pairs.push_back(std::move(pair));
  const std::vector<Line> alerts = OpenedBy(book, severity);
  pairs.push_back({{Text("opened by")}, alerts.empty() ? Line{Soft("no alert")} : Joined(alerts)});
  blocks.push_back(Pairs(std::move(pairs)));
  if (climb == nullptr || climb->rows.empty()) return;
  Ladder ladder = LadderOf(book, *climb);
  ladder.promises.push_back({"must be answered by now", DurationOf(severity["respond"])});
  if (!severity["resolve"].absent())
    ladder.promises.push_back({"must be over by now", DurationOf(severity["resolve"])});
  blocks.push_back(Figure(DrawLadder(
      ladder, "ladder_" + Plain(severity.name),
      fmt::format("who is asked when an incident of severity {} opens, and when", severity.name))));
}

// When each rung is asked: in the first round, and how much later in the others.
Block Rungs(const Book& book, const check::Decl& escalation) {
  std::vector<std::vector<Line>> rows;
  values::Duration at = 0;
  for (const check::Decl& row : escalation.rows) {
    const values::Duration window = DurationOf(row["answer_within"]);
    std::vector<Line> others;
    for (const std::vector<Line>& other : book.Others(row, {"page", "answer_within"})) {
      Line line = other[0];
      line.push_back(Text(": "));
      Append(line, other[1]);
      others.push_back(std::move(line));
    }
    Line who = book.Shown(row, "page");
    if (!others.empty()) {
      who.push_back(Text("; "));
      Append(who, Joined(others, "; "));
    }
    rows.push_back({{Text(fmt::format("{}", rows.size() + 1))},
                    std::move(who),
                    {Text(fmt::format("{} to {}", values::FormatDuration(at),
                                      values::FormatDuration(at + window)))},
                    {Text(values::FormatDuration(window))}});
    at += window;
  }
  return Table({{Text("rung")}, {Text("asked")}, {Text("in the first round")}, {Text("has")}},
               std::move(rows));
}

void AddEscalation(const Book& book, const check::Decl& escalation, Drawings& drawings,
                   Blocks& blocks) {
  blocks.push_back(
      Heading(3, book.Anchor(escalation), book.Named(escalation), book.Place(escalation)));
  const std::string comment = book.Comment(escalation);
  if (!comment.empty()) blocks.push_back(Paragraph(Marked(comment)));
  if (!escalation.rows.empty()) blocks.push_back(Rungs(book, escalation));
  const Ladder ladder = LadderOf(book, escalation);
  const values::Duration round = RoundOf(ladder);
  std::vector<std::vector<Line>> pairs;
  pairs.push_back(
      {{Text("rounds")},
       {Text(ladder.rounds == 1
                 ? fmt::format("one, of {}", values::FormatDuration(round))
                 : fmt::format("{}, {} each", ladder.rounds, values::FormatDuration(round)))}});
  Line holds = {Text("stops the climb for ")};
  Append(holds, book.Shown(escalation, "ack_holds"));
  holds.push_back(Text("; then the same rung is asked again"));
  pairs.push_back({{Text("an answer")}, std::move(holds)});
  for (const check::Clause& clause : escalation.clauses) {
    Line last = {Text(fmt::format("after {}: ", values::FormatDuration(round * ladder.rounds)))};
    Append(last, Actions(book, clause));
    pairs.push_back({{Text("nobody answered")}, std::move(last)});
  }
  for (auto& pair : book.Others(escalation, {"rounds", "ack_holds"}))
    pairs.push_back(std::move(pair));
  std::vector<Line> users;
  for (const check::Decl* severity : book.Users(escalation, "severity"))
    users.push_back({book.Link(*severity)});
  pairs.push_back(
      {{Text("climbed for")}, users.empty() ? Line{Soft("no severity")} : Joined(users)});
  blocks.push_back(Pairs(std::move(pairs)));
  Append(blocks, drawings.Of(book.Machine(escalation.name)));
}

}  // namespace

Blocks Severities(const Book& book) {
  Blocks blocks;
  for (const check::Decl* severity : book.OfKind("severity")) AddSeverity(book, *severity, blocks);
  if (!blocks.empty())
    blocks.insert(blocks.begin(), Heading(2, "severities", {Text("How bad, and who is asked")}));
  return blocks;
}

Blocks Escalations(const Book& book, Drawings& drawings) {
  Blocks blocks;
  for (const check::Decl* escalation : book.OfKind("escalation"))
    AddEscalation(book, *escalation, drawings, blocks);
  if (!blocks.empty())
    blocks.insert(blocks.begin(), Heading(2, "escalations", {Text("How people are asked")}));
  return blocks;
}

}  // namespace tocsin::doc
