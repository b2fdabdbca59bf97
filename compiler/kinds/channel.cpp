// `channel`: a record.

#include <algorithm>

#include "compiler/kinds/kind.h"
#include "runtime/ir/words.h"

namespace tocsin::kinds {
namespace {

constexpr std::int64_t kMostMessages = 10'000;

void Check(CheckContext& context, const check::Decl& decl) {
  const check::Value& limit = decl["text_limit"];
  if (const auto* most = check::Get<std::int64_t>(limit); most != nullptr && *most < 20) {
    context.sink.Emit(codes::kOutOfRange, limit.span, *most,
                      "a message has room for at least 20 characters");
  }
  const check::Value& messages = decl["limit"];
  if (const auto* most = check::Get<std::int64_t>(messages);
      most != nullptr && (*most < 1 || *most > kMostMessages)) {
    context.sink.Emit(codes::kOutOfRange, messages.span, *most,
                      fmt::format("a limit is from 1 to {} messages", kMostMessages));
  }
  const check::Value& within = decl["limit_within"];
  if (check::Get<check::DurationValue>(within) != nullptr && DurationOf(within) == 0)
    context.sink.Emit(codes::kOutOfRange, within.span, "0s", "a limit is for some time");
}

ir::Markup MarkupOf(const check::Decl& decl) {
  const auto* word = check::Get<check::Word>(decl["markup"]);
  const auto words = ir::Words(ir::Markup());
  const auto found = std::ranges::find(words, word->text);
  return static_cast<ir::Markup>(found - words.begin());
}

void Expand(ExpandContext& context, const check::Decl& decl) {
  core::Channel channel{decl.name, decl.title, 0, {}, 0, 0, MarkupOf(decl)};
  if (const auto* limit = check::Get<std::int64_t>(decl["text_limit"])) {
    channel.text_limit = static_cast<std::uint32_t>(*limit);
  }
  if (const auto* limit = check::Get<std::int64_t>(decl["limit"])) {
    channel.limit = static_cast<std::uint32_t>(*limit);
    channel.limit_ms = DurationOf(decl["limit_within"]);
  }
  if (const check::Decl* over = Referred(context.policy, decl["over_by"]))
    channel.over_by = over->name;
  context.core.channels.push_back(std::move(channel));
}

}  // namespace

extern const KindRow kind_channel;
const KindRow kind_channel{"channel", Check, Expand};

}  // namespace tocsin::kinds
