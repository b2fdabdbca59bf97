// The hours of a declaration as a calendar of the core: those that are written out get a calendar
// of their own, those that a calendar has are its.
#pragma once

#include <string>

#include "compiler/kinds/kind.h"

namespace tocsin::kinds {

// The zone of a declaration's local times: its own, or the policy's.
std::string ZoneOf(const ExpandContext& context, const check::Value& own);

// The calendar of some hours, made under `name` in `zone` where they are not one that is declared;
// empty where they are always.
std::string CalendarOf(ExpandContext& context, const check::Value& hours, const std::string& name,
                       const std::string& zone);

// Makes a calendar of whole calendars: those taken in, without those left out; `always` taken in is
// all there is.
std::string CombinedCalendar(ExpandContext& context, const std::string& name, const std::string& in,
                             const std::vector<std::string>& out);

}  // namespace tocsin::kinds
