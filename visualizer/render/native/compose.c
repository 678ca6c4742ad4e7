/* Samples to pixels, and the whole way of a tile. */

/* Mean of the samples of a pixel. */
static inline uint32_t average(const Tile *t, int64_t at)
{
    const uint32_t count = (uint32_t)(t->ss * t->ss), share = (65536u + count / 2) / count;
    uint32_t even = 0, odd = 0, pixel = 0;
    for (int j = 0; j < t->ss; j++)
        for (int i = 0; i < t->ss; i++) {
            const uint32_t sample = t->pixel[at + (int64_t)j * t->stride + i];
            even += sample & EVEN_BYTES;
            odd += sample >> 8 & EVEN_BYTES;
        }
    const uint32_t lane[4] = {even & 0xffffu, odd & 0xffffu, even >> 16, odd >> 16};
    for (int c = 0; c < 4; c++) pixel |= (lane[c] * share + 32768u) >> 16 << (8 * c);
    return pixel;
}

/* A row of pixels of two by two samples each: what `average` gives, several at once. */
CLONES static void halve_row(const uint32_t *restrict upper, const uint32_t *restrict lower, int w,
                             uint32_t *restrict out)
{
    for (int x = 0; x < w; x++) {
        const uint32_t a = upper[2 * x], b = upper[2 * x + 1], c = lower[2 * x],
                       d = lower[2 * x + 1];
        const uint32_t even = (a & EVEN_BYTES) + (b & EVEN_BYTES) + (c & EVEN_BYTES)
                              + (d & EVEN_BYTES) + 0x20002u;
        const uint32_t odd = (a >> 8 & EVEN_BYTES) + (b >> 8 & EVEN_BYTES) + (c >> 8 & EVEN_BYTES)
                             + (d >> 8 & EVEN_BYTES) + 0x20002u;
        out[x] = (even >> 2 & EVEN_BYTES) | (odd << 6 & ~EVEN_BYTES);
    }
}

/* Whether anything is marked; of whole eights. */
static inline int any_mark(const uint8_t *marks, int w)
{
    uint64_t any = 0, eight;
    for (int x = 0; x < w; x += 8) {
        memcpy(&eight, marks + x, sizeof eight);
        any |= eight;
    }
    return any != 0;
}

/* So many pixels are smoothed together, or none of them is. */
enum { GROUP = 32 };

/* Edges of a picture with one sample a pixel: a small tent over the neighbours, where `smooth`
   says so. */
CLONES static void tent_row(const uint32_t *restrict middle, int64_t stride,
                            const uint8_t *restrict smooth, int w, uint32_t *restrict out)
{
    for (int x = 0; x < w; x += GROUP) {
        const int some = mini(GROUP, w - x);
        uint32_t even[GROUP + 2], odd[GROUP + 2];
        const uint32_t *restrict here = middle + x - 1, *restrict above = here - stride,
                                 *restrict below = here + stride;
        if (!any_mark(smooth + x, some)) {
            if (some == GROUP) memcpy(out + x, middle + x, GROUP * sizeof *out);
            else memcpy(out + x, middle + x, sizeof *out * (size_t)some);
            continue;
        }
        for (int i = 0; i < some + 2; i++) {
            even[i] =
                (above[i] & EVEN_BYTES) + 2u * (here[i] & EVEN_BYTES) + (below[i] & EVEN_BYTES);
            odd[i] = (above[i] >> 8 & EVEN_BYTES) + 2u * (here[i] >> 8 & EVEN_BYTES)
                     + (below[i] >> 8 & EVEN_BYTES);
        }
        for (int i = 0; i < some; i++) {
            const uint32_t e =
                (even[i] + 2u * even[i + 1] + even[i + 2] + 0x80008u) >> 4 & EVEN_BYTES;
            const uint32_t o =
                (odd[i] + 2u * odd[i + 1] + odd[i + 2] + 0x80008u) << 4 & ~EVEN_BYTES;
            const uint32_t take = smooth[x + i] ? 0xffffffffu : 0u;
            out[x + i] = ((e | o) & take) | (here[i + 1] & ~take);
        }
    }
}

