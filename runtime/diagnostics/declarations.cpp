#include "runtime/diagnostics/declarations.h"

#include <utility>

namespace tocsin::diagnostics {

void Declarations::Add(Declaration declaration) {
  by_source_[declaration.span.source].push_back(std::move(declaration));
}

const Declaration* Declarations::At(Span place) const {
  const auto source = by_source_.find(place.source);
  if (!place.valid() || source == by_source_.end()) return nullptr;
  const Declaration* innermost = nullptr;
  for (const Declaration& declaration : source->second) {
    const Span& span = declaration.span;
    if (span.begin > place.begin || span.end <= place.begin) continue;
    // Of two that hold the place, the one that begins later is inside the other.
    if (innermost == nullptr || span.begin >= innermost->span.begin) innermost = &declaration;
  }
  return innermost;
}

}  // namespace tocsin::diagnostics
