#include "compiler/doc/book.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/doc/escape.h"

namespace tocsin::doc {
namespace {

constexpr std::size_t kMostCommentLines = 40;

bool StartsWord(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool InWord(char c) { return StartsWord(c) || (c >= '0' && c <= '9') || c == '.'; }

// Calls `use` with each word of code that stands in no text.
template <class Use>
void EachWord(std::string_view code, Use use) {
  bool quoted = false;
  for (std::size_t at = 0; at < code.size();) {
    if (code[at] == '"' && (at == 0 || code[at - 1] != '\\')) quoted = !quoted;
    if (quoted || !StartsWord(code[at])) {
      // A unit is no name: `5ms`.
      if (!quoted && code[at] >= '0' && code[at] <= '9') {
        while (at < code.size() && InWord(code[at])) ++at;
      } else {
        ++at;
      }
      continue;
    }
    std::size_t end = at;
    while (end < code.size() && InWord(code[end])) ++end;
    while (code[end - 1] == '.') --end;
    use(at, code.substr(at, end - at));
    at = end;
  }
}

std::string_view Trimmed(std::string_view line) {
  const std::size_t begin = line.find_first_not_of(" \t\r");
  if (begin == line.npos) return {};
  return line.substr(begin, line.find_last_not_of(" \t\r") - begin + 1);
}

// A line that only divides a file, such as `# ---- who answers ----`.
bool Divides(std::string_view comment) { return comment.find("---") != comment.npos; }

// Source text as one line: breaks and what follows them become one space.
std::string Flat(std::string_view text) {
  std::string flat;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!space) {
      flat += c;
    } else if (!flat.empty() && flat.back() != ' ') {
      flat += ' ';
    }
  }
  return flat;
}

}  // namespace

Book::Book(const BookInput& input) : input_(input) {
  for (const syntax::Tree& tree : input.trees) {
    for (const syntax::Decl& decl : tree.decls) {
      const syntax::Span at = decl.name.present() ? decl.name.span : decl.kind.span;
      written_.try_emplace(at, Found{&tree, &decl});
    }
  }
  for (const core::Machine& machine : input.core.machines)
    machines_.try_emplace(machine.name, &machine);
  std::map<std::string_view, std::size_t> counts;
  for (const check::Decl& decl : input.policy.decls) {
    if (decl.name.empty() || !decl.schema->names) {
      nameless_[&decl] = ++counts[decl.schema->name];
    } else {
      by_name_.try_emplace(decl.name, &decl);
    }
  }
}

std::vector<const check::Decl*> Book::OfKind(std::string_view kind) const {
  std::vector<const check::Decl*> found;
  for (const check::Decl& decl : input_.policy.decls) {
    if (decl.schema->name == kind) found.push_back(&decl);
  }
  return found;
}

const core::Machine* Book::Machine(std::string_view name) const {
  const auto found = machines_.find(name);
  return found == machines_.end() ? nullptr : found->second;
}

std::string Book::Anchor(const check::Decl& decl) const {
  const auto nameless = nameless_.find(&decl);
  if (nameless != nameless_.end())
    return fmt::format("{}-{}", Plain(decl.schema->name), nameless->second);
  return fmt::format("{}-{}", Plain(decl.schema->name), Plain(decl.name));
}

std::string Book::Place(const check::Decl& decl) const {
  if (!decl.span.valid()) return {};
  std::string_view path = input_.sources.path(decl.span.source);
  if (path.starts_with(input_.root)) path.remove_prefix(input_.root.size());
  const auto at = input_.sources.PositionOf(decl.span.source, decl.span.begin);
  return fmt::format("{}:{}", path, at.line);
}

Piece Book::Link(const check::Decl& decl) const {
  return LinkTo(Anchor(decl), decl.name.empty() ? decl.title : decl.name);
}

Line Book::Named(const check::Decl& decl) const {
  Line line;
  if (!decl.name.empty()) line.push_back(Text(decl.name));
  if (!decl.title.empty()) {
    if (!line.empty()) line.push_back(Text(" "));
    line.push_back(Text(decl.name.empty() ? decl.title : "“" + decl.title + "”"));
  }
  return line;
}

const Book::Found* Book::Find(const check::Decl& decl) const {
  const auto found = written_.find(decl.span);
  return found == written_.end() ? nullptr : &found->second;
}

std::string Book::CommentAbove(diagnostics::SourceId source, std::uint32_t line) const {
  std::string comment;
  for (std::size_t lines = 0; line > 1 && lines < kMostCommentLines; ++lines) {
    std::string_view above = Trimmed(input_.sources.Line(source, --line));
    if (!above.starts_with('#') || above.starts_with("#!") || Divides(above)) break;
    above.remove_prefix(1);
    above = Trimmed(above);
    comment = comment.empty() ? std::string(above) : fmt::format("{} {}", above, comment);
  }
  return comment;
}

std::string Book::Comment(const check::Decl& decl) const {
  const Found* found = Find(decl);
  if (found == nullptr || found->decl->from_table) return {};
  const diagnostics::SourceId source = found->tree->source;
  const std::uint32_t line = input_.sources.PositionOf(source, found->decl->kind.span.begin).line;
  std::string above = CommentAbove(source, line);
  if (!above.empty() || decl.schema->name != "policy") return above;
  std::uint32_t head = 1;
  while (head < line && Trimmed(input_.sources.Line(source, head)).starts_with('#')) ++head;
  return head == 1 ? above : CommentAbove(source, head);
}

