// What the files of the kind `alert` have in common.
#pragma once

#include <string>
#include <vector>

#include "compiler/kinds/kind.h"

namespace tocsin::kinds {

// What `value` shows: the left side of the first comparison of a condition, where it has rows.
struct AlertValue {
  check::SeriesId series;  // invalid where there is none
  enum class Worse : std::uint8_t { kUnknown, kLarger, kSmaller } worse = Worse::kUnknown;
};
AlertValue AlertValueOf(const check::Policy& policy, check::SeriesId condition);

// The labels whose rows are told of together; null where each row is told of by itself.
const std::vector<std::string>* GroupOf(const check::Decl& alert);

// Reports placeholders of `says` and `link` that the alert has nothing for.
void CheckAlertTexts(CheckContext& context, const check::Decl& decl,
                     const check::SeriesNode& condition, const AlertValue& value);
// What it says: `says`, or its title or name with the labels.
ir::Text AlertHeadline(const check::Decl& decl, const std::vector<std::string>& labels,
                       values::Unit value_unit);
// Its `link`; no parts where it has none.
ir::Text AlertLink(const check::Decl& decl, values::Unit value_unit);

// False where it is not known: what is missing silences nobody.
core::TermId OrFalse(core::Policy& core, core::TermId term);
// Whether an alert fires at this very tick: it did and is not over, or begins to.
core::TermId FiresNow(ExpandContext& context, const check::Decl& alert);

// What is done for whoever is told: the level's message, added to the machine, and the incident.
std::vector<core::Step> AlertOpening(ExpandContext& context, const check::Decl& decl,
                                     core::Machine& machine);

// The machine that stands for rows that are told of together; `labels` are those of the alert.
void AddAlertGroup(ExpandContext& context, const check::Decl& decl,
                   const std::vector<std::string>& labels, const AlertValue& value);

}  // namespace tocsin::kinds
