#include "runtime/engine/texts.h"

#include <limits>

#include "runtime/base/check.h"
#include "runtime/base/utf8.h"

namespace tocsin::engine {
namespace {

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
  return RenderWithin(text, alert, row, false);
}

std::string Texts::RenderWithin(ir::TextId text, ir::MachineId alert, std::uint32_t row,
                                bool is_headline) const {
  const ir::Machine& machine = program_.machines[alert.index];
  std::string rendered;
  for (const ir::TextPart& part : program_.texts[text.index].parts) {
    switch (part.kind) {
      case ir::TextPartKind::kText:
        rendered += part.text;
        break;
      case ir::TextPartKind::kLabel:
        rendered += Clean(columns_.rows(machine.space).ValueOf(row, part.text));
        break;
      case ir::TextPartKind::kValue:
        rendered += Value(part, machine, row);
        break;
      case ir::TextPartKind::kTitle:
        rendered += is_headline || !machine.headline.valid()
                        ? machine.name
                        : RenderWithin(machine.headline, alert, row, true);
        break;
    }
  }
  return rendered;
}

std::string Texts::Value(const ir::TextPart& part, const ir::Machine& alert,
                         std::uint32_t row) const {
  const auto value = alert.value.valid() ? columns_.NumberAt(alert.value, row) : std::nullopt;
  if (!value) return values::FormatQuantity(std::numeric_limits<double>::quiet_NaN(), part.unit);
  if (part.text.empty()) return values::FormatQuantity(*value, part.unit);
  return Clean(functions_.find(part.text)->second(*value, part.unit));
}

}  // namespace tocsin::engine
