// Every example of every standard function, run; and what a row must hold.
#include "stdlib/functions/functions.h"

#include <doctest/doctest.h>

#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "runtime/values/units.h"

namespace tocsin::stdlib {
namespace {

using values::FunctionExample;
using values::FunctionRow;
using values::Quantity;

// `clamp(1.5, low: 0, high: 1)` to its arguments in the order written.
std::vector<Quantity> ArgumentsOf(const FunctionRow& function, std::string_view source) {
  const std::string head = std::string(function.name) + "(";
  REQUIRE(source.starts_with(head));
  REQUIRE(source.ends_with(")"));
  source.remove_prefix(head.size());
  source.remove_suffix(1);
  std::vector<Quantity> arguments;
  while (!source.empty()) {
    std::string_view argument = source.substr(0, source.find(", "));
    source.remove_prefix(std::min(source.size(), argument.size() + 2));
    if (const std::size_t colon = argument.find(": "); colon != std::string_view::npos) {
      REQUIRE(arguments.size() < function.parameters.size());
      CHECK(argument.substr(0, colon) == function.parameters[arguments.size()].name);
      argument.remove_prefix(colon + 2);
    }
    const auto quantity = values::ParseQuantity(argument);
    REQUIRE(quantity.has_value());
    arguments.push_back(*quantity);
  }
  return arguments;
}

// Over more rows than one, all the same, which must all give the same.
double ValueOf(const FunctionRow& function, const std::vector<Quantity>& arguments) {
  constexpr std::int64_t kRows = 17;
  std::vector<std::vector<double>> columns;
  std::vector<double> parameters;
  REQUIRE(arguments.size() == function.parameters.size());
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (function.parameters[i].constant) {
      parameters.push_back(arguments[i].value);
    } else {
      columns.emplace_back(kRows, arguments[i].value);
    }
  }
  std::vector<const double*> pointers;
  for (const std::vector<double>& column : columns) pointers.push_back(column.data());
  std::vector<double> result(kRows, std::nan(""));
  function.column(pointers, parameters, kRows, result.data());
  for (double value : result) CHECK(value == result[0]);
  return result[0];
}

TEST_CASE("every example of a standard function gives what it says") {
  for (const FunctionRow* function : Functions()) {
    if (function->column == nullptr && function->text == nullptr) continue;  // aggregates_test.cpp
    CHECK_MESSAGE(!function->examples.empty(), function->name, " has no example");
    for (const FunctionExample& example : function->examples) {
      CAPTURE(example.source);
      const std::vector<Quantity> arguments = ArgumentsOf(*function, example.source);
      if (function->text != nullptr) {
        REQUIRE(arguments.size() == 1);
        CHECK(function->text(arguments[0].value, arguments[0].unit) == example.result);
        continue;
      }
      const auto expected = values::ParseQuantity(example.result);
      REQUIRE(expected.has_value());
      CHECK(ValueOf(*function, arguments) == expected->value);
    }
  }
}

TEST_CASE("a row is of one sort, documented, and names each parameter once") {
  std::set<std::string_view> names;
  for (const FunctionRow* function : Functions()) {
    CAPTURE(function->name);
    CHECK(names.insert(function->name).second);
    CHECK((function->column != nullptr) + (function->text != nullptr) +
              (function->aggregate != nullptr) <=
          1);
    CHECK((function->text == nullptr || !(function->over_window || function->across_rows)));
    CHECK((function->across_rows || !function->only_across_rows));
    CHECK(function->documentation.ends_with("."));
    std::set<std::string_view> parameters;
    for (const values::FunctionParameter& parameter : function->parameters)
      CHECK(parameters.insert(parameter.name).second);
  }
}

}  // namespace
}  // namespace tocsin::stdlib
