// The main of a program that checks files one by one: what is asked for on its command line,
// folders searched, each file checked, what is wrong shown with the command that shows it again.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::testing {

struct RunnerOptions {
  std::filesystem::path program;              // `--program`: the tocsin under test
  std::vector<std::filesystem::path> wanted;  // files and folders
  bool flag = false;                          // the runner's own flag was given
};

struct Runner {
  std::string_view name;       // "golden_runner"
  std::string_view flag;       // "--update"
  std::string_view extension;  // of the files: ".tocsin"
  std::string_view noun;       // of several files: "goldens"
  // What is wrong with one file, or empty. What it throws is wrong with it, too.
  std::function<std::string(const std::filesystem::path&, const RunnerOptions&)> check;
};

// The exit status: 0 where there are files and nothing is wrong with any, 1 where something is, 2
// for a command line that means nothing.
int RunAll(const Runner& runner, int argc, char** argv);

}  // namespace tocsin::testing
