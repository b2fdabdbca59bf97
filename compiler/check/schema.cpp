#include "compiler/check/schema.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "compiler/check/texts.h"
#include "runtime/diagnostics/codes.h"

namespace tocsin::check {
namespace {

namespace codes = diagnostics::codes;
using diagnostics::Sink;
using syntax::ClauseKind;
using syntax::Decl;
using syntax::ExprId;
using syntax::ExprKind;
using syntax::Tree;

constexpr std::array<std::string_view, 27> kTypeWords = {
    "byte_rate", "bool",        "count", "duration", "ratio",    "rate",    "bytes",
    "number",    "string",      "text",  "zone",     "turn",     "source",  "money",
    "date",      "time",        "hours", "no_data",  "template", "one_of",  "recipients",
    "instant",   "declaration", "word",  "labels",   "ready",    "quantity"};

constexpr std::array<std::string_view, 7> kClauseTypes = {
    "condition", "actions", "inhibition", "timed", "moves", "steps", "arms"};
constexpr std::array<std::string_view, 9> kSchemaWords = {
    "kind", "entity", "field", "clause", "rows", "optional", "list", "set", "range"};

bool Contains(const auto& words, std::string_view word) {
  return std::ranges::find(words, word) != std::end(words);
}

// Reads one `kind` declaration, or the `rows` inside one, which have the same form.
class Reader {
 public:
  // Only the language's own kinds have behaviour, and so what behaviour needs.
  Reader(const Tree& tree, Sink& sink, bool builtin) : tree_(tree), sink_(sink), own_(!builtin) {}

  void Read(const Decl& decl, Schema& schema) {
    schema.name = decl.name.text;
    schema.tree = &tree_;
    schema.span = decl.name.span;
    schema.documentation = PlainText(tree_, decl.title).value_or("");
    if (schema.documentation.empty()) Bad(schema.span, "it needs a title that says what it is");
    if (!decl.params.empty()) Bad(decl.params[0].name.span, "a kind has no parameters");
    for (ExprId part : {decl.type, decl.target, decl.value}) {
      if (part.valid()) Bad(tree_[part].span, "all but its title stands between `{` and `}`");
    }
    for (syntax::ClauseId id : decl.clauses) {
      const syntax::Clause& clause = tree_[id];
      if (clause.kind == ClauseKind::kField) {
        Property(clause, schema);
      } else if (clause.kind == ClauseKind::kChild) {
        Part(tree_[clause.decl], schema);
      } else {
        Bad(clause.span, "a kind has only properties, `field`, `clause` and `rows`");
      }
    }
  }

 private:
  void Bad(diagnostics::Span span, std::string_view why) {
    sink_.Emit(codes::kBadSchema, span, why);
  }

  std::string_view NameOf(ExprId id) const {
    return id.valid() && tree_[id].kind == ExprKind::kName ? tree_[id].name.text
                                                           : std::string_view();
  }

  std::uint32_t Count(const syntax::Clause& clause) {
    const syntax::Expr& value = tree_[clause.value];
    std::uint32_t count = 0;
    const std::string_view text = value.name.text;
    const auto end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, count);
    if (value.kind != ExprKind::kNumber || read.ec != std::errc() || read.ptr != end) {
      Bad(value.span, "this property is a whole number");
    }
    return count;
  }

