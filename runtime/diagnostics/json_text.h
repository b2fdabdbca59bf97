// Text from anywhere as JSON, and JSON laid out for people to read. The only header of this room
// that shows Boost.JSON, for the formats that are made of it.
#pragma once

#include <string>
#include <string_view>

#include <boost/json.hpp>

namespace tocsin::diagnostics {

// Bytes that are not UTF-8, which JSON cannot carry, are spelled out.
boost::json::string JsonText(std::string_view text);
// The same, null where it is empty.
boost::json::value JsonTextOrNull(std::string_view text);

// Two spaces for each level, members in their order, a line break at the end.
std::string PrettyJson(const boost::json::value& value);

}  // namespace tocsin::diagnostics
