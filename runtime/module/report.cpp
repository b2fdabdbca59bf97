#include "runtime/module/report.h"

#include "runtime/diagnostics/codes.h"

namespace tocsin::module {

namespace codes = diagnostics::codes;

diagnostics::Diagnostic& Report(const Problem& problem, std::string_view path,
                                diagnostics::Sink& sink) {
  const std::string file = diagnostics::Shown(path, 200);
  const std::string detail = diagnostics::Shown(problem.detail, 400);
  const auto emit = [&](const auto& row) -> diagnostics::Diagnostic& {
    return sink.Emit(row, diagnostics::Span{}, file, detail);
  };
  switch (problem.kind) {
    case Problem::Kind::kNotAModule:
      return emit(codes::kNotAModule).Help("name a file that `tocsin build` wrote");
    case Problem::Kind::kVersion:
      return emit(codes::kOtherModuleVersion)
          .Help("build the module again from its policy with this version of `tocsin`");
    case Problem::Kind::kTruncated:
      return emit(codes::kModuleCutShort).Help("copy or build the module again");
    case Problem::Kind::kDamaged:
      return emit(codes::kModuleDamaged).Help("copy or build the module again");
    case Problem::Kind::kUnsound:
      break;
  }
  return emit(codes::kModuleUnsound).Help("build the module again from its policy");
}

}  // namespace tocsin::module
