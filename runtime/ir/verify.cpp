#include "runtime/ir/verify.h"

#include <cmath>

#include "runtime/ir/describe.h"
#include "runtime/ir/problems.h"
#include "runtime/ir/traits.h"
#include "runtime/ir/words.h"

namespace tocsin::ir {
namespace {

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

// RFC 3629: no overlong forms, no surrogates, nothing past U+10FFFF.
bool IsUtf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const auto second = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0u;
    std::size_t length = 1;
    if (lead >= 0xf0) {
      if (lead > 0xf4 || (lead == 0xf0 && second < 0x90) || (lead == 0xf4 && second > 0x8f)) {
        return false;
      }
      length = 4;
    } else if (lead >= 0xe0) {
      if ((lead == 0xe0 && second < 0xa0) || (lead == 0xed && second > 0x9f)) return false;
      length = 3;
    } else if (lead >= 0x80) {
      if (lead < 0xc2) return false;
      length = 2;
    }
    if (text.size() - i < length) return false;
    for (std::size_t k = 1; k < length; ++k) {
      if (!IsContinuation(text[i + k])) return false;
    }
    i += length;
  }
  return true;
}

// Looks at every value of a program: numbers are finite, text is UTF-8, enums have one of their
// values.
class ValueCheck {
 public:
  static constexpr bool kReads = false;
  explicit ValueCheck(Problems& problems) : problems_(problems) {}

  template <class T>
  void operator()(std::string_view name, const T& value) {
    const std::size_t length = path_.size();
    if (!name.empty()) {
      if (!path_.empty()) path_ += '.';
      path_ += name;
    }
    if constexpr (std::is_same_v<T, double>) {
      problems_.Expect(std::isfinite(value), "{} is not a finite number", path_);
    } else if constexpr (std::is_same_v<T, std::string>) {
      problems_.Expect(IsUtf8(value), "{} is not UTF-8 text", path_);
    } else if constexpr (std::is_enum_v<T>) {
      problems_.Expect(static_cast<std::size_t>(value) < Words(T{}).size(),
                       "{} has the number {}, which means nothing", path_,
                       static_cast<unsigned>(value));
    } else if constexpr (kIsList<T>) {
      Items(value);
    } else if constexpr (!kIsScalar<T>) {
      Describe(*this, value);
    }
    path_.resize(length);
  }

 private:
  template <class T>
  void Items(const std::vector<T>& list) {
    if constexpr (std::is_integral_v<T> || kIsId<T>) return;
    const std::size_t length = path_.size();
    for (std::size_t i = 0; i < list.size(); ++i) {
      fmt::format_to(std::back_inserter(path_), "[{}]", i);
      (*this)({}, list[i]);
      path_.resize(length);
    }
  }

  Problems& problems_;
  std::string path_;
};

}  // namespace

void VerifyValues(const Program& program, Problems& problems) {
  ValueCheck check(problems);
  check({}, program);
}

std::vector<std::string> Verify(const Program& program) {
  Problems problems;
  for (const auto part : {VerifyValues, VerifyData, VerifySeries, VerifyMachines}) {
    part(program, problems);
    // A part relies on the ones before it, and its findings about what is broken already would only
    // be echoes.
    if (!problems.empty()) break;
  }
  return problems.Take();
}

}  // namespace tocsin::ir
