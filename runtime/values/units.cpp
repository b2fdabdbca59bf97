#include "runtime/values/units.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "runtime/base/limits.h"

namespace tocsin::values {
namespace {

using Kind = QuantityError::Kind;

struct Suffix {
  std::string_view text;
  Unit unit;
  std::uint64_t multiplier;
  std::uint64_t divisor;
};

// Durations are not in here, because they may be compound.
constexpr std::array kSuffixes = {
    Suffix{"", Unit::kNumber, 1, 1},
    Suffix{"%", Unit::kRatio, 1, 100},
    Suffix{"sigma", Unit::kSigma, 1, 1},
    Suffix{"B", Unit::kBytes, 1, 1},
    Suffix{"kB", Unit::kBytes, 1'000, 1},
    Suffix{"MB", Unit::kBytes, 1'000'000, 1},
    Suffix{"GB", Unit::kBytes, 1'000'000'000, 1},
    Suffix{"TB", Unit::kBytes, 1'000'000'000'000, 1},
    Suffix{"PB", Unit::kBytes, 1'000'000'000'000'000, 1},
    Suffix{"KiB", Unit::kBytes, 1ULL << 10, 1},
    Suffix{"MiB", Unit::kBytes, 1ULL << 20, 1},
    Suffix{"GiB", Unit::kBytes, 1ULL << 30, 1},
    Suffix{"TiB", Unit::kBytes, 1ULL << 40, 1},
    Suffix{"PiB", Unit::kBytes, 1ULL << 50, 1},
};

struct Span {
  std::string_view text;
  std::uint64_t ms;
};
constexpr std::array kSpans = {Span{"w", kWeekMs},   Span{"d", kDayMs},    Span{"h", kHourMs},
                               Span{"m", kMinuteMs}, Span{"s", kSecondMs}, Span{"ms", 1}};
constexpr std::size_t kNoSpan = kSpans.size();

constexpr std::string_view kDurationUnits = "one of `ms`, `s`, `m`, `h`, `d`, `w`";
constexpr std::string_view kKnownUnits =
    "one of `%`, `sigma`; `ms`, `s`, `m`, `h`, `d`, `w` for durations; `B`, `kB`, `MB`, `GB`, "
    "`TB`, `PB`, `KiB`, "
    "`MiB`, `GiB`, `TiB`, `PiB` for bytes; `/s`, `/m`, `/h`, `/d`, `/w` for rates";

std::size_t SpanNamed(std::string_view text) {
  for (std::size_t i = 0; i < kSpans.size(); ++i) {
    if (kSpans[i].text == text) return i;
  }
  return kNoSpan;
}

const Suffix* SuffixNamed(std::string_view text) {
  for (const Suffix& suffix : kSuffixes) {
    if (suffix.text == text) return &suffix;
  }
  return nullptr;
}

std::unexpected<QuantityError> Refuse(Kind kind, std::string_view seen, std::string_view expected) {
  return std::unexpected(QuantityError{kind, std::string(seen), std::string(expected)});
}

bool IsNumberPart(char c) { return (c >= '0' && c <= '9') || c == '.'; }

// Splits the leading number, with its sign, off `text`.
std::string_view TakeNumber(std::string_view& text) {
  std::size_t end = text.starts_with('-') ? 1 : 0;
  while (end < text.size() && IsNumberPart(text[end])) ++end;
  const std::string_view number = text.substr(0, end);
  text.remove_prefix(end);
  return number;
}

std::string_view TakeWord(std::string_view& text) {
  std::size_t end = 0;
  while (end < text.size() && !IsNumberPart(text[end])) ++end;
  const std::string_view word = text.substr(0, end);
  text.remove_prefix(end);
  return word;
}

std::expected<Decimal, QuantityError> TakeDecimal(std::string_view& text) {
  const std::string_view number = TakeNumber(text);
  if (const std::optional<Decimal> value = ParseDecimal(number)) return *value;
  std::size_t digits = 0;
  for (const char c : number) digits += c >= '0' && c <= '9' ? 1 : 0;
  if (digits > kMaxDecimalDigits) {
    return Refuse(Kind::kTooManyDigits, number, "at most 18 digits");
  }
  return Refuse(Kind::kNotANumber, number.empty() ? text : number, "a number such as `5` or `0.5`");
}

std::expected<Quantity, QuantityError> WithRate(const Decimal& number, std::string_view unit,
                                                std::string_view per) {
  const std::size_t span = SpanNamed(per);
  const Suffix* suffix = SuffixNamed(unit);
  const bool fits =
      suffix != nullptr && (suffix->unit == Unit::kNumber || suffix->unit == Unit::kBytes);
  if (span == kNoSpan || kSpans[span].ms < static_cast<std::uint64_t>(kSecondMs) || !fits) {
    return Refuse(Kind::kUnknownUnit, fmt::format("{}/{}", unit, per), kKnownUnits);
  }
  const std::uint64_t seconds = kSpans[span].ms / static_cast<std::uint64_t>(kSecondMs);
  Quantity quantity{suffix->unit == Unit::kBytes ? Unit::kByteRate : Unit::kRate, 0, std::nullopt};
  quantity.value = NearestDouble(number, suffix->multiplier, seconds);
  return quantity;
}

}  // namespace

std::string_view UnitName(Unit unit) {
  switch (unit) {
    case Unit::kNumber:
      return "number";
    case Unit::kBool:
      return "bool";
    case Unit::kRatio:
      return "ratio";
    case Unit::kDuration:
      return "duration";
    case Unit::kInstant:
      return "instant";
    case Unit::kCount:
      return "count";
    case Unit::kBytes:
      return "bytes";
    case Unit::kRate:
      return "rate";
    case Unit::kByteRate:
      return "byte_rate";
    case Unit::kSigma:
      return "sigma";
  }
  return {};
}

std::optional<Unit> UnitNamed(std::string_view name) {
  for (std::size_t i = 0; i < kUnitCount; ++i) {
    if (UnitName(static_cast<Unit>(i)) == name) return static_cast<Unit>(i);
  }
  return std::nullopt;
}

std::string QuantityError::Message() const {
  switch (kind) {
    case Kind::kNotANumber:
      return fmt::format("`{}` is not a number; expected {}", seen, expected);
    case Kind::kTooManyDigits:
      return fmt::format("`{}` has too many digits; expected {}", seen, expected);
    case Kind::kUnknownUnit:
      return fmt::format("`{}` is not a unit; expected {}", seen, expected);
    case Kind::kNotWhole:
      return fmt::format("`{}` is not whole; expected {}", seen, expected);
    case Kind::kOrder:
      return fmt::format("`{}` is out of order; expected {}", seen, expected);
    case Kind::kMixed:
      return fmt::format("`{}` mixes a fraction with other units; expected {}", seen, expected);
    case Kind::kTooLarge:
      return fmt::format("`{}` is too large; expected {}", seen, expected);
  }
  return {};
}

std::string_view UnitMeant(std::string_view word) {
  struct Alias {
    std::string_view unit;
    std::array<std::string_view, 5> words;
  };
  static constexpr std::array<Alias, 12> kAliases = {{
      {"ms", {"msec", "msecs", "millis", "millisecond", "milliseconds"}},
      {"s", {"sec", "secs", "second", "seconds", ""}},
      {"m", {"min", "mins", "minute", "minutes", ""}},
      {"h", {"hr", "hrs", "hour", "hours", ""}},
      {"d", {"day", "days", "", "", ""}},
      {"w", {"wk", "week", "weeks", "", ""}},
      {"%", {"percent", "pct", "", "", ""}},
      {"kB", {"kb", "Kb", "KB", "", ""}},
      {"MB", {"mb", "Mb", "", "", ""}},
      {"GB", {"gb", "Gb", "", "", ""}},
      {"MiB", {"mib", "Mib", "", "", ""}},
      {"GiB", {"gib", "Gib", "", "", ""}},
  }};
  for (const Alias& alias : kAliases) {
    if (!word.empty() && std::ranges::find(alias.words, word) != alias.words.end())
      return alias.unit;
  }
  return {};
}

std::expected<Duration, QuantityError> ParseDuration(std::string_view text) {
  const std::string_view all = text;
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  Duration total = 0;
  std::size_t parts = 0;
  bool fraction = false;
  std::size_t next = 0;  // the largest unit that may still come
  do {
    std::string_view part = text;
    const std::expected<Decimal, QuantityError> number = TakeDecimal(text);
    if (!number) return std::unexpected(number.error());
    const std::string_view name = TakeWord(text);
    part.remove_suffix(text.size());
    const std::size_t span = SpanNamed(name);
    if (span == kNoSpan) return Refuse(Kind::kUnknownUnit, name, kDurationUnits);
    if (span < next)
      return Refuse(Kind::kOrder, part, "the largest unit first and none twice, as in `1h30m`");
    next = span + 1;
    ++parts;
    fraction = fraction || part.find('.') != std::string_view::npos;
    if (fraction && (parts > 1 || !text.empty())) {
      return Refuse(Kind::kMixed, all, "whole numbers, as in `1h30m`");
    }
    const std::optional<std::int64_t> ms = ExactInteger(*number, kSpans[span].ms);
    if (!ms && fraction) return Refuse(Kind::kNotWhole, all, "a whole number of milliseconds");
    if (!ms || *ms > base::kMaxDurationMs - total)
      return Refuse(Kind::kTooLarge, all, "at most 100 years");
    total += *ms;
  } while (!text.empty());
  return negative ? -total : total;
}

std::expected<Quantity, QuantityError> ParseQuantity(std::string_view text) {
  std::string_view rest = text;
  const std::expected<Decimal, QuantityError> number = TakeDecimal(rest);
  if (!number) return std::unexpected(number.error());
  if (const std::size_t slash = rest.find('/'); slash != std::string_view::npos) {
    return WithRate(*number, rest.substr(0, slash), rest.substr(slash + 1));
  }
  if (const Suffix* suffix = SuffixNamed(rest)) {
    Quantity quantity{suffix->unit, NearestDouble(*number, suffix->multiplier, suffix->divisor),
                      std::nullopt};
    if (suffix->divisor == 1) quantity.whole = ExactInteger(*number, suffix->multiplier);
    if (suffix->unit == Unit::kBytes && !quantity.whole) {
      const bool large = quantity.value >= 0x1p63 || quantity.value <= -0x1p63;
      if (large) return Refuse(Kind::kTooLarge, text, "less than 8192PiB");
      return Refuse(Kind::kNotWhole, text, "a whole number of bytes");
    }
    return quantity;
  }
  std::string_view tail = rest;
  const std::string_view first_unit = TakeWord(tail);
  if (SpanNamed(first_unit) == kNoSpan) return Refuse(Kind::kUnknownUnit, rest, kKnownUnits);
  const std::expected<Duration, QuantityError> length = ParseDuration(text);
  if (!length) return std::unexpected(length.error());
  return Quantity{Unit::kDuration, static_cast<double>(*length), *length};
}

}  // namespace tocsin::values
