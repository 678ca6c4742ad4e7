/* Into the kernel: tile lists, a picture, its tiles. */

static PyObject *py_bound_clusters(PyObject *self, PyObject *args)
{
    static const Expected table[] = {
        {"params", RECORD(FrameParams), READ, {0}},
        {"screen", F32, READ, {V, 4}},
        {"box", RECORD(ClusterBox), WRITE, {C}},
        {"bounds", U32, WRITE, {C}},
        {"step", U8, WRITE, {C}},
        {"part_kind", U8, READ, {A}},
        {"wanted", U32, READ, {ANY}}, /* empty: all */
    };
    (void)self;
    Buffers b;
    int64_t total = 0, first, last;
    const Mesh *mesh = first_argument(args, "mesh");
    if (!mesh || !take(args, 1, table, COUNT(table), 2, &b)) return NULL;
    const FrameParams *params = AS(&b, FrameParams, 0);
    const uint32_t *wanted = optional(&b, 6, mesh->clusters, OTHER_SELECTION);
    if (PyErr_Occurred()) return finish(&b);
    if (LENGTH(&b, V) != mesh->vertices || LENGTH(&b, C) != mesh->clusters)
        refuse("the mesh has another number of vertices or clusters");
    else if (LENGTH(&b, A) < mesh->parts) refuse("the mesh has more parts");
    else if (params_fit(params) && take_range(args, mesh->clusters, &first, &last)) {
        const Buffers *m = &mesh->buffers;
        Py_BEGIN_ALLOW_THREADS total = bound_clusters(
            AS(&b, float, 1), AS(m, int32_t, MESH_FACES), AS(m, int32_t, MESH_FACE_PART),
            mesh->triangles, AS(&b, uint8_t, 5), wanted, AS(m, int32_t, MESH_START),
            AS(m, int32_t, MESH_CORNER), params, AS(&b, ClusterBox, 2), AS(&b, uint32_t, 3),
            AS(&b, uint8_t, 4), first, last);
        Py_END_ALLOW_THREADS if (total > INT32_MAX)
            refuse("the picture is too large for so many triangles");
    }
    PyObject *done = finish(&b);
    if (!done) return NULL;
    Py_DECREF(done);
    return PyLong_FromLongLong(total);
}

static PyObject *py_select(PyObject *self, PyObject *args)
{
    static const Expected table[] = {
        {"seen", U8, READ, {F}},
        {"also", U8, READ, {V}},
        {"wanted", U32, WRITE, {C}},
        {"shown", U8, WRITE, {V}},
    };
    (void)self;
    Buffers b;
    const Mesh *mesh = first_argument(args, "mesh");
    if (!mesh || !take(args, 1, table, COUNT(table), 0, &b)) return NULL;
    if (LENGTH(&b, V) != mesh->vertices || LENGTH(&b, F) != mesh->triangles
        || LENGTH(&b, C) != mesh->clusters)
        refuse(OTHER_SELECTION);
    else {
        Py_BEGIN_ALLOW_THREADS select_seen(AS(&mesh->buffers, int32_t, MESH_FACES),
                                           mesh->triangles, AS(&b, uint8_t, 0), AS(&b, uint8_t, 1),
                                           mesh->vertices, AS(&b, uint32_t, 2), AS(&b, uint8_t, 3));
        Py_END_ALLOW_THREADS
    }
    return finish(&b);
}

/* Whether the bounds lie within the picture and ask for lists of this length. */
static int bounds_fit(const Buffers *b, const FrameParams *params, int64_t total)
{
    const uint32_t *bounds = AS(b, uint32_t, 1);
    const uint8_t *step = AS(b, uint8_t, 2);
    const int columns = (params->width + TILE - 1) / TILE,
              rows = (params->height + TILE - 1) / TILE;
    int64_t wanted = 0;
    for (int64_t c = 0; c < LENGTH(b, C); c++) {
        if (bounds[c] == NO_TILE) continue;
        const TileBounds t = tile_bounds(bounds[c]);
        if (t.x0 > t.x1 || t.y0 > t.y1 || t.x1 >= columns || t.y1 >= rows || step[c] >= STEPS)
            return 0;
        wanted += (int64_t)(t.x1 - t.x0 + 1) * (t.y1 - t.y0 + 1);
    }
    return wanted == total;
}

