#include "runtime/diagnostics/fingerprint.h"

#include <map>

namespace tocsin::diagnostics {
namespace {

// FNV-1a with 64 bits (Fowler, Noll and Vo): stable, and short enough to read.
std::uint64_t Hash(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : text) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3;
  }
  return hash;
}

// Without white space, which the layout may change. The beginning tells enough of a long line.
std::string Normalised(std::string_view line) {
  constexpr std::size_t kMostBytes = 1000;
  std::string text;
  for (const char c : line.substr(0, kMostBytes)) {
    if (c != ' ' && c != '\t' && c != '\r') text += c;
  }
  return text;
}

// What has no place is told by what it says.
std::string TextOf(const Diagnostic& d, const SourceSet& sources) {
  if (!d.span.valid()) return d.message;
  const std::uint32_t line = sources.PositionOf(d.span.source, d.span.begin).line;
  return Normalised(sources.Line(d.span.source, line));
}

}  // namespace

std::vector<std::string> Fingerprints(std::span<const Diagnostic* const> all,
                                      const SourceSet& sources, const Declarations& declarations) {
  std::vector<std::string> fingerprints;
  std::map<std::uint64_t, std::size_t> seen;
  for (const Diagnostic* d : all) {
    const Declaration* declaration = declarations.At(d->span);
    const std::uint64_t hash = Hash(fmt::format(
        "{}\n{}\n{}", d->row->code, declaration ? declaration->path : "", TextOf(*d, sources)));
    fingerprints.push_back(fmt::format("{:016x}:{}", hash, ++seen[hash]));
  }
  return fingerprints;
}

}  // namespace tocsin::diagnostics
