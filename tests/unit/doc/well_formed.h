// Whether a text is well-formed as far as pages and drawings go: elements closed in order,
// attributes quoted and none twice in an element, no `<` or bare `&` in between, no id twice.
#pragma once

#include <string>
#include <string_view>

namespace tocsin::fixture {

// What is wrong; empty where nothing is.
std::string WhyNotWellFormed(std::string_view text);

}  // namespace tocsin::fixture
