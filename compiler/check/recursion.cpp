// Functions that call themselves, through others or not: found by what is written, before any is
// called, so that nothing that reads a function ever goes round.

#include <algorithm>
#include <map>

#include "compiler/check/declared.h"

namespace tocsin::check {
namespace {

struct FunctionCall {
  DeclId to;
  diagnostics::Span span;
};

// The functions of the policy that an expression calls, in the order written.
void FindCalls(const Context& context, const syntax::Tree& tree, syntax::ExprId id,
               std::vector<FunctionCall>& calls) {
  if (!id.valid()) return;
  const syntax::Expr& expr = tree[id];
  if (expr.kind == syntax::ExprKind::kCall) {
    const auto name = context.NameAt(tree, expr.operands[0]);
    const DeclId* called = name ? context.Lookup(name->text) : nullptr;
    if (called != nullptr && context.KindOf(*called) == "function")
      calls.push_back({*called, expr.span});
  }
  for (const syntax::ExprId operand : expr.operands) FindCalls(context, tree, operand, calls);
  for (const syntax::Argument& argument : expr.arguments)
    FindCalls(context, tree, argument.value, calls);
}

class Cycles {
 public:
  explicit Cycles(Context& context) : context_(context) {}

  // Follows the calls from one function on, with a stack of its own: a chain may be long.
  void Follow(DeclId from) {
    if (!Enter(from)) return;
    while (!path_.empty()) {
      Step& step = path_.back();
      if (step.next == step.calls.size()) {
        done_[step.function] = true;
        path_.pop_back();
        continue;
      }
      const FunctionCall call = step.calls[step.next++];
      if (!Enter(call.to) && !done_[call.to]) Report(call);
    }
  }

 private:
  struct Step {
    DeclId function;
    std::vector<FunctionCall> calls;
    std::size_t next = 0;
  };

  // False where it was entered before.
  bool Enter(DeclId function) {
    if (!done_.emplace(function, false).second) return false;
    const Declared& declared = context_.declared[function.index];
    const InPackage inside(context_, declared);
    Step& step = path_.emplace_back();
    step.function = function;
    FindCalls(context_, *declared.tree, declared.decl->value, step.calls);
    return true;
  }

  // What closes a circle: all functions in it are known to be wrong.
  void Report(const FunctionCall& call) {
    bool known = false;
    auto step = std::ranges::find(path_, call.to, &Step::function);
    for (; step != path_.end(); ++step)
      known = !context_.recursive.insert(step->function).second || known;
    if (known) return;
    context_.sink.Emit(codes::kRecursion, call.span, context_[call.to].name)
        .Also(context_[call.to].span, "declared here");
  }

  Context& context_;
  std::vector<Step> path_;
  std::map<DeclId, bool> done_;  // entered, and whether all that it calls was followed
};

}  // namespace

void CheckRecursion(Context& context) {
  Cycles cycles(context);
  for (const DeclId id : context.policy.OfKind("function")) cycles.Follow(id);
}

}  // namespace tocsin::check
