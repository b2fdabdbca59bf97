#include "runtime/diagnostics/xml_text.h"

#include <fmt/format.h>

#include "runtime/base/utf8.h"

namespace tocsin::diagnostics {
namespace {

// Whether XML 1.0 (fifth edition, production 2) allows the character at all, escaped or not.
bool IsXml(const base::CodePoint& c) {
  return c.valid && (c.value == '\t' || c.value == '\n' || c.value == '\r' ||
                     (c.value >= 0x20 && c.value != 0xFFFE && c.value != 0xFFFF));
}

}  // namespace

std::string XmlText(std::string_view text, bool attribute) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const base::CodePoint c = base::Decode(text, at);
    const std::string_view bytes = text.substr(at, c.length);
    at += c.length;
    if (!IsXml(c)) {
      out += fmt::format(fmt::runtime(c.valid ? "\\u{{{:x}}}" : "\\x{:02x}"),
                         static_cast<std::uint32_t>(c.value));
    } else if (c.value == '&') {
      out += "&amp;";
    } else if (c.value == '<') {
      out += "&lt;";
    } else if (c.value == '>') {
      out += "&gt;";
    } else if (c.value == '"') {
      out += "&quot;";
    } else if (c.value == '\r' || (attribute && c.value < 0x20)) {
      // A reader would make spaces of these in an attribute, and drop a carriage return.
      out += fmt::format("&#{};", static_cast<std::uint32_t>(c.value));
    } else {
      out += bytes;
    }
  }
  return out;
}

}  // namespace tocsin::diagnostics
