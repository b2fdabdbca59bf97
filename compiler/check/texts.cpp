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

}  // namespace tocsin::check
