// What time it is, for whoever drives an engine. The engine itself never asks.
#pragma once

#include <algorithm>

#include "runtime/values/instants.h"

namespace tocsin::loop {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual values::Instant now() const = 0;
};

// Stands still until it is moved, and never goes back.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(values::Instant now = 0) : now_(now) {}
  values::Instant now() const override { return now_; }
  void MoveTo(values::Instant now) { now_ = std::max(now_, now); }

 private:
  values::Instant now_;
};

}  // namespace tocsin::loop
