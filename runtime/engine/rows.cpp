#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <numeric>

#include <fmt/format.h>

#include "runtime/base/check.h"
#include "runtime/base/limits.h"
#include "runtime/engine/columns.h"

namespace tocsin::engine {
namespace {

constexpr std::size_t kListedValues = 8;  // of a domain, in a message
constexpr std::uint32_t kFirstCapacity = 64;
constexpr std::size_t kRanksInWord = 64;
constexpr std::size_t kWordsOfRow = 8;

std::string Listed(const std::vector<std::string>& values) {
  std::string text;
  for (std::size_t i = 0; i < std::min(values.size(), kListedValues); ++i) {
    text += (i == 0 ? "" : ", ") + values[i];
  }
  if (values.size() > kListedValues)
    text += fmt::format(" and {} more", values.size() - kListedValues);
  return text;
}

std::string Packed(std::span<const std::int32_t> numbers) {
  std::string bytes(numbers.size_bytes(), '\0');
  if (!numbers.empty()) std::memcpy(bytes.data(), numbers.data(), numbers.size_bytes());
  return bytes;
}

}  // namespace

LabelDomain::LabelDomain(const ir::Label& label) : label_(label) {
  if (!label.closed) return;
  for (const std::string& value : label.values) Admit(value);
}

bool LabelDomain::Admitted(std::string_view value) const {
  const std::uint32_t number = texts_.Find(value);
  return number < admitted_.size() && admitted_[number];
}

std::optional<std::string> LabelDomain::Refusal(std::string_view value) const {
  if (Admitted(value)) return std::nullopt;
  if (label_.closed) {
    return fmt::format("label `{}` is `{}`, which is not one of {}", label_.name, value,
                       Listed(label_.values));
  }
  if (admitted_count_ >= label_.bound) {
    return fmt::format("label `{}` is `{}`, but already has the {} values it may have", label_.name,
                       value, label_.bound);
  }
  return std::nullopt;
}

std::int32_t LabelDomain::Mention(std::string_view value) {
  const std::uint32_t number = texts_.Intern(value);
  if (number >= admitted_.size()) admitted_.resize(number + 1, false);
  return static_cast<std::int32_t>(number);
}

std::int32_t LabelDomain::Admit(std::string_view value) {
  const std::int32_t number = Mention(value);
  const auto index = static_cast<std::size_t>(number);
  if (!admitted_[index]) {
    admitted_[index] = true;
    ++admitted_count_;
  }
  return number;
}

std::int32_t LabelDomain::Find(std::string_view value) const {
  const std::uint32_t number = texts_.Find(value);
  return number == base::Interner::kUnknown ? -1 : static_cast<std::int32_t>(number);
}

Rows::Rows(const ir::Program& program, const ir::Space& space, std::vector<LabelDomain>& domains)
    : space_(space),
      domains_(domains),
      values_(space.labels.size()),
      key_texts_(std::make_unique<std::pmr::monotonic_buffer_resource>()) {
  for (ir::LabelId label : space.labels) closed_ = closed_ && program.labels[label.index].closed;
  by_name_.resize(labels());
  std::iota(by_name_.begin(), by_name_.end(), std::size_t{0});
  std::ranges::sort(by_name_, {}, [this](std::size_t i) { return Domain(i).name(); });
  if (closed_) AddAllClosed();
}

// Counts through the values of all labels, the last label fastest, so that a row's number is the
// mixed radix of the declared positions of its values.
void Rows::AddAllClosed() {
  std::uint64_t total = 1;
  for (std::size_t i = 0; i < labels(); ++i) {
    total *= Domain(i).declared();
    TOCSIN_CHECK(total <= base::kMaxRows, "a closed space has more rows than a space may have");
  }
  std::vector<std::int32_t> numbers(labels(), 0);
  for (std::uint64_t row = 0; row < total; ++row) {
    Append(numbers);
    for (std::size_t i = labels(); i-- > 0;) {
      if (++numbers[i] < static_cast<std::int32_t>(Domain(i).declared())) break;
      numbers[i] = 0;
    }
  }
}

std::uint32_t Rows::Append(std::span<const std::int32_t> numbers) {
  if (count_ == capacity_) {
    capacity_ = capacity_ == 0 ? kFirstCapacity : capacity_ * 2;
    for (auto& column : values_) column.resize(capacity_, -1);
  }
  for (std::size_t i = 0; i < numbers.size(); ++i) values_[i][count_] = numbers[i];
  by_values_.emplace(Packed(numbers), count_);
  return count_++;
}

std::expected<std::uint32_t, std::string> Rows::FindOrAdd(
    std::span<const std::string_view> values) {
  std::vector<std::int32_t> numbers(values.size());
  bool known = true;
  for (std::size_t i = 0; i < values.size(); ++i) {
    numbers[i] = Domain(i).Find(values[i]);
    known = known && numbers[i] >= 0;
  }
  if (known) {
    if (auto found = by_values_.find(Packed(numbers)); found != by_values_.end()) {
      return found->second;
    }
  }
  // Nothing is admitted before everything is, so that a refused series uses up no bound.
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (auto refusal = Domain(i).Refusal(values[i])) return std::unexpected(*std::move(refusal));
  }
  const std::uint64_t bound = std::min<std::uint64_t>(space_.row_bound, base::kMaxRows);
  if (count_ >= bound) {
    return std::unexpected(fmt::format("all {} rows there may be are taken", bound));
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    numbers[i] = domains_[space_.labels[i].index].Admit(values[i]);
  }
  return Append(numbers);
}

