// Percent-encoding (RFC 3986, section 2.1), byte by byte.
#pragma once

#include <string>
#include <string_view>

namespace tocsin::base {

// All but what section 2.3 calls unreserved, and the characters in `kept`.
std::string PercentEncoded(std::string_view text, std::string_view kept = "");

}  // namespace tocsin::base
