#include "compiler/parse/bad_character.h"

#include <algorithm>
#include <array>

#include "runtime/base/utf8.h"

namespace tocsin::parse {
namespace {

using diagnostics::Applicability;
using diagnostics::Diagnostic;
using diagnostics::Span;

// One sign for what is two here, and signs that word processors put in the place of others.
struct Lookalike {
  char32_t sign;
  std::string_view meant;
};
constexpr std::array kLookalikes = {
    Lookalike{0x2265, ">="}, Lookalike{0x2264, "<="}, Lookalike{0x2260, "!="},
    Lookalike{0x2192, "->"}, Lookalike{0x2212, "-"},  Lookalike{0x00D7, "*"},
    Lookalike{0x00F7, "/"},  Lookalike{0x2026, ".."},
};
constexpr char32_t kEnDash = 0x2013;
constexpr char32_t kEmDash = 0x2014;

bool IsSpace(char32_t c) {
  return c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000;
}

bool Blank(std::string_view text, std::size_t at) {
  return at >= text.size() || text[at] == ' ' || text[at] == '\t' || text[at] == '\n';
}

// `08:00–16:00` is a range, `a – b` a difference.
void Dash(Diagnostic& finding, Span span, std::string_view text) {
  const bool range = !Blank(text, span.begin - 1) && !Blank(text, span.end);
  finding.Help(range ? "write `..` between the two ends of a range" : "write `-`")
      .Offer(span, range ? ".." : "-", Applicability::kReview);
}

// `&&`
void And(Diagnostic& finding, Span span, std::string_view text) {
  finding.Help("write `and`");
  if (text.substr(span.begin, span.end - span.begin) != "&&") return;
  const auto apart = [&](std::size_t at) { return Blank(text, at) ? "" : " "; };
  finding.Offer(span, fmt::format("{}and{}", apart(span.begin - 1), apart(span.end)),
                Applicability::kSafe);
}

}  // namespace

bool IsQuote(char32_t c) {
  return c == 0x201C || c == 0x201D || c == 0x201E || c == '\'' || c == '`';
}

std::string BadShown(std::string_view bad) {
  const char32_t c = base::Decode(bad, 0).value;
  return IsSpace(c) ? fmt::format("U+{:04X}", static_cast<std::uint32_t>(c))
                    : diagnostics::Shown(bad);
}

void HelpWithBad(Diagnostic& finding, Span span, std::string_view text) {
  const std::string_view bad = text.substr(span.begin, span.end - span.begin);
  const base::CodePoint first = base::Decode(bad, 0);
  const bool alone = first.length == bad.size();
  const auto known = std::ranges::find(kLookalikes, first.value, &Lookalike::sign);
  if (known != kLookalikes.end() && alone) {
    finding.Help(fmt::format("write `{}`", known->meant))
        .Offer(span, std::string(known->meant), Applicability::kSafe);
  } else if (alone && (first.value == kEnDash || first.value == kEmDash)) {
    Dash(finding, span, text);
  } else if (IsSpace(first.value)) {
    finding.Help("write a plain space");
    if (alone) finding.Offer(span, " ", Applicability::kSafe);
  } else if (first.value >= 0x80) {
    finding.Help(
        "write names with the letters a to z, digits and `_`; any character may stand in text");
  } else if (bad.ends_with('~')) {
    finding.Help("name the values, as in `region: [eu, us]`; there are no patterns");
  } else if (first.value == '&') {
    And(finding, span, text);
  } else if (first.value == '!') {
    finding.Help("write `not`");
  }
}

}  // namespace tocsin::parse