  void Property(const syntax::Clause& clause, Schema& schema) {
    const std::string_view name = clause.name.text;
    const std::string_view word = NameOf(clause.value);
    if (name == "title") {
      if (word != "required" && word != "optional" && word != "none") {
        return Bad(tree_[clause.value].span, "`title` is `required`, `optional` or `none`");
      }
      schema.title = word == "required"   ? Presence::kRequired
                     : word == "optional" ? Presence::kOptional
                                          : Presence::kNone;
    } else if (name == "least" && in_rows_) {
      schema.least = Count(clause);
    } else if (!own_ && in_rows_ && name == "arms" && word == "any") {
      schema.arms = true;
    } else if (!own_ && name == "name" && word == "refers") {
      schema.names = false;
    } else if (!own_ && name == "params" && word == "any") {
      schema.params = true;
    } else if (!own_ && name == "name" && word == "none") {
      schema.named = false;
    } else if (!own_ && name == "clauses" && word == "test") {
      schema.test = true;
    } else if (!own_ && name == "type" &&
               (word == "domain" || word == "measure" || word == "written")) {
      schema.type = word;
    } else if (name == "for" && !word.empty()) {
      schema.target = word;
      schema.target_span = tree_[clause.value].span;
    } else if (!own_ && name == "value" && word == "series") {
      schema.value = word;
    } else {
      Bad(clause.name.span,
          fmt::format(
              fmt::runtime(in_rows_ ? "rows have no property `{}`, only `title`, `least` and `for`"
                                    : "it has no property `{}`, only `title` and `for`"),
              name));
    }
  }

  void Part(const Decl& part, Schema& schema) {
    const std::string_view what = part.kind.text;
    if ((what == "field" || what == "clause" || what == "rows") && !part.name.present()) {
      Bad(part.kind.span, "each field, clause and table of rows needs a name");
    } else if (part.name.text.find('.') != part.name.text.npos) {
      Bad(part.name.span, "a name is one word");
    } else if (what == "field") {
      FieldPart(part, schema);
    } else if (what == "clause") {
      if (own_) sink_.Emit(codes::kNotBuilt, part.kind.span, "a clause in a kind of your own");
      ClausePart(part, schema);
    } else if (what == "rows" && schema.Rows(part.name.text) != nullptr) {
      Bad(part.name.span, "it has these rows twice");
    } else if (what == "rows") {
      const bool outer = std::exchange(in_rows_, true);
      Read(part, schema.rows.emplace_back());
      in_rows_ = outer;
    } else {
      Bad(part.kind.span, "a kind has only properties, `field`, `clause` and `rows`");
    }
  }

  void FieldPart(const Decl& part, Schema& schema) {
    FieldSchema field;
    field.name = part.name.text;
    field.span = part.name.span;
    field.documentation = PlainText(tree_, part.title).value_or("");
    // A word of the language is a name only before a colon; then the title stands in a block.
    for (syntax::ClauseId id : part.clauses) {
      const syntax::Clause& clause = tree_[id];
      if (clause.kind != ClauseKind::kField || clause.name.text != "title")
        return Bad(clause.span, "a field has no property but `title`");
      field.documentation = PlainText(tree_, clause.value).value_or("");
    }
    if (field.documentation.empty())
      Bad(field.span, "each field needs a title that says what it is");
    if (!part.type.valid()) return Bad(field.span, "each field needs a type, as in `: duration`");
    if (!Type(part.type, field.type)) {
      if (!std::exchange(reported_, false)) {
        Bad(tree_[part.type].span,
            "a type is a word, `list(...)`, `set(...)`, `optional(...)`, `range(...)`, "
            "`one_of(a, b)` or an amount `per period`");
      }
      // The kind has the field all the same, and its values are not looked at.
      field.type = FieldType{};
    }
    if (field.name == "name" || field.name == "title") {
      return Bad(field.span, "every declaration has its name and title without a field");
    }
    if (schema.Field(field.name) != nullptr) return Bad(field.span, "it has this field twice");
    field.default_value = part.value;
    schema.fields.push_back(std::move(field));
  }

