/* Triangles to samples: for every sample of a tile the nearest triangle. */

/* A value over the picture, such as inverse depth: base + dx * (x - x0) + dy * (y - y0). */
typedef struct {
    float x0, y0, base, dx, dy;
} Plane;

#ifdef VECTORS
/* Eight samples of a row: which of them hold, nearer or of equals of the lower number. */
ALWAYS_INLINE void depth_test8(float *restrict q, int32_t *restrict id, const i32x8 *inside,
                               const f32x8 *value, int32_t t)
{
    f32x8 was, v = *value;
    i32x8 had, in = *inside;
    memcpy(&was, q, sizeof was);
    memcpy(&had, id, sizeof had);
    in &= (v > was) | ((v == was) & (t < had));
    v = (f32x8)((in & (i32x8)v) | (~in & (i32x8)was));
    had = (in & t) | (~in & had);
    memcpy(q, &v, sizeof v);
    memcpy(id, &had, sizeof had);
}
#endif

/* Triangles of at most so many samples a side are small. */
static const float SMALL = 60.0f;

/* Of a small triangle: how its edge functions change from sample to sample along a row and,
   negative, from row to row, and what they and the inverse depth are at the sample (x0, y0). */
typedef struct {
    float along[3], across[3], edge[3], depth;
} SmallEdges;

static inline SmallEdges small_edges(const float *a, const float *b, const float *c, const Plane *z,
                                     int x0, int y0)
{
    const float x = (float)x0 + 0.5f, y = (float)y0 + 0.5f;
    const float *corner[4] = {a, b, c, a};
    SmallEdges e = {.depth = z->base + z->dx * (x - z->x0) + z->dy * (y - z->y0)};
    for (int i = 0; i < 3; i++) {
        const float *from = corner[i], *to = corner[i + 1];
        e.across[i] = to[0] - from[0], e.along[i] = to[1] - from[1];
        e.edge[i] = e.along[i] * (x - from[0]) - e.across[i] * (y - from[1]) + 0.0f;
    }
    return e;
}

/* Small triangle: every product of its edges is a multiple of 1/256 under 2^14, exact in float, and
   so are the sums from row to row. No edge function is ever minus zero, so its sign tells the side.
 */
#ifdef VECTORS
/* Columns of eight samples, on whole eights of a row: what one triangle has just stored the next
   then loads from the same place, which is quick. The rows of a tile are padded, so the overhang is
   harmless. */
