// The lines of `check --format json` against docs/reference/findings.md: of a policy whose findings
// have all there is between them.
#include <map>
#include <set>

#include <boost/json.hpp>

#include <fmt/format.h>

#include "tests/docs/reference.h"
#include "tests/support/text.h"

namespace tocsin::testing {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

constexpr std::string_view kPage = "docs/reference/findings.md";

std::string_view TypeOf(const json::value& value) {
  if (value.is_null()) return "null";
  if (value.is_string()) return "text";
  if (value.is_number()) return "number";
  if (value.is_array()) return "list";
  return value.is_object() ? "object" : "something else";
}

// "text", or "text or null" where it was null somewhere.
std::string Column(const std::set<std::string_view>& types) {
  std::string column;
  for (const std::string_view type : types) {
    if (type != "null") column += (column.empty() ? "" : " or ") + std::string(type);
  }
  return column + (types.contains("null") ? " or null" : "");
}

// A name that is close to another and one that is declared twice, a ratio compared with a number, a
// field that is missing; no policy.
constexpr std::string_view kWrong = R"(channel sms { over_by: smss }
channel sms
signal errors : ratio { source: prometheus("errors") }
alert many { when errors > 5 }
)";

constexpr std::string_view kAccepted = R"(policy shop "Shop on call" {}
channel sms
person alice { contact: [sms] }
severity P1 "Critical" { respond: 15m  resolve: 1h  climb: climb }
escalation climb {
  rung { page: alice  answer_within: 40m }
  rounds: 2
  on exhausted do page(alice)
}
accept W0803 "a second person joins in March" { at: climb  until: 2027-03-01 }
)";

}  // namespace

void CheckFindings(const fs::path& programs, const fs::path& root,
                   std::vector<std::string>& problems) {
  const ScratchFolder folder;
  WriteFile(folder.path() / "wrong.tocsin", kWrong);
  WriteFile(folder.path() / "accepted.tocsin", kAccepted);
  const std::string output =
      RunShell(programs, root,
               fmt::format("cd {}; check='tocsin check --format json'; $check wrong.tocsin; "
                           "$check wrong.tocsin --max-errors 1; "
                           "$check accepted.tocsin --show-accepted --at 2027-01-01; true",
                           folder.path().string()));
  std::vector<std::string> order;
  std::map<std::string, std::set<std::string_view>> fields;
  for (const std::string& line : Lines(output)) {
    const json::value object = json::parse(line);
    for (const auto& [name, value] : object.as_object()) {
      const auto [field, fresh] = fields.try_emplace(std::string(name));
      if (fresh) order.emplace_back(name);
      field->second.insert(TypeOf(value));
    }
  }
  const Sections sections = ReadSections(root / kPage);
  const auto section = sections.find("json");
  std::vector<std::string> rows;
  for (const std::string& line :
       section == sections.end() ? std::vector<std::string>() : section->second) {
    if (!FirstCell(line).empty())
      rows.push_back(line.substr(0, line.find('|', line.find("` | ") + 4)));
  }
  std::vector<std::string> wanted;
  for (const std::string& name : order)
    wanted.push_back(fmt::format("| `{}` | {} ", name, Column(fields[name])));
  if (rows == wanted) return;
  problems.push_back(fmt::format("{}: the rows of `## json` differ\n{}", kPage,
                                 Diff(fmt::format("{}\n", fmt::join(wanted, "\n")),
                                      fmt::format("{}\n", fmt::join(rows, "\n")))));
}

}  // namespace tocsin::testing
