/*
 * Triangles to pixels on the processor: skinning, projection, tile lists, deferred shading.
 *
 * Idea. The picture is cut into tiles of 128 x 128 pixels. `cluster_count` and `cluster_fill` list, once
 * per frame, the clusters of triangles that touch every tile, from near to far; `draw_tiles` then makes a
 * tile from first to last in a small scratch that stays in the cache: depth and triangle per sample (a
 * cluster that lies behind what is there is passed over whole), shading of the nearest surface only,
 * lines, translucent layer, reduction to pixels. A tile looks a few samples beyond its border
 * (the apron), so that lines and smoothed edges cross tiles unseen and no tile waits for another.
 *
 * Watertight and repeatable. Screen coordinates are snapped to 1/16 sample. Edge functions of small
 * triangles are then exact in float, those of large ones in double, so neighbours leave no gap, and
 * reference.py computes the same coverage. Of two surfaces the nearer wins, of equals the lower
 * triangle number; nothing depends on the number of threads.
 *
 * Contract. No global state and no allocation: Python passes every buffer and has validated it
 * (rasterizer.py); here only sizes are checked again. Heavy functions run without the GIL.
 * Compiled with -DVISUALIZER_KERNEL_ONLY the file is plain C99 without Python (see tests/render).
 */
#ifndef VISUALIZER_KERNEL_ONLY
#include "buffers.h"
#endif
#include <math.h>
#include <stdint.h>
#include <string.h>

/* On Linux the heavy functions are compiled twice and the processor chooses; no fused operations, so
   both give the same picture. WHOLE takes what they call with them. */
#if defined(__x86_64__) && defined(__GLIBC__) && defined(__GNUC__) && !defined(__clang__) && !defined(VISUALIZER_KERNEL_ONLY)
#define CLONES __attribute__((target_clones("avx2", "default")))
#define WHOLE __attribute__((target_clones("avx2", "default"), flatten))
#else
#define CLONES
#define WHOLE
#endif

enum { TILE = 128, MAX_SS = 4, MAX_APRON = 8, MAX_SIDE = TILE * MAX_SS + 2 * MAX_APRON };
enum { MATERIAL = 20, VERTEX = 8, NOISE = 128, GAMMA = 4096 };
/* so many triangles, which follow each other in the mesh, are a cluster; those of a tile are listed from
   near to far in so many steps, then by number */
enum { CLUSTER = 32, STEPS = 32, BOX = 5 };
enum { HIDDEN = 0, OPAQUE = 1, TRANSLUCENT = 2 };

/* columns of a material row, see material.py */
enum { M_COLOUR = 0, M_GLOSS = 3, M_TENDON = 4, M_STREAKS = 7, M_PATTERN = 8, M_PHASE = 9,
       M_BANDS = 10, M_STRENGTH = 11, M_OPACITY = 12, M_WIDTH = 13, M_INK = 14, M_RING = 15,
       M_GAP = 16, M_GAP_SHARE = 19 };

/* columns of a shading vertex */
enum { A_NORMAL = 0, A_OCCLUSION = 3, A_TENDON = 4, A_ACROSS = 5, A_ALONG = 7 };

/* the whole numbers of a frame, see rasterizer.py */
enum { I_WIDTH, I_HEIGHT, I_SS, I_SMOOTH, I_RING, I_MAP_W, I_MAP_H, I_HALF, I_DEPTH, I_MAT, I_COUNT };

/* the other numbers of a frame; directions are in camera axes (right, up, back) */
enum { F_KEY = 0, F_FILL = 3, F_UP = 6, F_HALF = 9, F_KEY_POWER = 12, F_FILL_POWER, F_SKY_POWER,
       F_GROUND_POWER, F_RIM_POWER, F_INK = 17, F_RING = 20, F_SHADOW = 23, F_SHADOW_POWER = 26,
       F_FOCAL = 27, F_STREAK_SCALE = 28, F_EYE = 29, F_AXES = 32, F_MAP = 41, F_JUMP = 45,
       F_EDGE_WIDTH = 46, F_EDGE_INK, F_COUNT };

static const float GUARD = 1048576.0f; /* beyond this a snapped coordinate is no longer exact */

static inline float minf(float a, float b) { return a < b ? a : b; }
static inline float maxf(float a, float b) { return a > b ? a : b; }
static inline int mini(int a, int b) { return a < b ? a : b; }
static inline int maxi(int a, int b) { return a > b ? a : b; }
static inline float clamp01(float a) { return minf(maxf(a, 0.0f), 1.0f); } /* NaN becomes 0 */
/* without SSE 4.1 floorf, ceilf and rintf are calls */
static inline int floor_int(float a) { const int i = (int)a; return i - ((float)i > a); }
static inline int ceil_int(float a) { const int i = (int)a; return i + ((float)i < a); }
static inline float snap(float a) { return (float)(int)(a * 16.0f + (a < 0.0f ? -0.5f : 0.5f)) * 0.0625f; }

/* ---- vertices ---------------------------------------------------------------------------- */

CLONES static void skin(const float *restrict position, const float *restrict normal,
                 const int32_t *restrict influence, const float *restrict weight,
                 const float *restrict frames, float *restrict out_position,
                 float *restrict out_normal, int64_t first, int64_t last)
{
    for (int64_t v = first; v < last; v++) {
        float m[12] = {0};
        for (int k = 0; k < 4; k++) {
            const float w = weight[4 * v + k];
            if (w == 0.0f) continue;
            const float *f = frames + 12 * (int64_t)influence[4 * v + k];
            for (int i = 0; i < 12; i++) m[i] += w * f[i];
        }
        const float *p = position + 3 * v, *n = normal + 3 * v;
        const float x = m[0] * n[0] + m[1] * n[1] + m[2] * n[2];
        const float y = m[4] * n[0] + m[5] * n[1] + m[6] * n[2];
        const float z = m[8] * n[0] + m[9] * n[1] + m[10] * n[2];
        const float scale = 1.0f / sqrtf(x * x + y * y + z * z + 1e-20f);
        for (int i = 0; i < 3; i++)
            out_position[3 * v + i] = m[4 * i] * p[0] + m[4 * i + 1] * p[1] + m[4 * i + 2] * p[2] + m[4 * i + 3];
        out_normal[3 * v] = x * scale;
        out_normal[3 * v + 1] = y * scale;
        out_normal[3 * v + 2] = z * scale;
    }
}

/* Move vertices out of the floor z = 0 and of boxes (x0 y0 z0 x1 y1 z1): up through the top or towards
   low y through the front, whichever is shorter. */
static void push_out(float *restrict position, const float *restrict boxes, int64_t count, int64_t first, int64_t last)
{
    for (int64_t v = first; v < last; v++) {
        float *p = position + 3 * v;
        if (p[2] < 0.0f) p[2] = 0.0f;
        for (const float *b = boxes; b < boxes + 6 * count; b += 6) {
            if (!(p[2] < b[5] && p[2] > b[2] && p[1] > b[1] && p[1] < b[4] && p[0] > b[0] && p[0] < b[3])) continue;
            if (b[5] - p[2] <= p[1] - b[1]) p[2] = b[5];
            else p[1] = b[1];
        }
    }
}

/* camera: eye 0-2, axes 3-11, focal length 12, middle 13-14 (samples), nearest depth 15 */
CLONES static void project(const float *restrict position, const float *restrict normal,
                    const float *restrict surface, const float *restrict camera,
                    float *restrict screen, float *restrict vertex, int64_t first, int64_t last)
{
    const float *r = camera + 3;
    for (int64_t v = first; v < last; v++) {
        const float *p = position + 3 * v, *n = normal + 3 * v, *s = surface + 5 * v;
        float *o = screen + 4 * v, *a = vertex + VERTEX * v;
        const float dx = p[0] - camera[0], dy = p[1] - camera[1], dz = p[2] - camera[2];
        const float depth = -(r[6] * dx + r[7] * dy + r[8] * dz);
        const float nearness = 1.0f / depth, scale = camera[12] * nearness;
        const float x = camera[13] + (r[0] * dx + r[1] * dy + r[2] * dz) * scale;
        const float y = camera[14] - (r[3] * dx + r[4] * dy + r[5] * dz) * scale;
        /* written so that NaN fails */
        const int good = depth > camera[15] && depth < 1e6f && fabsf(x) < GUARD && fabsf(y) < GUARD;
        o[0] = good ? snap(x) : 0.0f;
        o[1] = good ? snap(y) : 0.0f;
        o[2] = good ? nearness : 0.0f;
        o[3] = 0.0f;
        for (int i = 0; i < 3; i++) {
            const float c = r[3 * i] * n[0] + r[3 * i + 1] * n[1] + r[3 * i + 2] * n[2];
            a[i] = fabsf(c) <= 2.0f ? c : 0.0f;
        }
        for (int i = 0; i < 5; i++) a[3 + i] = s[i];
    }
}

/* ---- tile lists -------------------------------------------------------------------------- */

static inline int apron_of(int ss) { return ss == 1 ? 3 : 2 * ss; }

/* The tiles that a cluster touches as four bytes x0 y0 x1 y1, or NO_TILE: outside, or nothing valid. */
static const uint32_t NO_TILE = 0x0000FFFFu; /* x0 = y0 = 255 > x1 = y1 = 0 */

/* `box` gets what encloses a cluster on the screen (left, top, right, bottom) and its greatest nearness,
   `counts` the clusters of every tile and step. Its vertices are those from `start` on. Returns how long
   the lists will be. */
static int64_t cluster_count(const float *restrict screen, const int32_t *restrict start, const int32_t *restrict vertex, int64_t clusters,
                             int width, int height, int ss, const float *span, float *restrict box, uint32_t *restrict bounds,
                             uint8_t *restrict step, int32_t *restrict counts)
{
    const int apron = apron_of(ss), pitch = TILE * ss, nx = (width + TILE - 1) / TILE, ny = (height + TILE - 1) / TILE;
    const float w = (float)(width * ss + apron), h = (float)(height * ss + apron), before = (float)-apron, inverse_pitch = 1.0f / (float)pitch;
    int64_t total = 0;
    memset(counts, 0, sizeof(int32_t) * (size_t)nx * (size_t)ny * STEPS);
    for (int64_t c = 0; c < clusters; c++) {
        float left = GUARD, top = GUARD, right = -GUARD, bottom = -GUARD, near = 0.0f;
        for (int32_t i = start[c]; i < start[c + 1]; i++) {
            const float *v = screen + 4 * (int64_t)vertex[i];
            /* triangles with an invalid corner are not drawn */
            const int valid = v[2] > 0.0f;
            left = minf(left, valid ? v[0] : left), right = maxf(right, valid ? v[0] : right);
            top = minf(top, valid ? v[1] : top), bottom = maxf(bottom, valid ? v[1] : bottom);
            near = maxf(near, v[2]);
        }
        float *b = box + BOX * c;
        b[0] = left, b[1] = top, b[2] = right, b[3] = bottom, b[4] = near;
        bounds[c] = NO_TILE;
        if (near <= 0.0f || right < before || bottom < before || left > w || top > h) continue;
        const int tx0 = (int)(maxf(left - (float)apron, 0.0f) * inverse_pitch), ty0 = (int)(maxf(top - (float)apron, 0.0f) * inverse_pitch);
        const int tx1 = mini((int)(minf(right, w) + (float)apron) / pitch, nx - 1), ty1 = mini((int)(minf(bottom, h) + (float)apron) / pitch, ny - 1);
        if (tx0 > tx1 || ty0 > ty1) continue;
        bounds[c] = (uint32_t)tx0 | (uint32_t)ty0 << 8 | (uint32_t)tx1 << 16 | (uint32_t)ty1 << 24;
        /* span: nearness of the first step, steps per unit of it */
        const int at = (int)minf(maxf((span[0] - near) * span[1], 0.0f), (float)(STEPS - 1));
        step[c] = (uint8_t)at;
        for (int y = ty0; y <= ty1; y++)
            for (int x = tx0; x <= tx1; x++) counts[(y * nx + x) * STEPS + at]++;
        total += (int64_t)(tx1 - tx0 + 1) * (ty1 - ty0 + 1);
    }
    return total;
}

/* `counts` becomes the places where lists end; `tile_start` where those of the tiles begin. */
static void cluster_fill(const uint32_t *restrict bounds, const uint8_t *restrict step, int64_t clusters, int width, int height,
                         int32_t *restrict counts, int32_t *restrict tile_start, int32_t *restrict list)
{
    const int nx = (width + TILE - 1) / TILE, tiles = nx * ((height + TILE - 1) / TILE);
    int32_t place = 0;
    for (int tile = 0; tile < tiles; tile++) {
        tile_start[tile] = place;
        for (int k = 0; k < STEPS; k++) {
            const int32_t some = counts[tile * STEPS + k];
            counts[tile * STEPS + k] = place;
            place += some;
        }
    }
    tile_start[tiles] = place;
    for (int64_t c = 0; c < clusters; c++) {
        const uint32_t b = bounds[c];
        if (b == NO_TILE) continue;
        const int x0 = (int)(b & 255u), y0 = (int)(b >> 8 & 255u), x1 = (int)(b >> 16 & 255u), y1 = (int)(b >> 24);
        for (int y = y0; y <= y1; y++)
            for (int x = x0; x <= x1; x++) list[counts[(y * nx + x) * STEPS + step[c]]++] = (int32_t)c;
    }
}

