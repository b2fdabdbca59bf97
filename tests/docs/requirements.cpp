// docs_requirements [--update] ROOT: holds docs/reference/erlmcp_support.md to the policy that it
// is about.
//
// A comment `# 2.2 Support response SLAs` in policies/erlmcp_support/ says that what follows, up to
// the next such comment or a line `# ----`, is that section of the handbook; several on lines of
// their own share what follows. A comment `# Resolved: ...` says how a contradiction was resolved.
// The page has a row for each section, with the files and lines that say it or what is not said
// yet, and a row for each contradiction. `--update` rewrites the rows, but never what is not said
// yet.
#include <algorithm>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <map>
#include <regex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "tests/support/text.h"

namespace tocsin::testing {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPage = "docs/reference/erlmcp_support.md";
constexpr std::string_view kPolicy = "policies/erlmcp_support";
constexpr std::string_view kSectionsHead = "| section | is about | said in | not said yet |";
constexpr std::string_view kResolvedHead = "| section | resolved |";

struct Section {
  std::string_view number, title;
};

// All sections of the handbook that ask for something.
constexpr Section kSections[] = {
    {"1.1", "Support levels"},
    {"1.2", "Support channels"},
    {"1.3", "Global support centers"},
    {"2.1", "Uptime SLAs"},
    {"2.2", "Support response SLAs"},
    {"2.3", "Operational metrics"},
    {"3.1", "Monitoring stack"},
    {"3.2", "Alerting hierarchy"},
    {"3.3", "Alert rules"},
    {"4.1", "Incident severity classification"},
    {"4.2", "Incident response workflow"},
    {"4.3.1", "Registry outage (P1)"},
    {"4.3.2", "Transport layer degradation (P2)"},
    {"4.3.3", "Session management issues (P3)"},
    {"5.1", "Knowledge base architecture"},
    {"5.2", "Documentation standards"},
    {"5.3", "Knowledge management workflow"},
    {"6.1", "Ticket lifecycle"},
    {"6.2", "Escalation matrix"},
    {"6.3", "Ticket prioritization rules"},
    {"7.1", "Communication channels"},
    {"7.2.1", "Incident notification template"},
    {"7.2.2", "Resolution confirmation template"},
    {"7.3", "Communication timelines"},
    {"8.1", "Dashboard types"},
    {"8.2.1", "Executive dashboard"},
    {"8.2.2", "Operations dashboard"},
    {"8.2.3", "Support dashboard"},
    {"8.3", "Dashboard updates"},
    {"9.1", "Proactive monitoring strategy"},
    {"9.2", "Predictive alert rules"},
    {"9.3", "Automation triggers"},
    {"10.1", "Training levels"},
    {"10.2", "Training delivery methods"},
    {"10.3", "Certification process"},
    {"10.4", "Continuous learning"},
    {"11.1", "Quality management system"},
    {"11.2", "Improvement cycle"},
    {"11.3", "Key improvement areas"},
    {"11.4", "Continuous improvement tools"},
    {"12.1", "Phase 1: Foundation"},
    {"12.2", "Phase 2: Scaling"},
    {"12.3", "Phase 3: Optimization"},
    {"12.4", "Phase 4: Excellence"},
    {"13", "Success metrics"},
};

struct Marked {
  std::map<std::string, std::vector<std::string>, std::less<>> places;  // links by section
  std::vector<std::string> resolved;                                    // rows
  std::vector<std::string> problems;
};

// The lines of one file: the sections that are open, and where they began.
class FileReader {
 public:
  FileReader(std::string name, Marked& marked) : name_(std::move(name)), marked_(marked) {}

  void Read(const std::vector<std::string>& lines) {
    static const std::regex kMarker(R"re(^# (\d+(?:\.\d+)*) (.+)$)re");
    static const std::regex kResolved(R"re(^# Resolved: (.+)$)re");
    for (std::size_t i = 0; i < lines.size(); ++i) {
      std::smatch match;
      if (std::regex_match(lines[i], match, kMarker)) {
        if (last_ > open_at_) Close();
        Open(match[1], match[2], i);
      } else if (std::regex_match(lines[i], match, kResolved)) {
        Resolve(match[1], lines, i);
      } else if (lines[i].starts_with("# ----")) {
        Close();
      } else if (!lines[i].empty()) {
        last_ = i;
      }
    }
    Close();
  }

 private:
  void Open(const std::string& number, const std::string& title, std::size_t line) {
    const auto* found = std::ranges::find(kSections, number, &Section::number);
    if (found == std::end(kSections) || found->title != title) {
      marked_.problems.push_back(fmt::format("{}:{}: the handbook has no section `{} {}`", name_,
                                             line + 1, number, title));
    }
    if (open_.empty()) first_ = line;
    open_.push_back(number);
    open_at_ = last_ = line;
  }
  void Close() {
    for (const std::string& number : open_) {
      marked_.places[number].push_back(fmt::format("[{}:{}-{}](../../{}/{}#L{}-L{})", name_,
                                                   first_ + 1, last_ + 1, kPolicy, name_,
                                                   first_ + 1, last_ + 1));
    }
    open_.clear();
  }
  // A comment goes on up to the next one that begins in its own way, or the end of the comments.
  void Resolve(std::string text, const std::vector<std::string>& lines, std::size_t at) {
    for (std::size_t i = at + 1; i < lines.size() && lines[i].starts_with("# "); ++i) {
      if (lines[i].starts_with("# Resolved: ") || (lines[i].size() > 2 && lines[i][2] == '-'))
        break;
      text += " " + lines[i].substr(2);
    }
    marked_.resolved.push_back(fmt::format("| {} | {} |", fmt::join(open_, ", "), text));
    last_ = at;
  }

