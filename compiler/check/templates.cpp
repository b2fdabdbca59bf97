// Texts with placeholders: `{region}`, `{percent(value)}`, `{incident.root_cause}`, choices and
// loops. What there is to show is known only to the declaration that says the text, so its kind
// checks the names; what an entity has is known here.

#include <algorithm>
#include <array>

#include "compiler/check/fields.h"

namespace tocsin::check {
namespace {

using syntax::Expr;
using syntax::ExprId;
using syntax::ExprKind;
using syntax::PartKind;
using syntax::StringPart;
using What = TemplatePart::What;

// Functions of an instant; all others are of the value.
constexpr std::array<std::string_view, 2> kOfTimes = {"date", "time"};

class Reader {
 public:
  explicit Reader(FieldReader& reader) : reader_(reader), context_(reader.context) {}

  bool Read(const std::vector<StringPart>& parts) {
    bool whole = true;
    for (const StringPart& part : parts) whole = One(part) && whole;
    return whole;
  }
  Template result;

 private:
  bool One(const StringPart& part) {
    switch (part.kind) {
      case PartKind::kText:
        Add(What::kText, part.text, part.span);
        return true;
      case PartKind::kFor:
        return Loop(part);
      case PartKind::kIf:
        return Choice(part);
      default:
        return Placeholder(part.value);
    }
  }

  TemplatePart& Add(What what, std::string name, diagnostics::Span span) {
    TemplatePart part;
    part.what = what;
    part.name = std::move(name);
    part.span = span;
    if (what != What::kText) part.written = context_.sources.Text(span);
    result.parts.push_back(std::move(part));
    return result.parts.back();
  }

  bool Placeholder(ExprId id) {
    const Expr& expr = reader_.tree[id];
    if (expr.kind == ExprKind::kError) return false;
    // A constant, such as an arm's, is shown as it is written.
    if (expr.kind == ExprKind::kNumber || expr.kind == ExprKind::kQuantity) {
      Add(What::kText, std::string(expr.name.text), expr.span);
      return true;
    }
    if (expr.kind == ExprKind::kName || expr.kind == ExprKind::kMember) return Shown(id, expr.span);
    if (expr.kind == ExprKind::kCall && expr.arguments.size() == 1 &&
        !expr.arguments[0].name.present())
      return Call(expr);
    return CannotShow(
        expr.span, "use a name, or a function of one such as `percent(value)` or `time(opened)`");
  }

  bool CannotShow(diagnostics::Span span, std::string help) {
    context_.sink
        .Emit(codes::kUnknownPlaceholder, span, diagnostics::Shown(context_.sources.Text(span), 40))
        .Help(std::move(help));
    return false;
  }

  // A name, a field of an entity, or what a loop goes over has. `whole` is all of the placeholder.
  bool Shown(ExprId id, diagnostics::Span whole) {
    const Expr& expr = reader_.tree[id];
    if (expr.kind == ExprKind::kName) {
      if (expr.name.text == element_) {
        if (of_ != nullptr || rows_)
          return CannotShow(whole, fmt::format("say what of it, as in `{}.{}`", element_,
                                               rows_ ? "value" : of_->fields.front().name));
        Add(What::kField, list_, whole);
        return true;
      }
      Add(What::kName, std::string(expr.name.text), whole);
      return true;
    }
    const Expr& owner = reader_.tree[expr.operands[0]];
    if (owner.kind != ExprKind::kName)
      return CannotShow(whole, "a field of an entity is `incident.root_cause`");
    const bool element = !element_.empty() && owner.name.text == element_;
    if (element && rows_) {
      Add(What::kRow, std::string(expr.name.text), whole);
      return true;
    }
    const FieldSchema* field = Field(element ? of_ : Entity(owner.name), owner.name, expr.name);
    if (field == nullptr) return false;
    if (field->type.list || field->type.set)
      return CannotShow(whole, fmt::format("it is a list: go over it with `{{for one in {}.{}}}`",
                                           owner.name.text, field->name));
    const std::string_view path = element ? std::string_view(list_) : owner.name.text;
    Add(What::kField, fmt::format("{}.{}", path, field->name), whole);
    return true;
  }

