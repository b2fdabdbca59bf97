// The rules of docs/style.md that a program can check. Each takes the project's files and returns
// what is wrong.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::testing {

struct TidyFile {
  std::string path;  // from the root, with `/`
  std::string text;
  std::vector<std::string> lines;
  std::vector<std::string> code;  // the lines with comments, and the insides of literals, blanked
};

struct Project {
  std::filesystem::path root;
  std::vector<TidyFile> files;
};

struct Problem {
  std::string path;
  std::size_t line = 0;  // 0 for the file as a whole
  std::string text;
};

using Problems = std::vector<Problem>;

bool IsCpp(const TidyFile& file);  // .h or .cpp

// Length of files, functions and lines; how a header begins.
Problems CheckShape(const Project& project);
// A room includes only what CMake lets it link; each outside library has its one room.
Problems CheckWalls(const Project& project);
// Every code is used, has a page and a test.
Problems CheckRegistry(const Project& project);
// No clock, no randomness, no libm where decisions are made; nothing that speaks of a machine.
Problems CheckWords(const Project& project);
// clang-format has nothing to change. Says so and passes where it is not installed.
Problems CheckFormat(const Project& project);

// The text with comments and the insides of string and character literals as spaces, line breaks
// kept.
std::string Blanked(std::string_view text);

}  // namespace tocsin::testing