/* ---- one tile ---------------------------------------------------------------------------- */

typedef struct {
    const int32_t *whole; /* I_... */
    const float *number;  /* F_... */
    const float *screen, *vertex, *material;
    const int32_t *faces, *face_part;
    const uint8_t *part_kind;
    int64_t triangles;
    const float *box;            /* (clusters, BOX) */
    const int32_t *tile_start, *tile_list;
    const uint8_t *noise;        /* (NOISE, NOISE) */
    const uint8_t *gamma;        /* (GAMMA,) linear light -> sRGB */
    const uint32_t *row_pixels;  /* (height, 8) the gradient, dithered */
    const float *row_srgb;    /* (height, 3) the gradient, sRGB */
    const float *shadow;         /* (map_h, map_w) */
    uint32_t *pixels;            /* (height, width) */
    int16_t *part;               /* (height, width) */
    float *nearness;             /* (height, width) 1 / depth, 0 = nothing; only with I_DEPTH */
    uint8_t *clean;              /* (tiles,) what the picture's tile holds already, CLEAN_... */
} Frame;

/* Filling memory is a good part of a frame: what an empty tile already holds is not written again. */
enum { CLEAN_PART = 1, CLEAN_PIXELS = 2 };

typedef struct {
    int ss, apron, side, stride; /* in samples */
    int left, top;               /* of the apron, in samples of the picture */
    int reach;                   /* how far lines of this tile look for edges, in samples */
    int low, high;               /* rows that hold a surface or its lines */
    float *q, *q_over;           /* nearness of the opaque and of the translucent surface */
    int32_t *id, *id_over;
    int32_t *part, *part_over;
    uint8_t *edge, *near_edge, *smooth; /* marks of edges, of their neighbourhood, of both layers' */
    uint32_t *pixel;             /* sRGB times cover and, in the high byte, cover; see `mixed` */
} Tile;

static size_t tile_samples(int ss)
{
    const int side = TILE * ss + 2 * apron_of(ss);
    return (size_t)(((side + 7) & ~7) + 8) * (size_t)side;
}

static size_t scratch_bytes(int ss) { return tile_samples(ss) * (7 * 4 + 3) + 64; }

static void tile_place(Tile *t, void *scratch, int ss)
{
    const size_t n = tile_samples(ss);
    t->ss = ss;
    t->apron = apron_of(ss);
    t->side = TILE * ss + 2 * t->apron;
    t->stride = ((t->side + 7) & ~7) + 8;
    float *f = (float *)scratch;
    t->q = f;
    t->q_over = f + n;
    t->id = (int32_t *)(f + 2 * n);
    t->id_over = (int32_t *)(f + 3 * n);
    t->part = (int32_t *)(f + 4 * n);
    t->pixel = (uint32_t *)(f + 5 * n);
    t->part_over = (int32_t *)(f + 6 * n);
    t->edge = (uint8_t *)(f + 7 * n);
    t->near_edge = t->edge + n;
    t->smooth = t->near_edge + n;
}

/* Nearness over the picture: base + dx * (x - x0) + dy * (y - y0). */
typedef struct { float x0, y0, base, dx, dy; } Plane;

/* A sliver's slope is mostly rounding: it gets one nearness. Everywhere else the plane stays between
   the corners' values up to a thousandth, so nothing need be clamped. */
static const double SLIVER = 0.5;

/* gcc and clang have portable vectors (SSE2, AVX2, NEON); elsewhere a plain loop serves. */
#if defined(__GNUC__) && !defined(VISUALIZER_KERNEL_SCALAR)
#define FOUR
typedef float Four __attribute__((vector_size(16)));
typedef int32_t FourInt __attribute__((vector_size(16)));
typedef float Eight __attribute__((vector_size(32)));
typedef int32_t EightInt __attribute__((vector_size(32)));
typedef uint32_t EightUint __attribute__((vector_size(32)));
#endif

/* Four samples of a row: which of them hold, nearer or of equals of the lower number. */
#ifdef FOUR
static inline void keep_four(float *restrict q, int32_t *restrict id, FourInt in, Four v, int32_t t)
{
    Four was;
    FourInt had;
    memcpy(&was, q, sizeof was);
    memcpy(&had, id, sizeof had);
    in &= (v > was) | ((v == was) & (t < had));
    v = (Four)((in & (FourInt)v) | (~in & (FourInt)was));
    had = (in & t) | (~in & had);
    memcpy(q, &v, sizeof v);
    memcpy(id, &had, sizeof had);
}
#endif

#ifdef FOUR
/* The same for eight. Where the processor has no vectors of eight the compiler takes two of four. */
static inline __attribute__((always_inline)) void keep_eight(float *restrict q, int32_t *restrict id, const EightInt *inside, const Eight *value, int32_t t)
{
    Eight was, v = *value;
    EightInt had, in = *inside;
    memcpy(&was, q, sizeof was);
    memcpy(&had, id, sizeof had);
    in &= (v > was) | ((v == was) & (t < had));
    v = (Eight)((in & (EightInt)v) | (~in & (EightInt)was));
    had = (in & t) | (~in & had);
    memcpy(q, &v, sizeof v);
    memcpy(id, &had, sizeof had);
}
#endif

/* Small triangle: every product below is a multiple of 1/256 under 2^14, exact in float, and so are
   the sums from row to row. Eight samples at a time; the rows of a tile are padded, so the overhang
   is harmless. No edge function is ever minus zero, so its sign tells the side. */
static void raster_small(float *restrict q, int32_t *restrict id, int stride, int x0, int x1, int y0,
                         int y1, const float *a, const float *b, const float *c, Plane z, int32_t t)
{
    const float x = (float)x0 + 0.5f, y = (float)y0 + 0.5f;
    const float ax = b[0] - a[0], ay = b[1] - a[1], bx = c[0] - b[0], by = c[1] - b[1];
    const float cx = a[0] - c[0], cy = a[1] - c[1];
    float ra = ay * (x - a[0]) - ax * (y - a[1]) + 0.0f, rb = by * (x - b[0]) - bx * (y - b[1]) + 0.0f;
    float rc = cy * (x - c[0]) - cx * (y - c[1]) + 0.0f;
    float *qr = q + (int64_t)y0 * stride + x0;
    int32_t *ir = id + (int64_t)y0 * stride + x0;
    const float rz = z.base + z.dx * (x - z.x0) + z.dy * (y - z.y0);
    const int rows = y1 - y0, wide = x1 - x0;
#ifdef FOUR
    const Four step = {0.0f, 1.0f, 2.0f, 3.0f};
    Four ea = ra + ay * step, eb = rb + by * step, ec = rc + cy * step;
    const Four ez = z.dx * step;
    if (wide < 4) {
        for (int row = 0; row <= rows; row++, qr += stride, ir += stride) {
            keep_four(qr, ir, ((FourInt)ea | (FourInt)eb | (FourInt)ec) >= 0, rz + z.dy * (float)row + ez, t);
            ea -= ax, eb -= bx, ec -= cx;
        }
        return;
    }
    const Eight steps = {0.0f, 1.0f, 2.0f, 3.0f, 4.0f, 5.0f, 6.0f, 7.0f};
    Eight ha = ra + ay * steps, hb = rb + by * steps, hc = rc + cy * steps;
    const Eight hz = z.dx * steps;
    if (wide < 8) {
        for (int row = 0; row <= rows; row++, qr += stride, ir += stride) {
            const EightInt in = ((EightInt)ha | (EightInt)hb | (EightInt)hc) >= 0;
            const Eight v = rz + z.dy * (float)row + hz;
            keep_eight(qr, ir, &in, &v, t);
            ha -= ax, hb -= bx, hc -= cx;
        }
        return;
    }
#endif
    /* where a row enters and leaves through each edge, to within half a sample: the edge functions
       decide, this only spares looking at most of the rectangle */
    const float big = 1e6f, last = (float)wide;
    const float ia = ay != 0.0f ? -1.0f / ay : 0.0f, ib = by != 0.0f ? -1.0f / by : 0.0f, ic = cy != 0.0f ? -1.0f / cy : 0.0f;
    float na = ay > 0.0f ? ra * ia : -big, nb = by > 0.0f ? rb * ib : -big, nc = cy > 0.0f ? rc * ic : -big;
    float la = ay < 0.0f ? ra * ia : big, lb = by < 0.0f ? rb * ib : big, lc = cy < 0.0f ? rc * ic : big;
    const float sa = -ax * ia, sb = -bx * ib, sc = -cx * ic;
    for (int row = 0; row <= rows; row++, qr += stride, ir += stride) {
        const float enter = maxf(maxf(na, nb), maxf(nc, 0.0f)), leave = minf(minf(la, lb), minf(lc, last));
        const float zr = rz + z.dy * (float)row;
        const int begin = (int)(enter + 0.5f), end = (int)(leave + 0.5f);
#ifdef FOUR
        for (int i = begin; i <= end; i += 8) {
            const float o = (float)i;
            const EightInt in = ((EightInt)(ha + ay * o) | (EightInt)(hb + by * o) | (EightInt)(hc + cy * o)) >= 0;
            const Eight v = zr + (z.dx * o + hz);
            keep_eight(qr + i, ir + i, &in, &v, t);
        }
        ha -= ax, hb -= bx, hc -= cx;
#else
        for (int i = begin; i <= end; i++) {
            const float s = (float)i, v = zr + z.dx * s;
            if (ra + ay * s < 0.0f || rb + by * s < 0.0f || rc + cy * s < 0.0f) continue;
            if (v < qr[i] || (v == qr[i] && t >= ir[i])) continue;
            qr[i] = v;
            ir[i] = t;
        }
        ra -= ax, rb -= bx, rc -= cx;
#endif
        na += sa, nb += sb, nc += sc;
        la += sa, lb += sb, lc += sc;
    }
}

static inline int inside(const double *e, const double *step, int x)
{
    const double o = (double)x;
    return e[0] + step[0] * o >= 0.0 && e[1] + step[1] * o >= 0.0 && e[2] + step[2] * o >= 0.0;
}

/* Large triangle: the samples of a row that lie inside are one run, found from both ends. */
static void raster_large(float *restrict q, int32_t *restrict id, int stride, int x0, int x1, int y0,
                         int y1, const float *a, const float *b, const float *c, Plane z, int32_t t)
{
    const float *corner[3] = {a, b, c};
    double step[3], across[3], inverse[3];
    for (int i = 0; i < 3; i++) {
        step[i] = (double)corner[(i + 1) % 3][1] - corner[i][1];
        across[i] = (double)corner[(i + 1) % 3][0] - corner[i][0];
        inverse[i] = step[i] == 0.0 ? 0.0 : -1.0 / step[i];
    }
    for (int y = y0; y <= y1; y++) {
        double e[3], enter = x0, leave = x1;
        int empty = 0;
        for (int i = 0; i < 3; i++) {
            e[i] = step[i] * (0.5 - corner[i][0]) - across[i] * (y + 0.5 - corner[i][1]);
            const double cut = e[i] * inverse[i];
            if (step[i] > 0.0 && cut > enter) enter = cut;
            if (step[i] < 0.0 && cut < leave) leave = cut;
            empty |= step[i] == 0.0 && e[i] < 0.0;
        }
        if (empty || enter > leave + 1.0) continue;
        /* all but exact: the edge functions decide, mostly at once */
        int begin = maxi((int)(enter + 0.999999), x0), end = mini((int)(leave + 0.000001), x1);
        while (begin <= end && !inside(e, step, begin)) begin++;
        while (end >= begin && !inside(e, step, end)) end--;
        float *restrict qr = q + (int64_t)y * stride;
        int32_t *restrict ir = id + (int64_t)y * stride;
        const float rz = z.base + z.dy * ((float)y + 0.5f - z.y0) + z.dx * (0.5f - z.x0);
#ifdef FOUR
        for (int x = begin; x <= end; x += 4) {
            const FourInt column = x + (FourInt){0, 1, 2, 3};
            const Four place = {(float)x, (float)(x + 1), (float)(x + 2), (float)(x + 3)};
            keep_four(qr + x, ir + x, column <= end, rz + z.dx * place, t);
        }
#else
        for (int x = begin; x <= end; x++) {
            const float v = rz + z.dx * (float)x;
            if (v < qr[x] || (v == qr[x] && t >= ir[x])) continue;
            qr[x] = v;
            ir[x] = t;
        }
#endif
    }
}

/* Farthest nearness of every 8 x 8 block: what is farther than that is hidden there. */
enum { BLOCK = 8, MAX_BLOCKS = MAX_SIDE / BLOCK + 1 };

