#include "runtime/engine/decision.h"

namespace tocsin::engine {

void Decision::Clear() {
  const auto clear = [](auto&... texts) { (texts.Clear(), ...); };
  clear(key, person, from, to, by, action, text, link, identity, step, because);
  id = cause = 0;
  at = 0;
  kind = {};
  machine = alert = {};
  epoch = 0;
  transition = effect = 0;
  trigger = ir::TriggerKind::kSeries;
  has_value = false;
  value = 0;
  channel = {};
}

}  // namespace tocsin::engine
