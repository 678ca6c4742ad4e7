/* Lines where parts meet or the depth jumps. */

CLONES static void number_parts(const Frame *f, const Tile *t, const int32_t *restrict id,
                                int32_t *restrict part)
{
    const int64_t first = (int64_t)t->stride * t->first_row,
                  last = (int64_t)t->stride * maxi(t->end_row, t->first_row),
                  n = (int64_t)t->stride * t->side;
    memset(part, 0xff, sizeof(int32_t) * (size_t)first);
    /* rows are whole eights, and many of these are empty */
    for (int64_t i = first; i < last; i += 8) {
        int32_t all = -1;
        for (int k = 0; k < 8; k++) all &= id[i + k];
        if (all == -1) {
            memset(part + i, 0xff, 8 * sizeof(int32_t));
            continue;
        }
        for (int k = 0; k < 8; k++) {
            const int32_t known = f->face_part[maxi(id[i + k], 0)];
            part[i + k] = id[i + k] < 0 ? -1 : known;
        }
    }
    memset(part + last, 0xff, sizeof(int32_t) * (size_t)(n - last));
}

/* Note which triangles show. Threads may note the same one: each writes the same. */
static void note_seen(const Tile *t, const int32_t *restrict id, uint8_t *restrict seen)
{
    const int64_t first = (int64_t)t->stride * t->first_row,
                  last = (int64_t)t->stride * maxi(t->end_row, t->first_row);
    int32_t latest = -1;
    for (int64_t i = first; i < last; i++) {
        if (id[i] < 0 || id[i] == latest) continue;
        latest = id[i];
        seen[latest] = 1;
    }
}

/* Two inverse depths lie more than `jump` metres of depth apart. */
static inline int jumps(float a, float b, float jump)
{
    const float near = maxf(a, b);
    return fabsf(a - b) > jump * near * near;
}

/* Spread marks to samples that see them at most `back` samples behind or `ahead` samples ahead; as
   far as `ahead` only if `half` is not set or the pair ends there. */
CLONES static void spread(const Tile *t, const uint8_t *restrict marks, uint8_t *restrict out,
                          int back, int ahead, int half)
{
    const int s = t->stride, side = t->side;
    memset(out, 0, (size_t)s * (size_t)side);
    for (int y = t->first_row; y < t->end_row; y++)
        for (int k = maxi(-back, t->first_row - y); k <= ahead && y + k < t->end_row; k++) {
            const uint8_t *e = marks + (int64_t)(y + k) * s,
                          kinds = half && k == ahead ? RIGHT : RIGHT | BELOW;
            uint8_t *o = out + (int64_t)y * s;
            for (int x = 0; x < side; x++) o[x] |= e[x] & kinds;
        }
    uint8_t line[MAX_SIDE + 2 * MAX_BORDER + 16] = {0};
    for (int y = t->first_row; y < t->end_row; y++) {
        uint8_t *o = out + (int64_t)y * s;
        memcpy(line + MAX_BORDER, o, (size_t)side);
        if (half) memset(o, 0, (size_t)side);
        for (int k = -back; k <= ahead; k++) {
            const uint8_t *e = line + MAX_BORDER + k,
                          kinds = half && k == ahead ? BELOW : RIGHT | BELOW;
            for (int x = 0; x < side; x++) o[x] |= e[x] & kinds;
        }
    }
}

/* Mark samples whose right or lower neighbour belongs to another part or lies much deeper, then the
   neighbourhood of the marks: only there lines and smoothing need a closer look. */
CLONES static int mark_edges(const Tile *t, const int32_t *restrict part, const float *restrict q,
                             float jump)
{
    const int s = t->stride, side = t->side;
    int any = 0;
    memset(t->edge, 0, (size_t)s * (size_t)side);
    for (int y = t->first_row; y < t->end_row; y++) {
        const int below = y + 1 < side ? s : 0;
        const int32_t *p = part + (int64_t)y * s;
        const float *d = q + (int64_t)y * s;
        uint8_t *restrict e = t->edge + (int64_t)y * s;
        int found = 0;
        for (int x = 0; x + 1 < side; x++) {
            const int right = (p[x] != p[x + 1]) | jumps(d[x], d[x + 1], jump),
                      down = (p[x] != p[x + below]) | jumps(d[x], d[x + below], jump);
            const int marks = right * RIGHT | down * BELOW;
            e[x] = (uint8_t)marks;
            found |= marks;
        }
        any |= found;
    }
    if (any) spread(t, t->edge, t->near_edge, t->reach, t->reach, 1);
    else memset(t->near_edge, 0, (size_t)s * (size_t)side);
    return any;
}

