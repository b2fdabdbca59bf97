#include "runtime/base/utf8.h"

#include <string>

#include <doctest/doctest.h>

namespace tocsin::base {
namespace {

TEST_CASE("utf8: characters of one to four bytes") {
  CHECK(Decode("a", 0).value == U'a');
  CHECK(Decode("\xc3\xa9", 0).value == U'\u00e9');
  CHECK(Decode("x\xe4\xb8\xad", 1).value == U'\u4e2d');
  CHECK(Decode("\xf0\x9f\x94\xa5", 0).value == U'\U0001f525');
  CHECK(Decode("\xf0\x9f\x94\xa5", 0).length == 4);
}

TEST_CASE("utf8: what RFC 3629 forbids is invalid, one byte at a time") {
  for (const char* text : {"\x80", "\xc0\x80", "\xc1\xbf", "\xe0\x80\x80", "\xed\xa0\x80",
                           "\xf0\x80\x80\x80", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff"}) {
    CAPTURE(static_cast<int>(static_cast<unsigned char>(text[0])));
    CHECK_FALSE(Decode(text, 0).valid);
    CHECK(Decode(text, 0).length == 1);
  }
}

TEST_CASE("utf8: a text cut within a character does not make it read on") {
  const std::string whole = "\xf0\x9f\x94\xa5";
  for (std::size_t size = 1; size < whole.size(); ++size) {
    CHECK_FALSE(Decode(std::string_view(whole).substr(0, size), 0).valid);
    CHECK(FirstInvalidByte(std::string_view(whole).substr(0, size)) == 0);
  }
  CHECK(FirstInvalidByte(whole) == std::string_view::npos);
  CHECK(FirstInvalidByte("ab\xff") == 2);
}

TEST_CASE("utf8: columns and invisible characters") {
  CHECK(ColumnsOf(U'a') == 1);
  CHECK(ColumnsOf(U'\u4e2d') == 2);
  CHECK(ColumnsOf(U'\U0001f525') == 2);
  CHECK(ColumnsOf(U'\u0301') == 0);
  CHECK(IsInvisible(U'\x1b'));
  CHECK(IsInvisible(U'\u202e'));
  CHECK_FALSE(IsInvisible(U' '));
}

}  // namespace
}  // namespace tocsin::base
