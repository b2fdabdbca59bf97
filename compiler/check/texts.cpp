#include "compiler/check/texts.h"

namespace tocsin::check {

std::optional<std::string> PlainText(const syntax::Tree& tree, syntax::ExprId id) {
  if (!id.valid() || tree[id].kind != syntax::ExprKind::kString) return std::nullopt;
  std::string text;
  for (const syntax::StringPart& part : tree[id].parts) {
    if (part.kind != syntax::PartKind::kText) return std::nullopt;
    text += part.text;
  }
  return text;
}

int MinuteOfDay(std::string_view text, bool end) {
  if (text.size() != 5) return -1;
  const int hour = (text[0] - '0') * 10 + (text[1] - '0');
  const int minute = (text[3] - '0') * 10 + (text[4] - '0');
  if (end && hour == 24 && minute == 0) return 24 * 60;
  return hour > 23 || minute > 59 ? -1 : hour * 60 + minute;
}

}  // namespace tocsin::check
