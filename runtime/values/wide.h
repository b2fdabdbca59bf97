// Loops over rows are compiled twice: for any processor, and with vectors of four rows for those
// that have AVX2. Both compute the same bits, because each row is worked on by itself and nothing
// is fused.
//
//   void Loop(...) { if (HasWide()) return LoopWide(...); LoopPlain(...); }
//
// where LoopWide is TOCSIN_WIDE and both inline one body. TOCSIN_EACH_ROW before a loop says that
// no row's results are another row's operands.
#pragma once

#if defined(__x86_64__)
#define TOCSIN_WIDE [[gnu::target("avx2"), gnu::flatten]]
#else
#define TOCSIN_WIDE [[gnu::flatten]]
#endif

#if defined(__clang__)
#define TOCSIN_EACH_ROW  // the checking builds make no vectors, and would warn of it
#else
#define TOCSIN_EACH_ROW _Pragma("GCC ivdep")
#endif

// Behind the parameters of a lambda in such a loop: a call would keep it from becoming vectors.
#define TOCSIN_INLINED __attribute__((always_inline))

namespace tocsin::values {

inline bool HasWide() {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx2") != 0;
#else
  return false;
#endif
}

}  // namespace tocsin::values
