// SARIF 2.1.0 (OASIS, errata 01) for code scanning: one run, with a rule for each code that was
// found. Valid whatever was found, also where a file could not be read; that is then said in the
// run's invocation. Findings are recognised in the next run by their fingerprints. There is no
// clock in it, so that the same policy gives the same text.

#include <map>

#include "runtime/diagnostics/formats/format.h"
#include "runtime/diagnostics/json_text.h"
#include "runtime/diagnostics/uri.h"

namespace tocsin::diagnostics {
namespace {

namespace json = boost::json;

json::object Message(std::string_view text) { return {{"text", JsonText(text)}}; }

// A page of `tocsin explain` in parts: what is before its examples, its first paragraph, and the
// first sentence of that.
struct Page {
  std::string_view all;
  std::string_view prose;
  std::string paragraph;
  std::string sentence;
};

// "UnknownName" of "unknown-name": the form that SARIF wants names of rules in.
std::string PascalCase(std::string_view name) {
  std::string pascal;
  bool begins = true;
  for (const char c : name) {
    if (c != '-') pascal += begins && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    begins = c == '-';
  }
  return pascal;
}

Page PageOf(const Row& row, std::span<const base::EmbeddedFile> pages) {
  Page page;
  for (const base::EmbeddedFile& file : pages) {
    if (file.name == std::string(row.code) + ".md") page.all = file.text;
  }
  const std::size_t title_end = page.all.find("\n\n");
  if (title_end != page.all.npos) {
    const std::string_view rest = page.all.substr(title_end + 2);
    page.prose = rest.substr(0, rest.find("\n\nThis fails:"));
    page.paragraph = rest.substr(0, rest.find("\n\n"));
    for (char& c : page.paragraph) c = c == '\n' ? ' ' : c;
  } else {
    page.paragraph = row.name;
  }
  page.sentence = page.paragraph.substr(0, page.paragraph.find(". "));
  if (!page.sentence.ends_with('.')) page.sentence += '.';
  return page;
}

class Writer {
 public:
  explicit Writer(const Report& report) : report_(report), sources_(*report.sources) {}

