// Text from anywhere as XML 1.0.
#pragma once

#include <string>
#include <string_view>

namespace tocsin::diagnostics {

// Escaped, for an attribute in double quotes or between tags. What XML cannot carry at all is
// spelled out.
std::string XmlText(std::string_view text, bool attribute = true);

}  // namespace tocsin::diagnostics