  bool Type(ExprId id, FieldType& type) {
    const syntax::Expr& expr = tree_[id];
    if (expr.kind == ExprKind::kName) {
      type.word = expr.name.text;
      return type.word != "one_of";
    }
    if (expr.kind == ExprKind::kIn && !type.range) {
      type.range = RangeOf(expr.operands[1]);
      if (type.range) return Type(expr.operands[0], type);
      return Refuse(tree_[expr.operands[1]].span,
                    "a range has two numbers of one unit, the lower one first, as in `0%..100%`");
    }
    if (expr.kind == ExprKind::kBinary && expr.op == syntax::Operator::kPer &&
        NameOf(expr.operands[1]) == "period" && !type.per_period) {
      type.per_period = true;
      return tree_[expr.operands[0]].kind == ExprKind::kName && Type(expr.operands[0], type);
    }
    if (expr.kind != ExprKind::kCall) return false;
    const std::string_view wrapper = NameOf(expr.operands[0]);
    if (wrapper == "one_of") {
      type.word = "one_of";
      for (const syntax::Argument& argument : expr.arguments) {
        const std::string_view word = NameOf(argument.value);
        if (!word.empty() && Contains(type.choices, word))
          return Refuse(tree_[argument.value].span,
                        fmt::format("it has the word `{}` twice", word));
        type.choices.emplace_back(word);
      }
      return !type.choices.empty() && !Contains(type.choices, "");
    }
    if (expr.arguments.size() != 1) return false;
    if (wrapper == "optional" && !type.optional && !type.list) {
      type.optional = true;
    } else if ((wrapper == "list" || wrapper == "set") && !type.list) {
      type.list = true;
      type.set = wrapper == "set";
    } else if (wrapper == "range" && !type.between) {
      type.between = true;
      return tree_[expr.arguments[0].value].kind == ExprKind::kName &&
             Type(expr.arguments[0].value, type);
    } else {
      return false;
    }
    return Type(expr.arguments[0].value, type);
  }

  // Reports what is wrong with a type better than that it is none.
  bool Refuse(diagnostics::Span span, std::string_view why) {
    Bad(span, why);
    reported_ = true;
    return false;
  }

  std::optional<Range> RangeOf(ExprId id) const {
    const syntax::Expr& expr = tree_[id];
    if (expr.kind != ExprKind::kRange) return std::nullopt;
    const auto bound = [&](ExprId operand) {
      return values::ParseQuantity(tree_[operand].name.text);
    };
    const auto least = bound(expr.operands[0]), most = bound(expr.operands[1]);
    if (!least || !most || least->unit != most->unit || most->value < least->value)
      return std::nullopt;
    return Range{least->value, most->value, least->unit};
  }

  void ClausePart(const Decl& part, Schema& schema) {
    ClauseSchema clause;
    clause.keyword = part.name.text;
    clause.span = part.name.span;
    clause.documentation = PlainText(tree_, part.title).value_or("");
    clause.takes = NameOf(part.type);
    if (!Contains(kClauseTypes, clause.takes)) {
      return Bad(part.span,
                 "a clause takes a `condition`, `actions` or an `inhibition`, or is `timed`, or of "
                 "`moves`, `steps` or `arms`");
    }
    if (clause.takes == "moves") clause.keyword = "->";
    for (syntax::ClauseId id : part.clauses) {
      const syntax::Clause& property = tree_[id];
      if (property.kind == ClauseKind::kField && property.name.text == "least") {
        clause.least = Count(property);
      } else if (property.kind == ClauseKind::kField && property.name.text == "of" &&
                 tree_[property.value].kind == ExprKind::kList) {
        for (ExprId word : tree_[property.value].operands) clause.of.emplace_back(NameOf(word));
      } else {
        Bad(property.span, "a clause has the properties `least` and `of`");
      }
    }
    schema.clauses.push_back(std::move(clause));
  }

  const Tree& tree_;
  Sink& sink_;
  bool own_;
  bool in_rows_ = false;
  bool reported_ = false;  // what is wrong with the type that is read
};

}  // namespace

const FieldSchema* Schema::Field(std::string_view field) const {
  const auto found = std::ranges::find(fields, field, &FieldSchema::name);
  return found == fields.end() ? nullptr : &*found;
}

const ClauseSchema* Schema::Clause(std::string_view keyword) const {
  const auto found = std::ranges::find(clauses, keyword, &ClauseSchema::keyword);
  return found == clauses.end() ? nullptr : &*found;
}

