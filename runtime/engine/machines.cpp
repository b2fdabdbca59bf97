#include "runtime/engine/machines.h"

#include <algorithm>
#include <utility>

#include "runtime/base/check.h"

namespace tocsin::engine {
namespace {

constexpr std::size_t kMostQueued = 10'000'000;

// How many instances one row can have at a time: below an instance, each machine has one for each
// key.
std::size_t LargestFamily(const ir::Program& program) {
  std::vector<std::size_t> sizes(program.machines.size(), 1);
  std::size_t largest = 1;
  for (std::size_t i = program.machines.size(); i-- > 0;) {
    const ir::Machine& machine = program.machines[i];
    for (ir::MachineId child : machine.children) sizes[i] += sizes[child.index];
    for (const ir::Effect& effect : machine.effects) {
      if (effect.duty != ir::DutyOf::kNobody) {
        sizes[i] += program.people.size() * sizes[effect.duty_machine.index];
      }
    }
    sizes[i] = std::min(sizes[i], kMostQueued);
    largest = std::max(largest, sizes[i]);
  }
  return largest;
}

std::size_t QueueLimit(const ir::Program& program) {
  std::size_t states = 1;
  for (const ir::Machine& machine : program.machines) {
    states = std::max(states, machine.states.size() + machine.effects.size());
  }
  // Each state passed in a step may end a family and start another one, and each effect may find
  // nobody.
  return std::min(kMostQueued, 16 + 2 * (states + 1) * LargestFamily(program));
}

bool IsFinal(const ir::Machine& machine, std::uint32_t state) {
  return std::ranges::find(machine.final_states, state) != machine.final_states.end();
}

// Whether a machine goes on by another way where an effect finds nobody.
bool WaitsForNobody(const ir::Machine& machine, std::uint32_t effect) {
  return std::ranges::any_of(machine.transitions, [&](const ir::Transition& transition) {
    return transition.trigger == ir::TriggerKind::kNobody && transition.argument == effect;
  });
}

bool Bit(const std::uint8_t* bitmap, std::uint32_t row) {
  return (bitmap[row / ir::kLanes] >> (row % ir::kLanes) & 1u) != 0;
}

}  // namespace

Machines::Machines(const ir::Program& program, Executor& executor, Columns& columns,
                   Instances& instances, Timers& timers, Effects& effects, Decisions& decisions,
                   Stats& stats)
    : program_(program),
      executor_(executor),
      choices_(program, executor),
      columns_(columns),
      instances_(instances),
      timers_(timers),
      effects_(effects),
      decisions_(decisions),
      selects_(executor.native() ? stats.selects_native : stats.selects_interpreted),
      queue_limit_(QueueLimit(program)) {}

const ir::MachineHost Machines::kHost = {
    .arm =
        [](void* host, std::int64_t timer, std::int64_t due_ms) {
          static_cast<Machines*>(host)->requests_.push_back(
              {Request::Kind::kArm, timer, due_ms, {}});
        },
    .cancel =
        [](void* host, std::int64_t timer) {
          static_cast<Machines*>(host)->requests_.push_back({Request::Kind::kCancel, timer, 0, {}});
        },
    .emit =
        [](void* host, std::int64_t effect) {
          auto* self = static_cast<Machines*>(host);
          const ir::Machine& machine = *self->acting_;
          const ir::Effect& emitted = machine.effects[static_cast<std::size_t>(effect)];
          const values::Instant began =
              emitted.began == ir::kNoField ? 0 : self->acting_fields_[emitted.began];
          self->requests_.push_back({Request::Kind::kEmit, effect, began,
                                     StepText(machine, emitted, self->acting_fields_)});
        },
    .spawn =
        [](void* host, std::int64_t child) {
          static_cast<Machines*>(host)->requests_.push_back({Request::Kind::kSpawn, child, 0, {}});
        },
    .end_children =
        [](void* host) {
          static_cast<Machines*>(host)->requests_.push_back(
              {Request::Kind::kEndChildren, 0, 0, {}});
        },
};

// Rows lie far apart in memory, so it is asked for what a row needs while others are stepped.
void Machines::StepRows(values::Instant now, ir::MachineId machine,
                        std::span<const std::uint32_t> rows) {
  if (rows.empty()) return;
  constexpr std::size_t kAhead = 12, kTextAhead = 6;
  now_ = now;
  const RowPlaces places = instances_.PlacesOfRows(machine);
  const ir::Machine& code = *places.code;
  const Rows& space = columns_.rows(code.space);
  const double* values = code.value.valid() ? columns_.Number(code.value).values : nullptr;
  ReadInputs(code);
  ir::MachineFrame frame = Frame();
  for (std::size_t i = 0; i < rows.size() + kAhead; ++i) {
    if (i < rows.size()) {
      const std::uint32_t row = rows[i];
      space.PrefetchKey(row);
      __builtin_prefetch(places.states + row);
      __builtin_prefetch(places.fields + row * places.width);
      if (values != nullptr) __builtin_prefetch(values + row);
    }
    if (i >= kTextAhead && i - kTextAhead < rows.size())
      space.PrefetchKeyText(rows[i - kTextAhead]);
    if (i >= kAhead) StepRow(places, rows[i - kAhead], frame);
  }
}

void Machines::StepRow(const RowPlaces& places, std::uint32_t row, ir::MachineFrame& frame) {
  const Place place = places.At(row);
  SetInputs(row, frame);
  frame.fields = place.fields;
  Look({{places.machine, row, ChildId::kNone}, ir::TriggerKind::kSeries, 0, 0, {}}, place, frame);
  if (queue_.empty()) return;
  Drain();
  ReadInputs(*places.code);
}

void Machines::StepChildren(values::Instant now, ir::MachineId machine) {
  now_ = now;
  for (const InstanceRef instance : instances_.Of(machine)) {
    Handle({instance, ir::TriggerKind::kSeries, 0, 0, {}});
    Drain();
  }
}

void Machines::Step(values::Instant now, const Trigger& trigger) {
  now_ = now;
  Handle(trigger);
  Drain();
}

bool Machines::StepEvent(values::Instant now, InstanceRef instance, std::int64_t event,
                         ir::PersonId by) {
  now_ = now;
  events_taken_ = 0;
  for (InstanceRef member : instances_.Family(instance)) {
    Raise({member, ir::TriggerKind::kEvent, event, 0, by});
  }
  Drain();
  return events_taken_ != 0;
}

void Machines::Raise(const Trigger& trigger) {
  TOCSIN_CHECK(queue_.size() < queue_limit_, "a step raised more than its policy can");
  queue_.push_back(trigger);
}

void Machines::Drain() {
  while (!queue_.empty()) {
    const Trigger next = queue_.front();
    queue_.pop_front();
    Handle(next);
  }
}

void Machines::Handle(const Trigger& trigger) {
  if (!instances_.Alive(trigger.to)) return;
  const Place place = instances_.PlaceOf(trigger.to);
  if (place.child != nullptr && place.child->ending) return;
  const bool looks = !place.code->inputs.empty();
  ir::MachineFrame frame = Frame();
  frame.fields = place.fields;
  if (looks) {
    ReadInputs(*place.code);
    SetInputs(place.child == nullptr ? trigger.to.row : 0, frame);
  }
  Trigger look{trigger.to, ir::TriggerKind::kSeries, 0, trigger.cause, {}};
  if (trigger.kind != ir::TriggerKind::kSeries) {
    const auto taken = Take(trigger, place, frame);
    events_taken_ += taken && trigger.kind == ir::TriggerKind::kEvent ? 1u : 0u;
    if (trigger.kind == ir::TriggerKind::kParentEnded) {
      const Child* left = instances_.FindChild(trigger.to);
      if (left != nullptr && !left->ending) End(trigger.to, taken.value_or(trigger.cause));
    }
    if (!taken || !looks || !Goes(trigger.to)) return;
    look.cause = *taken;
  }
  Look(look, place, frame);
}

// A state may be left again at once: pending with `for 0s`, say.
void Machines::Look(Trigger trigger, const Place& place, ir::MachineFrame& frame) {
  for (std::size_t looks = place.code->states.size(); looks > 0; --looks) {
    const auto taken = Take(trigger, place, frame);
    if (!taken || !Goes(trigger.to)) return;
    trigger.cause = *taken;
  }
}

// What is over is gone, or waits for its children to go.
bool Machines::Goes(InstanceRef instance) const {
  if (instance.child == ChildId::kNone) return true;
  const Child* child = std::as_const(instances_).FindChild(instance);
  return child != nullptr && !child->ending;
}

ir::MachineFrame Machines::Frame() {
  ir::MachineFrame frame{};
  frame.now_ms = now_;
  frame.calls = &kHost;
  frame.host = this;
  return frame;
}

void Machines::ReadInputs(const ir::Machine& machine) {
  inputs_.clear();
  for (const ir::TruthColumnId input : machine.inputs) inputs_.push_back(columns_.Truth(input));
}

void Machines::SetInputs(std::uint32_t row, ir::MachineFrame& frame) const {
  std::uint64_t is_true = 0, known = 0;
  for (std::size_t i = 0; i < inputs_.size(); ++i) {
    is_true |= std::uint64_t{Bit(inputs_[i].is_true, row)} << i;
    known |= std::uint64_t{Bit(inputs_[i].known, row)} << i;
  }
  frame.inputs_true = is_true;
  frame.inputs_known = known;
}

std::optional<std::uint64_t> Machines::Take(const Trigger& trigger, const Place& place,
                                            ir::MachineFrame& frame) {
  const ir::Machine& machine = *place.code;
  frame.state = *place.state;
  frame.trigger = static_cast<std::int64_t>(trigger.kind);
  frame.argument = trigger.argument;
  ++selects_;
  const std::int64_t selected = trigger.kind == ir::TriggerKind::kSeries
                                    ? choices_.Select(place.machine, frame)
                                    : executor_.Select(place.machine, frame);
  if (selected < 0) return std::nullopt;
  const auto number = static_cast<std::uint32_t>(selected);
  const ir::Transition& transition = machine.transitions[number];

  const std::uint32_t from = *place.state;
  *place.state = transition.to;
  frame.state = transition.to;
  acting_ = &machine;
  acting_fields_ = frame.fields;
  requests_.clear();
  if (!transition.action.empty()) executor_.Act(place.machine, frame, selected);

  const std::uint64_t cause = Decide(trigger, place, from, number);
  for (const Request& request : requests_) CarryOut(trigger.to, request, cause);
  if (IsFinal(machine, transition.to)) End(trigger.to, cause);
  return cause;
}

// After the action: its epoch is the one that this left.
std::uint64_t Machines::Decide(const Trigger& trigger, const Place& place, std::uint32_t from,
                               std::uint32_t transition) {
  const ir::Machine& machine = *place.code;
  const ir::Machine& alert = program_.machines[trigger.to.root.index];
  const bool of_person = place.child != nullptr && place.child->person.valid();
  const auto name = [&](ir::PersonId person) -> std::string_view {
    return program_.people[person.index].name;
  };
  Decision& decision = decisions_.NextTransition();
  decision.cause = trigger.cause;
  decision.at = now_;
  decision.machine = place.machine;
  decision.alert = trigger.to.root;
  decision.key.Lend(columns_.rows(alert.space).Key(trigger.to.row));
  decision.person.Lend(of_person ? name(place.child->person) : std::string_view());
  decision.epoch = Instances::EpochAt(place);
  decision.transition = transition;
  decision.from.Lend(machine.states[from]);
  decision.to.Lend(machine.states[machine.transitions[transition].to]);
  decision.trigger = trigger.kind;
  decision.by.Lend(trigger.by.valid() ? name(trigger.by) : std::string_view());
  std::optional<double> value;
  if (place.child == nullptr && machine.value.valid())
    value = columns_.NumberAt(machine.value, trigger.to.row);
  decision.has_value = value.has_value();
  decision.value = value.value_or(0);
  decision.because.Lend(machine.transitions[transition].because);
  return decisions_.Take(decision);
}

void Machines::CarryOut(InstanceRef instance, const Request& request, std::uint64_t cause) {
  const auto place = static_cast<std::uint32_t>(request.place);
  switch (request.kind) {
    case Request::Kind::kArm:
      // Never now or before: a timer that arms itself would not let time go on.
      timers_.Arm({std::max(request.at, now_ + 1), instance, place, cause});
      return;
    case Request::Kind::kCancel:
      timers_.Cancel(instance, place);
      return;
    case Request::Kind::kEmit:
      Emit(instance, request, cause);
      return;
    case Request::Kind::kSpawn: {
      // One child for each key: where it is still there, it goes on as it is.
      const ir::MachineId machine = CodeOf(instance).children[place];
      if (instances_.FindByKey(instance, machine, {}) == nullptr) {
        Start(instance, machine, {}, cause);
      }
      return;
    }
    case Request::Kind::kEndChildren:
      EndChildren(instance, cause);
      return;
  }
}

void Machines::Emit(InstanceRef instance, const Request& request, std::uint64_t cause) {
  const auto place = static_cast<std::uint32_t>(request.place);
  const ir::Machine& machine = CodeOf(instance);
  const ir::Effect& effect = machine.effects[place];
  if (ir::Asks(machine.key, effect)) {
    effects_.Ask(instance, effect, place, request.step, request.at, now_, cause);
    return;
  }
  const std::vector<Told> all =
      effects_.Send(instance, effect, place, request.step, request.at, now_, cause);
  if (all.empty() && WaitsForNobody(machine, place))
    Raise({instance, ir::TriggerKind::kNobody, request.place, cause, {}});
  if (effect.duty == ir::DutyOf::kNobody) return;
  const Child* child = instances_.FindChild(instance);
  InstanceRef owner = instance;
  if (effect.duty == ir::DutyOf::kParent && child != nullptr) owner = child->parent;
  if (effect.duty == ir::DutyOf::kRow) owner.child = ChildId::kNone;
  for (const Told& told : all) OweWord(owner, effect.duty_machine, told);
}

// Whoever is told twice is owed word once, by the channel that told last: the most durable one
// would need an order of channels, which the language does not have.
void Machines::OweWord(InstanceRef owner, ir::MachineId duty_machine, const Told& told) {
  if (Child* duty = instances_.FindByKey(owner, duty_machine, told.person)) {
    duty->told_by = told.channel;
  } else {
    Start(owner, duty_machine, told, told.decision);
  }
}

void Machines::Start(InstanceRef parent, ir::MachineId machine, const Told& told,
                     std::uint64_t cause) {
  const InstanceRef started = instances_.Add(parent, machine, told.person);
  instances_.FindChild(started)->told_by = told.channel;
  Raise({started, ir::TriggerKind::kStarted, 0, cause, {}});
  // What hears only now of a parent that is already over is told so right away.
  const Child* above = instances_.FindChild(parent);
  if (above != nullptr && above->ending) EndChildren(parent, cause);
}

void Machines::EndChildren(InstanceRef instance, std::uint64_t cause) {
  for (InstanceRef ref : instances_.ChildrenOf(instance)) {
    Child* child = instances_.FindChild(ref);
    if (child->leaving) continue;
    child->leaving = true;
    Raise({ref, ir::TriggerKind::kParentEnded, 0, cause, {}});
  }
}

void Machines::End(InstanceRef instance, std::uint64_t cause) {
  timers_.CancelAll(instance);
  EndChildren(instance, cause);
  Child* child = instances_.FindChild(instance);
  if (child == nullptr) return;  // the instance of a row stays, in its final state
  child->leaving = true;
  child->ending = true;
  if (child->children.empty()) Free(instance);
}

void Machines::Free(InstanceRef instance) {
  while (true) {
    const InstanceRef parent = instances_.FindChild(instance)->parent;
    instances_.Remove(instance);
    const Child* above = instances_.FindChild(parent);
    if (above == nullptr || !above->ending || !above->children.empty()) return;
    instance = parent;
  }
}

}  // namespace tocsin::engine
