/* Light on the nearest surface, row by row. */

/* Attributes over a triangle as planes of the screen: base + dx * (x - x0) + dy * (y - y0). Where
   the depth varies much within the triangle the planes hold attribute * inverse depth, see
   `divided`. */
typedef struct {
    float base[ATTRIBUTES], dx[ATTRIBUTES], dy[ATTRIBUTES];
    float x0, y0, q, qx, qy, blur, slip;
    int32_t divided, triangle, part, low_gradient;
    int32_t textured, figured; /* whether the fibres' coordinates are wanted, and their change */
} Slope;

/* The triangles of a row mostly return in the next: slopes are kept, by the number's last bits. */
enum { SLOPE_CACHE = 256 };

CLONES static void slope_of(const Frame *f, int32_t tri, Slope *restrict s)
{
    s->triangle = tri;
    s->part = f->face_part[tri];
    const int32_t *face = f->faces + 3 * (int64_t)tri;
    const float *sa = f->screen + 4 * (int64_t)face[0], *sb = f->screen + 4 * (int64_t)face[1],
                *sc = f->screen + 4 * (int64_t)face[2];
    const float *a = f->vertex + ATTRIBUTES * (int64_t)face[0],
                *b = f->vertex + ATTRIBUTES * (int64_t)face[1],
                *c = f->vertex + ATTRIBUTES * (int64_t)face[2];
    const float bx = sb[0] - sa[0], by = sb[1] - sa[1], cx = sc[0] - sa[0], cy = sc[1] - sa[1];
    const double area = (double)bx * cy - (double)cx * by;
    const float inverse = area < -SLIVER ? (float)(1.0 / area) : 0.0f;
    const float dbx = cy * inverse, dby = -cx * inverse, dcx = -by * inverse, dcy = bx * inverse;
    s->x0 = sa[0], s->y0 = sa[1], s->q = sa[2];
    s->qx = (sb[2] - sa[2]) * dbx + (sc[2] - sa[2]) * dcx;
    s->qy = (sb[2] - sa[2]) * dby + (sc[2] - sa[2]) * dcy;
    s->divided = maxf(fabsf(sb[2] - sa[2]), fabsf(sc[2] - sa[2])) > 0.01f * sa[2];
    const float wa = s->divided ? sa[2] : 1.0f, wb = s->divided ? sb[2] : 1.0f,
                wc = s->divided ? sc[2] : 1.0f;
    for (int i = 0; i < ATTRIBUTES; i++) {
        const float base = a[i] * wa, ub = b[i] * wb - base, uc = c[i] * wc - base;
        s->base[i] = base;
        s->dx[i] = ub * dbx + uc * dcx;
        s->dy[i] = ub * dby + uc * dcy;
    }
    const Material *m = f->material + s->part;
    s->figured = m->pattern > 0 && m->pattern_strength > 0.0f;
    s->textured = s->figured || m->streaks > 0.0f;
    s->low_gradient = !s->textured;
    if (s->low_gradient) {
        /* the greatest change from sample to sample that is straight over KEY_STEP samples to half
           a grey level; the highlight bends most */
        const float even = 0.001f / sqrtf(maxf(m->gloss, 0.0625f)),
                    most[ACROSS_AT] = {even, even, even, 0.01f, 0.001f};
        const float one = s->divided ? 1.0f / sa[2] : 1.0f, q = s->divided ? s->qx / sa[2] : 0.0f;
        for (int i = 0; i < ACROSS_AT; i++)
            s->low_gradient &= fabsf(s->dx[i] - s->base[i] * q) * one <= most[i];
    }
    const float ub = b[ALONG_AT] - a[ALONG_AT], uc = c[ALONG_AT] - a[ALONG_AT];
    s->blur = fabsf(ub * dbx + uc * dcx) + fabsf(ub * dby + uc * dcy);
    const float la = a[ACROSS_AT] + LANE_SKEW * a[ACROSS_AT + 1];
    const float lb = b[ACROSS_AT] + LANE_SKEW * b[ACROSS_AT + 1] - la,
                lc = c[ACROSS_AT] + LANE_SKEW * c[ACROSS_AT + 1] - la;
    const float lx = lb * dbx + lc * dcx, ly = lb * dby + lc * dcy;
    s->slip = sqrtf(lx * lx + ly * ly);
}

