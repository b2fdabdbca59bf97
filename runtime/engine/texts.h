// Templates to text. Label values and what people wrote are untrusted: whatever could move the
// cursor or hide text becomes a space.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

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
  // The address that a row of an alert links to, in which label values are percent-encoded
  // (RFC 3986); empty where it has none.
  std::string Link(ir::MachineId alert, std::uint32_t row) const;

 private:
  enum class Where : std::uint8_t { kMessage, kHeadline, kLink };
  std::string RenderWithin(ir::TextId text, ir::MachineId alert, std::uint32_t row,
                           Where where) const;
  std::vector<std::uint32_t> MembersOf(const ir::Machine& group, std::uint32_t row) const;
  std::string Names(const ir::Machine& group, std::uint32_t row) const;
  std::string Value(const ir::TextPart& part, const ir::Machine& alert, std::uint32_t row) const;

  const ir::Program& program_;
  const Columns& columns_;
  std::map<std::string, values::TextFunction, std::less<>> functions_;
};

}  // namespace tocsin::engine
