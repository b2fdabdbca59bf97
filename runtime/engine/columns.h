// Where the values of a program's columns are kept: rows of label spaces, and aligned arrays padded
// to whole blocks. A row, once there, keeps its number. New rows start absent, with nothing held.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <memory_resource>
#include <new>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "runtime/base/interner.h"
#include "runtime/ir/frames.h"
#include "runtime/ir/program.h"
#include "runtime/values/labels.h"

namespace tocsin::engine {

// Asks for large pages, which a sweep over megabytes is much faster on; without, all is the same.
void AskForLargePages(void* begin, std::size_t bytes);

// A vector's allocator that aligns to a cache line, which is what compiled kernels are promised,
// and what is large to large pages.
template <class T>
struct CacheLineAllocator {
  using value_type = T;
  static constexpr std::size_t kLargePage = 2u << 20;
  static std::align_val_t Alignment(std::size_t count) {
    return std::align_val_t{count * sizeof(T) < kLargePage ? 64 : kLargePage};
  }
  CacheLineAllocator() = default;
  template <class U>
  explicit CacheLineAllocator(const CacheLineAllocator<U>&) {}
  T* allocate(std::size_t count) {
    void* begin = ::operator new(count * sizeof(T), Alignment(count));
    if (count * sizeof(T) >= kLargePage) AskForLargePages(begin, count * sizeof(T));
    return static_cast<T*>(begin);
  }
  void deallocate(T* pointer, std::size_t count) { ::operator delete(pointer, Alignment(count)); }
  bool operator==(const CacheLineAllocator&) const { return true; }
};
template <class T>
using AlignedVector = std::vector<T, CacheLineAllocator<T>>;

// The values one label has taken. Their numbers are those of a closed domain's declaration, then of
// first appearance.
class LabelDomain {
 public:
  explicit LabelDomain(const ir::Label& label);
  LabelDomain(LabelDomain&&) = default;  // no copy: the interner points into itself
  // Why a value cannot be taken, in words; nothing where it can.
  std::optional<std::string> Refusal(std::string_view value) const;
  // The number of a value that Refusal() has nothing against.
  std::int32_t Admit(std::string_view value);
  // The number of a value that the policy names; it does not count towards an open domain's bound.
  std::int32_t Mention(std::string_view value);
  std::int32_t Find(std::string_view value) const;  // -1 where it has none
  const std::string& name() const { return label_.name; }
  bool closed() const { return label_.closed; }
  std::size_t declared() const { return label_.values.size(); }
  std::string_view Text(std::int32_t number) const {
    return texts_.Text(static_cast<std::uint32_t>(number));
  }

 private:
  bool Admitted(std::string_view value) const;

  const ir::Label& label_;
  base::Interner texts_;
  std::vector<bool> admitted_;  // by number
  std::uint32_t admitted_count_ = 0;
};

// The rows of one space.
class Rows {
 public:
  Rows(const ir::Program& program, const ir::Space& space, std::vector<LabelDomain>& domains);
  std::uint32_t count() const { return count_; }
  std::uint32_t capacity() const { return capacity_; }
  // The row with these values, one for each label of the space; made where the space is open and
  // has room. Otherwise why not, in words.
  std::expected<std::uint32_t, std::string> FindOrAdd(std::span<const std::string_view> values);
  std::optional<std::uint32_t> Find(const values::LabelSet& labels) const;
  // By the values of the space's labels, in their order.
  std::optional<std::uint32_t> Find(std::span<const std::string_view> values) const;

  std::size_t labels() const { return space_.labels.size(); }
  const std::int32_t* LabelColumn(std::size_t position) const { return values_[position].data(); }
  // The value of a label by name; empty where the space does not have it.
  std::string_view ValueOf(std::uint32_t row, std::string_view label) const;
  // {region="eu"}; it stays where it is.
  std::string_view Key(std::uint32_t row) const {
    return row < keys_.size() && !keys_[row].empty() ? keys_[row] : MakeKey(row);
  }
  // Fetches what Key() will need from memory.
  void PrefetchKey(std::uint32_t row) const {
    if (row < keys_.size()) __builtin_prefetch(&keys_[row]);
  }
  void PrefetchKeyText(std::uint32_t row) const {
    if (row < keys_.size()) __builtin_prefetch(keys_[row].data());
  }
  // The canonical order of rows: by the texts of their values, label by label.
  bool Before(std::uint32_t a, std::uint32_t b) const;
  // Each row once at most.
  void Sort(std::span<std::uint32_t> rows);

