/*
 * The kernel as a Python extension: checks every array that comes in, once, and keeps the mesh and
 * the picture it belongs to in capsules that the drawing functions take.
 */
#include "../../buffers.h"

#include "kernel.c"

#include <stddef.h>

enum {
    V = VARIABLE(0), /* vertices */
    F = VARIABLE(1), /* triangles */
    C = VARIABLE(2), /* clusters */
    T = VARIABLE(3), /* tiles */
    H = VARIABLE(4), /* rows of pixels or cells */
    W = VARIABLE(5), /* columns */
    A = VARIABLE(6), /* as each table says */
    B = VARIABLE(7),
};

#define COUNT(table) ((int)(sizeof(table) / sizeof *(table)))

/* ---- the mesh ---------------------------------------------------------------------------- */

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

/* The capsule at the front of the arguments. */
static void *first_argument(PyObject *args, const char *name)
{
    if (PyTuple_Size(args) < 1) {
        PyErr_Format(PyExc_TypeError, "a %s is needed", name);
        return NULL;
    }
    PyObject *capsule = PyTuple_GetItem(args, 0);
    if (PyCapsule_IsValid(capsule, name)) return PyCapsule_GetPointer(capsule, name);
    PyErr_Format(PyExc_TypeError, "the first argument must be a %s", name);
    return NULL;
}

/* ---- vertices ---------------------------------------------------------------------------- */

static PyObject *py_skin(PyObject *self, PyObject *args)
{
    static const Expected table[] = {
        {"frames", F32, READ, {A, 3, 4}},
        {"position", F32, WRITE, {V, 3}},
        {"normal", F32, WRITE, {V, 3}},
    };
    (void)self;
    Buffers b;
    int64_t first, last;
    const Mesh *mesh = first_argument(args, "mesh");
    if (!mesh || !take(args, 1, table, COUNT(table), 2, &b)) return NULL;
    if (LENGTH(&b, V) != mesh->vertices) refuse("the mesh has another number of vertices");
    else if (LENGTH(&b, A) < mesh->frames) refuse("the mesh follows more frames");
    else if (take_range(args, mesh->vertices, &first, &last)) {
        const Buffers *m = &mesh->buffers;
        Py_BEGIN_ALLOW_THREADS skin(AS(m, float, MESH_POSITION), AS(m, float, MESH_NORMAL),
                                    AS(m, int32_t, MESH_INFLUENCE), AS(m, float, MESH_WEIGHT),
                                    AS(&b, float, 0), AS(&b, float, 1), AS(&b, float, 2), first,
                                    last);
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
    };
    (void)self;
    Buffers b;
    int64_t first, last;
    const Mesh *mesh = first_argument(args, "mesh");
    if (!mesh || !take(args, 1, table, COUNT(table), 2, &b)) return NULL;
    const FrameParams *params = AS(&b, FrameParams, 0);
    if (LENGTH(&b, V) != mesh->vertices) refuse("the mesh has another number of vertices");
    else if (params_fit(params) && take_range(args, mesh->vertices, &first, &last)) {
        Py_BEGIN_ALLOW_THREADS project(AS(&b, float, 1), AS(&b, float, 2),
                                       AS(&mesh->buffers, float, MESH_SURFACE), params,
                                       AS(&b, float, 3), AS(&b, float, 4), first, last);
        Py_END_ALLOW_THREADS
    }
    return finish(&b);
}

/* ---- tile lists -------------------------------------------------------------------------- */

