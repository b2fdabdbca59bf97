// A program to machine code for one level: the same bytes for the same program and level, whatever
// machine makes them. It refers to nothing outside itself.
#pragma once

#include <string>

#include "runtime/native/emitter_abi.h"

namespace tocsin::emit {

// Appends the artifact to `bytes` and returns true, or returns false with the reason in `error`.
bool EmitArtifact(const native::EmitRequest& request, native::Artifact artifact, std::string& bytes,
                  std::string& error);

}  // namespace tocsin::emit
