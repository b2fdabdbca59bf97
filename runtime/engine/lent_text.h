// A text that is either lent or its own. A lent one lasts as long as what it was lent from; whoever
// copies or moves one gets a text of its own, so that what is kept is never lent.
#pragma once

#include <concepts>
#include <string>
#include <string_view>
#include <utility>

namespace tocsin::engine {

class LentText : public std::string_view {
 public:
  LentText() = default;
  LentText(const LentText& other) : std::string_view(), own_(other.view()) { Set(own_); }
  LentText(LentText&& other) noexcept
      : std::string_view(),
        own_(other.IsLent() ? std::string(other.view()) : std::move(other.own_)) {
    Set(own_);
    other.Clear();
  }
  template <std::convertible_to<std::string_view> Other>
  LentText(const Other& other) : own_(std::string_view(other)) {
    Set(own_);
  }
  ~LentText() = default;

  LentText& operator=(const LentText& other) { return *this = other.view(); }
  LentText& operator=(LentText&& other) noexcept {
    if (this == &other) return *this;
    own_ = other.IsLent() ? std::string(other.view()) : std::move(other.own_);
    Set(own_);
    other.Clear();
    return *this;
  }
  LentText& operator=(std::string&& text) {
    own_ = std::move(text);
    Set(own_);
    return *this;
  }
  template <std::convertible_to<std::string_view> Other>
  LentText& operator=(const Other& other) {
    own_ = std::string_view(other);  // of its own text, too
    Set(own_);
    return *this;
  }

  // Makes it one that is lent, without a copy.
  void Lend(std::string_view text) { Set(text); }
  // Makes it empty; its own text keeps its room.
  void Clear() { Set({}); }
  std::string_view view() const { return *this; }
  std::string str() const { return std::string(view()); }
  operator std::string() const { return str(); }

 private:
  bool IsLent() const { return data() != own_.data(); }
  void Set(std::string_view text) { static_cast<std::string_view&>(*this) = text; }

  std::string own_;
};

}  // namespace tocsin::engine
