/* Into the kernel: what a drawn picture shows at single places. */

static PyObject *py_follow(PyObject *self, PyObject *args)
{
    static const Expected table[] = {
        {"position", F32, READ, {V, 3}},
        {"matrix", F64, READ, {4, 3}},
        {"vertex", I32, READ, {A, 3}},
        {"rider", F64, READ, {A, RIDER}},
        {"part", I16, READ, {H, W}},
        {"ring", F64, READ, {ANY, 2}},
        {"step", F64, READ, {2}}, /* length of a step, least depth */
        {"out", F64, WRITE, {A, RIDDEN}},
    };
    (void)self;
    Buffers b;
    if (!take(args, 0, table, COUNT(table), 1, &b)) return NULL;
    const long most = PyLong_AsLong(PyTuple_GetItem(args, COUNT(table)));
    const int32_t *vertex = AS(&b, int32_t, 2);
    const double *step = AS(&b, double, 6);
    if (PyErr_Occurred()) return finish(&b);
    if (!within(vertex, 3 * LENGTH(&b, A), LENGTH(&b, V))) refuse("riders need other vertices");
    else if (most < 0 || most > MAX_MAP) refuse("so many steps cannot be taken");
    else
        follow(AS(&b, float, 0), AS(&b, double, 1), vertex, AS(&b, double, 3), (int)LENGTH(&b, A),
               AS(&b, int16_t, 4), (int)LENGTH(&b, W), (int)LENGTH(&b, H), AS(&b, double, 5),
               (int)b.view[5].shape[0], step[0], (int)most, step[1], AS(&b, double, 7));
    return finish(&b);
}

static PyObject *py_parts_at(PyObject *self, PyObject *args)
{
    static const Expected table[] = {
        {"part", I16, READ, {H, W}},
        {"points", F64, READ, {A, 2}},
        {"out", I16, WRITE, {A}},
    };
    (void)self;
    Buffers b;
    if (!take(args, 0, table, COUNT(table), 0, &b)) return NULL;
    const double *at = AS(&b, double, 1);
    for (int64_t k = 0; k < LENGTH(&b, A); k++)
        AS(&b, int16_t, 2)[k] = (int16_t)part_at(AS(&b, int16_t, 0), (int)LENGTH(&b, W),
                                                 (int)LENGTH(&b, H), at[2 * k], at[2 * k + 1]);
    return finish(&b);
}

static PyObject *py_thin(PyObject *self, PyObject *args)
{
    static const Expected table[] = {
        {"part", I16, READ, {H, W}},
        {"grid", I16, WRITE, {A, B}},
        {"shown", I32, WRITE, {ANY}},
    };
    (void)self;
    Buffers b;
    if (!take(args, 0, table, COUNT(table), 1, &b)) return NULL;
    const long step = PyLong_AsLong(PyTuple_GetItem(args, COUNT(table)));
    const int64_t rows = LENGTH(&b, A), columns = LENGTH(&b, B), known = b.view[2].shape[0];
    if (PyErr_Occurred()) return finish(&b);
    if (step < 1 || step > MAX_MAP || known < 1 || rows < 1 || columns < 1
        || step / 2 + (rows - 1) * step >= LENGTH(&b, H)
        || step / 2 + (columns - 1) * step >= LENGTH(&b, W))
        refuse("the grid does not fit the picture");
    else if (!thin(AS(&b, int16_t, 0), (int)LENGTH(&b, W), (int)LENGTH(&b, H), (int)step,
                   AS(&b, int16_t, 1), (int)columns, (int)rows, AS(&b, int32_t, 2),
                   (int)known - 1))
        refuse("the picture has more parts");
    return finish(&b);
}

static PyObject *py_innermost(PyObject *self, PyObject *args)
{
    static const Expected table[] = {
        {"grid", I16, READ, {H, W}},
        {"away", I16, WRITE, {ANY}},
        {"found", I32, WRITE, {3}},
    };
    (void)self;
    Buffers b;
    if (!take(args, 0, table, COUNT(table), 1, &b)) return NULL;
    const long part = PyLong_AsLong(PyTuple_GetItem(args, COUNT(table)));
    const int64_t rows = LENGTH(&b, H), columns = LENGTH(&b, W);
    if (PyErr_Occurred()) return finish(&b);
    if (rows > MAX_MAP / 2 || columns > MAX_MAP / 2
        || b.view[1].shape[0] < (rows + 2) * (columns + 2))
        refuse("the scratch does not fit the grid");
    else if (part < INT16_MIN || part > INT16_MAX
             || !innermost(AS(&b, int16_t, 0), (int)columns, (int)rows, (int)part,
                           AS(&b, int16_t, 1), AS(&b, int32_t, 2)))
        refuse("the part is not in the grid");
    return finish(&b);
}
