#include "tests/support/text.h"

#include <stdlib.h>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace tocsin::testing {

namespace fs = std::filesystem;

std::string ReadFile(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void WriteFile(const fs::path& path, std::string_view text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  if (!file.flush()) throw std::runtime_error("cannot write " + path.string());
}

std::vector<std::string> Lines(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

namespace {

struct Change {
  char kind;
  const std::string* line;
};

// The longest common subsequence by dynamic programming; the texts are test outputs, cut to what a
// person would read.
std::vector<Change> Changes(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  const std::size_t width = b.size() + 1;
  std::vector<std::uint32_t> common((a.size() + 1) * width);
  for (std::size_t i = a.size(); i-- > 0;) {
    for (std::size_t j = b.size(); j-- > 0;) {
      common[i * width + j] =
          a[i] == b[j] ? common[(i + 1) * width + j + 1] + 1
                       : std::max(common[(i + 1) * width + j], common[i * width + j + 1]);
    }
  }
  std::vector<Change> changes;
  for (std::size_t i = 0, j = 0; i < a.size() || j < b.size();) {
    if (i < a.size() && j < b.size() && a[i] == b[j]) {
      changes.push_back({' ', &a[i]});
      ++i;
      ++j;
    } else if (j == b.size() ||
               (i < a.size() && common[(i + 1) * width + j] >= common[i * width + j + 1])) {
      changes.push_back({'-', &a[i++]});
    } else {
      changes.push_back({'+', &b[j++]});
    }
  }
  return changes;
}

}  // namespace

std::string Diff(std::string_view expected, std::string_view seen) {
  if (expected == seen) return {};
  constexpr std::size_t kMostLines = 3000, kContext = 3;
  std::vector<std::string> a = Lines(expected), b = Lines(seen);
  if (a == b) return "  the texts differ in the line break at the end\n";
  a.resize(std::min(a.size(), kMostLines));
  b.resize(std::min(b.size(), kMostLines));
  const std::vector<Change> changes = Changes(a, b);
  std::vector<bool> shown(changes.size());
  for (std::size_t i = 0; i < changes.size(); ++i) {
    if (changes[i].kind == ' ') continue;
    const std::size_t first = i - std::min(i, kContext);
    for (std::size_t k = first; k < std::min(changes.size(), i + kContext + 1); ++k)
      shown[k] = true;
  }
  std::string diff;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    if (shown[i]) diff += std::string("  ") + changes[i].kind + *changes[i].line + "\n";
    if (!shown[i] && i > 0 && shown[i - 1]) diff += "  ...\n";
  }
  return diff.empty() ? "  the texts differ only after line 3000\n" : diff;
}

ScratchFolder::ScratchFolder() {
  std::string name = (fs::temp_directory_path() / "tocsin-test-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make " + name);
  path_ = name;
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

}  // namespace tocsin::testing
