#include "compiler/format/format.h"

#include <algorithm>

#include "compiler/format/plan.h"
#include "compiler/format/spacing.h"
#include "compiler/format/tables.h"
#include "compiler/parse/tokens.h"
#include "runtime/base/check.h"
#include "runtime/base/limits.h"

namespace tocsin::format {
namespace {

using parse::Token;
using parse::TokenKind;

class Writer {
 public:
  Writer(const std::vector<Token>& tokens, const Plan& plan, std::string_view text)
      : tokens_(tokens), plan_(plan), text_(text), columns_(tokens, plan) {}

  std::optional<std::string> Run() {
    for (at_ = 0; at_ < tokens_.size(); ++at_) {
      if (out_.size() >= base::kMaxSourceBytes) return std::nullopt;
      const Token& token = tokens_[at_];
      if (token.kind == TokenKind::kComment) {
        WriteComment(token);
      } else if (plan_.places[at_].begins_line) {
        level_ = plan_.places[at_].level;
        NewLine(level_ * kIndent);
        WriteFirst(token);
      } else {
        WriteNext(token);
      }
      line_is_over_ = token.kind == TokenKind::kComment;
    }
    if (!out_.empty()) out_ += '\n';
    if (out_.size() > base::kMaxSourceBytes) return std::nullopt;
    return std::move(out_);
  }

 private:
  static constexpr std::uint32_t kContinuation = 4;

  void WriteComment(const Token& comment) {
    std::string_view words = comment.text;
    while (words.ends_with(' ') || words.ends_with('\t')) words.remove_suffix(1);
    if (BreaksBefore(at_) == 0 && !out_.empty()) {
      out_ += "  ";
    } else {
      NewLine(CommentIndent());
    }
    out_ += words;
  }

  // A comment on its own line stands where what follows it stands; before a `}` it belongs to the
  // block.
  std::uint32_t CommentIndent() {
    after_comments_ = std::max(after_comments_, at_ + 1);
    while (after_comments_ < tokens_.size() &&
           tokens_[after_comments_].kind == TokenKind::kComment) {
      ++after_comments_;
    }
    if (after_comments_ == tokens_.size()) return 0;
    const Place& place = plan_.places[after_comments_];
    if (!place.begins_line) return level_ * kIndent + kContinuation;
    return (place.level + (place.closes_block ? 1 : 0)) * kIndent;
  }

  void WriteFirst(const Token& token) {
    if (token.kind != TokenKind::kRowStart && token.kind != TokenKind::kRule) {
      Write(token);
      return;
    }
    columns_.Measure(at_);
    if (token.kind == TokenKind::kRule) {
      out_ += columns_.Rule();
      return;
    }
    std::size_t last = at_;
    const std::string row = columns_.Row(at_, last);
    if (row.empty()) {
      Write(token);
    } else {
      out_ += row;
      at_ = last;
    }
  }

  void WriteNext(const Token& token) {
    const bool broken = line_is_over_ || (BreaksBefore(at_) > 0 && MayBreak(token));
    if (broken) {
      const bool closes = token.kind == TokenKind::kClose || token.kind == TokenKind::kCloseBlock;
      NewLine(level_ * kIndent + (closes ? 0 : kContinuation));
    } else {
      out_ += plan_.before[at_];
    }
    Write(token);
  }

  // What the author wrote on several lines stays so, but a block begins on the line of what it
  // belongs to.
  bool MayBreak(const Token& token) const {
    if (token.kind == TokenKind::kCloseBlock) {
      return tokens_[at_ - 1].kind != TokenKind::kOpenBlock;
    }
    return !StaysBeside(token.kind);
  }

  void Write(const Token& token) {
    // Line breaks within a text block are the file's, and the file's are plain.
    for (const char c : token.text) {
      if (c != '\r') out_ += c;
    }
  }

  void NewLine(std::uint32_t indent) {
    if (!out_.empty()) {
      out_ += '\n';
      if (BreaksBefore(at_) > 1 && MayStandApart()) out_ += '\n';
    }
    out_.append(indent, ' ');
  }

  // An empty line is kept before a declaration, a clause and a comment, but not at the ends of a
  // block or within a table.
  bool MayStandApart() const {
    const Token& token = tokens_[at_];
    std::size_t before = at_ - 1;
    while (tokens_[before].kind == TokenKind::kComment && BreaksBefore(before) == 0) --before;
    if (tokens_[before].kind == TokenKind::kOpenBlock || plan_.places[at_].closes_block) {
      return false;
    }
    if (token.kind == TokenKind::kRowStart || token.kind == TokenKind::kRule) return false;
    return token.kind == TokenKind::kComment || plan_.places[at_].begins_line;
  }

  std::size_t BreaksBefore(std::size_t token) const {
    const std::uint32_t begin = token == 0 ? 0 : tokens_[token - 1].span.end;
    return LineBreaks(text_, begin, tokens_[token].span.begin) + (token == 0 ? 1 : 0);
  }

  const std::vector<Token>& tokens_;
  const Plan& plan_;
  std::string_view text_;
  Columnar columns_;
  std::size_t at_ = 0;
  std::uint32_t level_ = 0;
  bool line_is_over_ = false;       // a comment was written
  std::size_t after_comments_ = 0;  // the first token after the comments that are being written
  std::string out_;
};

std::string Plain(std::string_view text) {
  std::string plain(text);
  std::erase(plain, '\r');
  return plain;
}

// The words of a policy must survive its layout, whatever the bugs of this room.
bool SameTokens(const std::vector<Token>& before, const std::vector<Token>& after) {
  const auto skip = [](const std::vector<Token>& tokens, std::size_t& i) {
    while (i < tokens.size() && tokens[i].kind == TokenKind::kRule) ++i;
    return i < tokens.size();
  };
  std::size_t a = 0;
  std::size_t b = 0;
  while (skip(before, a) && skip(after, b)) {
    const bool comment = before[a].kind == TokenKind::kComment;
    if (before[a].kind != after[b].kind) return false;
    if (!comment && Plain(before[a].text) != Plain(after[b].text)) return false;
    ++a;
    ++b;
  }
  return !skip(before, a) && !skip(after, b);
}

}  // namespace

std::optional<std::string> Format(const syntax::Tree& tree, const diagnostics::SourceSet& sources) {
  TOCSIN_CHECK(tree.complete, "a text with mistakes was to be laid out");
  const std::string_view text = sources.text(tree.source);
  const std::vector<Token> tokens = parse::Tokenize(tree.source, sources);
  const Plan plan = MakePlan(tree, tokens, text);
  std::optional<std::string> formatted = Writer(tokens, plan, text).Run();
  if (!formatted) return std::nullopt;
  diagnostics::SourceSet again;
  const auto id = again.Add("formatted", *formatted);
  TOCSIN_CHECK(SameTokens(tokens, parse::Tokenize(id, again)),
               "the layout changed the words of a text");
  return formatted;
}

}  // namespace tocsin::format
