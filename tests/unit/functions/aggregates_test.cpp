// Aggregates: their examples, and the laws that windows and folds rely on.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "runtime/values/units.h"
#include "stdlib/functions/functions.h"

namespace tocsin::stdlib {
namespace {

using values::Aggregate;
using values::AggregateContext;
using values::AggregateInput;
using values::FunctionRow;
using values::Partials;
using Samples = std::vector<double>;  // one a tick

constexpr double kStepSeconds = 15;
constexpr std::int64_t kMostTicks = 60;

// Partials of one row.
struct Row {
  explicit Row(const Aggregate& aggregate) : fields(aggregate.fields) {
    aggregate.clear(View(), 1);
  }
  Partials View() { return {fields.data(), 1}; }
  std::vector<double> fields;
};

AggregateInput InputOf(const Samples& samples, std::size_t i, std::vector<double>& kept) {
  kept = {samples[i], i == 0 ? NAN : samples[i - 1], static_cast<double>(i) * kStepSeconds};
  return {&kept[0], &kept[1], &kept[2]};
}

Row PartialOf(const Aggregate& aggregate, const Samples& samples, std::size_t from,
              std::size_t to) {
  Row row(aggregate);
  std::vector<double> kept;
  for (std::size_t i = from; i < to; ++i) aggregate.add(InputOf(samples, i, kept), row.View(), 1);
  return row;
}

AggregateContext ContextOf(std::size_t ticks, const std::vector<double>& parameters) {
  const auto count = static_cast<double>(ticks);
  return {(count - 1) * kStepSeconds, count * kStepSeconds, count, parameters};
}

double ValueOf(const Aggregate& aggregate, Row& row, const AggregateContext& context) {
  // A slide that begins a pane without a sample shows what the rest of the window is.
  Row pane(aggregate), block(aggregate);
  const double none = NAN;
  double result = 0;
  aggregate.slide(
      {{&none, &none, &none}, true, false, pane.View(), block.View(), row.View(), &context}, 1,
      &result);
  return result;
}

bool Same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }
bool Near(double a, double b) {
  return Same(a, b) || std::fabs(a - b) <= 1e-9 * std::max(1.0, std::fabs(a));
}

double Number(const std::string& text) {
  if (text == "true" || text == "false") return text == "true" ? 1 : 0;
  const auto quantity = values::ParseQuantity(text);
  REQUIRE(quantity.has_value());
  return quantity->value;
}

// `quantile([1, 2], part: 50%)`.
struct Example {
  explicit Example(std::string text) {
    const std::size_t open = text.find('['), close = text.find(']');
    REQUIRE(close != std::string::npos);
    std::string list = text.substr(open + 1, close - open - 1);
    for (std::size_t at = 0; at < list.size();) {
      const std::size_t end = std::min(list.find(", ", at), list.size());
      samples.push_back(Number(list.substr(at, end - at)));
      at = end + 2;
    }
    const std::size_t colon = text.find(": ", close);
    if (colon != std::string::npos)
      parameters.push_back(Number(text.substr(colon + 2, text.size() - colon - 3)));
  }
  Samples samples;
  std::vector<double> parameters;
};

const Aggregate* AggregateFor(const FunctionRow& function, const std::vector<double>& parameters,
                              std::size_t ticks) {
  return function.OverWindow(parameters, static_cast<std::int64_t>(ticks));
}

std::vector<double> SomeParameters(const FunctionRow& function, std::mt19937_64& random) {
  std::vector<double> parameters;
  for (const values::FunctionParameter& parameter : function.parameters) {
    if (!parameter.constant) continue;
    const double any = static_cast<double>(random() % 1001) / 1000;
    parameters.push_back(parameter.unit == values::FunctionUnit::kRatio ? any : any * 3'600'000);
  }
  return parameters;
}

}  // namespace

