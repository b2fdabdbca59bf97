#include "runtime/values/labels.h"

#include <algorithm>

namespace tocsin::values {

std::expected<LabelSet, LabelError> LabelSet::Make(std::vector<Label> labels) {
  using Kind = LabelError::Kind;
  if (labels.size() > kMaxLabels)
    return std::unexpected(LabelError{Kind::kTooMany, labels[kMaxLabels].name});
  for (const Label& label : labels) {
    if (label.name.size() > kMaxLabelNameBytes)
      return std::unexpected(LabelError{Kind::kNameTooLong, label.name});
    if (label.value.size() > kMaxLabelValueBytes)
      return std::unexpected(LabelError{Kind::kValueTooLong, label.name});
  }
  std::sort(labels.begin(), labels.end());
  const auto twice =
      std::adjacent_find(labels.begin(), labels.end(),
                         [](const Label& a, const Label& b) { return a.name == b.name; });
  if (twice != labels.end()) return std::unexpected(LabelError{Kind::kDuplicate, twice->name});
  LabelSet set;
  set.labels_ = std::move(labels);
  return set;
}

const std::string* LabelSet::Find(std::string_view name) const {
  const auto found = std::lower_bound(
      labels_.begin(), labels_.end(), name,
      [](const Label& label, std::string_view wanted) { return label.name < wanted; });
  return found == labels_.end() || found->name != name ? nullptr : &found->value;
}

std::string LabelSet::Text() const {
  std::string text;
  for (const Label& label : labels_) AppendLabel(label.name, label.value, text);
  CloseLabels(text);
  return text;
}

void AppendLabel(std::string_view name, std::string_view value, std::string& text) {
  text += text.empty() ? '{' : ',';
  text += name;
  text += "=\"";
  for (std::size_t at = 0; at < value.size();) {
    const std::size_t plain = std::min(value.find_first_of("\\\"\n", at), value.size());
    text += value.substr(at, plain - at);
    if (plain < value.size()) {
      text += '\\';
      text += value[plain] == '\n' ? 'n' : value[plain];
    }
    at = plain + 1;
  }
  text += '"';
}

void CloseLabels(std::string& text) { text += text.empty() ? "{}" : "}"; }

}  // namespace tocsin::values
