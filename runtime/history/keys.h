// From the text of a series in the file to its number, without reading the text twice. Recordings
// repeat themselves: either the same series again, or the series that followed this one the last
// time. So the first guess is compared with the line, and nothing needs to be scanned or hashed
// where it is right.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "runtime/base/limits.h"
#include "runtime/history/series.h"

namespace tocsin::history {

class KeyCache {
 public:
  struct Key {
    std::string text;
    SeriesId series;
    std::uint32_t next = 0;  // the key that came after it the last time
  };

  // The key that probably begins the next line; nullptr before the first.
  const Key* Guess() const { return keys_.empty() ? nullptr : &keys_[keys_[last_].next]; }
  void GuessWasRight() { last_ = keys_[last_].next; }

  // The known key with this text, which is then the last one; nullptr where there is none.
  const Key* Find(std::string_view text) {
    const auto found = ids_.find(text);
    if (found == ids_.end()) return nullptr;
    Follow(found->second);
    return &keys_[last_];
  }
  // Texts past the limit are not kept; they are only slower.
  void Add(std::string_view text, SeriesId series) {
    if (keys_.size() >= 2 * base::kMaxRows) return;
    const auto id = static_cast<std::uint32_t>(keys_.size());
    keys_.push_back({std::string(text), series, id});
    ids_.emplace(std::string_view(keys_.back().text), id);
    Follow(id);
  }

 private:
  void Follow(std::uint32_t id) {
    keys_[last_].next = id;
    last_ = id;
  }
  std::deque<Key> keys_;
  std::unordered_map<std::string_view, std::uint32_t> ids_;
  std::uint32_t last_ = 0;
};

}  // namespace tocsin::history
