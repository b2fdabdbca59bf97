#include "compiler/snapshot/standard.h"

#include <fmt/format.h>

#include "compiler/syntax/encode.h"
#include "runtime/base/check.h"
#include "stdlib/kinds/kinds.h"

namespace tocsin::snapshot {

std::deque<syntax::Tree> StandardKinds(diagnostics::SourceSet& sources) {
  const auto texts = stdlib::Kinds();
  const auto trees = KindTrees();
  TOCSIN_CHECK(texts.size() == trees.size(), "each standard kind has its tree");
  std::deque<syntax::Tree> standard;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    TOCSIN_CHECK(texts[i].name == trees[i].name, "texts and trees come in one order");
    const auto source = sources.AddBuiltin(fmt::format("stdlib/kinds/{}", texts[i].name),
                                           std::string(texts[i].text));
    standard.push_back(syntax::Decode(trees[i].text, source, sources));
  }
  return standard;
}

}  // namespace tocsin::snapshot
