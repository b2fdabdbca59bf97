#include "compiler/parse/repair.h"

#include <algorithm>
#include <utility>

#include "compiler/parse/bad_character.h"
#include "compiler/parse/lexemes.h"
#include "compiler/parse/quantity_slip.h"
#include "compiler/parse/text_check.h"
#include "runtime/base/limits.h"
#include "runtime/base/utf8.h"
#include "runtime/diagnostics/codes.h"

namespace tocsin::parse {
namespace {

namespace codes = diagnostics::codes;
using diagnostics::Applicability;
using diagnostics::Shown;
using diagnostics::Span;

class Repairer {
 public:
  Repairer(const std::vector<Lexeme>& in, diagnostics::SourceId source,
           const diagnostics::SourceSet& sources, diagnostics::Sink* sink, bool by_columns)
      : in_(in),
        source_(source),
        text_(sources.text(source)),
        sink_(sink),
        by_columns_(by_columns) {}

  Repaired Run() {
    for (at_ = 0; at_ < in_.size(); ++at_) Take(in_[at_]);
    SetDepths();
    return std::move(out_);
  }
  bool unbalanced() const { return unbalanced_; }

 private:
  // An open bracket or text: where it is in the input and in the output.
  struct Open {
    Lexeme lexeme;
    std::size_t out;
    std::vector<Lexeme> braces = {};  // stray ones in a text, reported once it is known to end
  };

  void Take(const Lexeme& lexeme) {
    if (lexeme.type == TocsinLexer::EOF) {
      CloseAll(lexeme);
      Push(lexeme);
      return;
    }
    if (by_columns_ && !open_.empty() && StartsDeclaration(lexeme, in_[at_ + 1]) && !InText())
      CloseAll(lexeme);
    if (lexeme.type == TocsinLexer::UNCLOSED) return GiveUpText(lexeme);
    if (TakeForeignComment(lexeme)) return;
    if (const auto slip = FindQuantitySlip(in_, at_, text_)) return TakeSlip(lexeme, *slip);
    if (lexeme.type == TocsinLexer::CL) {
      for (const Lexeme& brace : open_.back().braces) ReportBrace(brace);
      open_.pop_back();
    } else if (Closes(lexeme.type)) {
      if (!CloseOne(lexeme)) return;
    } else if (Opens(lexeme.type) || OpensText(lexeme.type)) {
      open_.push_back({lexeme, out_.tokens.size()});
    } else if (!Meaningful(lexeme)) {
      return;
    }
    Push(lexeme);
  }

  void TakeSlip(const Lexeme& lexeme, const QuantitySlip& slip) {
    Lexeme error = lexeme;
    error.type = TocsinLexer::ERR;
    error.end = slip.end;
    at_ += slip.further;
    out_.bad_lines.insert(lexeme.line);
    Push(error);
    if (!sink_) return;
    sink_->Emit(codes::kQuantitySlip, SpanOf(error), TextOf(error), slip.meant)
        .Offer(SpanOf(error), slip.meant, Applicability::kSafe);
  }

  // False where the lexeme was reported and is left out.
  bool Meaningful(const Lexeme& lexeme) {
    if (lexeme.type == TocsinLexer::BAD) {
      ReportBad(lexeme);
      return false;
    }
    if (lexeme.type == TocsinLexer::BRACE) {
      open_.back().braces.push_back(lexeme);
      return false;
    }
    return !GluedToNumber(lexeme);
  }

  void ReportBrace(const Lexeme& brace) {
    out_.bad_lines.insert(brace.line);
    if (!sink_) return;
    sink_->Emit(codes::kBraceInText, SpanOf(brace))
        .Offer(SpanOf(brace), "\\}", Applicability::kReview);
  }