Piece Book::Linked(std::string_view code) const {
  Piece piece = Code(OneLine(code));
  EachWord(piece.text, [&](std::size_t at, std::string_view word) {
    const auto found = by_name_.find(word);
    if (found != by_name_.end()) piece.parts.push_back({at, word.size(), Anchor(*found->second)});
  });
  return piece;
}

std::vector<const check::Decl*> Book::NamesIn(std::string_view code) const {
  std::vector<const check::Decl*> names;
  EachWord(code, [&](std::size_t, std::string_view word) {
    const auto found = by_name_.find(word);
    if (found != by_name_.end() && std::ranges::find(names, found->second) == names.end())
      names.push_back(found->second);
  });
  return names;
}

std::string Book::Written(diagnostics::Span span) const {
  return span.valid() ? Flat(input_.sources.Text(span)) : std::string();
}

std::string Book::Value(const check::Decl& decl) const {
  const Found* found = Find(decl);
  if (found == nullptr || !found->decl->value.valid()) return {};
  return Flat(syntax::Print(*found->tree, found->decl->value));
}

Line Book::Recipients(const check::Recipients& recipients) const {
  std::vector<Line> names;
  for (const check::Recipient& recipient : recipients.all) {
    if (recipient.person.valid()) {
      names.push_back({Link(input_.policy[recipient.person])});
    } else if (recipient.tier.valid()) {
      names.push_back({Text("whoever is on call for "), Link(input_.policy[recipient.tier])});
    }
  }
  return Joined(names, " and ");
}

Line Book::ShownValue(const check::Value& value) const {
  if (const auto* recipients = check::Get<check::Recipients>(value)) return Recipients(*recipients);
  if (const auto* reference = check::Get<check::Reference>(value))
    return {Link(input_.policy[reference->decl])};
  if (const auto* text = check::Get<std::string>(value)) return {Text(*text)};
  if (const auto* words = check::Get<check::Template>(value))
    return {Text(check::TemplateText(*words))};
  if (const auto* count = check::Get<std::int64_t>(value)) return {Text(fmt::format("{}", *count))};
  if (const auto* flag = check::Get<bool>(value)) return {Text(*flag ? "yes" : "no")};
  if (const auto* zone = check::Get<check::ZoneName>(value)) return {Text(zone->name)};
  if (const auto* duration = check::Get<check::DurationValue>(value))
    return {Text(values::FormatDuration(duration->ms))};
  if (const auto* list = check::Get<check::ValueList>(value)) {
    std::vector<Line> items;
    for (const check::Value& item : *list) items.push_back(ShownValue(item));
    return Joined(items);
  }
  return {};
}

Line Book::Shown(const check::Decl& decl, const check::Field& field) const {
  if (field.value.absent()) return {};
  Line shown = ShownValue(field.value);
  if (!shown.empty()) return shown;
  const check::FieldSchema* schema = decl.schema->Field(field.name);
  const bool standard = !field.written && schema != nullptr && schema->default_value.valid();
  const std::string text = standard ? syntax::Print(*decl.schema->tree, schema->default_value)
                                    : Written(field.value.span);
  return {Linked(text)};
}

bool Book::Writes(const check::Decl& decl, std::string_view field) {
  const auto found = std::ranges::find(decl.fields, field, &check::Field::name);
  return found != decl.fields.end() && found->written && !found->value.absent();
}

Line Book::Shown(const check::Decl& decl, std::string_view field) const {
  const auto found = std::ranges::find(decl.fields, field, &check::Field::name);
  return found == decl.fields.end() ? Line() : Shown(decl, *found);
}

namespace {

bool Names(const check::Value& value, const check::Policy& policy, const check::Decl& decl) {
  const auto is = [&](check::DeclId id) { return id.valid() && &policy[id] == &decl; };
  if (const auto* reference = check::Get<check::Reference>(value)) return is(reference->decl);
  if (const auto* recipients = check::Get<check::Recipients>(value)) {
    return std::ranges::any_of(recipients->all, [&](const check::Recipient& recipient) {
      return is(recipient.person) || is(recipient.tier);
    });
  }
  const auto* list = check::Get<check::ValueList>(value);
  return list != nullptr && std::ranges::any_of(*list, [&](const check::Value& item) {
           return Names(item, policy, decl);
         });
}

bool NamesAnywhere(const check::Decl& user, const check::Policy& policy, const check::Decl& decl) {
  if (user.target.valid() && &policy[user.target] == &decl) return true;
  const auto field = [&](const check::Field& one) { return Names(one.value, policy, decl); };
  const auto row = [&](const check::Decl& one) { return NamesAnywhere(one, policy, decl); };
  const auto action = [&](const check::Action& one) { return Names({one.to, {}}, policy, decl); };
  const auto clause = [&](const check::Clause& one) {
    return std::ranges::any_of(one.actions, action);
  };
  return std::ranges::any_of(user.fields, field) || std::ranges::any_of(user.rows, row) ||
         std::ranges::any_of(user.clauses, clause);
}

}  // namespace

std::vector<const check::Decl*> Book::Users(const check::Decl& decl, std::string_view kind) const {
  std::vector<const check::Decl*> users;
  for (const check::Decl* user : OfKind(kind)) {
    if (NamesAnywhere(*user, input_.policy, decl)) users.push_back(user);
  }
  return users;
}

std::vector<std::vector<Line>> Book::Others(const check::Decl& decl,
                                            const std::set<std::string_view>& said) const {
  std::vector<std::vector<Line>> others;
  for (const check::Field& field : decl.fields) {
    if (!field.written || field.value.absent() || said.contains(field.name)) continue;
    others.push_back({{Text(field.name)}, Shown(decl, field)});
  }
  return others;
}

}  // namespace tocsin::doc
