// A module that cannot be used, as a finding.
#pragma once

#include <string_view>

#include "runtime/diagnostics/diagnostic.h"
#include "runtime/module/module.h"

namespace tocsin::module {

// `path` is the file as the user named it.
diagnostics::Diagnostic& Report(const Problem& problem, std::string_view path,
                                diagnostics::Sink& sink);

}  // namespace tocsin::module
