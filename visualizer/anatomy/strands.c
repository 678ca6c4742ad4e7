/*
 * The frames of all knots of a pose: strands.py says what is computed and why, and its numpy code is
 * the reference for this file (tests/anatomy/test_strands.py holds them together).
 *
 * Strands lie side by side (planes of K x S), so that the loops over them run in the vector unit.
 * No global state and no allocation: Python passes every buffer, here only sizes are checked again.
 */
#include "buffers.h"
#include <math.h>
#include <string.h>

#if defined(__x86_64__) && defined(__GLIBC__) && defined(__GNUC__) && !defined(__clang__)
#define CLONES __attribute__((target_clones("avx2", "default"), flatten))
#else
#define CLONES
#endif

static inline float minf(float a, float b) { return a < b ? a : b; }
static inline float maxf(float a, float b) { return a > b ? a : b; }
static inline int mini(int a, int b) { return a < b ? a : b; }
static inline int maxi(int a, int b) { return a > b ? a : b; }

typedef struct {
    int knots, strands, paths, passes, muscles; /* K, S, P, smoothing passes, M */
    float least, most, smallest_half_turn;      /* limits of the length ratio, see strands.py */
    const double *points;                       /* (W, 3) the muscles' paths */
    const int32_t *object, *start, *count;      /* (W,) -1 for a site; (T,), (T,) per tendon */
    const int32_t *tendon, *interval;           /* (P,), (K, P) */
    const double *fraction;                     /* (K, P) */
    const float *free_knots;                    /* (3, K, S - P) */
    const int32_t *first, *second;              /* (K, S) bodies of a knot */
    const float *share;                         /* (K, S) of the first */
    const float *turn, *motion;                 /* (B, 4), (B, 12) rest to pose */
    const float *rest, *rest_tangent;           /* (3, K, S) */
    const float *rest_length;                   /* (S,) */
    const int32_t *muscle;                      /* (S,) */
    const float *exponent;                      /* (M,) */
    float *knot, *spare, *tangent;              /* (3, K, S) scratch */
    float *length, *scale, *ratio, *members;    /* (S,), (S,), (M,), (M,) scratch */
    float *out;                                 /* (K, S, 12) */
} Strands;

static double distance(const double *a, const double *b)
{
    const double x = b[0] - a[0], y = b[1] - a[1], z = b[2] - a[2];
    return sqrt(x * x + y * y + z * z);
}

/* Place the knots of one path strand. The path's points between two sites come from wrapping, so
   their number changes with the pose. */
static void path_knots(const Strands *s, int strand)
{
    const int32_t from = s->start[s->tendon[strand]], to = from + s->count[s->tendon[strand]];
    const int64_t plane = (int64_t)s->knots * s->strands;
    int32_t low = from, interval = -1, high = from;
    double whole_length = 0.0;
    for (int k = 0; k < s->knots; k++) {
        const int64_t at = (int64_t)k * s->paths + strand;
        if (s->interval[at] != interval) {
            /* its two sites */
            interval = s->interval[at];
            int32_t site = -1;
            for (low = from; low < to - 1; low++)
                if (s->object[low] == -1 && ++site == interval) break;
            for (high = mini(low + 1, to - 1); high < to - 1 && s->object[high] != -1; high++) continue;
            whole_length = 0.0;
            for (int32_t i = low; i < high; i++) whole_length += distance(s->points + 3 * (int64_t)i, s->points + 3 * (int64_t)(i + 1));
        }
        double rest = whole_length * s->fraction[at], step = 0.0;
        int32_t i = low;
        for (; i < high; i++, rest -= step) {
            step = distance(s->points + 3 * (int64_t)i, s->points + 3 * (int64_t)(i + 1));
            if (rest < step || i == high - 1) break;
        }
        const double part = step > 0.0 ? fmin(fmax(rest / step, 0.0), 1.0) : 0.0;
        const double *a = s->points + 3 * (int64_t)i, *b = s->points + 3 * (int64_t)mini(i + 1, to - 1);
        for (int c = 0; c < 3; c++)
            s->knot[c * plane + (int64_t)k * s->strands + strand] = (float)(a[c] * (1.0 - part) + b[c] * part);
    }
}

