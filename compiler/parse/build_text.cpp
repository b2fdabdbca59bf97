#include "compiler/parse/builder.h"
#include "compiler/parse/text_block.h"
#include "runtime/diagnostics/codes.h"

namespace tocsin::parse {

namespace codes = diagnostics::codes;
using syntax::StringPart;

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

void Builder::ReportControl(TocsinParser::DirectiveContext* context, bool& reported) {
  if (reported) return;
  reported = true;
  const diagnostics::Span word = SpanOf(LexemeOf(context->control()->start));
  sink_.Emit(codes::kTemplateControl, SpanOf(context),
             text_.substr(word.begin, word.end - word.begin));
}

antlrcpp::Any Builder::visitText(TocsinParser::TextContext* context) {
  syntax::Expr expr;
  expr.kind = syntax::ExprKind::kString;
  expr.span = SpanOf(context);
  expr.name = {text_.substr(expr.span.begin, expr.span.end - expr.span.begin), expr.span};
  std::vector<bool> raw;
  bool reported = false;
  for (TocsinParser::PartContext* part : context->part()) {
    StringPart piece;
    piece.span = SpanOf(part);
    bool is_raw = false;
    if (dynamic_cast<TocsinParser::CharsContext*>(part)) {
      piece.text = text_.substr(piece.span.begin, piece.span.end - piece.span.begin);
      is_raw = true;
    } else if (dynamic_cast<TocsinParser::EscapeContext*>(part)) {
      piece.text = Unescaped(LexemeOf(part->start));
    } else if (auto* inserted = dynamic_cast<TocsinParser::InsertedContext*>(part)) {
      piece.value = Expr(inserted->expr());
    } else if (auto* control = dynamic_cast<TocsinParser::DirectiveContext*>(part)) {
      ReportControl(control, reported);
      continue;
    }
    expr.parts.push_back(std::move(piece));
    raw.push_back(is_raw);
  }
  if (context->TRI()) StripTextBlock(expr.parts, raw);
  // Neighbouring pieces of text are one piece.
  std::vector<StringPart> merged;
  for (StringPart& part : expr.parts) {
    if (!part.value.valid() && !merged.empty() && !merged.back().value.valid()) {
      merged.back().text += part.text;
      merged.back().span.end = part.span.end;
    } else {
      merged.push_back(std::move(part));
    }
  }
  std::erase_if(merged,
                [](const StringPart& part) { return !part.value.valid() && part.text.empty(); });
  expr.parts = std::move(merged);
  return Put(std::move(expr));
}

}  // namespace tocsin::parse
