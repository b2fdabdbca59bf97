// A golden: one text file that holds the sources, the codes a person says they produce, and the
// whole output, generated.
//
//   #! run: tocsin check --format json {file}       where the folder's own command will not do
//   #! E0102                                        on a line of its own: a finding without a place
//   alert slow { when latency > 5% }                #! E0405
//   #--- more.tocsin                                a further file, up to the next such line
//   ...
//   #==== expected, generated: ./dev test fast --update
//   # exit 1
//   #---- stderr
//   # error[E0405]: ...
//
// What stands before the first `#---` is a file of the golden's own name. Its lines have the same
// numbers there as here.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/findings.h"
#include "tests/support/process.h"

namespace tocsin::testing {

struct GoldenPart {
  std::string name;  // "slow.tocsin", or "policy/slow.tocsin"
  std::string text;
};

struct Golden {
  std::string name;     // the file's own name
  std::string command;  // of `#! run:`, or empty
  std::vector<GoldenPart> parts;
  std::vector<Finding> pins;
  std::string source;    // all before the expected part
  std::string expected;  // the generated lines, without their first
};

Golden ReadGolden(const std::filesystem::path& path);

// `outcome` as the generated lines of a golden.
std::string ExpectedText(const Outcome& outcome);

// The file with these generated lines at its end.
std::string WithExpected(const Golden& golden, std::string_view expected);

}  // namespace tocsin::testing
