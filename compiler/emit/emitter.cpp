// The one function that the library offers to the outside.
#include <exception>

#include "compiler/emit/jit.h"
#include "compiler/emit/target.h"

namespace tocsin::emit {
namespace {

void Send(const native::Sink& sink, const std::string& text) {
  sink.write(sink.context, text.data(), text.size());
}

// Runs `work(error)`, which returns whether it succeeded; what it throws becomes an error too.
template <class Work>
bool Guarded(const native::Sink& error_sink, Work work) {
  std::string error;
  try {
    if (work(error)) return true;
  } catch (const std::exception& exception) {
    error = std::string("native code cannot be made: ") + exception.what();
  }
  Send(error_sink, error);
  return false;
}

bool Compile(const native::EmitRequest* request, native::LoadedCode* code,
             const native::Sink* error_sink) {
  return Guarded(*error_sink, [&](std::string& error) {
    std::string object;
    if (!EmitArtifact(*request, native::Artifact::kObject, object, error)) return false;
    std::unique_ptr<Loaded> loaded = LoadObject(*request->program, object, error);
    if (loaded == nullptr) return false;
    *code = {loaded.get(), loaded->kernels.data(), loaded->machines.data()};
    loaded.release();
    return true;
  });
}

bool Emit(const native::EmitRequest* request, native::Artifact artifact, const native::Sink* bytes,
          const native::Sink* error_sink) {
  return Guarded(*error_sink, [&](std::string& error) {
    std::string made;
    if (!EmitArtifact(*request, artifact, made, error)) return false;
    Send(*bytes, made);
    return true;
  });
}

void Release(void* owner) { delete static_cast<Loaded*>(owner); }

}  // namespace
}  // namespace tocsin::emit

extern "C" __attribute__((visibility("default"))) const tocsin::native::EmitterAbi*
tocsin_emitter() {
  static constexpr tocsin::native::EmitterAbi kAbi = {
      tocsin::native::kEmitterVersion, tocsin::native::kBuildTag, tocsin::emit::Compile,
      tocsin::emit::Emit, tocsin::emit::Release};
  return &kAbi;
}