/* Eight samples over eight pixels of the backdrop: what over_backdrop gives. */
static inline void lay_over(const uint32_t *sample, const uint32_t *backdrop, uint32_t *pixels)
{
#ifdef VECTORS
    u32x8 over, under;
    memcpy(&over, sample, sizeof over);
    memcpy(&under, backdrop, sizeof under);
    const u32x8 cover = over >> 24, rest = 256u - (cover + (cover >> 7));
    const u32x8 even = ((under & EVEN_BYTES) * rest + 0x800080u) >> 8 & EVEN_BYTES,
                odd = ((under >> 8 & EVEN_BYTES) * rest + 0x800080u) & 0xff00u;
    under = 0xff000000u | (over + (even | odd));
    memcpy(pixels, &under, sizeof under);
#else
    for (int i = 0; i < 8; i++) pixels[i] = over_backdrop(sample[i], backdrop[i]);
#endif
}

/* Eight pixels of the gradient under its shadow, mixed as it is seen (sRGB): that keeps it even. */
static inline void shade_floor(const Frame *f, const float *restrict srgb,
                               const float *restrict alpha, int px, int py,
                               uint32_t *restrict eight)
{
    const float *dark = f->params->shadow_colour;
    const float red = srgb[0], green = srgb[1], blue = srgb[2];
    const float less[3] = {dark[0] - 1.0f, dark[1] - 1.0f, dark[2] - 1.0f};
    for (int x = 0; x < 8; x++) {
        const int fine = dither(px + x, py);
        const int r = ((int)(65280.0f * (red + alpha[x] * less[0] * red)) + fine) >> 8,
                  g = ((int)(65280.0f * (green + alpha[x] * less[1] * green)) + fine) >> 8,
                  b = ((int)(65280.0f * (blue + alpha[x] * less[2] * blue)) + fine) >> 8;
        eight[x] = 0xff000000u | (uint32_t)r << 16 | (uint32_t)g << 8 | (uint32_t)b;
    }
}

/* Whether eight pixels of the floor lie in no shadow. */
static inline int lit(const float *alpha)
{
    float most = 0.0f;
    for (int x = 0; x < 8; x++) most = maxf(most, alpha[x]);
    return !(most > 0.0f);
}

/* The floor's shadow on the part that lies flat on it. */
static void shade_mat(const Frame *f, const Tile *t, int64_t at, int w, const float *alpha,
                      const uint32_t *samples, uint32_t *out)
{
    const float *dark = f->params->shadow_colour;
    const int32_t mat = f->params->mat, *own = t->part + at;
    for (int x = 0; x < w; x++) {
        const uint32_t sample = samples[x];
        out[x] = sample;
        if (own[x * t->ss] != mat || !(alpha[x] > 0.0f)) continue;
        uint32_t pixel = sample >> 24;
        for (int c = 0; c < 3; c++) {
            const float light = (float)(sample >> (16 - 8 * c) & 255u);
            pixel = pixel << 8 | (uint32_t)(light + alpha[x] * (dark[c] - 1.0f) * light + 0.5f);
        }
        out[x] = pixel;
    }
}

/* The part and, where it is asked for, the depth under a row of pixels. */
static inline void write_part(const Frame *f, const Tile *t, int64_t out, int64_t at, int w,
                              int empty)
{
    int16_t *restrict part = f->part + out;
    const int32_t *restrict own = t->part + at;
    if (empty) memset(part, 0xff, sizeof(int16_t) * (size_t)w);
    else if (t->ss == 1)
        for (int x = 0; x < w; x++) part[x] = (int16_t)own[x];
    else
        for (int x = 0; x < w; x++) part[x] = (int16_t)own[x * t->ss];
    if (!f->params->depth) return;
    for (int x = 0; x < w; x++) f->inv_depth[out + x] = empty ? 0.0f : t->inv_depth[at + x * t->ss];
}

/* Whether nothing shines through eight samples. */
static inline int covers(const uint32_t *sample)
{
    /* one by one: an array of them would go through memory */
    uint64_t a, b, c, d;
    memcpy(&a, sample, sizeof a), memcpy(&b, sample + 2, sizeof b);
    memcpy(&c, sample + 4, sizeof c), memcpy(&d, sample + 6, sizeof d);
    return (a & b & c & d & 0xff000000ff000000u) == 0xff000000ff000000u;
}