  // `1h30` or `1_000`: a number that runs into what follows is one mistake, not two values.
  bool GluedToNumber(const Lexeme& lexeme) {
    const auto value = [](std::size_t type) {
      return type == TocsinLexer::NUM || type == TocsinLexer::QTY || type == TocsinLexer::TIME ||
             type == TocsinLexer::SPAN || type == TocsinLexer::DATE;
    };
    if (out_.tokens.empty() ||
        !(value(lexeme.type) || lexeme.type == TocsinLexer::ID || IsWord(lexeme.type)))
      return false;
    Lexeme& last = out_.tokens.back();
    const bool glued_again = last.type == TocsinLexer::ERR && glued_ == out_.tokens.size();
    if (last.end != lexeme.begin || !(value(last.type) || glued_again)) return false;
    std::uint32_t end = lexeme.end;
    for (std::size_t next = at_ + 1; next < in_.size() && in_[next].begin == end; ++next) {
      const std::size_t type = in_[next].type;
      if (!value(type) && type != TocsinLexer::ID && !IsWord(type)) break;
      end = in_[next].end;
    }
    if (!glued_again && sink_) {
      const Span span{source_, last.begin, end};
      sink_->Emit(codes::kBadNumber, span, Shown(text_.substr(last.begin, end - last.begin)));
    }
    out_.bad_lines.insert(lexeme.line);
    last.type = TocsinLexer::ERR;
    last.end = lexeme.end;
    glued_ = out_.tokens.size();
    return true;
  }

  void ReportBad(const Lexeme& lexeme) {
    const bool goes_on = last_bad_end_ == lexeme.begin;
    last_bad_end_ = lexeme.end;
    out_.bad_lines.insert(lexeme.line);
    const char32_t c = base::Decode(text_, lexeme.begin).value;
    if (goes_on || !sink_ || Forbidden(c))
      return;  // the first of a run speaks for it; the invisible was reported
    Span span = SpanOf(lexeme);
    if (text_[lexeme.begin] == '|') {
      ReportDashes(lexeme);
      return;
    }
    for (std::size_t next = at_ + 1;
         in_[next].type == TocsinLexer::BAD && in_[next].begin == span.end; ++next) {
      span.end = in_[next].end;
    }
    // The closing quote of `“text”` is the same mistake as the opening one.
    const bool quote = IsQuote(c);
    if (quote && std::exchange(last_quote_line_, lexeme.line) == lexeme.line) return;
    auto& finding = sink_->Emit(codes::kBadCharacter, span,
                                BadShown(text_.substr(span.begin, span.end - span.begin)));
    if (quote) {
      finding.Help("write text between straight double quotes");
      OfferQuotes(finding, lexeme);
    } else {
      HelpWithBad(finding, span, text_);
    }
  }

  // `// as other languages have it`: to the end of its line.
  bool TakeForeignComment(const Lexeme& lexeme) {
    const Lexeme& next = in_[at_ + 1];
    if (lexeme.type != TocsinLexer::SLASH || next.type != TocsinLexer::SLASH ||
        next.begin != lexeme.end || InText())
      return false;
    std::size_t last = at_;
    // A text inside a text that is cut off at the end of the line cuts off the outer one after it.
    while (in_[last + 1].type != TocsinLexer::EOF &&
           (in_[last + 1].line == lexeme.line || in_[last + 1].type == TocsinLexer::UNCLOSED)) {
      // A text block goes on after the line.
      if (in_[++last].type == TocsinLexer::TRI) return false;
    }
    out_.bad_lines.insert(lexeme.line);
    if (sink_) {
      const Span span{source_, lexeme.begin, next.end};
      sink_->Emit(codes::kBadCharacter, span, "//")
          .Help("begin a comment with `#`")
          .Offer(span, "#", Applicability::kSafe);
    }
    at_ = last;
    return true;
  }

  // A lexeme from bar to bar, over all cells of dashes beside each other.
  void ReportDashes(const Lexeme& lexeme) {
    const std::string text = TextOf(lexeme);
    const std::size_t first = text.find_first_of("-:");
    const std::size_t end = text.find_last_of("-:") + 1;
    std::string cells = text.substr(first, end - first);
    std::ranges::replace_if(cells, [](char sign) { return sign != '|'; }, ' ');
    const Span span{source_, static_cast<std::uint32_t>(lexeme.begin + first),
                    static_cast<std::uint32_t>(lexeme.begin + end)};
    sink_->Emit(codes::kDashCell, SpanOf(lexeme))
        .Help("leave the cell empty")
        .Offer(span, std::move(cells), Applicability::kSafe);
  }