CLONES static void free_knots(const Strands *s)
{
    const int free_count = s->strands - s->paths;
    const int64_t plane = (int64_t)s->knots * s->strands, own = (int64_t)s->knots * free_count;
    for (int k = 0; k < s->knots; k++)
        for (int i = 0; i < free_count; i++) {
            const int64_t to = (int64_t)k * s->strands + s->paths + i, from = (int64_t)k * free_count + i;
            const float x = s->free_knots[from], y = s->free_knots[own + from], z = s->free_knots[2 * own + from];
            const float *a = s->motion + 12 * (int64_t)s->first[to], *b = s->motion + 12 * (int64_t)s->second[to];
            const float w = s->share[to];
            for (int c = 0; c < 3; c++, a += 4, b += 4) {
                const float one = a[0] * x + a[1] * y + a[2] * z + a[3], two = b[0] * x + b[1] * y + b[2] * z + b[3];
                s->knot[c * plane + to] = two + (one - two) * w;
            }
        }
}

/* Passes of 1/4 1/2 1/4 along every strand; the ends stay. */
CLONES static void smooth(const Strands *s)
{
    const int width = s->strands;
    const int64_t plane = (int64_t)s->knots * width;
    for (int c = 0; c < 3; c++) {
        float *from = s->knot + c * plane, *to = s->spare + c * plane;
        memcpy(to, from, sizeof(float) * (size_t)plane);
        for (int pass = 0; pass < s->passes; pass++) {
            for (int k = 1; k < s->knots - 1; k++) {
                const float *restrict here = from + (int64_t)k * width;
                float *restrict there = to + (int64_t)k * width;
                for (int i = 0; i < width; i++) there[i] = 0.5f * here[i] + 0.25f * (here[i - width] + here[i + width]);
            }
            float *swap = from;
            from = to, to = swap;
        }
        if (from != s->knot + c * plane) memcpy(s->knot + c * plane, from, sizeof(float) * (size_t)plane);
    }
}

/* Unit tangents, and the scale across every strand from its muscle's length relative to rest. */
CLONES static void measure(const Strands *s)
{
    const int width = s->strands, last = s->knots - 1;
    const int64_t plane = (int64_t)s->knots * width;
    const float *x = s->knot, *y = x + plane, *z = y + plane;
    memset(s->length, 0, sizeof(float) * (size_t)width);
    for (int k = 0; k <= last; k++) {
        const int64_t here = (int64_t)k * width, ahead = (int64_t)mini(k + 1, last) * width, before = (int64_t)maxi(k - 1, 0) * width;
        float *restrict tx = s->tangent + here, *restrict ty = tx + plane, *restrict tz = ty + plane;
        float *restrict length = s->length;
        for (int i = 0; i < width; i++) {
            const float a = x[ahead + i] - x[here + i], b = y[ahead + i] - y[here + i], c = z[ahead + i] - z[here + i];
            length[i] += sqrtf(a * a + b * b + c * c);
            const float u = x[ahead + i] - x[before + i], v = y[ahead + i] - y[before + i], w = z[ahead + i] - z[before + i];
            const float inverse = 1.0f / maxf(sqrtf(u * u + v * v + w * w), 1e-9f);
            tx[i] = u * inverse, ty[i] = v * inverse, tz[i] = w * inverse;
        }
    }
    memset(s->ratio, 0, sizeof(float) * (size_t)s->muscles);
    memset(s->members, 0, sizeof(float) * (size_t)s->muscles);
    for (int i = 0; i < width; i++) {
        s->ratio[s->muscle[i]] += s->length[i] / s->rest_length[i];
        s->members[s->muscle[i]] += 1.0f;
    }
    for (int m = 0; m < s->muscles; m++)
        s->ratio[m] = powf(minf(maxf(s->ratio[m] / maxf(s->members[m], 1.0f), s->least), s->most), -s->exponent[m]);
    for (int i = 0; i < width; i++) s->scale[i] = s->ratio[s->muscle[i]];
}

/* So many knots at a time go through the vector unit. */
enum { BLOCK = 64 };

/* Frames of the knots `at` .. `at` + `count` - 1, which lie in a row of strands from `strand` on: bodies'
   rotations blended, then the smallest turn that brings the rest tangent onto the present one. */
