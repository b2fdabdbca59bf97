// SHA-256 (FIPS 180-4), by OpenSSL.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace tocsin::module {

inline constexpr std::size_t kHashBytes = 32;
using HashBytes = std::array<char, kHashBytes>;

// Of the parts one after another.
HashBytes Sha256(std::initializer_list<std::string_view> parts);
std::string Hexadecimal(const HashBytes& hash);

}  // namespace tocsin::module
