// The system's linker, run as a program.
#pragma once

#include <expected>
#include <string>
#include <string_view>

namespace tocsin::native {

// A shared object made of one relocatable object that refers to nothing outside itself. The same
// object gives the same bytes. The error says what is missing or what the linker said.
std::expected<std::string, std::string> LinkShared(std::string_view object);

}  // namespace tocsin::native