/* Beyond these a coordinate along or across the fibres is rounding. */
static const float MOST_FIBRE = 50.0f;

/* A run of samples on one triangle, side by side from `to` on: attribute k of sample n is
   (at[k] + n's dx * change[k]) / (q + n's dx * qx). In whole blocks of LANES: what is written
   beyond the run the next one writes again. */
static inline void gather_run(const Slope *slope, const float *restrict at, float dx, float q,
                              int length, int to, int column, Row *row)
{
    const float *restrict change = slope->dx;
    const float blur = slope->blur, slip = slope->slip, qx = slope->qx;
    const int divided = slope->divided, count = slope->textured ? ATTRIBUTES : ACROSS_AT;
    for (int k = 0; k < length; k += LANES, to += LANES) {
#ifdef VECTORS
        const f32x8 lane = {0.0f, 1.0f, 2.0f, 3.0f, 4.0f, 5.0f, 6.0f, 7.0f};
        const i32x8 whole = column + k + (i32x8){0, 1, 2, 3, 4, 5, 6, 7};
        const f32x8 go = (dx + (float)k) + lane, all = {0.0f};
        const f32x8 scale = divided ? 1.0f / (q + qx * go) : all + 1.0f;
        memcpy(row->column + to, &whole, sizeof whole);
        for (int i = 0; i < ACROSS_AT; i++) {
            f32x8 value = at[i] + change[i] * go;
            if (divided) value *= scale;
            memcpy(row->attribute[i] + to, &value, sizeof value);
        }
        if (count == ACROSS_AT) continue;
        const f32x8 most = all + MOST_FIBRE, least = all - MOST_FIBRE;
        for (int i = ACROSS_AT; i < ATTRIBUTES; i++) {
            f32x8 value = at[i] + change[i] * go;
            if (divided) value *= scale;
            raise8(&value, &least);
            lower8(&value, &most);
            memcpy(row->attribute[i] + to, &value, sizeof value);
        }
        if (!slope->figured) continue;
        const f32x8 blurs = all + blur, slips = all + slip;
        memcpy(row->blur + to, &blurs, sizeof blurs);
        memcpy(row->slip + to, &slips, sizeof slips);
#else
        for (int n = 0; n < LANES; n++) {
            const float go = dx + (float)(k + n), scale = divided ? 1.0f / (q + qx * go) : 1.0f;
            for (int i = 0; i < count; i++) {
                float value = (at[i] + change[i] * go) * scale;
                if (i >= ACROSS_AT) value = minf(maxf(value, -MOST_FIBRE), MOST_FIBRE);
                row->attribute[i][to + n] = value;
            }
            row->blur[to + n] = blur;
            row->slip[to + n] = slip;
            row->column[to + n] = column + k + n;
        }
#endif
    }
}

/* Where runs of equal triangles begin in a row, and its end; returns how many there are. */
static inline int find_runs(const int32_t *restrict line, int x0, int x1, int *restrict starts)
{
    uint8_t change[MAX_ROW];
    const int count = x1 - x0;
    int runs = 0;
    line += x0;
    change[0] = 1;
    for (int x = 1; x < count; x++) change[x] = line[x] != line[x - 1];
    memset(change + count, 0, 8);
    for (int x = 0; x < count; x += 8) {
        uint64_t eight;
        memcpy(&eight, change + x, sizeof eight);
        for (; eight; eight &= eight - 1) starts[runs++] = x0 + x + lowest_byte(eight);
    }
    starts[runs] = x1;
    return runs;
}

/* Fetch what slope_of will need of a triangle, unless its slope is kept. */
static inline void prefetch_corners(const Frame *f, int32_t tri, const Slope *cache)
{
    if (tri < 0 || cache[tri & (SLOPE_CACHE - 1)].triangle == tri) return;
    const int32_t *face = f->faces + 3 * (int64_t)tri;
    for (int i = 0; i < 3; i++) {
        PREFETCH(f->screen + 4 * (int64_t)face[i]);
        PREFETCH(f->vertex + ATTRIBUTES * (int64_t)face[i]);
    }
}

/* Collect the covered samples of one row, whose triangles `line` holds: their attributes, and runs
   of equal parts. */
