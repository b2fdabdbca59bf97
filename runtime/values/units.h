// Quantities with their units, as text and back. A literal becomes one number in its unit's base:
// ratios as fractions of one, durations in milliseconds, bytes in bytes, rates per second.
//
//   | unit       | literals                                  | base                 |
//   | number     | `42`  `1.5`                               | itself               |
//   | ratio      | `5%`                                      | 0.05                 |
//   | duration   | `90s`  `1h30m`  `500ms`  `2w`  `0.5s`     | whole milliseconds   |
//   | bytes      | `512B`  `1.5MB`  `10GiB`                  | whole bytes          |
//   | rate       | `50/s`  `50/m`  `50/h`  `50/d`  `50/w`    | per second           |
//   | byte_rate  | `10MiB/s`                                 | bytes per second     |
//   | sigma      | `3sigma`                                  | standard deviations  |
//
// Counts, booleans and instants have no literal of their own here: a plain number serves as a
// count, instants are values::ParseInstant's.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/values/decimals.h"
#include "runtime/values/instants.h"

namespace tocsin::values {

enum class Unit : std::uint8_t {
  kNumber,
  kBool,
  kRatio,
  kDuration,
  kInstant,
  kCount,
  kBytes,
  kRate,      // per second
  kByteRate,  // bytes per second
  kSigma,     // standard deviations
};
inline constexpr std::size_t kUnitCount = 10;

// The unit's name in the language: "ratio".
std::string_view UnitName(Unit unit);
std::optional<Unit> UnitNamed(std::string_view name);

// The unit that people mean by `min`, `hours` or `percent`; empty for what names none.
std::string_view UnitMeant(std::string_view word);

struct Quantity {
  Unit unit = Unit::kNumber;
  double value = 0;  // the double nearest to what was written, in the unit's base
  std::optional<std::int64_t>
      whole;  // the same exactly, where it is an integer; always set for durations and bytes
};

struct QuantityError {
  enum class Kind : std::uint8_t {
    kNotANumber,     // does not begin with one
    kTooManyDigits,  // more than 18
    kUnknownUnit,
    kNotWhole,  // a fraction of a millisecond or of a byte
    kOrder,     // `30m1h`, `1h1h`
    kMixed,     // `1.5h30m`
    kTooLarge,
  };
  Kind kind = Kind::kNotANumber;
  std::string seen;      // the part of the text that is wrong: the suffix, say
  std::string expected;  // "one of `ms`, `s`, ..."
  std::string Message() const;
};

std::expected<Quantity, QuantityError> ParseQuantity(std::string_view text);

// `1h30m`: largest unit first, none twice; one alone may have a fraction (`0.5s`). At most
// base::kMaxDurationMs.
std::expected<Duration, QuantityError> ParseDuration(std::string_view text);

// For people and templates: `5.2%`, `1h30m`, `10.0GiB`, `50/h`, the shortest number that reads back
// as the same double for plain ones. Ratios and rates are rounded to 4 significant digits (6
// between 90% and 100%). `absent` where the value is not finite.
std::string FormatQuantity(double value, Unit unit);

}  // namespace tocsin::values
