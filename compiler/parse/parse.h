// One source file to its tree. Never throws and never crashes, whatever the text: what cannot be
// parsed is reported, one finding for each cause, and the declarations and clauses around it are
// still parsed. `complete` is false exactly where something was reported.
#pragma once

#include "compiler/syntax/syntax.h"
#include "runtime/diagnostics/diagnostic.h"
#include "runtime/diagnostics/source.h"

namespace tocsin::parse {

// `sources` must outlive the tree, whose names point into the text.
syntax::Tree ParseFile(diagnostics::SourceId source, const diagnostics::SourceSet& sources,
                       diagnostics::Sink& sink);

}  // namespace tocsin::parse
