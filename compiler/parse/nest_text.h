// The pieces of a string, one after the other, to its parts: what stands between `{for}` or `{if}`
// and their `{end}` lies within them. Reports what is not matched, once for each text.
#pragma once

#include <vector>

#include "compiler/parse/text_block.h"
#include "runtime/diagnostics/diagnostic.h"

namespace tocsin::parse {

std::vector<syntax::StringPart> NestText(std::vector<TextPiece> pieces,
                                         const diagnostics::SourceSet& sources,
                                         diagnostics::Sink& sink);

}  // namespace tocsin::parse
