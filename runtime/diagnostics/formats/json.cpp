// For programs: one JSON object a line. The names and the order of the fields do not change, and
// new ones come after them; a field without a value is there, as null or an empty list.
//
// Lines and columns count from 1, columns in code points; the end is after the last character.
// Where there is more than is shown, the last line is `{"not_shown":12}`.

#include "runtime/diagnostics/formats/format.h"
#include "runtime/diagnostics/json_text.h"

namespace tocsin::diagnostics {
namespace {

namespace json = boost::json;

void AddPlace(json::object& object, Span span, const SourceSet& sources) {
  if (!span.valid()) {
    for (const char* name : {"file", "line", "column", "end_line", "end_column"}) {
      object[name] = nullptr;
    }
    return;
  }
  const Position begin = sources.PositionOf(span.source, span.begin);
  const Position end = sources.PositionOf(span.source, span.end);
  object["file"] = JsonText(sources.path(span.source));
  object["line"] = begin.line;
  object["column"] = begin.column;
  object["end_line"] = end.line;
  object["end_column"] = end.column;
}

json::array Labels(const Diagnostic& d, const SourceSet& sources) {
  json::array labels;
  for (const Label& label : d.labels) {
    json::object entry;
    AddPlace(entry, label.span, sources);
    entry["text"] = JsonText(label.text);
    labels.push_back(std::move(entry));
  }
  return labels;
}

json::array Fixes(const Diagnostic& d, const SourceSet& sources) {
  json::array fixes;
  for (const Fix& fix : d.fixes) {
    json::object entry;
    AddPlace(entry, fix.span, sources);
    entry["text"] = JsonText(fix.text);
    entry["applicability"] = Word(fix.applicability);
    fixes.push_back(std::move(entry));
  }
  return fixes;
}

json::value Accepted(const Acceptance* acceptance) {
  if (acceptance == nullptr) return nullptr;
  json::object entry;
  entry["reason"] = JsonText(acceptance->reason);
  entry["until"] = JsonText(acceptance->until);
  return entry;
}

json::object ToObject(const Finding& finding, const SourceSet& sources) {
  const Diagnostic& d = *finding.diagnostic;
  json::object object;
  object["code"] = JsonText(d.row->code);
  object["name"] = JsonText(d.row->name);
  object["severity"] = Word(d.row->severity);
  object["message"] = JsonText(d.message);
  AddPlace(object, d.span, sources);
  object["label"] = JsonTextOrNull(d.label);
  object["labels"] = Labels(d, sources);
  json::array notes;
  for (const std::string& note : d.notes) notes.push_back(JsonText(note));
  object["notes"] = std::move(notes);
  object["help"] = JsonTextOrNull(d.help);
  object["fixes"] = Fixes(d, sources);
  object["declaration"] = JsonTextOrNull(finding.declaration);
  object["fingerprint"] = JsonText(finding.fingerprint);
  object["accepted"] = Accepted(finding.acceptance);
  return object;
}

std::string Render(const Report& report) {
  std::string lines;
  for (const Finding& finding : report.findings) {
    lines += json::serialize(ToObject(finding, *report.sources)) + "\n";
  }
  if (report.not_shown > 0) lines += fmt::format("{{\"not_shown\":{}}}\n", report.not_shown);
  return lines;
}

}  // namespace

extern const FormatRow format_json;
const FormatRow format_json{"json", "for programs: a JSON object for each finding, one a line",
                            Render};

}  // namespace tocsin::diagnostics
