// The kinds of the standard library as trees. They were parsed when the program was built, so that
// it starts without parsing them; a test holds that parsing gives the same.
#pragma once

#include <deque>
#include <span>

#include "compiler/syntax/syntax.h"
#include "runtime/base/embedded.h"

namespace tocsin::snapshot {

// The bytes of their trees (compiler/syntax/encode.h), in the order of stdlib::Kinds(); generated.
std::span<const base::EmbeddedFile> KindTrees();

// Adds their texts to the sources, which must outlive the trees.
std::deque<syntax::Tree> StandardKinds(diagnostics::SourceSet& sources);

}  // namespace tocsin::snapshot