CLONES static void find_farthest(const Tile *t, const float *restrict q, float *restrict farthest)
{
    const int blocks = (t->side + BLOCK - 1) / BLOCK;
    for (int j = 0; j < blocks; j++) {
        float low[MAX_SIDE + BLOCK];
        memcpy(low, q + (int64_t)j * BLOCK * t->stride, sizeof(float) * (size_t)t->side);
        for (int y = j * BLOCK + 1; y < mini((j + 1) * BLOCK, t->side); y++) {
            const float *line = q + (int64_t)y * t->stride;
            for (int x = 0; x < t->side; x++) low[x] = minf(low[x], line[x]);
        }
        for (int i = 0; i < blocks; i++) {
            float least = low[i * BLOCK];
            for (int x = i * BLOCK + 1; x < mini((i + 1) * BLOCK, t->side); x++) least = minf(least, low[x]);
            farthest[j * MAX_BLOCKS + i] = least;
        }
    }
}

static int hidden(const float *farthest, int x0, int x1, int y0, int y1, float nearest)
{
    for (int j = y0 / BLOCK; j <= y1 / BLOCK; j++)
        for (int i = x0 / BLOCK; i <= x1 / BLOCK; i++)
            if (!(nearest < farthest[j * MAX_BLOCKS + i])) return 0;
    return 1;
}

/* Whether a cluster lies behind what the tile holds. */
static int cluster_hidden(const Tile *t, const float *farthest, const float *box)
{
    const float left = box[0] - (float)t->left, top = box[1] - (float)t->top, right = box[2] - (float)t->left, bottom = box[3] - (float)t->top;
    const float most = (float)(t->side - 1);
    const int x0 = (int)minf(maxf(left, 0.0f), most), x1 = (int)minf(maxf(right, 0.0f), most);
    const int y0 = (int)minf(maxf(top, 0.0f), most), y1 = (int)minf(maxf(bottom, 0.0f), most);
    return hidden(farthest, x0, x1, y0, y1, 1.002f * box[4]);
}

/* List the triangles of a cluster that face the eye, touch the tile and are of one kind. Half of all face
   away, in no order that a processor could foresee, so they are sorted out without a jump; what rounding
   lets through is looked at once more. Returns how many; `others` counts those of another kind. */
static inline int facing_triangles(const Frame *f, const Tile *t, int64_t first, int64_t last, int kind, int32_t *list, int *others)
{
    const float left = (float)t->left + 0.5f, top = (float)t->top + 0.5f, right = left + (float)t->side, bottom = top + (float)t->side;
    int some = 0, other = 0;
    for (int64_t i = first; i < last; i++) {
        const int32_t *face = f->faces + 3 * i;
        const float *a = f->screen + 4 * (int64_t)face[0], *b = f->screen + 4 * (int64_t)face[1], *c = f->screen + 4 * (int64_t)face[2];
        const float bx = b[0] - a[0], by = b[1] - a[1], cx = c[0] - a[0], cy = c[1] - a[1], one = bx * cy, two = cx * by;
        const int seen = (one - two <= 1e-6f * (fabsf(one) + fabsf(two))) & (minf(a[2], minf(b[2], c[2])) > 0.0f)
            & (maxf(a[0], maxf(b[0], c[0])) >= left) & (minf(a[0], minf(b[0], c[0])) <= right)
            & (maxf(a[1], maxf(b[1], c[1])) >= top) & (minf(a[1], minf(b[1], c[1])) <= bottom);
        const int own = f->part_kind[f->face_part[i]];
        list[some] = (int32_t)i;
        some += seen & (own == kind);
        other += seen & (own != kind) & (own != HIDDEN);
    }
    *others += other;
    return some;
}

/* Draw the tile's triangles of one kind, and note which rows they touch. q must hold 0 or what they
   are hidden by. Returns how many triangles were of another kind. */
WHOLE static int raster(const Frame *f, Tile *t, int tile, int kind, float *q, int32_t *id)
{
    float widest = f->number[F_EDGE_WIDTH], ringed = 0.0f;
    float farthest[MAX_BLOCKS * MAX_BLOCKS];
    int drawn = 0, look = 0, others = 0, latest = -1, first = t->side, last = -1;
    int32_t facing[CLUSTER];
    for (int32_t n = f->tile_start[tile]; n < f->tile_start[tile + 1]; n++) {
        const int64_t cluster = f->tile_list[n];
        if (look && cluster_hidden(t, farthest, f->box + BOX * cluster)) continue;
        const int64_t begin = cluster * CLUSTER, end = begin + CLUSTER < f->triangles ? begin + CLUSTER : f->triangles;
        const int some = facing_triangles(f, t, begin, end, kind, facing, &others);
        for (int k = 0; k < some; k++) {
            const int32_t tri = facing[k], *face = f->faces + 3 * (int64_t)tri, part = f->face_part[tri];
            float a[3], b[3], c[3]; /* in samples of the tile; exact, because the shift is whole */
            for (int i = 0; i < 3; i++) {
                const float shift = i == 0 ? (float)t->left : (i == 1 ? (float)t->top : 0.0f);
                a[i] = f->screen[4 * (int64_t)face[0] + i] - shift;
                b[i] = f->screen[4 * (int64_t)face[1] + i] - shift;
                c[i] = f->screen[4 * (int64_t)face[2] + i] - shift;
            }
            const float left = minf(a[0], minf(b[0], c[0])), right = maxf(a[0], maxf(b[0], c[0]));
            const float top = minf(a[1], minf(b[1], c[1])), bottom = maxf(a[1], maxf(b[1], c[1]));
            const float edge = (float)t->side;
            /* the first sample at or after a multiple of 1/16 */
            const int x0 = (int)(maxf(left, 0.0f) + 0.4375f), y0 = (int)(maxf(top, 0.0f) + 0.4375f);
            const int x1 = (int)minf(right + 0.5f, edge) - 1, y1 = (int)minf(bottom + 0.5f, edge) - 1;
            if (right < 0.5f || bottom < 0.5f || x0 > x1 || y0 > y1) continue;
            const double bx = (double)b[0] - a[0], by = (double)b[1] - a[1], cx = (double)c[0] - a[0], cy = (double)c[1] - a[1];
            const double area = bx * cy - cx * by;
            if (!(area < 0.0)) continue;
            if (part != latest) {
                latest = part;
                widest = maxf(widest, f->material[MATERIAL * (int64_t)part + M_WIDTH]);
                ringed = maxf(ringed, f->material[MATERIAL * (int64_t)part + M_RING]);
            }
            if (drawn++ == 90 * t->ss) {
                find_farthest(t, q, farthest);
                drawn = 0;
                look = 1;
            }
            /* the plane may leave the corners' range by a thousandth */
            if (look && hidden(farthest, x0, x1, y0, y1, 1.002f * maxf(a[2], maxf(b[2], c[2])))) continue;
            first = mini(first, y0);
            last = maxi(last, y1);
            Plane z = {a[0], a[1], a[2], 0.0f, 0.0f};
            if (area < -SLIVER) {
                const double inverse = 1.0 / area, qb = (double)b[2] - a[2], qc = (double)c[2] - a[2];
                z.dx = (float)((qb * cy - qc * by) * inverse);
                z.dy = (float)((qc * bx - qb * cx) * inverse);
            }
            if (right - left <= 60.0f && bottom - top <= 60.0f)
                raster_small(q, id, t->stride, x0, x1, y0, y1, a, b, c, z, tri);
            else
                raster_large(q, id, t->stride, x0, x1, y0, y1, a, b, c, z, tri);
        }
    }
    t->reach = maxi(t->reach, mini(maxi(ceil_int(0.5f * widest * (float)t->ss), ringed > 0.0f ? t->ss : 1), 2 * t->ss));
    t->low = maxi(first - t->reach - 2, 0);
    t->high = mini(last + t->reach + 3, t->side);
    return others;
}

/* ---- shading ----------------------------------------------------------------------------- */

/* What shading needs of the covered samples of a row, side by side for the vector unit. Loops over
   them run in whole blocks of WIDE: beyond the last sample stand copies of it, and what a run writes
   beyond its end the next run writes again. */
enum { WIDE = 8, MAX_ROW = MAX_SIDE + 2 * WIDE };
typedef struct {
    int count, column[MAX_ROW];
    float attribute[VERTEX][MAX_ROW];   /* A_... */
    float base[3][MAX_ROW], gloss[MAX_ROW], blur[MAX_ROW], cover[MAX_ROW];
    int segments, part[MAX_ROW], start[MAX_ROW + 1]; /* runs of samples of one part */
    /* calm spans, of which only every KEY-th sample and the last is here: the first's place here, the
       first's column, length */
    int spans, span_sample[MAX_ROW / 8], span_column[MAX_ROW / 8], span_length[MAX_ROW / 8];
} Row;

/* A long run on one triangle without a texture, with all but even normals, is shaded at every
   KEY-th sample. */
enum { KEY = 8, LONG = 12 };

static inline int blocks_of(int count) { return (count + WIDE - 1) & ~(WIDE - 1); }

static inline float fraction(float a) { return a - (float)floor_int(a); }

/* Streaks -0.5 .. 0.5 along the fibres: noise over the two coordinates across them. */
static void streak_run(const Frame *f, const Row *r, int start, int count, float *restrict streak)
{
    int column[MAX_ROW], row[MAX_ROW];
    float fx[MAX_ROW], fy[MAX_ROW], corner[4][MAX_ROW];
    const float scale = f->number[F_STREAK_SCALE];
    const float *u = r->attribute[A_ACROSS] + start, *v = r->attribute[A_ACROSS + 1] + start, *along = r->attribute[A_ALONG] + start;
    for (int i = 0; i < count; i++) {
        const float x = u[i] * scale + 3.0f * along[i] + 65536.0f, y = v[i] * scale + 65536.0f;
        const int ix = (int)x, iy = (int)y;
        fx[i] = x - (float)ix;
        fy[i] = y - (float)iy;
        column[i] = ix & (NOISE - 1);
        row[i] = iy & (NOISE - 1);
    }
    for (int i = 0; i < count; i++) {
        const uint8_t *r0 = f->noise + row[i] * NOISE, *r1 = f->noise + ((row[i] + 1) & (NOISE - 1)) * NOISE;
        const int c0 = column[i], c1 = (c0 + 1) & (NOISE - 1);
        corner[0][i] = (float)r0[c0];
        corner[1][i] = (float)r0[c1];
        corner[2][i] = (float)r1[c0];
        corner[3][i] = (float)r1[c1];
    }
    for (int i = 0; i < count; i++) {
        const float a = corner[0][i] + fx[i] * (corner[1][i] - corner[0][i]);
        const float b = corner[2][i] + fx[i] * (corner[3][i] - corner[2][i]);
        streak[i] = (a + fy[i] * (b - a)) * (1.0f / 255.0f) - 0.5f;
    }
}

/* Darkness 0 .. 1 of the band pattern. Moving bands have a sharp front and a fading tail, so that a
   still picture tells their direction too; isometric bars are even. Bands finer than two samples
   fade out. Bending the bands to arrowheads was tried: on wide muscles it only looked restless. */
/* A still picture (phase 0) shows a band well away from the belly, where bands are born or end. */
static const float REST_PHASE = 0.35f;
/* Mean darkness of the moving bands. A pattern darkens and lightens about its mean, see colour_run:
   where it is too fine to see the colour stays as it is. */
static const float EVEN_TONE = 0.2424f;
/* Half of a still bar's share of its period: narrow, so that large stabilizers do not drown a small
   prime mover. */
static const float HALF_BAR = 0.17f;

static inline float mean_darkness(int kind) { return kind == 3 ? 2.0f * HALF_BAR : EVEN_TONE; }

static void band_run(const float *m, const Row *r, int start, int count, float *restrict dark)
{
    const int kind = (int)m[M_PATTERN];
    const float bands = m[M_BANDS], sign = kind == 1 ? bands : -bands, phase = m[M_PHASE];
    const float even = mean_darkness(kind);
    const float *along = r->attribute[A_ALONG] + start, *change = r->blur + start;
    for (int i = 0; i < count; i++) {
        const float blur = minf(maxf(change[i] * bands, 0.03f), 1.0f), visible = clamp01((0.6f - blur) * 4.0f);
        if (kind == 3) {
            const float d = fabsf(fraction(along[i] * bands) - 0.5f);
            dark[i] = clamp01((HALF_BAR - d) / blur + 0.5f);
        } else {
            const float x = fraction(phase + REST_PHASE + sign * fabsf(along[i] - 0.5f)), tail = clamp01(1.0f - 1.35f * x);
            dark[i] = maxf(tail * (1.5f - 0.5f * tail), (x - 1.0f + blur) / blur);
        }
        dark[i] = even + visible * (dark[i] - even);
    }
}

