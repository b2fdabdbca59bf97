#include "runtime/engine/instances.h"

#include <algorithm>
#include <utility>

#include "runtime/base/check.h"

namespace tocsin::engine {

Instances::Instances(const ir::Program& program, Columns& columns)
    : program_(program), columns_(columns), by_machine_(program.machines.size()) {
  for (std::size_t i = 0; i < by_machine_.size(); ++i) {
    by_machine_[i].code = &program.machines[i];
    by_machine_[i].width = program.machines[i].fields.size();
  }
}

InstanceRef Instances::OfRow(ir::MachineId machine, std::uint32_t row) {
  RowInstances& rows = by_machine_[machine.index];
  if (row >= rows.states.size()) {
    const std::uint32_t capacity = columns_.rows(rows.code->space).capacity();
    TOCSIN_CHECK(row < capacity, "an instance of a row that is not there");
    rows.states.resize(capacity, 0);
    rows.fields.resize(capacity * rows.width, 0);
  }
  return {machine, row, ChildId::kNone};
}

RowPlaces Instances::PlacesOfRows(ir::MachineId machine) {
  RowInstances& rows = by_machine_[machine.index];
  const std::uint32_t count = columns_.rows(rows.code->space).count();
  if (count > 0) OfRow(machine, count - 1);
  return {machine, rows.code, rows.states.data(), rows.fields.data(), rows.width};
}

InstanceRef Instances::Add(InstanceRef parent, ir::MachineId machine, ir::PersonId person) {
  const InstanceRef ref{parent.root, parent.row, ChildId{++last_child_}};
  Child child;
  child.machine = machine;
  child.parent = parent;
  child.person = person;
  child.fields.assign(program_.machines[machine.index].fields.size(), 0);
  if (!child.fields.empty())
    child.fields[0] = EpochAt(PlaceOf({parent.root, parent.row, ChildId::kNone}));
  children_.emplace(ref.child, std::move(child));
  std::vector<InstanceRef>& siblings = MutableChildren(parent);
  siblings.insert(std::ranges::upper_bound(
                      siblings, ref, [this](InstanceRef a, InstanceRef b) { return Before(a, b); }),
                  ref);
  return ref;
}

void Instances::Remove(InstanceRef ref) {
  const auto found = children_.find(ref.child);
  TOCSIN_CHECK(found != children_.end() && found->second.children.empty(),
               "an instance was removed that is gone, or before its children");
  const InstanceRef parent = found->second.parent;
  std::vector<InstanceRef>& siblings = MutableChildren(parent);
  std::erase(siblings, ref);
  if (siblings.empty() && parent.child == ChildId::kNone) {
    by_machine_[parent.root.index].children.erase(parent.row);
  }
  children_.erase(found);
}

std::vector<InstanceRef>& Instances::MutableChildren(InstanceRef ref) {
  if (Child* child = FindChild(ref)) return child->children;
  TOCSIN_CHECK(ref.child == ChildId::kNone, "an instance that is gone has no children");
  return by_machine_[ref.root.index].children[ref.row];
}

std::span<const InstanceRef> Instances::ChildrenOf(InstanceRef ref) const {
  if (const Child* child = FindChild(ref)) return child->children;
  if (ref.child != ChildId::kNone) return {};
  const auto& by_row = by_machine_[ref.root.index].children;
  const auto found = by_row.find(ref.row);
  return found == by_row.end() ? std::span<const InstanceRef>{} : found->second;
}

bool Instances::Alive(InstanceRef ref) const {
  return ref.child == ChildId::kNone || children_.contains(ref.child);
}

const Child* Instances::FindChild(InstanceRef ref) const {
  if (ref.child == ChildId::kNone) return nullptr;
  const auto found = children_.find(ref.child);
  return found == children_.end() ? nullptr : &found->second;
}

Child* Instances::FindChild(InstanceRef ref) {
  return const_cast<Child*>(std::as_const(*this).FindChild(ref));
}

ir::MachineId Instances::MachineOf(InstanceRef ref) const {
  const Child* child = FindChild(ref);
  return child == nullptr ? ref.root : child->machine;
}

ir::PersonId Instances::PersonOf(InstanceRef ref) const {
  const Child* child = FindChild(ref);
  return child == nullptr ? ir::PersonId{} : child->person;
}

Place Instances::PlaceOfChild(InstanceRef ref) {
  Child* child = FindChild(ref);
  TOCSIN_CHECK(child != nullptr, "an instance that is gone is nowhere");
  return {child->machine, &program_.machines[child->machine.index], &child->state,
          child->fields.data(), child};
}

Child* Instances::FindByKey(InstanceRef parent, ir::MachineId machine, ir::PersonId person) {
  for (InstanceRef ref : ChildrenOf(parent)) {
    Child* child = FindChild(ref);
    if (child->machine == machine && child->person == person && !child->leaving && !child->ending) {
      return child;
    }
  }
  return nullptr;
}

std::vector<InstanceRef> Instances::Of(ir::MachineId machine) const {
  std::vector<InstanceRef> all;
  for (const auto& [id, child] : children_) {
    if (child.machine == machine) all.push_back({child.parent.root, child.parent.row, id});
  }
  std::ranges::sort(all, [&](InstanceRef a, InstanceRef b) { return Before(a, b); });
  return all;
}

std::vector<InstanceRef> Instances::Family(InstanceRef ref) const {
  std::vector<InstanceRef> family;
  std::vector<InstanceRef> open{ref};
  while (!open.empty()) {
    const InstanceRef next = open.back();
    open.pop_back();
    family.push_back(next);
    const auto children = ChildrenOf(next);
    open.insert(open.end(), children.rbegin(), children.rend());
  }
  return family;
}

bool Instances::Before(InstanceRef a, InstanceRef b) const {
  const ir::MachineId machine_a = MachineOf(a);
  const ir::MachineId machine_b = MachineOf(b);
  if (machine_a != machine_b) return machine_a < machine_b;
  if (a.root != b.root) return a.root < b.root;
  if (a.row != b.row) {
    const Rows& rows = columns_.rows(program_.machines[a.root.index].space);
    return rows.Before(a.row, b.row);
  }
  const ir::PersonId person_a = PersonOf(a);
  const ir::PersonId person_b = PersonOf(b);
  if (person_a != person_b && person_a.valid() && person_b.valid()) {
    return program_.people[person_a.index].name < program_.people[person_b.index].name;
  }
  return a.child < b.child;
}

std::uint64_t Instances::Count() const {
  std::uint64_t count = children_.size();
  for (const ir::Machine& machine : program_.machines) {
    if (machine.key == ir::KeyKind::kRow) count += columns_.rows(machine.space).count();
  }
  return count;
}

}  // namespace tocsin::engine