CLONES static void gather_row(const Frame *f, const Tile *t, int y, int x0, int x1,
                              const int32_t *line, Slope *cache, Row *row)
{
    const float py = (float)(t->top + y) + 0.5f;
    int count = 0, part = -1, starts[MAX_ROW];
    const int runs = find_runs(line, x0, x1, starts);
    row->segments = row->spans = 0;
    for (int run = 0; run < runs; run++) {
        const int x = starts[run], length = starts[run + 1] - x;
        const int32_t tri = line[x];
        if (tri < 0) continue;
        if (run + 2 < runs) prefetch_corners(f, line[starts[run + 2]], cache);
        Slope *slope = cache + (tri & (SLOPE_CACHE - 1));
        if (slope->triangle != tri) slope_of(f, tri, slope);
        if (slope->part != part) {
            part = slope->part;
            row->part[row->segments] = part;
            row->start[row->segments++] = count;
        }
        const float dy = py - slope->y0, dx = (float)(t->left + x) + 0.5f - slope->x0;
        const float q = slope->divided ? slope->q + slope->qy * dy : 1.0f;
        float at[ATTRIBUTES];
        for (int i = 0; i < ATTRIBUTES; i++) at[i] = slope->base[i] + slope->dy[i] * dy;
        if (slope->low_gradient && length > LONG_RUN) {
            const float qx = slope->divided ? slope->qx : 0.0f;
            row->span_sample[row->spans] = count;
            row->span_column[row->spans] = x;
            row->span_length[row->spans++] = length;
            for (int k = 0; k < length + KEY_STEP - 1; k += KEY_STEP, count++) {
                const int to = mini(k, length - 1);
                const float go = dx + (float)to, scale = 1.0f / (q + qx * go);
                for (int i = 0; i < ACROSS_AT; i++)
                    row->attribute[i][count] = (at[i] + slope->dx[i] * go) * scale;
                row->column[count] = x + to;
            }
        } else {
            gather_run(slope, at, dx, q, length, count, x, row);
            count += length;
        }
    }
    row->count = count;
    row->start[row->segments] = count;
    if (count == 0) return;
    for (int j = 0; j < LANES; j++) {
        for (int i = 0; i < ATTRIBUTES; i++)
            row->attribute[i][count + j] = row->attribute[i][count - 1];
        row->blur[count + j] = row->blur[count - 1];
        row->slip[count + j] = row->slip[count - 1];
        row->column[count + j] = row->column[count - 1];
    }
}

/* Hemisphere, key, fill and rim light on the collected samples; base becomes outgoing light. */
CLONES static void light_row(const FrameParams *restrict k, Row *restrict r, float left, float step,
                             float view_y)
{
    const int count = blocks_of(r->count), from = r->column[0], to = r->column[r->count - 1];
    /* 1 / distance to the picture plane: along the row nearly straight, then a Newton step */
    const float x0 = left + step * (float)from, x1 = left + step * (float)to;
    const float near = 1.0f / sqrtf(x0 * x0 + view_y * view_y + 1.0f),
                end = 1.0f / sqrtf(x1 * x1 + view_y * view_y + 1.0f);
    const float short_step = to > from ? (end - near) / (float)(to - from) : 0.0f,
                short_first = near - short_step * (float)from;
    for (int i = 0; i < count; i++) {
        float x = r->attribute[0][i], y = r->attribute[1][i], z = r->attribute[2][i];
        const float scale = 1.0f / sqrtf(x * x + y * y + z * z + 1e-12f);
        x *= scale, y *= scale, z *= scale;
        const float vx = left + step * (float)r->column[i],
                    open = clamp01(r->attribute[OCCLUSION_AT][i]);
        const float far = vx * vx + view_y * view_y + 1.0f,
                    guess = short_first + short_step * (float)r->column[i];
        const float facing =
            (x * vx + y * view_y + z) * (guess * (1.5f - 0.5f * far * guess * guess));
        const float away = 1.0f - maxf(facing, 0.0f);
        const float up = 0.5f + 0.5f * (x * k->up[0] + y * k->up[1] + z * k->up[2]);
        const float key =
            maxf((x * k->key[0] + y * k->key[1] + z * k->key[2] + 0.3f) * 0.769f, 0.0f);
        const float fill =
            maxf(0.5f + 0.5f * (x * k->fill[0] + y * k->fill[1] + z * k->fill[2]), 0.0f);
        float shine = maxf(x * k->halfway[0] + y * k->halfway[1] + z * k->halfway[2], 0.0f);
        shine *= shine, shine *= shine, shine *= shine, shine *= shine * shine; /* to the 24th */
        shine += r->sharpness[i] * (1.7f * shine * shine * shine - shine);
        shine *= r->gloss[i] * open * 0.5f;
        const float ambient = (k->ground_power + (k->sky_power - k->ground_power) * up) * open;
        const float lamp = k->key_power * key * (0.40f + 0.60f * open),
                    weak = k->fill_power * fill * open;
        const float rim = k->rim_power * away * away * away * open;
        const float buried = 1.0f - open;
        /* warm lamp, cool sky, warm hollows: a printed atlas, not a grey render */
        const float red = 1.02f * lamp + 0.97f * ambient + 0.98f * weak;
        const float green = (lamp + ambient + weak) * (1.0f - 0.05f * buried);
        const float blue =
            (0.96f * lamp + 1.05f * ambient + 1.04f * weak) * (1.0f - 0.09f * buried);
        /* what glows has a light and a highlight of its own hue: white ones would bleach it */
        const float tint = minf(8.0f * r->glow[i], 0.75f);
        const float own = rim + r->glow[i] * (0.30f + 1.3f * away * away) + 1.6f * tint * shine;
        const float white = (1.0f - tint) * shine + 0.25f * rim;
        r->base[0][i] = r->base[0][i] * (red + own) + white;
        r->base[1][i] = r->base[1][i] * (green + own) + white;
        r->base[2][i] = r->base[2][i] * (blue + own) + white;
    }
}

