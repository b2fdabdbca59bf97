// The parts of a page, each as HTML. For page.cpp.
#pragma once

#include <string>
#include <string_view>

#include "compiler/study/page/page.h"

namespace tocsin::study::page {

// Text as it may stand in an element or in a quoted attribute.
std::string Escaped(std::string_view text);
// The same of at most `characters`, with `...` where it was cut.
std::string Escaped(std::string_view text, std::size_t characters);

// `04:36:50`, with the day where `window` is longer than one.
std::string Clock(values::Instant at, Window window);
// `2026-11-23 04:36:50`.
std::string FullClock(values::Instant at);
// Where an instant lies, in per cent from 0 to 100.
double Along(values::Instant at, Window window);
// The times under a lane or chart.
std::string Scale(Window window);

// How many bytes the parts may take; what is past it is left out and counted.
inline constexpr std::size_t kLanesBytes = 500'000;
inline constexpr std::size_t kChartsBytes = 800'000;
inline constexpr std::size_t kLogBytes = 250'000;
inline constexpr std::size_t kTableBytes = 150'000;

std::string Words(const Input& input);  // the headline and what goes with it
std::string Lanes(const Input& input);
std::string Charts(const Input& input);
std::string Log(const Input& input);
std::string Tables(const Input& input);

}  // namespace tocsin::study::page
