// `level`: how loud an alert is; what follows from it is part of the alert.

#include "compiler/kinds/kind.h"

namespace tocsin::kinds {

extern const KindRow kind_level;
const KindRow kind_level{"level", CheckVia, nullptr};

}  // namespace tocsin::kinds