/* The samples between those that were shaded. */
static inline void fill_span(const Row *row, int span, int (*level)[MAX_ROW], const uint32_t *one,
                             const uint8_t *gamma, uint32_t *line)
{
    const int length = row->span_length[span];
    uint32_t *to = line + row->span_column[span];
    for (int k = 0, i = row->span_sample[span]; k < length - 1; k += KEY_STEP, i++) {
        const int steps = mini(KEY_STEP, length - 1 - k);
        if (one[i] == one[i + 1]) {
            for (int n = 0; n < steps; n++) to[k + n] = one[i];
            continue;
        }
        int now[3], change[3];
        for (int c = 0; c < 3; c++) {
            now[c] = level[c][i] * 256 + 128;
            change[c] = (level[c][i + 1] - level[c][i]) * 256 / steps;
        }
        for (int n = 0; n < steps; n++)
            to[k + n] = 0xff000000u | (uint32_t)gamma[(now[0] + n * change[0]) >> 8] << 16
                        | (uint32_t)gamma[(now[1] + n * change[1]) >> 8] << 8
                        | gamma[(now[2] + n * change[2]) >> 8];
    }
}

/* What a thread needs to shade a row. */
typedef struct {
    Row row;
    Slope cache[SLOPE_CACHE];
    int level[3][MAX_ROW];
    uint32_t one[MAX_ROW], fresh[MAX_ROW];
    float veil[MAX_ROW];
} Shader;

/* An empty one. What a block reads beyond its own samples must be numbers. */
static void begin_shading(Shader *s)
{
    for (int i = 0; i < SLOPE_CACHE; i++) s->cache[i].triangle = -1;
    for (int i = ACROSS_AT; i < ATTRIBUTES; i++)
        memset(s->row.attribute[i], 0, sizeof s->row.attribute[i]);
    memset(s->row.blur, 0, sizeof s->row.blur);
    memset(s->row.slip, 0, sizeof s->row.slip);
}

/* Shade the samples of row `y` whose triangles `here` holds, and write them to `to`. Returns
   how many there are; s->row and s->one keep them. */
