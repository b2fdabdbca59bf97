#include "compiler/parse/parse.h"

#include "compiler/parse/builder.h"
#include "compiler/parse/prediction.h"
#include "compiler/parse/recovery.h"
#include "compiler/parse/repair.h"
#include "compiler/parse/stream.h"
#include "compiler/parse/text_check.h"
#include "runtime/base/limits.h"
#include "runtime/diagnostics/codes.h"

namespace tocsin::parse {
namespace {

namespace codes = diagnostics::codes;

// A thread that parses many files learns the grammar once.
Learnt& LearntByThisThread() {
  thread_local Learnt learnt;
  return learnt;
}

// One parser for each top-level thing, so that the memory of one is given back before the next.
// Returns false past the bound on depth.
template <class Rule>
bool ParseItem(LexemeStream& stream, const std::shared_ptr<Recovery>& recovery, Builder& builder,
               Rule rule) {
  grammar::TocsinParser parser(&stream);
  parser.removeErrorListeners();
  parser.setErrorHandler(recovery);
  parser.setInterpreter(new Prediction(parser, LearntByThisThread()));  // it is the parser's
  try {
    builder.AddItem((parser.*rule)());
    return true;
  } catch (const TocsinParserBase::TooDeep&) {
    recovery->ReportTooLong(stream.index());
    return false;
  }
}

void ParseItems(const Repaired& repaired, const std::shared_ptr<Recovery>& recovery,
                Builder& builder) {
  LexemeStream stream(repaired.tokens);
  std::size_t last = static_cast<std::size_t>(-1);
  for (;;) {
    const std::size_t type = stream.LA(1);
    const std::size_t at = stream.index();
    std::size_t next = at;
    if (type == TocsinLexer::EOF) return;
    if (type == TocsinLexer::TABLE) {
      if (!ParseItem(stream, recovery, builder, &grammar::TocsinParser::table))
        next = recovery->NextDeclarationAfter(stream.index());
    } else if (type == TocsinLexer::ID) {
      if (!ParseItem(stream, recovery, builder, &grammar::TocsinParser::decl))
        next = recovery->NextDeclarationAfter(stream.index());
    } else {
      next = recovery->SkipToDeclaration(at, last);
    }
    last = at;
    if (next > stream.index()) stream.seek(next);
  }
}

}  // namespace

syntax::Tree ParseFile(diagnostics::SourceId source, const diagnostics::SourceSet& sources,
                       diagnostics::Sink& sink) {
  syntax::Tree tree;
  tree.source = source;
  tree.complete = false;
  const std::size_t errors_before = sink.errors();
  if (CheckText(source, sources, sink) == TextState::kUnreadable) return tree;
  const Lexed lexed = Lex(sources.text(source));
  if (lexed.too_many) {
    const Lexeme& last = lexed.tokens.back();
    sink.Emit(codes::kTooManyTokens, {source, last.begin, last.begin}, base::kMaxTokens);
    return tree;
  }
  if (lexed.too_deep) {
    const Lexeme& last = lexed.tokens.back();
    sink.Emit(codes::kTooDeep, {source, last.begin, last.end}, base::kMaxNesting);
    return tree;
  }
  Repaired repaired = Repair(lexed.tokens, source, sources, sink);
  // Seldom more are needed, and growing a vector of them takes longer than parsing into it.
  tree.exprs.reserve(repaired.tokens.size() / 2);
  const auto recovery = std::make_shared<Recovery>(repaired, source, sources, sink);
  Builder builder(tree, repaired, source, sources, sink);
  ParseItems(repaired, recovery, builder);
  recovery->TakeOutItsCloser();
  tree.complete = sink.errors() == errors_before && !recovery->failed();
  return tree;
}

}  // namespace tocsin::parse
