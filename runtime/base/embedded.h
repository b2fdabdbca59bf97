// A file whose text was compiled into the program: the standard library, the pages of `explain`.
#pragma once

#include <span>
#include <string_view>

namespace tocsin::base {

struct EmbeddedFile {
  std::string_view name;  // without a folder: "tier.tocsin"
  std::string_view text;
};

}  // namespace tocsin::base
