#include "runtime/diagnostics/uri.h"

#include <filesystem>

#include <fmt/format.h>

namespace tocsin::diagnostics {
namespace {

// Slashes and what RFC 3986, section 2.3, leaves as it is; not the colon, as before the first slash
// it would make a scheme.
std::string Encoded(std::string_view path) {
  std::string uri;
  for (const char c : path) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool plain = letter || (c >= '0' && c <= '9') ||
                       std::string_view("/-._~").find(c) != std::string_view::npos;
    uri += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return uri;
}

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