/* True when the next eight samples have no edge near. */
static inline int no_edge_near(const uint8_t *near_edge)
{
    uint64_t eight;
    memcpy(&eight, near_edge, sizeof eight);
    return eight == 0;
}

/* Ink the samples near an edge: cover of a line of the wider part's width, centred on the edge. */
CLONES static void draw_lines(const Frame *f, const Tile *t, int x0, int x1, int y0, int y1,
                              const int32_t *parts, const float *q, int over)
{
    const int s = t->stride, reach = t->reach, rings = f->params->ring;
    const uint32_t ink_pixel = packed(f->params->ink);
    const uint32_t ring_pixel = packed(f->params->ring_colour);
    const float jump = f->params->jump_m, half_ss = 0.5f * (float)t->ss;
    Material nothing; /* gives the silhouette its line */
    memset(&nothing, 0, sizeof nothing);
    nothing.outline_width_px = f->params->edge_width_px;
    nothing.outline_strength = f->params->edge_strength;
    /* neighbours from near to far: of one part only the nearest counts */
    enum { MOST = (2 * MAX_BORDER + 1) * (2 * MAX_BORDER + 1) };
    int64_t shift[MOST];
    float distance[MOST];
    int neighbours = 0;
    for (int square = 1; square <= 2 * reach * reach; square++) {
        const float away = sqrtf((float)square) - 1.0f;
        /* the four next ones tell steps in depth; no line is wide enough for those beyond */
        if (square > 1 && away >= t->line_reach) break;
        for (int j = -reach; j <= reach; j++)
            for (int i = -reach; i <= reach; i++)
                if (i * i + j * j == square) {
                    shift[neighbours] = (int64_t)j * s + i;
                    distance[neighbours++] = away;
                }
    }
    for (int y = maxi(y0, t->first_row); y < mini(y1, t->end_row); y++)
        for (int x = x0; x < x1; x++) {
            const int64_t at = (int64_t)y * s + x;
            if (x + 8 <= x1 && no_edge_near(t->near_edge + at)) {
                x += 7;
                continue;
            }
            if (!t->near_edge[at]) continue;
            const int32_t part = parts[at];
            if (part < 0 && !rings) continue;
            const Material *mine = part < 0 ? &nothing : f->material + part;
            const float near = q[at];
            float line = 0.0f, selected = 0.0f;
            if (part >= 0) {
                int steps = 0; /* within the part */
                for (int k = 0; k < 4; k++)
                    steps |= (parts[at + shift[k]] == part) & jumps(q[at + shift[k]], near, jump);
                const float width = mine->outline_width_px * half_ss;
                if (steps) line = 0.6f * mine->outline_strength * clamp01(width);
            }
            int32_t known = part, before = part;
            for (int k = 0; k < neighbours; k++) {
                const int32_t other = parts[at + shift[k]];
                if (other == known || other == before || other == part) continue;
                before = known;
                known = other;
                const Material *theirs = other < 0 ? &nothing : f->material + other;
                if (part >= 0) {
                    const float ink = maxf(mine->outline_strength, theirs->outline_strength);
                    const float width = maxf(mine->outline_width_px, theirs->outline_width_px);
                    line = maxf(line, ink * clamp01(width * half_ss - distance[k]));
                }
                if (mine->ring != theirs->ring)
                    selected = maxf(selected, clamp01((float)t->ss - distance[k]));
            }
            if (over) line *= mine->opacity;
            if (line <= 0.0f && selected <= 0.0f) continue;
            uint32_t pixel = t->pixel[at];
            if (line > 0.0f)
                pixel = mixed(pixel, mixed(0, ink_pixel, (pixel >> 24) + (pixel >> 31)),
                              share_of(line));
            if (selected > 0.0f) pixel = mixed(pixel, ring_pixel, share_of(selected));
            t->pixel[at] = pixel;
        }
}
