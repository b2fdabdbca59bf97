#include "runtime/diagnostics/diagnostic.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

#include "runtime/base/limits.h"
#include "runtime/base/utf8.h"

namespace tocsin::diagnostics {

Diagnostic& Diagnostic::Primary(std::string text) {
  label = std::move(text);
  return *this;
}

Diagnostic& Diagnostic::Also(Span at, std::string text) {
  labels.push_back({at, std::move(text)});
  return *this;
}

Diagnostic& Diagnostic::Note(std::string text) {
  notes.push_back(std::move(text));
  return *this;
}

Diagnostic& Diagnostic::Help(std::string text) {
  help = std::move(text);
  return *this;
}

Diagnostic& Diagnostic::Offer(Span at, std::string text, Applicability applicability) {
  fixes.push_back({at, std::move(text), applicability});
  return *this;
}

Diagnostic& Sink::Add(const Row& row, Span span, std::string message) {
  ++(row.severity == Severity::kError ? errors_ : warnings_);
  const bool kept = !full();
  if (!kept) overflow_ = {};
  Diagnostic& added = kept ? all_.emplace_back() : overflow_;
  added.row = &row;
  added.span = span;
  // What a file or a recording holds may say things to a terminal.
  added.message = Shown(message, message.size());
  return added;
}

void Sink::Append(Sink&& other) {
  const std::size_t room = base::kMaxDiagnostics - std::min(all_.size(), base::kMaxDiagnostics);
  const auto end =
      other.all_.begin() + static_cast<std::ptrdiff_t>(std::min(room, other.all_.size()));
  std::move(other.all_.begin(), end, std::back_inserter(all_));
  errors_ += other.errors_;
  warnings_ += other.warnings_;
}

void Sink::TakeOut(const std::function<bool(Diagnostic&)>& out) {
  std::vector<Diagnostic> kept;
  for (Diagnostic& finding : all_) {
    if (out(finding)) {
      --(finding.row->severity == Severity::kError ? errors_ : warnings_);
    } else {
      kept.push_back(std::move(finding));
    }
  }
  all_ = std::move(kept);
}

void Sink::AlsoSince(std::size_t first, Span at, std::string_view text) {
  for (std::size_t i = first; i < all_.size(); ++i) all_[i].Also(at, std::string(text));
}

bool Sink::full() const { return all_.size() >= base::kMaxDiagnostics; }

void Sink::SortByPlace() {
  // What has no place (a file that cannot be read) is usually the cause of the rest, so it is
  // first.
  const auto key = [](const Diagnostic& d) {
    return std::tuple(d.span.valid(), d.span.source.index, d.span.begin);
  };
  std::stable_sort(all_.begin(), all_.end(),
                   [&](const Diagnostic& a, const Diagnostic& b) { return key(a) < key(b); });
}

std::string Shown(std::string_view text, std::size_t max) {
  std::string shown;
  for (std::size_t at = 0; at < text.size();) {
    const base::CodePoint point = base::Decode(text, at);
    if (at + point.length > max) return shown + "...";
    if (!point.valid) {
      shown += fmt::format("\\x{:02x}", static_cast<unsigned>(point.value));
    } else if (point.value == '\n') {
      shown += "\\n";
    } else if (point.value == '\t') {
      shown += "\\t";
    } else if (base::IsInvisible(point.value)) {
      shown += fmt::format("\\u{{{:x}}}", static_cast<unsigned>(point.value));
    } else {
      shown += text.substr(at, point.length);
    }
    at += point.length;
  }
  return shown;
}

namespace {

// Edit distance with neighbouring letters swapped counting as one edit (optimal string alignment,
// Boytsov 2011, section 2.2), or more than `most` where it is more.
std::size_t Distance(std::string_view a, std::string_view b, std::size_t most) {
  if (std::max(a.size(), b.size()) - std::min(a.size(), b.size()) > most) return most + 1;
  std::vector<std::size_t> before_last(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({change, last[j] + 1, row[j - 1] + 1});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    std::swap(before_last, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

}  // namespace

std::string Nearest(std::string_view name, const std::vector<std::string>& known) {
  constexpr std::size_t kLongestName = 100;
  if (name.size() > kLongestName) return {};
  std::size_t most = name.size() <= 3 ? 1 : 2;
  std::string nearest;
  for (const std::string& candidate : known) {
    const std::size_t distance = Distance(name, candidate, most);
    // Changing every letter of a short name reaches anything; that is no help.
    if (distance == 0 || distance > most || distance >= candidate.size()) continue;
    nearest = candidate;
    if (distance == 1) break;
    most = distance - 1;
  }
  return nearest;
}

}  // namespace tocsin::diagnostics
