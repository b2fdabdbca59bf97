// Strings to small numbers and back. A number stays valid as long as the interner; equal text gives
// the equal number.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

namespace tocsin::base {

class Interner {
 public:
  static constexpr std::uint32_t kUnknown = 0xffffffffu;

  // The number of `text`, given out in the order of first appearance.
  std::uint32_t Intern(std::string_view text) {
    if (auto found = ids_.find(text); found != ids_.end()) return found->second;
    const std::string& kept = texts_.emplace_back(text);
    const auto id = static_cast<std::uint32_t>(texts_.size() - 1);
    ids_.emplace(std::string_view(kept), id);
    return id;
  }
  // The number of `text`, or kUnknown where it was never interned.
  std::uint32_t Find(std::string_view text) const {
    auto found = ids_.find(text);
    return found == ids_.end() ? kUnknown : found->second;
  }
  std::string_view Text(std::uint32_t id) const { return texts_[id]; }
  std::size_t size() const { return texts_.size(); }

 private:
  std::deque<std::string> texts_;  // a deque, because its elements never move
  std::unordered_map<std::string_view, std::uint32_t> ids_;
};

}  // namespace tocsin::base
