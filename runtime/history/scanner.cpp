#include "runtime/history/scanner.h"

#include "runtime/base/utf8.h"

namespace tocsin::history {
namespace {

namespace codes = diagnostics::codes;

bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool ScanValue(Scanner& scanner, const LabelSyntax& syntax, std::string& value) {
  if (!scanner.Take('"')) return scanner.Unexpected("the label's value in double quotes");
  for (;;) {
    if (scanner.at_end()) return scanner.Unexpected("`\"` at the end of the label's value");
    const char c = scanner.peek();
    scanner.set_at(scanner.at() + 1);
    if (c == '"') return true;
    if (c != '\\') {
      value += c;
      continue;
    }
    const char escaped = scanner.peek();
    if (scanner.at_end()) return scanner.Unexpected("`\"` at the end of the label's value");
    const std::size_t begin = scanner.at() - 1;
    scanner.set_at(scanner.at() + 1);
    if (escaped == 'n') {
      value += '\n';
    } else if (escaped == '\\' || escaped == '"') {
      value += escaped;
    } else if (syntax.unknown_escapes) {
      value += '\\';
      value += escaped;
    } else {
      const std::size_t length = base::Decode(scanner.line(), begin + 1).length;
      const std::string shown = diagnostics::Shown(scanner.line().substr(begin, 1 + length));
      scanner.findings().Report(codes::kUnknownEscape, scanner.PlaceOf(begin, begin + 1 + length),
                                shown);
      return false;
    }
  }
}

}  // namespace

std::string Seen(std::string_view line, std::size_t at) {
  if (at >= line.size()) return "the end of the line";
  if (line[at] == ' ') return "a blank";
  if (line[at] == '\t') return "a tab";
  return "`" + diagnostics::Shown(line.substr(at, base::Decode(line, at).length)) + "`";
}

bool CheckText(Findings& findings, std::uint64_t number, std::string_view line) {
  if (const std::size_t nul = line.find('\0'); nul != std::string_view::npos) {
    findings.Report(codes::kHistoryNul, {number, line, nul, nul + 1});
    return false;
  }
  const std::size_t invalid = base::FirstInvalidByte(line);
  if (invalid == std::string_view::npos) return true;
  findings.Report(codes::kHistoryNotUtf8, {number, line, invalid, invalid + 1});
  return false;
}

bool MakeLabels(Findings& findings, std::vector<values::Label> labels, const Place& place,
                values::LabelSet& set) {
  using Kind = values::LabelError::Kind;
  auto made = values::LabelSet::Make(std::move(labels));
  if (made) {
    set = *std::move(made);
    return true;
  }
  const std::string name = diagnostics::Shown(made.error().name);
  const auto limit = [&](std::string message) {
    findings.Report(codes::kLabelLimit, place, message);
  };
  switch (made.error().kind) {
    case Kind::kDuplicate:
      findings.Report(codes::kDuplicateLabel, place, name);
      break;
    case Kind::kTooMany:
      limit(fmt::format("a series has more than {} labels", values::kMaxLabels));
      break;
    case Kind::kNameTooLong:
      limit(fmt::format("the label name `{}` is longer than {} bytes", name,
                        values::kMaxLabelNameBytes));
      break;
    case Kind::kValueTooLong:
      limit(fmt::format("the value of the label `{}` is longer than {} bytes", name,
                        values::kMaxLabelValueBytes));
      break;
  }
  return false;
}

std::string_view Scanner::TakeName(bool colons) {
  const std::size_t begin = at_;
  const auto fits = [&](char c) { return IsLetter(c) || (colons && c == ':'); };
  if (!at_end() && fits(line_[at_])) {
    while (!at_end() && (fits(line_[at_]) || IsDigit(line_[at_]))) ++at_;
  }
  return From(begin);
}

std::string_view Scanner::TakeWord() {
  const std::size_t begin = at_;
  while (!at_end() && line_[at_] != ' ' && line_[at_] != '\t') ++at_;
  return From(begin);
}

bool Scanner::Unexpected(std::string_view expected) {
  const std::size_t end = at_end() ? at_ : at_ + base::Decode(line_, at_).length;
  findings_.Report(codes::kHistorySyntax, PlaceOf(at_, end), Seen(line_, at_), expected);
  return false;
}

bool ScanLabels(Scanner& scanner, const LabelSyntax& syntax, std::vector<values::Label>& labels) {
  const auto blanks = [&] {
    if (syntax.blanks) scanner.SkipBlanks();
  };
  if (!scanner.Take('{')) return scanner.Unexpected("`{` before labels");
  blanks();
  if (scanner.Take('}')) return true;
  for (;;) {
    values::Label label;
    label.name = scanner.TakeName(false);
    if (label.name.empty()) return scanner.Unexpected("the name of a label");
    blanks();
    if (!scanner.Take('=')) return scanner.Unexpected("`=` after the name of a label");
    blanks();
    if (!ScanValue(scanner, syntax, label.value)) return false;
    labels.push_back(std::move(label));
    blanks();
    if (scanner.Take('}')) return true;
    if (!scanner.Take(',')) return scanner.Unexpected("`,` or `}` after a label");
    blanks();
    if (syntax.trailing_comma && scanner.Take('}')) return true;
  }
}

std::size_t KeyEnd(std::string_view line) {
  const std::size_t brace = line.find_first_of("{ \t");
  if (brace == std::string_view::npos || line[brace] != '{') return brace;
  bool quoted = false;
  for (std::size_t at = brace + 1; at < line.size(); ++at) {
    const char c = line[at];
    if (quoted && c == '\\') {
      ++at;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == '}' && !quoted) {
      return at + 1;
    }
  }
  return std::string_view::npos;
}

}  // namespace tocsin::history
