/* Into the kernel: the mesh, which is checked once and kept, and its vertices. */

enum {
    MESH_POSITION,
    MESH_NORMAL,
    MESH_SURFACE,
    MESH_INFLUENCE,
    MESH_WEIGHT,
    MESH_FACES,
    MESH_FACE_PART,
    MESH_START,
    MESH_CORNER
};

static const Expected MESH[] = {
    {"rest_position", F32, READ, {V, 3}},
    {"rest_normal", F32, READ, {V, 3}},
    {"surface", F32, READ, {V, SURFACE}},
    {"influence", I32, READ, {V, 4}},
    {"weight", F32, READ, {V, 4}},
    {"faces", I32, READ, {F, 3}},
    {"face_part", I32, READ, {F}},
    {"cluster_start", I32, READ, {A}}, /* clusters + 1 */
    {"cluster_vertex", I32, READ, {B}},
};

typedef struct {
    Buffers buffers;
    int64_t vertices, triangles, clusters, frames, parts;
} Mesh;

static int64_t greatest(const int32_t *index, int64_t count)
{
    int32_t most = -1;
    for (int64_t i = 0; i < count; i++) most = maxi(most, index[i]);
    return most;
}

static void forget_mesh(PyObject *capsule)
{
    Mesh *mesh = PyCapsule_GetPointer(capsule, "mesh");
    release(&mesh->buffers);
    PyMem_Free(mesh);
}

/* Fill in what follows from the arrays; 0 and an error when an index leads out of them. */
static int understand_mesh(Mesh *mesh)
{
    const Buffers *b = &mesh->buffers;
    const int32_t *influence = AS(b, int32_t, MESH_INFLUENCE),
                  *part = AS(b, int32_t, MESH_FACE_PART);
    mesh->vertices = LENGTH(b, V), mesh->triangles = LENGTH(b, F),
    mesh->clusters = LENGTH(b, A) - 1;
    mesh->frames = greatest(influence, 4 * mesh->vertices) + 1;
    mesh->parts = greatest(part, mesh->triangles) + 1;
    if (!within(AS(b, int32_t, MESH_FACES), 3 * mesh->triangles, mesh->vertices))
        return refuse("faces must be within the vertices");
    if (!within(influence, 4 * mesh->vertices, mesh->frames)
        || !within(part, mesh->triangles, mesh->parts))
        return refuse("influence and face_part must not be negative");
    if (mesh->clusters != (mesh->triangles + CLUSTER - 1) / CLUSTER
        || !rises(AS(b, int32_t, MESH_START), mesh->clusters + 1, LENGTH(b, B))
        || !within(AS(b, int32_t, MESH_CORNER), LENGTH(b, B), mesh->vertices))
        return refuse("the clusters do not fit the triangles");
    return 1;
}

static PyObject *py_mesh(PyObject *self, PyObject *args)
{
    (void)self;
    Mesh *mesh = PyMem_Malloc(sizeof *mesh);
    if (!mesh) return PyErr_NoMemory();
    if (take(args, 0, MESH, COUNT(MESH), 0, &mesh->buffers)) {
        PyObject *capsule = understand_mesh(mesh) ? PyCapsule_New(mesh, "mesh", forget_mesh) : NULL;
        if (capsule) return capsule;
        release(&mesh->buffers);
    }
    PyMem_Free(mesh);
    return NULL;
}

/* The capsule among the arguments. */
static void *argument(PyObject *args, int at, const char *name)
{
    if (PyTuple_Size(args) <= at) {
        PyErr_Format(PyExc_TypeError, "a %s is needed", name);
        return NULL;
    }
    PyObject *capsule = PyTuple_GetItem(args, at);
    if (PyCapsule_IsValid(capsule, name)) return PyCapsule_GetPointer(capsule, name);
    PyErr_Format(PyExc_TypeError, "argument %d must be a %s", at + 1, name);
    return NULL;
}

static void *first_argument(PyObject *args, const char *name) { return argument(args, 0, name); }

/* An array that is empty where it is not wanted, else of a length: NULL, or its items. */
static void *optional(const Buffers *b, int at, int64_t length, const char *what)
{
    const int64_t given = b->view[at].shape[0];
    if (given != 0 && given != length) refuse(what);
    return given == length ? b->view[at].buf : NULL;
}

