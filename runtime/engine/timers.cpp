#include "runtime/engine/timers.h"

namespace tocsin::engine {

bool Timers::Order::operator()(const Timer& a, const Timer& b) const {
  if (a.due != b.due) return a.due < b.due;
  if (a.instance != b.instance) {
    if (instances->Before(a.instance, b.instance)) return true;
    if (instances->Before(b.instance, a.instance)) return false;
    return a.instance < b.instance;
  }
  return a.timer < b.timer;
}

void Timers::Arm(const Timer& timer) {
  Cancel(timer.instance, timer.timer);
  armed_.emplace(Key{timer.instance, timer.timer}, queue_.insert(timer).first);
}

void Timers::Cancel(InstanceRef instance, std::uint32_t timer) {
  const auto found = armed_.find({instance, timer});
  if (found == armed_.end()) return;
  queue_.erase(found->second);
  armed_.erase(found);
}

void Timers::CancelAll(InstanceRef instance) {
  auto next = armed_.lower_bound({instance, 0});
  while (next != armed_.end() && next->first.first == instance) {
    queue_.erase(next->second);
    next = armed_.erase(next);
  }
}

Timer Timers::TakeFirst() {
  const Timer first = *queue_.begin();
  armed_.erase({first.instance, first.timer});
  queue_.erase(queue_.begin());
  return first;
}

}  // namespace tocsin::engine
