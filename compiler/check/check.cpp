#include "compiler/check/check.h"

#include "compiler/check/context.h"

namespace tocsin::check {
namespace {

void CheckPolicyCount(Context& context) {
  const std::vector<DeclId> policies = context.policy.OfKind("policy");
  if (policies.size() == 1) {
    context.policy.policy = policies[0];
    return;
  }
  const diagnostics::Span span = policies.empty() ? diagnostics::Span() : context[policies[1]].span;
  auto& finding =
      context.sink.Emit(codes::kPolicyCount, span, policies.empty() ? "none" : "more than one");
  if (policies.empty()) {
    finding.Help("add one: `policy my_team \"What it is for\" {}`");
  } else {
    finding.Also(context[policies[0]].span, "the first is here");
  }
}

// Labels come before all else, because the measures of signals depend on their domains.
void CheckLabels(Context& context) {
  for (DeclId id : context.policy.OfKind("label")) {
    const Declared& declared = context.declared[id.index];
    if (!declared.decl->type.valid()) continue;
    Value type = ReadDomain(context, *declared.tree, declared.decl->type);
    context.policy.decls[id.index].type = std::move(type);
  }
}

}  // namespace

Policy Check(const std::deque<syntax::Tree>& trees, const diagnostics::SourceSet& sources,
             SchemaSet& schemas, std::span<const values::FunctionRow* const> functions,
             diagnostics::Sink& sink) {
  for (const syntax::Tree& tree : trees) schemas.Read(tree, sources, sink);
  schemas.CheckTypes(sink);
  Policy policy;
  Context context{sources, schemas, functions, sink, policy, {}, {}, {}, {}};
  CollectNames(context, trees);
  CheckPolicyCount(context);
  CheckLabels(context);
  for (DeclId id : policy.OfKind("signal")) MeasureOf(context, id);
  for (std::size_t i = 0; i < policy.decls.size(); ++i)
    CheckDecl(context, context.declared[i], policy.decls[i]);
  // What a signal measures is kept with it once all are known, so that later stages need not infer
  // it again.
  for (DeclId id : policy.OfKind("signal")) {
    const auto& measure = context.measures[id.index];
    Value& type = policy.decls[id.index].type;
    if (measure) type.data = *measure;
  }
  return policy;
}

}  // namespace tocsin::check