static void raster_small(float *restrict q, int32_t *restrict id, int stride, int x0, int x1,
                         int y0, int y1, const float *a, const float *b, const float *c, Plane z,
                         int32_t t)
{
    const SmallEdges at_first = small_edges(a, b, c, &z, x0, y0);
    const float ax = at_first.across[0], bx = at_first.across[1],
                cx = at_first.across[2], ay = at_first.along[0],
                by = at_first.along[1], cy = at_first.along[2];
    const float ra = at_first.edge[0], rb = at_first.edge[1], rc = at_first.edge[2],
                rz = at_first.depth, rows = (float)(y1 - y0);
    const int some = (x1 >> 3) - (x0 >> 3) > 1;
    const float ia = some && ax != 0.0f ? 1.0f / ax : 0.0f,
                ib = some && bx != 0.0f ? 1.0f / bx : 0.0f,
                ic = some && cx != 0.0f ? 1.0f / cx : 0.0f;
    for (int at = x0 & ~7; at <= x1; at += 8) {
        const f32x8 steps = {0.0f, 1.0f, 2.0f, 3.0f, 4.0f, 5.0f, 6.0f, 7.0f};
        const float off = (float)(at - x0);
        int first = 0, last = y1 - y0;
        if (some) {
            /* where the column enters and leaves through each edge, to within half a sample: the
               edge functions decide, this only spares looking at most of the rectangle */
            const float sa = (ra + ay * (off + (ay > 0.0f ? 7.0f : 0.0f))) * ia,
                        sb = (rb + by * (off + (by > 0.0f ? 7.0f : 0.0f))) * ib,
                        sc = (rc + cy * (off + (cy > 0.0f ? 7.0f : 0.0f))) * ic;
            const float enter = maxf(maxf(ax < 0.0f ? sa : 0.0f, bx < 0.0f ? sb : 0.0f),
                                     maxf(cx < 0.0f ? sc : 0.0f, 0.0f));
            const float leave = minf(minf(ax > 0.0f ? sa : rows, bx > 0.0f ? sb : rows),
                                     minf(cx > 0.0f ? sc : rows, rows));
            first = (int)(enter + 0.5f), last = (int)(leave + 0.5f);
        }
        const float down = (float)first;
        const f32x8 go = steps + off, ez = z.dx * go;
        f32x8 ea = ra - ax * down + ay * go, eb = rb - bx * down + by * go,
              ec = rc - cx * down + cy * go, row = {0.0f};
        row += down;
        float *qr = q + (int64_t)(y0 + first) * stride + at;
        int32_t *ir = id + (int64_t)(y0 + first) * stride + at;
        for (int n = first; n <= last; n++, qr += stride, ir += stride) {
            const i32x8 in = ((i32x8)ea | (i32x8)eb | (i32x8)ec) >= 0;
            const f32x8 v = rz + z.dy * row + ez;
            depth_test8(qr, ir, &in, &v, t);
            ea -= ax, eb -= bx, ec -= cx, row += 1.0f;
        }
    }
}
#else
static void raster_small(float *restrict q, int32_t *restrict id, int stride, int x0, int x1,
                         int y0, int y1, const float *a, const float *b, const float *c, Plane z,
                         int32_t t)
{
    const SmallEdges at_first = small_edges(a, b, c, &z, x0, y0);
    const float ax = at_first.across[0], bx = at_first.across[1],
                cx = at_first.across[2], ay = at_first.along[0],
                by = at_first.along[1], cy = at_first.along[2];
    float ra = at_first.edge[0], rb = at_first.edge[1], rc = at_first.edge[2];
    const float rz = at_first.depth;
    const int rows = y1 - y0, wide = x1 - x0;
    float *qr = q + (int64_t)y0 * stride + x0;
    int32_t *ir = id + (int64_t)y0 * stride + x0;
    /* where a row enters and leaves through each edge, to within half a sample: the edge functions
       decide, this only spares looking at most of the rectangle */
    const float big = 1e6f, last = (float)wide;
    const float ia = ay != 0.0f ? -1.0f / ay : 0.0f, ib = by != 0.0f ? -1.0f / by : 0.0f,
                ic = cy != 0.0f ? -1.0f / cy : 0.0f;
    float na = ay > 0.0f ? ra * ia : -big, nb = by > 0.0f ? rb * ib : -big,
          nc = cy > 0.0f ? rc * ic : -big;
    float la = ay < 0.0f ? ra * ia : big, lb = by < 0.0f ? rb * ib : big,
          lc = cy < 0.0f ? rc * ic : big;
    const float sa = -ax * ia, sb = -bx * ib, sc = -cx * ic;
    for (int row = 0; row <= rows; row++, qr += stride, ir += stride) {
        const float enter = maxf(maxf(na, nb), maxf(nc, 0.0f)),
                    leave = minf(minf(la, lb), minf(lc, last));
        const float zr = rz + z.dy * (float)row;
        const int begin = (int)(enter + 0.5f), end = (int)(leave + 0.5f);
        for (int i = begin; i <= end; i++) {
            const float s = (float)i, v = zr + z.dx * s;
            if (ra + ay * s < 0.0f || rb + by * s < 0.0f || rc + cy * s < 0.0f) continue;
            if (v < qr[i] || (v == qr[i] && t >= ir[i])) continue;
            qr[i] = v;
            ir[i] = t;
        }
        ra -= ax, rb -= bx, rc -= cx;
        na += sa, nb += sb, nc += sc;
        la += sa, lb += sb, lc += sc;
    }
}
#endif

/* The edge functions of a triangle, in double: exact whatever its size. */
typedef struct {
    const float *corner[3];
    double step[3], across[3], inverse[3];
} Edges;

static inline Edges edges_of(const float *a, const float *b, const float *c)
{
    Edges e = {.corner = {a, b, c}};
    for (int i = 0; i < 3; i++) {
        e.step[i] = (double)e.corner[(i + 1) % 3][1] - e.corner[i][1];
        e.across[i] = (double)e.corner[(i + 1) % 3][0] - e.corner[i][0];
        e.inverse[i] = e.step[i] == 0.0 ? 0.0 : -1.0 / e.step[i];
    }
    return e;
}

static inline int inside(const double *e, const double *step, int x)
{
    const double o = (double)x;
    return e[0] + step[0] * o >= 0.0 && e[1] + step[1] * o >= 0.0 && e[2] + step[2] * o >= 0.0;
}

