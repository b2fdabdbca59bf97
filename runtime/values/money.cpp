#include "runtime/values/money.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "runtime/values/decimals.h"

namespace tocsin::values {
namespace {

constexpr std::uint64_t kMillion = 1'000'000;
constexpr std::size_t kCodeLetters = 3;

// The currencies of ISO 4217 that are in use, each three letters long, sorted.
constexpr std::string_view kCurrencies =
    "AEDAFNALLAMDANGAOAARSAUDAWGAZNBAMBBDBDTBGNBHDBIFBMDBNDBOBBRLBSDBTNBWPBYNBZDCADCDFCHFCLPCNYCOP"
    "CRCCUPCVECZKDJFDKKDOPDZDEGPERNETBEURFJDFKPGBPGELGHSGIPGMDGNFGTQGYDHKDHNLHTGHUFIDRILSINRIQDIRR"
    "ISKJMDJODJPYKESKGSKHRKMFKPWKRWKWDKYDKZTLAKLBPLKRLRDLSLLYDMADMDLMGAMKDMMKMNTMOPMRUMURMVRMWKMXN"
    "MYRMZNNADNGNNIONOKNPRNZDOMRPABPENPGKPHPPKRPLNPYGQARRONRSDRUBRWFSARSBDSCRSDGSEKSGDSHPSLESOSSRD"
    "SSPSTNSVCSYPSZLTHBTJSTMTTNDTOPTRYTTDTWDTZSUAHUGXUSDUYUUZSVESVNDVUVWSTXAFXCDXOFXPFYERZARZMWZWG";

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsCapital(char c) { return c >= 'A' && c <= 'Z'; }

}  // namespace

bool IsCurrency(std::string_view code) {
  if (code.size() != kCodeLetters) return false;
  for (std::size_t at = 0; at < kCurrencies.size(); at += kCodeLetters) {
    if (kCurrencies.substr(at, kCodeLetters) == code) return true;
  }
  return false;
}

bool LooksLikeMoney(std::string_view text) {
  if (text.size() <= kCodeLetters || !IsDigit(text[text.size() - kCodeLetters - 1])) return false;
  return std::ranges::all_of(text.substr(text.size() - kCodeLetters), IsCapital);
}

std::expected<Money, QuantityError> ParseMoney(std::string_view text) {
  using Kind = QuantityError::Kind;
  const auto refuse = [](Kind kind, std::string_view seen, std::string_view expected) {
    return std::unexpected(QuantityError{kind, std::string(seen), std::string(expected)});
  };
  const std::string_view code =
      text.substr(text.size() < kCodeLetters ? 0 : text.size() - kCodeLetters);
  if (!IsCurrency(code)) return refuse(Kind::kUnknownUnit, code, "a currency such as `EUR`");
  const std::string_view digits = text.substr(0, text.size() - kCodeLetters);
  const auto decimal = ParseDecimal(digits);
  if (!decimal) return refuse(Kind::kTooManyDigits, digits, "at most 18 digits");
  const auto millionths = ExactInteger(*decimal, kMillion);
  if (!millionths) {
    return decimal->scale > 6 ? refuse(Kind::kNotWhole, digits, "at most 6 digits after the point")
                              : refuse(Kind::kTooLarge, digits, "at most 9 million million");
  }
  return Money{*millionths, std::string(code)};
}

std::string FormatMoney(const Money& money) {
  const bool negative = money.millionths < 0;
  const unsigned __int128 size = negative ? -static_cast<unsigned __int128>(money.millionths)
                                          : static_cast<unsigned __int128>(money.millionths);
  std::string whole;
  for (unsigned __int128 rest = size / kMillion; rest > 0 || whole.empty(); rest /= 10)
    whole.insert(whole.begin(), static_cast<char>('0' + static_cast<int>(rest % 10)));
  std::string fraction = fmt::format("{:06}", static_cast<std::uint64_t>(size % kMillion));
  while (fraction.size() > 2 && fraction.back() == '0') fraction.pop_back();
  if (fraction == "00") fraction.clear();
  return fmt::format("{}{}{}{}{}", negative ? "-" : "", whole, fraction.empty() ? "" : ".",
                     fraction, money.currency);
}

}  // namespace tocsin::values
