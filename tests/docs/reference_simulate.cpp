// The lines of `simulate --format json` against docs/reference/simulate.md: over the recorded
// outage, with an acknowledgement, an event that nothing waits for, and a region that does not
// exist.
#include <set>

#include <boost/json.hpp>

#include <fmt/format.h>

#include "tests/docs/reference.h"
#include "tests/support/text.h"

namespace tocsin::testing {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

constexpr std::string_view kPage = "docs/reference/simulate.md";
const std::set<std::string> kNoDecisions = {"alert", "person", "summary"};

// The word of the column `type` for a value.
std::string TypeOf(const json::value& value) {
  if (value.is_string()) return "text";
  if (value.is_object()) return "object";
  if (value.is_int64() || value.is_uint64()) return "whole number";
  if (value.is_double()) return "number";
  if (value.is_array()) return "list";
  return "something else";
}

struct Seen {
  std::string section;
  std::string field;
  std::string type;
  auto operator<=>(const Seen&) const = default;
};

void Fields(const json::object& object, const std::string& section, const std::string& prefix,
            std::set<Seen>& seen) {
  for (const auto& [name, value] : object) {
    const std::string field = prefix + std::string(name);
    if (field == "type") continue;
    seen.insert({section, field, TypeOf(value)});
    if (value.is_object()) Fields(value.as_object(), section, field + ".", seen);
  }
}

bool Documented(const Sections& sections, const Seen& seen) {
  // Every decision has what the first section lists.
  const std::string like = seen.section == "held" ? "send" : "";
  for (const std::string& name : {std::string("every decision"), seen.section, like}) {
    if (name == "every decision" && kNoDecisions.contains(seen.section)) continue;
    const auto section = sections.find(name);
    if (section == sections.end()) continue;
    for (const std::string& line : section->second) {
      if (FirstCell(line) != seen.field) continue;
      return line.find("| " + seen.type + " |") != std::string::npos ||
             (seen.type == "whole number" && line.find("| number |") != std::string::npos);
    }
  }
  return false;
}

std::set<Seen> FieldsIn(const std::string& output) {
  std::set<Seen> seen;
  for (const std::string& line : Lines(output)) {
    const json::object object = json::parse(line).as_object();
    Fields(object, std::string(object.at("type").as_string()), "", seen);
  }
  return seen;
}

// Runs a policy with a link and a limit that is reached.
std::string Limited(const fs::path& folder) {
  WriteFile((folder / "limited.tocsin").string(), R"(
policy limited "A limit" {}
label host : [a, b]
signal up : bool by (host) { source: prometheus("up") }
channel phone { limit: 1  limit_within: 1m }
person bob { contact: [phone] }
level loud { inform: bob }
alert down { level: loud  link: "https://wiki.example/{host}"  when not up }
)");
  WriteFile((folder / "limited.csv").string(), R"(timestamp,metric,value,host
2026-03-02T12:00:00Z,up,0,a
2026-03-02T12:00:00Z,up,0,b
)");
  return "tocsin simulate limited.tocsin --format json --history limited.csv "
         "--to 2026-03-02T12:03:00Z";
}

}  // namespace

void CheckSimulate(const fs::path& programs, const fs::path& root,
                   std::vector<std::string>& problems) {
  const ScratchFolder folder;
  const std::string odd = (folder.path() / "odd.jsonl").string();
  WriteFile(odd, R"({"at":"2026-11-23T04:32:00Z","event":"acknowledge","alert":"registry_down",)"
                 R"("labels":{"region":"eu"},"by":"bob"})"
                 "\n"
                 R"({"at":"2026-11-23T04:32:01Z","metric":"redis_connected_clients",)"
                 R"("labels":{"dc":"mars"},"value":3})"
                 "\n"
                 R"({"at":"2026-11-23T04:32:01Z","metric":"redis_connected_clients",)"
                 R"("labels":{"dc":"us"},"value":33.5})"
                 "\n"
                 R"({"at":"2026-11-23T04:32:15Z","metric":"redis_connected_clients",)"
                 R"("labels":{"dc":"us"},"value":41.5})"
                 "\n");
  const std::string example = "examples/01_registry_outage/";
  std::set<Seen> all = FieldsIn(RunShell(
      programs, root,
      fmt::format("tocsin simulate {0}policy --format json --history {0}registry_outage.om.zst "
                  "--history {0}acknowledged.jsonl --history {1}",
                  example, odd)));
  all.merge(FieldsIn(RunShell(programs, folder.path(), Limited(folder.path()))));
  const Sections sections = ReadSections(root / kPage);
  std::set<std::string> fields;
  for (const Seen& seen : all) {
    fields.insert(seen.field);
    if (Documented(sections, seen)) continue;
    problems.push_back(fmt::format("{}: `## {}` has no row for the field `{}`, which is | {} |",
                                   kPage, seen.section, seen.field, seen.type));
  }
  for (const auto& [section, lines] : sections) {
    if (section == "options") continue;
    for (const std::string& line : lines) {
      const std::string field = FirstCell(line);
      if (field.empty() || fields.contains(field)) continue;
      problems.push_back(
          fmt::format("{}: `## {}`: no line has a field `{}`", kPage, section, field));
    }
  }
}

}  // namespace tocsin::testing