/* Surface colour of samples of one part. */
WHOLE static void colour_run(const Frame *f, const float *restrict m, Row *restrict r, int start, int end)
{
    float streak[MAX_ROW], dark[MAX_ROW];
    const int count = blocks_of(end - start);
    const float *tendon = r->attribute[A_TENDON] + start;
    float *red = r->base[0] + start, *green = r->base[1] + start, *blue = r->base[2] + start;
    float *gloss = r->gloss + start, *cover = r->cover + start;
    const float streaks = m[M_STREAKS], strength = m[M_PATTERN] > 0.0f ? m[M_STRENGTH] : 0.0f;
    const float gap_share = m[M_PATTERN] > 0.0f ? m[M_GAP_SHARE] : 0.0f, even = mean_darkness((int)m[M_PATTERN]);
    if (streaks > 0.0f) streak_run(f, r, start, count, streak);
    else memset(streak, 0, sizeof(float) * (size_t)count);
    if (strength > 0.0f || gap_share > 0.0f) band_run(m, r, start, count, dark);
    else memset(dark, 0, sizeof(float) * (size_t)count);
    for (int i = 0; i < count; i++) {
        const float grain = streaks * streak[i], t = clamp01(tendon[i]);
        const float s = clamp01((t + 1.3f * grain * t * (1.0f - t) - 0.15f) * 1.4286f), mix = s * s * (3.0f - 2.0f * s);
        const float tone = (1.0f + (0.55f - 0.40f * mix) * grain) * (1.0f + strength * (1.0f - mix) * 0.66f * (even - dark[i]));
        const float gap = gap_share * (1.0f - dark[i]);
        const float r0 = m[M_COLOUR] + gap * (m[M_GAP] - m[M_COLOUR]), g0 = m[M_COLOUR + 1] + gap * (m[M_GAP + 1] - m[M_COLOUR + 1]),
                    b0 = m[M_COLOUR + 2] + gap * (m[M_GAP + 2] - m[M_COLOUR + 2]);
        red[i] = (r0 + mix * (m[M_TENDON] - r0)) * tone;
        green[i] = (g0 + mix * (m[M_TENDON + 1] - g0)) * tone;
        blue[i] = (b0 + mix * (m[M_TENDON + 2] - b0)) * tone;
        gloss[i] = m[M_GLOSS];
        cover[i] = m[M_OPACITY];
    }
}

/* Attributes over a triangle as planes of the screen: base + dx * (x - x0) + dy * (y - y0). Where the
   depth varies much within the triangle the planes hold attribute * nearness, see `divided`. */
typedef struct {
    float base[VERTEX], dx[VERTEX], dy[VERTEX];
    float x0, y0, q, qx, qy, blur;
    int32_t divided, triangle, part, calm;
} Slope;

/* The triangles of a row mostly return in the next: slopes are kept, by the number's last bits. */
enum { KEPT = 128 };

static void slope_of(const Frame *f, int32_t tri, Slope *restrict s)
{
    s->triangle = tri;
    s->part = f->face_part[tri];
    const int32_t *face = f->faces + 3 * (int64_t)tri;
    const float *sa = f->screen + 4 * (int64_t)face[0], *sb = f->screen + 4 * (int64_t)face[1],
                *sc = f->screen + 4 * (int64_t)face[2];
    const float *a = f->vertex + VERTEX * (int64_t)face[0], *b = f->vertex + VERTEX * (int64_t)face[1],
                *c = f->vertex + VERTEX * (int64_t)face[2];
    const float bx = sb[0] - sa[0], by = sb[1] - sa[1], cx = sc[0] - sa[0], cy = sc[1] - sa[1];
    const double area = (double)bx * cy - (double)cx * by;
    const float inverse = area < -SLIVER ? (float)(1.0 / area) : 0.0f;
    const float dbx = cy * inverse, dby = -cx * inverse, dcx = -by * inverse, dcy = bx * inverse;
    s->x0 = sa[0], s->y0 = sa[1], s->q = sa[2];
    s->qx = (sb[2] - sa[2]) * dbx + (sc[2] - sa[2]) * dcx;
    s->qy = (sb[2] - sa[2]) * dby + (sc[2] - sa[2]) * dcy;
    s->divided = maxf(fabsf(sb[2] - sa[2]), fabsf(sc[2] - sa[2])) > 0.01f * sa[2];
    const float wa = s->divided ? sa[2] : 1.0f, wb = s->divided ? sb[2] : 1.0f, wc = s->divided ? sc[2] : 1.0f;
    for (int i = 0; i < VERTEX; i++) {
        const float base = a[i] * wa, ub = b[i] * wb - base, uc = c[i] * wc - base;
        s->base[i] = base;
        s->dx[i] = ub * dbx + uc * dcx;
        s->dy[i] = ub * dby + uc * dcy;
    }
    const float *m = f->material + MATERIAL * (int64_t)s->part;
    s->calm = m[M_STREAKS] <= 0.0f && (m[M_PATTERN] <= 0.0f || (m[M_STRENGTH] <= 0.0f && m[M_GAP_SHARE] <= 0.0f));
    if (s->calm) {
        /* the greatest change from sample to sample that is straight over KEY samples to half a grey
           level; the highlight bends most */
        const float even = 0.001f / sqrtf(maxf(m[M_GLOSS], 0.0625f)), most[A_ACROSS] = {even, even, even, 0.01f, 0.001f};
        const float one = s->divided ? 1.0f / sa[2] : 1.0f, q = s->divided ? s->qx / sa[2] : 0.0f;
        for (int i = 0; i < A_ACROSS; i++) s->calm &= fabsf(s->dx[i] - s->base[i] * q) * one <= most[i];
    }
    const float ub = b[A_ALONG] - a[A_ALONG], uc = c[A_ALONG] - a[A_ALONG];
    s->blur = fabsf(ub * dbx + uc * dcx) + fabsf(ub * dby + uc * dcy);
}

#ifdef FOUR
#if defined(__clang__)
#define PICK(a, b, i, j, k, l) __builtin_shufflevector(a, b, i, j, k, l)
#define PICK_ANY(a, pick) \
    ((EightUint){a[pick[0]], a[pick[1]], a[pick[2]], a[pick[3]], a[pick[4]], a[pick[5]], a[pick[6]], a[pick[7]]})
#else
#define PICK_ANY(a, pick) __builtin_shuffle(a, pick)
#define PICK(a, b, i, j, k, l) __builtin_shuffle(a, b, (FourInt){i, j, k, l})
#endif
/* Four samples' attributes, one after the other, to side by side. */
static inline void turn_four(const float *restrict from, float *restrict to)
{
    for (int h = 0; h < 2; h++) {
        Four r[4];
        for (int i = 0; i < 4; i++) memcpy(&r[i], from + VERTEX * i + 4 * h, sizeof r[i]);
        const Four a = PICK(r[0], r[1], 0, 4, 1, 5), b = PICK(r[0], r[1], 2, 6, 3, 7);
        const Four c = PICK(r[2], r[3], 0, 4, 1, 5), d = PICK(r[2], r[3], 2, 6, 3, 7);
        const Four out[4] = {PICK(a, c, 0, 1, 4, 5), PICK(a, c, 2, 3, 6, 7), PICK(b, d, 0, 1, 4, 5), PICK(b, d, 2, 3, 6, 7)};
        for (int i = 0; i < 4; i++) memcpy(to + (4 * h + i) * MAX_ROW, &out[i], sizeof out[i]);
    }
}
#else
static inline void turn_four(const float *restrict from, float *restrict to)
{
    for (int i = 0; i < VERTEX; i++)
        for (int k = 0; k < 4; k++) to[i * MAX_ROW + k] = from[VERTEX * k + i];
}
#endif

/* Collect the covered samples of one row, whose triangles `line` holds: their attributes, and runs of
   equal parts. */
CLONES static void gather_row(const Frame *f, const Tile *t, int y, int x0, int x1, const int32_t *line, Slope *kept, Row *row)
{
    const float py = (float)(t->top + y) + 0.5f;
    float packed[MAX_ROW][VERTEX];
    int count = 0, part = -1;
    row->segments = row->spans = 0;
    for (int x = x0; x < x1;) {
        const int32_t tri = line[x];
        if (tri < 0) {
            x++;
            continue;
        }
        Slope *slope = kept + (tri & (KEPT - 1));
        if (slope->triangle != tri) slope_of(f, tri, slope);
        if (slope->part != part) {
            part = slope->part;
            row->part[row->segments] = part;
            row->start[row->segments++] = count;
        }
        const float dy = py - slope->y0, blur = slope->blur;
        const float *restrict change = slope->dx;
        float at[VERTEX], dx = (float)(t->left + x) + 0.5f - slope->x0;
        for (int i = 0; i < VERTEX; i++) at[i] = slope->base[i] + slope->dy[i] * dy;
        int length = 0;
        if (slope->calm)
            while (x + length < x1 && line[x + length] == tri) length++;
        if (length > LONG) {
            const float q = slope->divided ? slope->q + slope->qy * dy : 1.0f, qx = slope->divided ? slope->qx : 0.0f;
            row->span_sample[row->spans] = count;
            row->span_column[row->spans] = x;
            row->span_length[row->spans++] = length;
            for (int k = 0; k < length + KEY - 1; k += KEY, count++) {
                const int to = mini(k, length - 1);
                const float go = dx + (float)to, scale = 1.0f / (q + qx * go);
                for (int i = 0; i < VERTEX; i++) packed[count][i] = (at[i] + change[i] * go) * scale;
                row->blur[count] = blur;
                row->column[count] = x + to;
            }
            x += length;
            continue;
        }
        const int run = x, from = count;
        if (slope->divided) {
            const float q = slope->q + slope->qy * dy;
            for (; x < x1 && line[x] == tri; x++, count++, dx += 1.0f) {
                const float scale = 1.0f / (q + slope->qx * dx);
                float *restrict to = packed[count];
                for (int i = 0; i < VERTEX; i++) to[i] = (at[i] + change[i] * dx) * scale;
            }
        } else {
            for (; x < x1 && line[x] == tri; x++, count++, dx += 1.0f) {
                float *restrict to = packed[count];
                for (int i = 0; i < VERTEX; i++) to[i] = at[i] + change[i] * dx;
            }
        }
        /* by fours: what is beyond the run is written again */
        for (int k = 0; k < count - from; k += 4)
            for (int i = 0; i < 4; i++) {
                row->blur[from + k + i] = blur;
                row->column[from + k + i] = run + k + i;
            }
    }
    row->count = count;
    row->start[row->segments] = count;
    if (count == 0) return;
    for (int j = 0; j < WIDE; j++) {
        memcpy(packed[count + j], packed[count - 1], sizeof packed[0]);
        row->blur[count + j] = row->blur[count - 1];
        row->column[count + j] = row->column[count - 1];
    }
    for (int k = 0; k < count + WIDE - 3; k += 4) turn_four(packed[k], row->attribute[0] + k);
    const int whole = count + WIDE; /* as far as blocks may reach */
    for (int i = A_ACROSS; i < VERTEX; i++)
        for (int k = 0; k < whole; k++) row->attribute[i][k] = minf(maxf(row->attribute[i][k], -50.0f), 50.0f);
}

/* Hemisphere, key, fill and rim light on the collected samples; base becomes outgoing light. */
CLONES static void light_row(const float *restrict k, Row *restrict r, float left, float step, float view_y)
{
    const int count = blocks_of(r->count), from = r->column[0], to = r->column[r->count - 1];
    /* 1 / distance to the picture plane: along the row nearly straight, then one step of Newton's */
    const float x0 = left + step * (float)from, x1 = left + step * (float)to;
    const float near = 1.0f / sqrtf(x0 * x0 + view_y * view_y + 1.0f), end = 1.0f / sqrtf(x1 * x1 + view_y * view_y + 1.0f);
    const float short_step = to > from ? (end - near) / (float)(to - from) : 0.0f, short_first = near - short_step * (float)from;
    for (int i = 0; i < count; i++) {
        float x = r->attribute[0][i], y = r->attribute[1][i], z = r->attribute[2][i];
        const float scale = 1.0f / sqrtf(x * x + y * y + z * z + 1e-12f);
        x *= scale, y *= scale, z *= scale;
        const float vx = left + step * (float)r->column[i], open = clamp01(r->attribute[A_OCCLUSION][i]);
        const float far = vx * vx + view_y * view_y + 1.0f, guess = short_first + short_step * (float)r->column[i];
        const float facing = (x * vx + y * view_y + z) * (guess * (1.5f - 0.5f * far * guess * guess));
        const float away = 1.0f - maxf(facing, 0.0f);
        const float up = 0.5f + 0.5f * (x * k[F_UP] + y * k[F_UP + 1] + z * k[F_UP + 2]);
        const float key = maxf((x * k[F_KEY] + y * k[F_KEY + 1] + z * k[F_KEY + 2] + 0.3f) * 0.769f, 0.0f);
        const float fill = maxf(0.5f + 0.5f * (x * k[F_FILL] + y * k[F_FILL + 1] + z * k[F_FILL + 2]), 0.0f);
        float shine = maxf(x * k[F_HALF] + y * k[F_HALF + 1] + z * k[F_HALF + 2], 0.0f);
        shine *= shine, shine *= shine, shine *= shine, shine *= shine * shine; /* to the 24th */
        shine *= r->gloss[i] * open * 0.5f;
        const float ambient = (k[F_GROUND_POWER] + (k[F_SKY_POWER] - k[F_GROUND_POWER]) * up) * open;
        const float lamp = k[F_KEY_POWER] * key * (0.40f + 0.60f * open), weak = k[F_FILL_POWER] * fill * open;
        const float rim = k[F_RIM_POWER] * away * away * away * open;
        const float buried = 1.0f - open;
        /* warm lamp, cool sky, warm hollows: a printed atlas, not a grey render */
        const float red = 1.02f * lamp + 0.97f * ambient + 0.98f * weak;
        const float green = (lamp + ambient + weak) * (1.0f - 0.05f * buried);
        const float blue = (0.96f * lamp + 1.05f * ambient + 1.04f * weak) * (1.0f - 0.09f * buried);
        r->base[0][i] = r->base[0][i] * (red + rim) + shine + 0.25f * rim;
        r->base[1][i] = r->base[1][i] * (green + rim) + shine + 0.25f * rim;
        r->base[2][i] = r->base[2][i] * (blue + rim) + shine + 0.25f * rim;
    }
}

