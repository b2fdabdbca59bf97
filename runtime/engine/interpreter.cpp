#include "runtime/engine/interpreter.h"

#include "runtime/engine/interpreter_machines.h"
#include "runtime/engine/interpreter_series.h"

namespace tocsin::engine {
namespace {

class Interpreter final : public Executor {
 public:
  explicit Interpreter(const ir::Program& program) : series_(program), machines_(program) {}

  std::string_view name() const override { return "interpret"; }
  bool native() const override { return false; }
  void RunKernel(ir::ShapeId shape, const ir::KernelFrame& frame) override {
    series_.Run(shape, frame);
  }
  std::int64_t Select(ir::MachineId machine, const ir::MachineFrame& frame) override {
    return machines_.Select(machine, frame);
  }
  void Act(ir::MachineId machine, const ir::MachineFrame& frame, std::int64_t transition) override {
    machines_.Act(machine, frame, transition);
  }

 private:
  SeriesInterpreter series_;
  MachineInterpreter machines_;
};

}  // namespace

std::unique_ptr<Executor> MakeInterpreter(const ir::Program& program) {
  return std::make_unique<Interpreter>(program);
}

}  // namespace tocsin::engine
