// A compilation to the report that every format renders from.
#pragma once

#include <string>

#include "compiler/driver/policy.h"
#include "runtime/diagnostics/report.h"

namespace tocsin::driver {

// `path` is the policy as it was named. The report refers to the compilation, which must outlive
// it.
diagnostics::Report ReportOf(const std::string& path, const Compilation& compilation,
                             const diagnostics::Selection& selection);

}  // namespace tocsin::driver
