#include "compiler/parse/nest_text.h"

#include <utility>

#include "runtime/base/limits.h"
#include "runtime/diagnostics/codes.h"

namespace tocsin::parse {
namespace {

namespace codes = diagnostics::codes;
using diagnostics::Span;
using syntax::PartKind;
using syntax::StringPart;

class Nester {
 public:
  Nester(const diagnostics::SourceSet& sources, diagnostics::Sink& sink)
      : sources_(sources), sink_(sink) {}

  std::vector<StringPart> Run(std::vector<TextPiece> pieces) {
    for (TextPiece& piece : pieces) Take(std::move(piece));
    if (!open_.empty()) ReportUnclosed();
    while (!open_.empty()) Close();
    return std::move(parts_);
  }

 private:
  struct Open {
    StringPart part;
    bool in_else = false;
    bool ends_with_outer = false;  // `{else if}` shares the `{end}` of its `{if}`
  };

  void Take(TextPiece piece) {
    switch (piece.kind) {
      case PieceKind::kRaw:
      case PieceKind::kEscaped:
        return AddText(std::move(piece));
      case PieceKind::kInserted:
        last_inserted_ = piece.span;
        return Target().push_back(PartOf(PartKind::kInsert, std::move(piece)));
      case PieceKind::kFor:
        return Begin(PartOf(PartKind::kFor, std::move(piece)), false);
      case PieceKind::kIf:
        return Begin(PartOf(PartKind::kIf, std::move(piece)), false);
      case PieceKind::kElseIf:
        if (Otherwise(piece, "else if")) Begin(PartOf(PartKind::kIf, std::move(piece)), true);
        return;
      case PieceKind::kElse:
        Otherwise(piece, "else");
        return;
      case PieceKind::kEnd:
        return End(piece);
    }
  }

  static StringPart PartOf(PartKind kind, TextPiece piece) {
    StringPart part;
    part.kind = kind;
    part.value = piece.value;
    part.variable = piece.variable;
    part.span = piece.span;
    return part;
  }

  // Neighbouring pieces of text are one part.
  void AddText(TextPiece piece) {
    if (piece.text.empty()) return;
    std::vector<StringPart>& parts = Target();
    if (parts.empty() || parts.back().kind != PartKind::kText) {
      StringPart& part = parts.emplace_back();
      part.text = std::move(piece.text);
      part.span = piece.span;
    } else {
      parts.back().text += piece.text;
      parts.back().span.end = piece.span.end;
    }
  }

  void Begin(StringPart part, bool ends_with_outer) {
    if (open_.size() == base::kMaxNesting) {
      if (!std::exchange(reported_, true))
        sink_.Emit(codes::kTooDeep, part.span, base::kMaxNesting);
      ++too_deep_;
      return;
    }
    open_.push_back({std::move(part), false, ends_with_outer});
  }

  // What follows belongs to the other branch of the innermost choice or loop.
  bool Otherwise(const TextPiece& piece, std::string_view written) {
    if (open_.empty()) {
      Stray(piece.span, written,
            piece.kind == PieceKind::kElse ? "belongs to no `{if}` or `{for}`"
                                           : "belongs to no `{if}`");
      return false;
    }
    Open& open = open_.back();
    if (piece.kind == PieceKind::kElseIf && open.part.kind == PartKind::kFor) {
      Stray(piece.span, written, "belongs to no `{if}`");
      return false;
    }
    if (open.in_else) {
      Stray(piece.span, written, "follows another `{else}`");
      return false;
    }
    open.in_else = true;
    return true;
  }

  void End(const TextPiece& piece) {
    if (too_deep_ > 0) {
      --too_deep_;
      return;
    }
    if (open_.empty()) return Stray(piece.span, "end", "ends no `{if}` or `{for}`");
    while (open_.back().ends_with_outer) Close();
    Close();
  }

  void Close() {
    StringPart part = std::move(open_.back().part);
    open_.pop_back();
    Target().push_back(std::move(part));
  }

  void Stray(Span span, std::string_view written, std::string_view why) {
    if (std::exchange(reported_, true)) return;
    sink_.Emit(codes::kStrayControl, span, written, why);
  }

  void ReportUnclosed() {
    if (std::exchange(reported_, true)) return;
    while (open_.back().ends_with_outer) Close();
    const StringPart& part = open_.back().part;
    auto& finding =
        sink_.Emit(codes::kUnclosedControl, part.span, part.kind == PartKind::kFor ? "for" : "if");
    // `{endif}` is how others write it.
    if (last_inserted_.valid() && sources_.Text(last_inserted_).starts_with("{end")) {
      finding.Also(last_inserted_, "this inserts a value")
          .Help("write `{end}`")
          .Offer(last_inserted_, "{end}", diagnostics::Applicability::kReview);
    }
  }

  std::vector<StringPart>& Target() {
    if (open_.empty()) return parts_;
    Open& open = open_.back();
    return open.in_else ? open.part.otherwise : open.part.body;
  }

  const diagnostics::SourceSet& sources_;
  diagnostics::Sink& sink_;
  std::vector<Open> open_;
  std::vector<StringPart> parts_;
  Span last_inserted_;
  std::size_t too_deep_ = 0;  // open ones past the bound, which are not kept
  bool reported_ = false;
};

}  // namespace

std::vector<StringPart> NestText(std::vector<TextPiece> pieces,
                                 const diagnostics::SourceSet& sources, diagnostics::Sink& sink) {
  return Nester(sources, sink).Run(std::move(pieces));
}

}  // namespace tocsin::parse
