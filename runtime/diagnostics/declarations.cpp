#include "runtime/diagnostics/declarations.h"

#include <algorithm>
#include <utility>

namespace tocsin::diagnostics {
namespace {

// The last of some places in order that begins at or before an offset; null where none does.
const Span* LastAt(const std::vector<Span>& places, std::uint32_t offset) {
  const auto after = std::ranges::upper_bound(places, offset, {}, &Span::begin);
  return after == places.begin() ? nullptr : &*std::prev(after);
}

bool Holds(const Span* span, std::uint32_t offset) { return span != nullptr && offset < span->end; }

}  // namespace

void Declarations::Add(Declaration declaration) {
  by_source_[declaration.span.source].declarations.push_back(std::move(declaration));
}

void Declarations::AddClause(Span clause) { by_source_[clause.source].clauses.push_back(clause); }

void Declarations::AddMargin(Span margin) { by_source_[margin.source].margins.push_back(margin); }

std::string Declarations::WordsAt(Span place, const SourceSet& sources) const {
  static const Source kNothing;
  const auto found = by_source_.find(place.source);
  const Source& source = found == by_source_.end() ? kNothing : found->second;
  const std::string_view text = sources.text(place.source);
  const Span* clause = LastAt(source.clauses, place.begin);
  std::size_t begin = 0;
  std::size_t end = text.size();
  if (Holds(clause, place.begin)) {
    begin = clause->begin;
    end = clause->end;
  } else if (place.begin < text.size()) {
    begin = place.begin == 0 ? 0 : text.rfind('\n', place.begin - 1) + 1;
    end = std::min(end, text.find('\n', place.begin));
  }
  // The beginning tells enough of a long clause.
  constexpr std::size_t kMostBytes = 1000;
  std::string words;
  for (std::size_t at = begin; at < end && words.size() < kMostBytes; ++at) {
    const auto offset = static_cast<std::uint32_t>(at);
    const char c = text[at];
    const bool space = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    if (!space && !Holds(LastAt(source.margins, offset), offset)) words += c;
  }
  return words;
}

const Declaration* Declarations::At(Span place) const {
  const auto source = by_source_.find(place.source);
  if (!place.valid() || source == by_source_.end()) return nullptr;
  const Declaration* innermost = nullptr;
  for (const Declaration& declaration : source->second.declarations) {
    const Span& span = declaration.span;
    if (span.begin > place.begin || span.end <= place.begin) continue;
    // Of two that hold the place, the one that begins later is inside the other.
    if (innermost == nullptr || span.begin >= innermost->span.begin) innermost = &declaration;
  }
  return innermost;
}

}  // namespace tocsin::diagnostics
