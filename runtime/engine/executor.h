// The two ways of running a program's code behind one interface. Whatever an executor does, its
// results are the same to the last bit: the interpreter is the meaning, compiled code must agree
// with it.
#pragma once

#include <cstdint>
#include <string_view>

#include "runtime/ir/frames.h"
#include "runtime/ir/program.h"

namespace tocsin::engine {

class Executor {
 public:
  virtual ~Executor() = default;
  virtual std::string_view name() const = 0;  // "interpret", "jit", "linked"
  virtual bool native() const = 0;
  virtual void RunKernel(ir::ShapeId shape, const ir::KernelFrame& frame) = 0;
  virtual std::int64_t Select(ir::MachineId machine, const ir::MachineFrame& frame) = 0;
  virtual void Act(ir::MachineId machine, const ir::MachineFrame& frame,
                   std::int64_t transition) = 0;
};

}  // namespace tocsin::engine
