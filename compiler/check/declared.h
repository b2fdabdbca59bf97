// Declarations that others need to know the inside of, read when first asked for: what a signal
// measures, what a `let` stands for, what a function takes and gives. A declaration that needs
// itself for this is a cycle, which is reported where it closes.
#pragma once

#include "compiler/check/context.h"

namespace tocsin::check {

// Reads a declaration's fields and clauses unless that was done; false inside a cycle.
bool EnsureChecked(Context& context, DeclId id, diagnostics::Span use);

// What a `let` stands for; invalid where that was reported.
SeriesId LetOf(Context& context, DeclId id, diagnostics::Span use);

// Of an action, too, which has no value.
const FunctionShape& FunctionOf(Context& context, DeclId id);

// Reports functions that call themselves, through others or not.
void CheckRecursion(Context& context);
// Reports what is wrong with a function whatever its parameters are; false where something is.
bool CheckUntyped(Context& context, const Declared& declared);

// Whether a constant, if it is one, is whole where it counts and within the range that is written
// with its type; reported where it is not.
struct WrittenType;
bool HoldsConstant(Context& context, SeriesId id, const WrittenType& type);

// A type as it is written: `ratio`, `list(person)`, `optional(instant)`, `one_of(a, b)`, a kind or
// an entity; `ratio in 0%..100%` is a ratio. Nothing where it was reported.
struct WrittenType {
  Type type;
  std::optional<Range> range;
};
std::optional<WrittenType> ReadType(Context& context, const syntax::Tree& tree, syntax::ExprId id);
// The type of a field in an expression; nothing for what no expression can be about.
std::optional<Type> TypeOfField(const Context& context, const FieldType& type);
// `0%..100%`: both bounds of one unit; nothing where that was reported.
std::optional<Range> ReadRange(Context& context, const syntax::Tree& tree, syntax::ExprId id,
                               values::Unit& unit);

// Whether a value of one type may stand where the other is wanted.
bool Fits(const Type& given, const Type& wanted);

}  // namespace tocsin::check
