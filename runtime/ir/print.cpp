#include <cmath>
#include <limits>
#include <type_traits>

#include <fmt/format.h>

#include "runtime/ir/describe.h"
#include "runtime/ir/instructions.h"
#include "runtime/ir/slots.h"
#include "runtime/ir/text.h"
#include "runtime/ir/traits.h"
#include "runtime/ir/words.h"

namespace tocsin::ir {
namespace {

std::string Quoted(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (c == '\n') {
      quoted += "\\n";
    } else if (byte < 0x20 || byte == 0x7f) {
      fmt::format_to(std::back_inserter(quoted), "\\x{:02x}", byte);
    } else {
      quoted += c;
    }
  }
  return quoted + '"';
}

// Each field is a line `name value`; structures and lists of them are blocks. What follows a `#` is
// for people: the names of what numbers refer to.
class Printer {
 public:
  static constexpr bool kReads = false;
  explicit Printer(const Program& program) : program_(program) {}

  template <class T>
  void operator()(std::string_view name, const T& value) {
    Open(name);
    field_ = name;
    Value(value);
    Close();
  }
  std::string text;

 private:
  // A field stands on a line of its own, or within the line of its structure.
  void Open(std::string_view name) {
    if (inline_ > 0) {
      text += ' ';
    } else {
      text.append(2 * depth_, ' ');
    }
    text += name;
    text += ' ';
  }
  void Close() {
    if (inline_ > 0) return;
    if (!note_.empty()) text += "  # " + note_;
    note_.clear();
    text += '\n';
  }

  template <class T>
  void Value(const T& value) {
    if constexpr (std::is_same_v<T, bool>) {
      text += value ? "true" : "false";
    } else if constexpr (std::is_enum_v<T>) {
      text += Word(value);
    } else if constexpr (std::is_same_v<T, std::uint32_t>) {
      Number(value);
    } else if constexpr (std::is_arithmetic_v<T>) {
      // Of a double the shortest text that reads back as the same number.
      fmt::format_to(std::back_inserter(text), "{}", value);
    } else if constexpr (kIsId<T>) {
      Reference(value);
    } else if constexpr (std::is_same_v<T, std::string>) {
      text += Quoted(value);
    } else if constexpr (kIsList<T>) {
      List(value);
    } else {
      Block(value);
    }
  }

  void Number(std::uint32_t value) {
    if (value == std::numeric_limits<std::uint32_t>::max()) {
      text += field_ == "from" ? "any" : "none";
      return;
    }
    text += std::to_string(value);
    const bool is_state = field_ == "from" || field_ == "to" || field_ == "final_states";
    if (machine_ == nullptr) return;
    if (is_state) Note(machine_->states, value);
    if (field_ == "step") Note(machine_->fields, value);
  }

  void Note(std::string_view name) {
    if (!note_.empty()) note_ += ", ";
    // A name may hold anything; a note must stay within its line.
    for (const char c : name) note_ += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  void Note(const std::vector<std::string>& names, std::uint64_t place) {
    if (place < names.size()) Note(names[place]);
  }

  template <class Tag>
  void Reference(base::Id<Tag> id) {
    if (!id.valid()) {
      text += "none";
      return;
    }
    text += std::to_string(id.index);
    const auto name = [&](const auto& store) {
      if (id.index < store.size()) Note(store[id.index].name);
    };
    if constexpr (std::is_same_v<base::Id<Tag>, LabelId>) name(program_.labels);
    if constexpr (std::is_same_v<base::Id<Tag>, NumberColumnId>) name(program_.numbers);
    if constexpr (std::is_same_v<base::Id<Tag>, TruthColumnId>) name(program_.truths);
    if constexpr (std::is_same_v<base::Id<Tag>, HoldColumnId>) name(program_.holds);
    if constexpr (std::is_same_v<base::Id<Tag>, KernelId>) name(program_.kernels);
    if constexpr (std::is_same_v<base::Id<Tag>, PersonId>) name(program_.people);
    if constexpr (std::is_same_v<base::Id<Tag>, ChannelId>) name(program_.channels);
    if constexpr (std::is_same_v<base::Id<Tag>, TierId>) name(program_.tiers);
    if constexpr (std::is_same_v<base::Id<Tag>, MachineId>) name(program_.machines);
  }

  template <class T>
  void List(const std::vector<T>& list) {
    if constexpr (kIsInstruction<T>) {
      Code(list);
    } else if constexpr (kIsScalar<T>) {
      text += '[';
      for (std::size_t i = 0; i < list.size(); ++i) {
        if (i > 0) text += ", ";
        Value(list[i]);
      }
      text += ']';
    } else {
      Items(list);
    }
  }
  template <class T>
  void Items(const std::vector<T>& list) {
    if (list.empty()) {
      text += "[]";
      return;
    }
    text += "[\n";
    ++depth_;
    for (std::size_t i = 0; i < list.size(); ++i) {
      text.append(2 * depth_, ' ');
      text += std::to_string(i) + ": ";
      Block(list[i]);
      Close();
    }
    --depth_;
    text.append(2 * depth_, ' ');
    text += ']';
  }

  template <class T>
  void Block(const T& value) {
    if constexpr (std::is_same_v<T, Machine>) machine_ = &value;
    if constexpr (kOnOneLine<T>) {
      text += '{';
      ++inline_;
      Describe(*this, value);
      --inline_;
      text += " }";
    } else {
      text += "{\n";
      ++depth_;
      Describe(*this, value);
      --depth_;
      text.append(2 * depth_, ' ');
      text += '}';
    }
    if constexpr (std::is_same_v<T, Machine>) machine_ = nullptr;
  }

  template <class Inst>
  void Code(const std::vector<Inst>& code) {
    if (code.empty()) {
      text += "{}";
      return;
    }
    text += "{\n";
    for (std::size_t i = 0; i < code.size(); ++i) {
      const InstructionRow& row = RowOf(code[i].op);
      text.append(2 * depth_ + 2, ' ');
      if (row.result != Operand::kNone) text += fmt::format("%{} = ", i);
      text += row.name;
      Slot(row.a, code[i].a);
      Slot(row.b, code[i].b);
      Close();
    }
    text.append(2 * depth_, ' ');
    text += '}';
  }
  void Slot(Operand sort, std::int64_t operand) {
    if (sort == Operand::kNone) return;
    text += ' ';
    text += SlotPrefix(sort);
    text += std::to_string(operand);
    if (machine_ == nullptr || operand < 0) return;
    const auto place = static_cast<std::uint64_t>(operand);
    if (sort == Operand::kField) Note(machine_->fields, place);
    if (sort == Operand::kTimer) Note(machine_->timers, place);
    if (sort == Operand::kInput && place < machine_->inputs.size()) {
      const TruthColumnId input = machine_->inputs[place];
      if (input.index < program_.truths.size()) Note(program_.truths[input.index].name);
    }
    if (sort == Operand::kChild && place < machine_->children.size()) {
      const MachineId child = machine_->children[place];
      if (child.index < program_.machines.size()) Note(program_.machines[child.index].name);
    }
  }

  const Program& program_;
  const Machine* machine_ = nullptr;  // whose block is being printed
  std::string_view field_;
  std::string note_;
  std::size_t depth_ = 0;
  std::size_t inline_ = 0;
};

}  // namespace

std::string Print(const Program& program) {
  Printer printer(program);
  Describe(printer, program);
  return std::move(printer.text);
}

}  // namespace tocsin::ir
