#include "runtime/engine/texts.h"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "runtime/base/check.h"
#include "runtime/base/percent.h"
#include "runtime/base/utf8.h"

namespace tocsin::engine {
namespace {

constexpr std::size_t kRowsNamed = 5;

// Of the byte that starts each character.
bool StartsCharacter(char byte) { return (static_cast<unsigned char>(byte) & 0xc0u) != 0x80u; }

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

std::string Truncate(std::string text, std::uint32_t limit) {
  constexpr std::uint32_t kDots = 3;
  if (limit == 0) return text;
  const std::uint32_t kept = limit > kDots ? limit - kDots : limit;
  std::uint32_t characters = 0;
  std::size_t cut = text.size();
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!StartsCharacter(text[i])) continue;
    if (characters == kept) cut = i;
    if (++characters > limit) {
      text.resize(cut);
      if (limit > kDots) text += "...";
      return text;
    }
  }
  return text;
}

Texts::Texts(const ir::Program& program, const Columns& columns,
             std::span<const values::FunctionRow* const> functions)
    : program_(program), columns_(columns) {
  for (const values::FunctionRow* row : functions) {
    if (row->text != nullptr) functions_.emplace(row->name, row->text);
  }
  for (const ir::Text& text : program.texts) {
    for (const ir::TextPart& part : text.parts) {
      TOCSIN_CHECK(part.kind != ir::TextPartKind::kValue || part.text.empty() ||
                       functions_.contains(part.text),
                   "the program names a text function that the table does not have: " + part.text);
    }
  }
}

std::string Texts::Render(ir::TextId text, ir::MachineId alert, std::uint32_t row) const {
  return RenderWithin(text, alert, row, Where::kMessage);
}

std::string Texts::Link(ir::MachineId alert, std::uint32_t row) const {
  const ir::TextId link = program_.machines[alert.index].link;
  return link.valid() ? RenderWithin(link, alert, row, Where::kLink) : std::string();
}

std::string Texts::RenderWithin(ir::TextId text, ir::MachineId alert, std::uint32_t row,
                                Where where) const {
  const ir::Machine& machine = program_.machines[alert.index];
  std::string rendered;
  for (const ir::TextPart& part : program_.texts[text.index].parts) {
    switch (part.kind) {
      case ir::TextPartKind::kText:
        rendered += part.text;
        break;
      case ir::TextPartKind::kLabel:
        rendered += where == Where::kLink
                        ? base::PercentEncoded(columns_.rows(machine.space).ValueOf(row, part.text))
                        : Clean(columns_.rows(machine.space).ValueOf(row, part.text));
        break;
      case ir::TextPartKind::kValue:
        rendered += Value(part, machine, row);
        break;
      case ir::TextPartKind::kTitle:
        rendered += where == Where::kHeadline || !machine.headline.valid()
                        ? machine.name
                        : RenderWithin(machine.headline, alert, row, Where::kHeadline);
        break;
      case ir::TextPartKind::kCount:
        rendered += std::to_string(MembersOf(machine, row).size());
        break;
      case ir::TextPartKind::kRows:
        rendered += Names(machine, row);
        break;
    }
  }
  return rendered;
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

std::string Texts::Value(const ir::TextPart& part, const ir::Machine& alert,
                         std::uint32_t row) const {
  const auto value = alert.value.valid() ? columns_.NumberAt(alert.value, row) : std::nullopt;
  if (!value) return values::FormatQuantity(std::numeric_limits<double>::quiet_NaN(), part.unit);
  if (part.text.empty()) return values::FormatQuantity(*value, part.unit);
  return Clean(functions_.find(part.text)->second(*value, part.unit));
}

}  // namespace tocsin::engine
