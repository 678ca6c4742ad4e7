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

#include "door_mesh.c"
#include "door_picture.c"
#include "door_maps.c"
#include "door_places.c"
#include "door_contract.c"

static PyMethodDef methods[] = {
    {"contract", py_contract, METH_NOARGS, "Sizes, offsets and values that Python must share."},
    {"mesh", py_mesh, METH_VARARGS, "Check the arrays of a mesh and keep them."},
    {"skin", py_skin, METH_VARARGS, "Move a mesh's vertices and normals with their frames."},
    {"push_out", py_push_out, METH_VARARGS, "Move vertices out of the floor and of boxes."},
    {"project", py_project, METH_VARARGS, "Screen positions and shading vertices."},
    {"bound_clusters", py_bound_clusters, METH_VARARGS, "Boxes and tiles of a mesh's clusters."},
    {"select", py_select, METH_VARARGS, "What earlier pictures showed of a mesh."},
    {"list_clusters", py_list_clusters, METH_VARARGS, "Lists of the clusters of every tile."},
    {"frame", py_frame, METH_VARARGS, "Check the arrays of a picture and keep them."},
    {"halo", py_halo, METH_VARARGS, "Give a picture its halo."},
    {"draw_tiles", py_draw_tiles, METH_VARARGS, "Draw a range of a picture's tiles."},
    {"scratch_bytes", py_scratch_bytes, METH_O, "Size of the scratch that a thread needs."},
    {"enlarge", py_enlarge, METH_VARARGS, "Rows of an enlarged picture."},
    {"splat", py_splat, METH_VARARGS, "Lowest height over every cell of a map."},
    {"darken", py_darken, METH_VARARGS, "Soft shadow from lowest heights."},
    {"follow", py_follow, METH_VARARGS, "Where points on a posed mesh have gone in a picture."},
    {"parts_at", py_parts_at, METH_VARARGS, "The parts that a picture shows at places."},
    {"thin", py_thin, METH_VARARGS, "Some pixels of a picture, and how many show each part."},
    {"innermost", py_innermost, METH_VARARGS, "The cell of a part farthest from its rim."},
    {NULL, NULL, 0, NULL},
};

/* Where no function can be compiled for two kinds of processors, the whole module can. */
#ifdef VISUALIZER_AVX2
#define NAME "_kernel_avx2"
#define INIT PyInit__kernel_avx2
#else
#define NAME "_kernel"
#define INIT PyInit__kernel
#endif

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    NAME,
    "Native kernel of the renderer, see native.py.",
    0,
    methods,
    NULL,
    NULL,
    NULL,
    NULL,
};

PyMODINIT_FUNC INIT(void) { return PyModuleDef_Init(&module); }
