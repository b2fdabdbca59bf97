#include "compiler/check/check.h"

#include <algorithm>

#include "compiler/check/context.h"
#include "compiler/check/cost.h"
#include "compiler/check/declared.h"

namespace tocsin::check {
namespace {

void CheckPolicyCount(Context& context) {
  const std::vector<DeclId> policies = context.policy.OfKind("policy");
  if (policies.size() == 1) {
    context.policy.policy = policies[0];
    return;
  }
  if (policies.empty() && context.policy_misspelt) return;
  const diagnostics::Span span = policies.empty() ? diagnostics::Span() : context[policies[1]].span;
  auto& finding =
      context.sink.Emit(codes::kPolicyCount, span, policies.empty() ? "none" : "more than one");
  if (policies.empty()) {
    finding.Help("add one: `policy my_team \"What it is for\" {}`");
  } else {
    finding.Also(context[policies[0]].span, "the first is here");
  }
}

// The defaults of the policy's own kinds, which are wrong even where no declaration relies on them.
void CheckDefaults(Context& context, const Schema& schema) {
  for (const FieldSchema& field : schema.fields) {
    if (field.default_value.valid()) context.DefaultOf(schema, field);
  }
  for (const Schema& rows : schema.rows) CheckDefaults(context, rows);
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

// What is done at a tick must be done long before the next, whatever the policy is fed.
void CheckCost(Context& context) {
  const std::vector<Cost> costs = CostsOf(context.policy);
  const std::uint64_t steps = Total(costs).steps;
  if (steps <= kMaxSteps) return;
  const Cost& most = *std::ranges::max_element(costs, {}, &Cost::steps);
  context.sink
      .Emit(codes::kTooCostly, context[most.decl].span, steps, kMaxSteps, context[most.decl].name)
      .Help("lower the bounds of its labels: they are multiplied");
}

}  // namespace

Policy Check(const std::deque<syntax::Tree>& trees, const diagnostics::SourceSet& sources,
             SchemaSet& schemas, std::span<const values::FunctionRow* const> functions,
             diagnostics::Sink& sink, const Packages& packages) {
  for (const syntax::Tree& tree : trees) schemas.Read(tree, sources, sink);
  schemas.CheckTypes(sink);
  Policy policy;
  Context context(sources, schemas, functions, sink, policy);
  if (!packages.all.empty()) context.packages = packages.all;
  CollectNames(context, trees, packages.of_tree);
  policy.named.resize(policy.decls.size());
  CheckPolicyCount(context);
  for (const Schema& schema : schemas.all()) {
    if (!schema.builtin) CheckDefaults(context, schema);
  }
  CheckLabels(context);
  CheckRecursion(context);
  for (DeclId id : policy.OfKind("signal")) MeasureOf(context, id, {});
  for (DeclId id : policy.OfKind("let")) LetOf(context, id, {});
  for (DeclId id : policy.OfKind("function")) FunctionOf(context, id);
  for (DeclId id : policy.OfKind("action")) FunctionOf(context, id);
  for (std::size_t i = 0; i < policy.decls.size(); ++i) EnsureChecked(context, DeclId(i), {});
  // What a signal measures is kept with it once all are known, so that later stages need not infer
  // it again.
  for (DeclId id : policy.OfKind("signal")) {
    const auto& measure = context.measures[id.index];
    Value& type = policy.decls[id.index].type;
    if (measure) type.data = *measure;
  }
  CheckCost(context);
  return policy;
}

}  // namespace tocsin::check