/* The samples of a row that lie inside are one run within begin .. end, found from both ends. */
static inline int run_of(const Edges *edges, int y, int *begin, int *end)
{
    const double *step = edges->step;
    double e[3], enter = *begin, leave = *end;
    for (int i = 0; i < 3; i++) {
        const float *corner = edges->corner[i];
        e[i] = step[i] * (0.5 - corner[0]) - edges->across[i] * (y + 0.5 - corner[1]);
        const double cut = e[i] * edges->inverse[i];
        if (step[i] > 0.0 && cut > enter) enter = cut;
        if (step[i] < 0.0 && cut < leave) leave = cut;
        if (step[i] == 0.0 && e[i] < 0.0) return 0;
    }
    if (enter > leave + 1.0) return 0;
    /* all but exact: the edge functions decide, mostly at once */
    int from = maxi((int)(enter + 0.999999), *begin), to = mini((int)(leave + 0.000001), *end);
    while (from <= to && !inside(e, step, from)) from++;
    while (to >= from && !inside(e, step, to)) to--;
    *begin = from, *end = to;
    return from <= to;
}

/* Large triangle, run by run. */
static void raster_large(float *restrict q, int32_t *restrict id, int stride, int x0, int x1,
                         int y0, int y1, const float *a, const float *b, const float *c, Plane z,
                         int32_t t)
{
    const Edges edges = edges_of(a, b, c);
    for (int y = y0; y <= y1; y++) {
        int begin = x0, end = x1;
        if (!run_of(&edges, y, &begin, &end)) continue;
        float *restrict qr = q + (int64_t)y * stride;
        int32_t *restrict ir = id + (int64_t)y * stride;
        const float rz = z.base + z.dy * ((float)y + 0.5f - z.y0) + z.dx * (0.5f - z.x0);
#ifdef VECTORS
        const i32x8 lane = {0, 1, 2, 3, 4, 5, 6, 7};
        const f32x8 steps = {0.0f, 1.0f, 2.0f, 3.0f, 4.0f, 5.0f, 6.0f, 7.0f};
        for (int x = begin & ~7; x <= end; x += 8) {
            const i32x8 column = x + lane, in = (column >= begin) & (column <= end);
            const f32x8 v = rz + z.dx * ((float)x + steps);
            depth_test8(qr + x, ir + x, &in, &v, t);
        }
#else
        for (int x = begin; x <= end; x++) {
            const float v = rz + z.dx * (float)x;
            if (v < qr[x] || (v == qr[x] && t >= ir[x])) continue;
            qr[x] = v;
            ir[x] = t;
        }
#endif
    }
}

/* Farthest inv_depth of every 8 x 8 block: what is farther than that is hidden there. */
enum { MAX_BLOCKS = MAX_SIDE / BLOCK + 1 };
/* After so many triangles it is found anew; 100 and 200 were slower. */
enum { LOOK_AFTER = 400 };

CLONES static void find_farthest(const Tile *t, const float *restrict q, int from, int to,
                                 float *restrict farthest)
{
    const int blocks = (t->side + BLOCK - 1) / BLOCK;
    for (int j = from / BLOCK; j * BLOCK < to; j++) {
        float low[MAX_SIDE + BLOCK];
        memcpy(low, q + (int64_t)j * BLOCK * t->stride, sizeof(float) * (size_t)t->side);
        for (int y = j * BLOCK + 1; y < mini((j + 1) * BLOCK, t->side); y++) {
            const float *line = q + (int64_t)y * t->stride;
            for (int x = 0; x < t->side; x++) low[x] = minf(low[x], line[x]);
        }
        for (int i = 0; i < blocks; i++) {
            float least = low[i * BLOCK];
            for (int x = i * BLOCK + 1; x < mini((i + 1) * BLOCK, t->side); x++)
                least = minf(least, low[x]);
            farthest[j * MAX_BLOCKS + i] = least;
        }
    }
}

static int hidden(const float *farthest, int x0, int x1, int y0, int y1, float nearest)
{
    for (int j = y0 / BLOCK; j <= y1 / BLOCK; j++)
        for (int i = x0 / BLOCK; i <= x1 / BLOCK; i++)
            if (!(nearest < farthest[j * MAX_BLOCKS + i])) return 0;
    return 1;
}

