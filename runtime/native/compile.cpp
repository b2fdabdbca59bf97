#include <fmt/format.h>

#include <chrono>

#include "runtime/native/emitter_library.h"
#include "runtime/native/fingerprint.h"
#include "runtime/native/native.h"

namespace tocsin::native {
namespace {

Sink SinkTo(std::string& text) {
  return {&text, [](void* context, const char* bytes, std::size_t size) {
            static_cast<std::string*>(context)->append(bytes, size);
          }};
}

// Owns the code in LLVM's memory; the library itself stays open.
class JitExecutor final : public CompiledExecutor {
 public:
  JitExecutor(const EmitterAbi* emitter, const LoadedCode& code, const Counts& counts)
      : emitter_(emitter), code_(code), counts_(counts) {}
  JitExecutor(const JitExecutor&) = delete;
  JitExecutor& operator=(const JitExecutor&) = delete;
  ~JitExecutor() override { emitter_->release(code_.owner); }

  std::string_view name() const override { return "jit"; }
  bool native() const override { return true; }
  const Counts& counts() const override { return counts_; }
  void RunKernel(ir::ShapeId shape, const ir::KernelFrame& frame) override {
    code_.kernels[shape.index](&frame);
  }
  std::int64_t Select(ir::MachineId machine, const ir::MachineFrame& frame) override {
    return code_.machines[machine.index].select(&frame);
  }
  void Act(ir::MachineId machine, const ir::MachineFrame& frame, std::int64_t transition) override {
    code_.machines[machine.index].act(&frame, transition);
  }

 private:
  const EmitterAbi* emitter_;
  LoadedCode code_;
  Counts counts_;
};

}  // namespace

std::expected<std::unique_ptr<CompiledExecutor>, std::string> Compile(const ir::Program& program,
                                                                      Level level) {
  const std::expected<const EmitterAbi*, std::string> emitter = OpenEmitter();
  if (!emitter) return std::unexpected(emitter.error());
  if (!Supported(level)) {
    return std::unexpected(
        fmt::format("this processor cannot run code for `{}`: the highest it can is `{}`",
                    Word(level), Word(Best())));
  }
  const auto start = std::chrono::steady_clock::now();
  const EmitRequest request{&program, level, Fingerprint(program)};
  std::string error;
  const Sink error_sink = SinkTo(error);
  LoadedCode code;
  if (!(*emitter)->compile(&request, &code, &error_sink)) return std::unexpected(error);
  const std::chrono::duration<double, std::milli> time = std::chrono::steady_clock::now() - start;
  const Counts counts{program.shapes.size(), program.machines.size(), time.count()};
  return std::make_unique<JitExecutor>(*emitter, code, counts);
}

std::expected<std::string, std::string> Emit(const ir::Program& program, Level level,
                                             Artifact artifact) {
  const std::expected<const EmitterAbi*, std::string> emitter = OpenEmitter();
  if (!emitter) return std::unexpected(emitter.error());
  const EmitRequest request{&program, level, Fingerprint(program)};
  std::string bytes;
  std::string error;
  const Sink bytes_sink = SinkTo(bytes);
  const Sink error_sink = SinkTo(error);
  if (!(*emitter)->emit(&request, artifact, &bytes_sink, &error_sink)) {
    return std::unexpected(error);
  }
  return bytes;
}

}  // namespace tocsin::native
