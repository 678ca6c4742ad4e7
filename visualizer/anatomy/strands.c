/*
 * The frames of all knots of a pose: strands.py says what is computed and why, and its numpy code
 * is the reference for this file (tests/anatomy/test_strands.py holds them together).
 *
 * Strands lie side by side (planes of K x S), so that the loops over them run in the vector unit.
 * No global state and no allocation: Python passes every buffer, and the table at the end checks
 * them.
 */
#include "buffers.h"
#include "simd.h"

/* Marks a point of a path that is no wrapping. */
enum { SITE = -1 };

typedef struct {
    int knots, strands, paths, passes, muscles; /* K, S, P, smoothing passes, M */
    float least, most, smallest_half_turn;      /* limits of the length ratio, see strands.py */
    const double *points;                       /* (W, 3) the muscles' paths */
    const int32_t *object, *start,
        *count;                       /* (W,) SITE or what a path wraps; (T,), (T,) per tendon */
    const int32_t *tendon, *interval; /* (P,), (K, P) */
    const double *fraction;           /* (K, P) */
    const float *free_knots;          /* (3, K, S - P) */
    const int32_t *first, *second;    /* (K, S) bodies of a knot */
    const float *share;               /* (K, S) of the first */
    const float *turn, *motion;       /* (B, 4), (B, 12) rest to pose */
    const float *rest, *rest_tangent; /* (3, K, S) */
    const float *rest_length;         /* (S,) */
    const int32_t *muscle;            /* (S,) */
    const float *exponent;            /* (M,) */
    const float *profile, *extra;     /* (K, S), (S,) how much thicker they are drawn, swell.py */
    const int32_t *broad;             /* (S,) */
    const float *apart;               /* (K,) */
    float *knot, *spare, *tangent;    /* (3, K, S) scratch */
    float *length, *scale, *ratio, *members, *middle; /* (S,), (S,), (M,), (M,), (M, 4) scratch */
    float *out;                              /* (K, S, 12) */
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
                if (s->object[low] == SITE && ++site == interval) break;
            for (high = mini(low + 1, to - 1); high < to - 1 && s->object[high] != SITE; high++)
                continue;
            whole_length = 0.0;
            for (int32_t i = low; i < high; i++)
                whole_length +=
                    distance(s->points + 3 * (int64_t)i, s->points + 3 * (int64_t)(i + 1));
        }
        double rest = whole_length * s->fraction[at], step = 0.0;
        int32_t i = low;
        for (; i < high; i++, rest -= step) {
            step = distance(s->points + 3 * (int64_t)i, s->points + 3 * (int64_t)(i + 1));
            if (rest < step || i == high - 1) break;
        }
        const double part = step > 0.0 ? fmin(fmax(rest / step, 0.0), 1.0) : 0.0;
        const double *a = s->points + 3 * (int64_t)i,
                     *b = s->points + 3 * (int64_t)mini(i + 1, to - 1);
        for (int c = 0; c < 3; c++)
            s->knot[c * plane + (int64_t)k * s->strands + strand] =
                (float)(a[c] * (1.0 - part) + b[c] * part);
    }
}

WHOLE static void free_knots(const Strands *s)
{
    const int free_count = s->strands - s->paths;
    const int64_t plane = (int64_t)s->knots * s->strands, own = (int64_t)s->knots * free_count;
    for (int k = 0; k < s->knots; k++)
        for (int i = 0; i < free_count; i++) {
            const int64_t to = (int64_t)k * s->strands + s->paths + i,
                          from = (int64_t)k * free_count + i;
            const float x = s->free_knots[from], y = s->free_knots[own + from],
                        z = s->free_knots[2 * own + from];
            const float *a = s->motion + 12 * (int64_t)s->first[to],
                        *b = s->motion + 12 * (int64_t)s->second[to];
            const float w = s->share[to];
            for (int c = 0; c < 3; c++, a += 4, b += 4) {
                const float one = a[0] * x + a[1] * y + a[2] * z + a[3],
                            two = b[0] * x + b[1] * y + b[2] * z + b[3];
                s->knot[c * plane + to] = two + (one - two) * w;
            }
        }
}

/* Passes of 1/4 1/2 1/4 along every strand; the ends stay. */
WHOLE static void smooth(const Strands *s)
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
                for (int i = 0; i < width; i++)
                    there[i] = 0.5f * here[i] + 0.25f * (here[i - width] + here[i + width]);
            }
            float *swap = from;
            from = to, to = swap;
        }
        if (from != s->knot + c * plane)
            memcpy(s->knot + c * plane, from, sizeof(float) * (size_t)plane);
    }
}

