// The widths of a table's columns, and its rows laid out by them. A cell that is wider than a line
// reaches beyond its column.
#pragma once

#include <string>
#include <vector>

#include "compiler/format/plan.h"

namespace tocsin::format {

class Columnar {
 public:
  Columnar(const std::vector<parse::Token>& tokens, const Plan& plan)
      : tokens_(tokens), plan_(plan) {}

  // Measures the table whose first row or rule is `begin`, unless it is the one measured last.
  void Measure(std::size_t begin);
  // The row from `begin` to its last bar, whose index is put in `last`; empty where a row cannot be
  // laid out on one line, because a comment or a text of several lines stands in it.
  std::string Row(std::size_t begin, std::size_t& last) const;
  // The line under the header.
  std::string Rule() const;

 private:
  std::vector<std::string> Cells(std::size_t begin, std::size_t& last) const;

  const std::vector<parse::Token>& tokens_;
  const Plan& plan_;
  std::size_t end_ = 0;  // after the table that was measured
  std::vector<std::size_t> widths_;
};

}  // namespace tocsin::format
