#include "runtime/diagnostics/uri.h"

#include <filesystem>

#include "runtime/base/percent.h"

namespace tocsin::diagnostics {
namespace {

// Slashes stay; not the colon, as before the first slash it would make a scheme.
std::string Encoded(std::string_view path) { return base::PercentEncoded(path, "/"); }

}  // namespace

std::string FileUri(std::string_view path, std::string_view folder) {
  namespace fs = std::filesystem;
  std::string normal = fs::path(path).lexically_normal().string();
  if (normal == ".." || normal.starts_with("../")) {
    normal = (fs::path(folder) / normal).lexically_normal().string();
  }
  return (normal.starts_with('/') ? "file://" : "") + Encoded(normal);
}

std::string BuiltinUri(std::string_view path) { return "tocsin:" + Encoded(path); }

}  // namespace tocsin::diagnostics
