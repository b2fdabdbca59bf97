// The pages of docs/errors, compiled into the program.
#pragma once

#include <span>

#include "runtime/base/embedded.h"

namespace tocsin::driver {

std::span<const base::EmbeddedFile> ErrorPages();

}  // namespace tocsin::driver
