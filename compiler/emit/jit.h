// Machine code into this process, ready to be called.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "runtime/native/emitter_abi.h"

namespace tocsin::emit {

// Owns the memory the code lies in.
class Loaded {
 public:
  virtual ~Loaded() = default;
  std::vector<ir::KernelFunction> kernels;
  std::vector<native::MachineCode> machines;
};

// Loads an object made by EmitArtifact. Null with the reason in `error` when that fails.
std::unique_ptr<Loaded> LoadObject(const ir::Program& program, const std::string& object,
                                   std::string& error);

}  // namespace tocsin::emit
