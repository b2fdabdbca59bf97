// Quantities written the way people write them elsewhere: `15 min`, `5 %`, `80msand`. The parser
// would stumble over what follows them, far from the slip.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/parse/lex.h"

namespace tocsin::parse {

struct QuantitySlip {
  std::uint32_t end = 0;    // in bytes; it begins where its first lexeme does
  std::size_t further = 0;  // lexemes that belong to it after the first
  std::string meant;        // how it is written: `15m`
};

// The slip whose first lexeme is `in[at]`, if it is one. `in` ends with EOF.
std::optional<QuantitySlip> FindQuantitySlip(const std::vector<Lexeme>& in, std::size_t at,
                                             std::string_view text);

}  // namespace tocsin::parse