CLONES static int shade_row(const Frame *f, const Tile *t, int y, int x0, int x1,
                            const int32_t *here, Shader *s, uint32_t *to)
{
    Row *row = &s->row;
    const float middle = 0.5f * (float)(f->params->height * t->ss),
                inverse_focal = 1.0f / f->params->focal;
    /* towards the eye, in camera axes: (left + step * column, view_y, 1) */
    const float left =
        (0.5f * (float)(f->params->width * t->ss) - (float)t->left - 0.5f) * inverse_focal;
    gather_row(f, t, y, x0, x1, here, s->cache, row);
    if (row->count == 0) return 0;
    for (int i = 0; i < row->segments; i++)
        colour_run(f, f->material + row->part[i], row, row->start[i], row->start[i + 1]);
    light_row(f->params, row, left, -inverse_focal,
              ((float)(t->top + y) + 0.5f - middle) * inverse_focal);
    const int count = blocks_of(row->count);
    for (int c = 0; c < 3; c++)
        for (int i = 0; i < count; i++)
            s->level[c][i] = (int)(clamp01(row->base[c][i]) * (float)(GAMMA - 1) + 0.5f);
    const uint8_t *gamma = f->gamma;
    for (int i = 0; i < row->count; i++) {
        const uint32_t one = 0xff000000u | (uint32_t)gamma[s->level[0][i]] << 16
                             | (uint32_t)gamma[s->level[1][i]] << 8 | gamma[s->level[2][i]];
        s->one[i] = one;
        to[row->column[i]] = one;
    }
    for (int i = 0; i < row->spans; i++) fill_span(row, i, s->level, s->one, gamma, to);
    return row->count;
}

static inline int halved(const Frame *f, const Tile *t, int y)
{
    return f->params->half_light && ((t->top + y) & 1);
}

/* The opaque surface in a window of the tile. With half_light an odd row takes the mean of the
   rows above and below wherever all three lie on one part without a step in depth (BELOW marks
   say where not): in a moving picture nobody sees it, and it spares two fifths of the shading. */
CLONES static void shade_solid(const Frame *f, const Tile *t, int x0, int x1, int y0, int y1)
{
    Shader s;
    begin_shading(&s);
    for (int y = maxi(y0, t->top_row); y < mini(y1, t->bottom_row); y++) {
        uint32_t *line = t->pixel + (int64_t)y * t->stride;
        memset(line + x0, 0, sizeof(uint32_t) * (size_t)(x1 - x0));
        if (y < t->first_row || y >= t->end_row || halved(f, t, y)) continue;
        shade_row(f, t, y, x0, x1, t->triangle + (int64_t)y * t->stride, &s, line);
    }
    for (int y = maxi(y0, t->first_row); y < mini(y1, t->end_row); y++) {
        if (!halved(f, t, y)) continue;
        const int64_t at = (int64_t)y * t->stride;
        const int32_t *id = t->triangle + at;
        const uint8_t *restrict above = t->edge + at - t->stride, *restrict here = t->edge + at;
        uint32_t *restrict line = t->pixel + at;
        const uint32_t *restrict up = line - t->stride, *restrict down = line + t->stride;
        int32_t rest[MAX_SIDE], left_over = -1;
        for (int x = x0; x < x1; x++) {
            rest[x] = (above[x] | here[x]) & BELOW ? id[x] : -1;
            left_over &= rest[x];
        }
        for (int x = x0; x < x1; x++)
            line[x] = (up[x] & down[x]) + ((up[x] ^ down[x]) >> 1 & 0x7f7f7f7fu);
        if (left_over == -1) continue;
        for (int x = x0; x < x1; x++) line[x] = (above[x] | here[x]) & BELOW ? 0 : line[x];
        shade_row(f, t, y, x0, x1, rest, &s, line);
    }
}

/* Lay the translucent surface over what is there. */
CLONES static void shade_over(const Frame *f, const Tile *t, int x0, int x1, int y0, int y1)
{
    Shader s;
    begin_shading(&s);
    for (int y = maxi(y0, t->first_row); y < mini(y1, t->end_row); y++) {
        uint32_t *line = t->pixel + (int64_t)y * t->stride, *fresh = s.fresh;
        float *veil = s.veil;
        const Row *row = &s.row;
        const int32_t *here = t->triangle_over + (int64_t)y * t->stride;
        if (!shade_row(f, t, y, x0, x1, here, &s, fresh)) continue;
        for (int i = 0; i < row->count; i++) veil[row->column[i]] = row->cover[i];
        for (int i = 0; i < row->spans; i++)
            for (int k = 0; k < row->span_length[i]; k++)
                veil[row->span_column[i] + k] = row->cover[row->span_sample[i]];
        const int first = row->column[0], last = row->column[row->count - 1];
        for (int x = first; x <= last; x++) {
            const uint32_t share = here[x] < 0 ? 0 : share_of(veil[x]);
            line[x] = mixed(line[x], fresh[x], share);
        }
    }
}
