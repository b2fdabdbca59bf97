// Pages of reference against what they are about: each check adds what differs to `problems`.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace tocsin::testing {

using Sections = std::map<std::string, std::vector<std::string>>;  // lines by `## ` heading

Sections ReadSections(const std::filesystem::path& page);
// The text in backticks that begins a row of a table; empty for any other line.
std::string FirstCell(const std::string& line);
// A section's rows that begin with text in backticks must be `wanted`, in order.
void CompareRows(const std::string& page, const std::string& section,
                 const std::vector<std::string>& wanted, const Sections& sections,
                 std::vector<std::string>& problems);
// The first words of the lines that follow `title` in a help and are indented.
std::vector<std::string> Listed(const std::string& help, const std::string& title);
// What a command writes on standard output; throws where it does not end with 0.
std::string RunShell(const std::filesystem::path& programs, const std::filesystem::path& root,
                     const std::string& command);

void CheckKinds(const std::filesystem::path& root, std::vector<std::string>& problems);
void CheckFunctions(const std::filesystem::path& root, std::vector<std::string>& problems);
void CheckFindings(const std::filesystem::path& programs, const std::filesystem::path& root,
                   std::vector<std::string>& problems);
void CheckMade(const std::filesystem::path& programs, const std::filesystem::path& root,
               std::vector<std::string>& problems);
void CheckSimulate(const std::filesystem::path& programs, const std::filesystem::path& root,
                   std::vector<std::string>& problems);

}  // namespace tocsin::testing
