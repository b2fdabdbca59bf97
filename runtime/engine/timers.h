// The armed timers of all instances, in the order in which they run: by (due, machine, instance
// key, timer).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "runtime/engine/instances.h"

namespace tocsin::engine {

struct Timer {
  values::Instant due = 0;
  InstanceRef instance;
  std::uint32_t timer = 0;  // place in Machine::timers
  std::uint64_t cause = 0;  // the decision that armed it
};

class Timers {
 public:
  explicit Timers(const Instances& instances) : queue_(Order{&instances}) {}

  void Arm(const Timer& timer);  // moves it where it is armed already
  void Cancel(InstanceRef instance, std::uint32_t timer);
  // To be called while the instance is still there.
  void CancelAll(InstanceRef instance);
  const Timer* First() const { return queue_.empty() ? nullptr : &*queue_.begin(); }
  Timer TakeFirst();

 private:
  using Key = std::pair<InstanceRef, std::uint32_t>;
  struct Order {
    const Instances* instances;
    bool operator()(const Timer& a, const Timer& b) const;
  };
  using Queue = std::set<Timer, Order>;

  Queue queue_;
  std::map<Key, Queue::iterator> armed_;
};

}  // namespace tocsin::engine
