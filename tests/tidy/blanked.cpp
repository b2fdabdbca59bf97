#include "tests/tidy/rules.h"

#include <algorithm>
#include <cctype>

namespace tocsin::testing {
namespace {

class Blanker {
 public:
  explicit Blanker(std::string_view text) : text_(text), out_(text) {}

  std::string Run() {
    while (at_ < text_.size()) {
      if (Starts("//")) {
        BlankUntil("\n", 0);
      } else if (Starts("/*")) {
        BlankUntil("*/", 2);
      } else if (Starts("R\"") && !InWord()) {
        at_ += 2;
        const std::size_t open = text_.find('(', at_);
        if (open == std::string_view::npos) return out_;
        const std::string close = ")" + std::string(text_.substr(at_, open - at_)) + "\"";
        BlankUntil(close, close.size());
      } else if (text_[at_] == '"' || (text_[at_] == '\'' && !InWord())) {
        Literal(text_[at_]);
      } else {
        ++at_;
      }
    }
    return out_;
  }

 private:
  bool Starts(std::string_view what) const { return text_.substr(at_).starts_with(what); }

  // Within a number (1'000) or a name, a quote or an R does not begin a literal.
  bool InWord() const {
    return at_ > 0 &&
           (std::isalnum(static_cast<unsigned char>(text_[at_ - 1])) != 0 || text_[at_ - 1] == '_');
  }

  void Blank() {
    if (text_[at_] != '\n') out_[at_] = ' ';
    ++at_;
  }

  void BlankUntil(std::string_view end, std::size_t also) {
    const std::size_t found = std::min(text_.find(end, at_), text_.size());
    const std::size_t stop = std::min(found + also, text_.size());
    while (at_ < stop) Blank();
  }

  void Literal(char quote) {
    ++at_;
    while (at_ < text_.size() && text_[at_] != quote && text_[at_] != '\n') {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) Blank();
      Blank();
    }
    ++at_;
  }

  std::string_view text_;
  std::string out_;
  std::size_t at_ = 0;
};

}  // namespace

std::string Blanked(std::string_view text) { return Blanker(text).Run(); }

}  // namespace tocsin::testing
