#include "compiler/parse/builder.h"
#include "compiler/parse/nest_text.h"
#include "compiler/parse/text_block.h"
#include "runtime/diagnostics/codes.h"

namespace tocsin::parse {

namespace codes = diagnostics::codes;

std::string Builder::Unescaped(const Lexeme& escape) {
  const std::string_view written = text_.substr(escape.begin, escape.end - escape.begin);
  switch (written[1]) {
    case 'n':
      return "\n";
    case 't':
      return "\t";
    case '"':
    case '\\':
    case '{':
    case '}':
      return std::string(written.substr(1));
    default:
      break;
  }
  sink_.Emit(codes::kBadEscape, SpanOf(escape), diagnostics::Shown(written),
             "`\\n \\t \\\" \\\\ \\{ \\}`");
  return "";
}

// `{for x in y}`, `{if c}`, `{else}`, `{else if c}`, `{end}`.
void Builder::Control(TocsinParser::ControlContext* context, TextPiece& piece) {
  if (context->FOR()) {
    piece.kind = PieceKind::kFor;
    piece.variable = NameOf(context->ID());
  } else if (context->ELSE()) {
    piece.kind = context->IF() ? PieceKind::kElseIf : PieceKind::kElse;
  } else {
    piece.kind = context->IF() ? PieceKind::kIf : PieceKind::kEnd;
  }
  if (context->expr()) piece.value = Expr(context->expr());
}

TextPiece Builder::Piece(TocsinParser::PartContext* part) {
  TextPiece piece;
  piece.span = SpanOf(part);
  if (auto* inserted = dynamic_cast<TocsinParser::InsertedContext*>(part)) {
    piece.kind = PieceKind::kInserted;
    piece.value = Expr(inserted->expr());
  } else if (auto* directive = dynamic_cast<TocsinParser::DirectiveContext*>(part)) {
    Control(directive->control(), piece);
  } else if (dynamic_cast<TocsinParser::EscapeContext*>(part)) {
    piece.kind = PieceKind::kEscaped;
    piece.text = Unescaped(LexemeOf(part->start));
  } else {
    piece.text = text_.substr(piece.span.begin, piece.span.end - piece.span.begin);
  }
  return piece;
}

antlrcpp::Any Builder::visitText(TocsinParser::TextContext* context) {
  syntax::Expr expr;
  expr.kind = syntax::ExprKind::kString;
  expr.span = SpanOf(context);
  expr.name = {text_.substr(expr.span.begin, expr.span.end - expr.span.begin), expr.span};
  std::vector<TextPiece> pieces;
  for (TocsinParser::PartContext* part : context->part()) pieces.push_back(Piece(part));
  if (context->TRI()) StripTextBlock(pieces);
  expr.parts = NestText(std::move(pieces), sources_, sink_);
  return Put(std::move(expr));
}

}  // namespace tocsin::parse
