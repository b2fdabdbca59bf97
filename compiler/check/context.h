// What the parts of the checker share while one policy is checked.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/check/check.h"
#include "compiler/check/typed.h"
#include "runtime/diagnostics/codes.h"

namespace tocsin::check {

namespace codes = diagnostics::codes;

// What a function takes and gives.
struct FunctionShape {
  struct Parameter {
    std::string_view name;
    std::optional<Type> type;  // none: any
    std::optional<Range> range = std::nullopt;
  };
  std::vector<Parameter> parameters;
  std::optional<Type> result;
  bool good = false;  // looked at by itself, and nothing was wrong with it
};

// A declaration before its fields are read.
struct Declared {
  const syntax::Tree* tree = nullptr;
  const syntax::Decl* decl = nullptr;
  const syntax::Table* table = nullptr;  // of which it is a row
  std::size_t package = 0;
};

struct Context {
  Context(const diagnostics::SourceSet& all_sources, const SchemaSet& all_schemas,
          std::span<const values::FunctionRow* const> all_functions, diagnostics::Sink& findings,
          Policy& made)
      : sources(all_sources),
        schemas(all_schemas),
        functions(all_functions),
        sink(findings),
        policy(made) {}

  const diagnostics::SourceSet& sources;
  const SchemaSet& schemas;
  std::span<const values::FunctionRow* const> functions;
  diagnostics::Sink& sink;
  Policy& policy;
  std::vector<Declared> declared;                    // by DeclId
  std::map<std::string, DeclId, std::less<>> names;  // with the prefixes of their packages
  std::vector<Package> packages = std::vector<Package>(1);
  std::size_t package = 0;  // that what is read now belongs to
  // What imported packages show to others, where they do not show all.
  std::map<std::size_t, std::map<std::string, diagnostics::Span, std::less<>>> exports;
  // Names whose declaration was reported, so that what they mean is not known.
  std::set<std::string, std::less<>> doubtful;
  bool policy_misspelt = false;  // there is a declaration of an unknown kind close to `policy`

  // The measures of signals, found when first asked for.
  enum class Progress : std::uint8_t { kUntouched, kRunning, kDone };
  std::vector<Progress> measure_progress;  // of `let`, too
  std::vector<std::optional<Measure>> measures;
  std::vector<Progress> decl_progress;
  std::map<DeclId, FunctionShape> function_shapes;
  std::set<DeclId> recursive;  // functions in a circle of calls, which was reported
  // Calls of functions, with the types of their arguments, whose mistake was reported.
  std::set<std::string> failed_calls;
  std::vector<DeclId> calls;  // functions that are being put in the place of their calls
  bool in_test = false;
  std::size_t sampled_rows = 0;  // of all tests
  std::size_t nested = 0;        // declarations that are read because another needs them
  bool nested_reported = false;

  // Of the expression that is looked at, with all that is derived or called in it.
  struct Effort {
    std::size_t depth = 0;
    std::size_t parts = 0;
    bool too_long = false;  // reported
  };
  Effort effort;

  std::map<const FieldSchema*, Value> defaults;  // each read once
  std::set<std::pair<std::uint32_t, std::uint32_t>> reported;

  const Decl& operator[](DeclId id) const { return policy.decls[id.index]; }
  std::string_view KindOf(DeclId id) const { return policy.decls[id.index].schema->name; }
  // As they are written in the package that is read.
  std::vector<std::string> NamesOfKind(std::string_view kind) const;
  // The declaration that a name means in the package that is read: its own, a label of any, or
  // `shared.up` of one that it imports; null where there is none.
  const DeclId* Lookup(std::string_view name) const;
  bool Doubtful(std::string_view name) const;
  // Whether an expression is a name of something imported from what is not, as in `shard.ann`;
  // reported.
  bool UnknownImport(const syntax::Tree& tree, syntax::ExprId id) const;
  // The name that an expression is, in one piece where it is one of an imported package.
  std::optional<syntax::Name> NameAt(const syntax::Tree& tree, syntax::ExprId id) const;