/* Rows of the picture are on their way to the cache so many rows before they are written. */
enum { FETCHED = 3 };

WHOLE static void write_tile(const Frame *f, const Tile *t, int px, int py, int empty, int edges,
                             uint8_t *clean)
{
    const uint8_t was = empty ? *clean : 0;
    uint8_t plain_tile = CLEAN_PIXELS;
    const int width = f->params->width, height = f->params->height;
    const int w = mini(TILE, width - px), h = mini(TILE, height - py),
              smooth = f->params->smooth && t->ss == 1 && edges;
    float marks[2][MARKS];
    int found[2] = {0, 0};
    for (int y = 0; y < h; y++) {
        const int row = t->border + y * t->ss,
                  bare = empty || row < t->top_row || row + t->ss > t->bottom_row;
        const int64_t out = (int64_t)(py + y) * width + px;
        const uint32_t *plain = f->row_pixels + 8 * (int64_t)(py + y);
        const float *srgb = f->row_srgb + 3 * (int64_t)(py + y);
        uint32_t *pixels = f->pixels + out;
        if (y + FETCHED < h && !(was & CLEAN_PIXELS)) {
            const char *next = (const char *)(pixels + (int64_t)FETCHED * width),
                       *parts = (const char *)(f->part + out + (int64_t)FETCHED * width);
            for (int i = 0; i < 4 * TILE; i += 64) PREFETCH(next + i);
            for (int i = 0; i < 2 * TILE; i += 64) PREFETCH(parts + i);
        }
        float alpha[TILE];
        const int shadowed = floor_shadow(f, y, py, px, marks, found, alpha);
        const int64_t at = (int64_t)row * t->stride + t->border;
        if (shadowed) plain_tile = 0;
        if (!(was & CLEAN_PART)) write_part(f, t, out, at, w, bare);
        if (!shadowed && was & CLEAN_PIXELS) continue;
        const uint32_t *samples = t->pixel + at;
        uint32_t reduced[TILE];
        if (bare) {
            samples = NULL;
        } else if (t->ss == 2) {
            halve_row(samples, samples + t->stride, w, reduced);
            samples = reduced;
        } else if (t->ss > 1) {
            for (int x = 0; x < w; x++) reduced[x] = average(t, at + x * t->ss);
            samples = reduced;
        } else if (smooth && any_mark(t->smooth + at, w)) {
            tent_row(samples, t->stride, t->smooth + at, w, reduced);
            samples = reduced;
        }
        if (samples && shadowed && f->params->mat >= 0) {
            shade_mat(f, t, at, w, alpha, samples, reduced);
            samples = reduced;
        }
        for (int x = 0; x < w; x += 8) {
            const int some = mini(8, w - x);
            uint32_t eight[8];
            const uint32_t *from = samples ? samples + x : plain;
            if (!samples || !covers(from)) {
                const int dark = shadowed && !lit(alpha + x);
                if (dark) shade_floor(f, srgb, alpha + x, px + x, py + y, eight);
                if (samples) lay_over(from, dark ? eight : plain, eight);
                if (samples || dark) from = eight;
            }
            if (some == 8) memcpy(pixels + x, from, 8 * sizeof *pixels); /* one instruction */
            else memcpy(pixels + x, from, sizeof *pixels * (size_t)some);
        }
    }
    *clean = empty ? (uint8_t)(CLEAN_PART | plain_tile) : 0;
}

/* Find which rows of a tile may hold anything: those of some clusters, in whole blocks, and a
   margin for lines and for what they look at. */
static void find_rows(Tile *t, const ClusterBox *box, const int32_t *list, int32_t count)
{
    const int margin = 4 * t->ss + 4;
    float top = (float)t->side, bottom = 0.0f;
    for (int32_t n = 0; n < count; n++) {
        top = minf(top, box[list[n]].top - (float)t->top);
        bottom = maxf(bottom, box[list[n]].bottom - (float)t->top);
    }
    const int first = (int)maxf(top, 0.0f) - margin, last = (int)bottom + 1 + margin;
    t->top_row = mini(t->top_row, maxi(first, 0) / BLOCK * BLOCK);
    t->bottom_row = maxi(t->bottom_row, mini((last + BLOCK - 1) / BLOCK * BLOCK, t->side));
}

