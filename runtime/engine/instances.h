// The instances of machines. A machine keyed by rows has one instance for each row, always, kept in
// arrays; the others come by Spawn or as duties, hang below the instance that made them, and go
// when they are over.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string_view>
#include <vector>

#include "runtime/engine/columns.h"

namespace tocsin::engine {

// Given out in order, never twice.
enum class ChildId : std::uint64_t { kNone = 0 };

// An instance: that of a row, or a child somewhere below it. Stays meaningful, and finds nothing,
// when the child is gone.
struct InstanceRef {
  ir::MachineId root;  // the machine of the row
  std::uint32_t row = 0;
  ChildId child = ChildId::kNone;
  auto operator<=>(const InstanceRef&) const = default;
};

struct Child {
  ir::MachineId machine;
  InstanceRef parent;
  ir::PersonId person;    // of a machine keyed by persons
  ir::ChannelId told_by;  // of a duty: by which channel the person was told last
  std::uint32_t state = 0;
  bool leaving = false;  // has been, or is about to be, told that its parent ended
  bool ending = false;   // is over, and waits for its own children to go
  std::vector<std::int64_t> fields;
  std::vector<InstanceRef> children;  // in canonical order
};

// Where an instance is kept, up to the next one that comes or goes.
struct Place {
  ir::MachineId machine;
  const ir::Machine* code = nullptr;
  std::uint32_t* state = nullptr;
  std::int64_t* fields = nullptr;
  Child* child = nullptr;  // of the instance of a row: none
};

// Where the instances of all rows of a machine are kept, up to the next new row.
struct RowPlaces {
  ir::MachineId machine;
  const ir::Machine* code = nullptr;
  std::uint32_t* states = nullptr;
  std::int64_t* fields = nullptr;  // row by row
  std::size_t width = 0;           // how many fields a row has
  Place At(std::uint32_t row) const {
    return {machine, code, states + row, fields + row * width, nullptr};
  }
};

class Instances {
 public:
  Instances(const ir::Program& program, Columns& columns);

  // A reference to the instance of a row; makes room for it.
  InstanceRef OfRow(ir::MachineId machine, std::uint32_t row);
  // The state of a row, which is the first one where nothing has happened to it.
  std::uint32_t StateOfRow(ir::MachineId machine, std::uint32_t row) const {
    const std::vector<std::uint32_t>& states = by_machine_[machine.index].states;
    return row < states.size() ? states[row] : 0;
  }
  InstanceRef Add(InstanceRef parent, ir::MachineId machine, ir::PersonId person);
  // Removes a child that has no children.
  void Remove(InstanceRef ref);

  bool Alive(InstanceRef ref) const;
  Child* FindChild(InstanceRef ref);  // nullptr for the instance of a row, and for what is gone
  const Child* FindChild(InstanceRef ref) const;
  // Of one that is alive.
  Place PlaceOf(InstanceRef ref) {
    return ref.child == ChildId::kNone ? PlaceOfRow(ref.root, ref.row) : PlaceOfChild(ref);
  }
  Place PlaceOfRow(ir::MachineId machine, std::uint32_t row) {
    RowInstances& rows = by_machine_[machine.index];
    if (row >= rows.states.size()) OfRow(machine, row);
    return {machine, rows.code, &rows.states[row], rows.fields.data() + row * rows.width, nullptr};
  }
  // Makes room for all rows there are.
  RowPlaces PlacesOfRows(ir::MachineId machine);
  ir::MachineId MachineOf(InstanceRef ref) const;
  ir::PersonId PersonOf(InstanceRef ref) const;
  static std::int64_t EpochAt(const Place& place) {
    return place.code->fields.empty() ? 0 : place.fields[0];
  }
  std::span<const InstanceRef> ChildrenOf(InstanceRef ref) const;
  // The child of `parent` with this key that is not leaving, or nullptr.
  Child* FindByKey(InstanceRef parent, ir::MachineId machine, ir::PersonId person);
  // All children of a machine, in canonical order.
  std::vector<InstanceRef> Of(ir::MachineId machine) const;
  // The instance and all below it, each before its children.
  std::vector<InstanceRef> Family(InstanceRef ref) const;

  // The canonical order: by the declaration of the machine, then the key: the row's alert, the
  // row's labels, the person.
  bool Before(InstanceRef a, InstanceRef b) const;
  std::uint64_t Count() const;

 private:
  struct RowInstances {  // of one machine
    const ir::Machine* code = nullptr;
    std::size_t width = 0;  // how many fields a row has
    std::vector<std::uint32_t> states;
    std::vector<std::int64_t> fields;                            // row by row
    std::map<std::uint32_t, std::vector<InstanceRef>> children;  // of the rows that have any
  };
  Place PlaceOfChild(InstanceRef ref);
  std::vector<InstanceRef>& MutableChildren(InstanceRef ref);

  const ir::Program& program_;
  Columns& columns_;
  std::vector<RowInstances> by_machine_;
  std::map<ChildId, Child> children_;
  std::uint64_t last_child_ = 0;
};

}  // namespace tocsin::engine
