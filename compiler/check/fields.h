// How the value of a field is read, one function for each type of schema.h. Each gives an absent
// Value where it reported something.
#pragma once

#include "compiler/check/context.h"

namespace tocsin::check {

// All quantities of a declaration have one unit: what is aimed at, and what is reached by when.
void CheckOneUnit(Context& context, const Decl& decl);

struct FieldReader {
  Context& context;
  const syntax::Tree& tree;
  const FieldType& type;
  std::string_view noun;  // what is expected, with an example: "a duration such as `5m`"

  template <class T>
  Value Made(syntax::ExprId id, T data) const {
    Value value;
    value.data = std::move(data);
    value.span = tree[id].span;
    return value;
  }
  // Reports that the expression is not what the type wants; it may be a slip of one of the words.
  Value Wrong(syntax::ExprId id, const std::vector<std::string>& words = {}) const;
};

// Whether a value is not written out but follows from others: `2 * 15m`, `P1.respond`, a `let`.
bool IsComputed(const Context& context, const syntax::Tree& tree, syntax::ExprId id);
// Such a value; nothing where the type is none that can be computed.
std::optional<Value> ReadComputed(Context& context, const syntax::Tree& tree, syntax::ExprId id,
                                  const FieldType& type);

// The `let` that an expression names, where it names one.
std::optional<DeclId> LetAt(const Context& context, const syntax::Tree& tree, syntax::ExprId id);
// The value of a `let` that is no quantity and no name: a list, a text, whom a level informs.
// Nothing where the expression names no `let`.
std::optional<Value> ReadNamed(Context& context, const syntax::Tree& tree, syntax::ExprId id,
                               const FieldType& type);

Value ReadCount(FieldReader& reader, syntax::ExprId id);
Value ReadDurationField(FieldReader& reader, syntax::ExprId id);
Value ReadNumber(FieldReader& reader, syntax::ExprId id, values::Unit unit);
Value ReadBool(FieldReader& reader, syntax::ExprId id);
Value ReadQuantity(FieldReader& reader, syntax::ExprId id);   // `85%` or `15m`, of any unit
Value ReadPerPeriod(FieldReader& reader, syntax::ExprId id);  // 99.9% per month
Value ReadBetween(FieldReader& reader, syntax::ExprId id);    // 1..3
Value ReadString(FieldReader& reader, syntax::ExprId id);
Value ReadWord(FieldReader& reader, syntax::ExprId id);
Value ReadZone(FieldReader& reader, syntax::ExprId id);
Value ReadReference(FieldReader& reader, syntax::ExprId id);
Value ReadDeclaration(FieldReader& reader, syntax::ExprId id);  // of any kind
Value ReadTurn(FieldReader& reader, syntax::ExprId id);         // weekly(Mon 09:00), daily(08:00)
Value ReadSource(FieldReader& reader, syntax::ExprId id);   // prometheus("erlmcp_up", region: "dc")
Value ReadDate(FieldReader& reader, syntax::ExprId id);     // 2026-12-24
Value ReadInstant(FieldReader& reader, syntax::ExprId id);  // 2026-12-24T09:00Z
Value ReadTime(FieldReader& reader, syntax::ExprId id);     // 09:00
Value ReadMoney(FieldReader& reader, syntax::ExprId id);    // 49.90EUR
Value ReadHours(FieldReader& reader, syntax::ExprId id);    // Mon..Fri 08:00..16:00 - holidays
Value ReadLabels(FieldReader& reader, syntax::ExprId id);
Value ReadReady(FieldReader& reader, syntax::ExprId id);
Value ReadNoData(FieldReader& reader,
                 syntax::ExprId id);  // hold, fire(after: 2m), clear(after: 1h)
Value ReadTemplate(FieldReader& reader, syntax::ExprId id);  // "Registry in {region} is down"
Value ReadRecipients(FieldReader& reader,
                     syntax::ExprId id);  // alice, on_call(L1), [on_call(L3), duty_mgr]

}  // namespace tocsin::check
