#include "runtime/diagnostics/excerpt.h"

#include <algorithm>
#include <utility>

#include "runtime/base/utf8.h"

namespace tocsin::diagnostics {
namespace {

constexpr std::size_t kTabColumns = 4;
constexpr std::string_view kCut = "...";

// A line laid out: what each character is shown as, and where.
struct Cell {
  std::size_t byte = 0;
  std::size_t column = 0;
  std::string shown;
};

struct Layout {
  std::vector<Cell> cells;
  std::size_t columns = 0;

  std::size_t ColumnAt(std::size_t byte) const {
    const auto cell = std::lower_bound(cells.begin(), cells.end(), byte,
                                       [](const Cell& c, std::size_t b) { return c.byte < b; });
    return cell == cells.end() ? columns : cell->column;
  }
};

Layout LayOut(std::string_view line) {
  Layout layout;
  for (std::size_t at = 0; at < line.size();) {
    const base::CodePoint point = base::Decode(line, at);
    Cell cell{at, layout.columns, std::string(line.substr(at, point.length))};
    std::size_t width = 1;
    if (line[at] == '\t') {
      width = kTabColumns - layout.columns % kTabColumns;
      cell.shown.assign(width, ' ');
    } else if (!point.valid || base::IsInvisible(point.value)) {
      cell.shown = "?";
    } else {
      width = base::ColumnsOf(point.value);
    }
    layout.columns += width;
    layout.cells.push_back(std::move(cell));
    at += point.length;
  }
  return layout;
}

// A mark in columns of the row that is shown.
struct Placed {
  std::size_t begin = 0;
  std::size_t end = 0;
  const Mark* mark = nullptr;
};

void Put(InkedRow& row, std::size_t column, std::string_view text, Ink ink) {
  if (row.text.size() < column) {
    row.text.resize(column, ' ');
    row.inks.resize(column, Ink::kPlain);
  }
  row.text.replace(column, std::string::npos, text);
  row.inks.resize(column);
  row.inks.insert(row.inks.end(), text.size(), ink);
}

Ink InkOf(const Mark& mark) { return mark.primary ? Ink::kPrimary : Ink::kSecondary; }

// The columns of the line that are shown: all of it, or a window on the marks.
std::pair<std::size_t, std::size_t> Window(const Layout& layout, const std::vector<Placed>& marks,
                                           std::size_t columns) {
  if (layout.columns <= columns || marks.empty()) return {0, std::min(layout.columns, columns)};
  std::size_t begin = marks.front().begin, end = marks.front().end;
  for (const Placed& placed : marks) {
    begin = std::min(begin, placed.begin);
    end = std::max(end, placed.end);
  }
  if (end - begin > columns / 2) {
    const auto primary =
        std::find_if(marks.begin(), marks.end(), [](const Placed& p) { return p.mark->primary; });
    if (primary != marks.end()) begin = primary->begin;
    end = std::min(end, begin + columns / 2);
  }
  const std::size_t spare = columns - (end - begin);
  const std::size_t from = begin - std::min(begin, spare / 2);
  return {std::min(from, layout.columns - columns),
          std::min(from, layout.columns - columns) + columns};
}

// The row of source within [from, to), with the cut ends marked.
InkedRow SourceRow(const Layout& layout, std::size_t from, std::size_t to) {
  InkedRow row;
  const bool cut_left = from > 0, cut_right = to < layout.columns;
  if (cut_left) row.text += kCut;
  std::size_t column = from + row.text.size();
  const std::size_t stop = to - (cut_right ? kCut.size() : 0);
  for (std::size_t i = 0; i < layout.cells.size(); ++i) {
    const Cell& cell = layout.cells[i];
    const std::size_t next =
        i + 1 < layout.cells.size() ? layout.cells[i + 1].column : layout.columns;
    if (cell.column < column || next > stop) continue;
    // A wide character cut in half at the left leaves a blank, so that what follows stays in place.
    row.text.append(cell.column - column, ' ');
    row.text += cell.shown;
    column = next;
  }
  if (cut_right) row.text += std::string(stop - column, ' ').append(kCut);
  while (row.text.ends_with(' ')) row.text.pop_back();
  row.inks.assign(row.text.size(), Ink::kPlain);
  return row;
}

// `^^^^` and `----`: the primary marks are drawn last, over the others.
InkedRow Underlines(const std::vector<Placed>& marks) {
  InkedRow row;
  for (const bool primary : {false, true}) {
    for (const Placed& placed : marks) {
      if (placed.mark->primary != primary) continue;
      const std::size_t size = std::max(row.text.size(), placed.end);
      row.text.resize(size, ' ');
      row.inks.resize(size, Ink::kPlain);
      for (std::size_t i = placed.begin; i < placed.end; ++i) {
        row.text[i] = primary ? '^' : '-';
        row.inks[i] = InkOf(*placed.mark);
      }
    }
  }
  return row;
}

// Texts that did not fit beside the underlines hang below their marks, the rightmost first.
void Hang(std::vector<InkedRow>& rows, const std::vector<Placed>& waiting, std::size_t columns) {
  constexpr std::size_t kLeastColumns = 24;
  const auto bars = [&](std::size_t count) {
    InkedRow row;
    for (std::size_t i = 0; i < count; ++i) {
      if (i > 0 && waiting[i].begin == waiting[i - 1].begin) continue;
      Put(row, waiting[i].begin, "|", InkOf(*waiting[i].mark));
    }
    return row;
  };
  if (!waiting.empty()) rows.push_back(bars(waiting.size()));
  for (std::size_t left = waiting.size(); left > 0; --left) {
    const Placed& placed = waiting[left - 1];
    const std::size_t room = columns > placed.begin ? columns - placed.begin : 0;
    for (const std::string& part : Wrap(placed.mark->text, std::max(room, kLeastColumns))) {
      std::size_t others = left - 1;
      while (others > 0 && waiting[others - 1].begin == placed.begin) --others;
      InkedRow row = bars(others);
      Put(row, placed.begin, part, InkOf(*placed.mark));
      rows.push_back(std::move(row));
    }
  }
}

// A line that is far longer than any row is cut to what is near its primary mark before it is laid
// out, and the marks with it: a thousand findings in one line of a megabyte must not take a minute.
std::string_view Near(std::string_view line, std::vector<Mark>& marks) {
  constexpr std::size_t kLongLine = 16'384;
  if (line.size() <= kLongLine || marks.empty()) return line.substr(0, kLongLine);
  auto primary = std::find_if(marks.begin(), marks.end(), [](const Mark& m) { return m.primary; });
  if (primary == marks.end()) primary = marks.begin();
  const auto at_character = [&](std::size_t at) {
    while (at < line.size() && (static_cast<unsigned char>(line[at]) & 0xC0) == 0x80) ++at;
    return std::min(at, line.size());
  };
  const std::size_t begin =
      at_character(primary->begin - std::min<std::size_t>(primary->begin, kLongLine / 2));
  const std::size_t end = at_character(begin + kLongLine);
  for (Mark& mark : marks) {
    mark.begin = std::clamp(mark.begin, begin, end) - begin;
    mark.end = std::clamp(mark.end, begin, end) - begin;
  }
  return line.substr(begin, end - begin);
}

}  // namespace

std::vector<std::string> Wrap(std::string_view text, std::size_t columns) {
  // Spaces in front are kept: a note may show an example.
  std::size_t width = std::min(text.find_first_not_of(' '), text.size());
  std::vector<std::string> lines{std::string(width, ' ')};
  text.remove_prefix(width);
  bool empty = true;  // whether the line has no word yet
  while (!text.empty()) {
    const std::size_t space = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, space);
    std::size_t word_width = 0;
    for (std::size_t at = 0; at < word.size();) {
      const base::CodePoint point = base::Decode(word, at);
      word_width += base::ColumnsOf(point.value);
      at += point.length;
    }
    if (!empty && width + 1 + word_width > columns) {
      lines.emplace_back();
      width = 0;
      empty = true;
    }
    if (!empty) {
      lines.back() += ' ';
      ++width;
    }
    lines.back() += word;
    width += word_width;
    empty = false;
    text.remove_prefix(std::min(space + 1, text.size()));
  }
  return lines;
}