  const Schema* Entity(const syntax::Name& name) {
    const Schema* entity = context_.schemas.Find(name.text);
    if (entity != nullptr && entity->entity) return entity;
    std::vector<std::string> known;
    for (const Schema& schema : context_.schemas.all()) {
      if (schema.entity) known.push_back(schema.name);
    }
    auto& finding = context_.sink.Emit(codes::kUnknownName, name.span, "entity", name.text);
    if (known.empty()) {
      finding.Help(
          fmt::format("say what is known of one: `entity {} \"...\" {{ ... }}`", name.text));
    } else {
      finding.Note("the entities are " + ListOf(known));
    }
    return nullptr;
  }

  const FieldSchema* Field(const Schema* entity, const syntax::Name& owner,
                           const syntax::Name& name) {
    if (entity == nullptr) {
      if (!element_.empty() && owner.text == element_)
        CannotShow(name.span,
                   fmt::format("`{}` has no fields: write `{{{}}}`", owner.text, owner.text));
      return nullptr;
    }
    if (const FieldSchema* field = entity->Field(name.text)) return field;
    std::vector<std::string> known;
    for (const FieldSchema& field : entity->fields) known.push_back(field.name);
    auto& finding = context_.sink.Emit(codes::kUnknownName, name.span,
                                       fmt::format("field of `{}`", owner.text), name.text);
    const std::string nearest = diagnostics::Nearest(name.text, known);
    if (!nearest.empty()) {
      finding.Help(fmt::format("did you mean `{}`?", nearest));
    } else {
      finding.Note("it has " + ListOf(known));
    }
    return nullptr;
  }

  bool Call(const Expr& expr) {
    const Expr& callee = reader_.tree[expr.operands[0]];
    const ExprId of = expr.arguments[0].value;
    const ExprKind kind = reader_.tree[of].kind;
    std::vector<std::string> known(kOfTimes.begin(), kOfTimes.end());
    for (const values::FunctionRow* row : context_.functions) {
      if (row->text != nullptr) known.emplace_back(row->name);
    }
    if (std::ranges::find(known, callee.name.text) == known.end()) {
      auto& finding =
          context_.sink.Emit(codes::kUnknownName, callee.span, "text function", callee.name.text);
      const std::string nearest = diagnostics::Nearest(callee.name.text, known);
      if (!nearest.empty()) {
        finding.Help(fmt::format("did you mean `{}`?", nearest));
      } else {
        finding.Note(fmt::format("there are {}", ListOf(known)));
      }
      return false;
    }
    if (kind != ExprKind::kName && kind != ExprKind::kMember)
      return CannotShow(expr.span, "a text function is of one name, as in `percent(value)`");
    if (!Shown(of, expr.span)) return false;
    result.parts.back().function = callee.name.text;
    return true;
  }

  // `{for row in rows}`, `{for update in incident.updates}`.
  bool Loop(const StringPart& part) {
    if (!element_.empty())
      return CannotShow(part.span, "a loop in a loop would be too long for any message");
    const Expr& list = reader_.tree[part.value];
    element_ = part.variable.text;
    bool whole = true;
    if (list.kind == ExprKind::kName && list.name.text == "rows") {
      rows_ = true;
      Add(What::kEach, "rows", part.span);
    } else if (list.kind == ExprKind::kMember &&
               reader_.tree[list.operands[0]].kind == ExprKind::kName) {
      const syntax::Name& owner = reader_.tree[list.operands[0]].name;
      const FieldSchema* field = Field(Entity(owner), owner, list.name);
      whole = field != nullptr && (field->type.list || field->type.set ||
                                   CannotShow(list.span, "it is one thing, not a list"));
      if (whole) {
        of_ = context_.schemas.Find(field->type.word);
        if (of_ != nullptr && !of_->entity) of_ = nullptr;
        list_ = fmt::format("{}.{}", owner.text, field->name);
        Add(What::kEach, list_, part.span);
      }
    } else {
      whole = CannotShow(
          list.span, "go over the `rows` of an alert with `group`, or over a list of an entity");
    }
    whole = whole && Read(part.body);
    if (whole) Add(What::kEnd, {}, part.span);
    element_.clear();
    rows_ = false;
    of_ = nullptr;
    return whole;
  }

