#include "compiler/parse/habits.h"

#include <algorithm>
#include <array>

#include "compiler/parse/lexemes.h"
#include "compiler/parse/words.h"

namespace tocsin::parse {
namespace {

using diagnostics::Applicability;
using diagnostics::Diagnostic;
using diagnostics::Span;

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

bool Compares(std::size_t type) { return type >= TocsinLexer::EQ && type <= TocsinLexer::GT; }

const Lexeme& Here(const Stop& stop) { return stop.lexemes[stop.at]; }
const Lexeme& Before(const Stop& stop) { return stop.lexemes[stop.at == 0 ? 0 : stop.at - 1]; }

std::string_view TextOf(const Stop& stop, const Lexeme& lexeme) {
  return stop.text.substr(lexeme.begin, lexeme.end - lexeme.begin);
}
Span SpanOf(const Stop& stop, const Lexeme& lexeme) {
  return {stop.source, lexeme.begin, lexeme.end};
}

// The bracket around a lexeme, within its clause.
std::size_t OpenerAround(const Stop& stop, std::size_t at) {
  const std::uint32_t depth = stop.lexemes[at].depth;
  for (std::size_t i = at; depth > 0 && i-- > stop.started;) {
    if (stop.lexemes[i].depth < depth) return Opens(stop.lexemes[i].type) ? i : kNone;
  }
  return kNone;
}

std::size_t CloserAfter(const Stop& stop, std::size_t opener) {
  for (std::size_t i = opener + 1; i < stop.lexemes.size(); ++i) {
    if (stop.lexemes[i].depth == stop.lexemes[opener].depth) return i;
  }
  return kNone;
}

// What begins no operand.
bool IsSign(std::size_t type) { return type >= TocsinLexer::ARROW && type != TocsinLexer::LP; }

// `AND`, `NOT`.
bool Capitals(Diagnostic& finding, const Stop& stop) {
  // `when NOT up > 5` is a clause to the parser, and `up > 5` the next.
  const bool goes_on = stop.started > 0 && !stop.lexemes[stop.started].first;
  for (std::size_t i = stop.started - (goes_on ? 1 : 0);
       i <= stop.at && i + 1 < stop.lexemes.size(); ++i) {
    const Lexeme& lexeme = stop.lexemes[i];
    // A name stands between signs; a word of the language beside what it belongs to.
    const bool word = lexeme.type == TocsinLexer::ID && !IsSign(stop.lexemes[i + 1].type) &&
                      (i == stop.started || stop.lexemes[i - 1].type != TocsinLexer::DOT);
    const std::string_view meant = word ? InSmallLetters(TextOf(stop, lexeme)) : "";
    if (meant.empty()) continue;
    finding.Help(fmt::format("write `{}` in small letters", meant));
    finding.Offer(SpanOf(stop, lexeme), std::string(meant), Applicability::kSafe);
    return true;
  }
  return false;
}

// `||`
bool Bars(Diagnostic& finding, const Stop& stop) {
  const Lexeme& bar = Here(stop);
  if (bar.end >= stop.text.size() || stop.text.substr(bar.begin, 2) != "||") return false;
  finding.Help("write `or`")
      .Offer({stop.source, bar.begin, bar.end + 1}, "or", Applicability::kReview);
  return true;
}

// `=>` and `=<`; `a => b` in a block reads as a sample.
bool TwistedSign(Diagnostic& finding, const Stop& stop) {
  const auto touches = [&](std::size_t first, std::size_t second) {
    return stop.lexemes[first].type == TocsinLexer::ASG &&
           stop.lexemes[first].end == stop.lexemes[second].begin &&
           (stop.lexemes[second].type == TocsinLexer::GT ||
            stop.lexemes[second].type == TocsinLexer::LT);
  };
  const bool sample = stop.at > stop.started && touches(stop.at - 1, stop.at);
  if (!sample && !(stop.at + 1 < stop.lexemes.size() && touches(stop.at, stop.at + 1)))
    return false;
  const std::size_t first = sample ? stop.at - 1 : stop.at;
  const bool less = stop.lexemes[first + 1].type == TocsinLexer::LT;
  const bool arrow = sample && first == stop.started + 1;
  const std::string meant = less ? "<=" : arrow ? "->" : ">=";
  finding.Help(fmt::format("write `{}`", meant))
      .Offer({stop.source, stop.lexemes[first].begin, stop.lexemes[first + 1].end}, meant,
             arrow ? Applicability::kReview : Applicability::kSafe);
  return true;
}

// `errors{region = eu}`, `errors{}`
bool EqualsInSelection(Diagnostic& finding, const Stop& stop) {
  const Lexeme& sign = Here(stop);
  if (sign.type == TocsinLexer::RB && Before(stop).type == TocsinLexer::SEL) {
    finding.Help("name a label and its value, as in `{region: eu}`, or leave the braces out");
    return true;
  }
  const std::size_t opener = OpenerAround(stop, stop.at);
  if (opener == kNone || stop.lexemes[opener].type != TocsinLexer::SEL ||
      sign.type != TocsinLexer::ASG || Before(stop).type != TocsinLexer::ID)
    return false;
  const std::uint32_t next = stop.lexemes[stop.at + 1].begin;
  finding.Help("select with a colon, as in `region: eu`")
      .Offer({stop.source, Before(stop).end, next}, ": ", Applicability::kSafe);
  return true;
}

// `errors {region: eu} > 5%`, where the `{` is the lexeme or, at the beginning of a clause, opened
// what reads as a block.
bool SelectionApart(Diagnostic& finding, const Stop& stop) {
  std::size_t brace = stop.at;
  if (Before(stop).type == TocsinLexer::RB &&
      (Here(stop).type == TocsinLexer::ASG || Compares(Here(stop).type))) {
    brace = stop.at - 1;
    while (brace > stop.started && stop.lexemes[brace].type != TocsinLexer::LB) --brace;
  }
  if (brace == 0 || brace + 2 >= stop.lexemes.size() || stop.at_top) return false;
  const auto type = [&](std::size_t at) { return stop.lexemes[at].type; };
  const bool selects = type(brace) == TocsinLexer::LB && type(brace - 1) == TocsinLexer::ID &&
                       type(brace + 1) == TocsinLexer::ID && type(brace + 2) == TocsinLexer::COLON;
  if (!selects) return false;
  finding.Help("a `{` that selects labels touches what it selects from")
      .Offer({stop.source, stop.lexemes[brace - 1].end, stop.lexemes[brace].begin}, "",
             Applicability::kSafe);
  return true;
}

// `up = true then false at 0s`
bool ThenWithoutComma(Diagnostic& finding, const Stop& stop) {
  if (Here(stop).type != TocsinLexer::THEN || stop.at_top) return false;
  const auto sample =
      std::find_if(stop.lexemes.begin() + static_cast<std::ptrdiff_t>(stop.started),
                   stop.lexemes.begin() + static_cast<std::ptrdiff_t>(stop.at),
                   [](const Lexeme& lexeme) { return lexeme.type == TocsinLexer::ASG; });
  if (sample == stop.lexemes.begin() + static_cast<std::ptrdiff_t>(stop.at)) return false;
  finding.Help("put a `,` before `then`")
      .Offer({stop.source, Before(stop).end, Before(stop).end}, ",", Applicability::kSafe);
  return true;
}

// `latency > 95th percentile > 100ms`, `errors increase > 20%`: words that stand side by side.
bool WordsOfProse(Diagnostic& finding, const Stop& stop) {
  if (stop.at_top || !Compares(Here(stop).type) || stop.at != stop.started + 1 || stop.started == 0)
    return false;
  const Lexeme& word = stop.lexemes[stop.started];
  const Lexeme& before = stop.lexemes[stop.started - 1];
  const bool beside = word.type == TocsinLexer::ID && !word.first &&
                      (before.type == TocsinLexer::ID || before.type == TocsinLexer::QTY ||
                       before.type == TocsinLexer::ERR || before.type == TocsinLexer::NUM);
  if (!beside) return false;
  if (TextOf(stop, word).starts_with("percentile")) {
    finding.Help(
        "a percentile is a function of what was measured over a time, and compared once, as in "
        "`quantile(latency over 5m, part: 95%) > 100ms`");
  } else {
    finding.Help(
        "how something changed is a function of it over a time, as in `increase(errors over 1h)` "
        "or `errors > 120% of avg(errors over 1h)`");
  }
  return true;
}

// `errors > 5%` without `when`.
bool ConditionWithoutWord(Diagnostic& finding, const Stop& stop) {
  if (stop.at_top || !Compares(Here(stop).type) ||
      stop.lexemes[stop.started].type != TocsinLexer::ID)
    return false;
  const std::size_t second = stop.started + 1;
  const bool selects = stop.lexemes[second].type == TocsinLexer::SEL;
  if (stop.at != (selects ? CloserAfter(stop, second) + 1 : second)) return false;
  finding.Help(Here(stop).type == TocsinLexer::EQ
                   ? "begin a condition with `when`, or give a sample its value with `=`"
                   : "begin a condition with `when`");
  return true;
}

// `[a, b, ]`
bool CommaAtTheEnd(Diagnostic& finding, const Stop& stop) {
  if (!Closes(Here(stop).type) || Before(stop).type != TocsinLexer::COMMA) return false;
  finding.Help("leave the last `,` out")
      .Offer(SpanOf(stop, Before(stop)), "", Applicability::kReview);
  return true;
}

// `alert disk-full { ... }`
bool HyphenInName(Diagnostic& finding, const Stop& stop) {
  const Lexeme& sign = Here(stop);
  if (!stop.at_top || sign.type != TocsinLexer::MINUS || Before(stop).type != TocsinLexer::ID ||
      Before(stop).end != sign.begin)
    return false;
  finding.Help("write names with letters, digits and `_`")
      .Offer(SpanOf(stop, sign), "_", Applicability::kReview);
  return true;
}

// `alert slow` and then fields.
bool BlockNotOpened(Diagnostic& finding, const Stop& stop) {
  if (!stop.at_top || Here(stop).type != TocsinLexer::COLON || stop.at != stop.started + 1 ||
      stop.started == 0)
    return false;
  finding.Help("put what a declaration says between `{` and `}`")
      .Also(SpanOf(stop, stop.lexemes[stop.started - 1]), "a `{` may be missing here");
  return true;
}

// Whether what `closer` closes is all there is of a clause: a selection goes on.
bool EndsThere(const Stop& stop, std::size_t closer) {
  const std::size_t after = stop.lexemes[std::min(closer + 1, stop.lexemes.size() - 1)].type;
  return after == TocsinLexer::RB || after == TocsinLexer::SEMI || after == TocsinLexer::EOF ||
         StartsClause(after);
}

// `rung{ page: ann  answer_within: 5m }`: a selection has one more field than the parser takes.
bool LooksLikeBlock(const Stop& stop, std::size_t brace, std::size_t closer) {
  if (stop.at < closer) {
    const std::size_t type = Here(stop).type;
    const std::size_t next = stop.lexemes[stop.at + 1].type;
    return type == TocsinLexer::SEMI || (type != TocsinLexer::ID && StartsClause(type)) ||
           (type == TocsinLexer::ID && (next == TocsinLexer::COLON || next == TocsinLexer::ID ||
                                        next == TocsinLexer::CALL || OpensText(next)));
  }
  const bool listed =
      std::any_of(stop.lexemes.begin() + static_cast<std::ptrdiff_t>(brace),
                  stop.lexemes.begin() + static_cast<std::ptrdiff_t>(closer),
                  [](const Lexeme& lexeme) { return lexeme.type == TocsinLexer::COMMA; });
  return !listed && EndsThere(stop, closer);
}

}  // namespace

bool HelpWithHabit(Diagnostic& finding, const Stop& stop) {
  static constexpr std::array kHabits = {
      Capitals,         Bars,         TwistedSign,          EqualsInSelection, SelectionApart,
      ThenWithoutComma, WordsOfProse, ConditionWithoutWord, CommaAtTheEnd,     HyphenInName,
      BlockNotOpened};
  return std::ranges::any_of(kHabits, [&](const auto habit) { return habit(finding, stop); });
}

std::size_t TouchingBrace(const Stop& stop) {
  // After a kind with a name or a title; a nested declaration without reads as a sample at first.
  const bool named = Here(stop).type == TocsinLexer::SEL;
  const std::size_t brace = named ? stop.at : stop.started + 1;
  const bool possible = named ? stop.at > stop.started + 1
                              : !stop.at_top && brace < stop.at &&
                                    stop.lexemes[stop.started].type == TocsinLexer::ID &&
                                    stop.lexemes[brace].type == TocsinLexer::SEL;
  if (!possible) return kNoBrace;
  // `AND up{region: eu}` and `whn up{region: eu}` declare nothing.
  const std::string_view kind = TextOf(stop, stop.lexemes[stop.started]);
  if (!InSmallLetters(kind).empty() || !NearestWord(kind, stop.at_top).empty()) return kNoBrace;
  const std::size_t closer = CloserAfter(stop, brace);
  if (closer == kNone) return kNoBrace;
  const bool block = named ? EndsThere(stop, closer) : LooksLikeBlock(stop, brace, closer);
  return block ? brace : kNoBrace;
}

}  // namespace tocsin::parse
