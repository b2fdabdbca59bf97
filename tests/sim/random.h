// The same numbers for the same seed on every machine (splitmix64, Steele et al. 2014).
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace tocsin::sim {

class Random {
 public:
  // Seeds are scattered, or the numbers of one would be those of the next, one place on.
  explicit Random(std::uint64_t seed) : state_(seed) { state_ = Next() ^ 0x5851f42d4c957f2du; }

  std::uint64_t Next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }
  // From `low` to `high`, both included.
  std::int64_t Range(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(Next() % static_cast<std::uint64_t>(high - low + 1));
  }
  std::size_t Below(std::size_t count) { return static_cast<std::size_t>(Next() % count); }
  bool Chance(int percent) { return Range(0, 99) < percent; }
  template <class T>
  T Pick(const std::vector<T>& from) {
    return from[Below(from.size())];
  }
  template <class T>
  void Shuffle(std::vector<T>& all) {
    for (std::size_t i = all.size(); i > 1; --i) std::swap(all[i - 1], all[Below(i)]);
  }

 private:
  std::uint64_t state_;
};

}  // namespace tocsin::sim
