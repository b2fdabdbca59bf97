#include "runtime/values/decimals.h"

#include <charconv>
#include <random>

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace tocsin::values;

namespace {

double FromChars(const std::string& text) {
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

}  // namespace

TEST_SUITE_BEGIN("values: decimals");
TEST_CASE("a decimal is read and written") {
  CHECK(ParseDecimal("0") == Decimal{});
  CHECK(ParseDecimal("-0.00") == Decimal{});
  CHECK(ParseDecimal("1.50") == Decimal{false, 15, 1});
  CHECK(ParseDecimal("-12.25") == Decimal{true, 1225, 2});
  CHECK(ParseDecimal("0.000000000000000001") == Decimal{false, 1, 18});
  CHECK(ParseDecimal("999999999999999999") == Decimal{false, 999'999'999'999'999'999, 0});
  for (const char* text : {"", "-", ".", "1.", ".5", "1..2", "1.2.3", "+1", "1e5", "1 ", "--1",
                           "1000000000000000000", "0.0000000000000000001", "0x10", "nan"}) {
    CAPTURE(text);
    CHECK_FALSE(ParseDecimal(text));
  }
  for (const char* text : {"0", "1", "-12.5", "0.05", "-0.001", "100"}) {
    CHECK(FormatDecimal(*ParseDecimal(text)) == text);
  }
}

TEST_CASE("rounding happens once") {
  CHECK(NearestDouble({false, 5, 0}, 1, 100) == 0.05);
  CHECK(NearestDouble({false, 7, 0}, 1, 100) == 0.07);
  CHECK(NearestDouble({false, 50, 0}, 1, 3600) == 50.0 / 3600.0);
  CHECK(NearestDouble({false, 15, 1}, 1'000'000, 1) == 1.5e6);
  CHECK(NearestDouble({false, 1, 0}, 1, 3) == 1.0 / 3.0);
  CHECK(NearestDouble({false, 9'007'199'254'740'993, 0}) == 9007199254740992.0);  // a tie, to even
  CHECK(NearestDouble({false, 9'007'199'254'740'995, 0}) == 9007199254740996.0);
  CHECK(NearestDouble({false, 90'071'992'547'409'931, 1}) ==
        9007199254740994.0);  // just past the tie
}

TEST_CASE("a decimal becomes the double that from_chars reads") {
  std::mt19937_64 random(20261123);
  for (int i = 0; i < 200'000; ++i) {
    Decimal value{(random() & 1) != 0, random() % 1'000'000'000'000'000'000 >> random() % 60,
                  static_cast<int>(random() % 19)};
    const std::string text = FormatDecimal(value);
    REQUIRE(NearestDouble(value) == FromChars(text));
    // A percentage is the decimal with its point two places further left.
    REQUIRE(NearestDouble(value, 1, 100) == FromChars(text + "e-2"));
    REQUIRE(NearestDouble(value, 1'000'000'000) == FromChars(text + "e9"));
  }
}

TEST_CASE("integers are exact or refused") {
  CHECK(ExactInteger({false, 15, 1}, 1000) == 1500);
  CHECK(ExactInteger({true, 15, 1}, 1000) == -1500);
  CHECK_FALSE(ExactInteger({false, 15, 1}));
  CHECK(ExactInteger({false, 8191, 0}, 1ULL << 50) == 8191LL << 50);
  CHECK_FALSE(ExactInteger({false, 8192, 0}, 1ULL << 50));
}
TEST_SUITE_END();
