// Where messages go once they are decided. An identity comes by at most once: whoever sends one
// twice has a bug, and the person would be woken twice, so the repeat is held back, counted and
// shown.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "runtime/engine/decision.h"

namespace tocsin::deliver {

class Outbox {
 public:
  virtual ~Outbox() = default;
  // `decision` is of the kind Send.
  virtual void Send(const engine::Decision& decision) = 0;
};

// Sends nothing: keeps what would have been sent, in order.
class RecordingOutbox final : public Outbox {
 public:
  void Send(const engine::Decision& decision) override;

  const std::vector<engine::Decision>& sent() const { return sent_; }
  // Messages whose identity had come by before. Any is a broken invariant of the policy's code.
  const std::vector<engine::Decision>& repeats() const { return repeats_; }

 private:
  std::set<std::string, std::less<>> identities_;
  std::vector<engine::Decision> sent_;
  std::vector<engine::Decision> repeats_;
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
