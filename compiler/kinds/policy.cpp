// `policy`: the name of it all, and how it counts time.

#include "compiler/kinds/kind.h"

namespace tocsin::kinds {
namespace {

void Check(CheckContext& context, const check::Decl& decl) {
  const check::Value& edition = decl["edition"];
  if (const auto* number = check::Get<std::int64_t>(edition); number != nullptr && *number != 1) {
    context.sink.Emit(codes::kOutOfRange, edition.span, *number, "this compiler knows edition 1");
  }
  const check::Value& resolution = decl["resolution"];
  const check::Value& grace = decl["grace"];
  if (resolution.absent() || grace.absent()) return;
  const auto ticks = DurationOf(resolution);
  if (ticks < values::kSecondMs || ticks > values::kHourMs) {
    context.sink.Emit(codes::kOutOfRange, resolution.span, values::FormatDuration(ticks),
                      "ticks are at least `1s` and at most `1h` apart");
  } else if (DurationOf(grace) > ticks) {
    // A default has no place; then the resolution was made smaller than it.
    const bool written = grace.span.valid();
    auto& finding = context.sink.Emit(
        codes::kOutOfRange, written ? grace.span : resolution.span,
        values::FormatDuration(written ? DurationOf(grace) : ticks),
        written ? "a tick is decided at the latest when the next one is due"
                : fmt::format("`grace` is {} where none is given, and may not be longer",
                              values::FormatDuration(DurationOf(grace))));
    if (!written)
      finding.Help(fmt::format("give a `grace` of at most {}", values::FormatDuration(ticks)));
  }
}

void Expand(ExpandContext& context, const check::Decl& decl) {
  context.core.name = decl.name;
  context.core.title = decl.title;
  context.core.edition = static_cast<std::uint32_t>(*check::Get<std::int64_t>(decl["edition"]));
  context.core.resolution_ms = DurationOf(decl["resolution"]);
  context.core.grace_ms = DurationOf(decl["grace"]);
}

}  // namespace

extern const KindRow kind_policy;
const KindRow kind_policy{"policy", Check, Expand};

}  // namespace tocsin::kinds
