// Text for people in lines of 80 columns.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "runtime/values/instants.h"

namespace tocsin::study {

inline constexpr std::size_t kColumns = 80;

// `text` in lines of at most `width` characters, broken at spaces.
std::vector<std::string> Wrap(std::string_view text, std::size_t width);

// How many columns it takes, a character being one.
std::size_t Width(std::string_view text);

// Its two largest parts, as a table has room for: `3d4h`, `32m`, `1m30s`.
std::string ShortDuration(values::Duration length);

}  // namespace tocsin::study
