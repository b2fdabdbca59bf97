#include "runtime/engine/texts.h"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "runtime/base/check.h"
#include "runtime/base/percent.h"
#include "runtime/base/utf8.h"

namespace tocsin::engine {
namespace {

using ir::TextPartKind;

constexpr std::size_t kRowsNamed = 5;    // in a line
constexpr std::size_t kRowsListed = 50;  // each with words of its own

}  // namespace

std::string Clean(std::string_view untrusted) {
  std::string clean;
  clean.reserve(untrusted.size());
  for (std::size_t at = 0; at < untrusted.size();) {
    const base::CodePoint point = base::Decode(untrusted, at);
    if (!point.valid) {
      clean += '?';
    } else if (base::IsInvisible(point.value)) {
      clean += ' ';
    } else {
      clean += untrusted.substr(at, point.length);
    }
    at += point.length;
  }
  return clean;
}

Texts::Texts(const ir::Program& program, const Columns& columns,
             std::span<const values::FunctionRow* const> functions)
    : program_(program), columns_(columns) {
  for (const values::FunctionRow* row : functions) {
    if (row->text != nullptr) functions_.emplace(row->name, row->text);
  }
  for (const ir::Text& text : program.texts) {
    for (const ir::TextPart& part : text.parts) {
      const bool value = part.kind == TextPartKind::kValue || part.kind == TextPartKind::kRowValue;
      TOCSIN_CHECK(!value || part.text.empty() || functions_.contains(part.text),
                   "the program names a text function that the table does not have: " + part.text);
    }
  }
}

std::string Texts::Render(ir::TextId text, ir::MachineId alert, std::uint32_t row,
                          const Occasion& occasion) const {
  return RenderWithin(text, {alert, row, &occasion}, Where::kMessage);
}

std::string Texts::Link(ir::MachineId alert, std::uint32_t row) const {
  const ir::TextId link = program_.machines[alert.index].link;
  return link.valid() ? RenderWithin(link, {alert, row}, Where::kLink) : std::string();
}

bool Texts::IsSameForAll(ir::TextId text) const {
  return std::ranges::none_of(program_.texts[text.index].parts, [](const ir::TextPart& part) {
    return part.kind == TextPartKind::kRecipient || part.kind == TextPartKind::kInstant ||
           part.kind == TextPartKind::kDate || part.kind == TextPartKind::kTime;
  });
}

std::string Texts::RenderWithin(ir::TextId text, const About& about, Where where) const {
  const std::span<const ir::TextPart> parts = program_.texts[text.index].parts;
  std::string rendered;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].kind != TextPartKind::kEach) {
      rendered += Part(parts[i], about, where);
      continue;
    }
    const std::size_t first = i + 1;
    while (parts[i].kind != TextPartKind::kEnd) ++i;
    rendered += Each(parts.subspan(first, i - first), program_.machines[about.alert.index],
                     about.row, where);
  }
  return rendered;
}

std::string Texts::Part(const ir::TextPart& part, const About& about, Where where) const {
  const ir::Machine& machine = program_.machines[about.alert.index];
  switch (part.kind) {
    case TextPartKind::kText:
      return part.text;
    case TextPartKind::kLabel:
      return Label(machine.space, about.row, part.text, where);
    case TextPartKind::kValue:
      return Value(part, machine.value, about.row);
    case TextPartKind::kTitle:
      return where == Where::kHeadline || !machine.headline.valid()
                 ? machine.name
                 : RenderWithin(machine.headline, about, Where::kHeadline);
    case TextPartKind::kCount:
      return std::to_string(MembersOf(machine, about.row).size());
    case TextPartKind::kRows:
      return Names(machine, about.row);
    default:
      return OfOccasion(part, about);
  }
}

std::string Texts::Each(std::span<const ir::TextPart> parts, const ir::Machine& group,
                        std::uint32_t row, Where where) const {
  const std::vector<std::uint32_t> members = MembersOf(group, row);
  std::string rendered;
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (i == kRowsListed) return rendered + fmt::format("and {} more", members.size() - i);
    for (const ir::TextPart& part : parts) {
      if (part.kind == TextPartKind::kRowLabel) {
        const ir::SpaceId space = program_.truths[group.members.index].space;
        rendered += Label(space, members[i], part.text, where);
      } else if (part.kind == TextPartKind::kRowValue) {
        rendered += Value(part, group.members_value, members[i]);
      } else {
        // What is of the whole, within it.
        const auto machine = static_cast<std::size_t>(&group - program_.machines.data());
        rendered += Part(part, {ir::MachineId(machine), row}, where);
      }
    }
  }
  return rendered;
}

std::string Texts::Label(ir::SpaceId space, std::uint32_t row, const std::string& label,
                         Where where) const {
  const std::string_view value = columns_.rows(space).ValueOf(row, label);
  return where == Where::kLink ? base::PercentEncoded(value) : Clean(value);
}

