#include "runtime/engine/fitted.h"

namespace tocsin::engine {
namespace {

// Of the byte that starts each character.
bool StartsCharacter(char byte) { return (static_cast<unsigned char>(byte) & 0xc0u) != 0x80u; }

std::string_view Entity(char sign) {
  switch (sign) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return {};
  }
}

// What stands for a byte in a markup.
std::string Sign(char byte, ir::Markup markup) {
  constexpr std::string_view kOfMarkdown = "\\`*_[]<>#|~&!";
  if (markup == ir::Markup::kMarkdown && kOfMarkdown.contains(byte)) return {'\\', byte};
  const bool quote = byte == '"' || byte == '\'';
  const bool entities = markup == ir::Markup::kHtml || (markup == ir::Markup::kSlack && !quote);
  const std::string_view entity = entities ? Entity(byte) : std::string_view();
  return entity.empty() ? std::string(1, byte) : std::string(entity);
}

}  // namespace

std::string Fitted(std::string_view text, ir::Markup markup, std::uint32_t limit) {
  constexpr std::uint32_t kDots = 3;
  const std::uint32_t kept = limit > kDots ? limit - kDots : limit;
  std::string fitted;
  std::uint32_t characters = 0;
  std::size_t cut = 0;  // the most of it after which there is room for the dots
  for (const char byte : text) {
    if (StartsCharacter(byte) && characters <= kept) cut = fitted.size();
    const std::string sign = Sign(byte, markup);
    if (StartsCharacter(byte)) characters += static_cast<std::uint32_t>(sign.size());
    if (limit != 0 && characters > limit) {
      fitted.resize(cut);
      return limit > kDots ? fitted + "..." : fitted;
    }
    fitted += sign;
  }
  return fitted;
}

}  // namespace tocsin::engine
