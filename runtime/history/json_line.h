// One line of JSON as a flat list of fields: an object whose values are strings, numbers or, under
// `labels`, an object of strings. Anything deeper is refused, and so is a name given twice.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::history {

struct JsonField {
  enum class Kind : std::uint8_t { kString, kNumber, kOther };
  std::string name;
  bool label = false;  // of the object `labels`
  Kind kind = Kind::kOther;
  std::string text;  // of a string, decoded; of a number, as written
};

struct JsonLine {
  std::vector<JsonField> fields;
  bool has_labels = false;
};

// Reads the whole line. Where it is not such an object, says why, and where in the line it stopped.
bool ParseJsonLine(std::string_view line, JsonLine& parsed, std::string& problem, std::size_t& at);

}  // namespace tocsin::history