std::vector<InkedRow> Excerpt(std::string_view line, std::vector<Mark> marks, std::size_t columns) {
  const Layout layout = LayOut(Near(line, marks));
  std::stable_sort(marks.begin(), marks.end(),
                   [](const Mark& a, const Mark& b) { return a.begin < b.begin; });
  std::vector<Placed> placed;
  for (const Mark& mark : marks) {
    const std::size_t begin = layout.ColumnAt(mark.begin);
    placed.push_back({begin, std::max(begin + 1, layout.ColumnAt(mark.end)), &mark});
  }
  const auto [from, to] = Window(layout, placed, columns);
  std::vector<InkedRow> rows{SourceRow(layout, from, to)};
  for (Placed& p : placed) {
    // A mark past the window's edge is drawn at the edge; only a line with several can have one.
    p.begin = std::clamp(p.begin, from, std::max(from, to)) - from;
    p.end = std::max(p.begin + 1, std::clamp(p.end, from, std::max(from, to)) - from);
  }
  InkedRow under = Underlines(placed);
  std::vector<Placed> waiting;
  std::copy_if(placed.begin(), placed.end(), std::back_inserter(waiting),
               [](const Placed& p) { return !p.mark->text.empty(); });
  // The rightmost text stands beside its mark where nothing is underlined after it and it fits.
  if (!waiting.empty() && waiting.back().end == under.text.size()) {
    const Mark& mark = *waiting.back().mark;
    const bool fits = under.text.size() + 1 + mark.text.size() <= columns;
    if (fits) {
      Put(under, under.text.size() + 1, mark.text, InkOf(mark));
      waiting.pop_back();
    }
  }
  rows.push_back(std::move(under));
  Hang(rows, waiting, columns);
  return rows;
}

}  // namespace tocsin::diagnostics