static PyObject *py_list_clusters(PyObject *self, PyObject *args)
{
    static const Expected table[] = {
        {"params", RECORD(FrameParams), READ, {0}},
        {"bounds", U32, READ, {C}},
        {"step", U8, READ, {C}},
        {"counts", I32, WRITE, {T, STEPS}},
        {"tile_start", I32, WRITE, {A}}, /* tiles + 1 */
        {"tile_list", I32, WRITE, {B}},
    };
    (void)self;
    Buffers b;
    if (!take(args, 0, table, COUNT(table), 0, &b)) return NULL;
    const FrameParams *params = AS(&b, FrameParams, 0);
    if (!params_fit(params)) return finish(&b);
    if (LENGTH(&b, T) != tile_count(params) || LENGTH(&b, A) != LENGTH(&b, T) + 1
        || !bounds_fit(&b, params, LENGTH(&b, B)))
        refuse("the lists do not fit the picture and its clusters");
    else {
        Py_BEGIN_ALLOW_THREADS list_clusters(AS(&b, uint32_t, 1), AS(&b, uint8_t, 2), LENGTH(&b, C),
                                             params->width, params->height, AS(&b, int32_t, 3),
                                             AS(&b, int32_t, 4), AS(&b, int32_t, 5));
        Py_END_ALLOW_THREADS
    }
    return finish(&b);
}

enum {
    FRAME_PARAMS,
    FRAME_SCREEN,
    FRAME_VERTEX,
    FRAME_MATERIAL,
    FRAME_KIND,
    FRAME_BOX,
    FRAME_START,
    FRAME_LIST,
    FRAME_CORNERS,
    FRAME_GAMMA,
    FRAME_ROW_PIXELS,
    FRAME_ROW_SRGB,
    FRAME_SHADOW,
    FRAME_PIXELS,
    FRAME_PART,
    FRAME_INV_DEPTH,
    FRAME_CLEAN,
    FRAME_SEEN
};

/* The shadow is of any size, and so is the depth where none is wanted. */
static const Expected FRAME[] = {
    {"params", RECORD(FrameParams), READ, {0}},
    {"screen", F32, READ, {V, 4}},
    {"vertex", F32, READ, {V, ATTRIBUTES}},
    {"material", RECORD(Material), READ, {A}},
    {"part_kind", U8, READ, {A}},
    {"box", RECORD(ClusterBox), READ, {C}},
    {"tile_start", I32, READ, {B}}, /* tiles + 1 */
    {"tile_list", I32, READ, {ANY}},
    {"corners", U32, READ, {NOISE, NOISE}},
    {"gamma", U8, READ, {GAMMA}},
    {"row_pixels", U32, READ, {H, 8}},
    {"row_srgb", F32, READ, {H, 3}},
    {"shadow", F32, READ, {ANY, ANY}},
    {"pixels", U8, WRITE, {H, W, 4}},
    {"part", I16, WRITE, {H, W}},
    {"inv_depth", F32, WRITE, {ANY, ANY}},
    {"clean", U8, WRITE, {T}},
    {"seen", U8, WRITE, {ANY}}, /* empty: not asked for */
};

typedef struct {
    PyObject *mesh, *halo_mesh;
    Buffers buffers, halo_buffers;
    int64_t tiles;
    Frame frame;
    Halo halo;
} Prepared;

static void forget_frame(PyObject *capsule)
{
    Prepared *p = PyCapsule_GetPointer(capsule, "frame");
    release(&p->buffers);
    release(&p->halo_buffers);
    Py_DECREF(p->mesh);
    Py_XDECREF(p->halo_mesh);
    PyMem_Free(p);
}

