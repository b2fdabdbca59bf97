// The schemas of the standard kinds, as text compiled into the program.
#pragma once

#include <span>

#include "runtime/base/embedded.h"

namespace tocsin::stdlib {

std::span<const base::EmbeddedFile> Kinds();

}  // namespace tocsin::stdlib
