/* Out of the kernel: what contract.h says, as Python sees it. */

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
