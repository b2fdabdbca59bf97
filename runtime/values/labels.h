// The labels of a series, an alert or an event: names with values, sorted by name, no name twice.
// Two sets are compared by their names and values in that order, byte by byte: the canonical order
// of rows, on which sums depend.
#pragma once

#include <compare>
#include <cstddef>
#include <expected>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tocsin::values {

inline constexpr std::size_t kMaxLabels = 64;  // of one set
inline constexpr std::size_t kMaxLabelNameBytes = 256;
inline constexpr std::size_t kMaxLabelValueBytes = 4096;

struct Label {
  std::string name;
  std::string value;
  auto operator<=>(const Label&) const = default;
};

struct LabelError {
  enum class Kind : std::uint8_t { kDuplicate, kTooMany, kNameTooLong, kValueTooLong };
  Kind kind = Kind::kDuplicate;
  std::string name;  // of the label
};

class LabelSet {
 public:
  LabelSet() = default;
  static std::expected<LabelSet, LabelError> Make(std::vector<Label> labels);

  const std::vector<Label>& all() const { return labels_; }
  bool empty() const { return labels_.empty(); }
  std::size_t size() const { return labels_.size(); }
  // The value of a label, or nullptr.
  const std::string* Find(std::string_view name) const;

  // `{region="eu",service="api"}`, with \\, \" and \n escaped as Prometheus does; `{}` where there
  // are none.
  std::string Text() const;

  auto operator<=>(const LabelSet&) const = default;

 private:
  std::vector<Label> labels_;
};

// The same text, label by label in the order of their names, and its end.
void AppendLabel(std::string_view name, std::string_view value, std::string& text);
void CloseLabels(std::string& text);

}  // namespace tocsin::values