static int frame_fits(const Mesh *mesh, const Buffers *b)
{
    const FrameParams *params = AS(b, FrameParams, FRAME_PARAMS);
    const Py_buffer *depth = &b->view[FRAME_INV_DEPTH];
    const int64_t tiles = LENGTH(b, T), list = b->view[FRAME_LIST].shape[0];
    if (!params_fit(params)) return 0;
    if (LENGTH(b, V) != mesh->vertices || LENGTH(b, C) != mesh->clusters
        || LENGTH(b, A) < mesh->parts)
        return refuse("the mesh has another number of vertices, clusters or parts");
    if (LENGTH(b, W) != params->width || LENGTH(b, H) != params->height
        || tiles != tile_count(params))
        return refuse("the picture's arrays are of another size");
    if (params->depth && (depth->shape[0] != params->height || depth->shape[1] != params->width))
        return refuse("the depth is of another size");
    if (LENGTH(b, B) != tiles + 1 || !rises(AS(b, int32_t, FRAME_START), tiles + 1, list)
        || !within(AS(b, int32_t, FRAME_LIST), list, mesh->clusters))
        return refuse("the tile lists do not fit the picture and its clusters");
    return 1;
}

static PyObject *py_frame(PyObject *self, PyObject *args)
{
    (void)self;
    const Mesh *mesh = first_argument(args, "mesh");
    if (!mesh) return NULL;
    Prepared *p = PyMem_Malloc(sizeof *p);
    if (!p) return PyErr_NoMemory();
    if (!take(args, 1, FRAME, COUNT(FRAME), 0, &p->buffers)) {
        PyMem_Free(p);
        return NULL;
    }
    const Buffers *b = &p->buffers, *m = &mesh->buffers;
    uint8_t *seen = optional(b, FRAME_SEEN, mesh->triangles, "seen is of another mesh");
    if (!PyErr_Occurred() && frame_fits(mesh, b)) {
        p->tiles = LENGTH(b, T);
        p->halo_mesh = NULL;
        p->halo_buffers.count = 0;
        p->frame = (Frame){
            .params = AS(b, FrameParams, FRAME_PARAMS),
            .screen = AS(b, float, FRAME_SCREEN),
            .vertex = AS(b, float, FRAME_VERTEX),
            .material = AS(b, Material, FRAME_MATERIAL),
            .faces = AS(m, int32_t, MESH_FACES),
            .face_part = AS(m, int32_t, MESH_FACE_PART),
            .part_kind = AS(b, uint8_t, FRAME_KIND),
            .triangles = mesh->triangles,
            .box = AS(b, ClusterBox, FRAME_BOX),
            .tile_start = AS(b, int32_t, FRAME_START),
            .tile_list = AS(b, int32_t, FRAME_LIST),
            .corners = AS(b, uint32_t, FRAME_CORNERS),
            .gamma = AS(b, uint8_t, FRAME_GAMMA),
            .row_pixels = AS(b, uint32_t, FRAME_ROW_PIXELS),
            .row_srgb = AS(b, float, FRAME_ROW_SRGB),
            .shadow = AS(b, float, FRAME_SHADOW),
            .map_rows = (int)b->view[FRAME_SHADOW].shape[0],
            .map_columns = (int)b->view[FRAME_SHADOW].shape[1],
            .pixels = AS(b, uint32_t, FRAME_PIXELS),
            .part = AS(b, int16_t, FRAME_PART),
            .inv_depth = AS(b, float, FRAME_INV_DEPTH),
            .clean = AS(b, uint8_t, FRAME_CLEAN),
            .seen = seen,
        };
        PyObject *capsule = PyCapsule_New(p, "frame", forget_frame);
        if (capsule) {
            p->mesh = PyTuple_GetItem(args, 0);
            Py_INCREF(p->mesh);
            return capsule;
        }
    }
    release(&p->buffers);
    PyMem_Free(p);
    return NULL;
}

