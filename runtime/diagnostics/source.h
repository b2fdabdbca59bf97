// The texts that findings point into: policy files, recorded data, embedded schemas. A Span is a
// range of bytes in one of them; lines and columns are computed only when a finding is shown. Lines
// and columns count from 1; a column counts Unicode code points.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/ids.h"

namespace tocsin::diagnostics {

struct SourceTag;
using SourceId = base::Id<SourceTag>;

struct Span {
  SourceId source;
  std::uint32_t begin = 0;  // byte offset of the first byte
  std::uint32_t end = 0;    // byte offset after the last byte
  constexpr bool valid() const { return source.valid(); }
  constexpr auto operator<=>(const Span&) const = default;
};

// From the beginning of the first span to the end of the second.
Span Join(Span first, Span last);

struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

class SourceSet {
 public:
  // `path` is what messages show; it need not exist. The text is kept for the lifetime of the set.
  SourceId Add(std::string path, std::string text);
  // Files of the standard library: shown in messages, but not part of the user's policy.
  SourceId AddBuiltin(std::string path, std::string text);
  // One line of a file too large to keep, such as recorded data: positions in it have the number
  // `line`.
  SourceId AddLine(std::string path, std::uint32_t line, std::string text);

  std::string_view path(SourceId id) const { return files_[id.index].path; }
  std::string_view text(SourceId id) const { return files_[id.index].text; }
  bool builtin(SourceId id) const { return files_[id.index].builtin; }
  std::size_t size() const { return files_.size(); }

  Position PositionOf(SourceId id, std::uint32_t offset) const;
  // The text of line `line` without its line break.
  std::string_view Line(SourceId id, std::uint32_t line) const;
  std::string_view Text(Span span) const;

 private:
  struct File {
    std::string path;
    std::string text;
    bool builtin = false;
    std::uint32_t first_line = 1;
    std::vector<std::uint32_t> line_starts;
  };
  std::deque<File> files_;
};

}  // namespace tocsin::diagnostics
