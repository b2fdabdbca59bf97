#include "runtime/diagnostics/render_json.h"

#include <boost/json.hpp>

#include "runtime/base/utf8.h"

namespace tocsin::diagnostics {
namespace {

namespace json = boost::json;

// Text from outside may hold bytes that are not UTF-8, which JSON cannot carry.
json::string Text(std::string_view text) {
  const bool fine = base::FirstInvalidByte(text) == std::string_view::npos;
  const std::string shown = fine ? std::string() : Shown(text, text.size());
  if (!fine) text = shown;
  return json::string(text.data(), text.size());
}

json::value TextOrNull(std::string_view text) {
  return text.empty() ? json::value(nullptr) : json::value(Text(text));
}

void AddPlace(json::object& object, Span span, const SourceSet& sources) {
  if (!span.valid()) {
    for (const char* name : {"file", "line", "column", "end_line", "end_column"}) {
      object[name] = nullptr;
    }
    return;
  }
  const Position begin = sources.PositionOf(span.source, span.begin);
  const Position end = sources.PositionOf(span.source, span.end);
  object["file"] = Text(sources.path(span.source));
  object["line"] = begin.line;
  object["column"] = begin.column;
  object["end_line"] = end.line;
  object["end_column"] = end.column;
}

const char* NameOf(Applicability applicability) {
  switch (applicability) {
    case Applicability::kSafe:
      return "safe";
    case Applicability::kReview:
      return "review";
    case Applicability::kPlaceholder:
      return "placeholder";
  }
  return "";
}

json::object ToObject(const Diagnostic& d, const SourceSet& sources) {
  json::object object;
  object["code"] = Text(d.row->code);
  object["name"] = Text(d.row->name);
  object["severity"] = d.row->severity == Severity::kError ? "error" : "warning";
  object["message"] = Text(d.message);
  AddPlace(object, d.span, sources);
  object["label"] = TextOrNull(d.label);
  json::array labels, notes, fixes;
  for (const Label& label : d.labels) {
    json::object entry;
    AddPlace(entry, label.span, sources);
    entry["text"] = Text(label.text);
    labels.push_back(std::move(entry));
  }
  for (const std::string& note : d.notes) notes.push_back(Text(note));
  for (const Fix& fix : d.fixes) {
    json::object entry;
    AddPlace(entry, fix.span, sources);
    entry["text"] = Text(fix.text);
    entry["applicability"] = NameOf(fix.applicability);
    fixes.push_back(std::move(entry));
  }
  object["labels"] = std::move(labels);
  object["notes"] = std::move(notes);
  object["help"] = TextOrNull(d.help);
  object["fixes"] = std::move(fixes);
  return object;
}

}  // namespace

std::string RenderJson(std::span<const Diagnostic> all, const SourceSet& sources) {
  std::string lines;
  for (const Diagnostic& d : all) lines += json::serialize(ToObject(d, sources)) + "\n";
  return lines;
}

}  // namespace tocsin::diagnostics
