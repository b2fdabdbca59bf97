// The parts of the reference that have a file of their own, each a section. For reference.cpp.
#pragma once

#include <span>

#include "compiler/doc/document.h"
#include "runtime/base/embedded.h"

namespace tocsin::doc {

// The rules of grammar/*.g4.
Blocks GrammarPart();

// Every code, with what its page says.
Blocks FindingsPart(std::span<const base::EmbeddedFile> pages);

}  // namespace tocsin::doc