  std::string Write() {
    json::array results;
    for (const Finding& finding : report_.findings) {
      if (!IsUnread(*finding.diagnostic)) results.push_back(Result(finding));
    }
    json::object invocation = Invocation();
    json::object driver{{"name", "tocsin"}};
    if (!report_.version.empty()) driver["version"] = JsonText(report_.version);
    driver["rules"] = std::move(rules_);
    if (!notifications_.empty()) driver["notifications"] = std::move(notifications_);
    json::object run;
    run["tool"] = json::object{{"driver", std::move(driver)}};
    run["invocations"] = json::array{std::move(invocation)};
    json::array artifacts;
    for (const SourceId file : report_.files) {
      artifacts.push_back(json::object{{"location", Artifact(file)}});
    }
    run["artifacts"] = std::move(artifacts);
    run["results"] = std::move(results);
    run["columnKind"] = "unicodeCodePoints";
    json::object log;
    log["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json";
    log["version"] = "2.1.0";
    log["runs"] = json::array{std::move(run)};
    return PrettyJson(log);
  }

 private:
  json::object Artifact(SourceId source) const {
    const std::string_view path = sources_.path(source);
    return {{"uri", sources_.builtin(source) ? BuiltinUri(path) : FileUri(path, report_.folder)}};
  }

  json::object Region(Span span) const {
    const Position begin = sources_.PositionOf(span.source, span.begin);
    const Position end = sources_.PositionOf(span.source, span.end);
    return {{"startLine", begin.line},
            {"startColumn", begin.column},
            {"endLine", end.line},
            {"endColumn", end.column}};
  }

  json::object Location(Span span) const {
    json::object place{{"artifactLocation", Artifact(span.source)}, {"region", Region(span)}};
    return {{"physicalLocation", std::move(place)}};
  }

  // What has no place is about the policy as a whole: it is shown at its first file.
  json::array Locations(const Finding& finding) const {
    json::array locations;
    const Span span = finding.diagnostic->span;
    if (span.valid()) {
      locations.push_back(Location(span));
    } else if (!report_.files.empty()) {
      locations.push_back(json::object{
          {"physicalLocation", json::object{{"artifactLocation", Artifact(report_.files[0])}}}});
    }
    if (!locations.empty() && !finding.declaration.empty()) {
      locations[0].as_object()["logicalLocations"] = json::array{json::object{
          {"fullyQualifiedName", JsonText(finding.declaration)}, {"kind", JsonText(finding.kind)}}};
    }
    return locations;
  }

  json::object Descriptor(const Row& row) const {
    const Page page = PageOf(row, report_.pages);
    json::object rule;
    rule["id"] = JsonText(row.code);
    rule["name"] = JsonText(PascalCase(row.name));
    rule["shortDescription"] = Message(page.sentence);
    rule["fullDescription"] = Message(page.paragraph);
    if (!page.all.empty()) {
      rule["help"] = json::object{{"text", JsonText(page.prose)}, {"markdown", JsonText(page.all)}};
    }
    rule["defaultConfiguration"] = json::object{{"level", Word(row.severity)}};
    return rule;
  }

  std::size_t RuleOf(const Row& row) {
    const auto [place, fresh] = rule_indices_.emplace(row.code, rules_.size());
    if (fresh) rules_.push_back(Descriptor(row));
    return place->second;
  }

  json::object Result(const Finding& finding) {
    const Diagnostic& d = *finding.diagnostic;
    json::object result;
    result["ruleId"] = JsonText(d.row->code);
    result["ruleIndex"] = RuleOf(*d.row);
    result["level"] = Word(d.row->severity);
    std::string text = d.message;
    if (!d.label.empty()) text += "\n" + d.label;
    for (const std::string& note : d.notes) text += "\nnote: " + note;
    if (!d.help.empty()) text += "\nhelp: " + d.help;
    result["message"] = Message(text);
    result["locations"] = Locations(finding);
    json::array related;
    for (const Label& label : d.labels) {
      json::object location{{"id", related.size()}};
      for (auto& [name, value] : Location(label.span)) location[name] = value;
      if (!label.text.empty()) location["message"] = Message(label.text);
      related.push_back(std::move(location));
    }
    if (!related.empty()) result["relatedLocations"] = std::move(related);
    // GitHub knows a finding again by the first, and by no other name.
    result["partialFingerprints"] =
        json::object{{"primaryLocationLineHash", JsonText(finding.fingerprint)},
                     {"tocsin/v1", JsonText(finding.fingerprint)}};
    if (json::array fixes = Fixes(d); !fixes.empty()) result["fixes"] = std::move(fixes);
    if (finding.acceptance != nullptr) {
      const std::string why =
          fmt::format("until {}: {}", finding.acceptance->until, finding.acceptance->reason);
      result["suppressions"] =
          json::array{json::object{{"kind", "inSource"}, {"justification", JsonText(why)}}};
    }
    return result;
  }

  // A fix of SARIF is one that can be made as it is, which one with a placeholder cannot.
  json::array Fixes(const Diagnostic& d) const {
    json::array fixes;
    for (const Fix& fix : d.fixes) {
      if (fix.applicability == Applicability::kPlaceholder) continue;
      json::object replacement{{"deletedRegion", Region(fix.span)}};
      if (!fix.text.empty()) replacement["insertedContent"] = Message(fix.text);
      json::object change{{"artifactLocation", Artifact(fix.span.source)},
                          {"replacements", json::array{std::move(replacement)}}};
      fixes.push_back(
          json::object{{"description", Message(Describe(fix, sources_))},
                       {"artifactChanges", json::array{std::move(change)}},
                       {"properties", json::object{{"applicability", Word(fix.applicability)}}}});
    }
    return fixes;
  }

  json::object Unread(const Diagnostic& d) {
    const auto [place, fresh] = notification_indices_.emplace(d.row->code, notifications_.size());
    if (fresh) notifications_.push_back(Descriptor(*d.row));
    return {{"descriptor", json::object{{"id", JsonText(d.row->code)}, {"index", place->second}}},
            {"level", Word(d.row->severity)},
            {"message", Message(d.message)}};
  }

  json::object Invocation() {
    json::array notifications;
    for (const Finding& finding : report_.findings) {
      if (IsUnread(*finding.diagnostic)) notifications.push_back(Unread(*finding.diagnostic));
    }
    for (const SourceId file : report_.broken) {
      json::object place{{"physicalLocation", json::object{{"artifactLocation", Artifact(file)}}}};
      notifications.push_back(json::object{
          {"level", "error"},
          {"message", Message(fmt::format("`{}` has mistakes in its grammar, so what the policy "
                                          "means was not looked at",
                                          sources_.path(file)))},
          {"locations", json::array{std::move(place)}}});
    }
    if (report_.not_shown > 0) {
      notifications.push_back(json::object{
          {"level", "note"},
          {"message", Message(fmt::format("{} more findings not shown", report_.not_shown))}});
    }
    json::object invocation{{"executionSuccessful", report_.complete}};
    if (!notifications.empty()) {
      invocation["toolExecutionNotifications"] = std::move(notifications);
    }
    return invocation;
  }

  const Report& report_;
  const SourceSet& sources_;
  json::array rules_, notifications_;
  std::map<std::string_view, std::size_t> rule_indices_, notification_indices_;
};

std::string Render(const Report& report) { return Writer(report).Write(); }

}  // namespace

extern const FormatRow format_sarif;
const FormatRow format_sarif{"sarif", "SARIF 2.1.0, for code scanning", Render};

}  // namespace tocsin::diagnostics
