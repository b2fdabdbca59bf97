// `channel`: a record.

#include "compiler/kinds/kind.h"

namespace tocsin::kinds {
namespace {

void Check(CheckContext& context, const check::Decl& decl) {
  const check::Value& limit = decl["text_limit"];
  if (const auto* most = check::Get<std::int64_t>(limit); most != nullptr && *most < 20) {
    context.sink.Emit(codes::kOutOfRange, limit.span, *most,
                      "a message has room for at least 20 characters");
  }
}

void Expand(ExpandContext& context, const check::Decl& decl) {
  core::Channel channel{decl.name, decl.title, 0, {}};
  if (const auto* limit = check::Get<std::int64_t>(decl["text_limit"])) {
    channel.text_limit = static_cast<std::uint32_t>(*limit);
  }
  if (const check::Decl* over = Referred(context.policy, decl["over_by"]))
    channel.over_by = over->name;
  context.core.channels.push_back(std::move(channel));
}

}  // namespace

extern const KindRow kind_channel;
const KindRow kind_channel{"channel", Check, Expand};

}  // namespace tocsin::kinds
