// Who is on call: tiers with what they promise and their schedules, people, and channels.

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "compiler/doc/parts.h"

namespace tocsin::doc {
namespace {

std::string DayOf(std::string_view word) {
  static constexpr std::array<std::string_view, 7> kDays = {
      "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
  for (const std::string_view day : kDays) {
    if (day.starts_with(word)) return std::string(day);
  }
  return std::string(word);
}

// `weekly(Mon 09:00)` as people say it; as written where it is something else.
Line Turns(const Book& book, const check::Decl& schedule) {
  const std::string written = book.Written(schedule["turn"].span);
  const auto inside = [&](std::string_view word) {
    if (!written.starts_with(word) || !written.ends_with(')')) return std::string();
    return written.substr(word.size(), written.size() - word.size() - 1);
  };
  const std::string daily = inside("daily("), weekly = inside("weekly(");
  if (!daily.empty()) return {Text("passes every day at " + daily)};
  if (weekly.size() > 4 && weekly[3] == ' ')
    return {
        Text(fmt::format("passes every {} at {}", DayOf(weekly.substr(0, 3)), weekly.substr(4)))};
  return book.Shown(schedule, "turn");
}

Line Zone(const Book& book, const check::Decl& schedule) {
  const bool own = !schedule["timezone"].absent();
  return own ? book.Shown(schedule, "timezone")
             : book.Shown(book[book.policy().policy], "timezone");
}

// Rows of one kind as a table with a column for each field that any of them has.
void AddRows(const Book& book, const check::Decl& decl, Blocks& blocks) {
  for (const check::Schema& schema : decl.schema->rows) {
    std::vector<Line> columns;
    std::vector<std::vector<Line>> rows;
    std::vector<std::string_view> fields;
    for (const check::FieldSchema& field : schema.fields) {
      bool any = false;
      for (const check::Decl& row : decl.rows)
        any = any || (row.schema == &schema && Book::Writes(row, field.name));
      if (!any) continue;
      columns.push_back({Text(field.name)});
      fields.push_back(field.name);
    }
    for (const check::Decl& row : decl.rows) {
      if (row.schema != &schema) continue;
      std::vector<Line> cells;
      for (const std::string_view field : fields) cells.push_back(book.Shown(row, field));
      rows.push_back(std::move(cells));
    }
    if (!rows.empty() && !columns.empty())
      blocks.push_back(Table(std::move(columns), std::move(rows)));
  }
}

void AddSchedule(const Book& book, const check::Decl& schedule, Blocks& blocks) {
  blocks.push_back(Heading(4, book.Anchor(schedule), {Text("Schedule "), Text(schedule.name)},
                           book.Place(schedule)));
  const std::string comment = book.Comment(schedule);
  if (!comment.empty()) blocks.push_back(Paragraph(Marked(comment)));
  std::vector<std::vector<Line>> pairs;
  if (!schedule["people"].absent()) {
    pairs.push_back({{Text("people")}, book.Shown(schedule, "people")});
  }
  Line turn = schedule["turn"].absent() ? Line() : Turns(book, schedule);
  if (!turn.empty()) {
    turn.push_back(Text(", "));
    Append(turn, Zone(book, schedule));
    pairs.push_back({{Text("the turn")}, std::move(turn)});
  }
  for (auto& pair : book.Others(schedule, {"people", "turn", "timezone"}))
    pairs.push_back(std::move(pair));
  if (!pairs.empty()) blocks.push_back(Pairs(std::move(pairs)));
  AddRows(book, schedule, blocks);
}

void AddTier(const Book& book, const check::Decl& tier, Blocks& blocks) {
  blocks.push_back(Heading(3, book.Anchor(tier), book.Named(tier), book.Place(tier)));
  const std::string comment = book.Comment(tier);
  if (!comment.empty()) blocks.push_back(Paragraph(Marked(comment)));
  std::vector<std::vector<Line>> pairs;
  if (!tier["respond"].absent())
    pairs.push_back({{Text("answers within")}, book.Shown(tier, "respond")});
  if (!tier["resolve"].absent())
    pairs.push_back({{Text("solves within")}, book.Shown(tier, "resolve")});
  for (auto& pair : book.Others(tier, {"respond", "resolve"})) pairs.push_back(std::move(pair));
  std::vector<Line> ladders;
  for (const check::Decl* ladder : book.Users(tier, "escalation"))
    ladders.push_back({book.Link(*ladder)});
  if (!ladders.empty()) pairs.push_back({{Text("is asked by")}, Joined(ladders)});
  blocks.push_back(Pairs(std::move(pairs)));
  AddRows(book, tier, blocks);
  for (const check::Decl* schedule : book.OfKind("schedule")) {
    if (schedule->target.valid() && &book[schedule->target] == &tier)
      AddSchedule(book, *schedule, blocks);
  }
}

Line Standing(const Book& book, const check::Decl& person) {
  std::vector<Line> schedules;
  for (const check::Decl* schedule : book.Users(person, "schedule"))
    schedules.push_back({book.Link(*schedule)});
  return Joined(schedules);
}

Line AskedIn(const Book& book, const check::Decl& person) {
  std::vector<Line> places;
  for (const std::string_view kind : {"escalation", "severity", "level"}) {
    for (const check::Decl* user : book.Users(person, kind)) places.push_back({book.Link(*user)});
  }
  return Joined(places);
}

// A table with a row for each declaration of a kind.
void AddTable(
    const Book& book, std::string_view kind, std::string_view title, std::string_view anchor,
    Blocks& blocks,
    const std::vector<std::pair<std::string_view, Line (*)(const Book&, const check::Decl&)>>&
        more) {
  const std::vector<const check::Decl*> decls = book.OfKind(kind);
  if (decls.empty()) return;
  blocks.push_back(Heading(3, anchor, {Text(title)}));
  std::vector<std::string_view> fields;
  const bool titled =
      std::ranges::any_of(decls, [](const check::Decl* decl) { return !decl->title.empty(); });
  std::vector<Line> columns = {{Text("name")}};
  if (titled) columns.push_back({Text("title")});
  for (const check::FieldSchema& field : decls[0]->schema->fields) {
    bool any = false;
    for (const check::Decl* decl : decls) any = any || Book::Writes(*decl, field.name);
    if (!any) continue;
    fields.push_back(field.name);
    columns.push_back({Text(field.name)});
  }
  for (const auto& [name, cell] : more) columns.push_back({Text(name)});
  columns.push_back({Text("where")});
  std::vector<std::vector<Line>> rows;
  for (const check::Decl* decl : decls) {
    Piece name = Text(decl->name);
    name.anchor = book.Anchor(*decl);
    std::vector<Line> cells = {{name}};
    if (titled) cells.push_back({Text(decl->title)});
    for (const std::string_view field : fields) cells.push_back(book.Shown(*decl, field));
    for (const auto& [head, cell] : more) cells.push_back(cell(book, *decl));
    cells.push_back({Soft(book.Place(*decl))});
    rows.push_back(std::move(cells));
  }
  blocks.push_back(Table(std::move(columns), std::move(rows)));
}

}  // namespace

Blocks OnCall(const Book& book) {
  Blocks blocks;
  for (const check::Decl* tier : book.OfKind("tier")) AddTier(book, *tier, blocks);
  AddTable(book, "person", "People", "people", blocks,
           {{"on schedule", Standing}, {"is also told or asked by", AskedIn}});
  AddTable(book, "channel", "Channels", "channels", blocks, {});
  if (!blocks.empty())
    blocks.insert(blocks.begin(), Heading(2, "on-call", {Text("Who is on call")}));
  return blocks;
}

}  // namespace tocsin::doc
