// `person`: a record.

#include "compiler/kinds/kind.h"

namespace tocsin::kinds {

extern const KindRow kind_person;
const KindRow kind_person{"person", nullptr, ExpandReachable};

}  // namespace tocsin::kinds
