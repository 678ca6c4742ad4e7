/* How bones have moved, and frames between two of them: bones.py says what is computed, and its
   numpy code is the reference. In double precision, as the skeleton is posed. */

typedef struct {
    const double *position, *quaternion; /* (N, 3), (N, 4) of all bodies of the skeleton */
    const int32_t *which;                /* (B,) where the bones stand among them */
    const double *rest_position, *rest_quaternion; /* (B, 3), (B, 4) */
    const int32_t *pair;                           /* (J, 2) of bones */
    const double *share, *centre;                  /* (J,) of the second, (J, 3) */
    int64_t bones, between;
    float *turn, *out; /* (B, 4), (B + J, 12) */
} Bones;

/* The rotation of a unit quaternion into the first three columns of a frame. */
static void turn_frame(const double *q, double *frame)
{
    const double w = q[0], x = q[1], y = q[2], z = q[3];
    const double xx = x * x, yy = y * y, zz = z * z, xy = x * y, xz = x * z, yz = y * z;
    const double wx = w * x, wy = w * y, wz = w * z;
    frame[0] = 1 - 2 * (yy + zz), frame[1] = 2 * (xy - wz), frame[2] = 2 * (xz + wy);
    frame[4] = 2 * (xy + wz), frame[5] = 1 - 2 * (xx + zz), frame[6] = 2 * (yz - wx);
    frame[8] = 2 * (xz - wy), frame[9] = 2 * (yz + wx), frame[10] = 1 - 2 * (xx + yy);
}

static double along_row(const double *row, const double *point)
{
    return row[0] * point[0] + row[1] * point[1] + row[2] * point[2];
}

/* Quaternion and frame of a bone from rest to the pose. */
static void bone_motion(const Bones *s, int64_t bone, double *turn, double *frame)
{
    const double *p = s->quaternion + 4 * (int64_t)s->which[bone],
                 *q = s->rest_quaternion + 4 * bone;
    const double a = p[0], b = p[1], c = p[2], d = p[3], w = q[0], x = -q[1], y = -q[2],
                 z = -q[3];
    turn[0] = a * w - b * x - c * y - d * z;
    turn[1] = a * x + b * w + c * z - d * y;
    turn[2] = a * y - b * z + c * w + d * x;
    turn[3] = a * z + b * y - c * x + d * w;
    turn_frame(turn, frame);
    for (int i = 0; i < 3; i++)
        frame[4 * i + 3] = s->position[3 * (int64_t)s->which[bone] + i]
                           - along_row(frame + 4 * i, s->rest_position + 3 * bone);
}

static void between_motion(const Bones *s, int64_t at, double *frame)
{
    double turn[2][4], end[2][12], mean[4], dot = 0.0, square = 0.0;
    const double *centre = s->centre + 3 * at;
    const double second = s->share[at], first = 1.0 - second;
    for (int k = 0; k < 2; k++) bone_motion(s, s->pair[2 * at + k], turn[k], end[k]);
    for (int i = 0; i < 4; i++) dot += turn[0][i] * turn[1][i];
    /* the shorter way from one to the other; their mean turns about as far as its share says */
    const double sign = (double)((dot > 0.0) - (dot < 0.0));
    for (int i = 0; i < 4; i++) mean[i] = turn[0][i] * first + turn[1][i] * (sign * second);
    for (int i = 0; i < 4; i++) square += mean[i] * mean[i];
    for (int i = 0; i < 4; i++) mean[i] /= sqrt(square);
    turn_frame(mean, frame);
    for (int i = 0; i < 3; i++) {
        const double one = along_row(end[0] + 4 * i, centre) + end[0][4 * i + 3],
                     two = along_row(end[1] + 4 * i, centre) + end[1][4 * i + 3];
        frame[4 * i + 3] = one * first + two * second - along_row(frame + 4 * i, centre);
    }
}

static void move_bones(const Bones *s)
{
    double turn[4], frame[12];
    for (int64_t bone = 0; bone < s->bones + s->between; bone++) {
        if (bone < s->bones) {
            bone_motion(s, bone, turn, frame);
            for (int i = 0; i < 4; i++) s->turn[4 * bone + i] = (float)turn[i];
        } else between_motion(s, bone - s->bones, frame);
        for (int i = 0; i < 12; i++) s->out[12 * bone + i] = (float)frame[i];
    }
}

static const Expected BONES[] = {
    {"body_position", F64, READ, {VARIABLE(0), 3}},
    {"body_quaternion", F64, READ, {VARIABLE(0), 4}},
    {"which", I32, READ, {VARIABLE(1)}},
    {"rest_position", F64, READ, {VARIABLE(1), 3}},
    {"rest_quaternion", F64, READ, {VARIABLE(1), 4}},
    {"pair", I32, READ, {VARIABLE(2), 2}},
    {"share", F64, READ, {VARIABLE(2)}},
    {"centre", F64, READ, {VARIABLE(2), 3}},
    {"turn", F32, WRITE, {VARIABLE(1), 4}},
    {"out", F32, WRITE, {VARIABLE(3), 3, 4}},
};

static PyObject *py_motion(PyObject *self, PyObject *args)
{
    (void)self;
    Buffers b;
    if (!take(args, 0, BONES, (int)(sizeof BONES / sizeof *BONES), 0, &b)) return NULL;
    const int64_t bodies = LENGTH(&b, VARIABLE(0)), bones = LENGTH(&b, VARIABLE(1)),
                  between = LENGTH(&b, VARIABLE(2));
    const Bones s = {
        .position = AS(&b, double, 0),
        .quaternion = AS(&b, double, 1),
        .which = AS(&b, int32_t, 2),
        .rest_position = AS(&b, double, 3),
        .rest_quaternion = AS(&b, double, 4),
        .pair = AS(&b, int32_t, 5),
        .share = AS(&b, double, 6),
        .centre = AS(&b, double, 7),
        .bones = bones,
        .between = between,
        .turn = AS(&b, float, 8),
        .out = AS(&b, float, 9),
    };
    if (LENGTH(&b, VARIABLE(3)) != bones + between)
        refuse("out must hold the frames of all bones and those between");
    else if (!within(s.which, bones, bodies) || !within(s.pair, 2 * between, bones))
        refuse("the bones are not bodies of the skeleton, or frames lie between others");
    else move_bones(&s);
    return finish(&b);
}
