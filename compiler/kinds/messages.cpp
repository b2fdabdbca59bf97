#include "compiler/kinds/messages.h"

#include <algorithm>

namespace tocsin::kinds {
namespace {

using ir::TextPartKind;
using What = check::TemplatePart::What;

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

bool IsOf(const check::TemplatePart& part, std::string_view entity) {
  return part.name.starts_with(entity) && part.name.size() > entity.size() &&
         part.name[entity.size()] == '.';
}
bool IsTime(std::string_view name) { return name == "opened" || name == "now"; }

class Checker {
 public:
  Checker(CheckContext& context, const check::Action& action,
          std::span<const std::string_view> shown)
      : context_(context), action_(action), known_(shown.begin(), shown.end()) {}

  void Check(const check::Template& text) {
    for (const check::TemplatePart& part : text.parts) Look(part);
  }

 private:
  void Look(const check::TemplatePart& part) {
    switch (part.what) {
      case What::kText:
      case What::kElse:
      case What::kEnd:
        return;
      case What::kName:
        return Name(part);
      case What::kRow:
        return;  // in a loop over rows, which is reported
      case What::kIf:
        if (!part.values.empty()) {
          if (!Has(part.name)) Unknown(part, part.name);
          return;
        }
        break;
      case What::kEach:
        if (part.name == "rows") {
          Unknown(part, part.name).Help("only `says` of an alert with `group` goes over `rows`");
          return;
        }
        break;
      case What::kField:
        break;
    }
    if (Has(kIncidentShown) && IsOf(part, kIncidentShown)) return;
    const std::string entity = part.name.substr(0, part.name.find('.'));
    Unknown(part, part.name).Note(fmt::format("it is not about {}", check::WithArticle(entity)));
  }

  void Name(const check::TemplatePart& part) {
    if (!Has(part.name)) {
      auto& finding = Unknown(part, part.name);
      const std::string nearest = diagnostics::Nearest(part.name, known_);
      if (!nearest.empty()) {
        finding.Help(fmt::format("did you mean `{}`?", nearest));
      } else {
        finding.Note(known_.empty() ? "it is about nothing that could be shown"
                                    : "it can show " + check::ListOf(known_));
      }
    } else if (!part.function.empty() && !IsTime(part.name)) {
      context_.sink.Emit(codes::kWrongArgument, part.span, "value", part.function,
                         part.function == "percent" ? "a ratio or a number" : "an instant",
                         fmt::format("`{}`", part.name));
    }
  }

  bool Has(std::string_view name) const { return std::ranges::find(known_, name) != known_.end(); }
  diagnostics::Diagnostic& Unknown(const check::TemplatePart& part, std::string_view seen) {
    auto& finding = context_.sink.Emit(codes::kUnknownPlaceholder, part.span, seen);
    if (!action_.says) finding.Also(action_.span, "it is sent here");
    return finding;
  }

  CheckContext& context_;
  const check::Action& action_;
  std::vector<std::string> known_;
};

TextPartKind TimeKind(std::string_view function) {
  if (function == "date") return TextPartKind::kDate;
  return function == "time" ? TextPartKind::kTime : TextPartKind::kInstant;
}

// A text with its choices taken. Nothing fills the fields of an incident in yet, so that none of
// them is known.
class Sayer {
 public:
  Sayer(const Shown& shown, ir::Text& result) : shown_(shown), result_(result) {}

  void Say(const check::Template& text) {
    for (const check::TemplatePart& part : text.parts) Take(part);
  }

 private:
  void Take(const check::TemplatePart& part) {
    switch (part.what) {
      case What::kIf: {
        const bool named = std::ranges::find(part.values, shown_.severity) != part.values.end();
        open_.push_back(named != part.except);
        return;
      }
      case What::kEach:
        open_.push_back(false);
        return;
      case What::kElse:
        open_.back() = !open_.back();
        return;
      case What::kEnd:
        open_.pop_back();
        return;
      default:
        if (std::ranges::find(open_, false) == open_.end()) Put(part);
    }
  }

  void Put(const check::TemplatePart& part) {
    static const std::map<std::string_view, TextPartKind> kOfMessages = {
        {kIncidentShown, TextPartKind::kTitle}, {"id", TextPartKind::kId},
        {"affected", TextPartKind::kKey},       {"recipient", TextPartKind::kRecipient},
        {"lasted", TextPartKind::kLasted},
    };
    if (part.what == What::kText) return Add(TextPartKind::kText, part.name);
    if (part.what == What::kField) return Add(TextPartKind::kText, "not known yet");
    if (IsTime(part.name))
      return Add(TimeKind(part.function), part.name == "now" ? part.name : std::string());
    if (const auto found = kOfMessages.find(part.name); found != kOfMessages.end())
      return Add(found->second, {});
    if (const auto found = shown_.words.find(part.name); found != shown_.words.end())
      Add(TextPartKind::kText, found->second);
  }
  void Add(TextPartKind kind, std::string text) {
    result_.parts.push_back({kind, std::move(text), {}});
  }

  const Shown& shown_;
  ir::Text& result_;
  std::vector<bool> open_;  // of each choice and loop around: whether its parts are said
};

}  // namespace

void CheckSaid(CheckContext& context, const check::Action& action,
               std::span<const std::string_view> shown) {
  const Texts texts = TextsOf(context.policy, action);
  Checker checker(context, action, shown);
  if (texts.subject != nullptr) checker.Check(*texts.subject);
  if (texts.text != nullptr) checker.Check(*texts.text);
}

void CheckSaysNothing(CheckContext& context, const check::Action& action, std::string_view where) {
  if (!action.says && !action.text.valid()) return;
  context.sink.Emit(codes::kNotTaken, action.span, where, "text of its own")
      .Help("leave `says` and `using` out");
}

core::Effect EffectOf(const ExpandContext& context, const check::Action& action, const Shown& shown,
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
  effect.began = shown.began;
  return effect;
}

std::string PurposeOf(std::string_view name, const core::Effect& effect) {
  return effect.to.empty() ? fmt::format("{} asks for it", name)
                           : fmt::format("{} tells {}", name, RecipientsText(effect.to));
}

ir::Text Said(const ExpandContext& context, const check::Action& action, const Shown& shown,
              ir::Text otherwise) {
  const Texts texts = TextsOf(context.policy, action);
  if (texts.text == nullptr) return otherwise;
  ir::Text result;
  if (texts.subject != nullptr) {
    Sayer(shown, result).Say(*texts.subject);
    result.parts.push_back({ir::TextPartKind::kText, "\n\n", {}});
  }
  Sayer(shown, result).Say(*texts.text);
  return result;
}

}  // namespace tocsin::kinds
