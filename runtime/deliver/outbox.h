// Where messages go once they are decided. An identity comes by at most once: whoever sends one
// twice has a bug, and the person would be woken twice, so the repeat is held back, counted and
// shown.
#pragma once

#include <array>
#include <cstdint>
#include <unordered_set>

#include "runtime/engine/decision.h"

namespace tocsin::deliver {

class Outbox {
 public:
  virtual ~Outbox() = default;
  // `decision` is a message: a Send or a Digest.
  virtual void Send(const engine::Decision& decision) = 0;
};

// Sends nothing: counts what would have been sent. Of an identity it keeps 128 bits of its SHA-256,
// so that a long run costs little for each message.
class CountingOutbox final : public Outbox {
 public:
  void Send(const engine::Decision& decision) override;

  std::size_t sent() const { return identities_.size(); }
  // Messages whose identity had come by before. Any is a broken invariant of the policy's code.
  std::size_t repeats() const { return repeats_; }

 private:
  using Digest = std::array<std::uint64_t, 2>;
  struct Half {
    std::size_t operator()(const Digest& digest) const { return digest[0]; }
  };
  std::unordered_set<Digest, Half> identities_;  // never iterated
  std::size_t repeats_ = 0;
};

// Hands the messages among the decisions to an outbox, after `next` has seen them: write, then act.
class SendingSink final : public engine::DecisionSink {
 public:
  SendingSink(engine::DecisionSink& next, Outbox& outbox) : next_(next), outbox_(outbox) {}
  void Take(const engine::Decision& decision) override;

 private:
  engine::DecisionSink& next_;
  Outbox& outbox_;
};

}  // namespace tocsin::deliver
