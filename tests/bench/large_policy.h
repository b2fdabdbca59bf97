// A policy of the size that a large organisation may come to, made up: many teams with a file each,
// in which people, schedules, signals, alerts with comments and tables of data stand as they would
// be written by hand, but not as `fmt` lays them out.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

namespace tocsin::bench {

inline constexpr std::size_t kTeams = 20;         // at scale 1
inline constexpr std::size_t kRulesATeam = 100;   // so 2,000 rules
inline constexpr std::size_t kLinesATeam = 4990;  // so 100,000 lines with the file of all teams

// Writes policy.tocsin and `scale * kTeams` files of teams; returns the number of lines.
std::size_t WriteLargePolicy(const std::filesystem::path& folder, std::size_t scale);

// The file of one team, of about `lines` lines, which is no policy by itself.
std::string TeamFile(std::size_t team, std::size_t rules, std::size_t lines);

}  // namespace tocsin::bench