/* Samples are sRGB, multiplied by their cover, which is the high byte: layers, lines, smoothed edges and
   the backdrop all mix as it is seen, four bytes at once. `share` 0 .. 256. */
static const uint32_t EVEN = 0x00ff00ffu;

static inline uint32_t mixed(uint32_t under, uint32_t over, uint32_t share)
{
    const uint32_t even = ((under & EVEN) * (256u - share) + (over & EVEN) * share + 0x800080u) >> 8 & EVEN;
    const uint32_t odd = ((under >> 8 & EVEN) * (256u - share) + (over >> 8 & EVEN) * share + 0x800080u) & ~EVEN;
    return even | odd;
}

static inline uint32_t packed(const float *srgb)
{
    uint32_t pixel = 255;
    for (int c = 0; c < 3; c++) pixel = pixel << 8 | (uint32_t)(int)(clamp01(srgb[c]) * 255.0f + 0.5f);
    return pixel;
}

static inline uint32_t share_of(float strength) { return (uint32_t)(int)(strength * 256.0f + 0.5f); }

/* A sample over a pixel of the backdrop. */
static inline uint32_t over_backdrop(uint32_t sample, uint32_t backdrop)
{
    const uint32_t cover = sample >> 24, rest = 256u - (cover + (cover >> 7));
    const uint32_t even = ((backdrop & EVEN) * rest + 0x800080u) >> 8 & EVEN;
    const uint32_t odd = ((backdrop >> 8 & EVEN) * rest + 0x800080u) & 0xff00u;
    return 0xff000000u | (sample + (even | odd));
}

/* The samples between those that were shaded. */
static inline void fill_span(const Row *row, int span, int (*level)[MAX_ROW], const uint32_t *one, const uint8_t *gamma, uint32_t *line)
{
    const int length = row->span_length[span];
    uint32_t *to = line + row->span_column[span];
    for (int k = 0, i = row->span_sample[span]; k < length - 1; k += KEY, i++) {
        const int steps = mini(KEY, length - 1 - k);
        if (one[i] == one[i + 1]) {
            for (int n = 0; n < steps; n++) to[k + n] = one[i];
            continue;
        }
        int now[3], change[3];
        for (int c = 0; c < 3; c++) {
            now[c] = level[c][i] * 256 + 128;
            change[c] = (level[c][i + 1] - level[c][i]) * 256 / steps;
        }
        for (int n = 0; n < steps; n++)
            to[k + n] = 0xff000000u | (uint32_t)gamma[(now[0] + n * change[0]) >> 8] << 16 | (uint32_t)gamma[(now[1] + n * change[1]) >> 8] << 8
                | gamma[(now[2] + n * change[2]) >> 8];
    }
}

/* Marks of edges sit on the left or upper sample of a pair: one to the right, two below. */
enum { RIGHT = 1, BELOW = 2 };

/* What a thread needs to shade a row. */
typedef struct {
    Row row;
    Slope kept[KEPT];
    int level[3][MAX_ROW];
    uint32_t one[MAX_ROW], fresh[MAX_ROW];
    float veil[MAX_ROW];
} Shader;

/* Shade the samples of row `y` whose triangles `here` holds, and write them to `to`. Returns how many
   there are; s->row and s->one keep them. */
CLONES static int shade_row(const Frame *f, const Tile *t, int y, int x0, int x1, const int32_t *here, Shader *s, uint32_t *to)
{
    Row *row = &s->row;
    const float middle = 0.5f * (float)(f->whole[I_HEIGHT] * t->ss), inverse_focal = 1.0f / f->number[F_FOCAL];
    /* towards the eye, in camera axes: (left + step * column, view_y, 1) */
    const float left = (0.5f * (float)(f->whole[I_WIDTH] * t->ss) - (float)t->left - 0.5f) * inverse_focal;
    gather_row(f, t, y, x0, x1, here, s->kept, row);
    if (row->count == 0) return 0;
    for (int i = 0; i < row->segments; i++)
        colour_run(f, f->material + MATERIAL * (int64_t)row->part[i], row, row->start[i], row->start[i + 1]);
    light_row(f->number, row, left, -inverse_focal, ((float)(t->top + y) + 0.5f - middle) * inverse_focal);
    const int count = blocks_of(row->count);
    for (int c = 0; c < 3; c++)
        for (int i = 0; i < count; i++) s->level[c][i] = (int)(clamp01(row->base[c][i]) * (float)(GAMMA - 1) + 0.5f);
    const uint8_t *gamma = f->gamma;
    for (int i = 0; i < row->count; i++)
        s->one[i] = 0xff000000u | (uint32_t)gamma[s->level[0][i]] << 16 | (uint32_t)gamma[s->level[1][i]] << 8 | gamma[s->level[2][i]];
    for (int i = 0; i < row->count; i++) to[row->column[i]] = s->one[i];
    for (int i = 0; i < row->spans; i++) fill_span(row, i, s->level, s->one, gamma, to);
    return row->count;
}

static inline int halved(const Frame *f, const Tile *t, int y) { return f->whole[I_HALF] && ((t->top + y) & 1); }

/* The opaque surface in a window of the tile. With I_HALF an odd row takes the mean of the rows above
   and below wherever all three lie on one part without a step in depth (BELOW marks say where not): in
   a moving picture nobody sees it, and it spares two fifths of the shading. */
CLONES static void shade_solid(const Frame *f, const Tile *t, int x0, int x1, int y0, int y1)
{
    Shader s;
    for (int i = 0; i < KEPT; i++) s.kept[i].triangle = -1;
    for (int y = y0; y < y1; y++) {
        uint32_t *line = t->pixel + (int64_t)y * t->stride;
        memset(line + x0, 0, sizeof(uint32_t) * (size_t)(x1 - x0));
        if (y < t->low || y >= t->high || halved(f, t, y)) continue;
        shade_row(f, t, y, x0, x1, t->id + (int64_t)y * t->stride, &s, line);
    }
    for (int y = maxi(y0, t->low); y < mini(y1, t->high); y++) {
        if (!halved(f, t, y)) continue;
        const int64_t at = (int64_t)y * t->stride;
        const int32_t *id = t->id + at;
        const uint8_t *restrict above = t->edge + at - t->stride, *restrict here = t->edge + at;
        uint32_t *restrict line = t->pixel + at;
        const uint32_t *restrict up = line - t->stride, *restrict down = line + t->stride;
        int32_t rest[MAX_SIDE], left_over = -1;
        for (int x = x0; x < x1; x++) {
            rest[x] = (above[x] | here[x]) & BELOW ? id[x] : -1;
            left_over &= rest[x];
        }
        for (int x = x0; x < x1; x++) line[x] = (up[x] & down[x]) + ((up[x] ^ down[x]) >> 1 & 0x7f7f7f7fu);
        if (left_over == -1) continue;
        for (int x = x0; x < x1; x++) line[x] = (above[x] | here[x]) & BELOW ? 0 : line[x];
        shade_row(f, t, y, x0, x1, rest, &s, line);
    }
}

/* Lay the translucent surface over what is there. */
CLONES static void shade_over(const Frame *f, const Tile *t, int x0, int x1, int y0, int y1)
{
    Shader s;
    for (int i = 0; i < KEPT; i++) s.kept[i].triangle = -1;
    for (int y = maxi(y0, t->low); y < mini(y1, t->high); y++) {
        uint32_t *line = t->pixel + (int64_t)y * t->stride, *fresh = s.fresh;
        float *veil = s.veil;
        const Row *row = &s.row;
        const int32_t *here = t->id_over + (int64_t)y * t->stride;
        if (!shade_row(f, t, y, x0, x1, here, &s, fresh)) continue;
        for (int i = 0; i < row->count; i++) veil[row->column[i]] = row->cover[i];
        for (int i = 0; i < row->spans; i++)
            for (int k = 0; k < row->span_length[i]; k++) veil[row->span_column[i] + k] = row->cover[row->span_sample[i]];
        const int first = row->column[0], last = row->column[row->count - 1];
        for (int x = first; x <= last; x++) {
            const uint32_t share = here[x] < 0 ? 0 : share_of(veil[x]);
            line[x] = mixed(line[x], fresh[x], share);
        }
    }
}

/* ---- lines ------------------------------------------------------------------------------- */

CLONES static void number_parts(const Frame *f, const Tile *t, const int32_t *restrict id, int32_t *restrict part)
{
    const int64_t first = (int64_t)t->stride * t->low, last = (int64_t)t->stride * maxi(t->high, t->low), n = (int64_t)t->stride * t->side;
    memset(part, 0xff, sizeof(int32_t) * (size_t)first);
    for (int64_t i = first; i < last; i++) part[i] = id[i] < 0 ? -1 : f->face_part[id[i]];
    memset(part + last, 0xff, sizeof(int32_t) * (size_t)(n - last));
}

/* Nearness differs by more than F_JUMP metres of depth. */
static inline int jumps(float a, float b, float jump)
{
    const float near = maxf(a, b);
    return fabsf(a - b) > jump * near * near;
}

/* Spread marks to samples that see them at most `back` samples behind or `ahead` samples ahead; as
   far as `ahead` only if `half` is not set or the pair ends there. */
CLONES static void spread(const Tile *t, const uint8_t *restrict marks, uint8_t *restrict out, int back, int ahead, int half)
{
    const int s = t->stride, side = t->side;
    memset(out, 0, (size_t)s * (size_t)side);
    for (int y = t->low; y < t->high; y++)
        for (int k = maxi(-back, t->low - y); k <= ahead && y + k < t->high; k++) {
            const uint8_t *e = marks + (int64_t)(y + k) * s, kinds = half && k == ahead ? RIGHT : RIGHT | BELOW;
            uint8_t *o = out + (int64_t)y * s;
            for (int x = 0; x < side; x++) o[x] |= e[x] & kinds;
        }
    uint8_t line[MAX_SIDE + 2 * MAX_APRON + 16] = {0};
    for (int y = t->low; y < t->high; y++) {
        uint8_t *o = out + (int64_t)y * s;
        memcpy(line + MAX_APRON, o, (size_t)side);
        if (half) memset(o, 0, (size_t)side);
        for (int k = -back; k <= ahead; k++) {
            const uint8_t *e = line + MAX_APRON + k, kinds = half && k == ahead ? BELOW : RIGHT | BELOW;
            for (int x = 0; x < side; x++) o[x] |= e[x] & kinds;
        }
    }
}

/* Mark samples whose right or lower neighbour belongs to another part or lies much deeper, then the
   neighbourhood of the marks: only there lines and smoothing need a closer look. */
CLONES static int mark_edges(const Tile *t, const int32_t *restrict part, const float *restrict q, float jump)
{
    const int s = t->stride, side = t->side;
    int any = 0;
    memset(t->edge, 0, (size_t)s * (size_t)side);
    for (int y = t->low; y < t->high; y++) {
        const int below = y + 1 < side ? s : 0;
        const int32_t *p = part + (int64_t)y * s;
        const float *d = q + (int64_t)y * s;
        uint8_t *restrict e = t->edge + (int64_t)y * s;
        int found = 0;
        for (int x = 0; x + 1 < side; x++) {
            const int right = (p[x] != p[x + 1]) | jumps(d[x], d[x + 1], jump), down = (p[x] != p[x + below]) | jumps(d[x], d[x + below], jump);
            const int marks = right * RIGHT | down * BELOW;
            e[x] = (uint8_t)marks;
            found |= marks;
        }
        any |= found;
    }
    if (any) spread(t, t->edge, t->near_edge, t->reach, t->reach, 1);
    else memset(t->near_edge, 0, (size_t)s * (size_t)side);
    return any;
}

/* True when the next eight samples have no edge near. */
static inline int even(const uint8_t *near_edge)
{
    uint64_t eight;
    memcpy(&eight, near_edge, sizeof eight);
    return eight == 0;
}