static inline void write_block(const Strands *s, int64_t at, int strand, int count)
{
    const int64_t plane = (int64_t)s->knots * s->strands;
    float q[4][BLOCK], entry[12][BLOCK];
    for (int i = 0; i < count; i++) {
        const float *a = s->turn + 4 * (int64_t)s->first[at + i], *b = s->turn + 4 * (int64_t)s->second[at + i];
        const float wa = s->share[at + i], same = a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3];
        const float wb = same < 0.0f ? wa - 1.0f : 1.0f - wa;
        for (int c = 0; c < 4; c++) q[c][i] = a[c] * wa + b[c] * wb;
    }
    const float *restrict px = s->knot + at, *restrict py = px + plane, *restrict pz = py + plane;
    const float *restrict tx = s->tangent + at, *restrict ty = tx + plane, *restrict tz = ty + plane;
    const float *restrict rx = s->rest + at, *restrict ry = rx + plane, *restrict rz = ry + plane;
    const float *restrict ux = s->rest_tangent + at, *restrict uy = ux + plane, *restrict uz = uy + plane;
    const float *restrict radial = s->scale + strand;
    for (int i = 0; i < count; i++) {
        const float size = 1.0f / sqrtf(q[0][i] * q[0][i] + q[1][i] * q[1][i] + q[2][i] * q[2][i] + q[3][i] * q[3][i]);
        const float w = q[0][i] * size, x = q[1][i] * size, y = q[2][i] * size, z = q[3][i] * size;
        /* the rest tangent carried by the blend */
        const float ha = 2.0f * (y * uz[i] - z * uy[i]), hb = 2.0f * (z * ux[i] - x * uz[i]), hc = 2.0f * (x * uy[i] - y * ux[i]);
        const float da = ux[i] + w * ha + y * hc - z * hb, db = uy[i] + w * hb + z * ha - x * hc, dc = uz[i] + w * hc + x * hb - y * ha;
        /* the smallest turn from there */
        float ow = maxf(1.0f + da * tx[i] + db * ty[i] + dc * tz[i], s->smallest_half_turn);
        float ox = db * tz[i] - dc * ty[i], oy = dc * tx[i] - da * tz[i], oz = da * ty[i] - db * tx[i];
        const float even = 1.0f / sqrtf(ow * ow + ox * ox + oy * oy + oz * oz);
        ow *= even, ox *= even, oy *= even, oz *= even;
        const float gw = ow * w - ox * x - oy * y - oz * z, gx = ow * x + ox * w + oy * z - oz * y;
        const float gy = ow * y - ox * z + oy * w + oz * x, gz = ow * z + ox * y - oy * x + oz * w;
        const float scale = radial[i], along = 1.0f - scale;
        const float la = along * tx[i], lb = along * ty[i], lc = along * tz[i];
        const float a = (1.0f - 2.0f * (gy * gy + gz * gz)) * scale + la * ux[i], b = 2.0f * (gx * gy - gw * gz) * scale + la * uy[i],
                    c = 2.0f * (gx * gz + gw * gy) * scale + la * uz[i];
        const float d = 2.0f * (gx * gy + gw * gz) * scale + lb * ux[i], e = (1.0f - 2.0f * (gx * gx + gz * gz)) * scale + lb * uy[i],
                    f = 2.0f * (gy * gz - gw * gx) * scale + lb * uz[i];
        const float g = 2.0f * (gx * gz - gw * gy) * scale + lc * ux[i], h = 2.0f * (gy * gz + gw * gx) * scale + lc * uy[i],
                    k = (1.0f - 2.0f * (gx * gx + gy * gy)) * scale + lc * uz[i];
        entry[0][i] = a, entry[1][i] = b, entry[2][i] = c, entry[3][i] = px[i] - a * rx[i] - b * ry[i] - c * rz[i];
        entry[4][i] = d, entry[5][i] = e, entry[6][i] = f, entry[7][i] = py[i] - d * rx[i] - e * ry[i] - f * rz[i];
        entry[8][i] = g, entry[9][i] = h, entry[10][i] = k, entry[11][i] = pz[i] - g * rx[i] - h * ry[i] - k * rz[i];
    }
    float *restrict out = s->out + 12 * at;
    for (int i = 0; i < count; i++)
        for (int c = 0; c < 12; c++) out[12 * i + c] = entry[c][i];
}

CLONES static void write_frames(const Strands *s)
{
    for (int k = 0; k < s->knots; k++)
        for (int i = 0; i < s->strands; i += BLOCK)
            write_block(s, (int64_t)k * s->strands + i, i, mini(BLOCK, s->strands - i));
}

/* Indices come from the baked body and from the skeleton; a mismatch must not read beyond a buffer. */
static int within(const int32_t *index, int64_t count, int64_t end)
{
    int32_t low = 0, high = -1;
    for (int64_t i = 0; i < count; i++) {
        low = mini(low, index[i]);
        high = maxi(high, index[i]);
    }
    return low >= 0 && high < end;
}