/* Unit tangents, and the scale across every strand from its muscle's length relative to rest. */
WHOLE static void measure(const Strands *s)
{
    const int width = s->strands, last = s->knots - 1;
    const int64_t plane = (int64_t)s->knots * width;
    const float *x = s->knot, *y = x + plane, *z = y + plane;
    memset(s->length, 0, sizeof(float) * (size_t)width);
    for (int k = 0; k <= last; k++) {
        const int64_t here = (int64_t)k * width, ahead = (int64_t)mini(k + 1, last) * width,
                      before = (int64_t)maxi(k - 1, 0) * width;
        float *restrict tx = s->tangent + here, *restrict ty = tx + plane,
                        *restrict tz = ty + plane;
        float *restrict length = s->length;
        for (int i = 0; i < width; i++) {
            const float a = x[ahead + i] - x[here + i], b = y[ahead + i] - y[here + i],
                        c = z[ahead + i] - z[here + i];
            length[i] += sqrtf(a * a + b * b + c * c);
            const float u = x[ahead + i] - x[before + i], v = y[ahead + i] - y[before + i],
                        w = z[ahead + i] - z[before + i];
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
        s->ratio[m] = powf(minf(maxf(s->ratio[m] / maxf(s->members[m], 1.0f), s->least), s->most),
                           -s->exponent[m]);
    for (int i = 0; i < width; i++) s->scale[i] = s->ratio[s->muscle[i]];
}

/* So many knots at a time go through the vector unit. */
enum { BLOCK = 64 };

/* Frames of the knots `at` .. `at` + `count` - 1, which lie in a row of strands from `strand` on:
   bodies' rotations blended, then the smallest turn that brings the rest tangent onto the present
   one. */
static inline void write_block(const Strands *s, int64_t at, int strand, int count)
{
    const int64_t plane = (int64_t)s->knots * s->strands;
    float q[4][BLOCK], entry[12][BLOCK];
    for (int i = 0; i < count; i++) {
        const float *a = s->turn + 4 * (int64_t)s->first[at + i],
                    *b = s->turn + 4 * (int64_t)s->second[at + i];
        const float wa = s->share[at + i],
                    same = a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3];
        const float wb = same < 0.0f ? wa - 1.0f : 1.0f - wa;
        for (int c = 0; c < 4; c++) q[c][i] = a[c] * wa + b[c] * wb;
    }
    const float *restrict px = s->knot + at, *restrict py = px + plane, *restrict pz = py + plane;
    const float *restrict tx = s->tangent + at, *restrict ty = tx + plane,
                          *restrict tz = ty + plane;
    const float *restrict rx = s->rest + at, *restrict ry = rx + plane, *restrict rz = ry + plane;
    const float *restrict ux = s->rest_tangent + at, *restrict uy = ux + plane,
                          *restrict uz = uy + plane;
    const float *restrict radial = s->scale + strand, *restrict extra = s->extra + strand,
                          *restrict profile = s->profile + at;
    for (int i = 0; i < count; i++) {
        const float size =
            1.0f
            / sqrtf(q[0][i] * q[0][i] + q[1][i] * q[1][i] + q[2][i] * q[2][i] + q[3][i] * q[3][i]);
        const float w = q[0][i] * size, x = q[1][i] * size, y = q[2][i] * size, z = q[3][i] * size;
        /* the rest tangent carried by the blend */
        const float ha = 2.0f * (y * uz[i] - z * uy[i]), hb = 2.0f * (z * ux[i] - x * uz[i]),
                    hc = 2.0f * (x * uy[i] - y * ux[i]);
        const float da = ux[i] + w * ha + y * hc - z * hb, db = uy[i] + w * hb + z * ha - x * hc,
                    dc = uz[i] + w * hc + x * hb - y * ha;
        /* the smallest turn from there */
        float ow = maxf(1.0f + da * tx[i] + db * ty[i] + dc * tz[i], s->smallest_half_turn);
        float ox = db * tz[i] - dc * ty[i], oy = dc * tx[i] - da * tz[i],
              oz = da * ty[i] - db * tx[i];
        const float even = 1.0f / sqrtf(ow * ow + ox * ox + oy * oy + oz * oz);
        ow *= even, ox *= even, oy *= even, oz *= even;
        const float gw = ow * w - ox * x - oy * y - oz * z, gx = ow * x + ox * w + oy * z - oz * y;
        const float gy = ow * y - ox * z + oy * w + oz * x, gz = ow * z + ox * y - oy * x + oz * w;
        const float scale = radial[i] * (1.0f + profile[i] * extra[i]), along = 1.0f - scale;
        const float la = along * tx[i], lb = along * ty[i], lc = along * tz[i];
        const float a = (1.0f - 2.0f * (gy * gy + gz * gz)) * scale + la * ux[i],
                    b = 2.0f * (gx * gy - gw * gz) * scale + la * uy[i],
                    c = 2.0f * (gx * gz + gw * gy) * scale + la * uz[i];
        const float d = 2.0f * (gx * gy + gw * gz) * scale + lb * ux[i],
                    e = (1.0f - 2.0f * (gx * gx + gz * gz)) * scale + lb * uy[i],
                    f = 2.0f * (gy * gz - gw * gx) * scale + lb * uz[i];
        const float g = 2.0f * (gx * gz - gw * gy) * scale + lc * ux[i],
                    h = 2.0f * (gy * gz + gw * gx) * scale + lc * uy[i],
                    k = (1.0f - 2.0f * (gx * gx + gy * gy)) * scale + lc * uz[i];
        entry[0][i] = a, entry[1][i] = b, entry[2][i] = c,
        entry[3][i] = px[i] - a * rx[i] - b * ry[i] - c * rz[i];
        entry[4][i] = d, entry[5][i] = e, entry[6][i] = f,
        entry[7][i] = py[i] - d * rx[i] - e * ry[i] - f * rz[i];
        entry[8][i] = g, entry[9][i] = h, entry[10][i] = k,
        entry[11][i] = pz[i] - g * rx[i] - h * ry[i] - k * rz[i];
    }
    float *restrict out = s->out + 12 * at;
    for (int i = 0; i < count; i++)
        for (int c = 0; c < 12; c++) out[12 * i + c] = entry[c][i];
}

WHOLE static void write_frames(const Strands *s)
{
    for (int k = 0; k < s->knots; k++)
        for (int i = 0; i < s->strands; i += BLOCK)
            write_block(s, (int64_t)k * s->strands + i, i, mini(BLOCK, s->strands - i));
}

#include "swell.c"
#include "bones.c"
#include "contact.c"

enum {
    K = VARIABLE(0), /* knots */
    S = VARIABLE(1), /* strands */
    P = VARIABLE(2), /* of them along a path of the skeleton */
    L = VARIABLE(3), /* the others, free ones */
    W = VARIABLE(4), /* points of all paths */
    T = VARIABLE(5), /* tendons */
    B = VARIABLE(6), /* bodies */
    M = VARIABLE(7), /* muscles */
};

enum {
    POINTS,
    OBJECT,
    START,
    NUMBER,
    TENDON,
    INTERVAL,
    FRACTION,
    FREE,
    BODIES,
    SHARE,
    TURN,
    MOTION,
    REST,
    REST_TANGENT,
    REST_LENGTH,
    MUSCLE,
    EXPONENT,
    PROFILE,
    EXTRA,
    BROAD,
    APART,
    LIMITS,
    SCRATCH,
    OUT
};

static const Expected TABLE[] = {
    {"path_points", F64, READ, {W, 3}},
    {"path_object", I32, READ, {W}},
    {"path_start", I32, READ, {T}},
    {"path_count", I32, READ, {T}},
    {"tendons", I32, READ, {P}},
    {"interval", I32, READ, {K, P}},
    {"fraction", F64, READ, {K, P}},
    {"free_knots", F32, READ, {3, K, L}},
    {"bodies", I32, READ, {2, K, S}},
    {"body_weight", F32, READ, {K, S}},
    {"turn", F32, READ, {B, 4}},
    {"motion", F32, READ, {B, 3, 4}},
    {"rest", F32, READ, {3, K, S}},
    {"rest_tangent", F32, READ, {3, K, S}},
    {"rest_length", F32, READ, {S}},
    {"muscle_of_strand", I32, READ, {S}},
    {"exponent", F32, READ, {M}},
    {"profile", F32, READ, {K, S}},
    {"extra", F32, READ, {S}},
    {"broad", I32, READ, {S}},
    {"apart", F32, READ, {K}},
    {"limits", F32, READ, {3}},
    {"scratch", F32, WRITE, {ANY}},
    {"out", F32, WRITE, {ANY, 3, 4}},
};

/* Indices come from the baked body and from the skeleton: a mismatch must not read beyond. */
static int indices_fit(const Buffers *b)
{
    const int64_t plane = LENGTH(b, K) * LENGTH(b, S);
    const int32_t *tendon = AS(b, int32_t, TENDON), *start = AS(b, int32_t, START);
    if (!within(tendon, LENGTH(b, P), LENGTH(b, T))
        || !within(AS(b, int32_t, BODIES), 2 * plane, LENGTH(b, B))
        || !within(AS(b, int32_t, MUSCLE), LENGTH(b, S), LENGTH(b, M)))
        return refuse("the strands name tendons, bodies or muscles that do not exist");
    for (int64_t i = 0; i < LENGTH(b, P); i++) {
        const int64_t from = start[tendon[i]], number = AS(b, int32_t, NUMBER)[tendon[i]];
        if (from < 0 || number < 2 || from + number > LENGTH(b, W))
            return refuse("a path leads out of its points");
    }
    return 1;
}

static int strands_fit(const Buffers *b, int64_t passes)
{
    const int64_t knots = LENGTH(b, K), strands = LENGTH(b, S), plane = knots * strands;
    if (knots < 2 || knots > 4095 || passes < 0 || passes > 4095)
        return refuse("too few or too many knots or passes");
    if (strands < 1 || LENGTH(b, P) + LENGTH(b, L) != strands)
        return refuse("the strands are not those of the paths and the free ones");
    if (b->view[SCRATCH].shape[0] < 9 * plane + 2 * strands + 6 * LENGTH(b, M)
        || b->view[OUT].shape[0] < plane)
        return refuse("scratch or out is too small");
    return indices_fit(b);
}

static PyObject *py_frames(PyObject *self, PyObject *args)
{
    (void)self;
    Buffers b;
    if (!take(args, 0, TABLE, (int)(sizeof TABLE / sizeof *TABLE), 1, &b)) return NULL;
    const int64_t passes = (int64_t)PyLong_AsLongLong(PyTuple_GetItem(args, OUT + 1));
    if (!PyErr_Occurred() && strands_fit(&b, passes)) {
        const int64_t strands = LENGTH(&b, S), muscles = LENGTH(&b, M),
                      plane = LENGTH(&b, K) * strands;
        float *scratch = AS(&b, float, SCRATCH), *own = scratch + 9 * plane;
        const float *limits = AS(&b, float, LIMITS);
        const Strands s = {
            .knots = (int)LENGTH(&b, K),
            .strands = (int)strands,
            .paths = (int)LENGTH(&b, P),
            .passes = (int)passes,
            .muscles = (int)muscles,
            .least = limits[0],
            .most = limits[1],
            .smallest_half_turn = limits[2],
            .points = AS(&b, double, POINTS),
            .object = AS(&b, int32_t, OBJECT),
            .start = AS(&b, int32_t, START),
            .count = AS(&b, int32_t, NUMBER),
            .tendon = AS(&b, int32_t, TENDON),
            .interval = AS(&b, int32_t, INTERVAL),
            .fraction = AS(&b, double, FRACTION),
            .free_knots = AS(&b, float, FREE),
            .first = AS(&b, int32_t, BODIES),
            .second = AS(&b, int32_t, BODIES) + plane,
            .share = AS(&b, float, SHARE),
            .turn = AS(&b, float, TURN),
            .motion = AS(&b, float, MOTION),
            .rest = AS(&b, float, REST),
            .rest_tangent = AS(&b, float, REST_TANGENT),
            .rest_length = AS(&b, float, REST_LENGTH),
            .muscle = AS(&b, int32_t, MUSCLE),
            .exponent = AS(&b, float, EXPONENT),
            .profile = AS(&b, float, PROFILE),
            .extra = AS(&b, float, EXTRA),
            .broad = AS(&b, int32_t, BROAD),
            .apart = AS(&b, float, APART),
            .knot = scratch,
            .spare = scratch + 3 * plane,
            .tangent = scratch + 6 * plane,
            .length = own,
            .scale = own + strands,
            .ratio = own + 2 * strands,
            .members = own + 2 * strands + muscles,
            .middle = own + 2 * strands + 2 * muscles,
            .out = AS(&b, float, OUT),
        };
        Py_BEGIN_ALLOW_THREADS for (int i = 0; i < s.paths; i++) path_knots(&s, i);
        free_knots(&s);
        smooth(&s);
        measure(&s);
        write_frames(&s);
        part_strands(&s);
        Py_END_ALLOW_THREADS
    }
    return finish(&b);
}

static PyObject *py_contract(PyObject *self, PyObject *unused)
{
    (void)self, (void)unused;
    return Py_BuildValue("{si}", "SITE", SITE);
}

static PyMethodDef methods[] = {
    {"contract", py_contract, METH_NOARGS, "What Python must share."},
    {"motion", py_motion, METH_VARARGS, "How bones have moved."},
    {"press_rod", py_press_rod, METH_VARARGS, "Move flesh out of a bar across it."},
    {"press_grip", py_press_grip, METH_VARARGS, "Move a hand out of the bar it holds."},
    {"frames", py_frames, METH_VARARGS, "Affine frames of all knots of a pose."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    "_strands",
    "Native twin of strands.py, bones.py, swell.py and scene/contact.py.",
    0,
    methods,
    NULL,
    NULL,
    NULL,
    NULL,
};

PyMODINIT_FUNC PyInit__strands(void) { return PyModuleDef_Init(&module); }
