#include "runtime/diagnostics/source.h"

#include <algorithm>
#include <utility>

#include "runtime/base/check.h"
#include "runtime/base/utf8.h"

namespace tocsin::diagnostics {

Span Join(Span first, Span last) {
  if (!first.valid()) return last;
  if (!last.valid()) return first;
  TOCSIN_CHECK(first.source == last.source, "a span cannot reach from one file into another");
  return {first.source, std::min(first.begin, last.begin), std::max(first.end, last.end)};
}

SourceId SourceSet::Add(std::string path, std::string text) {
  TOCSIN_CHECK(text.size() < 0xffffffffu, "a source text is larger than a span can say");
  File& file = files_.emplace_back();
  file.path = std::move(path);
  file.text = std::move(text);
  file.line_starts.push_back(0);
  for (std::size_t i = 0; i < file.text.size(); ++i) {
    if (file.text[i] == '\n') file.line_starts.push_back(static_cast<std::uint32_t>(i + 1));
  }
  return SourceId(files_.size() - 1);
}

SourceId SourceSet::AddBuiltin(std::string path, std::string text) {
  const SourceId id = Add(std::move(path), std::move(text));
  files_[id.index].builtin = true;
  return id;
}

SourceId SourceSet::AddLine(std::string path, std::uint32_t line, std::string text) {
  const SourceId id = Add(std::move(path), std::move(text));
  files_[id.index].first_line = line;
  return id;
}

Position SourceSet::PositionOf(SourceId id, std::uint32_t offset) const {
  const File& file = files_[id.index];
  const auto end = static_cast<std::uint32_t>(file.text.size());
  offset = std::min(offset, end);
  const auto& starts = file.line_starts;
  const auto after = std::upper_bound(starts.begin(), starts.end(), offset);
  const std::uint32_t start = *(after - 1);
  const auto line = static_cast<std::uint32_t>(after - starts.begin() - 1);
  Position position{file.first_line + line, 1};
  for (std::size_t at = start; at < offset; ++position.column) {
    at += base::Decode(file.text, at).length;
  }
  return position;
}

std::string_view SourceSet::Line(SourceId id, std::uint32_t line) const {
  const File& file = files_[id.index];
  if (line < file.first_line || line - file.first_line >= file.line_starts.size()) return {};
  line = line - file.first_line + 1;
  const std::size_t begin = file.line_starts[line - 1];
  const std::size_t end =
      line < file.line_starts.size() ? file.line_starts[line] - 1 : file.text.size();
  std::string_view text = std::string_view(file.text).substr(begin, end - begin);
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

std::string_view SourceSet::Text(Span span) const {
  if (!span.valid()) return {};
  const std::string_view text = files_[span.source.index].text;
  if (span.begin >= text.size() || span.end <= span.begin) return {};
  return text.substr(span.begin, span.end - span.begin);
}

}  // namespace tocsin::diagnostics
