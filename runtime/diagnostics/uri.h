// Paths of files as URI references (RFC 3986), percent-encoded byte by byte.
#pragma once

#include <string>
#include <string_view>

namespace tocsin::diagnostics {

// A relative path stays relative; one that leaves the absolute path `folder` from which it starts,
// or is absolute itself, becomes a `file:` URI.
std::string FileUri(std::string_view path, std::string_view folder);

// What comes with the language and is no file: `tocsin:stdlib/kinds/tier.tocsin`.
std::string BuiltinUri(std::string_view path);

}  // namespace tocsin::diagnostics
