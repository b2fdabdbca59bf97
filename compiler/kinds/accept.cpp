// `accept`: which finding is kept from being reported. Its name is that of a code; what it keeps is
// the business of whoever reports, so it expands into nothing.

#include <algorithm>

#include "compiler/kinds/kind.h"
#include "runtime/diagnostics/acceptable.h"

namespace tocsin::kinds {
namespace {

// A title that is there and says nothing; that there is none was reported.
bool WithoutReason(const CheckContext& context, const check::Decl& decl) {
  const bool blank = decl.title.find_first_not_of(' ') == decl.title.npos;
  return blank && std::ranges::none_of(context.sink.all(), [&](const auto& finding) {
           return finding.row == &codes::kPartMissing && finding.span == decl.span;
         });
}

void Check(CheckContext& context, const check::Decl& decl) {
  if (WithoutReason(context, decl)) {
    context.sink.Emit(codes::kPartMissing, decl.span, fmt::format("the accept `{}`", decl.name),
                      "a title that says why");
  }
  const diagnostics::Row* row = diagnostics::FindCode(decl.name);
  if (row == nullptr) {
    auto& finding = context.sink.Emit(codes::kUnknownName, decl.span, "code", decl.name);
    const std::string nearest = diagnostics::NearestAcceptable(decl.name);
    if (nearest.empty()) {
      finding.Help("name a code that `tocsin check` shows, such as `W0803` or `slow_climb`");
    } else {
      finding.Help(fmt::format("did you mean `{}`?", nearest))
          .Offer(decl.span, nearest, diagnostics::Applicability::kReview);
    }
  } else if (!diagnostics::IsAcceptable(*row)) {
    context.sink.Emit(codes::kNotAcceptable, decl.span, decl.name)
        .Help(fmt::format("mend it, as `tocsin explain {}` says", row->code));
  }
}

}  // namespace

extern const KindRow kind_accept;
const KindRow kind_accept{"accept", Check, nullptr};

}  // namespace tocsin::kinds