static const char OTHER_SELECTION[] = "the selection is of another mesh";

static PyObject *py_skin(PyObject *self, PyObject *args)
{
    static const Expected table[] = {
        {"frames", F32, READ, {A, 3, 4}},
        {"position", F32, WRITE, {V, 3}},
        {"normal", F32, WRITE, {V, 3}},
        {"shown", U8, READ, {ANY}}, /* empty: all */
    };
    (void)self;
    Buffers b;
    int64_t first, last;
    const Mesh *mesh = first_argument(args, "mesh");
    if (!mesh || !take(args, 1, table, COUNT(table), 2, &b)) return NULL;
    const uint8_t *shown = optional(&b, 3, mesh->vertices, OTHER_SELECTION);
    if (PyErr_Occurred()) return finish(&b);
    if (LENGTH(&b, V) != mesh->vertices) refuse("the mesh has another number of vertices");
    else if (LENGTH(&b, A) < mesh->frames) refuse("the mesh follows more frames");
    else if (take_range(args, mesh->vertices, &first, &last)) {
        const Buffers *m = &mesh->buffers;
        Py_BEGIN_ALLOW_THREADS skin(AS(m, float, MESH_POSITION), AS(m, float, MESH_NORMAL),
                                    AS(m, int32_t, MESH_INFLUENCE), AS(m, float, MESH_WEIGHT),
                                    AS(&b, float, 0), AS(&b, float, 1), AS(&b, float, 2), shown,
                                    first, last);
        Py_END_ALLOW_THREADS
    }
    return finish(&b);
}

static PyObject *py_push_out(PyObject *self, PyObject *args)
{
    static const Expected table[] = {
        {"boxes", F32, READ, {B, 6}},
        {"position", F32, WRITE, {V, 3}},
    };
    (void)self;
    Buffers b;
    if (!take(args, 0, table, COUNT(table), 0, &b)) return NULL;
    Py_BEGIN_ALLOW_THREADS push_out(AS(&b, float, 1), AS(&b, float, 0), LENGTH(&b, B), 0,
                                    LENGTH(&b, V));
    Py_END_ALLOW_THREADS return finish(&b);
}

static int64_t tile_count(const FrameParams *params)
{
    const int64_t columns = (params->width + TILE - 1) / TILE,
                  rows = (params->height + TILE - 1) / TILE;
    return columns * rows;
}

/* The bounds of a cluster are bytes, so a picture may have 255 tiles a side. */
static int params_fit(const FrameParams *params)
{
    if (params->width < 1 || params->height < 1 || params->width > 255 * TILE
        || params->height > 255 * TILE)
        return refuse("the picture is empty or too large");
    if (params->supersample < 1 || params->supersample > MAX_SUPERSAMPLE)
        return refuse("supersample must be within 1..4");
    return 1;
}

static PyObject *py_project(PyObject *self, PyObject *args)
{
    static const Expected table[] = {
        {"params", RECORD(FrameParams), READ, {0}},
        {"position", F32, READ, {V, 3}},
        {"normal", F32, READ, {V, 3}},
        {"screen", F32, WRITE, {V, 4}},
        {"vertex", F32, WRITE, {V, ATTRIBUTES}},
        {"shown", U8, READ, {ANY}}, /* empty: all */
    };
    (void)self;
    Buffers b;
    int64_t first, last;
    const Mesh *mesh = first_argument(args, "mesh");
    if (!mesh || !take(args, 1, table, COUNT(table), 2, &b)) return NULL;
    const FrameParams *params = AS(&b, FrameParams, 0);
    const uint8_t *shown = optional(&b, 5, mesh->vertices, OTHER_SELECTION);
    if (PyErr_Occurred()) return finish(&b);
    if (LENGTH(&b, V) != mesh->vertices) refuse("the mesh has another number of vertices");
    else if (params_fit(params) && take_range(args, mesh->vertices, &first, &last)) {
        Py_BEGIN_ALLOW_THREADS project(AS(&b, float, 1), AS(&b, float, 2),
                                       AS(&mesh->buffers, float, MESH_SURFACE), params,
                                       AS(&b, float, 3), AS(&b, float, 4), shown, first, last);
        Py_END_ALLOW_THREADS
    }
    return finish(&b);
}