// What only a message says.
std::string Texts::OfOccasion(const ir::TextPart& part, const About& about) const {
  const ir::Machine& machine = program_.machines[about.alert.index];
  TOCSIN_CHECK(about.occasion != nullptr, "only a message says to whom and when");
  const Occasion& occasion = *about.occasion;
  switch (part.kind) {
    case TextPartKind::kId: {
      std::string id = machine.name;
      for (const ir::LabelId label : program_.spaces[machine.space.index].labels)
        id += "/" +
              Label(machine.space, about.row, program_.labels[label.index].name, Where::kMessage);
      return fmt::format("{}/{}", id, occasion.epoch);
    }
    case TextPartKind::kKey:
      return Key(machine, about.row);
    case TextPartKind::kRecipient: {
      if (!occasion.person.valid()) return {};
      const ir::Person& person = program_.people[occasion.person.index];
      return person.title.empty() ? person.name : person.title;
    }
    case TextPartKind::kLasted: {
      const values::Duration lasted = occasion.now - occasion.began;
      return values::FormatDuration(lasted - values::FloorModulo(lasted, values::kSecondMs));
    }
    default:
      return Time(part, occasion);
  }
}

std::string Texts::Time(const ir::TextPart& part, const Occasion& occasion) const {
  static const values::Zone kUtc;
  const ir::ZoneId of =
      occasion.person.valid() ? program_.people[occasion.person.index].zone : ir::ZoneId();
  const values::Zone& zone = of.valid() ? program_.zones[of.index].zone : kUtc;
  const std::string clock =
      values::FormatClock(part.text.empty() ? occasion.began : occasion.now, zone);
  constexpr std::size_t kDate = 10, kMinute = 16;  // characters of `2026-11-23 04:15:00`
  if (part.kind == TextPartKind::kDate) return clock.substr(0, kDate);
  if (part.kind == TextPartKind::kTime) return clock.substr(kDate + 1, kMinute - kDate - 1);
  return fmt::format("{} {}", clock.substr(0, kMinute), zone.name());
}

// Which row it is, in words: `region eu, host web1`; of several rows which they are, too.
std::string Texts::Key(const ir::Machine& machine, std::uint32_t row) const {
  std::string key;
  for (const ir::LabelId label : program_.spaces[machine.space.index].labels) {
    const std::string& name = program_.labels[label.index].name;
    key += fmt::format("{}{} {}", key.empty() ? "" : ", ", name,
                       Label(machine.space, row, name, Where::kMessage));
  }
  const std::string names = Names(machine, row);
  if (!names.empty()) key += (key.empty() ? "" : ": ") + names;
  return key.empty() ? "everything" : key;
}

// The rows that a group stands for at this time, in canonical order.
std::vector<std::uint32_t> Texts::MembersOf(const ir::Machine& group, std::uint32_t row) const {
  std::vector<std::uint32_t> members;
  if (!group.members.valid()) return members;
  const Rows& own = columns_.rows(group.space);
  const Rows& rows = columns_.rows(program_.truths[group.members.index].space);
  const auto belongs = [&](std::uint32_t member) {
    return std::ranges::all_of(program_.spaces[group.space.index].labels, [&](ir::LabelId label) {
      const std::string& name = program_.labels[label.index].name;
      return rows.ValueOf(member, name) == own.ValueOf(row, name);
    });
  };
  for (std::uint32_t member = 0; member < rows.count(); ++member) {
    if (columns_.TruthAt(group.members, member).value_or(false) && belongs(member))
      members.push_back(member);
  }
  std::ranges::sort(members, [&](std::uint32_t a, std::uint32_t b) { return rows.Before(a, b); });
  return members;
}

// What tells the rows of a group from one another: `web1, web2 and 7 more`.
std::string Texts::Names(const ir::Machine& group, std::uint32_t row) const {
  const std::vector<std::uint32_t> members = MembersOf(group, row);
  if (!group.members.valid()) return {};
  const ir::SpaceId space = program_.truths[group.members.index].space;
  const std::vector<ir::LabelId>& shared = program_.spaces[group.space.index].labels;
  std::string names;
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (i == kRowsNamed) return names + fmt::format(" and {} more", members.size() - i);
    std::string name;
    for (const ir::LabelId label : program_.spaces[space.index].labels) {
      if (std::ranges::find(shared, label) != shared.end()) continue;
      name += name.empty() ? "" : "/";
      name += Clean(columns_.rows(space).ValueOf(members[i], program_.labels[label.index].name));
    }
    names += (i == 0 ? "" : ", ") + name;
  }
  return names;
}

std::string Texts::Value(const ir::TextPart& part, ir::NumberColumnId column,
                         std::uint32_t row) const {
  const auto value = column.valid() ? columns_.NumberAt(column, row) : std::nullopt;
  if (!value) return values::FormatQuantity(std::numeric_limits<double>::quiet_NaN(), part.unit);
  if (part.text.empty()) return values::FormatQuantity(*value, part.unit);
  return Clean(functions_.find(part.text)->second(*value, part.unit));
}

}  // namespace tocsin::engine