 private:
  const LabelDomain& Domain(std::size_t position) const {
    return domains_[space_.labels[position].index];
  }
  std::string_view MakeKey(std::uint32_t row) const;
  std::uint32_t Append(std::span<const std::int32_t> numbers);
  void AddAllClosed();
  void RefreshRanks();

  const ir::Space& space_;
  std::vector<LabelDomain>& domains_;
  bool closed_ = true;
  std::uint32_t count_ = 0;
  std::uint32_t capacity_ = 0;
  std::vector<AlignedVector<std::int32_t>> values_;  // by label, then row
  std::unordered_map<std::string, std::uint32_t>
      by_values_;                      // the numbers' bytes to the row; never iterated
  std::vector<std::uint32_t> ranks_;   // of the first rows; short where rows were added since
  std::vector<std::uint32_t> order_;   // by rank
  std::vector<std::uint64_t> marked_;  // ranks, while rows are sorted
  std::vector<std::size_t> by_name_;   // labels in the order of their names
  mutable std::vector<std::string_view> keys_;  // empty until they are asked for
  mutable std::string key_text_;
  std::unique_ptr<std::pmr::monotonic_buffer_resource> key_texts_;
};

// All columns of a program.
class Columns {
 public:
  explicit Columns(const ir::Program& program);

  Rows& rows(ir::SpaceId space) { return rows_[space.index]; }
  const Rows& rows(ir::SpaceId space) const { return rows_[space.index]; }
  LabelDomain& domain(ir::LabelId label) { return domains_[label.index]; }
  std::expected<std::uint32_t, std::string> FindOrAddRow(ir::SpaceId space,
                                                         std::span<const std::string_view> values);
  // Raised whenever the arrays of a space move.
  std::uint32_t generation(ir::SpaceId space) const { return generations_[space.index]; }
  std::int64_t blocks(ir::SpaceId space) const {
    return (std::int64_t{rows_[space.index].count()} + ir::kLanes - 1) / ir::kLanes;
  }

  ir::NumberView Number(ir::NumberColumnId id) {
    NumberData& data = numbers_[id.index];
    return {data.values.data(), data.known.data()};
  }
  ir::TruthView Truth(ir::TruthColumnId id) {
    TruthData& data = truths_[id.index];
    return {data.is_true.data(), data.known.data()};
  }
  std::int64_t* Hold(ir::HoldColumnId id) { return holds_[id.index].data(); }
  // The number in a row; nothing where it is absent.
  std::optional<double> NumberAt(ir::NumberColumnId id, std::uint32_t row) const {
    const NumberData& data = numbers_[id.index];
    if ((data.known[row / ir::kLanes] >> (row % ir::kLanes) & 1u) == 0) return std::nullopt;
    return data.values[row];
  }
  // The same of a truth.
  std::optional<bool> TruthAt(ir::TruthColumnId id, std::uint32_t row) const;
  // Whether there is a number in every row.
  bool AllKnown(ir::NumberColumnId id) const;
  std::uint64_t TotalRows() const;

 private:
  struct NumberData {
    AlignedVector<double> values;
    AlignedVector<std::uint8_t> known;
  };
  struct TruthData {
    AlignedVector<std::uint8_t> is_true;
    AlignedVector<std::uint8_t> known;
  };
  void Grow(ir::SpaceId space);
  void ClearRow(ir::SpaceId space, std::uint32_t row);

  const ir::Program& program_;
  std::vector<LabelDomain> domains_;
  std::vector<Rows> rows_;
  std::vector<std::uint32_t> generations_;
  std::vector<NumberData> numbers_;
  std::vector<TruthData> truths_;
  std::vector<AlignedVector<std::int64_t>> holds_;
};

}  // namespace tocsin::engine
