/* Into the kernel: larger pictures, and the shadow on the floor. */

static PyObject *py_enlarge(PyObject *self, PyObject *args)
{
    static const Expected table[] = {
        {"pixels", U8, READ, {A, B, 4}},
        {"base", I32, READ, {ANY}},  {"offset", I32, READ, {W}},
        {"share", U32, READ, {W}},
        {"line", U32, WRITE, {ANY}}, {"out", U8, WRITE, {H, W, 4}},
    };
    (void)self;
    Buffers b;
    int64_t first, last;
    if (!take(args, 0, table, COUNT(table), 2, &b)) return NULL;
    const int64_t from_width = LENGTH(&b, B), from_height = LENGTH(&b, A);
    const int64_t width = LENGTH(&b, W), height = LENGTH(&b, H);
    const int32_t *base = AS(&b, int32_t, 1), *offset = AS(&b, int32_t, 2);
    const uint32_t *share = AS(&b, uint32_t, 3);
    int fits = from_width > 1 && from_height > 0 && from_width <= width && from_height <= height
               && width <= 255 * TILE && height <= 255 * TILE
               && b.view[1].shape[0] == (width + 7) / 8 && b.view[4].shape[0] == from_width + 16;
    for (int64_t x = 0; fits && x < width; x++)
        fits = base[x >> 3] >= 0 && base[x >> 3] <= from_width && offset[x] >= 0 && offset[x] < 8
               && share[x] <= 256u;
    if (!fits) refuse("the columns do not fit the pictures");
    else if (take_range(args, height, &first, &last)) {
        Py_BEGIN_ALLOW_THREADS enlarge(AS(&b, uint32_t, 0), (int)from_width, (int)from_height, base,
                                       offset, share, AS(&b, uint32_t, 4), AS(&b, uint32_t, 5),
                                       (int)width, (int)height, (int)first, (int)last);
        Py_END_ALLOW_THREADS
    }
    return finish(&b);
}

enum { MAX_MAP = 32767 };

static PyObject *py_splat(PyObject *self, PyObject *args)
{
    static const Expected table[] = {
        {"position", F32, READ, {V, 3}},
        {"faces", I32, READ, {F, 3}},
        {"map", F32, READ, {3}},
        {"lowest", F32, WRITE, {H, W}},
    };
    (void)self;
    Buffers b;
    if (!take(args, 0, table, COUNT(table), 0, &b)) return NULL;
    if (LENGTH(&b, H) > MAX_MAP || LENGTH(&b, W) > MAX_MAP) refuse("the map is too large");
    else if (!within(AS(&b, int32_t, 1), 3 * LENGTH(&b, F), LENGTH(&b, V)))
        refuse("faces must be within the vertices");
    else {
        Py_BEGIN_ALLOW_THREADS splat(AS(&b, float, 0), AS(&b, int32_t, 1), LENGTH(&b, V),
                                     LENGTH(&b, F), AS(&b, float, 2), AS(&b, float, 3),
                                     (int)LENGTH(&b, W), (int)LENGTH(&b, H));
        Py_END_ALLOW_THREADS
    }
    return finish(&b);
}

static PyObject *py_darken(PyObject *self, PyObject *args)
{
    static const Expected table[] = {
        {"lowest", F32, READ, {H, W}},
        {"layers", F32, READ, {2, 3}},
        {"darkness", F32, WRITE, {H, W}},
        {"scratch", F32, WRITE, {ANY}},
    };
    (void)self;
    Buffers b;
    if (!take(args, 0, table, COUNT(table), 0, &b)) return NULL;
    const int64_t width = LENGTH(&b, W), height = LENGTH(&b, H);
    const float *layers = AS(&b, float, 1);
    int fits = width > 0 && height > 0 && width <= MAX_MAP && height <= MAX_MAP
               && b.view[3].shape[0] >= 2 * width * height + (width > height ? width : height);
    for (int i = 0; fits && i < 2; i++)
        fits = layers[3 * i] > 0.0f && layers[3 * i + 2] >= 0.0f && layers[3 * i + 2] < 1024.0f;
    if (!fits) refuse("the map, the layers and the scratch do not fit each other");
    else {
        Py_BEGIN_ALLOW_THREADS darken(AS(&b, float, 0), layers, AS(&b, float, 2), AS(&b, float, 3),
                                      (int)width, (int)height);
        Py_END_ALLOW_THREADS
    }
    return finish(&b);
}