  bool Choice(const StringPart& part) {
    TemplatePart condition;
    condition.what = What::kIf;
    condition.span = part.span;
    condition.written = context_.sources.Text(part.span);
    if (!Condition(part.value, condition)) return false;
    result.parts.push_back(std::move(condition));
    if (!Read(part.body)) return false;
    if (!part.otherwise.empty()) {
      Add(What::kElse, {}, part.span);
      if (!Read(part.otherwise)) return false;
    }
    Add(What::kEnd, {}, part.span);
    return true;
  }

  // `severity == P1`, `severity in [P1, P2]`, `known(incident.root_cause)`, and their `not`.
  bool Condition(ExprId id, TemplatePart& condition) {
    const Expr& expr = reader_.tree[id];
    if (expr.kind == ExprKind::kUnary && expr.op == syntax::Operator::kNot) {
      condition.except = !condition.except;
      return Condition(expr.operands[0], condition);
    }
    if (expr.kind == ExprKind::kCall && expr.arguments.size() == 1 &&
        reader_.tree[expr.operands[0]].name.text == "known") {
      const std::size_t before = result.parts.size();
      if (!Shown(expr.arguments[0].value, expr.span)) return false;
      condition.name = result.parts.back().name;
      const bool field = result.parts.back().what == What::kField;
      result.parts.resize(before);
      return field || CannotShow(expr.span,
                                 "only what people fill in may be unknown: a field of "
                                 "an entity, as in `known(incident.root_cause)`");
    }
    const bool equal = expr.kind == ExprKind::kBinary && (expr.op == syntax::Operator::kEqual ||
                                                          expr.op == syntax::Operator::kNotEqual);
    const bool in = expr.kind == ExprKind::kIn || expr.kind == ExprKind::kNotIn;
    if ((!equal && !in) || reader_.tree[expr.operands[0]].name.text != "severity")
      return CannotShow(expr.span,
                        "a text may ask for `severity == P1`, `severity in [P1, P2]` or "
                        "`known(incident.root_cause)`");
    if (expr.kind == ExprKind::kNotIn || (equal && expr.op == syntax::Operator::kNotEqual))
      condition.except = !condition.except;
    condition.name = "severity";
    const Expr& right = reader_.tree[expr.operands[1]];
    const std::vector<ExprId> all =
        right.kind == ExprKind::kList ? right.operands : std::vector{expr.operands[1]};
    for (const ExprId one : all) {
      const Expr& named = reader_.tree[one];
      if (named.kind != ExprKind::kName)
        return CannotShow(named.span, "write the name of a severity");
      if (!context_.Resolve(named.name, "severity").valid()) return false;
      condition.values.emplace_back(named.name.text);
    }
    return !condition.values.empty() || CannotShow(right.span, "write the names of severities");
  }

  FieldReader& reader_;
  Context& context_;
  std::string element_;         // within a loop: what one of them is called
  bool rows_ = false;           // it goes over rows
  std::string list_;            // else the field that it goes over
  const Schema* of_ = nullptr;  // an entity of which each is one; null where they are plain
};

}  // namespace

Value ReadTemplate(FieldReader& reader, ExprId id) {
  const Expr& expr = reader.tree[id];
  if (expr.kind != ExprKind::kString) return reader.Wrong(id);
  Reader words(reader);
  return words.Read(expr.parts) ? reader.Made(id, std::move(words.result)) : Value();
}

std::string TemplateText(const Template& words) {
  std::string text;
  for (const TemplatePart& part : words.parts) {
    switch (part.what) {
      case What::kText:
        text += part.name;
        break;
      case What::kElse:
        text += "{else}";
        break;
      case What::kEnd:
        text += "{end}";
        break;
      case What::kIf:
      case What::kEach:
        text += part.written;
        break;
      default:
        text += "{" + part.written + "}";
    }
  }
  return text;
}

}  // namespace tocsin::check
