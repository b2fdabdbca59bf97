#include "runtime/base/filled.h"

namespace tocsin::base {

std::string Filled(std::string_view text,
                   const std::vector<std::pair<std::string_view, std::string_view>>& parts) {
  std::string filled;
  for (;;) {
    const std::size_t open = text.find("{{");
    const std::size_t close = text.find("}}", open);
    if (open == std::string_view::npos || close == std::string_view::npos) break;
    filled += text.substr(0, open);
    const std::string_view name = text.substr(open + 2, close - open - 2);
    for (const auto& [part, content] : parts) {
      if (part == name) filled += content;
    }
    text.remove_prefix(close + 2);
  }
  return filled.append(text);
}

}  // namespace tocsin::base
