// `import`: what it brings is declared where it comes from.

#include "compiler/kinds/kind.h"

namespace tocsin::kinds {
namespace {

void Check(CheckContext& context, const check::Decl& decl) {
  if (decl.name == "duty") {
    context.sink.Emit(codes::kBadName, decl.span, decl.name,
                      "word that something is over is sent by `duty.over`");
  }
}

}  // namespace

extern const KindRow kind_import;
const KindRow kind_import{"import", Check, nullptr};

}  // namespace tocsin::kinds
