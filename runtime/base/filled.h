// Templates with places: `{{title}}`.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tocsin::base {

// Puts parts in the places that the template names; what a part holds is not looked at again, and a
// place of no part is left empty.
std::string Filled(std::string_view text,
                   const std::vector<std::pair<std::string_view, std::string_view>>& parts);

}  // namespace tocsin::base
