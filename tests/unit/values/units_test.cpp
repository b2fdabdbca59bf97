#include "runtime/values/units.h"

#include <limits>

#include <doctest/doctest.h>

#include "runtime/base/limits.h"

using namespace tocsin::values;
using Kind = QuantityError::Kind;

namespace {

void CheckQuantity(const char* text, Unit unit, double value) {
  CAPTURE(text);
  const auto quantity = ParseQuantity(text);
  REQUIRE(quantity);
  CHECK(UnitName(quantity->unit) == UnitName(unit));
  CHECK(quantity->value == value);
}

void CheckRefused(const char* text, Kind kind, const char* seen) {
  CAPTURE(text);
  const auto quantity = ParseQuantity(text);
  REQUIRE_FALSE(quantity);
  CHECK(quantity.error().kind == kind);
  CHECK(quantity.error().seen == seen);
  CHECK_FALSE(quantity.error().Message().empty());
}

}  // namespace

TEST_SUITE_BEGIN("values: units");
TEST_CASE("literals") {
  CheckQuantity("42", Unit::kNumber, 42);
  CheckQuantity("-1.5", Unit::kNumber, -1.5);
  CheckQuantity("5%", Unit::kRatio, 0.05);
  CheckQuantity("99.99%", Unit::kRatio, 0.9999);
  CheckQuantity("3sigma", Unit::kSigma, 3);
  CheckQuantity("90s", Unit::kDuration, 90'000);
  CheckQuantity("1h30m", Unit::kDuration, 5'400'000);
  CheckQuantity("500ms", Unit::kDuration, 500);
  CheckQuantity("0.5s", Unit::kDuration, 500);
  CheckQuantity("2w", Unit::kDuration, 1'209'600'000);
  CheckQuantity("1w2d3h4m5s6ms", Unit::kDuration, 788'645'006);
  CheckQuantity("50/h", Unit::kRate, 50.0 / 3600);
  CheckQuantity("50/s", Unit::kRate, 50);
  CheckQuantity("10GiB", Unit::kBytes, 10.0 * (1LL << 30));
  CheckQuantity("1.5MB", Unit::kBytes, 1'500'000);
  CheckQuantity("10MiB/s", Unit::kByteRate, 10.0 * (1 << 20));
  CHECK(ParseQuantity("1.5MB")->whole == 1'500'000);
  CHECK(ParseQuantity("90s")->whole == 90'000);
  CHECK_FALSE(ParseQuantity("1.5")->whole);
}

TEST_CASE("wrong literals say what is wrong") {
  CheckRefused("", Kind::kNotANumber, "");
  CheckRefused("abc", Kind::kNotANumber, "abc");
  CheckRefused("1.2.3s", Kind::kNotANumber, "1.2.3");
  CheckRefused("5x", Kind::kUnknownUnit, "x");
  CheckRefused("5KB", Kind::kUnknownUnit, "KB");
  CheckRefused("5%%", Kind::kUnknownUnit, "%%");
  CheckRefused("50/y", Kind::kUnknownUnit, "/y");
  CheckRefused("50/ms", Kind::kUnknownUnit, "/ms");
  CheckRefused("5%/s", Kind::kUnknownUnit, "%/s");
  CheckRefused("1h30x", Kind::kUnknownUnit, "x");
  CheckRefused("1h30", Kind::kUnknownUnit, "");
  CheckRefused("30m1h", Kind::kOrder, "1h");
  CheckRefused("1h1h", Kind::kOrder, "1h");
  CheckRefused("1.5h30m", Kind::kMixed, "1.5h30m");
  CheckRefused("1h0.5m", Kind::kMixed, "1h0.5m");
  CheckRefused("0.0001s", Kind::kNotWhole, "0.0001s");
  CheckRefused("0.5B", Kind::kNotWhole, "0.5B");
  CheckRefused("9000PiB", Kind::kTooLarge, "9000PiB");
  CheckRefused("200000d", Kind::kTooLarge, "200000d");
  CheckRefused("1234567890123456789", Kind::kTooManyDigits, "1234567890123456789");
  CHECK(ParseQuantity("5x").error().Message().starts_with(
      "`x` is not a unit; expected one of `%`, `sigma`;"));
}

TEST_CASE("durations read back as they were written") {
  for (Duration length = 1; length < tocsin::base::kMaxDurationMs; length = length * 3 + 7) {
    CHECK(ParseDuration(FormatDuration(length)) == length);
    CHECK(ParseDuration(FormatDuration(-length)) == -length);
  }
  CHECK(ParseDuration(FormatDuration(tocsin::base::kMaxDurationMs)) ==
        tocsin::base::kMaxDurationMs);
}

TEST_CASE("quantities for people") {
  CHECK(FormatQuantity(0.05, Unit::kRatio) == "5%");
  CHECK(FormatQuantity(0.07, Unit::kRatio) == "7%");
  CHECK(FormatQuantity(0.052, Unit::kRatio) == "5.2%");
  CHECK(FormatQuantity(1.0 / 3, Unit::kRatio) == "33.33%");
  CHECK(FormatQuantity(0.99995, Unit::kRatio) == "99.995%");
  CHECK(FormatQuantity(0.00001, Unit::kRatio) == "0.001%");
  CHECK(FormatQuantity(1, Unit::kRatio) == "100%");
  CHECK(FormatQuantity(0, Unit::kRatio) == "0%");
  CHECK(FormatQuantity(-0.25, Unit::kRatio) == "-25%");
  CHECK(FormatQuantity(50, Unit::kRatio) == "5000%");
  CHECK(FormatQuantity(5'400'000, Unit::kDuration) == "1h30m");
  CHECK(FormatQuantity(10.0 * (1LL << 30), Unit::kBytes) == "10.0GiB");
  CHECK(FormatQuantity(1023, Unit::kBytes) == "1023B");
  CHECK(FormatQuantity(1024.0 * 1024 - 1, Unit::kBytes) == "1.0MiB");
  CHECK(FormatQuantity(50.0 / 3600, Unit::kRate) == "50/h");
  CHECK(FormatQuantity(2, Unit::kRate) == "2/s");
  CHECK(FormatQuantity(0, Unit::kRate) == "0/s");
  CHECK(FormatQuantity(2048, Unit::kByteRate) == "2.0KiB/s");
  CHECK(FormatQuantity(0.1, Unit::kNumber) == "0.1");
  CHECK(FormatQuantity(3, Unit::kNumber) == "3");
  CHECK(FormatQuantity(17, Unit::kCount) == "17");
  CHECK(FormatQuantity(1, Unit::kBool) == "true");
  CHECK(FormatQuantity(0, Unit::kInstant) == "1970-01-01T00:00:00.000Z");
  CHECK(FormatQuantity(3, Unit::kSigma) == "3sigma");
  CHECK(FormatQuantity(std::numeric_limits<double>::quiet_NaN(), Unit::kRatio) == "absent");
  CHECK(FormatQuantity(std::numeric_limits<double>::infinity(), Unit::kBytes) == "absent");
}

TEST_CASE("units have names") {
  for (std::size_t i = 0; i < kUnitCount; ++i) {
    CHECK(UnitNamed(UnitName(static_cast<Unit>(i))) == static_cast<Unit>(i));
  }
  CHECK_FALSE(UnitNamed("furlong"));
}
TEST_SUITE_END();
