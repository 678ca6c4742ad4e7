/*
 * What the native extensions share: numpy arrays come in as buffers, only their sizes are checked.
 */
#ifndef VISUALIZER_BUFFERS_H
#define VISUALIZER_BUFFERS_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>

enum { MAX_BUFFERS = 24 };

typedef struct { Py_buffer view[MAX_BUFFERS]; int count; } Buffers;

static void release(Buffers *b)
{
    while (b->count > 0) PyBuffer_Release(&b->view[--b->count]);
}

/* Take `count` buffers from the front of the arguments; those from `writable` on may be written.
   `numbers` whole numbers follow them. */
static int take(PyObject *args, int count, int writable, int numbers, Buffers *b)
{
    b->count = 0;
    if (PyTuple_Size(args) != count + numbers) {
        PyErr_Format(PyExc_TypeError, "the kernel needs %d arguments", count + numbers);
        return 0;
    }
    for (int i = 0; i < count; i++) {
        const int flags = i >= writable ? PyBUF_WRITABLE : PyBUF_SIMPLE;
        if (PyObject_GetBuffer(PyTuple_GetItem(args, i), &b->view[i], flags) < 0) {
            release(b);
            return 0;
        }
        b->count++;
    }
    return 1;
}

static inline int64_t whole(PyObject *args, int at)
{
    return (int64_t)PyLong_AsLongLong(PyTuple_GetItem(args, at));
}

/* The number of items of a buffer that has `size` bytes each. */
static inline int64_t items(const Buffers *b, int at, size_t size) { return (int64_t)((size_t)b->view[at].len / size); }

static PyObject *finish(Buffers *b, int fits)
{
    release(b);
    if (PyErr_Occurred()) return NULL;
    if (!fits) {
        PyErr_SetString(PyExc_ValueError, "the buffers do not fit each other");
        return NULL;
    }
    Py_RETURN_NONE;
}

#define AS(type, at) ((type *)b.view[at].buf)

#endif
