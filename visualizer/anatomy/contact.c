/* Flesh that gives way to a bar along x: scene/contact.py says how, and its numpy code is the
   reference. */

typedef struct {
    const int32_t *near; /* (N,) vertices that come near it */
    const uint8_t *shown; /* (V,) those that are needed, NULL for all */
    int64_t count;
    float *position; /* (V, 3) */
} Nearby;

/* The axis (y, z), the way it presses in (y, z), the edge of the groove, its slope, half the width
   over which it is round, and how soft flesh is: over which depth, how much more where the bar
   slides faster, and how far aside that reaches. */
enum {
    ROD_AXIS,
    ROD_INTO = 2,
    ROD_EDGE = 4,
    ROD_SLOPE,
    ROD_ROUND,
    ROD_SOFT,
    ROD_SOFTER,
    ROD_FLANK,
    ROD_NUMBERS
};

static void press_rod(const Nearby *s, const float *rod)
{
    const float iy = rod[ROD_INTO], iz = rod[ROD_INTO + 1], bend = rod[ROD_ROUND],
                least = rod[ROD_SOFT];
    for (int64_t i = 0; i < s->count; i++) {
        if (s->shown && !s->shown[s->near[i]]) continue;
        float *p = s->position + 3 * (int64_t)s->near[i];
        const float y = p[1] - rod[ROD_AXIS], z = p[2] - rod[ROD_AXIS + 1];
        const float depth = y * iy + z * iz, aside = z * iy - y * iz;
        const float groove = rod[ROD_EDGE] - rod[ROD_SLOPE] * sqrtf(aside * aside + bend * bend);
        const float off = aside / rod[ROD_FLANK],
                    slide = rod[ROD_SOFTER] * aside * expf(-off * off);
        const float soft = sqrtf(least * least + slide * slide);
        const float lack = groove - depth - (soft - least) / 2;
        const float out = 0.5f * (lack + sqrtf(lack * lack + soft * soft));
        p[1] += out * iy;
        p[2] += out * iz;
    }
}

/* The axis (y, z), the radius, over which depth what leaves it begins to go to its own side, and
   the rows y and z of the hand's frame. */
enum { GRIP_AXIS, GRIP_RADIUS = 2, GRIP_EASE, GRIP_ROWS, GRIP_NUMBERS = GRIP_ROWS + 6 };

static void press_grip(const Nearby *s, const float *own, const float *grip)
{
    const float radius = grip[GRIP_RADIUS], *rows = grip + GRIP_ROWS;
    for (int64_t i = 0; i < s->count; i++, own += 3) {
        if (s->shown && !s->shown[s->near[i]]) continue;
        float *p = s->position + 3 * (int64_t)s->near[i];
        const float y = p[1] - grip[GRIP_AXIS], z = p[2] - grip[GRIP_AXIS + 1];
        const float far = sqrtf(y * y + z * z);
        if (!(far < radius)) continue;
        const float depth = radius - far, side = depth * depth / (depth + grip[GRIP_EASE]);
        const float a = y + side * (rows[0] * own[0] + rows[1] * own[1] + rows[2] * own[2]),
                    b = z + side * (rows[3] * own[0] + rows[4] * own[1] + rows[5] * own[2]);
        const float scale = radius / maxf(sqrtf(a * a + b * b), 1e-6f);
        p[1] = grip[GRIP_AXIS] + a * scale;
        p[2] = grip[GRIP_AXIS + 1] + b * scale;
    }
}

/* Take near, numbers (so many), position and shown, and before them `own` of a grip. */
static int take_nearby(PyObject *args, int owned, int numbers, Buffers *b, Nearby *s)
{
    const Expected table[] = {
        {"own", F32, READ, {VARIABLE(0), 3}},
        {"near", I32, READ, {VARIABLE(0)}},
        {"numbers", F32, READ, {numbers}},
        {"position", F32, WRITE, {VARIABLE(1), 3}},
        {"shown", U8, READ, {VARIABLE(2)}}, /* empty: all */
    };
    const int first = owned ? 0 : 1;
    if (!take(args, 0, table + first, 5 - first, 0, b)) return 0;
    const int64_t vertices = LENGTH(b, VARIABLE(1)), shown = LENGTH(b, VARIABLE(2));
    *s = (Nearby){AS(b, int32_t, 1 - first), shown ? AS(b, uint8_t, 4 - first) : NULL,
                  LENGTH(b, VARIABLE(0)), AS(b, float, 3 - first)};
    if (shown != 0 && shown != vertices) return refuse("shown is of another mesh");
    return within(s->near, s->count, vertices) || refuse("near must be vertices");
}

static PyObject *py_press_rod(PyObject *self, PyObject *args)
{
    (void)self;
    Buffers b = {.count = 0};
    Nearby s;
    if (take_nearby(args, 0, ROD_NUMBERS, &b, &s)) press_rod(&s, AS(&b, float, 1));
    return finish(&b);
}

static PyObject *py_press_grip(PyObject *self, PyObject *args)
{
    (void)self;
    Buffers b = {.count = 0};
    Nearby s;
    if (take_nearby(args, 1, GRIP_NUMBERS, &b, &s))
        press_grip(&s, AS(&b, float, 0), AS(&b, float, 2));
    return finish(&b);
}
