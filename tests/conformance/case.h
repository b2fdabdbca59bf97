// A case: one text file that holds a policy, what was recorded, and all that must be decided.
//
//   What it is about, in a sentence or two.
//   #! run: --to 2026-03-02T13:00:00Z     more arguments of `tocsin simulate`
//   #! show: about text                   what the lines below say besides
//   #! E1203                              a finding that every run reports
//   #--- policy.tocsin
//   ...
//   #--- up.csv                           recorded data, in the order of the parts
//   ...
//   #--- expected
//   12:01:05 down{region="eu"}: inactive -> pending
//   12:01:35 page alice phone
//
// The policy is that of the case's folder, with the case's own parts beside or in place of it. The
// expected lines are written by hand and are complete: what does not stand there must not happen.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::testing {

struct CasePart {
  std::string name;
  std::string text;
};

// What a story says of each decision besides the least.
struct Shown {
  bool about = false;  // the alert a message is about
  bool text = false;   // the message
  bool date = false;   // the day, where a case runs over more than one
  bool climb = false;  // the rungs
};

struct Case {
  std::vector<CasePart> policy;
  std::vector<CasePart> history;
  std::vector<std::string> arguments;
  std::vector<std::string> codes;  // sorted
  Shown shown;
  std::string expected;
};

// Throws std::runtime_error where the file is not of this form.
Case ReadCase(const std::filesystem::path& path);

// The decisions that `tocsin simulate --format json` wrote, a line for each that a person would
// name: what became of alerts, who was told, which events were taken, and what was left out. Throws
// where a message was sent twice, which nothing may ever do.
std::string Story(std::string_view decisions, const Shown& shown);

}  // namespace tocsin::testing