/* Ink the samples near an edge: cover of a line of the wider part's width, centred on the edge. */
CLONES static void draw_lines(const Frame *f, const Tile *t, int x0, int x1, int y0, int y1, const int32_t *parts, const float *q, int over)
{
    const int s = t->stride, reach = t->reach, rings = f->whole[I_RING];
    const uint32_t ink = packed(f->number + F_INK), ring = packed(f->number + F_RING);
    const float jump = f->number[F_JUMP], half_ss = 0.5f * (float)t->ss;
    float nothing[MATERIAL] = {0}; /* gives the silhouette its line */
    nothing[M_WIDTH] = f->number[F_EDGE_WIDTH];
    nothing[M_INK] = f->number[F_EDGE_INK];
    /* neighbours from near to far: of one part only the nearest counts */
    enum { MOST = (2 * MAX_APRON + 1) * (2 * MAX_APRON + 1) };
    int64_t shift[MOST];
    float distance[MOST];
    int neighbours = 0;
    for (int square = 1; square <= 2 * reach * reach; square++)
        for (int j = -reach; j <= reach; j++)
            for (int i = -reach; i <= reach; i++)
                if (i * i + j * j == square) {
                    shift[neighbours] = (int64_t)j * s + i;
                    distance[neighbours++] = sqrtf((float)square) - 1.0f;
                }
    for (int y = maxi(y0, t->low); y < mini(y1, t->high); y++)
        for (int x = x0; x < x1; x++) {
            const int64_t at = (int64_t)y * s + x;
            if (x + 8 <= x1 && even(t->near_edge + at)) {
                x += 7;
                continue;
            }
            if (!t->near_edge[at]) continue;
            const int32_t part = parts[at];
            if (part < 0 && !rings) continue;
            const float *mine = part < 0 ? nothing : f->material + MATERIAL * (int64_t)part;
            const float near = q[at];
            float line = 0.0f, selected = 0.0f;
            if (part >= 0) {
                int steps = 0; /* within the part */
                for (int k = 0; k < 4; k++)
                    steps |= (parts[at + shift[k]] == part) & jumps(q[at + shift[k]], near, jump);
                if (steps) line = 0.6f * mine[M_INK] * clamp01(mine[M_WIDTH] * half_ss);
            }
            int32_t known = part, before = part;
            for (int k = 0; k < neighbours; k++) {
                const int32_t other = parts[at + shift[k]];
                if (other == known || other == before || other == part) continue;
                before = known;
                known = other;
                const float *theirs = other < 0 ? nothing : f->material + MATERIAL * (int64_t)other;
                if (part >= 0)
                    line = maxf(line, maxf(mine[M_INK], theirs[M_INK]) * clamp01(maxf(mine[M_WIDTH], theirs[M_WIDTH]) * half_ss - distance[k]));
                if (mine[M_RING] != theirs[M_RING]) selected = maxf(selected, clamp01((float)t->ss - distance[k]));
            }
            if (over) line *= mine[M_OPACITY];
            if (line <= 0.0f && selected <= 0.0f) continue;
            uint32_t pixel = t->pixel[at];
            if (line > 0.0f) pixel = mixed(pixel, mixed(0, ink, (pixel >> 24) + (pixel >> 31)), share_of(line));
            if (selected > 0.0f) pixel = mixed(pixel, ring, share_of(selected));
            t->pixel[at] = pixel;
        }
}

/* ---- reduction to pixels ----------------------------------------------------------------- */

/* 8 x 8 ordered dither 0 .. 252: hides the steps of the calm gradients. */
static inline int dither(int x, int y)
{
    const int a = x ^ y;
    return ((a & 1) << 7) | ((y & 1) << 6) | ((a & 2) << 4) | ((y & 2) << 3) | ((a & 4) << 1) | (y & 4);
}

/* Shadow on the floor along one row of a tile, every eighth pixel; returns whether there is any. The
   camera does not roll, so a row meets the floor z = 0 at one distance, in a straight line. */
enum { MARKS = TILE / 8 + 1 };

static int floor_marks(const Frame *f, float y, int x0, float *mark)
{
    const float *eye = f->number + F_EYE, *axes = f->number + F_AXES, *map = f->number + F_MAP;
    const int mw = f->whole[I_MAP_W], mh = f->whole[I_MAP_H];
    memset(mark, 0, sizeof(float) * MARKS);
    if (mw < 2 || mh < 2) return 0;
    const float focal = f->number[F_FOCAL] / (float)f->whole[I_SS];
    const float up = (0.5f * (float)f->whole[I_HEIGHT] - y - 0.5f) / focal;
    const float dz = axes[5] * up - axes[8];
    /* from above as from below, where the floor is glass */
    if (!(eye[2] * dz < 0.0f) || !(fabsf(dz) > 1e-4f)) return 0;
    const float far = -eye[2] / dz, step = far / focal;
    const float right = ((float)x0 + 0.5f - 0.5f * (float)f->whole[I_WIDTH]) / focal;
    /* map: x and y of its corner, cells per metre in x and y; values sit in the cells' middles */
    const float u = (eye[0] + far * (axes[0] * right + axes[3] * up - axes[6]) - map[0]) * map[2] - 0.5f;
    const float v = (eye[1] + far * (axes[1] * right + axes[4] * up - axes[7]) - map[1]) * map[3] - 0.5f;
    const float du = step * axes[0] * map[2], dv = step * axes[1] * map[3];
    float any = 0.0f;
    for (int i = 0; i < MARKS; i++) {
        const float a = u + du * (float)(8 * i), b = v + dv * (float)(8 * i);
        if (!(a >= 0.0f && b >= 0.0f && a < (float)(mw - 1) && b < (float)(mh - 1))) continue;
        const int ia = (int)a, ib = (int)b;
        const float *m = f->shadow + (int64_t)ib * mw + ia;
        const float fa = a - (float)ia, fb = b - (float)ib;
        const float low = m[0] + fa * (m[1] - m[0]), high = m[mw] + fa * (m[mw + 1] - m[mw]);
        mark[i] = clamp01(low + fb * (high - low)) * f->number[F_SHADOW_POWER];
        any = maxf(any, mark[i]);
    }
    return any > 0.0f;
}

/* The shadow is soft: between the marks of every fourth row it is interpolated. */
static int floor_shadow(const Frame *f, int y, int py, int px, float marks[2][MARKS], int *found, float *alpha)
{
    const int low = y & ~3;
    if (low == y) {
        found[0] = y == 0 ? floor_marks(f, (float)py, px, marks[0]) : found[1];
        if (y > 0) memcpy(marks[0], marks[1], sizeof marks[0]);
        found[1] = floor_marks(f, (float)(py + low + 4), px, marks[1]);
    }
    if (!(found[0] | found[1])) return 0;
    float mark[MARKS];
    const float share = 0.25f * (float)(y - low);
    for (int i = 0; i < MARKS; i++) mark[i] = marks[0][i] + share * (marks[1][i] - marks[0][i]);
    for (int i = 0; i < TILE; i++) alpha[i] = mark[i >> 3] + (float)(i & 7) * 0.125f * (mark[(i >> 3) + 1] - mark[i >> 3]);
    return 1;
}

/* Mean of the samples of a pixel. */
static inline uint32_t average(const Tile *t, int64_t at)
{
    const uint32_t count = (uint32_t)(t->ss * t->ss), share = (65536u + count / 2) / count;
    uint32_t even = 0, odd = 0, pixel = 0;
    for (int j = 0; j < t->ss; j++)
        for (int i = 0; i < t->ss; i++) {
            const uint32_t sample = t->pixel[at + (int64_t)j * t->stride + i];
            even += sample & EVEN;
            odd += sample >> 8 & EVEN;
        }
    const uint32_t lane[4] = {even & 0xffffu, odd & 0xffffu, even >> 16, odd >> 16};
    for (int c = 0; c < 4; c++) pixel |= (lane[c] * share + 32768u) >> 16 << (8 * c);
    return pixel;
}

/* Edges of a picture with one sample a pixel: a small tent over the neighbours, where `smooth` says so. */
CLONES static void tent_row(const uint32_t *restrict middle, int64_t stride, const uint8_t *restrict smooth, int w, uint32_t *restrict out)
{
    uint32_t even[TILE + 2], odd[TILE + 2];
    const uint32_t *restrict above = middle - stride - 1, *restrict here = middle - 1, *restrict below = middle + stride - 1;
    for (int i = 0; i < w + 2; i++) {
        even[i] = (above[i] & EVEN) + 2u * (here[i] & EVEN) + (below[i] & EVEN);
        odd[i] = (above[i] >> 8 & EVEN) + 2u * (here[i] >> 8 & EVEN) + (below[i] >> 8 & EVEN);
    }
    for (int i = 0; i < w; i++) {
        const uint32_t e = (even[i] + 2u * even[i + 1] + even[i + 2] + 0x80008u) >> 4 & EVEN;
        const uint32_t o = (odd[i] + 2u * odd[i + 1] + odd[i + 2] + 0x80008u) << 4 & ~EVEN;
        const uint32_t take = smooth[i] ? 0xffffffffu : 0u;
        out[i] = ((e | o) & take) | (here[i + 1] & ~take);
    }
}

/* A row of samples over the backdrop that stands in `pixels`. */
CLONES static void lay_row(const uint32_t *restrict sample, int w, uint32_t *restrict pixels)
{
    for (int i = 0; i < w; i++) pixels[i] = over_backdrop(sample[i], pixels[i]);
}

/* Eight pixels of the gradient under its shadow, mixed as it is seen (sRGB), which keeps it even. */
static void shade_floor(const Frame *f, const float *srgb, const float *alpha, int px, int py, int w, uint32_t *out)
{
    const float *dark = f->number + F_SHADOW;
    for (int x = 0; x < w; x++) {
        uint32_t pixel = 255;
        for (int c = 0; c < 3; c++)
            pixel = pixel << 8 | (uint32_t)((int)(65280.0f * (srgb[c] + alpha[x] * (dark[c] - 1.0f) * srgb[c])) + dither(px + x, py)) >> 8;
        out[x] = pixel;
    }
}

/* The floor's shadow on the part that lies flat on it; I_MAT is its number and one more, 0 for none. */
static void shade_mat(const Frame *f, const Tile *t, int64_t at, int w, const float *alpha, const uint32_t *samples, uint32_t *out)
{
    const float *dark = f->number + F_SHADOW;
    const int32_t mat = f->whole[I_MAT] - 1, *own = t->part + at;
    for (int x = 0; x < w; x++) {
        const uint32_t sample = samples[x];
        out[x] = sample;
        if (own[x * t->ss] != mat || !(alpha[x] > 0.0f)) continue;
        uint32_t pixel = sample >> 24;
        for (int c = 0; c < 3; c++) {
            const float light = (float)(sample >> (16 - 8 * c) & 255u);
            pixel = pixel << 8 | (uint32_t)(light + alpha[x] * (dark[c] - 1.0f) * light + 0.5f);
        }
        out[x] = pixel;
    }
}

/* The part and, where it is asked for, the depth under a row of pixels. */
static inline void write_part(const Frame *f, const Tile *t, int64_t out, int64_t at, int w, int empty)
{
    int16_t *restrict part = f->part + out;
    const int32_t *restrict own = t->part + at;
    if (empty) memset(part, 0xff, sizeof(int16_t) * (size_t)w);
    else if (t->ss == 1)
        for (int x = 0; x < w; x++) part[x] = (int16_t)own[x];
    else
        for (int x = 0; x < w; x++) part[x] = (int16_t)own[x * t->ss];
    if (!f->whole[I_DEPTH]) return;
    for (int x = 0; x < w; x++) f->nearness[out + x] = empty ? 0.0f : t->q[at + x * t->ss];
}

static inline int any_mark(const uint8_t *marks, int w)
{
    int any = 0;
    for (int x = 0; x < w; x++) any |= marks[x];
    return any;
}

/* Whether nothing shines through. */
static inline int covers(const uint32_t *sample, int w)
{
    uint32_t all = 0xff000000u;
    for (int x = 0; x < w; x++) all &= sample[x];
    return all == 0xff000000u;
}

WHOLE static void write_tile(const Frame *f, const Tile *t, int px, int py, int empty, int edges, uint8_t *clean)
{
    const uint8_t was = empty ? *clean : 0;
    uint8_t plain_tile = CLEAN_PIXELS;
    const int width = f->whole[I_WIDTH], height = f->whole[I_HEIGHT];
    const int w = mini(TILE, width - px), h = mini(TILE, height - py), smooth = f->whole[I_SMOOTH] && t->ss == 1 && edges;
    float marks[2][MARKS];
    int found[2] = {0, 0};
    for (int y = 0; y < h; y++) {
        const int64_t out = (int64_t)(py + y) * width + px;
        const uint32_t *plain = f->row_pixels + 8 * (int64_t)(py + y);
        const float *srgb = f->row_srgb + 3 * (int64_t)(py + y);
        uint32_t *pixels = f->pixels + out;
        float alpha[TILE];
        const int shadowed = floor_shadow(f, y, py, px, marks, found, alpha);
        int64_t at = (int64_t)(t->apron + y * t->ss) * t->stride + t->apron;
        if (shadowed) plain_tile = 0;
        if (!(was & CLEAN_PART)) write_part(f, t, out, at, w, empty);
        if (!shadowed && was & CLEAN_PIXELS) continue;
        const uint32_t *samples = t->pixel + at;
        uint32_t reduced[TILE];
        if (empty) {
            samples = NULL;
        } else if (t->ss > 1) {
            for (int x = 0; x < w; x++) reduced[x] = average(t, at + x * t->ss);
            samples = reduced;
        } else if (smooth && any_mark(t->smooth + at, w)) {
            tent_row(samples, t->stride, t->smooth + at, w, reduced);
            samples = reduced;
        }
        if (samples && shadowed && f->whole[I_MAT]) {
            shade_mat(f, t, at, w, alpha, samples, reduced);
            samples = reduced;
        }
        if (samples && covers(samples, w)) {
            memcpy(pixels, samples, sizeof(uint32_t) * (size_t)w);
            continue;
        }
        for (int x = 0; x < w; x += 8) {
            const int some = mini(8, w - x);
            if (samples && covers(samples + x, some)) continue;
            if (shadowed) shade_floor(f, srgb, alpha + x, px + x, py + y, some, pixels + x);
            else memcpy(pixels + x, plain, sizeof(uint32_t) * (size_t)some);
        }
        if (samples) lay_row(samples, w, pixels);
    }
    *clean = empty ? (uint8_t)(CLEAN_PART | plain_tile) : 0;
}