/* Whether a cluster lies behind what the tile holds. */
static int cluster_hidden(const Tile *t, const float *farthest, const ClusterBox *box)
{
    const float left = box->left - (float)t->left, top = box->top - (float)t->top,
                right = box->right - (float)t->left, bottom = box->bottom - (float)t->top;
    const float most = (float)(t->side - 1);
    const int x0 = (int)minf(maxf(left, 0.0f), most), x1 = (int)minf(maxf(right, 0.0f), most);
    const int y0 = (int)minf(maxf(top, 0.0f), most), y1 = (int)minf(maxf(bottom, 0.0f), most);
    return hidden(farthest, x0, x1, y0, y1, 1.002f * box->inv_depth);
}

/* A bit for each triangle of a cluster that faces the eye. */
static inline uint32_t facing_bits(const ClusterBox *box, int64_t cluster, int64_t triangles)
{
    const int64_t left_over = triangles - cluster * CLUSTER;
    const uint32_t all = left_over < CLUSTER ? (1u << left_over) - 1u : 0xffffffffu;
    return (uint32_t)box->facing & all;
}

/* List the triangles of a cluster that face the eye, touch the tile and are of one kind. Returns
   how many. */
static inline int list_triangles(const Frame *f, const Tile *t, int64_t cluster, int kind,
                                 int32_t *list)
{
    const ClusterBox *box = f->box + cluster;
    const int64_t begin = cluster * CLUSTER;
    uint32_t bits = facing_bits(box, cluster, f->triangles);
    const float left = (float)t->left + 0.5f, top = (float)t->top + 0.5f,
                right = left + (float)t->side, bottom = top + (float)t->side;
    const int within = box->left >= left && box->right <= right && box->top >= top
                       && box->bottom <= bottom,
              alike = box->kinds == kind;
    int some = 0;
    for (; bits; bits &= bits - 1) {
        const int64_t i = begin + lowest_bit(bits);
        int seen = alike || f->part_kind[f->face_part[i]] == kind;
        if (!within) {
            const int32_t *face = f->faces + 3 * i;
            const float *a = f->screen + 4 * (int64_t)face[0],
                        *b = f->screen + 4 * (int64_t)face[1],
                        *c = f->screen + 4 * (int64_t)face[2];
            seen &= (maxf(a[0], maxf(b[0], c[0])) >= left) & (minf(a[0], minf(b[0], c[0])) <= right)
                    & (maxf(a[1], maxf(b[1], c[1])) >= top)
                    & (minf(a[1], minf(b[1], c[1])) <= bottom);
        }
        list[some] = (int32_t)i;
        some += seen;
    }
    return some;
}

/* The corners of so many triangles are on their way while one is drawn. */
enum { AHEAD = 6 };

static inline void prefetch_faces(const Frame *f, int64_t cluster)
{
    const int32_t *face = f->faces + 3 * CLUSTER * cluster,
                  *part = f->face_part + CLUSTER * cluster;
    for (int i = 0; i < 3 * CLUSTER; i += 16) PREFETCH(face + i);
    for (int i = 0; i < CLUSTER; i += 16) PREFETCH(part + i);
}

/* One corner of every second triangle: neighbours have the others. */
static inline void prefetch_screen(const Frame *f, int64_t cluster)
{
    uint32_t bits = facing_bits(f->box + cluster, cluster, f->triangles) & 0x55555555u;
    for (; bits; bits &= bits - 1)
        PREFETCH(f->screen + 4 * (int64_t)f->faces[3 * (cluster * CLUSTER + lowest_bit(bits))]);
}

/* Draw the tile's triangles of one kind, and note which rows they touch. q must hold 0 or what they
   are hidden by. Returns whether triangles of another kind may show in the tile, which is asked
   of OPAQUE ones only. */
