#include "compiler/doc/texts.h"

#include <span>

#include "runtime/base/check.h"
#include "runtime/base/embedded.h"

namespace tocsin::doc {

// Made at build time.
std::span<const base::EmbeddedFile> Files();

std::string_view EmbeddedText(std::string_view name) {
  for (const base::EmbeddedFile& file : Files()) {
    if (file.name == name) return file.text;
  }
  TOCSIN_CHECK(false, "a style sheet or the page is missing");
}

}  // namespace tocsin::doc