  // Offers straight quotes for a pair of others that is alone on its line, where nothing between
  // them would mean something else then.
  void OfferQuotes(diagnostics::Diagnostic& finding, const Lexeme& opening) const {
    const Lexeme* closing = nullptr;
    for (std::size_t i = at_ + 1; i < in_.size() && in_[i].line == opening.line; ++i) {
      const bool bad = in_[i].type == TocsinLexer::BAD;
      if (!bad || !IsQuote(base::Decode(text_, in_[i].begin).value)) continue;
      if (closing != nullptr) return;
      closing = &in_[i];
    }
    if (closing == nullptr) return;
    const std::string_view inside = text_.substr(opening.end, closing->begin - opening.end);
    if (inside.find_first_of("\"\\{}") != inside.npos) return;
    finding.Offer({source_, opening.begin, closing->end}, fmt::format("\"{}\"", inside),
                  Applicability::kSafe);
  }

  bool CloseOne(const Lexeme& closer) {
    // Parentheses do not reach across braces; braces do not reach out of text.
    std::size_t match = open_.size();
    for (std::size_t i = open_.size(); i-- > 0;) {
      const std::size_t type = open_[i].lexeme.type;
      if (!OpensText(type) && CloserOf(type) == closer.type) match = i;
      if (match == i || OpensText(type) || OpensBrace(type)) break;
    }
    if (match == open_.size()) {
      unbalanced_ = true;
      if (sink_) sink_->Emit(codes::kStrayBracket, SpanOf(closer), TextOf(closer));
      out_.bad_lines.insert(closer.line);
      return false;
    }
    if (match + 1 < open_.size()) ReportUnclosed(open_.back().lexeme, closer);
    while (open_.size() > match + 1) CloseSilently(closer);
    open_.pop_back();
    return true;
  }

  void CloseAll(const Lexeme& at) {
    if (open_.empty()) return;
    if (!text_swallowed_rest_) ReportUnclosed(open_.back().lexeme, at);
    while (!open_.empty()) CloseSilently(at);
  }

  void ReportUnclosed(const Lexeme& opener, const Lexeme& at) {
    unbalanced_ = true;
    out_.bad_lines.insert(opener.line);
    out_.bad_lines.insert(at.line);
    if (!sink_) return;
    auto& finding = sink_->Emit(codes::kUnclosedBracket, SpanOf(opener), TextOf(opener));
    const bool end = at.type == TocsinLexer::EOF;
    finding.Also(SpanOf(at), end ? "the file ends here" : "and this cannot stand inside it");
  }

  // Closes the innermost bracket with one that is not in the text.
  void CloseSilently(const Lexeme& at) {
    Lexeme closer = at;
    closer.type = CloserOf(open_.back().lexeme.type);
    closer.end = closer.begin;
    closer.first = closer.column0 = false;
    open_.pop_back();
    Push(closer);
  }

  bool InText() const {
    return std::any_of(open_.begin(), open_.end(),
                       [](const Open& o) { return OpensText(o.lexeme.type); });
  }

  // A text or an interpolation that does not end on its line: it becomes an ERR, or nothing where
  // the rest of a text block goes on after it.
  void GiveUpText(const Lexeme& at) {
    ReportText(at);
    bool in_interpolation = false;
    while (!OpensText(open_.back().lexeme.type)) {
      in_interpolation = true;
      out_.tokens.resize(open_.back().out);
      open_.pop_back();
    }
    const Lexeme text = open_.back().lexeme;
    if (in_interpolation && text.type == TocsinLexer::TRI) return;
    out_.tokens.resize(open_.back().out);
    open_.pop_back();
    Lexeme error = text;
    error.type = TocsinLexer::ERR;
    error.end = at.begin;
    Push(error);
    text_swallowed_rest_ = text_swallowed_rest_ || text.type == TocsinLexer::TRI;
    CloseSwallowed(text, at);
  }

