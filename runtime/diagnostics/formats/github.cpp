// Annotations of GitHub Actions: workflow commands on standard output, which mark the lines of a
// pull request. Its runner shows at most ten of each severity in a step, so the rest is named in
// one.
//
// The form and its escapes: "Workflow commands for GitHub Actions", and `escapeData` and
// `escapeProperty` of actions/toolkit.

#include <map>

#include "runtime/base/utf8.h"
#include "runtime/diagnostics/formats/format.h"

namespace tocsin::diagnostics {
namespace {

constexpr std::size_t kMostOfASeverity = 10;

std::string Escaped(std::string_view text, bool property) {
  std::string out;
  for (const char c : text) {
    const bool escape = c == '%' || c == '\r' || c == '\n' || (property && (c == ':' || c == ','));
    out += escape ? fmt::format("%{:02X}", static_cast<unsigned>(c)) : std::string(1, c);
  }
  return out;
}

std::string Place(Span span, const SourceSet& sources) {
  if (!span.valid()) return {};
  const Position begin = sources.PositionOf(span.source, span.begin);
  const Position end = sources.PositionOf(span.source, span.end);
  std::string place = fmt::format(
      "file={},line={},col={}", Escaped(sources.path(span.source), true), begin.line, begin.column);
  // An end column on another line is not taken.
  place += begin.line == end.line ? fmt::format(",endColumn={}", end.column)
                                  : fmt::format(",endLine={}", end.line);
  return place + ",";
}

std::string Command(const Finding& finding, const SourceSet& sources) {
  const Diagnostic& d = *finding.diagnostic;
  const bool accepted = finding.acceptance != nullptr;
  std::string message = d.message;
  if (!d.label.empty()) message += "\n" + d.label;
  for (const std::string& note : d.notes) message += "\nnote: " + note;
  if (!d.help.empty()) message += "\nhelp: " + d.help;
  if (accepted) {
    message += fmt::format("\naccepted until {}: {}", finding.acceptance->until,
                           finding.acceptance->reason);
  }
  return fmt::format("::{} {}title={}::{}\n", accepted ? "notice" : Word(d.row->severity),
                     Place(d.span, sources), Escaped(d.row->code, true), Escaped(message, false));
}

// "E0301 (5), W0802": codes with how often where it is more than once.
std::string Names(const std::map<std::string_view, std::size_t>& codes) {
  std::string names;
  for (const auto& [code, count] : codes) {
    names += names.empty() ? "" : ", ";
    names += count == 1 ? std::string(code) : fmt::format("{} ({})", code, count);
  }
  return names;
}

std::string Render(const Report& report) {
  std::string out;
  std::map<std::string_view, std::size_t> commands, left_out;
  std::size_t rest = report.not_shown;
  for (const Finding& finding : report.findings) {
    const bool accepted = finding.acceptance != nullptr;
    const auto severity = accepted ? "notice" : Word(finding.diagnostic->row->severity);
    if (++commands[severity] <= kMostOfASeverity) {
      out += Command(finding, *report.sources);
    } else {
      ++left_out[finding.diagnostic->row->code];
      ++rest;
    }
  }
  if (rest == 0) return out;
  const std::string names = Names(left_out);
  return out + fmt::format("::notice title=tocsin check::{} more not shown here{}\n", rest,
                           names.empty() ? "" : ": " + Escaped(names, false));
}

}  // namespace

extern const FormatRow format_github;
const FormatRow format_github{"github", "annotations for a step of GitHub Actions", Render};

}  // namespace tocsin::diagnostics
