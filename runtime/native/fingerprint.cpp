#include "runtime/native/fingerprint.h"

namespace tocsin::native {
namespace {

class Hash {
 public:
  void Add(std::uint64_t number) {
    for (int byte = 0; byte < 8; ++byte) {
      state_ = (state_ ^ ((number >> (8 * byte)) & 0xff)) * 0x100000001b3u;
    }
  }
  void Add(const std::vector<ir::ScalarInst>& code) {
    Add(code.size());
    for (const ir::ScalarInst& inst : code) {
      Add(static_cast<std::uint64_t>(inst.op));
      Add(static_cast<std::uint64_t>(inst.a));
      Add(static_cast<std::uint64_t>(inst.b));
    }
  }
  std::uint64_t state() const { return state_; }

 private:
  std::uint64_t state_ = 0xcbf29ce484222325u;
};

void AddMachine(Hash& hash, const ir::Machine& machine) {
  hash.Add(machine.states.size());
  hash.Add(machine.final_states.size());
  for (std::uint32_t state : machine.final_states) hash.Add(state);
  hash.Add(machine.transitions.size());
  for (const ir::Transition& transition : machine.transitions) {
    hash.Add(transition.from);
    hash.Add(static_cast<std::uint64_t>(transition.trigger));
    hash.Add(transition.argument);
    hash.Add(transition.guard);
    hash.Add(transition.action);
  }
}

}  // namespace

std::uint64_t Fingerprint(const ir::Program& program) {
  Hash hash;
  hash.Add(program.shapes.size());
  for (const ir::Shape& shape : program.shapes) {
    hash.Add(shape.code.size());
    for (const ir::SeriesInst& inst : shape.code) {
      hash.Add(static_cast<std::uint64_t>(inst.op));
      hash.Add(inst.a);
      hash.Add(inst.b);
    }
  }
  hash.Add(program.machines.size());
  for (const ir::Machine& machine : program.machines) AddMachine(hash, machine);
  return hash.state();
}

}  // namespace tocsin::native
