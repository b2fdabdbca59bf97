// The rules of OpenMetrics between the lines of a metric family: what its type allows, that its
// lines stand together, that a histogram's buckets rise. A recording need not follow them all (a
// filter may have dropped half a histogram), so they are checked only on request.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "runtime/history/exposition_metadata.h"
#include "runtime/values/instants.h"
#include "runtime/values/labels.h"

namespace tocsin::history {

struct FamilySample {
  const std::string& metric;
  const values::LabelSet& labels;
  double value = 0;
  std::optional<values::Instant> stamp;
  bool exemplar = false;
};

class FamilyRules {
 public:
  // Each takes the next line and says which rule it breaks; empty where it breaks none.
  std::string Describe(const Metadata& metadata);
  std::string Sample(const FamilySample& sample);
  std::string Finish();

 private:
  enum class Type : std::uint8_t {
    kUnknown,
    kGauge,
    kCounter,
    kStateset,
    kInfo,
    kHistogram,
    kGaugeHistogram,
    kSummary
  };
  struct Group {  // the samples of one family with the same labels, but `le` and `quantile`
    bool open = false;
    std::string labels;
    std::optional<values::Instant> stamp;
    bool stamped = false;
    std::optional<double> bound;  // of the last bucket
    double bucket = 0;            // its count
    bool negative_bound = false;
    std::optional<double> count;
    bool sum = false;
    double sum_value = 0;
    std::set<std::string> seen;  // samples at the present timestamp
  };

  std::string Begin(std::string_view name);
  std::string EndGroup();
  std::string_view SuffixOf(std::string_view metric) const;
  std::string CheckLabels(const FamilySample& sample, std::string_view suffix) const;
  std::string CheckValue(const FamilySample& sample, std::string_view suffix) const;
  std::string EnterGroup(const FamilySample& sample, std::string_view suffix);
  std::string CountUp(const FamilySample& sample, std::string_view suffix);
  bool HasBuckets() const { return type_ == Type::kHistogram || type_ == Type::kGaugeHistogram; }

  std::set<std::string, std::less<>> ended_;  // families and the sample names that they claim
  std::set<std::string> groups_;              // of the present family, ended
  std::string family_;
  bool any_family_ = false;
  bool described_[3] = {false, false, false};
  bool has_samples_ = false;
  Type type_ = Type::kUnknown;
  std::string unit_;
  Group group_;
};

}  // namespace tocsin::history