TEST_SUITE_BEGIN("functions: aggregates");
TEST_CASE("a function of a histogram's buckets interpolates within one") {
  const FunctionRow* function = nullptr;
  for (const FunctionRow* row : Functions()) {
    if (row->name == "bucket_quantile") function = row;
  }
  REQUIRE(function != nullptr);
  const auto of = [&](Samples counts, Samples bounds, double part) {
    const std::vector<double> parameters = {part};
    const AggregateContext context{.parameters = parameters, .bounds = bounds.data()};
    return function->aggregate->fold(counts.data(), static_cast<std::int64_t>(counts.size()),
                                     context);
  };
  const Samples bounds = {INFINITY, 0.1, 0.5};  // rows come in any order
  CHECK(Near(of({100, 90, 98}, bounds, 0.95), 0.35));
  CHECK(Near(of({100, 90, 98}, bounds, 0.45), 0.05));
  CHECK(of({100, 90, 98}, bounds, 0.99) == 0.5);  // beyond the last bound
  CHECK(Near(of({100, 40, 50, 40, 50}, {INFINITY, 0.1, 0.1, 0.5, 0.5}, 0.45), 0.05));  // added up
  CHECK(Near(of({100, 98, 90}, bounds, 0.49), 0.05));  // a count that falls counts as no less
  CHECK(of({100, 5}, {INFINITY, -1}, 0.01) == -1);
  CHECK(std::isnan(of({90, 98}, {0.1, 0.5}, 0.5)));  // no bucket for all
  CHECK(std::isnan(of({0, 0, 0}, bounds, 0.5)));
  CHECK(std::isnan(of({}, {}, 0.5)));
  CHECK(std::isnan(of({100, 90}, {INFINITY, NAN}, 0.5)));
}

// Feeds a window that works by ticks, and gives what it says at each.
Samples Slid(const Aggregate& aggregate, const Samples& samples, double part, std::size_t ticks) {
  const std::vector<double> parameters = {part};
  const auto window = aggregate.by_ticks->make(parameters, static_cast<std::int64_t>(ticks));
  Samples results;
  for (const double sample : samples) {
    window->Advance();
    window->Resize(3);
    const Samples rows = {-sample, sample, NAN};
    Samples slid(3);
    window->Slide(0, 3, rows.data(), slid.data());
    CHECK(std::isnan(slid[2]));
    results.push_back(slid[1]);
  }
  return results;
}

