/* A halo: a faint surface beside what it surrounds, never before it.

   It has no light, no order and no insides: of all its surfaces over a sample the one that faces
   the eye most decides, so that its opacity rises towards the outline of the whole and nowhere
   else, and surfaces behind each other do not add up. What is spared, such as the flesh that it
   surrounds, stays as it is to the last bit; what else is opaque shows the halo where that is
   nearer. */

/* The square of the cosine between a corner's normal and the way to the eye, with its sign. Unlike
   the cosine it changes evenly towards an outline, so corners may lie far apart. */
static inline float facing_square(const FrameParams *params, const float *at, const float *normal)
{
    const float scale = 1.0f / params->focal, ss = (float)params->supersample;
    const float x = (0.5f * (float)params->width * ss - at[0]) * scale,
                y = (at[1] - 0.5f * (float)params->height * ss) * scale;
    const float dot = normal[0] * x + normal[1] * y + normal[2];
    const float length = normal[0] * normal[0] + normal[1] * normal[1] + normal[2] * normal[2];
    return dot * fabsf(dot) / (length * (x * x + y * y + 1.0f) + 1e-12f);
}

/* Over the picture: depth and square of the facing of a triangle, see facing_square. */
typedef struct {
    Plane depth, square;
} HaloPlanes;

/* A run of samples: 1 and the greatest facing so far, 0 where there is nothing. */
static inline void halo_run(const float *restrict limit, float *restrict facing, int begin, int end,
                            float depth, float change, float face, float turn)
{
    for (int x = begin; x <= end; x++) {
        const float here = depth + change * (float)x, square = face + turn * (float)x,
                    value = 1.0f + minf(maxf(square, 0.0f), 1.0f), known = facing[x];
        facing[x] = here > limit[x] ? maxf(known, value) : known;
    }
}

#ifdef VECTORS
/* Small triangles: their edge functions are exact in float, see raster_small, so that eight samples
   are looked at together. Rows are padded, so the overhang is harmless. */
static void halo_small(const Tile *t, const float *const *corner, const HaloPlanes *planes, int x0,
                       int x1, int y0, int y1, const float *limit, float *facing)
{
    const f32x8 lane = {0.0f, 1.0f, 2.0f, 3.0f, 4.0f, 5.0f, 6.0f, 7.0f}, none = {0.0f};
    const Plane *z = &planes->depth, *s = &planes->square;
    f32x8 edge[3];
    const SmallEdges first = small_edges(corner[0], corner[1], corner[2], z, x0, y0);
    const float *along = first.along, *across = first.across;
    float inverse[3];
    for (int i = 0; i < 3; i++) {
        inverse[i] = along[i] != 0.0f ? -1.0f / along[i] : 0.0f;
        edge[i] = first.edge[i] + along[i] * lane;
    }
    for (int y = y0; y <= y1; y++) {
        /* where the row enters and leaves, to within half a sample: the edge functions decide */
        float enter = 0.0f, leave = (float)(x1 - x0);
        for (int i = 0; i < 3; i++) {
            const float cut = edge[i][0] * inverse[i];
            if (along[i] > 0.0f) enter = maxf(enter, cut);
            if (along[i] < 0.0f) leave = minf(leave, cut);
        }
        const float go = (float)y + 0.5f - z->y0, from = 0.5f - z->x0;
        const float depth = z->base + z->dy * go + z->dx * from,
                    square = s->base + s->dy * go + s->dx * from;
        for (int i = (int)(enter + 0.5f); i <= (int)(leave + 0.5f); i += 8) {
            const float off = (float)i;
            const f32x8 x = (float)(x0 + i) + lane;
            const int64_t at = (int64_t)y * t->stride + x0 + i;
            f32x8 far, known, value = square + s->dx * x;
            memcpy(&far, limit + at, sizeof far);
            memcpy(&known, facing + at, sizeof known);
            i32x8 in = ((i32x8)(edge[0] + along[0] * off) | (i32x8)(edge[1] + along[1] * off)
                        | (i32x8)(edge[2] + along[2] * off))
                       >= 0;
            in &= depth + z->dx * x > far;
            value = (f32x8)((i32x8)value & (value > none));
            const i32x8 more = value > none + 1.0f;
            value = 1.0f + (f32x8)((~more & (i32x8)value) | (more & (i32x8)(none + 1.0f)));
            in &= value > known;
            known = (f32x8)((in & (i32x8)value) | (~in & (i32x8)known));
            memcpy(facing + at, &known, sizeof known);
        }
        for (int i = 0; i < 3; i++) edge[i] -= across[i];
    }
}
#endif

