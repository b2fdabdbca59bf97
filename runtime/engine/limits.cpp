#include "runtime/engine/limits.h"

#include <algorithm>

#include "runtime/base/check.h"

namespace tocsin::engine {
namespace {

constexpr std::size_t kTextsKept = 3;

}  // namespace

bool Limits::Admit(ir::PersonId person, ir::ChannelId channel, bool urgent, values::Instant now) {
  const Key key{person, channel};
  const ir::Channel& described = Of(key);
  if (described.limit == 0) return true;
  State& state = states_[key];
  while (!state.sent.empty() && state.sent.front() <= now - described.limit_ms)
    state.sent.pop_front();
  // What was held back comes before what is new.
  const bool room = state.sent.size() < described.limit && state.held.count == 0;
  if (!room && !urgent) return false;
  state.sent.push_back(now);
  return true;
}

void Limits::Hold(ir::PersonId person, ir::ChannelId channel, bool page, const std::string& text,
                  std::uint64_t decision) {
  Held& held = states_[{person, channel}].held;
  ++held.count;
  held.pages += page ? 1u : 0u;
  held.last = decision;
  if (held.texts.size() < kTextsKept) held.texts.push_back(text);
}

// As soon as fewer than the limit were sent within its time.
values::Instant Limits::DueOf(const Key& key, const State& state) const {
  const ir::Channel& channel = Of(key);
  TOCSIN_CHECK(state.sent.size() >= channel.limit, "something is held back though there is room");
  return state.sent[state.sent.size() - channel.limit] + channel.limit_ms;
}

std::optional<values::Instant> Limits::Due() const {
  std::optional<values::Instant> first;
  for (const auto& [key, state] : states_) {
    if (state.held.count == 0) continue;
    const values::Instant due = DueOf(key, state);
    first = first ? std::min(*first, due) : due;
  }
  return first;
}

Limits::Digest Limits::TakeFirst() {
  const std::optional<values::Instant> due = Due();
  TOCSIN_CHECK(due.has_value(), "nothing is held back");
  for (auto& [key, state] : states_) {
    if (state.held.count == 0 || DueOf(key, state) != *due) continue;
    Digest digest{key.first, key.second, *due, ++state.digests, std::exchange(state.held, {})};
    while (!state.sent.empty() && state.sent.front() <= *due - Of(key).limit_ms)
      state.sent.pop_front();
    state.sent.push_back(*due);
    return digest;
  }
  TOCSIN_CHECK(false, "the digest that is due is nowhere");
}

}  // namespace tocsin::engine
