// The policy that `tocsin init` begins with: the files of this folder, compiled into the program.
// They are a whole policy called `my_policy`, whose name is the only thing that is put in its
// place.
#pragma once

#include <span>

#include "runtime/base/embedded.h"

namespace tocsin::driver {

std::span<const base::EmbeddedFile> StarterFiles();

}  // namespace tocsin::driver
