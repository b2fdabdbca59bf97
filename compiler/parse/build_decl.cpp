#include "compiler/parse/builder.h"
#include "compiler/parse/words.h"
#include "runtime/diagnostics/codes.h"

namespace tocsin::parse {

namespace codes = diagnostics::codes;
using diagnostics::Span;
using syntax::Decl;
using syntax::DeclId;

void Builder::AddItem(TocsinParser::DeclContext* context) {
  if (context->exception == nullptr) tree_.items.push_back({visit(context).as<DeclId>(), {}});
}

void Builder::AddItem(TocsinParser::TableContext* context) {
  if (context->exception == nullptr) tree_.items.push_back({{}, Table(context)});
}

Span Builder::SpanOf(const Rule* context) const {
  const Lexeme& first = LexemeOf(context->start);
  if (context->stop == nullptr) return SpanOf(first);
  return {source_, first.begin, std::max(first.end, LexemeOf(context->stop).end)};
}

syntax::Name Builder::NameOf(Leaf* leaf) const { return NameOf(leaf, leaf); }

syntax::Name Builder::NameOf(Leaf* first, Leaf* last) const {
  const Span span = diagnostics::Join(SpanOf(first), SpanOf(last));
  return {text_.substr(span.begin, span.end - span.begin), span};
}

void Builder::Fill(Decl& decl, TocsinParser::BlockContext* block) {
  if (block == nullptr) return;
  decl.has_block = true;
  for (TocsinParser::ClauseContext* clause : block->clause())
    decl.clauses.push_back(Clause(clause));
}

template <class Context>
DeclId Builder::Named(Context* context) {
  Decl decl;
  decl.span = SpanOf(context);
  decl.kind = NameOf(context->ID(0));
  decl.name = NameOf(context->ID(1), context->ID().back());
  if (auto* params = context->params()) {
    for (TocsinParser::ParamContext* param : params->param()) {
      decl.params.push_back(
          {NameOf(param->ID()), param->expr() ? Expr(param->expr()) : syntax::ExprId()});
    }
  }
  if (context->text()) decl.title = Expr(context->text());
  std::size_t next = 0;  // the expressions come in the order type, target, value
  if (context->COLON()) decl.type = Expr(context->expr(next++));
  if (context->FOR()) decl.target = Expr(context->expr(next++));
  if (context->ASG()) decl.value = Expr(context->expr(next++));
  Fill(decl, context->block());
  tree_.decls.push_back(std::move(decl));
  return DeclId(tree_.decls.size() - 1);
}

template <class Context>
DeclId Builder::Anonymous(Context* context) {
  Decl decl;
  decl.span = SpanOf(context);
  decl.kind = NameOf(context->ID());
  // A word of the language can pass for a kind only where it stands between a name and a text.
  if (IsNameAfterKind(decl.kind.text)) {
    sink_.Emit(codes::kUnexpected, decl.kind.span, fmt::format("`{}`", decl.kind.text), "a kind");
  }
  if (context->text()) decl.title = Expr(context->text());
  Fill(decl, context->block());
  tree_.decls.push_back(std::move(decl));
  return DeclId(tree_.decls.size() - 1);
}

// `people alice` without a colon would otherwise pass for a declaration.
void Builder::CheckNested(const Decl& decl, const antlr4::Token* start) {
  if (decl.has_block || decl.title.valid() || decl.type.valid() || decl.value.valid()) return;
  if (bad_lines_.contains(LexemeOf(start).line)) return;
  auto& finding = sink_.Emit(codes::kBareNested, decl.span, decl.kind.text, decl.name.text);
  if (const std::string_view meant = NearestWord(decl.kind.text, false); !meant.empty()) {
    finding.Help(fmt::format("did you mean `{}`?", meant));
  } else {
    finding.Help(fmt::format("write `{}: {}` for a field", decl.kind.text, decl.name.text));
  }
}

antlrcpp::Any Builder::visitNamed(TocsinParser::NamedContext* context) { return Named(context); }
antlrcpp::Any Builder::visitTitled(TocsinParser::TitledContext* context) {
  return Anonymous(context);
}
antlrcpp::Any Builder::visitNestedAnonymous(TocsinParser::NestedAnonymousContext* context) {
  return Anonymous(context);
}
antlrcpp::Any Builder::visitNestedNamed(TocsinParser::NestedNamedContext* context) {
  const DeclId id = Named(context);
  CheckNested(tree_[id], context->start);
  return id;
}

}  // namespace tocsin::parse
