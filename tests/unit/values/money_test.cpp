#include "runtime/values/money.h"

#include <doctest/doctest.h>

namespace tocsin::values {
namespace {

TEST_CASE("amounts are exact and read back") {
  for (const char* text : {"49.90EUR", "200USD", "0EUR", "0.000001JPY", "9000000000000CHF"}) {
    CAPTURE(text);
    const auto money = ParseMoney(text);
    REQUIRE(money);
    CHECK(FormatMoney(*money) == text);
  }
  CHECK(ParseMoney("0.1EUR")->millionths == 100'000);
  CHECK(FormatMoney(*ParseMoney("1.5EUR")) == "1.50EUR");
  CHECK(FormatMoney({-1'250'000, "EUR"}) == "-1.25EUR");
}

TEST_CASE("an amount of no currency, or too fine or too large, is refused") {
  CHECK(ParseMoney("5EUX").error().kind == QuantityError::Kind::kUnknownUnit);
  CHECK(ParseMoney("0.0000001EUR").error().kind == QuantityError::Kind::kNotWhole);
  CHECK(ParseMoney("99999999999999EUR").error().kind == QuantityError::Kind::kTooLarge);
  CHECK(ParseMoney("1234567890123456789EUR").error().kind == QuantityError::Kind::kTooManyDigits);
}

TEST_CASE("three capital letters behind a digit make an amount") {
  CHECK(LooksLikeMoney("5EUR"));
  CHECK(LooksLikeMoney("5XYZ"));
  CHECK_FALSE(LooksLikeMoney("5GiB"));
  CHECK_FALSE(LooksLikeMoney("EUR"));
  CHECK_FALSE(IsCurrency("AED "));
  CHECK(IsCurrency("ZWG"));
}

}  // namespace
}  // namespace tocsin::values