CLONES static void draw_tile(const Frame *f, Tile *t, int tile)
{
    const int nx = (f->whole[I_WIDTH] + TILE - 1) / TILE;
    const int px = tile % nx * TILE, py = tile / nx * TILE;
    const int64_t n = (int64_t)t->stride * t->side;
    const int empty = f->tile_start[tile] == f->tile_start[tile + 1];
    int edges = 0;
    t->left = px * t->ss - t->apron;
    t->top = py * t->ss - t->apron;
    if (!empty) {
        /* shaded window: the pixels, and one more sample round them for the smoothing */
        const int border = t->ss == 1 ? 1 : 0, x0 = t->apron - border, x1 = t->apron + TILE * t->ss + border;
        const float jump = f->number[F_JUMP];
        memset(t->q, 0, sizeof(float) * (size_t)n);
        memset(t->id, 0xff, sizeof(int32_t) * (size_t)n);
        t->reach = 1;
        const int translucent = raster(f, t, tile, OPAQUE, t->q, t->id);
        if (!translucent && t->low >= t->high) {
            write_tile(f, t, px, py, 1, 0, f->clean + tile);
            return;
        }
        number_parts(f, t, t->id, t->part);
        edges = mark_edges(t, t->part, t->q, jump);
        if (edges) spread(t, t->edge, t->smooth, 1, 0, 0);
        else memset(t->smooth, 0, (size_t)n);
        /* a halved row looks at the rows above and below */
        shade_solid(f, t, x0, x1, x0 - (f->whole[I_HALF] && border), x1);
        if (edges) draw_lines(f, t, x0, x1, x0, x1, t->part, t->q, 0);
        if (translucent) {
            memcpy(t->q_over, t->q, sizeof(float) * (size_t)n);
            memset(t->id_over, 0xff, sizeof(int32_t) * (size_t)n);
            raster(f, t, tile, TRANSLUCENT, t->q_over, t->id_over);
            shade_over(f, t, x0, x1, x0, x1);
            number_parts(f, t, t->id_over, t->part_over);
            const int64_t first = (int64_t)t->stride * t->low, last = (int64_t)t->stride * t->high;
            if (mark_edges(t, t->part_over, t->q_over, jump)) {
                draw_lines(f, t, x0, x1, x0, x1, t->part_over, t->q_over, 1);
                edges = 1;
                spread(t, t->edge, t->near_edge, 1, 0, 0);
                for (int64_t i = first; i < last; i++) t->smooth[i] |= t->near_edge[i];
            }
            /* what lies beneath can be picked through a translucent part */
            for (int64_t i = first; i < last; i++) {
                const int free = t->id[i] < 0;
                t->part[i] = free ? t->part_over[i] : t->part[i];
                t->q[i] = free ? t->q_over[i] : t->q[i];
            }
        }
    }
    write_tile(f, t, px, py, empty, edges, f->clean + tile);
}

static void draw_tiles(const Frame *f, void *scratch, int first, int last)
{
    Tile t;
    tile_place(&t, scratch, f->whole[I_SS]);
    for (int tile = first; tile < last; tile++) draw_tile(f, &t, tile);
}

/* ---- larger pictures ---------------------------------------------------------------------- */

/* Rows `first` .. `last` - 1 of a picture enlarged to (height, width), between the four pixels round each
   place. For every eight columns `base` is the first pixel they lie right of; `offset` and `share` tell, per
   column, how many pixels farther its left neighbour is (0 .. 7) and how much the right one counts, 0 .. 256.
   `line` holds from_width + 16 pixels. */
CLONES static void enlarge(const uint32_t *restrict from, int from_width, int from_height, const int32_t *restrict base,
                           const int32_t *restrict offset, const uint32_t *restrict share, uint32_t *restrict line, uint32_t *restrict to,
                           int width, int height, int first, int last)
{
    const float step = (float)from_height / (float)height;
    memset(line + from_width, 0, sizeof(uint32_t) * 16);
    for (int y = first; y < last; y++) {
        const float place = minf(maxf(((float)y + 0.5f) * step - 0.5f, 0.0f), (float)(from_height - 1));
        const int top = (int)place;
        const uint32_t down = share_of(place - (float)top);
        const uint32_t *restrict a = from + (int64_t)top * from_width, *restrict b = from + (int64_t)mini(top + 1, from_height - 1) * from_width;
        uint32_t *restrict out = to + (int64_t)y * width;
        for (int x = 0; x < from_width; x++) line[x] = mixed(a[x], b[x], down);
        int x = 0;
#ifdef FOUR
        for (; x + 8 <= width; x += 8) {
            EightUint left, right, part;
            EightInt pick;
            memcpy(&left, line + base[x >> 3], sizeof left);
            memcpy(&right, line + base[x >> 3] + 1, sizeof right);
            memcpy(&part, share + x, sizeof part);
            memcpy(&pick, offset + x, sizeof pick);
            left = PICK_ANY(left, pick), right = PICK_ANY(right, pick);
            const EightUint rest = 256u - part;
            const EightUint even = ((left & EVEN) * rest + (right & EVEN) * part + 0x800080u) >> 8 & EVEN;
            const EightUint odd = ((left >> 8 & EVEN) * rest + (right >> 8 & EVEN) * part + 0x800080u) & ~EVEN;
            const EightUint pixel = even | odd;
            memcpy(out + x, &pixel, sizeof pixel);
        }
#endif
        for (; x < width; x++) {
            const uint32_t *at = line + base[x >> 3] + offset[x];
            out[x] = mixed(at[0], at[1], share[x]);
        }
    }
}

/* ---- the floor seen from above ------------------------------------------------------------ */

/* Lowest height above the floor over every cell of a map, from vertices and large triangles. */
static void splat(const float *restrict position, const int32_t *restrict faces, int64_t vertices,
                  int64_t triangles, const float *restrict map, float *restrict lowest, int width, int height)
{
    for (int64_t v = 0; v < vertices; v++) {
        const float x = (position[3 * v] - map[0]) * map[2], y = (position[3 * v + 1] - map[1]) * map[3], z = position[3 * v + 2];
        if (!(x >= 0.0f && y >= 0.0f && x < (float)width && y < (float)height && z >= -0.2f)) continue;
        float *cell = lowest + (int64_t)y * width + (int64_t)x;
        *cell = minf(*cell, z);
    }
    for (int64_t t = 0; t < triangles; t++) {
        float p[3][3];
        for (int i = 0; i < 3; i++) {
            const float *v = position + 3 * (int64_t)faces[3 * t + i];
            p[i][0] = (v[0] - map[0]) * map[2];
            p[i][1] = (v[1] - map[1]) * map[3];
            p[i][2] = v[2];
        }
        const float left = minf(p[0][0], minf(p[1][0], p[2][0])), right = maxf(p[0][0], maxf(p[1][0], p[2][0]));
        const float low = minf(p[0][1], minf(p[1][1], p[2][1])), high = maxf(p[0][1], maxf(p[1][1], p[2][1]));
        if (!(right - left > 1.0f || high - low > 1.0f)) continue;
        if (!(right > 0.0f && high > 0.0f && left < (float)width && low < (float)height)) continue;
        const float bx = p[1][0] - p[0][0], by = p[1][1] - p[0][1], cx = p[2][0] - p[0][0], cy = p[2][1] - p[0][1];
        const float area = bx * cy - cx * by, z = minf(p[0][2], minf(p[1][2], p[2][2]));
        /* a sum tells NaN and infinity, a minimum may not */
        if (!(fabsf(area) > 1e-6f) || !(z >= -0.2f) || !(p[0][2] + p[1][2] + p[2][2] < 1e6f)) continue;
        const int x0 = (int)maxf(left, 0.0f), x1 = (int)minf(right, (float)(width - 1));
        const int y0 = (int)maxf(low, 0.0f), y1 = (int)minf(high, (float)(height - 1));
        for (int y = y0; y <= y1; y++)
            for (int x = x0; x <= x1; x++) {
                const float dx = (float)x + 0.5f - p[0][0], dy = (float)y + 0.5f - p[0][1];
                const float b = (dx * cy - cx * dy) / area, c = (bx * dy - dx * by) / area;
                if (!(b >= 0.0f && c >= 0.0f && b + c <= 1.0f)) continue;
                float *cell = lowest + (int64_t)y * width + x;
                *cell = minf(*cell, p[0][2] + b * (p[1][2] - p[0][2]) + c * (p[2][2] - p[0][2]));
            }
    }
}

/* Mean over 2 radius + 1 rows, nothing beyond the border; `sum` holds a row. */
static inline void box_rows(const float *restrict in, float *restrict out, float *restrict sum, int rows, int columns, int radius)
{
    const float share = 1.0f / (float)(2 * radius + 1);
    memset(sum, 0, sizeof(float) * (size_t)columns);
    for (int y = -radius; y < rows; y++) {
        if (y + radius < rows)
            for (int x = 0; x < columns; x++) sum[x] += in[(int64_t)(y + radius) * columns + x];
        if (y > radius)
            for (int x = 0; x < columns; x++) sum[x] -= in[(int64_t)(y - radius - 1) * columns + x];
        if (y >= 0)
            for (int x = 0; x < columns; x++) out[(int64_t)y * columns + x] = sum[x] * share;
    }
}

/* Darkness 0 .. 1 of a shadow from lowest heights: two layers of falloff (metres), strength and
   radius (cells), see shadow.py. `scratch` holds 2 * width * height + the longer side. */
CLONES static void darken(const float *restrict lowest, const float *restrict layers, float *restrict darkness, float *scratch,
                          int width, int height)
{
    const int64_t cells = (int64_t)width * height;
    float *a = scratch, *b = a + cells, *sum = b + cells;
    memset(darkness, 0, sizeof(float) * (size_t)cells);
    for (int layer = 0; layer < 2; layer++) {
        const float falloff = -1.0f / layers[3 * layer], strength = layers[3 * layer + 1];
        const int radius = (int)layers[3 * layer + 2];
        /* most cells have nothing above them */
        for (int64_t i = 0; i < cells; i++) a[i] = lowest[i] < 100.0f ? expf(maxf(lowest[i], 0.0f) * falloff) : 0.0f;
        for (int axis = 0; axis < 2; axis++) {
            const int rows = axis ? width : height, columns = axis ? height : width;
            box_rows(a, b, sum, rows, columns, radius);
            box_rows(b, a, sum, rows, columns, radius);
            for (int y = 0; y < rows; y++)
                for (int x = 0; x < columns; x++) b[(int64_t)x * rows + y] = a[(int64_t)y * columns + x];
            float *swap = a;
            a = b, b = swap;
        }
        for (int64_t i = 0; i < cells; i++) darkness[i] += strength * a[i];
    }
    for (int64_t i = 0; i < cells; i++) darkness[i] = clamp01(darkness[i]);
    for (int x = 0; x < width; x++) darkness[x] = darkness[cells - 1 - x] = 0.0f;
    for (int y = 0; y < height; y++) darkness[(int64_t)y * width] = darkness[(int64_t)(y + 1) * width - 1] = 0.0f;
}

/* ---- Python ------------------------------------------------------------------------------ */
#ifndef VISUALIZER_KERNEL_ONLY

static PyObject *py_skin(PyObject *self, PyObject *args)
{
    (void)self;
    Buffers b;
    if (!take(args, 7, 5, 2, &b)) return NULL;
    const int64_t first = whole(args, 7), last = whole(args, 8);
    int fits = !PyErr_Occurred() && first >= 0 && first <= last;
    for (int i = 0; i < 7; i++)
        if (i != 4) fits = fits && items(&b, i, i == 2 || i == 3 ? 16 : 12) >= last;
    if (fits) {
        Py_BEGIN_ALLOW_THREADS
        skin(AS(float, 0), AS(float, 1), AS(int32_t, 2), AS(float, 3), AS(float, 4), AS(float, 5), AS(float, 6), first, last);
        Py_END_ALLOW_THREADS
    }
    return finish(&b, fits);
}

