#include "compiler/driver/cost_table.h"

#include <algorithm>
#include <boost/json.hpp>

#include <fmt/format.h>

#include "compiler/check/cost.h"
#include "runtime/values/units.h"

namespace tocsin::driver {
namespace {

std::vector<check::Cost> Dearest(const check::Policy& policy) {
  std::vector<check::Cost> costs = check::CostsOf(policy);
  std::ranges::stable_sort(costs, std::ranges::greater(), &check::Cost::steps);
  return costs;
}

std::string Row(std::string_view kind, std::string_view name, const check::Cost& cost) {
  return fmt::format("{:<7}{:<33} {:>9} {:>12} {:>14}\n", kind, name, cost.rows, cost.steps,
                     values::FormatQuantity(static_cast<double>(cost.bytes), values::Unit::kBytes));
}

}  // namespace

std::string CostTable(const check::Policy& policy) {
  const std::vector<check::Cost> costs = Dearest(policy);
  std::string text = fmt::format("{:<40} {:>9} {:>12} {:>14}\n", "at each tick, at most", "rows",
                                 "steps", "memory");
  for (const check::Cost& cost : costs) {
    const check::Decl& decl = policy[cost.decl];
    text += Row(decl.schema->name, decl.name, cost);
  }
  return text + Row("all", "", check::Total(costs));
}

std::string CostJson(const check::Policy& policy) {
  const std::vector<check::Cost> costs = Dearest(policy);
  std::string text;
  const auto add = [&](std::string_view kind, std::string_view name, const check::Cost& cost) {
    boost::json::object object;
    object["type"] = "cost";
    object["kind"] = kind;
    object["name"] = name;
    object["rows"] = cost.rows;
    object["steps"] = cost.steps;
    object["bytes"] = cost.bytes;
    text += boost::json::serialize(object) + "\n";
  };
  for (const check::Cost& cost : costs)
    add(policy[cost.decl].schema->name, policy[cost.decl].name, cost);
  add("all", "", check::Total(costs));
  return text;
}

}  // namespace tocsin::driver
