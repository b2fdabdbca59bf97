// A tree as bytes and back, so that what never changes, the kinds of the standard library, is
// parsed when the program is built and not each time it starts. The bytes hold places in the text,
// not the text itself.
#pragma once

#include <string>
#include <string_view>

#include "compiler/syntax/syntax.h"

namespace tocsin::syntax {

std::string Encode(const Tree& tree, const diagnostics::SourceSet& sources);

// `bytes` are what Encode made of a tree of the same text; of anything else the result is of no
// meaning, or the process ends.
Tree Decode(std::string_view bytes, diagnostics::SourceId source,
            const diagnostics::SourceSet& sources);

}  // namespace tocsin::syntax