/* The buffers of a call, see strands.py; from B_SCRATCH on they are written. */
enum { B_POINTS, B_OBJECT, B_START, B_COUNT, B_TENDON, B_INTERVAL, B_FRACTION, B_FREE, B_BODIES, B_SHARE, B_TURN, B_MOTION,
       B_REST, B_REST_TANGENT, B_REST_LENGTH, B_MUSCLE, B_EXPONENT, B_LIMITS, B_SCRATCH, B_OUT, B_ALL };

static PyObject *py_frames(PyObject *self, PyObject *args)
{
    (void)self;
    Buffers b;
    if (!take(args, B_ALL, B_SCRATCH, 2, &b)) return NULL;
    const int64_t knots = whole(args, B_ALL), passes = whole(args, B_ALL + 1);
    const int64_t strands = items(&b, B_REST_LENGTH, 4), paths = items(&b, B_TENDON, 4), muscles = items(&b, B_EXPONENT, 4);
    const int64_t plane = knots * strands, points = items(&b, B_POINTS, 24), tendons = items(&b, B_START, 4), bodies = items(&b, B_TURN, 16);
    int fits = !PyErr_Occurred() && knots > 1 && knots < 4096 && passes >= 0 && passes < 4096 && strands > 0 && paths <= strands
        && items(&b, B_OBJECT, 4) >= points && items(&b, B_COUNT, 4) >= tendons && items(&b, B_INTERVAL, 4) >= knots * paths
        && items(&b, B_FRACTION, 8) >= knots * paths && items(&b, B_FREE, 4) >= 3 * knots * (strands - paths)
        && items(&b, B_BODIES, 4) >= 2 * plane && items(&b, B_SHARE, 4) >= plane && items(&b, B_MOTION, 48) >= bodies
        && items(&b, B_REST, 4) >= 3 * plane && items(&b, B_REST_TANGENT, 4) >= 3 * plane && items(&b, B_MUSCLE, 4) >= strands
        && items(&b, B_LIMITS, 4) >= 3 && items(&b, B_SCRATCH, 4) >= 9 * plane + 2 * (strands + muscles) && items(&b, B_OUT, 48) >= plane
        && within(AS(int32_t, B_TENDON), paths, tendons) && within(AS(int32_t, B_BODIES), 2 * plane, bodies)
        && within(AS(int32_t, B_MUSCLE), strands, muscles);
    for (int64_t i = 0; fits && i < paths; i++) {
        const int64_t from = AS(int32_t, B_START)[AS(int32_t, B_TENDON)[i]], count = AS(int32_t, B_COUNT)[AS(int32_t, B_TENDON)[i]];
        fits = from >= 0 && count >= 2 && from + count <= points;
    }
    if (fits) {
        float *scratch = AS(float, B_SCRATCH), *own = scratch + 9 * plane;
        const float *limits = AS(float, B_LIMITS);
        const Strands s = {
            .knots = (int)knots, .strands = (int)strands, .paths = (int)paths, .passes = (int)passes, .muscles = (int)muscles,
            .least = limits[0], .most = limits[1], .smallest_half_turn = limits[2],
            .points = AS(double, B_POINTS), .object = AS(int32_t, B_OBJECT), .start = AS(int32_t, B_START), .count = AS(int32_t, B_COUNT),
            .tendon = AS(int32_t, B_TENDON), .interval = AS(int32_t, B_INTERVAL), .fraction = AS(double, B_FRACTION),
            .free_knots = AS(float, B_FREE), .first = AS(int32_t, B_BODIES), .second = AS(int32_t, B_BODIES) + plane,
            .share = AS(float, B_SHARE), .turn = AS(float, B_TURN), .motion = AS(float, B_MOTION), .rest = AS(float, B_REST),
            .rest_tangent = AS(float, B_REST_TANGENT), .rest_length = AS(float, B_REST_LENGTH), .muscle = AS(int32_t, B_MUSCLE),
            .exponent = AS(float, B_EXPONENT), .knot = scratch, .spare = scratch + 3 * plane, .tangent = scratch + 6 * plane,
            .length = own, .scale = own + strands, .ratio = own + 2 * strands, .members = own + 2 * strands + muscles,
            .out = AS(float, B_OUT),
        };
        Py_BEGIN_ALLOW_THREADS
        for (int i = 0; i < s.paths; i++) path_knots(&s, i);
        free_knots(&s);
        smooth(&s);
        measure(&s);
        write_frames(&s);
        Py_END_ALLOW_THREADS
    }
    return finish(&b, fits);
}

static PyMethodDef methods[] = {
    {"frames", py_frames, METH_VARARGS, "Affine frames of all knots of a pose."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, "_strands", "Native twin of strands.py.", 0, methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit__strands(void)
{
    return PyModuleDef_Init(&module);
}