  // The outermost interpolation of the line is the likeliest to lack its end: a quote inside it
  // opened another text.
  void ReportText(const Lexeme& at) {
    const Lexeme* opener = nullptr;
    for (const Open& open : open_) {
      const bool here = open.lexeme.line == at.line;
      if (!opener && here && open.lexeme.type == TocsinLexer::IP) opener = &open.lexeme;
    }
    const bool interpolation = opener != nullptr;
    for (std::size_t i = open_.size(); !opener; --i) {
      if (OpensText(open_[i - 1].lexeme.type)) opener = &open_[i - 1].lexeme;
    }
    const bool again = opener->line == last_text_line_;
    last_text_line_ = opener->line;
    out_.bad_lines.insert(opener->line);
    out_.bad_lines.insert(at.line);
    if (!sink_ || again) return;
    if (interpolation) {
      sink_->Emit(codes::kUnclosedInterpolation, SpanOf(*opener))
          .Help("write `\\{` for a brace that is only text");
    } else if (opener->type == TocsinLexer::TRI) {
      sink_->Emit(codes::kUnclosedTextBlock, SpanOf(*opener));
    } else {
      sink_->Emit(codes::kUnclosedText, SpanOf(*opener))
          .Help("write text of several lines between `\"\"\"`");
    }
  }

  // What the unclosed text swallowed on its line closed the brackets that were opened there.
  void CloseSwallowed(const Lexeme& text, const Lexeme& at) {
    if (text.type == TocsinLexer::TRI) return;
    const std::string_view swallowed = text_.substr(text.end, at.begin - text.end);
    const bool brace = swallowed.find('}') != swallowed.npos;
    while (!open_.empty() && open_.back().lexeme.line == text.line) {
      const std::size_t type = open_.back().lexeme.type;
      if (OpensText(type) || type == TocsinLexer::IP || (type == TocsinLexer::LB && !brace)) return;
      CloseSilently(at);
    }
  }

  void Push(const Lexeme& lexeme) { out_.tokens.push_back(lexeme); }

  // Leaves out the whole of a declaration that is nested too deep.
  void SetDepths() {
    std::vector<Lexeme>& tokens = out_.tokens;
    std::uint32_t depth = 0;
    std::size_t kept = 0;
    std::size_t declaration = 0;  // where the one that is being looked at begins among the kept
    bool too_deep = false;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      Lexeme& lexeme = tokens[i];
      if (Closes(lexeme.type)) --depth;
      lexeme.depth = depth;
      const bool end = lexeme.type == TocsinLexer::EOF;
      if (depth == 0 && (end || StartsDeclaration(lexeme, tokens[i + 1]))) {
        too_deep = false;
        declaration = kept;
      }
      if (Opens(lexeme.type)) ++depth;
      if (depth > base::kMaxNesting && !too_deep) {
        too_deep = true;
        kept = declaration;
        ReportTooDeep(lexeme);
      }
      if (!too_deep) tokens[kept++] = lexeme;
    }
    tokens.resize(kept);
  }

  void ReportTooDeep(const Lexeme& lexeme) {
    // What was never closed may be deep only for that.
    if (!out_.bad_lines.insert(lexeme.line).second || !sink_) return;
    sink_->Emit(codes::kTooDeep, SpanOf(lexeme), base::kMaxNesting);
  }

  Span SpanOf(const Lexeme& lexeme) const { return {source_, lexeme.begin, lexeme.end}; }
  std::string TextOf(const Lexeme& lexeme) const {
    return std::string(text_.substr(lexeme.begin, lexeme.end - lexeme.begin));
  }

  const std::vector<Lexeme>& in_;
  diagnostics::SourceId source_;
  std::string_view text_;
  diagnostics::Sink* sink_;
  bool by_columns_;
  std::size_t at_ = 0;
  std::vector<Open> open_;
  Repaired out_;
  bool unbalanced_ = false;
  bool text_swallowed_rest_ = false;
  std::uint32_t last_bad_end_ = 0xffffffffu;
  std::uint32_t last_text_line_ = 0;
  std::uint32_t last_quote_line_ = 0;
  std::size_t glued_ = 0;  // the size of the output when its last lexeme became ERR by gluing
};

}  // namespace

Repaired Repair(const std::vector<Lexeme>& tokens, diagnostics::SourceId source,
                const diagnostics::SourceSet& sources, diagnostics::Sink& sink) {
  // Indentation decides whose brace is missing, but only once it is known that one is.
  Repairer silent(tokens, source, sources, nullptr, false);
  silent.Run();
  return Repairer(tokens, source, sources, &sink, silent.unbalanced()).Run();
}

}  // namespace tocsin::parse
