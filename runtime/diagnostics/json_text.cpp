#include "runtime/diagnostics/json_text.h"

#include "runtime/base/utf8.h"
#include "runtime/diagnostics/diagnostic.h"

namespace tocsin::diagnostics {

namespace json = boost::json;

json::string JsonText(std::string_view text) {
  const bool fine = base::FirstInvalidByte(text) == std::string_view::npos;
  const std::string shown = fine ? std::string() : Shown(text, text.size());
  if (!fine) text = shown;
  return json::string(text.data(), text.size());
}

json::value JsonTextOrNull(std::string_view text) {
  return text.empty() ? json::value(nullptr) : json::value(JsonText(text));
}

namespace {

void Write(const json::value& value, std::string& out, std::size_t depth);

void Break(std::string& out, std::size_t depth) { out += "\n" + std::string(2 * depth, ' '); }

void WriteObject(const json::object& object, std::string& out, std::size_t depth) {
  out += '{';
  bool first = true;
  for (const auto& [name, value] : object) {
    if (!first) out += ',';
    first = false;
    Break(out, depth + 1);
    out += json::serialize(json::value(name)) + ": ";
    Write(value, out, depth + 1);
  }
  Break(out, depth);
  out += '}';
}

void Write(const json::value& value, std::string& out, std::size_t depth) {
  if (const json::object* object = value.if_object(); object != nullptr && !object->empty()) {
    return WriteObject(*object, out, depth);
  }
  const json::array* array = value.if_array();
  if (array == nullptr || array->empty()) {
    out += json::serialize(value);
    return;
  }
  out += '[';
  for (std::size_t i = 0; i < array->size(); ++i) {
    if (i > 0) out += ',';
    Break(out, depth + 1);
    Write((*array)[i], out, depth + 1);
  }
  Break(out, depth);
  out += ']';
}

}  // namespace

std::string PrettyJson(const json::value& value) {
  std::string out;
  Write(value, out, 0);
  return out + "\n";
}

}  // namespace tocsin::diagnostics