  std::string FirstArm(std::string_view name) const;
  // The declaration a name means, which must be of `kind`; reported where there is none or it is
  // another kind.
  DeclId Resolve(const syntax::Name& name, std::string_view kind);
  // The domain of a label, where it is one.
  const Domain* DomainOf(std::string_view label) const;
  const values::FunctionRow* Function(std::string_view name) const;
  const Value& DefaultOf(const Schema& schema, const FieldSchema& field);
  // Whether this is the first call for a place: what is wrong with a table's head is said once, not
  // for each row.
  bool FirstAt(diagnostics::Span span);
};

// Asks "did you mean" with a fix where one of `known` is near to `name`, which it gives back;
// otherwise notes all of them after `head`: "its fields are `a` and `b`".
std::string Suggest(diagnostics::Diagnostic& finding, const syntax::Name& name,
                    const std::vector<std::string>& known, std::string_view head);

// Adds the top-level declarations of all trees to the context, without their fields.
void CollectNames(Context& context, const std::deque<syntax::Tree>& trees,
                  const std::vector<std::size_t>& packages);

// While it lives, what is read belongs to the package of a declaration.
class InPackage {
 public:
  InPackage(Context& context, const Declared& declared)
      : context_(context), before_(context.package) {
    context.package = declared.package;
  }
  ~InPackage() { context_.package = before_; }
  InPackage(const InPackage&) = delete;
  InPackage& operator=(const InPackage&) = delete;

 private:
  Context& context_;
  std::size_t before_;
};

// Reports the columns of a table that no declaration of its kind has a field for.
void CheckColumns(Context& context, const syntax::Table& table, const Schema& schema);
// The column that is likely to be a slip of `name` or `title`, or empty.
std::string_view ColumnMeant(const syntax::Table& table, const std::string& part);
// Fills in a declaration's head, fields, clauses and rows from its schema.
void CheckDecl(Context& context, const Declared& declared, Decl& decl);

// One value of a type of schema.h; absent where it was reported.
Value ReadValue(Context& context, const syntax::Tree& tree, syntax::ExprId id,
                const FieldType& type);
// `[eu, us]` or `up_to(50)`.
Value ReadDomain(Context& context, const syntax::Tree& tree, syntax::ExprId id);
// `ratio by (service, region)`.
Value ReadMeasure(Context& context, const syntax::Tree& tree, syntax::ExprId id);
// A duration of at least 0.
std::optional<values::Duration> ReadDuration(Context& context, const syntax::Tree& tree,
                                             syntax::ExprId id);

// Whether a number lies in a range, where there is one; reported where it does not.
bool InRange(Context& context, double number, const std::optional<Range>& range,
             diagnostics::Span span);

// Reports a literal that is no quantity.
void BadQuantity(Context& context, diagnostics::Span span, const values::QuantityError& error);

// What was found where something else was expected: "the duration `5m`", "a list".
std::string Found(const Context& context, const syntax::Tree& tree, syntax::ExprId id);

// The arguments of a call by name or position: one entry for each of `names`, invalid where not
// given. Reports what the call does not take, and then gives none; and what it lacks of the first
// `required`.
std::vector<syntax::ExprId> Arguments(Context& context, const syntax::Tree& tree,
                                      const syntax::Expr& call, std::string_view callee,
                                      std::span<const std::string_view> names,
                                      std::size_t required);

// Whether an expression can be compiled; what cannot yet is reported.
bool Runs(Context& context, SeriesId id);
// Whether a value that names no signal is nothing because something in it is divided by zero;
// reported.
bool DividesByZero(Context& context, SeriesId id);
// What a function gives for a first argument of a type.
Type ResultType(const values::FunctionRow& function, const Type& first);

// A series expression; invalid where it was reported.
SeriesId CheckSeries(Context& context, const syntax::Tree& tree, syntax::ExprId id);
// The same, which must be a truth that depends on a signal.
SeriesId CheckCondition(Context& context, const syntax::Tree& tree, syntax::ExprId id);
// Unit and labels of a signal that is named at `use`; for a derived one they follow from its value.
// Nothing where they were reported.
const Measure* MeasureOf(Context& context, DeclId signal, diagnostics::Span use);

// "a ratio by (region)", "a condition by (region, service)", "the number 5".
std::string Describe(const Policy& policy, SeriesId id);
std::string LabelsText(const std::vector<std::string>& labels);  // "(region, service)"
std::string ByText(const std::vector<std::string>& labels);      // "by (region)", "without labels"

}  // namespace tocsin::check
