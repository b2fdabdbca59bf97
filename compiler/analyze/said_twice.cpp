// One thing that two declarations of a kind tell of, and not the same: their titles are equal, and
// an amount or a severity of theirs is not. Kinds with behaviour may well have several of one
// title, such as alerts for unlike hosts.

#include <algorithm>
#include <map>

#include "compiler/analyze/analysis.h"
#include "compiler/kinds/kind.h"

namespace tocsin::analyze {
namespace {

bool TellsOfThings(std::string_view kind) {
  const auto rows = kinds::Rows();
  const bool behaves =
      std::ranges::any_of(rows, [&](const kinds::KindRow* row) { return row->name == kind; });
  return !behaves || kind == "tier" || kind == "severity";
}

std::string Folded(std::string_view title) {
  std::string folded(title);
  for (char& c : folded) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return folded;
}

// An amount or a severity as text; empty for what is neither.
std::string Said(const check::Policy& policy, const check::Value& value) {
  if (const auto* duration = check::Get<check::DurationValue>(value))
    return values::FormatDuration(duration->ms);
  if (const auto* number = check::Get<check::NumberValue>(value))
    return values::FormatQuantity(number->value, number->unit);
  if (const auto* amount = check::Get<check::PerPeriod>(value)) {
    return fmt::format("{} per {}",
                       values::FormatQuantity(amount->amount.value, amount->amount.unit),
                       amount->period);
  }
  const auto* reference = check::Get<check::Reference>(value);
  if (reference == nullptr || policy[reference->decl].schema->name != "severity") return {};
  return policy[reference->decl].name;
}

void Compare(Context& context, const check::Decl& first, const check::Decl& second) {
  for (std::size_t i = 0; i < first.fields.size(); ++i) {
    const check::Field& a = first.fields[i];
    const check::Field& b = second.fields[i];
    const std::string before = Said(context.policy, a.value), now = Said(context.policy, b.value);
    if (before.empty() || now.empty() || before == now || !a.written || !b.written) continue;
    context.sink
        .Emit(codes::kSaidTwice, b.value.span, second.title, b.name, now, before, first.name)
        .Also(a.value.span, "said here before")
        .Help("make one of the two, or give them unlike titles if they are two things");
  }
}

void Run(Context& context) {
  std::map<std::pair<const check::Schema*, std::string>, std::vector<const check::Decl*>> alike;
  for (const check::Decl& decl : context.policy.decls) {
    if (decl.title.empty() || decl.arm || !TellsOfThings(decl.schema->name)) continue;
    alike[{decl.schema, Folded(decl.title)}].push_back(&decl);
  }
  // Each with the first: a third that differs from the second differs from the first or has been
  // told of with it.
  for (const auto& [key, decls] : alike) {
    for (std::size_t i = 1; i < decls.size(); ++i) Compare(context, *decls[0], *decls[i]);
  }
}

}  // namespace

extern const AnalysisRow analysis_said_twice;
const AnalysisRow analysis_said_twice{"said_twice", Run};

}  // namespace tocsin::analyze
