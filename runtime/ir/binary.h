// A program as bytes and back, as a policy module holds it: fields in the order of describe.h,
// numbers in little-endian order, a list or a string after its length. One program has one
// encoding: Encode(Decode(bytes)) is bytes.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "runtime/ir/program.h"

namespace tocsin::ir {

std::string Encode(const Program& program);

// Refuses whatever Encode() cannot have written, bytes left over included. The error says what is
// wrong and at which byte. What is read still has to pass Verify().
std::expected<Program, std::string> Decode(std::string_view bytes);

}  // namespace tocsin::ir
