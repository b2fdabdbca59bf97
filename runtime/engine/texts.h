// Templates to text. Label values and what people wrote are untrusted: whatever could move the
// cursor or hide text becomes a space.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "runtime/engine/columns.h"
#include "runtime/values/functions.h"

namespace tocsin::engine {

// Control characters and marks that draw nothing or change how their neighbours are drawn as
// spaces; bytes that are not UTF-8 as `?`.
std::string Clean(std::string_view untrusted);
// At most `limit` characters (code points), the last three of them "..." where something was cut
// off. 0: no limit.
std::string Truncate(std::string text, std::uint32_t limit);

class Texts {
 public:
  Texts(const ir::Program& program, const Columns& columns,
        std::span<const values::FunctionRow* const> functions);
  // A text about a row of an alert. `Title` is the alert's headline, and within a headline the
  // alert's name.
  std::string Render(ir::TextId text, ir::MachineId alert, std::uint32_t row) const;

 private:
  std::string RenderWithin(ir::TextId text, ir::MachineId alert, std::uint32_t row,
                           bool is_headline) const;
  std::string Value(const ir::TextPart& part, const ir::Machine& alert, std::uint32_t row) const;

  const ir::Program& program_;
  const Columns& columns_;
  std::map<std::string, values::TextFunction, std::less<>> functions_;
};

}  // namespace tocsin::engine