WHOLE static int raster(const Frame *f, Tile *t, int tile, int kind, float *q, int32_t *id)
{
    float widest = f->params->edge_width_px;
    int ringed = 0;
    float farthest[MAX_BLOCKS * MAX_BLOCKS];
    int drawn = 0, look = kind != OPAQUE, others = 0, latest = -1, first = t->side, last = -1;
    int32_t facing[CLUSTER];
    if (look) /* of what has been drawn before */
        find_farthest(t, q, t->top_row, t->bottom_row, farthest);
    const int32_t end = f->tile_start[tile + 1];
    for (int32_t n = f->tile_start[tile]; n < end; n++) {
        const int64_t cluster = f->tile_list[n];
        const ClusterBox *box = f->box + cluster;
        /* a few triangles of a cluster may lie far apart, so its box says little */
        if (kind == OPAQUE && !others && box->kinds & TRANSLUCENT)
            others = list_triangles(f, t, cluster, TRANSLUCENT, facing) > 0;
        if (!(box->kinds & kind) || (look && cluster_hidden(t, farthest, box))) continue;
        if (n + 2 < end) prefetch_faces(f, f->tile_list[n + 2]);
        if (n + 1 < end) prefetch_screen(f, f->tile_list[n + 1]);
        const int some = list_triangles(f, t, cluster, kind, facing);
        for (int k = 0; k < some; k++) {
            if (k + AHEAD < some) {
                const int32_t *next = f->faces + 3 * (int64_t)facing[k + AHEAD];
                for (int i = 0; i < 3; i++) PREFETCH(f->screen + 4 * (int64_t)next[i]);
            }
            const int32_t tri = facing[k], *face = f->faces + 3 * (int64_t)tri,
                          part = f->face_part[tri];
            float a[3], b[3], c[3]; /* in samples of the tile; exact, because the shift is whole */
            for (int i = 0; i < 3; i++) {
                const float shift = i == 0 ? (float)t->left : (i == 1 ? (float)t->top : 0.0f);
                a[i] = f->screen[4 * (int64_t)face[0] + i] - shift;
                b[i] = f->screen[4 * (int64_t)face[1] + i] - shift;
                c[i] = f->screen[4 * (int64_t)face[2] + i] - shift;
            }
            const float left = minf(a[0], minf(b[0], c[0])), right = maxf(a[0], maxf(b[0], c[0]));
            const float top = minf(a[1], minf(b[1], c[1])), bottom = maxf(a[1], maxf(b[1], c[1]));
            const float edge = (float)t->side;
            /* the first sample at or after a multiple of 1/16 */
            const int x0 = (int)(maxf(left, 0.0f) + 0.4375f), y0 = (int)(maxf(top, 0.0f) + 0.4375f);
            const int x1 = (int)minf(right + 0.5f, edge) - 1,
                      y1 = (int)minf(bottom + 0.5f, edge) - 1;
            if (right < 0.5f || bottom < 0.5f || x0 > x1 || y0 > y1) continue;
            const double bx = (double)b[0] - a[0], by = (double)b[1] - a[1],
                         cx = (double)c[0] - a[0], cy = (double)c[1] - a[1];
            const double area = bx * cy - cx * by;
            if (!(area < 0.0)) continue;
            if (part != latest) {
                latest = part;
                widest = maxf(widest, f->material[part].outline_width_px);
                ringed |= f->material[part].ring;
            }
            if (drawn++ == LOOK_AFTER * t->ss) {
                find_farthest(t, q, t->top_row, t->bottom_row, farthest);
                drawn = 0;
                look = 1;
            }
            /* the plane may leave the corners' range by a thousandth */
            if (look && hidden(farthest, x0, x1, y0, y1, 1.002f * maxf(a[2], maxf(b[2], c[2]))))
                continue;
            first = mini(first, y0);
            last = maxi(last, y1);
            Plane z = {a[0], a[1], a[2], 0.0f, 0.0f};
            if (area < -SLIVER) {
                const double inverse = 1.0 / area, qb = (double)b[2] - a[2],
                             qc = (double)c[2] - a[2];
                z.dx = (float)((qb * cy - qc * by) * inverse);
                z.dy = (float)((qc * bx - qb * cx) * inverse);
            }
            if (right - left <= SMALL && bottom - top <= SMALL)
                raster_small(q, id, t->stride, x0, x1, y0, y1, a, b, c, z, tri);
            else raster_large(q, id, t->stride, x0, x1, y0, y1, a, b, c, z, tri);
        }
    }
    t->line_reach = maxf(t->line_reach, maxf(0.5f * widest, ringed ? 1.0f : 0.0f) * (float)t->ss);
    t->reach = maxi(t->reach, mini(maxi(ceil_int(t->line_reach), 1), 2 * t->ss));
    t->first_row = t->end_row = t->top_row;
    if (first > last) return others;
    t->first_row = maxi(first - t->reach - 2, t->top_row);
    t->end_row = mini(last + t->reach + 3, t->bottom_row);
    return others;
}