CLONES static void draw_tile(const Frame *f, Tile *t, int tile)
{
    const int nx = (f->params->width + TILE - 1) / TILE;
    const int px = tile % nx * TILE, py = tile / nx * TILE;
    const Halo *halo = f->halo;
    const int32_t count = f->tile_start[tile + 1] - f->tile_start[tile],
                  haloed = halo ? halo->tile_start[tile + 1] - halo->tile_start[tile] : 0;
    const int empty = count == 0 && haloed == 0;
    int edges = 0;
    t->left = px * t->ss - t->border;
    t->top = py * t->ss - t->border;
    if (!empty) {
        /* shaded window: the pixels, and one more sample round them for the smoothing */
        const int margin = t->ss == 1 ? 1 : 0, x0 = t->border - margin,
                  x1 = t->border + TILE * t->ss + margin;
        const float jump = f->params->jump_m;
        t->top_row = t->side, t->bottom_row = 0;
        find_rows(t, f->box, f->tile_list + f->tile_start[tile], count);
        if (haloed) find_rows(t, halo->box, halo->tile_list + halo->tile_start[tile], haloed);
        const int64_t top = (int64_t)t->stride * t->top_row,
                      n = (int64_t)t->stride * t->bottom_row - top;
        memset(t->inv_depth + top, 0, sizeof(float) * (size_t)n);
        memset(t->triangle + top, 0xff, sizeof(int32_t) * (size_t)n);
        t->reach = 1;
        t->line_reach = 0.0f;
        int translucent = raster(f, t, tile, OPAQUE, t->inv_depth, t->triangle);
        if (!translucent && !haloed && t->first_row >= t->end_row) {
            write_tile(f, t, px, py, 1, 0, f->clean + tile);
            return;
        }
        number_parts(f, t, t->triangle, t->part);
        if (f->seen) note_seen(t, t->triangle, f->seen);
        edges = mark_edges(t, t->part, t->inv_depth, jump);
        if (edges) spread(t, t->edge, t->smooth, 1, 0, 0);
        else clear_marks(t, t->smooth);
        /* a halved row looks at the rows above and below */
        shade_solid(f, t, x0, x1, x0 - (f->params->half_light && margin), x1);
        if (edges) draw_lines(f, t, x0, x1, x0, x1, t->part, t->inv_depth, 0);
        if (translucent) {
            memcpy(t->inv_depth_over + top, t->inv_depth + top, sizeof(float) * (size_t)n);
            memset(t->triangle_over + top, 0xff, sizeof(int32_t) * (size_t)n);
            raster(f, t, tile, TRANSLUCENT, t->inv_depth_over, t->triangle_over);
            translucent = t->first_row < t->end_row;
        }
        if (translucent) {
            shade_over(f, t, x0, x1, x0, x1);
            number_parts(f, t, t->triangle_over, t->part_over);
            if (f->seen) note_seen(t, t->triangle_over, f->seen);
            const int64_t first = (int64_t)t->stride * t->first_row,
                          last = (int64_t)t->stride * t->end_row;
            if (mark_edges(t, t->part_over, t->inv_depth_over, jump)) {
                draw_lines(f, t, x0, x1, x0, x1, t->part_over, t->inv_depth_over, 1);
                edges = 1;
                spread(t, t->edge, t->near_edge, 1, 0, 0);
                for (int64_t i = first; i < last; i++) t->smooth[i] |= t->near_edge[i];
            }
            /* what lies beneath can be picked through a translucent part */
            for (int64_t i = first; i < last; i++) {
                const int free = t->triangle[i] < 0;
                t->part[i] = free ? t->part_over[i] : t->part[i];
                t->inv_depth[i] = free ? t->inv_depth_over[i] : t->inv_depth[i];
            }
        }
        if (haloed) edges |= draw_halo(f, t, tile, translucent, x0, x1, x0, x1);
    }
    write_tile(f, t, px, py, empty, edges, f->clean + tile);
}

static void draw_tiles(const Frame *f, void *scratch, int first, int last)
{
    Tile t;
    tile_place(&t, scratch, f->params->supersample);
    for (int tile = first; tile < last; tile++) draw_tile(f, &t, tile);
}
