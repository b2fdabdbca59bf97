#include "runtime/native/emitter_library.h"

#include <dlfcn.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

namespace tocsin::native {
namespace {

constexpr const char* kLibrary = "libtocsin_llvm.so";

// The file to open: a path, or the bare name where only the system's own search is left.
std::string FindLibrary() {
  if (const char* named = std::getenv("TOCSIN_LLVM"); named != nullptr && *named != '\0') {
    return named;
  }
  std::error_code error;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
  if (!error) {
    const std::filesystem::path folder = program.parent_path();
    for (const char* place : {".", "../lib/tocsin"}) {
      const std::filesystem::path file = folder / place / kLibrary;
      if (::access(file.c_str(), F_OK) == 0) return file.lexically_normal().string();
    }
  }
  return kLibrary;
}

std::string WhyNotOpened(const std::string& file) {
  const char* reason = ::dlerror();
  const bool named = file.find('/') != std::string::npos;
  if (!named) {
    return fmt::format(
        "native code needs the library `{}`, which is neither beside this program nor where the "
        "system keeps its libraries: install it, or use `--engine interpret`",
        kLibrary);
  }
  if (::access(file.c_str(), F_OK) != 0) {
    return fmt::format(
        "native code needs the library `{}`, but TOCSIN_LLVM names `{}`, which does not exist: "
        "correct it, or use `--engine interpret`",
        kLibrary, file);
  }
  return fmt::format(
      "native code needs the library `{}`, which cannot be opened ({}): install LLVM 19 (Debian "
      "package `libllvm19`), or use `--engine interpret`",
      file, reason == nullptr ? "no reason given" : reason);
}

}  // namespace

std::expected<const EmitterAbi*, std::string> OpenEmitter() {
#if !defined(__x86_64__)
  return std::unexpected(
      std::string("native code is made for x86-64 processors only, and this is another: use "
                  "`--engine interpret`"));
#else
  const std::string file = FindLibrary();
  // Opening it again only counts; closing it would pull LLVM's own state from under running code.
  void* library = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (library == nullptr) return std::unexpected(WhyNotOpened(file));
  void* symbol = ::dlsym(library, kEmitterSymbol);
  const EmitterAbi* emitter =
      symbol == nullptr ? nullptr : reinterpret_cast<EmitterFunction>(symbol)();
  if (emitter == nullptr || emitter->version != kEmitterVersion ||
      emitter->build_tag != kBuildTag) {
    return std::unexpected(
        fmt::format("the library `{}` belongs to another version of Tocsin: install the one that "
                    "came with this program, or use `--engine interpret`",
                    file));
  }
  return emitter;
#endif
}

}  // namespace tocsin::native
