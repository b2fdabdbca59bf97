// The limits of channels: how many messages one person gets by one channel within some time. What
// is beyond is held back and told of in one message, as soon as there is room for it.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "runtime/ir/program.h"

namespace tocsin::engine {

class Limits {
 public:
  explicit Limits(const ir::Program& program) : program_(program) {}

  // What one digest tells of.
  struct Held {
    std::uint64_t count = 0;
    std::uint64_t pages = 0;
    std::uint64_t last = 0;          // decision
    std::vector<std::string> texts;  // of the first few
  };
  struct Digest {
    ir::PersonId person;
    ir::ChannelId channel;
    values::Instant due = 0;
    std::uint64_t number = 0;  // of those to this person by this channel: 1, 2 ...
    Held held;
  };

  // Whether a message may go at `now`, which then counts. An urgent one always may.
  bool Admit(ir::PersonId person, ir::ChannelId channel, bool urgent, values::Instant now);
  // Keeps what was not admitted.
  void Hold(ir::PersonId person, ir::ChannelId channel, bool page, const std::string& text,
            std::uint64_t decision);
  // When the next digest is due; nothing where nothing is held.
  std::optional<values::Instant> Due() const;
  // The digest that is due first, which counts as a message.
  Digest TakeFirst();

 private:
  using Key = std::pair<ir::PersonId, ir::ChannelId>;
  struct State {
    std::deque<values::Instant> sent;  // within the time of the limit
    Held held;
    std::uint64_t digests = 0;
  };
  values::Instant DueOf(const Key& key, const State& state) const;
  const ir::Channel& Of(const Key& key) const { return program_.channels[key.second.index]; }

  const ir::Program& program_;
  std::map<Key, State> states_;  // of channels with a limit
};

}  // namespace tocsin::engine
