#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <type_traits>

#include <fmt/format.h>

#include "runtime/base/limits.h"
#include "runtime/ir/describe.h"
#include "runtime/ir/instructions.h"
#include "runtime/ir/slots.h"
#include "runtime/ir/text.h"
#include "runtime/ir/traits.h"
#include "runtime/ir/words.h"

namespace tocsin::ir {
namespace {

constexpr std::size_t kShownBytes = 40;

bool IsSpace(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }
bool IsWordByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-' || c == '+' || c == '.';
}
std::optional<unsigned> HexDigit(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
  return std::nullopt;
}

// Reads what Printer writes: fields in order, whatever the space and the notes between them. It
// looks at each byte once, and every item of a list takes some.
class TextReader {
 public:
  static constexpr bool kReads = true;
  explicit TextReader(std::string_view text) : text_(text) { Skip(); }

  template <class T>
  void operator()(std::string_view name, T& value) {
    if (!ok()) return;
    Expect(name);
    field_ = name;
    Value(value);
  }
  void Fail(std::string message) {
    if (ok()) error_ = TextError{static_cast<std::uint32_t>(token_), std::move(message)};
  }
  bool ok() const { return !error_.has_value(); }
  void ExpectEnd() {
    token_ = at_;
    if (at_ != text_.size()) Fail("expected nothing after the program");
  }
  TextError TakeError() { return *std::move(error_); }

 private:
  void Skip() {
    while (at_ < text_.size()) {
      if (text_[at_] == '#') {
        while (at_ < text_.size() && text_[at_] != '\n') ++at_;
      } else if (IsSpace(text_[at_])) {
        ++at_;
      } else {
        break;
      }
    }
  }
  // A run of word bytes, or one other byte; empty at the end.
  std::string_view Token() {
    token_ = at_;
    while (at_ < text_.size() && IsWordByte(text_[at_])) ++at_;
    if (at_ == token_ && at_ < text_.size()) ++at_;
    const std::string_view token = text_.substr(token_, at_ - token_);
    Skip();
    return token;
  }
  bool Next(char c) const { return at_ < text_.size() && text_[at_] == c; }
  bool Take(char c) {
    if (!Next(c)) return false;
    ++at_;
    Skip();
    return true;
  }
  void FailSeen(std::string_view seen, std::string_view expected) {
    Fail(seen.empty()
             ? fmt::format("the text ends, expected {}", expected)
             : fmt::format("found `{}`, expected {}", seen.substr(0, kShownBytes), expected));
  }
  void Expect(std::string_view word) {
    if (!ok()) return;
    const std::string_view seen = Token();
    if (seen != word) FailSeen(seen, fmt::format("`{}`", word));
  }

  template <class T>
  void Value(T& value) {
    if constexpr (std::is_same_v<T, bool>) {
      const std::string_view seen = Token();
      value = seen == "true";
      if (!value && seen != "false") FailSeen(seen, "`true` or `false`");
    } else if constexpr (std::is_enum_v<T>) {
      value = Choice<T>();
    } else if constexpr (std::is_same_v<T, std::uint32_t>) {
      if (!TakeNone(field_ == "from" ? "any" : "none", value)) value = Number<T>();
    } else if constexpr (std::is_arithmetic_v<T>) {
      value = Number<T>();
    } else if constexpr (kIsId<T>) {
      if (!TakeNone("none", value.index)) value.index = Number<std::uint32_t>();
    } else if constexpr (std::is_same_v<T, std::string>) {
      String(value);
    } else if constexpr (kIsList<T>) {
      List(value);
    } else {
      Block(value);
    }
  }

  bool TakeNone(std::string_view word, std::uint32_t& value) {
    if (!text_.substr(at_).starts_with(word)) return false;
    if (Token() != word) FailSeen(text_.substr(token_, word.size() + 1), "a number");
    value = std::numeric_limits<std::uint32_t>::max();
    return true;
  }
  template <class T>
  T Number() {
    const std::string_view seen = Token();
    T value{};
    const auto [end, problem] = std::from_chars(seen.data(), seen.data() + seen.size(), value);
    // One number has one text: the reader gives back what it was printed from. Words like `inf` are
    // no numbers here.
    if (problem == std::errc{} && end == seen.data() + seen.size() &&
        fmt::format("{}", value) == seen) {
      if constexpr (std::is_same_v<T, double>) {
        if (!std::isfinite(value)) FailSeen(seen, "a finite number");
      }
      return value;
    }
    FailSeen(seen, std::is_same_v<T, double> ? "a number as it is printed"
                   : std::is_signed_v<T>     ? "a whole number"
                                             : "a whole number that is not negative");
    return T{};
  }
  template <class Enum>
  Enum Choice() {
    const std::string_view seen = Token();
    const auto words = Words(Enum{});
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (words[i] == seen) return static_cast<Enum>(i);
    }
    FailSeen(seen, fmt::format("one of `{}`", fmt::join(words, "`, `")));
    return Enum{};
  }

