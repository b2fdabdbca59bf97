// Codes to their pages. The pages are docs/errors/*.md, compiled into the program so that `tocsin
// explain` works without a network and says what this version does.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "runtime/base/embedded.h"

namespace tocsin::diagnostics {

// The page of a code (`E0301`, in any case) or of its name (`unknown-name`), or nothing where there
// is no such code or it has no page.
std::optional<std::string_view> FindPage(std::span<const base::EmbeddedFile> pages,
                                         std::string_view wanted);

// The code whose number or name is nearest to `wanted`, or empty: for "did you mean".
std::string NearestCode(std::string_view wanted);

// Every code with its name and message, one a line, in the order of their numbers.
std::string ListCodes();

}  // namespace tocsin::diagnostics
