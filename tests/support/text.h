// Files and lines for the test programs.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::testing {

// Throws std::runtime_error where the file cannot be read or written.
std::string ReadFile(const std::filesystem::path& path);
void WriteFile(const std::filesystem::path& path, std::string_view text);

// Without the line breaks; a break at the end of the text does not make an empty last line.
std::vector<std::string> Lines(std::string_view text);

// The lines that differ with three of context: ` ` in both, `-` only expected, `+` only seen. Empty
// where there is no difference.
std::string Diff(std::string_view expected, std::string_view seen);

// An empty folder, removed with all it holds at the end.
class ScratchFolder {
 public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace tocsin::testing
