#include "compiler/kinds/messages.h"

#include <algorithm>

namespace tocsin::kinds {
namespace {

// The texts of an action, the subject first; null where there is none.
struct Texts {
  const check::Template* subject = nullptr;
  const check::Template* text = nullptr;
};
Texts TextsOf(const check::Policy& policy, const check::Action& action) {
  if (action.says) return {nullptr, &*action.says};
  if (!action.text.valid()) return {};
  const check::Decl& message = policy[action.text];
  return {check::Get<check::Template>(message["subject"]),
          check::Get<check::Template>(message["text"])};
}

void CheckParts(CheckContext& context, const check::Action& action, const check::Template& text,
                std::span<const std::string_view> shown) {
  const std::vector<std::string> known(shown.begin(), shown.end());
  for (const check::TemplatePart& part : text.parts) {
    if (part.kind == ir::TextPartKind::kText) continue;
    const std::string seen = part.kind == ir::TextPartKind::kValue ? "value" : part.text;
    if (part.kind == ir::TextPartKind::kLabel && std::ranges::find(known, seen) != known.end())
      continue;
    auto& finding = context.sink.Emit(codes::kUnknownPlaceholder, part.span, seen);
    if (!action.says) finding.Also(action.span, "it is sent here");
    const std::string nearest = diagnostics::Nearest(seen, known);
    if (!nearest.empty()) {
      finding.Help(fmt::format("did you mean `{}`?", nearest));
    } else {
      finding.Note(known.empty() ? "it is about nothing that could be shown"
                                 : "it can show " + check::ListOf(known));
    }
  }
}

void Append(const check::Template& text,
            const std::map<std::string, std::string, std::less<>>& shown, ir::Text& result) {
  for (const check::TemplatePart& part : text.parts) {
    if (part.kind == ir::TextPartKind::kText) {
      result.parts.push_back({ir::TextPartKind::kText, part.text, {}});
    } else if (part.text == kIncidentShown) {
      result.parts.push_back({ir::TextPartKind::kTitle, {}, {}});
    } else if (const auto found = shown.find(part.text); found != shown.end()) {
      result.parts.push_back({ir::TextPartKind::kText, found->second, {}});
    }
  }
}

}  // namespace

void CheckSaid(CheckContext& context, const check::Action& action,
               std::span<const std::string_view> shown) {
  const Texts texts = TextsOf(context.policy, action);
  if (texts.subject != nullptr) CheckParts(context, action, *texts.subject, shown);
  if (texts.text != nullptr) CheckParts(context, action, *texts.text, shown);
}

void CheckSaysNothing(CheckContext& context, const check::Action& action, std::string_view where) {
  if (!action.says && !action.text.valid()) return;
  context.sink.Emit(codes::kNotTaken, action.span, where, "text of its own")
      .Help("leave `says` and `using` out");
}

core::Effect EffectOf(const ExpandContext& context, const check::Action& action,
                      const std::map<std::string, std::string, std::less<>>& shown,
                      ir::Text otherwise) {
  core::Effect effect;
  effect.action = action.name;
  effect.place = context.Place(action.span);
  if (action.does.valid()) {
    effect.via = Referred(context.policy, context[action.does]["via"])->name;
    effect.text.parts.push_back({ir::TextPartKind::kText, action.call, {}});
    return effect;
  }
  effect.to = RecipientsOf(context.policy, action.to);
  effect.via = NameOf(context.policy, action.via);
  effect.text = Said(context, action, shown, std::move(otherwise));
  return effect;
}

std::string PurposeOf(std::string_view name, const core::Effect& effect) {
  return effect.to.empty() ? fmt::format("{} asks for it", name)
                           : fmt::format("{} tells {}", name, RecipientsText(effect.to));
}

ir::Text Said(const ExpandContext& context, const check::Action& action,
              const std::map<std::string, std::string, std::less<>>& shown, ir::Text otherwise) {
  const Texts texts = TextsOf(context.policy, action);
  if (texts.text == nullptr) return otherwise;
  ir::Text result;
  if (texts.subject != nullptr) {
    Append(*texts.subject, shown, result);
    result.parts.push_back({ir::TextPartKind::kText, "\n\n", {}});
  }
  Append(*texts.text, shown, result);
  return result;
}

}  // namespace tocsin::kinds
