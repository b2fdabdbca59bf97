// Running a program to its end: arguments, folder and environment in; exit status and all it wrote
// out.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace tocsin::testing {

struct Command {
  std::vector<std::string> arguments = {};  // the first is the program, found through PATH
  std::string folder = ".";
  std::vector<std::pair<std::string, std::string>> environment = {};  // besides our own
  bool merge = false;  // standard error goes to `out`, in the order it was written
  int deadline_s = 120;
};

// A line of shell in a folder, where the programs of another folder come before all others and
// what is written does not depend on who runs it.
Command ShellLine(const std::string& line, const std::string& programs, const std::string& folder);

struct Outcome {
  int status = -1;    // the exit code, or 128 + the signal that ended it
  bool late = false;  // ended by us at the deadline
  std::string out;
  std::string err;
};

// Throws std::runtime_error where the program cannot be started. Standard input is empty.
Outcome Run(const Command& command);

}  // namespace tocsin::testing
