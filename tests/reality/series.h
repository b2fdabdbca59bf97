// What the functions of the language say about samples, each written down as its definition in
// docs/reference reads: at a tick, by looking at all samples. Nothing where something is absent.
#pragma once

#include <functional>
#include <optional>

#include "tests/reality/recording.h"

namespace tocsin::reality {

using Value = std::optional<double>;
using Truth = std::optional<bool>;

constexpr Instant kSecond = 1000, kMinute = 60 * kSecond, kHour = 60 * kMinute;

// The newest sample up to the tick, while it is younger than `stale`.
Value Newest(const Samples& samples, Instant tick, Instant stale);
// Those stamped after tick - length, up to the tick; none where the newest is as old as `fresh`.
Samples Window(const Samples& samples, Instant tick, Instant length, Instant fresh);
constexpr Instant kEachTick = 1;  // of values at ticks: there is one at the tick itself

// How much a counter grew in the window. A fall is a restart from 0; two samples further apart than
// both the window and `stale` are not compared. Absent where no sample is younger than `stale`.
Value Increase(const Samples& samples, Instant tick, Instant length, Instant stale);
// The same for a second of the window.
Value Rate(const Samples& samples, Instant tick, Instant length, Instant stale);

Value Mean(const Samples& window);
Value Largest(const Samples& window);
// How much smaller the newest is than the oldest, as a part of that.
Value Drop(const Samples& window);
// Least squares, per second.
Value Slope(const Samples& window);
// How many standard deviations the newest sample is away from the mean.
Value Anomaly(const Samples& window);
// The value that a part of them does not exceed; between two of them in proportion.
Value Quantile(const Samples& window, double part);

Value Sum(const std::vector<Value>& rows);  // of those that have a value
Value Divide(Value a, Value b);

Truth Above(Value a, Value b);
Truth Below(Value a, Value b);
Truth And(Truth a, Truth b);
Truth Or(Truth a, Truth b);
Truth Not(Truth a);

// All ticks from the first at or after the first sample.
struct Ticks {
  Instant first, last, distance;
};
// What a value is at each tick at which it is not absent: what windows of derived signals see.
Samples AtTicks(const Ticks& ticks, const std::function<Value(Instant)>& value);

}  // namespace tocsin::reality
