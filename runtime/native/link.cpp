#include <dlfcn.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "runtime/native/emitter_abi.h"
#include "runtime/native/fingerprint.h"
#include "runtime/native/linker.h"
#include "runtime/native/native.h"

namespace tocsin::native {
namespace {

// A shared object opened from memory. The descriptor stays open as long as the library: the loader
// knows a library by its path, which holds the descriptor's number, and would take a second one
// under the same number for the first.
class OpenedObject {
 public:
  OpenedObject() = default;
  OpenedObject(const OpenedObject&) = delete;
  OpenedObject& operator=(const OpenedObject&) = delete;
  ~OpenedObject() {
    if (library_ != nullptr) ::dlclose(library_);
    if (descriptor_ >= 0) ::close(descriptor_);
  }

  // Empty, or what went wrong.
  std::string Open(std::string_view bytes) {
    descriptor_ = ::memfd_create("tocsin-code", MFD_CLOEXEC);
    if (descriptor_ < 0) {
      return fmt::format("no memory file can be made for native code: {}", std::strerror(errno));
    }
    while (!bytes.empty()) {
      const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) {
        return fmt::format("native code cannot be copied to memory: {}", std::strerror(errno));
      }
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    library_ =
        ::dlopen(fmt::format("/proc/self/fd/{}", descriptor_).c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library_ != nullptr) return {};
    const char* reason = ::dlerror();
    return fmt::format("the native code cannot be opened: {}",
                       reason == nullptr ? "no reason given" : reason);
  }
  void* Find(const std::string& name) const { return ::dlsym(library_, name.c_str()); }

 private:
  int descriptor_ = -1;
  void* library_ = nullptr;
};

class LinkedExecutor final : public CompiledExecutor {
 public:
  std::string_view name() const override { return "linked"; }
  bool native() const override { return true; }
  const Counts& counts() const override { return counts_; }
  void RunKernel(ir::ShapeId shape, const ir::KernelFrame& frame) override {
    kernels_[shape.index](&frame);
  }
  std::int64_t Select(ir::MachineId machine, const ir::MachineFrame& frame) override {
    return machines_[machine.index].select(&frame);
  }
  void Act(ir::MachineId machine, const ir::MachineFrame& frame, std::int64_t transition) override {
    machines_[machine.index].act(&frame, transition);
  }

  // Empty, or what went wrong.
  std::string Open(const ir::Program& program, std::string_view bytes) {
    if (std::string error = object_.Open(bytes); !error.empty()) return error;
    if (std::string error = CheckLabel(program); !error.empty()) return error;
    for (std::size_t i = 0; i < program.shapes.size(); ++i) {
      if (!Append(kernels_, fmt::format("kernel_{}", i))) return Incomplete();
    }
    for (std::size_t i = 0; i < program.machines.size(); ++i) {
      const auto select = Function<ir::SelectFunction>(fmt::format("select_{}", i));
      const auto act = Function<ir::ActFunction>(fmt::format("act_{}", i));
      if (select == nullptr || act == nullptr) return Incomplete();
      machines_.push_back({select, act});
    }
    counts_ = {kernels_.size(), machines_.size(), 0};
    return {};
  }

 private:
  template <class F>
  F Function(const std::string& name) const {
    return reinterpret_cast<F>(object_.Find(name));
  }
  bool Append(std::vector<ir::KernelFunction>& list, const std::string& name) const {
    list.push_back(Function<ir::KernelFunction>(name));
    return list.back() != nullptr;
  }
  static std::string Incomplete() { return "the native code lacks a function of this policy"; }

  std::string CheckLabel(const ir::Program& program) const {
    const void* symbol = object_.Find(kCodeLabelSymbol);
    if (symbol == nullptr) return "this is not native code made by Tocsin";
    CodeLabel label;
    std::memcpy(&label, symbol, sizeof(label));
    if (label.frame_version != ir::kFrameVersion) {
      return fmt::format("the native code was made for frame version {}, but this program has {}",
                         label.frame_version, ir::kFrameVersion);
    }
    if (label.level > static_cast<std::uint64_t>(Level::kAvx512) ||
        !Supported(static_cast<Level>(label.level))) {
      return "this processor cannot run the native code, which was made for a higher level";
    }
    if (label.kernels != program.shapes.size() || label.machines != program.machines.size() ||
        label.fingerprint != Fingerprint(program)) {
      return "the native code was made for another policy";
    }
    return {};
  }

  OpenedObject object_;
  std::vector<ir::KernelFunction> kernels_;
  std::vector<MachineCode> machines_;
  Counts counts_;
};

}  // namespace

std::expected<std::string, std::string> Link(const ir::Program& program, Level level) {
  const std::expected<std::string, std::string> object = Emit(program, level, Artifact::kObject);
  if (!object) return object;
  return LinkShared(*object);
}

std::expected<std::unique_ptr<CompiledExecutor>, std::string> OpenLinked(
    const ir::Program& program, std::string_view shared_object) {
  auto executor = std::make_unique<LinkedExecutor>();
  if (std::string error = executor->Open(program, shared_object); !error.empty()) {
    return std::unexpected(std::move(error));
  }
  return executor;
}

}  // namespace tocsin::native