static PyObject *py_push_out(PyObject *self, PyObject *args)
{
    (void)self;
    Buffers b;
    if (!take(args, 2, 1, 2, &b)) return NULL;
    const int64_t first = whole(args, 2), last = whole(args, 3);
    const int fits = !PyErr_Occurred() && first >= 0 && first <= last && items(&b, 1, 12) >= last;
    if (fits) {
        Py_BEGIN_ALLOW_THREADS
        push_out(AS(float, 1), AS(float, 0), items(&b, 0, 24), first, last);
        Py_END_ALLOW_THREADS
    }
    return finish(&b, fits);
}

static PyObject *py_project(PyObject *self, PyObject *args)
{
    (void)self;
    Buffers b;
    if (!take(args, 6, 4, 2, &b)) return NULL;
    const int64_t first = whole(args, 6), last = whole(args, 7);
    const int fits = !PyErr_Occurred() && first >= 0 && first <= last && items(&b, 0, 12) >= last && items(&b, 1, 12) >= last
        && items(&b, 2, 20) >= last && items(&b, 3, 4) >= 16 && items(&b, 4, 16) >= last && items(&b, 5, 4 * VERTEX) >= last;
    if (fits) {
        Py_BEGIN_ALLOW_THREADS
        project(AS(float, 0), AS(float, 1), AS(float, 2), AS(float, 3), AS(float, 4), AS(float, 5), first, last);
        Py_END_ALLOW_THREADS
    }
    return finish(&b, fits);
}

static int picture_fits(int64_t width, int64_t height, int64_t ss)
{
    return width > 0 && height > 0 && width <= 255 * TILE && height <= 255 * TILE && ss > 0 && ss <= MAX_SS;
}

static int64_t tile_count(int64_t width, int64_t height)
{
    return ((width + TILE - 1) / TILE) * ((height + TILE - 1) / TILE);
}

static PyObject *py_cluster_count(PyObject *self, PyObject *args)
{
    (void)self;
    Buffers b;
    if (!take(args, 8, 4, 3, &b)) return NULL;
    const int64_t width = whole(args, 8), height = whole(args, 9), ss = whole(args, 10), clusters = items(&b, 1, 4) - 1;
    const int fits = !PyErr_Occurred() && picture_fits(width, height, ss) && clusters >= 0 && items(&b, 3, 4) >= 2
        && items(&b, 4, 4 * BOX) >= clusters && items(&b, 5, 4) >= clusters && items(&b, 6, 1) >= clusters
        && items(&b, 7, 4) >= tile_count(width, height) * STEPS && items(&b, 2, 4) >= AS(int32_t, 1)[clusters];
    int64_t total = 0;
    if (fits) {
        Py_BEGIN_ALLOW_THREADS
        total = cluster_count(AS(float, 0), AS(int32_t, 1), AS(int32_t, 2), clusters, (int)width, (int)height, (int)ss, AS(float, 3),
                              AS(float, 4), AS(uint32_t, 5), AS(uint8_t, 6), AS(int32_t, 7));
        Py_END_ALLOW_THREADS
    }
    PyObject *done = finish(&b, fits);
    if (!done) return NULL;
    Py_DECREF(done);
    if (total > INT32_MAX) {
        PyErr_SetString(PyExc_ValueError, "the picture is too large for so many triangles");
        return NULL;
    }
    return PyLong_FromLongLong(total);
}

static PyObject *py_cluster_fill(PyObject *self, PyObject *args)
{
    (void)self;
    Buffers b;
    if (!take(args, 5, 2, 4, &b)) return NULL;
    const int64_t clusters = whole(args, 5), width = whole(args, 6), height = whole(args, 7), total = whole(args, 8);
    const int fits = !PyErr_Occurred() && picture_fits(width, height, 1) && clusters >= 0 && items(&b, 0, 4) >= clusters
        && items(&b, 1, 1) >= clusters && items(&b, 2, 4) >= tile_count(width, height) * STEPS
        && items(&b, 3, 4) > tile_count(width, height) && items(&b, 4, 4) >= total;
    if (fits) {
        Py_BEGIN_ALLOW_THREADS
        cluster_fill(AS(uint32_t, 0), AS(uint8_t, 1), clusters, (int)width, (int)height, AS(int32_t, 2), AS(int32_t, 3), AS(int32_t, 4));
        Py_END_ALLOW_THREADS
    }
    return finish(&b, fits);
}

/* The buffers of draw_tiles, see Frame; from D_PIXELS on they are written. */
enum { D_WHOLE, D_NUMBER, D_SCREEN, D_VERTEX, D_MATERIAL, D_FACES, D_PART_OF, D_KIND, D_BOX, D_TILE_START, D_TILE_LIST, D_NOISE,
       D_GAMMA, D_ROW_PIXELS, D_ROW_SRGB, D_SHADOW, D_PIXELS, D_PART, D_NEARNESS, D_CLEAN, D_SCRATCH, D_ALL };

static PyObject *py_draw_tiles(PyObject *self, PyObject *args)
{
    (void)self;
    Buffers b;
    if (!take(args, D_ALL, D_PIXELS, 2, &b)) return NULL;
    const int64_t first = whole(args, D_ALL), last = whole(args, D_ALL + 1);
    int fits = !PyErr_Occurred() && items(&b, D_WHOLE, 4) >= I_COUNT && items(&b, D_NUMBER, 4) >= F_COUNT;
    if (fits) {
        const int32_t *n = AS(int32_t, D_WHOLE);
        const int64_t w = n[I_WIDTH], h = n[I_HEIGHT], tiles = tile_count(w, h), pixels = w * h;
        fits = picture_fits(w, h, n[I_SS]) && first >= 0 && first <= last && last <= tiles && items(&b, D_PART_OF, 4) >= items(&b, D_FACES, 12)
            && items(&b, D_BOX, 4 * BOX) * CLUSTER >= items(&b, D_FACES, 12) && items(&b, D_TILE_START, 4) > tiles
            && items(&b, D_NOISE, 1) >= NOISE * NOISE && items(&b, D_GAMMA, 1) >= GAMMA && items(&b, D_ROW_PIXELS, 4) >= 8 * h
            && items(&b, D_ROW_SRGB, 4) >= 3 * h && n[I_MAP_W] >= 0 && n[I_MAP_H] >= 0
            && items(&b, D_SHADOW, 4) >= (int64_t)n[I_MAP_W] * n[I_MAP_H] && items(&b, D_PIXELS, 4) >= pixels && items(&b, D_PART, 2) >= pixels
            && (!n[I_DEPTH] || items(&b, D_NEARNESS, 4) >= pixels) && items(&b, D_CLEAN, 1) >= tiles
            && items(&b, D_SCRATCH, 1) >= (int64_t)scratch_bytes(n[I_SS]);
    }
    if (fits) {
        const Frame f = {
            .whole = AS(int32_t, D_WHOLE), .number = AS(float, D_NUMBER), .screen = AS(float, D_SCREEN), .vertex = AS(float, D_VERTEX),
            .material = AS(float, D_MATERIAL), .faces = AS(int32_t, D_FACES), .face_part = AS(int32_t, D_PART_OF),
            .part_kind = AS(uint8_t, D_KIND), .triangles = items(&b, D_FACES, 12), .box = AS(float, D_BOX),
            .tile_start = AS(int32_t, D_TILE_START), .tile_list = AS(int32_t, D_TILE_LIST), .noise = AS(uint8_t, D_NOISE),
            .gamma = AS(uint8_t, D_GAMMA), .row_pixels = AS(uint32_t, D_ROW_PIXELS), .row_srgb = AS(float, D_ROW_SRGB),
            .shadow = AS(float, D_SHADOW), .pixels = AS(uint32_t, D_PIXELS), .part = AS(int16_t, D_PART), .nearness = AS(float, D_NEARNESS),
            .clean = AS(uint8_t, D_CLEAN),
        };
        Py_BEGIN_ALLOW_THREADS
        draw_tiles(&f, b.view[D_SCRATCH].buf, (int)first, (int)last);
        Py_END_ALLOW_THREADS
    }
    return finish(&b, fits);
}

static PyObject *py_enlarge(PyObject *self, PyObject *args)
{
    (void)self;
    Buffers b;
    if (!take(args, 6, 4, 6, &b)) return NULL;
    const int64_t from_width = whole(args, 6), from_height = whole(args, 7), width = whole(args, 8), height = whole(args, 9);
    const int64_t first = whole(args, 10), last = whole(args, 11);
    int fits = !PyErr_Occurred() && picture_fits(width, height, 1) && from_width > 1 && from_height > 0 && from_width <= width
        && from_height <= height && first >= 0 && first <= last && last <= height && items(&b, 0, 4) >= from_width * from_height
        && items(&b, 1, 4) >= (width + 7) / 8 && items(&b, 2, 4) >= width && items(&b, 3, 4) >= width
        && items(&b, 4, 4) >= from_width + 16 && items(&b, 5, 4) >= width * height;
    for (int64_t x = 0; fits && x < width; x++) {
        const int32_t base = AS(int32_t, 1)[x >> 3], offset = AS(int32_t, 2)[x];
        fits = base >= 0 && base <= from_width && offset >= 0 && offset < 8 && AS(uint32_t, 3)[x] <= 256u;
    }
    if (fits) {
        Py_BEGIN_ALLOW_THREADS
        enlarge(AS(uint32_t, 0), (int)from_width, (int)from_height, AS(int32_t, 1), AS(int32_t, 2), AS(uint32_t, 3), AS(uint32_t, 4),
                AS(uint32_t, 5), (int)width, (int)height, (int)first, (int)last);
        Py_END_ALLOW_THREADS
    }
    return finish(&b, fits);
}

static PyObject *py_splat(PyObject *self, PyObject *args)
{
    (void)self;
    Buffers b;
    if (!take(args, 4, 3, 2, &b)) return NULL;
    const int64_t width = whole(args, 4), height = whole(args, 5);
    const int fits = !PyErr_Occurred() && width > 0 && height > 0 && width < 32768 && height < 32768 && items(&b, 2, 4) >= 4 && items(&b, 3, 4) >= width * height;
    if (fits) {
        Py_BEGIN_ALLOW_THREADS
        splat(AS(float, 0), AS(int32_t, 1), items(&b, 0, 12), items(&b, 1, 12), AS(float, 2), AS(float, 3), (int)width, (int)height);
        Py_END_ALLOW_THREADS
    }
    return finish(&b, fits);
}

static PyObject *py_darken(PyObject *self, PyObject *args)
{
    (void)self;
    Buffers b;
    if (!take(args, 4, 2, 2, &b)) return NULL;
    const int64_t width = whole(args, 4), height = whole(args, 5), cells = width * height;
    int fits = !PyErr_Occurred() && width > 0 && height > 0 && width < 32768 && height < 32768 && items(&b, 0, 4) >= cells
        && items(&b, 1, 4) >= 6 && items(&b, 2, 4) >= cells && items(&b, 3, 4) >= 2 * cells + (width > height ? width : height);
    for (int i = 0; fits && i < 2; i++) fits = AS(float, 1)[3 * i] > 0.0f && AS(float, 1)[3 * i + 2] >= 0.0f && AS(float, 1)[3 * i + 2] < 1024.0f;
    if (fits) {
        Py_BEGIN_ALLOW_THREADS
        darken(AS(float, 0), AS(float, 1), AS(float, 2), AS(float, 3), (int)width, (int)height);
        Py_END_ALLOW_THREADS
    }
    return finish(&b, fits);
}

static PyObject *py_scratch_bytes(PyObject *self, PyObject *arg)
{
    (void)self;
    const long ss = PyLong_AsLong(arg);
    if (PyErr_Occurred()) return NULL;
    if (ss < 1 || ss > MAX_SS) {
        PyErr_SetString(PyExc_ValueError, "supersample must be within 1..4");
        return NULL;
    }
    return PyLong_FromSize_t(scratch_bytes((int)ss));
}

static PyMethodDef methods[] = {
    {"skin", py_skin, METH_VARARGS, "Move vertices and normals with their frames."},
    {"push_out", py_push_out, METH_VARARGS, "Move vertices out of the floor and of boxes."},
    {"project", py_project, METH_VARARGS, "Screen positions and shading vertices."},
    {"cluster_count", py_cluster_count, METH_VARARGS, "Boxes and tiles of the clusters, clusters of every tile."},
    {"cluster_fill", py_cluster_fill, METH_VARARGS, "Lists of the clusters of every tile."},
    {"draw_tiles", py_draw_tiles, METH_VARARGS, "Draw a range of tiles."},
    {"enlarge", py_enlarge, METH_VARARGS, "Rows of an enlarged picture."},
    {"splat", py_splat, METH_VARARGS, "Lowest height over every cell of a map."},
    {"darken", py_darken, METH_VARARGS, "Soft shadow from lowest heights."},
    {"scratch_bytes", py_scratch_bytes, METH_O, "Size of the scratch that a thread needs."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, "_kernel", "Native kernel of the renderer; see rasterizer.py.", 0, methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit__kernel(void)
{
    return PyModuleDef_Init(&module);
}
#endif
