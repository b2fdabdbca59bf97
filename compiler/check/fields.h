// How the value of a field is read, one function for each type of schema.h. Each gives an absent
// Value where it reported something.
#pragma once

#include "compiler/check/context.h"

namespace tocsin::check {

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
  // Reports that the expression is not what the type wants.
  Value Wrong(syntax::ExprId id) const;
};

Value ReadCount(FieldReader& reader, syntax::ExprId id);
Value ReadDurationField(FieldReader& reader, syntax::ExprId id);
Value ReadNumber(FieldReader& reader, syntax::ExprId id, values::Unit unit);
Value ReadBool(FieldReader& reader, syntax::ExprId id);
Value ReadString(FieldReader& reader, syntax::ExprId id);
Value ReadWord(FieldReader& reader, syntax::ExprId id);
Value ReadZone(FieldReader& reader, syntax::ExprId id);
Value ReadReference(FieldReader& reader, syntax::ExprId id);
Value ReadTurn(FieldReader& reader, syntax::ExprId id);    // weekly(Mon 09:00), daily(08:00)
Value ReadSource(FieldReader& reader, syntax::ExprId id);  // prometheus("erlmcp_up", region: "dc")
Value ReadNoData(FieldReader& reader,
                 syntax::ExprId id);  // hold, fire(after: 2m), clear(after: 1h)
Value ReadTemplate(FieldReader& reader, syntax::ExprId id);  // "Registry in {region} is down"
Value ReadRecipients(FieldReader& reader,
                     syntax::ExprId id);  // alice, on_call(L1), [on_call(L3), duty_mgr]

}  // namespace tocsin::check