static PyObject *py_bound_clusters(PyObject *self, PyObject *args)
{
    static const Expected table[] = {
        {"params", RECORD(FrameParams), READ, {0}},
        {"screen", F32, READ, {V, 4}},
        {"box", RECORD(ClusterBox), WRITE, {C}},
        {"bounds", U32, WRITE, {C}},
        {"step", U8, WRITE, {C}},
    };
    (void)self;
    Buffers b;
    int64_t total = 0;
    const Mesh *mesh = first_argument(args, "mesh");
    if (!mesh || !take(args, 1, table, COUNT(table), 0, &b)) return NULL;
    const FrameParams *params = AS(&b, FrameParams, 0);
    if (LENGTH(&b, V) != mesh->vertices || LENGTH(&b, C) != mesh->clusters)
        refuse("the mesh has another number of vertices or clusters");
    else if (params_fit(params)) {
        const Buffers *m = &mesh->buffers;
        Py_BEGIN_ALLOW_THREADS total = bound_clusters(
            AS(&b, float, 1), AS(m, int32_t, MESH_START), AS(m, int32_t, MESH_CORNER),
            mesh->clusters, params, AS(&b, ClusterBox, 2), AS(&b, uint32_t, 3), AS(&b, uint8_t, 4));
        Py_END_ALLOW_THREADS if (total > INT32_MAX)
            refuse("the picture is too large for so many triangles");
    }
    PyObject *done = finish(&b);
    if (!done) return NULL;
    Py_DECREF(done);
    return PyLong_FromLongLong(total);
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

/* ---- a picture --------------------------------------------------------------------------- */

enum {
    FRAME_PARAMS,
    FRAME_SCREEN,
    FRAME_VERTEX,
    FRAME_MATERIAL,
    FRAME_KIND,
    FRAME_BOX,
    FRAME_START,
    FRAME_LIST,
    FRAME_NOISE,
    FRAME_GAMMA,
    FRAME_ROW_PIXELS,
    FRAME_ROW_SRGB,
    FRAME_SHADOW,
    FRAME_PIXELS,
    FRAME_PART,
    FRAME_INV_DEPTH,
    FRAME_CLEAN
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
    {"noise", U8, READ, {NOISE, NOISE}},
    {"gamma", U8, READ, {GAMMA}},
    {"row_pixels", U32, READ, {H, 8}},
    {"row_srgb", F32, READ, {H, 3}},
    {"shadow", F32, READ, {ANY, ANY}},
    {"pixels", U8, WRITE, {H, W, 4}},
    {"part", I16, WRITE, {H, W}},
    {"inv_depth", F32, WRITE, {ANY, ANY}},
    {"clean", U8, WRITE, {T}},
};

typedef struct {
    PyObject *mesh;
    Buffers buffers;
    int64_t tiles;
    Frame frame;
} Prepared;

static void forget_frame(PyObject *capsule)
{
    Prepared *p = PyCapsule_GetPointer(capsule, "frame");
    release(&p->buffers);
    Py_DECREF(p->mesh);
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
    if (frame_fits(mesh, b)) {
        p->tiles = LENGTH(b, T);
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
            .noise = AS(b, uint8_t, FRAME_NOISE),
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

/* ---- larger pictures, shadows ------------------------------------------------------------ */

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

/* ---- the contract ------------------------------------------------------------------------ */

/* Put a new value into a dictionary; 0 on failure. */
static int put(PyObject *dict, const char *name, PyObject *value)
{
    const int done = value && PyDict_SetItemString(dict, name, value) == 0;
    Py_XDECREF(value);
    return done;
}

#define PUT_INTEGER(name) &&put(dict, #name, PyLong_FromLong(name))
#define PUT_FLOAT(name) &&put(dict, #name, PyFloat_FromDouble((double)(name)))
#define PUT_FIELD(name, kind) \
    &&put(fields, #name, \
          Py_BuildValue("(snn)", kind, (Py_ssize_t)offsetof(Record, name), \
                        (Py_ssize_t)sizeof(((Record *)0)->name)))
#define PUT_INT(name) PUT_FIELD(name, "i")
#define PUT_REAL(name) PUT_FIELD(name, "f")
#define PUT_REALS(name, count) PUT_FIELD(name, "f")
#define DEFINE_LAYOUT(type, list) \
    static PyObject *layout_of_##type(void) \
    { \
        typedef type Record; \
        PyObject *fields = PyDict_New(); \
        if (fields \
            && put(fields, "", PyLong_FromSize_t(sizeof(Record))) \
                list(PUT_INT, PUT_REAL, PUT_REALS)) \
            return fields; \
        Py_XDECREF(fields); \
        return NULL; \
    }
SHARED_RECORDS(DEFINE_LAYOUT)
#define PUT_RECORD(type, list) &&put(dict, #type, layout_of_##type())

static PyObject *py_contract(PyObject *self, PyObject *unused)
{
    (void)self, (void)unused;
    PyObject *dict = PyDict_New();
    if (dict SHARED_INTEGERS(PUT_INTEGER) SHARED_FLOATS(PUT_FLOAT) SHARED_RECORDS(PUT_RECORD))
        return dict;
    Py_XDECREF(dict);
    return NULL;
}

static PyMethodDef methods[] = {
    {"contract", py_contract, METH_NOARGS, "Sizes, offsets and values that Python must share."},
    {"mesh", py_mesh, METH_VARARGS, "Check the arrays of a mesh and keep them."},
    {"skin", py_skin, METH_VARARGS, "Move a mesh's vertices and normals with their frames."},
    {"push_out", py_push_out, METH_VARARGS, "Move vertices out of the floor and of boxes."},
    {"project", py_project, METH_VARARGS, "Screen positions and shading vertices."},
    {"bound_clusters", py_bound_clusters, METH_VARARGS, "Boxes and tiles of a mesh's clusters."},
    {"list_clusters", py_list_clusters, METH_VARARGS, "Lists of the clusters of every tile."},
    {"frame", py_frame, METH_VARARGS, "Check the arrays of a picture and keep them."},
    {"draw_tiles", py_draw_tiles, METH_VARARGS, "Draw a range of a picture's tiles."},
    {"scratch_bytes", py_scratch_bytes, METH_O, "Size of the scratch that a thread needs."},
    {"enlarge", py_enlarge, METH_VARARGS, "Rows of an enlarged picture."},
    {"splat", py_splat, METH_VARARGS, "Lowest height over every cell of a map."},
    {"darken", py_darken, METH_VARARGS, "Soft shadow from lowest heights."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    "_kernel",
    "Native kernel of the renderer, see native.py.",
    0,
    methods,
    NULL,
    NULL,
    NULL,
    NULL,
};

PyMODINIT_FUNC PyInit__kernel(void) { return PyModuleDef_Init(&module); }
