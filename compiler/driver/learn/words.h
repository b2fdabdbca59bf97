// Texts of a server to texts that may stand in a policy.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>

namespace tocsin::driver::learn {

// Whether a name is what a pattern says, where `*` stands for anything and `?` for one character.
bool Fits(const std::string& name, const std::string& pattern);

// Whether it has printable ASCII characters only.
bool IsPlain(std::string_view text);

// As it stands between quotes in a policy and in a query.
std::string Escaped(std::string_view text);
std::string Quoted(std::string_view text);

// On one line, of at most so many bytes, without anything that could hide something.
std::string OneLine(std::string_view text, std::size_t most_bytes);

// Whether it can be the name of a declaration, and is no word of the grammar.
bool IsFreeName(std::string_view name);

// A name for a declaration that is like `theirs`, free and not in `taken`; and is taken then.
std::string FreeName(std::string_view theirs, std::string_view ending,
                     std::set<std::string>& taken);

}  // namespace tocsin::driver::learn