/* How much a corner value changes from sample to sample, by what the other corners lie off. */
static inline float slope(const float *value, double two, double one, double inverse)
{
    const double b = (double)value[1] - value[0], c = (double)value[2] - value[0];
    return (float)((b * two - c * one) * inverse);
}

/* Where the halo may show: what is nearer than the limit. */
static inline void halo_limits(const Tile *t, int translucent, int spared, int64_t first,
                               int64_t last, float *restrict limit)
{
    const int32_t *restrict part = t->part, *restrict over = t->part_over,
                            *restrict triangle = t->triangle;
    const float *restrict depth = t->inv_depth;
    const uint32_t most = (uint32_t)spared; /* nothing is -1, and enormous without its sign */
    for (int64_t i = first; i < last; i++) {
        const float own = triangle[i] < 0 ? 0.0f : depth[i];
        limit[i] = (uint32_t)part[i] < most ? 1e9f : own;
    }
    if (translucent)
        for (int64_t i = first; i < last; i++)
            limit[i] = (uint32_t)over[i] < most ? 1e9f : limit[i];
}

static void halo_triangle(const Frame *f, const Tile *t, int32_t triangle, const float *farthest,
                          const float *limit, float *facing)
{
    const Halo *halo = f->halo;
    const int32_t *face = halo->faces + 3 * (int64_t)triangle;
    float corner[3][3];
    for (int i = 0; i < 3; i++) {
        const float *at = halo->screen + 4 * (int64_t)face[i];
        corner[i][0] = at[0] - (float)t->left, corner[i][1] = at[1] - (float)t->top;
        corner[i][2] = at[2];
    }
    const float *a = corner[0], *b = corner[1], *c = corner[2];
    const float left = minf(a[0], minf(b[0], c[0])), right = maxf(a[0], maxf(b[0], c[0]));
    const float top = minf(a[1], minf(b[1], c[1])), bottom = maxf(a[1], maxf(b[1], c[1]));
    const float edge = (float)t->side;
    const int x0 = (int)(maxf(left, 0.0f) + 0.4375f), y0 = (int)(maxf(top, 0.0f) + 0.4375f);
    const int x1 = (int)minf(right + 0.5f, edge) - 1, y1 = (int)minf(bottom + 0.5f, edge) - 1;
    if (right < 0.5f || bottom < 0.5f || x0 > x1 || y0 > y1) return;
    const double bx = (double)b[0] - a[0], by = (double)b[1] - a[1], cx = (double)c[0] - a[0],
                 cy = (double)c[1] - a[1], area = bx * cy - cx * by;
    if (!(area < 0.0)) return;
    if (hidden(farthest, x0, x1, y0, y1, 1.002f * maxf(a[2], maxf(b[2], c[2])))) return;
    float depth[3], square[3];
    for (int i = 0; i < 3; i++) {
        depth[i] = corner[i][2];
        square[i] = facing_square(f->params, halo->screen + 4 * (int64_t)face[i],
                                  halo->vertex + ATTRIBUTES * (int64_t)face[i]);
    }
    const double inverse = area < -SLIVER ? 1.0 / area : 0.0;
    const HaloPlanes planes = {
        {a[0], a[1], depth[0], slope(depth, cy, by, inverse), slope(depth, -cx, -bx, inverse)},
        {a[0], a[1], square[0], slope(square, cy, by, inverse), slope(square, -cx, -bx, inverse)},
    };
#ifdef VECTORS
    if (right - left <= SMALL && bottom - top <= SMALL) {
        const float *const corners[3] = {a, b, c};
        halo_small(t, corners, &planes, x0, x1, y0, y1, limit, facing);
        return;
    }
#endif
    const Plane *z = &planes.depth, *s = &planes.square;
    const Edges edges = edges_of(a, b, c);
    for (int y = y0; y <= y1; y++) {
        int begin = x0, end = x1;
        if (!run_of(&edges, y, &begin, &end)) continue;
        const float go = (float)y + 0.5f - a[1], from = 0.5f - a[0];
        halo_run(limit + (int64_t)y * t->stride, facing + (int64_t)y * t->stride, begin, end,
                 z->base + z->dy * go + z->dx * from, z->dx,
                 s->base + s->dy * go + s->dx * from, s->dx);
    }
}

