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

}  // namespace

std::vector<std::string> Fingerprints(std::span<const Diagnostic* const> all,
                                      const SourceSet& sources, const Declarations& declarations) {
  std::vector<std::string> fingerprints;
  std::map<std::uint64_t, std::size_t> seen;
  for (const Diagnostic* d : all) {
    const Declaration* declaration = declarations.At(d->span);
    // What has no place is told by what it says.
    const std::string words = d->span.valid() ? declarations.WordsAt(d->span, sources) : d->message;
    const std::uint64_t hash =
        Hash(fmt::format("{}\n{}\n{}", d->row->code, declaration ? declaration->path : "", words));
    fingerprints.push_back(fmt::format("{:016x}:{}", hash, ++seen[hash]));
  }
  return fingerprints;
}

}  // namespace tocsin::diagnostics
