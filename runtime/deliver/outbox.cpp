#include "runtime/deliver/outbox.h"

#include "runtime/base/check.h"

namespace tocsin::deliver {

void RecordingOutbox::Send(const engine::Decision& decision) {
  TOCSIN_CHECK(decision.kind == engine::DecisionKind::kSend, "only messages are sent");
  if (identities_.insert(decision.identity).second) {
    sent_.push_back(decision);
  } else {
    repeats_.push_back(decision);
  }
}

void SendingSink::Take(const engine::Decision& decision) {
  next_.Take(decision);
  if (decision.kind == engine::DecisionKind::kSend) outbox_.Send(decision);
}

}  // namespace tocsin::deliver