static inline int nothing_in(const float *facing)
{
    uint64_t a, b, c, d;
    memcpy(&a, facing, sizeof a), memcpy(&b, facing + 2, sizeof b);
    memcpy(&c, facing + 4, sizeof c), memcpy(&d, facing + 6, sizeof d);
    return (a | b | c | d) == 0;
}

/* Lay it over what is opaque and under all else. Returns whether its outline is in the window. */
static int lay_halo(const Frame *f, const Tile *t, const float *facing, int x0, int x1, int y0,
                    int y1)
{
    const HaloLook *look = f->halo->look;
    const uint32_t colour = packed(look->colour);
    const int s = t->stride;
    int outline = 0;
    for (int y = y0; y < y1; y++) {
        const float *row = facing + (int64_t)y * s;
        for (int x = x0; x < x1; x++) {
            if (x + 8 <= x1 && nothing_in(row + x)) {
                x += 7;
                continue;
            }
            if (row[x] <= 0.0f) continue;
            const int64_t at = (int64_t)y * s + x;
            const float away = 1.0f - sqrtf(row[x] - 1.0f);
            const float opacity = look->opacity + look->rim * away * away * away;
            const uint32_t share = share_of(minf(opacity, 1.0f)), pixel = t->pixel[at];
            if (t->triangle[at] >= 0) t->pixel[at] = mixed(pixel, colour, share);
            else {
                const uint32_t cover = pixel >> 24, rest = 256u - (cover + (cover >> 7));
                t->pixel[at] = pixel + mixed(0, colour, share * rest >> 8);
            }
            if (t->ss > 1) continue;
            const int64_t beside[4] = {at - 1, at + 1, at - s, at + s};
            for (int k = 0; k < 4; k++)
                if (facing[beside[k]] <= 0.0f) {
                    t->smooth[at] = t->smooth[beside[k]] = RIGHT;
                    outline = 1;
                }
        }
    }
    return outline;
}

/* The halo in a window of the tile whose layers are done; `inv_depth_over` and `triangle_over` are
   used up. Returns whether there are new edges to smooth. */
WHOLE static int draw_halo(const Frame *f, Tile *t, int tile, int translucent, int x0, int x1,
                           int y0, int y1)
{
    const Halo *halo = f->halo;
    float *limit = t->inv_depth_over, *facing = (float *)t->triangle_over;
    float farthest[MAX_BLOCKS * MAX_BLOCKS], top = (float)t->side, bottom = 0.0f;
    for (int32_t n = halo->tile_start[tile]; n < halo->tile_start[tile + 1]; n++) {
        const ClusterBox *box = halo->box + halo->tile_list[n];
        top = minf(top, box->top - (float)t->top);
        bottom = maxf(bottom, box->bottom - (float)t->top);
    }
    /* whole blocks, and a row more on either side: lay_halo looks at neighbours */
    const int first = maxi((int)maxf(top, 0.0f) - 1, 0) / BLOCK * BLOCK,
              last = mini(((int)minf(bottom, (float)t->side) + 2 + BLOCK) / BLOCK * BLOCK, t->side);
    if (first >= last) return 0;
    const int64_t from_sample = (int64_t)t->stride * first, to_sample = (int64_t)t->stride * last;
    memset(facing + from_sample, 0, sizeof(float) * (size_t)(to_sample - from_sample));
    halo_limits(t, translucent, halo->look->spared, from_sample, to_sample, limit);
    find_farthest(t, limit, first, last, farthest);
    for (int32_t n = halo->tile_start[tile]; n < halo->tile_start[tile + 1]; n++) {
        const int64_t cluster = halo->tile_list[n], from = cluster * CLUSTER;
        const ClusterBox *box = halo->box + cluster;
        if (cluster_hidden(t, farthest, box)) continue;
        if (n + 1 < halo->tile_start[tile + 1]) PREFETCH(halo->box + halo->tile_list[n + 1]);
        int32_t list[CLUSTER];
        int some = 0;
        uint32_t bits = facing_bits(box, cluster, halo->triangles);
        for (; bits; bits &= bits - 1) {
            const int32_t triangle = (int32_t)(from + lowest_bit(bits));
            for (int i = 0; i < 3; i++)
                PREFETCH(halo->screen + 4 * (int64_t)halo->faces[3 * (int64_t)triangle + i]);
            list[some++] = triangle;
        }
        for (int k = 0; k < some; k++) halo_triangle(f, t, list[k], farthest, limit, facing);
    }
    return lay_halo(f, t, facing, x0, x1, maxi(y0, first + 1), mini(y1, last - 1));
}
