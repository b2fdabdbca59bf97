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
  std::string text = "{";
  for (const Label& label : labels_) {
    if (text.size() > 1) text += ',';
    text += label.name;
    text += "=\"";
    for (const char c : label.value) {
      if (c == '\\' || c == '"') text += '\\';
      if (c == '\n') {
        text += "\\n";
      } else {
        text += c;
      }
    }
    text += '"';
  }
  return text + "}";
}

}  // namespace tocsin::values
