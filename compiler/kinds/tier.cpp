// `tier`: a record that schedules belong to.

#include "compiler/kinds/hours.h"

namespace tocsin::kinds {
namespace {

void Expand(ExpandContext& context, const check::Decl& decl) {
  context.core.tiers.push_back(
      {decl.name, decl.title,
       CalendarOf(context, decl["available"], decl.name + ".available", ZoneOf(context, {}))});
}

}  // namespace

extern const KindRow kind_tier;
const KindRow kind_tier{"tier", nullptr, Expand};

}  // namespace tocsin::kinds
