// `person`: a record.

#include "compiler/kinds/kind.h"

namespace tocsin::kinds {
namespace {

void Expand(ExpandContext& context, const check::Decl& decl) {
  core::Person person{decl.name, decl.title, {}};
  for (const check::Value& channel : *check::Get<check::ValueList>(decl["contact"])) {
    person.contact.push_back(Referred(context.policy, channel)->name);
  }
  context.core.people.push_back(std::move(person));
}

}  // namespace

extern const KindRow kind_person;
const KindRow kind_person{"person", nullptr, Expand};

}  // namespace tocsin::kinds
