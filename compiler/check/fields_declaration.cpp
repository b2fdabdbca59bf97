// The name of a declaration, of whatever kind.

#include "compiler/check/fields.h"

namespace tocsin::check {

Value ReadDeclaration(FieldReader& reader, syntax::ExprId id) {
  Context& context = reader.context;
  const auto name_at = context.NameAt(reader.tree, id);
  if (!name_at) return reader.Wrong(id);
  const DeclId* found = context.Lookup(name_at->text);
  if (found != nullptr) return reader.Made(id, Reference{*found});
  if (context.Doubtful(name_at->text)) return {};
  auto& finding =
      context.sink.Emit(codes::kUnknownName, name_at->span, "declaration", name_at->text);
  std::vector<std::string> known;
  for (const auto& [name, declaration] : context.names) known.push_back(name);
  Suggest(finding, *name_at, known, "there are");
  return {};
}

}  // namespace tocsin::check