TEST_CASE("quantiles that work by ticks are those of the values in the window") {
  std::mt19937_64 random(13);
  const FunctionRow* quantile = nullptr;
  for (const FunctionRow* function : Functions()) {
    if (function->name == "quantile") quantile = function;
  }
  REQUIRE(quantile != nullptr);
  for (const auto& [ticks, exact] :
       {std::pair(100, true), {1024, true}, {1025, false}, {3000, false}}) {
    const auto length = static_cast<std::size_t>(ticks);
    const std::vector<double> parameters = {0.4};
    const Aggregate* aggregate = AggregateFor(*quantile, parameters, length);
    REQUIRE(aggregate != nullptr);
    REQUIRE(aggregate->by_ticks != nullptr);
    Samples samples(length * 2);
    for (double& sample : samples) {
      sample = std::pow(10.0, static_cast<double>(random() % 900) / 100 - 4) *
               (random() % 7 == 0 ? -1 : 1);
      if (random() % 5 == 0) sample = random() % 2 == 0 ? NAN : 0;
    }
    const Samples slid = Slid(*aggregate, samples, 0.4, length);
    for (std::size_t i = 0; i < samples.size(); i += 97) {
      Samples within;
      for (std::size_t j = i + 1 < length ? 0 : i + 1 - length; j <= i; ++j) {
        if (!std::isnan(samples[j])) within.push_back(samples[j]);
      }
      const AggregateContext context = ContextOf(length, parameters);
      const double expected =
          aggregate->fold(within.data(), static_cast<std::int64_t>(within.size()), context);
      CAPTURE(i);
      CAPTURE(expected);
      CHECK(std::fabs(slid[i] - expected) <= (exact ? 1e-12 : 0.01) * std::fabs(expected));
    }
  }
  CHECK(AggregateFor(*quantile, {0.5}, 300'000) == nullptr);
}

TEST_CASE("every example of an aggregate gives what it says, over a window and across rows") {
  for (const FunctionRow* function : Functions()) {
    if (function->aggregate == nullptr || !function->bound_label.empty()) continue;
    CHECK_MESSAGE(!function->examples.empty(), function->name, " has no example");
    for (const values::FunctionExample& row : function->examples) {
      CAPTURE(row.source);
      const Example example{std::string(row.source)};
      const AggregateContext context = ContextOf(example.samples.size(), example.parameters);
      const Aggregate* aggregate =
          AggregateFor(*function, example.parameters, example.samples.size());
      REQUIRE(aggregate != nullptr);
      const double expected = Number(std::string(row.result));
      if (function->over_window) {
        Row all = PartialOf(*aggregate, example.samples, 0, example.samples.size());
        CHECK(Near(ValueOf(*aggregate, all, context), expected));
      }
      if (function->across_rows) {
        CHECK(Near(aggregate->fold(example.samples.data(),
                                   static_cast<std::int64_t>(example.samples.size()), context),
                   expected));
      }
    }
  }
}

TEST_CASE("no samples change nothing, and grouping changes no more than the last bits") {
  std::mt19937_64 random(11);
  for (const FunctionRow* function : Functions()) {
    if (function->aggregate == nullptr || function->aggregate->merge == nullptr) continue;
    CAPTURE(function->name);
    for (int round = 0; round < 200; ++round) {
      Samples samples(1 + random() % kMostTicks);
      for (double& sample : samples) sample = static_cast<double>(random() % 2000) / 8 - 100;
      const std::vector<double> parameters = SomeParameters(*function, random);
      const Aggregate* aggregate = AggregateFor(*function, parameters, samples.size());
      if (aggregate == nullptr || aggregate->by_ticks != nullptr) continue;
      const AggregateContext context = ContextOf(samples.size(), parameters);
      Row whole = PartialOf(*aggregate, samples, 0, samples.size());
      const double value = ValueOf(*aggregate, whole, context);

      Row none(*aggregate), either(*aggregate);
      aggregate->merge(none.View(), whole.View(), either.View(), 1);
      CHECK(Same(ValueOf(*aggregate, either, context), value));
      aggregate->merge(whole.View(), none.View(), either.View(), 1);
      CHECK(Same(ValueOf(*aggregate, either, context), value));

      const std::size_t cut = random() % (samples.size() + 1);
      Row first = PartialOf(*aggregate, samples, 0, cut);
      Row second = PartialOf(*aggregate, samples, cut, samples.size());
      aggregate->merge(first.View(), second.View(), first.View(), 1);
      CHECK(Near(ValueOf(*aggregate, first, context), value));
    }
  }
}

TEST_CASE("a quantile of a window is that of its values in order") {
  std::mt19937_64 random(12);
  const FunctionRow* quantile = nullptr;
  for (const FunctionRow* function : Functions()) {
    if (function->name == "quantile") quantile = function;
  }
  REQUIRE(quantile != nullptr);
  int served = 0;
  for (int round = 0; round < 3000; ++round) {
    const std::size_t ticks = 1 + random() % 240;
    Samples samples(1 + random() % ticks);
    for (double& sample : samples) sample = static_cast<double>(random() % 500) - 250;
    const double part = round % 3 == 0   ? 0.99
                        : round % 3 == 1 ? 0.05
                                         : static_cast<double>(random() % 1001) / 1000;
    const std::vector<double> parameters = {part};
    const Aggregate* aggregate = AggregateFor(*quantile, parameters, ticks);
    if (aggregate == nullptr || aggregate->by_ticks != nullptr) continue;
    ++served;
    const AggregateContext context = ContextOf(ticks, parameters);
    Row all = PartialOf(*aggregate, samples, 0, samples.size());
    CHECK(
        Near(ValueOf(*aggregate, all, context),
             aggregate->fold(samples.data(), static_cast<std::int64_t>(samples.size()), context)));
  }
  CHECK(served > 2000);
}

TEST_CASE("a quantile of many rows is that of their values in order, ties and all") {
  std::mt19937_64 random(14);
  const FunctionRow* quantile = nullptr;
  for (const FunctionRow* function : Functions()) {
    if (function->name == "quantile") quantile = function;
  }
  REQUIRE(quantile != nullptr);
  for (int round = 0; round < 600; ++round) {
    Samples samples(1 + random() % 3000);
    const std::uint64_t different = round % 3 == 0 ? 2 : round % 3 == 1 ? 300 : 1u << 30;
    for (double& sample : samples) sample = static_cast<double>(random() % different);
    if (round % 5 == 0) std::ranges::sort(samples);
    const auto count = static_cast<double>(samples.size());
    const double part = round % 2 == 0 ? 0.99 : 1 - static_cast<double>(random() % 80) / count;
    const std::vector<double> parameters = {std::max(part, 0.0)};
    const double seen =
        quantile->aggregate->fold(samples.data(), static_cast<std::int64_t>(samples.size()),
                                  ContextOf(samples.size(), parameters));
    std::ranges::sort(samples);
    const double rank = parameters[0] * (count - 1);
    const auto below = static_cast<std::size_t>(rank);
    const double weight = rank - static_cast<double>(below);
    const double above = samples[std::min(below + 1, samples.size() - 1)];
    CAPTURE(round);
    CHECK(seen == samples[below] * (1 - weight) + above * weight);
  }
}
TEST_SUITE_END();

}  // namespace tocsin::stdlib
