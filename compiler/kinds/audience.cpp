// `audience`: told as a person is; who they are is the operator's configuration.

#include "compiler/kinds/kind.h"

namespace tocsin::kinds {

extern const KindRow kind_audience;
const KindRow kind_audience{"audience", nullptr, ExpandReachable};

}  // namespace tocsin::kinds
