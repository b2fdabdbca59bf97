#include <algorithm>
#include <cctype>

#include "compiler/doc/grammar.h"
#include "runtime/base/check.h"

namespace tocsin::doc {
namespace {

struct Mark {
  enum class Sort { kName, kText, kSet, kSign, kComment, kEnd } sort = Sort::kEnd;
  std::string text;
  std::size_t line = 0;
};

bool IsName(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// The characters of the file, in marks.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  Mark Next() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_])) != 0)
      line_ += text_[at_++] == '\n';
    if (at_ == text_.size()) return {Mark::Sort::kEnd, "", line_};
    if (Rest().starts_with("//")) return Take(Mark::Sort::kComment, Rest().find('\n'));
    if (Rest().starts_with("->")) return Take(Mark::Sort::kSign, 2);
    const char c = text_[at_];
    if (c == '\'') return Take(Mark::Sort::kText, Closed('\''));
    if (c == '[') return Take(Mark::Sort::kSet, Closed(']'));
    if (!IsName(c)) return Take(Mark::Sort::kSign, 1);
    std::size_t length = 1;
    while (length < Rest().size() && IsName(Rest()[length])) ++length;
    return Take(Mark::Sort::kName, length);
  }

 private:
  std::string_view Rest() const { return text_.substr(at_); }

  // As far as the sign that closes, which no backslash is before.
  std::size_t Closed(char sign) const {
    const std::string_view rest = Rest();
    for (std::size_t i = 1; i < rest.size(); ++i) {
      if (rest[i] == '\\') {
        ++i;
      } else if (rest[i] == sign) {
        return i + 1;
      }
    }
    TOCSIN_CHECK(false, "a text in the grammar is not closed");
  }

  Mark Take(Mark::Sort sort, std::size_t length) {
    Mark mark{sort, std::string(Rest().substr(0, length)), line_};
    at_ += mark.text.size();
    return mark;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
};

std::string Trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" /");
  if (begin == text.npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(' ') + 1 - begin));
}

// What stands between the quotes, without the backslashes.
std::string Unquoted(std::string_view text) {
  std::string plain;
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    if (text[i] == '\\') ++i;
    plain += text[i];
  }
  return plain;
}

class Reader {
 public:
  explicit Reader(std::string_view text) : scanner_(text) { Advance(); }

  std::vector<GrammarRule> Rules() {
    while (mark_.sort != Mark::Sort::kEnd) {
      if (mark_.sort == Mark::Sort::kComment) {
        Comment();
      } else {
        Part();
        before_.clear();
      }
    }
    return std::move(rules_);
  }

 private:
  void Advance() {
    last_line_ = mark_.line;
    mark_ = scanner_.Next();
  }
  bool At(std::string_view sign) const {
    return mark_.sort != Mark::Sort::kComment && mark_.text == sign;
  }
  bool Takes(std::string_view sign) {
    if (!At(sign)) return false;
    Advance();
    return true;
  }
  void Want(std::string_view sign) {
    TOCSIN_CHECK(Takes(sign), "a rule of the grammar that cannot be read");
  }
  std::string Taken() {
    std::string text = std::move(mark_.text);
    Advance();
    return text;
  }
  // The comment that stands on the line of what was just read.
  std::string Behind() {
    if (mark_.sort != Mark::Sort::kComment || mark_.line != last_line_) return {};
    return Trimmed(Taken());
  }

  // Lines of a comment are one text; one that ends with dashes begins a section.
  void Comment() {
    const std::string text = Trimmed(Taken());
    if (text.ends_with("---")) {
      section_ = text.substr(0, text.find(" --"));
    } else {
      before_ += (before_.empty() ? "" : " ") + text;
    }
  }

  // A rule, or what is none.
  void Part() {
    if (At("parser") || At("lexer")) {
      SkipPast(";");
    } else if (At("options") || At("channels") || At("@")) {
      SkipPast("}");
    } else if (Takes("tokens")) {
      Tokens();
    } else if (Takes("mode")) {
      Advance();
      Want(";");
      section_ = Behind();
    } else {
      Rule();
    }
  }

  void SkipPast(std::string_view sign) {
    while (!Takes(sign)) {
      TOCSIN_CHECK(mark_.sort != Mark::Sort::kEnd, "a part of the grammar does not end");
      Advance();
    }
  }

  void Tokens() {
    Want("{");
    while (!Takes("}")) {
      GrammarRule token;
      token.by_scanner = true;
      token.type = token.name = Taken();
      Takes(",");
      token.behind = Behind();
      rules_.push_back(std::move(token));
    }
  }

  void Rule() {
    Takes("fragment");
    GrammarRule rule;
    TOCSIN_CHECK(mark_.sort == Mark::Sort::kName, "a rule of the grammar has no name");
    rule.type = rule.name = Taken();
    rule.section = section_;
    rule.before = before_;
    Want(":");
    rule.alternatives = Choices(rule.type);
    Want(";");
    rule.behind = Behind();
    rules_.push_back(std::move(rule));
  }

  std::vector<GrammarSequence> Choices(std::string& type) {
    std::vector<GrammarSequence> choices;
    do choices.push_back(Sequence(type));
    while (Takes("|"));
    return choices;
  }

  GrammarSequence Sequence(std::string& type) {
    GrammarSequence sequence;
    while (!At("|") && !At(")") && !At(";")) {
      TOCSIN_CHECK(mark_.sort != Mark::Sort::kEnd, "a rule of the grammar does not end");
      if (Takes("<")) {
        while (!Takes(">")) Advance();
      } else if (Takes("#")) {
        Advance();
      } else if (Takes("->")) {
        Commands(type);
      } else {
        sequence.push_back(Element(type));
      }
    }
    return sequence;
  }

  // `type(CHARS), popMode`: only the type matters to whoever reads.
  void Commands(std::string& type) {
    while (!At(";") && !At("|")) {
      const std::string command = Taken();
      if (!Takes("(")) continue;
      if (command == "type") type = mark_.text;
      Advance();
      Want(")");
    }
  }

  GrammarElement Element(std::string& type) {
    GrammarElement element;
    if (Takes("(")) {
      element.sort = GrammarElement::Sort::kGroup;
      element.choices = Choices(type);
      Want(")");
    } else if (mark_.sort == Mark::Sort::kText) {
      element.text = Unquoted(Taken());
    } else if (mark_.sort == Mark::Sort::kName) {
      element.sort = GrammarElement::Sort::kNamed;
      element.text = Taken();
    } else {
      element.sort = GrammarElement::Sort::kCharacters;
      element.text = At("~") ? Taken() : "";
      element.text += Taken();
    }
    if (At("?") || At("*") || At("+")) element.repeated = Taken()[0];
    return element;
  }

  Scanner scanner_;
  Mark mark_;
  std::size_t last_line_ = 0;
  std::string section_, before_;
  std::vector<GrammarRule> rules_;
};

}  // namespace

std::vector<GrammarRule> ReadGrammar(std::string_view text) { return Reader(text).Rules(); }

}  // namespace tocsin::doc
