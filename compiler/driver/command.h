// The commands of the program `tocsin`: one file each in commands/, one row each, collected in a
// table made at build time.
#pragma once

#include <cstdio>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::driver {

// What a process ends with.
enum ExitCode : int {
  kClean = 0,     // nothing to say
  kFindings = 1,  // something is wrong with what was given, and was said
  kUsage = 2,     // the command line makes no sense
  kInternal = 3,  // a bug of ours
};

struct CommandRow {
  std::string_view name;
  std::string_view summary;  // one line for `tocsin help`
  int (*run)(const std::vector<std::string>& arguments);
};

// All rows, by name; from the generated table.
std::span<const CommandRow* const> Commands();

}  // namespace tocsin::driver
