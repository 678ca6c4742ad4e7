/*
 * The door of the native extensions: numpy arrays come in as buffers, and a table says of every one
 * which items it must hold, in which shape, and whether it is written. Nothing behind the door need
 * look at sizes again.
 */
#ifndef VISUALIZER_BUFFERS_H
#define VISUALIZER_BUFFERS_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>

enum { MAX_BUFFERS = 24, MAX_AXES = 3, MAX_VARIABLES = 8, READ = 0, WRITE = 1 };

/* kind and bytes of an item */
#define F32 'f', 4
#define F64 'f', 8
#define I16 'i', 2
#define I32 'i', 4
#define U8 'u', 1
#define U32 'u', 4
#define RECORD(type) 'T', (int)sizeof(type)

/* An axis is a length, or a variable whose length the first array with it tells. */
#define VARIABLE(n) (-1 - (n))
#define ANY VARIABLE(MAX_VARIABLES)

typedef struct {
    const char *name;
    char kind;
    int size;
    int writes;
    int axes[MAX_AXES + 1]; /* ended by 0 */
} Expected;

typedef struct {
    Py_buffer view[MAX_BUFFERS];
    int count;
    int64_t length[MAX_VARIABLES + 1];
} Buffers;

#define LENGTH(b, variable) ((b)->length[-1 - (variable)])
#define AS(b, type, at) ((type *)(b)->view[at].buf)

static void release(Buffers *b)
{
    while (b->count > 0) PyBuffer_Release(&b->view[--b->count]);
}

static int kind_fits(const Py_buffer *view, char kind)
{
    const char *format = view->format ? view->format : "B";
    if (*format == '@') format++;
    if (kind == 'T') return 1; /* no other kind has items of so many bytes */
    const char *known = kind == 'f' ? "fd" : kind == 'i' ? "bhilq" : "BHILQ";
    for (; *known; known++)
        if (format[0] == *known && format[1] == 0) return 1;
    return 0;
}

static int shape_fits(Buffers *b, const Py_buffer *view, const int *axes)
{
    int wanted = 0;
    while (axes[wanted] != 0) wanted++;
    if (wanted != view->ndim) return 0;
    for (int axis = 0; axis < wanted; axis++) {
        const int64_t length = view->shape[axis];
        if (length > INT32_MAX) return 0;
        if (axes[axis] > 0) {
            if (length != axes[axis]) return 0;
        } else if (axes[axis] != ANY) {
            int64_t *known = &LENGTH(b, axes[axis]);
            if (*known >= 0 && *known != length) return 0;
            *known = length;
        }
    }
    return 1;
}

static void refuse_shape(const Buffers *b, const Py_buffer *view, const Expected *wanted)
{
    char text[2][96];
    for (int which = 0, at = 0; which < 2; which++, at = 0) {
        text[which][0] = 0;
        for (int axis = 0; axis < (which ? view->ndim : MAX_AXES); axis++) {
            const int64_t axis_of = which ? view->shape[axis] : wanted->axes[axis];
            if (!which && axis_of == 0) break;
            const int64_t length = axis_of >= 0 || axis_of == ANY ? axis_of : LENGTH(b, axis_of);
            const int room = (int)sizeof text[0] - at;
            if (room < 24) break;
            if (length < 0) at += PyOS_snprintf(text[which] + at, (size_t)room, "any, ");
            else at += PyOS_snprintf(text[which] + at, (size_t)room, "%lld, ", (long long)length);
        }
        if (at > 2) text[which][at - 2] = 0;
    }
    PyErr_Format(PyExc_ValueError, "%s must have the shape (%s), not (%s)", wanted->name, text[0],
                 text[1]);
}

/* Take the arrays that a table describes from the arguments, from `first` on; so many whole numbers
   follow them. 0 and an error, with nothing held, when one does not fit. */
static int take(PyObject *args, int first, const Expected *table, int count, int numbers,
                Buffers *b)
{
    b->count = 0;
    for (int i = 0; i <= MAX_VARIABLES; i++) b->length[i] = -1;
    if (PyTuple_Size(args) != first + count + numbers) {
        PyErr_Format(PyExc_TypeError, "%d arguments are needed, %zd were given",
                     first + count + numbers, PyTuple_Size(args));
        return 0;
    }
    for (int i = 0; i < count; i++) {
        const Expected *wanted = table + i;
        Py_buffer *view = &b->view[i];
        /* numpy writes the format of a record anew each time, which takes longer than all else */
        const int flags = PyBUF_C_CONTIGUOUS | (wanted->kind == 'T' ? 0 : PyBUF_FORMAT)
                          | (wanted->writes ? PyBUF_WRITABLE : 0);
        if (PyObject_GetBuffer(PyTuple_GetItem(args, first + i), view, flags) < 0) {
            release(b);
            return 0;
        }
        b->count++;
        if (view->itemsize != wanted->size || !kind_fits(view, wanted->kind))
            PyErr_Format(PyExc_TypeError, "%s holds the wrong kind of items (%s of %zd bytes)",
                         wanted->name, view->format ? view->format : "B", view->itemsize);
        else if (!shape_fits(b, view, wanted->axes))
            refuse_shape(b, view, wanted);
        else
            continue;
        release(b);
        return 0;
    }
    return 1;
}

/* The whole numbers `first` and `last` at the end of the arguments: a range within 0 .. count. */
static inline int take_range(PyObject *args, int64_t count, int64_t *first, int64_t *last)
{
    const Py_ssize_t size = PyTuple_Size(args);
    *first = (int64_t)PyLong_AsLongLong(PyTuple_GetItem(args, size - 2));
    if (PyErr_Occurred()) return 0;
    *last = (int64_t)PyLong_AsLongLong(PyTuple_GetItem(args, size - 1));
    if (PyErr_Occurred()) return 0;
    if (0 <= *first && *first <= *last && *last <= count) return 1;
    PyErr_Format(PyExc_ValueError, "the range %lld .. %lld must be within 0 .. %lld",
                 (long long)*first, (long long)*last, (long long)count);
    return 0;
}

/* Whether all indices are 0 .. end - 1; one below 0 is enormous when taken without its sign. */
static int within(const int32_t *index, int64_t count, int64_t end)
{
    uint32_t most = 0;
    for (int64_t i = 0; i < count; i++)
        most = (uint32_t)index[i] > most ? (uint32_t)index[i] : most;
    return count == 0 || (int64_t)most < end;
}

/* Whether `index` (count,) rises from 0 to `end`. */
static inline int rises(const int32_t *index, int64_t count, int64_t end)
{
    if (count < 1 || index[0] != 0 || index[count - 1] != end) return 0;
    for (int64_t i = 1; i < count; i++)
        if (index[i] < index[i - 1]) return 0;
    return 1;
}

static int refuse(const char *what)
{
    PyErr_SetString(PyExc_ValueError, what);
    return 0;
}

/* Release everything; None, or the error that has occurred. */
static PyObject *finish(Buffers *b)
{
    release(b);
    if (PyErr_Occurred()) return NULL;
    Py_RETURN_NONE;
}

#endif
