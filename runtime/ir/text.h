// A program as text and back: Read(Print(p)) is p, for every program that Verify accepts.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "runtime/ir/program.h"

namespace tocsin::ir {

std::string Print(const Program& program);

struct TextError {
  std::uint32_t offset = 0;  // byte in the text
  std::string message;
};
std::expected<Program, TextError> Read(std::string_view text);

}  // namespace tocsin::ir
