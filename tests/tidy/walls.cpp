#include <algorithm>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include <fmt/format.h>

#include "tests/tidy/rules.h"

namespace tocsin::testing {
namespace {

struct Room {
  std::string path;  // "runtime/base"
  std::vector<std::string> links;
  std::vector<std::string> hidden;  // PRIVATE: for the room itself only
};

using Rooms = std::map<std::string, Room>;  // by target

void ReadRoom(const std::string& arguments, Rooms& rooms) {
  std::istringstream words(arguments);
  Room room;
  std::string word;
  words >> room.path;
  std::vector<std::string>* list = nullptr;
  while (words >> word) {
    if (word == "LINKS" || word == "SEES") {
      list = &room.links;
    } else if (word == "PRIVATE") {
      list = &room.hidden;
    } else if (list != nullptr) {
      list->push_back(word);
    }
  }
  std::string target = room.path;
  std::replace(target.begin(), target.end(), '/', '_');
  rooms[target] = room;
}

// The rooms as CMake declares them.
Rooms ReadRooms(const Project& project) {
  static const std::regex kRoom(R"(tocsin_(?:room|plugin)\(([^)]*)\))");
  Rooms rooms;
  for (const TidyFile& file : project.files) {
    if (!file.path.ends_with("CMakeLists.txt")) continue;
    for (std::sregex_iterator call(file.text.begin(), file.text.end(), kRoom), end; call != end;
         ++call) {
      ReadRoom((*call)[1], rooms);
    }
  }
  return rooms;
}

void Follow(const Rooms& rooms, const std::string& target, std::set<std::string>& seen) {
  const auto room = rooms.find(target);
  if (room == rooms.end() || !seen.insert(room->second.path).second) return;
  for (const std::string& link : room->second.links) Follow(rooms, link, seen);
}

// The folders that the files of a room may include from.
std::set<std::string> Reachable(const Rooms& rooms, const std::string& target) {
  std::set<std::string> seen;
  Follow(rooms, target, seen);
  for (const std::string& link : rooms.at(target).hidden) Follow(rooms, link, seen);
  return seen;
}

std::string FolderOf(const std::string& path) { return path.substr(0, path.rfind('/')); }

bool IsOurs(const std::string& path) {
  return path.starts_with("runtime/") || path.starts_with("compiler/") ||
         path.starts_with("stdlib/");
}

// Libraries that one room alone sees.
struct Outside {
  std::string_view include;
  std::string_view room;
};
constexpr Outside kOutside[] = {
    {"antlr", "compiler/parse"},        {"TocsinLexer", "compiler/parse"},
    {"TocsinParser", "compiler/parse"}, {"llvm", "compiler/emit"},
    {"z3", "compiler/prove"},           {"boost/program_options", "compiler/driver"},
    {"date/", "runtime/values"},
};

}  // namespace

Problems CheckWalls(const Project& project) {
  static const std::regex kInclude(R"re(^\s*#\s*include\s*["<]([^">]+)[">])re");
  Problems problems;
  const Rooms rooms = ReadRooms(project);
  std::map<std::string, std::set<std::string>> reachable;  // by folder
  for (const auto& [target, room] : rooms) reachable[room.path] = Reachable(rooms, target);
  for (const TidyFile& file : project.files) {
    if (!IsCpp(file) || !IsOurs(file.path)) continue;
    const std::string folder = FolderOf(file.path);
    const auto room = reachable.find(folder);
    if (room == reachable.end()) {
      problems.push_back({file.path, 0, "CMake declares no room " + folder});
      continue;
    }
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      std::smatch match;
      if (!std::regex_search(file.lines[i], match, kInclude)) continue;
      const std::string include = match[1];
      if (IsOurs(include) && !room->second.contains(FolderOf(include)) &&
          !FolderOf(include).ends_with("/tables")) {
        problems.push_back(
            {file.path, i + 1, fmt::format("{} does not link {}", folder, FolderOf(include))});
      }
      for (const Outside& outside : kOutside) {
        if (include.starts_with(outside.include) && folder != outside.room) {
          problems.push_back(
              {file.path, i + 1, fmt::format("only {} includes {}", outside.room, include)});
        }
      }
    }
  }
  return problems;
}

}  // namespace tocsin::testing
