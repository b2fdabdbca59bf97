// What a stage says about what it was given: one structure, whatever the stage and whoever shows
// it. A finding has a stable code with a page (`tocsin explain CODE`), a primary place, and where
// it helps further places, notes, one help sentence and a fix.
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "runtime/diagnostics/source.h"

namespace tocsin::diagnostics {

enum class Severity : std::uint8_t { kError, kWarning };

// One row of a stage's table in tables/*.def.
struct Row {
  std::string_view code;  // "E0301"
  std::string_view name;  // "unknown-name"
  Severity severity;
  std::string_view message;  // with {} where arguments go
};

// A row that knows how many arguments its message takes, so that a wrong count does not compile.
template <std::size_t kArguments>
struct TypedRow : Row {};

consteval std::size_t CountPlaceholders(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    if (text[i] == '{' && text[i + 1] == '{') {
      ++i;
    } else if (text[i] == '{') {
      ++count;
    }
  }
  return count;
}

struct Label {
  Span span;
  std::string text;
};

enum class Applicability : std::uint8_t { kSafe, kReview, kPlaceholder };

struct Fix {
  Span span;  // replaced by `text`
  std::string text;
  Applicability applicability = Applicability::kReview;
};

struct Diagnostic {
  const Row* row = nullptr;
  std::string message;
  Span span;                  // invalid where there is no place, as for a missing file
  std::string label;          // said under the primary place; may be empty
  std::vector<Label> labels;  // further places
  std::vector<std::string> notes;
  std::string help;  // one imperative sentence
  std::vector<Fix> fixes;

  Diagnostic& Primary(std::string text);
  Diagnostic& Also(Span at, std::string text);
  Diagnostic& Note(std::string text);
  Diagnostic& Help(std::string text);
  Diagnostic& Offer(Span at, std::string text, Applicability applicability);
};

class Sink {
 public:
  template <std::size_t N, class... Args>
  Diagnostic& Emit(const TypedRow<N>& row, Span span, Args&&... args) {
    static_assert(sizeof...(Args) == N,
                  "the message of this code takes another number of arguments");
    return Add(row, span, fmt::vformat(row.message, fmt::make_format_args(args...)));
  }
  // Past base::kMaxDiagnostics findings are counted, not kept.
  Diagnostic& Add(const Row& row, Span span, std::string message);

  // All of another's findings after these, and what that one only counted.
  void Append(Sink&& other);

  // Whether further findings are only counted, so that looking for suggestions is in vain.
  bool full() const;

  // Takes out the findings of which `out` says so, and counts them no more. It may add to the
  // others.
  void TakeOut(const std::function<bool(Diagnostic&)>& out);

  // Adds a further place to the findings from number `first` on: where what is wrong was asked for.
  void AlsoSince(std::size_t first, Span at, std::string_view text);

  const std::vector<Diagnostic>& all() const { return all_; }
  std::size_t errors() const { return errors_; }
  std::size_t warnings() const { return warnings_; }
  // By place, a stage's own order kept within one place.
  void SortByPlace();

 private:
  std::vector<Diagnostic> all_;
  Diagnostic overflow_;
  std::size_t errors_ = 0;
  std::size_t warnings_ = 0;
};

// `text` cut to `max` bytes at a character, with an ellipsis, and control characters made visible:
// what a user wrote, safe to show in a message.
std::string Shown(std::string_view text, std::size_t max = 60);

// The nearest of `known` within an edit distance of 2 (1 for names of up to 3 letters), or empty.
std::string Nearest(std::string_view name, const std::vector<std::string>& known);

}  // namespace tocsin::diagnostics
