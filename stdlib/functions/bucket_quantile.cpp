// The quantile of what a histogram has counted. Its buckets are rows by `le`, and each counts what
// is at most its bound; within a bucket values are taken to be spread evenly. As histogram_quantile
// of Prometheus does it.

#include <algorithm>
#include <array>
#include <limits>
#include <vector>

#include "stdlib/functions/aggregate.h"
#include "stdlib/functions/functions.h"

namespace tocsin::stdlib {
namespace {

using values::FunctionExample;
using values::FunctionParameter;
using values::FunctionUnit;

struct Bucket {
  double bound;
  double count;  // at most the bound
};

// Rows with the same bound are one, and a bucket counts no less than those below it, whatever was
// scraped in between.
std::vector<Bucket> Buckets(const double* values, std::int64_t count, const double* bounds) {
  std::vector<Bucket> rows;
  for (std::int64_t i = 0; i < count; ++i) {
    if (bounds[i] == bounds[i]) rows.push_back({bounds[i], values[i]});
  }
  std::ranges::stable_sort(rows, {}, &Bucket::bound);
  std::vector<Bucket> buckets;
  for (const Bucket& row : rows) {
    if (!buckets.empty() && buckets.back().bound == row.bound) {
      buckets.back().count += row.count;
    } else {
      buckets.push_back(row);
    }
  }
  for (std::size_t i = 1; i < buckets.size(); ++i)
    buckets[i].count = std::max(buckets[i].count, buckets[i - 1].count);
  return buckets;
}

double Quantile(const double* values, std::int64_t count, const values::AggregateContext& context) {
  const std::vector<Bucket> buckets = Buckets(values, count, context.bounds);
  const double part = context.parameters[0];
  if (buckets.size() < 2 || buckets.back().bound != std::numeric_limits<double>::infinity())
    return kAbsent;
  if (!(buckets.back().count > 0) || !(part >= 0 && part <= 1)) return kAbsent;
  const double rank = part * buckets.back().count;
  const auto found =
      std::ranges::find_if(buckets, [&](const Bucket& bucket) { return bucket.count >= rank; });
  // Beyond the last bound nothing is known but that.
  if (found + 1 == buckets.end()) return buckets[buckets.size() - 2].bound;
  if (found == buckets.begin() && found->bound <= 0) return found->bound;
  const double low = found == buckets.begin() ? 0 : (found - 1)->bound;
  const double below = found == buckets.begin() ? 0 : (found - 1)->count;
  if (!(found->count > below)) return found->bound;
  return low + (found->bound - low) * ((rank - below) / (found->count - below));
}

constexpr values::Aggregate kAggregate = {.fold = Quantile};
constexpr std::array kParameters = {
    FunctionParameter{"value", FunctionUnit::kAny},
    FunctionParameter{"part", FunctionUnit::kRatio, true},
};

const values::Aggregate* Choose(std::span<const double> parameters, std::int64_t) {
  return parameters[0] >= 0 && parameters[0] <= 1 ? &kAggregate : nullptr;
}

}  // namespace

extern const values::FunctionRow function_bucket_quantile;
const values::FunctionRow function_bucket_quantile{
    .name = "bucket_quantile",
    .documentation =
        "The value that a part of what a histogram counted does not exceed, in the unit of its "
        "bounds: its buckets are the rows by `le`, each counting what is at most its bound.",
    .parameters = kParameters,
    .result = FunctionUnit::kNumber,
    .examples = {},
    .across_rows = true,
    .only_across_rows = true,
    .bound_label = "le",
    .aggregate = &kAggregate,
    .choose = Choose,
};

}  // namespace tocsin::stdlib