std::optional<std::uint32_t> Rows::Find(const values::LabelSet& labels_wanted) const {
  if (labels_wanted.size() != labels()) return std::nullopt;
  std::vector<std::string_view> values;
  for (std::size_t i = 0; i < labels(); ++i) {
    const std::string* value = labels_wanted.Find(Domain(i).name());
    if (value == nullptr) return std::nullopt;
    values.push_back(*value);
  }
  return Find(values);
}

std::optional<std::uint32_t> Rows::Find(std::span<const std::string_view> values) const {
  std::vector<std::int32_t> numbers(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    numbers[i] = Domain(i).Find(values[i]);
    if (numbers[i] < 0) return std::nullopt;
  }
  const auto found = by_values_.find(Packed(numbers));
  if (found == by_values_.end()) return std::nullopt;
  return found->second;
}

std::string_view Rows::ValueOf(std::uint32_t row, std::string_view label) const {
  for (std::size_t i = 0; i < labels(); ++i) {
    if (Domain(i).name() == label) return Domain(i).Text(values_[i][row]);
  }
  return {};
}

// A row that decides once decides again: its key is kept.
std::string_view Rows::MakeKey(std::uint32_t row) const {
  if (row >= keys_.size()) keys_.resize(capacity_);
  key_text_.clear();
  for (const std::size_t i : by_name_)
    values::AppendLabel(Domain(i).name(), Domain(i).Text(values_[i][row]), key_text_);
  values::CloseLabels(key_text_);
  const std::string& text = key_text_;
  char* kept = static_cast<char*>(key_texts_->allocate(text.size(), 1));
  text.copy(kept, text.size());
  return keys_[row] = {kept, text.size()};
}

bool Rows::Before(std::uint32_t a, std::uint32_t b) const {
  for (std::size_t i = 0; i < labels(); ++i) {
    if (values_[i][a] == values_[i][b]) continue;
    return Domain(i).Text(values_[i][a]) < Domain(i).Text(values_[i][b]);
  }
  return false;
}

void Rows::RefreshRanks() {
  if (ranks_.size() == count_) return;
  order_.resize(count_);
  std::iota(order_.begin(), order_.end(), 0u);
  std::ranges::sort(order_, [this](std::uint32_t a, std::uint32_t b) { return Before(a, b); });
  ranks_.resize(count_);
  for (std::uint32_t rank = 0; rank < count_; ++rank) ranks_[order_[rank]] = rank;
}

namespace {

// Each of a few rows goes to the place that as many have a lower rank, which branches on nothing.
template <std::size_t kMost>
void SortFew(std::span<std::uint32_t> rows, std::span<const std::uint32_t> ranks) {
  std::array<std::uint32_t, kMost> ranked, sorted;
  ranked.fill(~0u);
  for (std::size_t i = 0; i < rows.size(); ++i) ranked[i] = ranks[rows[i]];
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::uint32_t lower = 0;
    for (const std::uint32_t rank : ranked) lower += rank < ranked[i] ? 1u : 0u;
    sorted[lower] = rows[i];
  }
  std::copy_n(sorted.begin(), rows.size(), rows.begin());
}

}  // namespace

void Rows::Sort(std::span<std::uint32_t> rows) {
  constexpr std::size_t kFew = 16, kMore = 32;
  if (rows.size() < 2) return;
  RefreshRanks();
  if (rows.size() <= kFew) return SortFew<kFew>(rows, ranks_);
  if (rows.size() <= kMore) return SortFew<kMore>(rows, ranks_);
  // Many of all rows are marked and read off in order, which costs no comparison: a word looked at
  // costs far less than a row compared.
  if (rows.size() * kWordsOfRow < count_ / kRanksInWord) {
    std::ranges::sort(rows, {}, [this](std::uint32_t row) { return ranks_[row]; });
    return;
  }
  marked_.assign(count_ / kRanksInWord + 1, 0);
  for (const std::uint32_t row : rows)
    marked_[ranks_[row] / kRanksInWord] |= std::uint64_t{1} << (ranks_[row] % kRanksInWord);
  std::size_t sorted = 0;
  for (std::size_t word = 0; word < marked_.size(); ++word) {
    for (std::uint64_t left = marked_[word]; left != 0; left &= left - 1) {
      const auto bit = static_cast<std::size_t>(std::countr_zero(left));
      rows[sorted++] = order_[word * kRanksInWord + bit];
    }
  }
}

}  // namespace tocsin::engine
