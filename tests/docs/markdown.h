// A page of documentation as its fenced blocks, in order.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace tocsin::testing {

struct Block {
  std::string language;  // "tocsin" of "```tocsin fails"
  std::string tag;       // "fails" there; may be empty
  std::string text;
  std::size_t line = 0;  // of the opening fence
};

struct Page {
  std::string title;  // of the first line, without `# `
  std::vector<Block> blocks;
};

Page ReadPage(const std::filesystem::path& path);

// A command of a block, `$ tocsin check a`, with the output shown under it.
struct ShellStep {
  std::string command;
  std::string shown;
  std::size_t line = 0;
};
std::vector<ShellStep> ShellSteps(const Block& block);

// Whether `seen` is what is shown; a shown line `...` stands for any number of lines.
bool Matches(const std::string& shown, const std::string& seen);

}  // namespace tocsin::testing