const Schema* Schema::Rows(std::string_view kind) const {
  const auto found = std::ranges::find(rows, kind, &Schema::name);
  return found == rows.end() ? nullptr : &*found;
}

bool DeclaresKind(std::string_view kind) { return kind == "kind" || kind == "entity"; }

void SchemaSet::Read(const Tree& tree, const diagnostics::SourceSet& sources, Sink& sink) {
  for (const syntax::Item& item : tree.items) {
    if (!item.decl.valid() || !DeclaresKind(tree[item.decl].kind.text)) continue;
    const Decl& decl = tree[item.decl];
    if (!decl.name.present()) {
      sink.Emit(codes::kPartMissing, decl.kind.span, WithArticle(decl.kind.text), "a name");
      continue;
    }
    if (const Schema* other = Find(decl.name.text); other != nullptr) {
      sink.Emit(codes::kDeclaredTwice, decl.name.span, decl.name.text)
          .Also(other->span,
                other->builtin ? "this kind comes with the language" : "first declared here")
          .Help("give this kind another name");
      continue;
    }
    if (Contains(kTypeWords, decl.name.text) || Contains(kSchemaWords, decl.name.text)) {
      sink.Emit(codes::kBadName, decl.name.span, decl.name.text,
                "kinds are described with this word");
      continue;
    }
    Schema& schema = schemas_.emplace_back();
    schema.builtin = sources.builtin(tree.source);
    schema.entity = decl.kind.text == "entity";
    Reader(tree, sink, schema.builtin).Read(decl, schema);
  }
}

const Schema* SchemaSet::Find(std::string_view kind) const {
  const auto found = std::ranges::find(schemas_, kind, &Schema::name);
  return found == schemas_.end() ? nullptr : &*found;
}

std::vector<std::string> SchemaSet::Names() const {
  std::vector<std::string> names;
  for (const Schema& schema : schemas_) {
    if (!schema.entity) names.push_back(schema.name);
  }
  std::ranges::sort(names);
  return names;
}

void SchemaSet::CheckTypes(Sink& sink) const {
  const auto check = [&](const auto& self, const Schema& schema) -> void {
    for (const FieldSchema& field : schema.fields) {
      const auto unit = values::UnitNamed(field.type.word);
      if ((field.type.between || field.type.per_period) && (!unit || unit == values::Unit::kBool))
        sink.Emit(codes::kBadSchema, field.span, "ranges and periods are of quantities");
      if (field.type.range && !(unit && Common(*unit, field.type.range->unit))) {
        sink.Emit(codes::kBadSchema, field.span,
                  fmt::format("its range is no range of {}", field.type.word));
      }
      if (field.type.word.empty() || Contains(kTypeWords, field.type.word) ||
          Find(field.type.word) != nullptr)
        continue;
      sink.Emit(codes::kBadSchema, field.span,
                fmt::format("`{}` is neither a type nor a kind", field.type.word));
    }
    if (!schema.target.empty() && Find(schema.target) == nullptr) {
      sink.Emit(codes::kBadSchema, schema.target_span,
                fmt::format("there is no kind `{}`", schema.target));
    }
    for (const Schema& rows : schema.rows) self(self, rows);
  };
  for (const Schema& schema : schemas_) check(check, schema);
}

std::string WithArticle(std::string_view noun) {
  const bool vowel =
      !noun.empty() && std::string_view("aeio").find(noun.front()) != std::string_view::npos;
  return fmt::format("{} {}", vowel ? "an" : "a", noun);
}

std::string OneOf(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? " or " : ", ";
    text += "`" + names[i] + "`";
  }
  return text;
}

std::string ListOf(const std::vector<std::string>& names, std::size_t max) {
  std::string text;
  const std::size_t shown = std::min(max, names.size());
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) text += i + 1 == names.size() ? " and " : ", ";
    text += "`" + names[i] + "`";
  }
  if (names.size() > shown) text += fmt::format(" and {} more", names.size() - shown);
  return text;
}

}  // namespace tocsin::check
