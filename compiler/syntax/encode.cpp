#include "compiler/syntax/encode.h"

#include <concepts>
#include <type_traits>

#include "runtime/base/check.h"

namespace tocsin::syntax {
namespace {

// The fields of each structure, once for both directions. Structures come constant to the writer.
template <class T, class Struct>
concept Of = std::same_as<std::remove_const_t<T>, Struct>;

void Describe(auto& a, Of<Argument> auto& x) { a(x.name, x.value); }
void Describe(auto& a, Of<StringPart> auto& x) {
  a(x.kind, x.text, x.value, x.variable, x.body, x.otherwise, x.span);
}
void Describe(auto& a, Of<Expr> auto& x) {
  a(x.kind, x.op, x.span, x.name, x.operands, x.arguments, x.parts, x.labels);
}
void Describe(auto& a, Of<Action> auto& x) {
  a(x.call, x.retry_count, x.retry_every, x.otherwise, x.span);
}
void Describe(auto& a, Of<Clause> auto& x) {
  a(x.kind, x.span, x.keyword, x.name, x.to, x.value, x.hold, x.condition, x.negated, x.labels,
    x.triggers, x.values, x.expected, x.actions, x.has_do, x.decl, x.table);
}
void Describe(auto& a, Of<Param> auto& x) { a(x.name, x.type); }
void Describe(auto& a, Of<Decl> auto& x) {
  a(x.span, x.kind, x.name, x.params, x.title, x.type, x.target, x.value, x.has_block, x.from_table,
    x.clauses);
}
void Describe(auto& a, Of<Table::Row> auto& x) { a(x.span, x.cells, x.decl); }
void Describe(auto& a, Of<Table> auto& x) { a(x.span, x.kind, x.columns, x.rows); }
void Describe(auto& a, Of<Item> auto& x) { a(x.decl, x.table); }
void Describe(auto& a, Of<Tree> auto& x) {
  a(x.exprs, x.clauses, x.decls, x.tables, x.items, x.complete);
}

template <class T>
inline constexpr bool kIsId = false;
template <class Tag>
inline constexpr bool kIsId<base::Id<Tag>> = true;
template <class T>
inline constexpr bool kIsVector = false;
template <class T>
inline constexpr bool kIsVector<std::vector<T>> = true;

class Writer {
 public:
  explicit Writer(std::string_view text) : text_(text) {}

  template <class... Fields>
  void operator()(const Fields&... fields) {
    (Field(fields), ...);
  }
  std::string Take() { return std::move(bytes_); }

 private:
  // Seven bits a byte, the lowest first; the highest bit says that more follow.
  void Number(std::uint32_t number) {
    for (; number > 0x7F; number >>= 7) bytes_ += static_cast<char>(number | 0x80);
    bytes_ += static_cast<char>(number);
  }

  template <class T>
  void Field(const T& field) {
    if constexpr (kIsId<T>) {
      Number(field.index + 1);
    } else if constexpr (kIsVector<T>) {
      Number(static_cast<std::uint32_t>(field.size()));
      for (const auto& element : field) Field(element);
    } else if constexpr (std::is_same_v<T, Span>) {
      Number(field.valid() ? field.begin + 1 : 0);
      if (field.valid()) Number(field.end - field.begin);
    } else if constexpr (std::is_same_v<T, Name>) {
      TOCSIN_CHECK(!field.present()
                       ? field.text.empty()
                       : field.text == text_.substr(field.span.begin, field.text.size()),
                   "a name is what stands in its place");
      Field(field.span);
    } else if constexpr (std::is_same_v<T, std::string>) {
      Number(static_cast<std::uint32_t>(field.size()));
      bytes_ += field;
    } else if constexpr (std::is_enum_v<T> || std::is_same_v<T, bool>) {
      Number(static_cast<std::uint32_t>(field));
    } else {
      Describe(*this, field);
    }
  }

  std::string_view text_;
  std::string bytes_;
};

class Reader {
 public:
  Reader(std::string_view bytes, diagnostics::SourceId source, std::string_view text)
      : bytes_(bytes), source_(source), text_(text) {}

  template <class... Fields>
  void operator()(Fields&... fields) {
    (Field(fields), ...);
  }
  bool at_end() const { return at_ == bytes_.size(); }

 private:
  std::uint32_t Number() {
    std::uint32_t number = 0;
    for (unsigned shift = 0;; shift += 7) {
      TOCSIN_CHECK(at_ < bytes_.size() && shift < 32, "a tree's bytes are whole");
      const auto byte = static_cast<unsigned char>(bytes_[at_++]);
      number |= static_cast<std::uint32_t>(byte & 0x7F) << shift;
      if (byte < 0x80) return number;
    }
  }

  template <class T>
  void Field(T& field) {
    if constexpr (kIsId<T>) {
      field.index = Number() - 1;
    } else if constexpr (kIsVector<T>) {
      const std::uint32_t size = Number();
      TOCSIN_CHECK(size <= bytes_.size() - at_, "a tree's bytes are whole");
      field.resize(size);
      for (auto& element : field) Field(element);
    } else if constexpr (std::is_same_v<T, Span>) {
      const std::uint32_t begin = Number();
      if (begin > 0) field = {source_, begin - 1, begin - 1 + Number()};
    } else if constexpr (std::is_same_v<T, Name>) {
      Field(field.span);
      if (!field.present()) return;
      TOCSIN_CHECK(field.span.end <= text_.size(), "a tree's bytes belong to its text");
      field.text = text_.substr(field.span.begin, field.span.end - field.span.begin);
    } else if constexpr (std::is_same_v<T, std::string>) {
      const std::uint32_t size = Number();
      TOCSIN_CHECK(size <= bytes_.size() - at_, "a tree's bytes are whole");
      field = bytes_.substr(at_, size);
      at_ += size;
    } else if constexpr (std::is_enum_v<T> || std::is_same_v<T, bool>) {
      field = static_cast<T>(Number());
    } else {
      Describe(*this, field);
    }
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
  diagnostics::SourceId source_;
  std::string_view text_;
};

}  // namespace

std::string Encode(const Tree& tree, const diagnostics::SourceSet& sources) {
  Writer writer(sources.text(tree.source));
  Describe(writer, tree);
  return writer.Take();
}

Tree Decode(std::string_view bytes, diagnostics::SourceId source,
            const diagnostics::SourceSet& sources) {
  Tree tree;
  tree.source = source;
  Reader reader(bytes, source, sources.text(source));
  Describe(reader, tree);
  TOCSIN_CHECK(reader.at_end(), "a tree's bytes are whole");
  return tree;
}

}  // namespace tocsin::syntax
