// The codes as a part of the reference: a row for each, and what its page says.

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>

#include "compiler/doc/reference_parts.h"
#include "runtime/base/check.h"
#include "runtime/diagnostics/codes.h"
#include "runtime/diagnostics/explain.h"

namespace tocsin::doc {
namespace {

using diagnostics::Row;

std::string AnchorOf(const Row& row) { return "code-" + std::string(row.code); }

std::string_view LevelOf(const Row& row) {
  return row.severity == diagnostics::Severity::kError ? "error" : "warning";
}

// The message with `...` where each finding says what it is about.
Line MessageOf(const Row& row) {
  std::string message;
  for (std::size_t i = 0; i < row.message.size(); ++i) {
    const std::string_view rest = row.message.substr(i);
    if (rest.starts_with("{}")) {
      message += "...";
      ++i;
      continue;
    }
    message += rest[0];
    if (rest.starts_with("{{") || rest.starts_with("}}")) ++i;
  }
  return Marked(message);
}

// Text in which the codes lead to their sections.
Line WithCodes(std::string_view text, const std::set<std::string_view>& codes) {
  constexpr std::size_t kLength = 5;
  Line line;
  for (Piece& piece : Marked(text)) {
    std::string_view rest = piece.text;
    std::size_t plain = 0;
    for (std::size_t at = 0; at + kLength <= rest.size();) {
      const auto code = codes.find(rest.substr(at, kLength));
      if (code == codes.end()) {
        ++at;
        continue;
      }
      if (at > plain)
        line.push_back({piece.style, std::string(rest.substr(plain, at - plain)), {}, {}, {}});
      line.push_back(LinkTo("code-" + std::string(*code), *code, piece.style));
      at = plain = at + kLength;
    }
    if (plain < rest.size())
      line.push_back({piece.style, std::string(rest.substr(plain)), {}, {}, {}});
  }
  return line;
}

// A page as docs/errors has them: after the title paragraphs and fenced blocks.
class PageReader {
 public:
  PageReader(std::string_view page, const std::set<std::string_view>& codes)
      : rest_(page), codes_(codes) {}

  // What it says stands first, and its examples are folded.
  Blocks Read() {
    NextLine();  // the title
    while (!rest_.empty()) {
      const std::string_view line = NextLine();
      if (line.starts_with(kFence)) {
        Fence(line.substr(kFence.size()));
      } else if (line.empty()) {
        EndParagraph();
      } else {
        paragraph_ += (paragraph_.empty() ? "" : " ") + std::string(line);
      }
    }
    EndParagraph();
    if (!examples_.empty()) said_.push_back(Folded({Text("Examples")}, std::move(examples_)));
    return std::move(said_);
  }

 private:
  static constexpr std::string_view kFence = "```";

  std::string_view NextLine() {
    const std::size_t end = std::min(rest_.find('\n'), rest_.size());
    const std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    return line;
  }

  // A paragraph that ends with a colon belongs to the example after it.
  void EndParagraph() {
    if (paragraph_.empty()) return;
    const bool example = !examples_.empty() || paragraph_.ends_with(':');
    (example ? examples_ : said_).push_back(Paragraph(WithCodes(paragraph_, codes_)));
    paragraph_.clear();
  }

  // "tocsin shop/people.tocsin": the second word is the name of a file where it is no other word.
  void Fence(std::string_view tag) {
    EndParagraph();
    std::string text;
    while (!rest_.empty()) {
      const std::string_view line = NextLine();
      if (line.starts_with(kFence)) break;
      text += std::string(line) + "\n";
    }
    if (!text.empty()) text.pop_back();
    const std::string_view file = tag.substr(std::min(tag.find(' ') + 1, tag.size()));
    if (tag.find(' ') != tag.npos && file.find('.') != file.npos)
      examples_.push_back(Note({Code(file)}));
    examples_.push_back(CodeBlock(text));
  }

  std::string_view rest_;
  const std::set<std::string_view>& codes_;
  std::string paragraph_;
  Blocks said_, examples_;
};

}  // namespace

Blocks FindingsPart(std::span<const base::EmbeddedFile> pages) {
  std::vector<const Row*> all(diagnostics::codes::All().begin(), diagnostics::codes::All().end());
  std::ranges::sort(all, {}, [](const Row* row) { return row->code.substr(1); });
  std::set<std::string_view> codes;
  for (const Row* row : all) codes.insert(row->code);
  std::vector<std::vector<Line>> rows;
  Blocks sections;
  for (const Row* row : all) {
    rows.push_back({{LinkTo(AnchorOf(*row), row->code, Piece::Style::kCode)},
                    {Text(row->name)},
                    {Text(LevelOf(*row))},
                    MessageOf(*row)});
    Block heading = Heading(3, AnchorOf(*row), {Text(fmt::format("{} {}", row->code, row->name))});
    heading.listed = false;
    sections.push_back(std::move(heading));
    Line message = {Text(fmt::format("{}: ", LevelOf(*row)))};
    Append(message, MessageOf(*row));
    sections.push_back(Note(std::move(message)));
    const auto page = diagnostics::FindPage(pages, row->code);
    TOCSIN_CHECK(page.has_value(), "a code has no page");
    Append(sections, PageReader(*page, codes).Read());
  }
  Blocks blocks = {Heading(2, "findings", {Text("Findings")}),
                   Paragraph(Marked("What a policy, a recording or a command may have wrong. With "
                                    "an error a policy does not run; a warning "
                                    "says what is unwise, and `accept` lets it stand. Where `...` "
                                    "stands, the message says what it is about."))};
  blocks.push_back(
      Table({{Text("code")}, {Text("name")}, {Text("is")}, {Text("says")}}, std::move(rows)));
  Append(blocks, std::move(sections));
  return blocks;
}

}  // namespace tocsin::doc
