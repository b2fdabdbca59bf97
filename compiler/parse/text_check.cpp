#include "compiler/parse/text_check.h"

#include "runtime/base/limits.h"
#include "runtime/base/utf8.h"
#include "runtime/diagnostics/codes.h"

namespace tocsin::parse {

namespace codes = diagnostics::codes;
using diagnostics::Span;

bool Forbidden(char32_t code) {
  constexpr char32_t kNonJoiner = 0x200C;
  constexpr char32_t kJoiner = 0x200D;
  if (code == '\t' || code == '\n' || code == kNonJoiner || code == kJoiner) return false;
  return base::IsInvisible(code);
}

namespace {

// Whether a forbidden character stands for nothing, so that the text is the same without it.
// Controls are often the remains of something else: of a line break, a colour, another encoding.
bool StandsForNothing(char32_t code) {
  constexpr char32_t kLineSeparator = 0x2028;
  constexpr char32_t kParagraphSeparator = 0x2029;
  return code >= 0xA0 && code != kLineSeparator && code != kParagraphSeparator;
}

}  // namespace

std::uint32_t ByteOrderMark(std::string_view text) {
  return text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
}

TextState CheckText(diagnostics::SourceId source, const diagnostics::SourceSet& sources,
                    diagnostics::Sink& sink) {
  const std::string_view text = sources.text(source);
  if (text.size() > base::kMaxSourceBytes) {
    sink.Emit(codes::kFileTooLarge, Span{source, 0, 0}, sources.path(source),
              base::kMaxSourceBytes >> 20);
    return TextState::kUnreadable;
  }
  TextState state = TextState::kClean;
  bool reported_on_line = false;
  for (std::size_t at = ByteOrderMark(text); at < text.size();) {
    if (text[at] >= ' ' && text[at] <= '~') {  // nearly all there is
      ++at;
      continue;
    }
    const base::CodePoint c = base::Decode(text, at);
    const Span span{source, static_cast<std::uint32_t>(at),
                    static_cast<std::uint32_t>(at + c.length)};
    if (!c.valid) {
      sink.Emit(codes::kNotUtf8, span).Help("save the file as UTF-8");
      return TextState::kUnreadable;
    }
    const bool line_break = c.value == '\r' && at + 1 < text.size() && text[at + 1] == '\n';
    if (c.value == '\n') reported_on_line = false;
    if (Forbidden(c.value) && !line_break) {
      if (!reported_on_line) {
        auto& finding = sink.Emit(codes::kControlCharacter, span,
                                  fmt::format("U+{:04X}", static_cast<std::uint32_t>(c.value)));
        if (StandsForNothing(c.value)) {
          finding.Offer(span, "", diagnostics::Applicability::kSafe);
        }
        finding.Help(c.value == '\r' ? "end lines with a line feed" : "remove it");
      }
      reported_on_line = true;
      state = TextState::kReadable;
    }
    at += c.length;
  }
  return state;
}

}  // namespace tocsin::parse