  void String(std::string& value) {
    token_ = at_;
    if (!Next('"')) return FailSeen(Token(), "a text in quotes");
    value.clear();
    for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
      if (text_[at_] != '\\') {
        value += text_[at_];
      } else if (!Escape(value)) {
        return Fail("this text has an escape other than \\\", \\\\, \\n and \\x with two digits");
      }
    }
    if (at_ == text_.size()) return Fail("this text has no closing quote");
    ++at_;
    Skip();
  }
  // Leaves `at_` at the last byte of the escape.
  bool Escape(std::string& value) {
    if (++at_ == text_.size()) return false;
    const char c = text_[at_];
    if (c == 'x') {
      if (text_.size() - at_ < 3) return false;
      const auto high = HexDigit(text_[at_ + 1]);
      const auto low = HexDigit(text_[at_ + 2]);
      if (!high || !low) return false;
      value += static_cast<char>(*high << 4 | *low);
      at_ += 2;
      return true;
    }
    if (c != '"' && c != '\\' && c != 'n') return false;
    value += c == 'n' ? '\n' : c;
    return true;
  }

  template <class T>
  void List(std::vector<T>& list) {
    list.clear();
    if constexpr (kIsInstruction<T>) {
      Expect("{");
      while (ok() && !Take('}')) list.push_back(Instruction<T>(list.size()));
    } else if constexpr (kIsScalar<T>) {
      Expect("[");
      while (ok() && !Take(']')) {
        if (!list.empty()) Expect(",");
        if (ok()) Value(list.emplace_back());
      }
    } else {
      Expect("[");
      while (ok() && !Take(']')) {
        Expect(std::to_string(list.size()));
        Expect(":");
        if (ok()) Block(list.emplace_back());
      }
    }
  }
  template <class T>
  void Block(T& value) {
    Expect("{");
    Describe(*this, value);
    Expect("}");
  }

  template <class Inst>
  Inst Instruction(std::size_t place) {
    const std::size_t begin = at_;
    const bool has_result = Take('%');
    if (has_result) {
      Expect(std::to_string(place));
      Expect("=");
    }
    if (!ok()) return {};
    Inst inst;
    inst.op = Choice<decltype(inst.op)>();
    if (!ok()) return {};
    const InstructionRow& row = RowOf(inst.op);
    if (has_result != (row.result != Operand::kNone)) {
      if (has_result) token_ = begin;
      Fail(fmt::format(
          "`{}` {}", row.name,
          has_result ? "makes no register" : "makes a register, expected `%` before it"));
    }
    inst.a = Slot<decltype(inst.a)>(row.a);
    inst.b = Slot<decltype(inst.b)>(row.b);
    return inst;
  }
  template <class T>
  T Slot(Operand sort) {
    if (sort == Operand::kNone || !ok()) return 0;
    std::string_view prefix = SlotPrefix(sort);
    if (prefix.ends_with(' ')) prefix.remove_suffix(1);
    if (!prefix.empty()) Expect(prefix);
    return ok() ? Number<T>() : 0;
  }

  std::string_view text_;
  std::size_t at_ = 0;     // the next token
  std::size_t token_ = 0;  // the token that is being looked at
  std::string_view field_;
  std::optional<TextError> error_;
};

}  // namespace

std::expected<Program, TextError> Read(std::string_view text) {
  if (text.size() > base::kMaxModuleBytes) {
    return std::unexpected(
        TextError{0, fmt::format("the text is longer than {} bytes", base::kMaxModuleBytes)});
  }
  TextReader reader(text);
  Program program;
  Describe(reader, program);
  if (reader.ok()) reader.ExpectEnd();
  if (!reader.ok()) return std::unexpected(reader.TakeError());
  return program;
}

}  // namespace tocsin::ir