enum { HALO_LOOK, HALO_SCREEN, HALO_VERTEX, HALO_BOX, HALO_START, HALO_LIST };

static const Expected HALO[] = {
    {"look", RECORD(HaloLook), READ, {0}},
    {"screen", F32, READ, {V, 4}},
    {"vertex", F32, READ, {V, ATTRIBUTES}},
    {"box", RECORD(ClusterBox), READ, {C}},
    {"tile_start", I32, READ, {B}}, /* tiles + 1 */
    {"tile_list", I32, READ, {ANY}},
};

/* Give a picture its halo, once: the frame, the halo's mesh, its arrays. */
static PyObject *py_halo(PyObject *self, PyObject *args)
{
    (void)self;
    Prepared *p = first_argument(args, "frame");
    if (!p) return NULL;
    const Mesh *mesh = argument(args, 1, "mesh");
    if (!mesh) return NULL;
    Buffers taken;
    if (!take(args, 2, HALO, COUNT(HALO), 0, &taken)) return NULL;
    const int64_t list = taken.view[HALO_LIST].shape[0];
    if (p->halo_mesh) refuse("the picture has a halo already");
    else if (LENGTH(&taken, V) != mesh->vertices || LENGTH(&taken, C) != mesh->clusters)
        refuse("the halo's mesh has another number of vertices or clusters");
    else if (LENGTH(&taken, B) != p->tiles + 1
             || !rises(AS(&taken, int32_t, HALO_START), p->tiles + 1, list)
             || !within(AS(&taken, int32_t, HALO_LIST), list, mesh->clusters))
        refuse("the halo's lists do not fit the picture and its clusters");
    else {
        const Buffers *b = &p->halo_buffers;
        p->halo_buffers = taken;
        p->halo = (Halo){
            .look = AS(b, HaloLook, HALO_LOOK),
            .screen = AS(b, float, HALO_SCREEN),
            .vertex = AS(b, float, HALO_VERTEX),
            .faces = AS(&mesh->buffers, int32_t, MESH_FACES),
            .triangles = mesh->triangles,
            .box = AS(b, ClusterBox, HALO_BOX),
            .tile_start = AS(b, int32_t, HALO_START),
            .tile_list = AS(b, int32_t, HALO_LIST),
        };
        p->frame.halo = &p->halo;
        p->halo_mesh = PyTuple_GetItem(args, 1);
        Py_INCREF(p->halo_mesh);
        Py_RETURN_NONE;
    }
    release(&taken);
    return NULL;
}

static PyObject *py_draw_tiles(PyObject *self, PyObject *args)
{
    static const Expected table[] = {{"scratch", U8, WRITE, {ANY}}};
    (void)self;
    Buffers b;
    int64_t first, last;
    const Prepared *p = first_argument(args, "frame");
    if (!p || !take(args, 1, table, COUNT(table), 2, &b)) return NULL;
    if (b.view[0].shape[0] < (int64_t)scratch_bytes(p->frame.params->supersample))
        refuse("the scratch is too small, see scratch_bytes");
    else if (take_range(args, p->tiles, &first, &last)) {
        Py_BEGIN_ALLOW_THREADS draw_tiles(&p->frame, AS(&b, void, 0), (int)first, (int)last);
        Py_END_ALLOW_THREADS
    }
    return finish(&b);
}

static PyObject *py_scratch_bytes(PyObject *self, PyObject *arg)
{
    (void)self;
    const long ss = PyLong_AsLong(arg);
    if (PyErr_Occurred()) return NULL;
    if (ss < 1 || ss > MAX_SUPERSAMPLE) {
        refuse("supersample must be within 1..4");
        return NULL;
    }
    return PyLong_FromSize_t(scratch_bytes((int)ss));
}
