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

// To whom something is said, and when.
struct Occasion {
  ir::PersonId person;     // nobody where it is asked for
  std::int64_t epoch = 0;  // which time it is about
  values::Instant now = 0;
  values::Instant began = 0;  // of texts that need it
};

class Texts {
 public:
  Texts(const ir::Program& program, const Columns& columns,
        std::span<const values::FunctionRow* const> functions);
  // A text about a row of an alert. `Title` is the alert's headline, and within a headline the
  // alert's name.
  std::string Render(ir::TextId text, ir::MachineId alert, std::uint32_t row,
                     const Occasion& occasion) const;
  // Whether it is the same for all who are told at one time.
  bool IsSameForAll(ir::TextId text) const;
  // The address that a row of an alert links to, in which label values are percent-encoded
  // (RFC 3986); empty where it has none.
  std::string Link(ir::MachineId alert, std::uint32_t row) const;

 private:
  enum class Where : std::uint8_t { kMessage, kHeadline, kLink };
  struct About {
    ir::MachineId alert;
    std::uint32_t row = 0;
    const Occasion* occasion = nullptr;  // of messages
  };
  std::string RenderWithin(ir::TextId text, const About& about, Where where) const;
  std::string Part(const ir::TextPart& part, const About& about, Where where) const;
  std::string Each(std::span<const ir::TextPart> parts, const ir::Machine& group, std::uint32_t row,
                   Where where) const;
  std::string Label(ir::SpaceId space, std::uint32_t row, const std::string& label,
                    Where where) const;
  std::string OfOccasion(const ir::TextPart& part, const About& about) const;
  std::string Time(const ir::TextPart& part, const Occasion& occasion) const;
  std::string Key(const ir::Machine& machine, std::uint32_t row) const;
  std::vector<std::uint32_t> MembersOf(const ir::Machine& group, std::uint32_t row) const;
  std::string Names(const ir::Machine& group, std::uint32_t row) const;
  std::string Value(const ir::TextPart& part, ir::NumberColumnId column, std::uint32_t row) const;

  const ir::Program& program_;
  const Columns& columns_;
  std::map<std::string, values::TextFunction, std::less<>> functions_;
};

}  // namespace tocsin::engine
