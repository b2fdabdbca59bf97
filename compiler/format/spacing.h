// The space between two tokens of one line.
#pragma once

#include <string>

#include "compiler/format/plan.h"

namespace tocsin::format {

// Never joins two tokens into one, nor parts what must touch.
std::string SpaceBetween(const parse::Token& left, const Place& left_place,
                         const parse::Token& right, const Place& right_place);

// A token that never begins a line, wherever the author put it.
bool StaysBeside(parse::TokenKind kind);

}  // namespace tocsin::format
