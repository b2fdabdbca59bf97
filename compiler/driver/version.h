// The version of this program.
#pragma once

#include <string_view>

namespace tocsin::driver {

inline constexpr std::string_view kVersion = TOCSIN_VERSION;

}  // namespace tocsin::driver
