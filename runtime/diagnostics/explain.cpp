#include "runtime/diagnostics/explain.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "runtime/diagnostics/codes.h"

namespace tocsin::diagnostics {
namespace {

char Upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

std::string Uppered(std::string_view text) {
  std::string upper(text);
  std::transform(upper.begin(), upper.end(), upper.begin(), Upper);
  return upper;
}

const Row* FindRow(std::string_view wanted) {
  const std::string code = Uppered(wanted);
  for (const Row* row : codes::All()) {
    if (row->code == code || row->name == wanted) return row;
  }
  return nullptr;
}

}  // namespace

std::optional<std::string_view> FindPage(std::span<const base::EmbeddedFile> pages,
                                         std::string_view wanted) {
  const Row* row = FindRow(wanted);
  if (row == nullptr) return std::nullopt;
  for (const base::EmbeddedFile& page : pages) {
    if (page.name == std::string(row->code) + ".md") return page.text;
  }
  return std::nullopt;
}

std::string NearestCode(std::string_view wanted) {
  std::vector<std::string> numbers, names;
  for (const Row* row : codes::All()) {
    numbers.emplace_back(row->code);
    names.emplace_back(row->name);
  }
  std::string nearest = Nearest(Uppered(wanted), numbers);
  return nearest.empty() ? Nearest(wanted, names) : nearest;
}

std::string ListCodes() {
  std::vector<const Row*> rows(codes::All().begin(), codes::All().end());
  std::sort(rows.begin(), rows.end(), [](const Row* a, const Row* b) { return a->code < b->code; });
  std::size_t widest = 0;
  for (const Row* row : rows) widest = std::max(widest, row->name.size());
  std::string list;
  for (const Row* row : rows) {
    list += fmt::format("{}  {:<{}}  {}\n", row->code, row->name, widest, row->message);
  }
  return list;
}

}  // namespace tocsin::diagnostics
