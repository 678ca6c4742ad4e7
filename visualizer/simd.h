/*
 * What the native sources share: vectors where the compiler has them, and arithmetic that compiles
 * to single instructions.
 */
#ifndef VISUALIZER_SIMD_H
#define VISUALIZER_SIMD_H

#include <math.h>
#include <stdint.h>
#include <string.h>

/* without a switch Microsoft's compiler knows only its own spelling; after all system headers */
#if defined(_MSC_VER) && !defined(__clang__) && !defined(restrict)
#define restrict __restrict
#endif

/* A product and a sum are rounded one by one, whatever the compiler's switches: fused they would
   give another picture. (gcc takes this from -std=c99.) */
#if defined(__clang__)
#pragma STDC FP_CONTRACT OFF
#elif defined(_MSC_VER)
#pragma fp_contract(off)
#endif

/* On Linux the heavy functions are compiled twice and the processor chooses; no fused operations,
   so both give the same picture. WHOLE takes what they call with them, which is why callers and
   callees must stand in one translation unit. */
#if defined(__x86_64__) && defined(__GLIBC__) && defined(__GNUC__) && !defined(__clang__) \
    && !defined(VISUALIZER_NO_CLONES)
#define CLONES __attribute__((target_clones("avx2", "default")))
#define WHOLE __attribute__((target_clones("avx2", "default"), flatten))
#else
#define CLONES
#define WHOLE
#endif

/* Ask for memory before it is needed. */
#if defined(__GNUC__)
#define PREFETCH(at) __builtin_prefetch(at)
#else
#define PREFETCH(at) ((void)(at))
#endif

static inline float minf(float a, float b) { return a < b ? a : b; }
static inline float maxf(float a, float b) { return a > b ? a : b; }

/* gcc and clang have portable vectors (SSE2, AVX2, NEON); elsewhere a plain loop serves. Where the
   processor has no vectors of eight the compiler takes two of four. */
#if (defined(__GNUC__) || defined(__clang__)) && !defined(VISUALIZER_NO_VECTORS)
#define VECTORS
#define ALWAYS_INLINE static inline __attribute__((always_inline))
typedef float f32x8 __attribute__((vector_size(32)));
typedef int32_t i32x8 __attribute__((vector_size(32)));
typedef uint32_t u32x8 __attribute__((vector_size(32)));
#if defined(__clang__)
#define PERMUTE8(a, at) \
    ((u32x8){a[at[0]], a[at[1]], a[at[2]], a[at[3]], a[at[4]], a[at[5]], a[at[6]], a[at[7]]})
#else
#define PERMUTE8(a, at) __builtin_shuffle(a, at)
#endif
/* `a` becomes the greater, the lesser of two, lane by lane. By address, because not every processor
   passes vectors of eight by value. */
ALWAYS_INLINE void raise8(f32x8 *a, const f32x8 *b)
{
    const i32x8 take = *b > *a;
    *a = (f32x8)((take & (i32x8)*b) | (~take & (i32x8)*a));
}
ALWAYS_INLINE void lower8(f32x8 *a, const f32x8 *b)
{
    const i32x8 take = *b < *a;
    *a = (f32x8)((take & (i32x8)*b) | (~take & (i32x8)*a));
}
#endif

static inline int mini(int a, int b) { return a < b ? a : b; }
static inline int maxi(int a, int b) { return a > b ? a : b; }
static inline float clamp01(float a) { return minf(maxf(a, 0.0f), 1.0f); } /* NaN becomes 0 */
/* without SSE 4.1 floorf and ceilf are calls */
static inline int floor_int(float a) { const int i = (int)a; return i - ((float)i > a); }
static inline int ceil_int(float a) { const int i = (int)a; return i + ((float)i < a); }
static inline float fraction(float a) { return a - (float)floor_int(a); }

#endif
