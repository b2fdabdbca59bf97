#include "compiler/emit/jit.h"

#include <llvm/ExecutionEngine/JITLink/JITLinkMemoryManager.h>
#include <llvm/ExecutionEngine/Orc/LLJIT.h>
#include <llvm/ExecutionEngine/Orc/ObjectLinkingLayer.h>
#include <llvm/Support/MemoryBuffer.h>

#include "compiler/emit/targets.h"

namespace tocsin::emit {
namespace {

namespace orc = llvm::orc;

class LoadedByJit final : public Loaded {
 public:
  llvm::Error Load(const ir::Program& program, const std::string& object) {
    orc::LLJITBuilder builder;
    builder.setJITTargetMachineBuilder(TargetBuilder(native::Level::kBaseline));
    builder.setObjectLinkingLayerCreator(
        [](orc::ExecutionSession& session,
           const llvm::Triple&) -> llvm::Expected<std::unique_ptr<orc::ObjectLayer>> {
          auto memory = llvm::jitlink::InProcessMemoryManager::Create();
          if (!memory) return memory.takeError();
          return std::make_unique<orc::ObjectLinkingLayer>(session, std::move(*memory));
        });
    // The code has neither initialisers nor needs outside itself: nothing of the process may be
    // found from it.
    builder.setPlatformSetUp(orc::setUpInactivePlatform);
    builder.setLinkProcessSymbolsByDefault(false);
    auto jit = builder.create();
    if (!jit) return jit.takeError();
    jit_ = std::move(*jit);
    if (auto error = jit_->addObjectFile(llvm::MemoryBuffer::getMemBufferCopy(object, "policy"))) {
      return error;
    }
    return Collect(program);
  }

 private:
  llvm::Error Collect(const ir::Program& program) {
    for (std::size_t i = 0; i < program.shapes.size(); ++i) {
      kernels.push_back(nullptr);
      if (auto error = Find("kernel_" + std::to_string(i), kernels.back())) return error;
    }
    for (std::size_t i = 0; i < program.machines.size(); ++i) {
      machines.push_back({nullptr, nullptr});
      if (auto error = Find("select_" + std::to_string(i), machines.back().select)) return error;
      if (auto error = Find("act_" + std::to_string(i), machines.back().act)) return error;
    }
    return llvm::Error::success();
  }
  template <class F>
  llvm::Error Find(const std::string& name, F& function) {
    auto address = jit_->lookup(name);
    if (!address) return address.takeError();
    function = address->toPtr<F>();
    return llvm::Error::success();
  }

  std::unique_ptr<orc::LLJIT> jit_;
};

}  // namespace

std::unique_ptr<Loaded> LoadObject(const ir::Program& program, const std::string& object,
                                   std::string& error) {
  auto loaded = std::make_unique<LoadedByJit>();
  if (auto failure = loaded->Load(program, object)) {
    error = "native code cannot be loaded: " + llvm::toString(std::move(failure));
    return nullptr;
  }
  return loaded;
}

}  // namespace tocsin::emit
