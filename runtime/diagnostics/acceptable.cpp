#include "runtime/diagnostics/acceptable.h"

#include <algorithm>

#include "runtime/diagnostics/codes.h"

namespace tocsin::diagnostics {
namespace {

std::string AsName(std::string_view slug) {
  std::string name(slug);
  std::ranges::replace(name, '-', '_');
  return name;
}

}  // namespace

const Row* FindCode(std::string_view name) {
  for (const Row* row : codes::All()) {
    if (row->code == name || AsName(row->name) == name) return row;
  }
  return nullptr;
}

bool IsAcceptable(const Row& row) {
  // 08xx are the questions about whole policies.
  return row.severity == Severity::kWarning || row.code.substr(1, 2) == "08";
}

std::string NearestAcceptable(std::string_view name) {
  std::vector<std::string> numbers, names;
  for (const Row* row : codes::All()) {
    if (!IsAcceptable(*row)) continue;
    numbers.emplace_back(row->code);
    names.push_back(AsName(row->name));
  }
  std::string nearest = Nearest(name, numbers);
  return nearest.empty() ? Nearest(name, names) : nearest;
}

}  // namespace tocsin::diagnostics
