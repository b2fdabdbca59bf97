// A position in one line of recorded text, and findings at it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "runtime/history/lines.h"
#include "runtime/values/labels.h"

namespace tocsin::history {

// "`x`" or "the end of the line": what stands at a place, for messages.
std::string Seen(std::string_view line, std::size_t at);

// False, with a finding, where the line holds a NUL byte or is not UTF-8.
bool CheckText(Findings& findings, std::uint64_t number, std::string_view line);

// Makes the set, or reports what keeps the labels from being one; `place` is where they stand in
// the line.
bool MakeLabels(Findings& findings, std::vector<values::Label> labels, const Place& place,
                values::LabelSet& set);

class Scanner {
 public:
  Scanner(Findings& findings, std::uint64_t number, std::string_view line)
      : findings_(findings), number_(number), line_(line) {}

  bool at_end() const { return at_ >= line_.size(); }
  char peek() const { return at_end() ? '\0' : line_[at_]; }
  std::size_t at() const { return at_; }
  void set_at(std::size_t at) { at_ = at; }
  std::string_view line() const { return line_; }
  std::string_view From(std::size_t begin) const { return line_.substr(begin, at_ - begin); }
  Place PlaceOf(std::size_t begin, std::size_t end) const { return {number_, line_, begin, end}; }

  bool Take(char c) {
    if (at_end() || line_[at_] != c) return false;
    ++at_;
    return true;
  }
  void SkipBlanks() {
    while (peek() == ' ' || peek() == '\t') ++at_;
  }
  // Letters, digits, `_` and, in metric names, `:`; empty where none begins here.
  std::string_view TakeName(bool colons);
  // Up to the next blank or the end.
  std::string_view TakeWord();

  // "found X, expected Y" at this place. Always false.
  bool Unexpected(std::string_view expected);
  Findings& findings() { return findings_; }

 private:
  Findings& findings_;
  std::uint64_t number_;
  std::string_view line_;
  std::size_t at_ = 0;
};

struct LabelSyntax {
  bool blanks = false;           // between names, values and commas
  bool trailing_comma = false;   // `{a="1",}`
  bool unknown_escapes = false;  // `\d` stands for itself, backslash and all
};

// `{name="value",...}`, from the brace to after the closing one.
bool ScanLabels(Scanner& scanner, const LabelSyntax& syntax, std::vector<values::Label>& labels);

// The end of `name` or `name{...}` at the beginning of the line, or npos where it has no end. Knows
// quotes and escapes, and checks nothing.
std::size_t KeyEnd(std::string_view line);

}  // namespace tocsin::history
