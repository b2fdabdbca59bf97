// `label`: a domain that rows are counted by.

#include "compiler/kinds/kind.h"

namespace tocsin::kinds {
namespace {

void Check(CheckContext& context, const check::Decl& decl) {
  if (decl.name == "value") {
    context.sink.Emit(codes::kBadName, decl.span, decl.name,
                      "in a text, `{value}` is what was measured");
  }
}

void Expand(ExpandContext& context, const check::Decl& decl) {
  const auto& domain = *check::Get<check::Domain>(decl.type);
  context.core.labels.push_back({decl.name, domain.closed, domain.values, domain.bound});
}

}  // namespace

extern const KindRow kind_label;
const KindRow kind_label{"label", Check, Expand};

}  // namespace tocsin::kinds
