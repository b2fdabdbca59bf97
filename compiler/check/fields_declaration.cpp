// The name of a declaration, of whatever kind.

#include "compiler/check/fields.h"

namespace tocsin::check {

Value ReadDeclaration(FieldReader& reader, syntax::ExprId id) {
  const syntax::Expr& expr = reader.tree[id];
  if (expr.kind != syntax::ExprKind::kName) return reader.Wrong(id);
  Context& context = reader.context;
  const auto found = context.names.find(expr.name.text);
  if (found != context.names.end()) return reader.Made(id, Reference{found->second});
  if (context.doubtful.contains(expr.name.text)) return {};
  auto& finding = context.sink.Emit(codes::kUnknownName, expr.span, "declaration", expr.name.text);
  std::vector<std::string> known;
  for (const auto& [name, declaration] : context.names) known.push_back(name);
  Suggest(finding, expr.name, known, "there are");
  return {};
}

}  // namespace tocsin::check