  std::string name_;
  Marked& marked_;
  std::vector<std::string> open_;
  std::size_t first_ = 0;    // the line of the first open section
  std::size_t open_at_ = 0;  // that of the last one
  std::size_t last_ = 0;     // the last line that is not empty
};

Marked ReadPolicy(const fs::path& root) {
  Marked marked;
  std::vector<fs::path> files;
  for (const auto& file : fs::directory_iterator(root / kPolicy))
    if (file.path().extension() == ".tocsin") files.push_back(file.path());
  std::ranges::sort(files);
  for (const fs::path& file : files)
    FileReader(file.filename().string(), marked).Read(Lines(ReadFile(file)));
  return marked;
}

// The rows of the table with this head, whose first two lines are its head.
struct Table {
  std::size_t first = 0, end = 0;  // lines
};
Table TableOf(const std::vector<std::string>& lines, std::string_view head) {
  const auto found = std::ranges::find(lines, head);
  if (found == lines.end()) throw std::runtime_error(fmt::format("no table `{}`", head));
  Table table;
  table.first = table.end = static_cast<std::size_t>(found - lines.begin()) + 2;
  while (table.end < lines.size() && lines[table.end].starts_with("|")) ++table.end;
  return table;
}

// What the page says is not said yet, by section.
std::map<std::string, std::string, std::less<>> Missing(const std::vector<std::string>& lines,
                                                        const Table& table) {
  static const std::regex kRow(R"re(^\| (\S+) \|.*\| ([^|]*?) ?\|$)re");
  std::map<std::string, std::string, std::less<>> missing;
  for (std::size_t i = table.first; i < table.end; ++i) {
    std::smatch match;
    if (std::regex_match(lines[i], match, kRow)) missing[match[1]] = match[2];
  }
  return missing;
}

std::vector<std::string> SectionRows(Marked& marked, const std::vector<std::string>& lines,
                                     const Table& table) {
  const auto missing = Missing(lines, table);
  std::vector<std::string> rows;
  for (const Section& section : kSections) {
    const auto place = marked.places.find(section.number);
    const std::string said =
        place == marked.places.end() ? "" : fmt::format("{}", fmt::join(place->second, ", "));
    const auto lacks = missing.find(section.number);
    const std::string not_said = lacks == missing.end() ? "" : lacks->second;
    if (said.empty() && not_said.empty()) {
      marked.problems.push_back(
          fmt::format("{}: {} is neither said nor named as missing", kPage, section.number));
    }
    rows.push_back(
        fmt::format("| {} | {} | {} | {} |", section.number, section.title, said, not_said));
  }
  return rows;
}

void Replace(std::vector<std::string>& lines, std::string_view head,
             const std::vector<std::string>& rows) {
  const Table table = TableOf(lines, head);
  const auto first = lines.begin() + static_cast<std::ptrdiff_t>(table.first);
  lines.erase(first, lines.begin() + static_cast<std::ptrdiff_t>(table.end));
  lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(table.first), rows.begin(), rows.end());
}

int Main(const std::vector<std::string>& arguments) {
  const bool update = arguments.size() == 2 && arguments[0] == "--update";
  if (arguments.size() != (update ? 2 : 1))
    throw std::runtime_error("usage: docs_requirements [--update] ROOT");
  const fs::path root = arguments.back();
  Marked marked = ReadPolicy(root);
  std::vector<std::string> lines = Lines(ReadFile(root / kPage));
  const std::string before = fmt::format("{}\n", fmt::join(lines, "\n"));
  Replace(lines, kSectionsHead, SectionRows(marked, lines, TableOf(lines, kSectionsHead)));
  Replace(lines, kResolvedHead, marked.resolved);
  const std::string after = fmt::format("{}\n", fmt::join(lines, "\n"));
  if (update) {
    WriteFile(root / kPage, after);
  } else if (before != after) {
    marked.problems.push_back(
        fmt::format("{} differs; `docs_requirements --update .` makes it right\n{}", kPage,
                    Diff(after, before)));
  }
  for (const std::string& problem : marked.problems) fmt::print("{}\n", problem);
  fmt::print("{} sections, {} contradictions, {} problems\n", std::size(kSections),
             marked.resolved.size(), marked.problems.size());
  return marked.problems.empty() ? 0 : 1;
}

}  // namespace
}  // namespace tocsin::testing

int main(int argc, char** argv) {
  try {
    return tocsin::testing::Main({argv + 1, argv + argc});
  } catch (const std::exception& error) {
    std::fprintf(stderr, "docs_requirements: %s\n", error.what());
    return 2;
  }
}
