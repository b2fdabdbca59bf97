// What must hold of a text before it is cut into tokens: not too large, UTF-8, no invisible control
// characters.
#pragma once

#include "runtime/diagnostics/diagnostic.h"
#include "runtime/diagnostics/source.h"

namespace tocsin::parse {

enum class TextState { kClean, kReadable, kUnreadable };

// kReadable: something was reported, but the text can be cut into tokens. kUnreadable: it cannot.
TextState CheckText(diagnostics::SourceId source, const diagnostics::SourceSet& sources,
                    diagnostics::Sink& sink);

// The number of bytes of a byte order mark at the beginning.
std::uint32_t ByteOrderMark(std::string_view text);

// A character that shows nothing or changes how its neighbours are shown. The joiners that many
// scripts need are allowed.
bool Forbidden(char32_t code);

}  // namespace tocsin::parse
