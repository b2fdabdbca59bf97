#include "runtime/history/family_rules.h"

#include <array>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "runtime/history/numbers.h"

namespace tocsin::history {
namespace {

using Suffixes = std::span<const std::string_view>;

constexpr std::array<std::string_view, 8> kTypeNames = {
    "unknown", "gauge", "counter", "stateset", "info", "histogram", "gaugehistogram", "summary"};
// What the names of a family's samples may end in, by type.
constexpr std::array<std::string_view, 1> kPlain = {""};
constexpr std::array<std::string_view, 2> kOfCounter = {"_total", "_created"};
constexpr std::array<std::string_view, 1> kOfInfo = {"_info"};
constexpr std::array<std::string_view, 4> kOfHistogram = {"_bucket", "_count", "_sum", "_created"};
constexpr std::array<std::string_view, 3> kOfGaugeHistogram = {"_bucket", "_gcount", "_gsum"};
constexpr std::array<std::string_view, 4> kOfSummary = {"", "_count", "_sum", "_created"};
constexpr std::array<Suffixes, 8> kSuffixes = {
    kPlain, kPlain, kOfCounter, kPlain, kOfInfo, kOfHistogram, kOfGaugeHistogram, kOfSummary};
constexpr std::string_view kNoSuffix = "none";

}  // namespace

std::string_view FamilyRules::SuffixOf(std::string_view metric) const {
  if (!any_family_ || !metric.starts_with(family_)) return kNoSuffix;
  const std::string_view rest = metric.substr(family_.size());
  for (const std::string_view suffix : kSuffixes[static_cast<std::size_t>(type_)]) {
    if (suffix == rest) return suffix;
  }
  return kNoSuffix;
}

std::string FamilyRules::Begin(std::string_view name) {
  std::string violation = EndGroup();
  if (any_family_) {
    ended_.insert(family_);
    for (const std::string_view suffix : kSuffixes[static_cast<std::size_t>(type_)]) {
      ended_.insert(family_ + std::string(suffix));
    }
  }
  family_ = name;
  any_family_ = true;
  has_samples_ = false;
  type_ = Type::kUnknown;
  unit_.clear();
  groups_.clear();
  for (bool& described : described_) described = false;
  if (violation.empty() && ended_.contains(name)) {
    violation =
        fmt::format("`{}` belongs to a family that has ended; its lines must stand together", name);
  }
  return violation;
}

std::string FamilyRules::Describe(const Metadata& metadata) {
  if (!any_family_ || metadata.metric != family_) {
    if (std::string violation = Begin(metadata.metric); !violation.empty()) return violation;
  }
  if (has_samples_)
    return fmt::format("the description of `{}` must stand before its samples", family_);
  if (std::exchange(described_[static_cast<std::size_t>(metadata.kind)], true)) {
    return fmt::format("`{}` is described twice", family_);
  }
  if (metadata.kind == Metadata::Kind::kUnit) unit_ = metadata.text;
  if (metadata.kind == Metadata::Kind::kType) {
    for (std::size_t i = 0; i < kTypeNames.size(); ++i) {
      if (kTypeNames[i] == metadata.text) type_ = static_cast<Type>(i);
    }
    for (const std::string_view suffix : kSuffixes[static_cast<std::size_t>(type_)]) {
      if (const std::string name = family_ + std::string(suffix); ended_.contains(name)) {
        return fmt::format("`{}` belongs to a family that has ended", name);
      }
    }
  }
  if (!unit_.empty() && !family_.ends_with("_" + unit_)) {
    return fmt::format("the name `{}` must end in `_{}`, its unit", family_, unit_);
  }
  if (!unit_.empty() && (type_ == Type::kInfo || type_ == Type::kStateset)) {
    return fmt::format("`{}` is of a type that has no unit", family_);
  }
  return {};
}

std::string FamilyRules::CheckLabels(const FamilySample& sample, std::string_view suffix) const {
  const bool bucket = HasBuckets() && suffix == "_bucket";
  const std::string* le = sample.labels.Find("le");
  const std::string* quantile = sample.labels.Find("quantile");
  double number = 0;
  if (bucket && (le == nullptr || !ParseValue(*le, number) || number != number)) {
    return "a bucket needs a label `le` with a number";
  }
  if (bucket && number > 1e308 && *le != "+Inf") return "the last bucket's `le` is written `+Inf`";
  if (type_ == Type::kSummary && suffix.empty() &&
      (quantile == nullptr || !ParseValue(*quantile, number) || !(number >= 0 && number <= 1))) {
    return "a summary's sample needs a label `quantile` from 0 to 1";
  }
  if (type_ == Type::kStateset && sample.labels.Find(family_) == nullptr) {
    return fmt::format("a sample of a stateset needs the label `{}`", family_);
  }
  if (sample.exemplar && !bucket && !(type_ == Type::kCounter && suffix == "_total")) {
    return "only buckets and the totals of counters have exemplars";
  }
  return {};
}

std::string FamilyRules::CheckValue(const FamilySample& sample, std::string_view suffix) const {
  const double value = sample.value;
  if (type_ == Type::kInfo && value != 1) return "the value of an info is 1";
  if (type_ == Type::kStateset && value != 0 && value != 1) return "the value of a state is 0 or 1";
  const bool counts =
      suffix == "_total" || suffix == "_bucket" || suffix == "_count" || suffix == "_gcount";
  const bool sums = suffix == "_sum" || suffix == "_gsum";
  if ((counts || sums) && value != value) return "what is counted or summed cannot be `NaN`";
  if ((counts || suffix == "_sum") && value < 0) return "what is counted cannot be negative";
  return {};
}

std::string FamilyRules::EnterGroup(const FamilySample& sample, std::string_view suffix) {
  std::string labels;
  for (const values::Label& label : sample.labels.all()) {
    const bool own = (HasBuckets() && label.name == "le") ||
                     (type_ == Type::kSummary && label.name == "quantile") ||
                     (type_ == Type::kStateset && label.name == family_);
    if (!own) labels += fmt::format("{}={};", label.name, label.value);
  }
  if (!group_.open || group_.labels != labels) {
    if (std::string violation = EndGroup(); !violation.empty()) return violation;
    group_.open = true;
    group_.labels = labels;
    group_.stamp = sample.stamp;
    if (!groups_.insert(labels).second)
      return "samples that differ only in `le`, `quantile` or time must stand together";
  } else if (group_.stamp.has_value() != sample.stamp.has_value()) {
    return "either all samples of a series have timestamps or none";
  } else if (group_.stamp != sample.stamp) {
    if (*sample.stamp < *group_.stamp) return "the timestamps of a series must not go back";
    if (std::string violation = EndGroup(); !violation.empty()) return violation;
    group_.open = true;
    group_.labels = labels;
    group_.stamp = sample.stamp;
  }
  if (!sample.stamp && !group_.seen.insert(std::string(suffix) + sample.labels.Text()).second) {
    return "this sample is given twice";
  }
  return {};
}

std::string FamilyRules::CountUp(const FamilySample& sample, std::string_view suffix) {
  if (suffix == "_count" || suffix == "_gcount") group_.count = sample.value;
  if (suffix == "_sum" || suffix == "_gsum") {
    group_.sum = true;
    group_.sum_value = sample.value;
  }
  if (suffix != "_bucket") return {};
  double bound = 0;
  ParseValue(*sample.labels.Find("le"), bound);
  const bool first = !group_.bound.has_value();
  if (!first && sample.stamp && bound == *group_.bound)
    return {};  // the same instant to the millisecond
  if (!first && bound <= *group_.bound) return "the buckets of a histogram must stand in order";
  if (!first && sample.value < group_.bucket) return "the buckets of a histogram must not fall";
  group_.negative_bound = group_.negative_bound || bound < 0;
  group_.bound = bound;
  group_.bucket = sample.value;
  return {};
}

// What only the whole of a group can tell.
std::string FamilyRules::EndGroup() {
  const Group group = std::exchange(group_, Group{});
  if (!group.open || !HasBuckets()) return {};
  if (!group.bound || *group.bound <= 1e308)
    return fmt::format("a histogram of `{}` has no bucket `+Inf`", family_);
  if (group.count && *group.count != group.bucket) {
    return fmt::format("the count of a histogram of `{}` is not that of its bucket `+Inf`",
                       family_);
  }
  const bool may_sum = type_ == Type::kGaugeHistogram || !group.negative_bound;
  if (group.sum && !may_sum)
    return fmt::format("a histogram of `{}` has negative buckets and so no sum", family_);
  if (group.sum && group.sum_value < 0 && !group.negative_bound) {
    return fmt::format("a histogram of `{}` has a negative sum and no negative bucket", family_);
  }
  if (may_sum && group.sum != group.count.has_value()) {
    return fmt::format("a histogram of `{}` has a sum or a count but not both", family_);
  }
  return {};
}

std::string FamilyRules::Sample(const FamilySample& sample) {
  std::string_view suffix = SuffixOf(sample.metric);
  if (suffix == kNoSuffix) {
    if (std::string violation = Begin(sample.metric); !violation.empty()) return violation;
    suffix = "";
  }
  has_samples_ = true;
  if (std::string violation = CheckLabels(sample, suffix); !violation.empty()) return violation;
  if (std::string violation = CheckValue(sample, suffix); !violation.empty()) return violation;
  if (std::string violation = EnterGroup(sample, suffix); !violation.empty()) return violation;
  return HasBuckets() ? CountUp(sample, suffix) : std::string();
}

std::string FamilyRules::Finish() { return EndGroup(); }

}  // namespace tocsin::history
