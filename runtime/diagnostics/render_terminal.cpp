#include "runtime/diagnostics/render_terminal.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "runtime/diagnostics/excerpt.h"

namespace tocsin::diagnostics {
namespace {

constexpr std::string_view kReset = "\x1b[0m";
constexpr std::string_view kBold = "\x1b[1m";
constexpr std::string_view kRed = "\x1b[1;31m";
constexpr std::string_view kYellow = "\x1b[1;33m";
constexpr std::string_view kBlue = "\x1b[1;34m";

using MarksByLine = std::map<std::uint32_t, std::vector<Mark>>;

// The marks of one span: one, or for a span over several lines one at each end, of which the last
// carries the text.
void AddMarks(MarksByLine& lines, const SourceSet& sources, Span span, std::string_view text,
              bool primary) {
  const auto bytes = [&](std::uint32_t offset, std::uint32_t line) {
    const auto start = sources.Line(span.source, line).data() - sources.text(span.source).data();
    return offset - static_cast<std::size_t>(start);
  };
  const std::uint32_t first = sources.PositionOf(span.source, span.begin).line;
  const std::uint32_t past = std::max(span.begin, span.end);
  // A span that ends with a line break ends on the line that the break belongs to.
  const std::uint32_t inside = past > span.begin ? past - 1 : past;
  const std::uint32_t last = sources.PositionOf(span.source, inside).line;
  const std::size_t last_size = sources.Line(span.source, last).size();
  const std::size_t end = std::min(bytes(past, last), last_size);
  const std::size_t begin = bytes(span.begin, first);
  if (first == last) {
    lines[first].push_back({begin, std::max(begin, end), std::string(text), primary});
    return;
  }
  const std::string_view last_line = sources.Line(span.source, last);
  const std::size_t indent = std::min(last_line.find_first_not_of(" \t"), end);
  lines[first].push_back({begin, sources.Line(span.source, first).size(), "", primary});
  lines[last].push_back({indent, end, std::string(text), primary});
}

std::string Plural(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

class Renderer {
 public:
  Renderer(const SourceSet& sources, const TerminalOptions& options)
      : sources_(sources), options_(options) {}

  std::string Render(const Diagnostic& d) {
    out_.clear();
    tone_ = d.row->severity == Severity::kError ? kRed : kYellow;
    Title(d);
    const auto files = Group(d);
    gutter_ = 1;
    for (const auto& [source, lines] : files) {
      if (lines.empty()) continue;
      gutter_ = std::max(gutter_, std::to_string(lines.rbegin()->first).size());
    }
    for (const auto& [source, lines] : files) File(d, source, lines);
    Trailer(d);
    out_ += '\n';
    return std::exchange(out_, {});
  }

 private:
  using Files = std::vector<std::pair<SourceId, MarksByLine>>;

  std::string Paint(std::string_view code, std::string_view text) const {
    if (!options_.colour || text.empty()) return std::string(text);
    return fmt::format("{}{}{}", code, text, kReset);
  }

  void Title(const Diagnostic& d) {
    const bool error = d.row->severity == Severity::kError;
    out_ += Paint(tone_, fmt::format("{}[{}]", error ? "error" : "warning", d.row->code));
    out_ += Paint(kBold, ": " + d.message) + "\n";
  }

  // The marks of each file, the primary place's file first.
  Files Group(const Diagnostic& d) const {
    Files files;
    const auto add = [&](Span span, std::string_view text, bool primary) {
      if (!span.valid()) return;
      auto file = std::find_if(files.begin(), files.end(),
                               [&](const auto& f) { return f.first == span.source; });
      if (file == files.end()) file = files.insert(file, {span.source, {}});
      if (sources_.text(span.source).empty()) return;
      AddMarks(file->second, sources_, span, text, primary);
    };
    add(d.span, d.label, true);
    for (const Label& label : d.labels) add(label.span, label.text, false);
    return files;
  }

  void Gutter(std::string_view number, std::string_view rest) {
    const std::string text = fmt::format("{:>{}} |", number, gutter_);
    out_ += Paint(kBlue, text) + (rest.empty() ? "" : " ");
  }

  void File(const Diagnostic& d, SourceId source, const MarksByLine& lines) {
    const bool primary = d.span.valid() && d.span.source == source;
    std::string place(sources_.path(source));
    if (primary) {
      const Position at = sources_.PositionOf(source, d.span.begin);
      place += fmt::format(":{}:{}", at.line, at.column);
    } else if (!lines.empty()) {
      place += fmt::format(":{}", lines.begin()->first);
    }
    out_ += std::string(gutter_, ' ') + Paint(kBlue, primary ? "--> " : "::: ") + place + "\n";
    if (lines.empty()) return;
    Gutter("", "");
    out_ += '\n';
    std::uint32_t before = 0;
    for (const auto& [number, marks] : lines) {
      if (before != 0 && number == before + 2) Plain(source, before + 1);
      if (before != 0 && number > before + 2) out_ += Paint(kBlue, "...") + "\n";
      Line(source, number, marks);
      before = number;
    }
  }

  std::size_t Room() const {
    constexpr std::size_t kLeast = 40;
    return std::max(kLeast, options_.columns - std::min(options_.columns, gutter_ + 3));
  }

  void Plain(SourceId source, std::uint32_t number) {
    const auto rows = Excerpt(sources_.Line(source, number), {}, Room());
    Gutter(std::to_string(number), rows.front().text);
    out_ += rows.front().text + "\n";
  }

  void Line(SourceId source, std::uint32_t number, const std::vector<Mark>& marks) {
    std::string label = std::to_string(number);
    for (const InkedRow& row : Excerpt(sources_.Line(source, number), marks, Room())) {
      Gutter(std::exchange(label, ""), row.text);
      Row(row);
    }
  }

  void Row(const InkedRow& row) {
    for (std::size_t at = 0; at < row.text.size();) {
      std::size_t end = at;
      while (end < row.text.size() && row.inks[end] == row.inks[at]) ++end;
      const std::string_view part = std::string_view(row.text).substr(at, end - at);
      const bool plain = row.inks[at] == Ink::kPlain;
      const bool primary = row.inks[at] == Ink::kPrimary;
      out_ += plain ? std::string(part) : Paint(primary ? tone_ : kBlue, part);
      at = end;
    }
    out_ += '\n';
  }

  void Remark(std::string_view kind, std::string_view text) {
    const std::string head = fmt::format("{} = {}: ", std::string(gutter_, ' '), kind);
    std::string indent(head.size(), ' ');
    bool first = true;
    while (true) {
      // An author's line breaks are kept: a note may show an example.
      const std::size_t line_end = std::min(text.find('\n'), text.size());
      for (const std::string& part :
           Wrap(text.substr(0, line_end), options_.columns - head.size())) {
        out_ += (std::exchange(first, false) ? Paint(kBlue, head) : indent) + part + "\n";
      }
      if (line_end == text.size()) break;
      text.remove_prefix(line_end + 1);
    }
  }

  void Trailer(const Diagnostic& d) {
    const bool more = explained_.insert(d.row->code).second;
    const bool framed = d.span.valid() && !sources_.text(d.span.source).empty();
    if (framed && (more || !d.notes.empty() || !d.help.empty())) {
      Gutter("", "");
      out_ += '\n';
    }
    for (const std::string& note : d.notes) Remark("note", note);
    if (!d.help.empty()) Remark("help", d.help);
    if (more) Remark("more", fmt::format("tocsin explain {}", d.row->code));
  }

  const SourceSet& sources_;
  const TerminalOptions& options_;
  std::string out_;
  std::string_view tone_;
  std::size_t gutter_ = 1;
  std::set<std::string_view> explained_;
};

}  // namespace

std::string RenderTerminal(std::span<const Diagnostic> all, const SourceSet& sources,
                           const TerminalOptions& options) {
  Renderer renderer(sources, options);
  std::string out;
  for (const Diagnostic& d : all) out += renderer.Render(d);
  return out;
}

std::string CountLine(std::size_t errors, std::size_t warnings, std::size_t not_shown) {
  std::string line;
  if (errors > 0) line = Plural(errors, "error");
  if (warnings > 0) line += (line.empty() ? "" : ", ") + Plural(warnings, "warning");
  if (not_shown > 0) line += fmt::format(" ({} not shown)", not_shown);
  return line;
}

std::string CountLine(const Sink& sink) {
  const std::size_t not_kept = sink.errors() + sink.warnings() - sink.all().size();
  return CountLine(sink.errors(), sink.warnings(), not_kept);
}

}  // namespace tocsin::diagnostics
