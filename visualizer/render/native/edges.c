/* Lines where parts meet or the depth jumps. */

CLONES static void number_parts(const Frame *f, const Tile *t, const int32_t *restrict id,
                                int32_t *restrict part)
{
    const int64_t s = t->stride, first = s * t->first_row, top = s * t->top_row,
                  last = s * maxi(t->end_row, t->first_row), bottom = s * t->bottom_row;
    memset(part + top, 0xff, sizeof(int32_t) * (size_t)(first - top));
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
    memset(part + last, 0xff, sizeof(int32_t) * (size_t)(bottom - last));
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

/* No marks, where a row has no neighbour. */
static const uint8_t UNMARKED[MAX_SIDE + 16];

/* Clear a byte for every sample of the rows that may hold anything. */
static inline void clear_marks(const Tile *t, uint8_t *marks)
{
    memset(marks + (int64_t)t->top_row * t->stride, 0,
           (size_t)(t->bottom_row - t->top_row) * (size_t)t->stride);
}

/* The same of rows above and below those that are written. */
static inline void clear_beside(const Tile *t, uint8_t *marks)
{
    const int64_t s = t->stride, end = maxi(t->end_row, t->first_row);
    memset(marks + s * t->top_row, 0, (size_t)(s * (t->first_row - t->top_row)));
    memset(marks + s * end, 0, (size_t)(s * (t->bottom_row - end)));
}

static inline void spread_by(const Tile *t, const uint8_t *marks, uint8_t *out, int back,
                             int ahead, int half)
{
    const int s = t->stride;
    uint8_t line[MAX_SIDE + 2 * MAX_BORDER + 16] = {0};
    uint8_t *restrict middle = line + MAX_BORDER;
    clear_beside(t, out);
    for (int y = t->first_row; y < t->end_row; y++) {
        const uint8_t *row[2 * MAX_BORDER + 1];
        for (int k = -back; k <= ahead; k++)
            row[k + back] = y + k >= t->first_row && y + k < t->end_row
                                ? marks + (int64_t)(y + k) * s
                                : UNMARKED;
        uint8_t *restrict o = out + (int64_t)y * s;
        for (int x = 0; x < s; x++) {
            int any = row[back + ahead][x] & (half ? RIGHT : RIGHT | BELOW);
            for (int k = 0; k < back + ahead; k++) any |= row[k][x];
            middle[x] = (uint8_t)any;
        }
        for (int x = 0; x < s; x++) {
            int any = middle[x + ahead] & (half ? BELOW : RIGHT | BELOW);
            for (int k = -back; k < ahead; k++) any |= middle[x + k];
            o[x] = (uint8_t)any;
        }
    }
}

/* Spread marks to samples that see them at most `back` samples behind or `ahead` samples ahead; as
   far as `ahead` only if `half` is not set or the pair ends there. */
WHOLE static void spread(const Tile *t, const uint8_t *restrict marks, uint8_t *restrict out,
                          int back, int ahead, int half)
{
    /* compiled apart for the most frequent distances */
    if (back == 1 && ahead == 0 && !half) spread_by(t, marks, out, 1, 0, 0);
    else if (back == 1 && ahead == 1 && half) spread_by(t, marks, out, 1, 1, 1);
    else if (back == 2 && ahead == 2 && half) spread_by(t, marks, out, 2, 2, 1);
    else if (back == 3 && ahead == 3 && half) spread_by(t, marks, out, 3, 3, 1);
    else if (back == 4 && ahead == 4 && half) spread_by(t, marks, out, 4, 4, 1);
    else spread_by(t, marks, out, back, ahead, half);
}

/* Mark samples whose right or lower neighbour belongs to another part or lies much deeper, then the
   neighbourhood of the marks: only there lines and smoothing need a closer look. */
CLONES static int mark_edges(const Tile *t, const int32_t *restrict part, const float *restrict q,
                             float jump)
{
    const int s = t->stride, side = t->side;
    int any = 0;
    clear_beside(t, t->edge);
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
        memset(e + side - 1, 0, (size_t)(s - side + 1)); /* the last has no neighbour */
        any |= found;
    }
    if (any) spread(t, t->edge, t->near_edge, t->reach, t->reach, 1);
    else clear_marks(t, t->near_edge);
    return any;
}

/* True when the next eight samples have no edge near. */
static inline int no_edge_near(const uint8_t *near_edge)
{
    uint64_t eight;
    memcpy(&eight, near_edge, sizeof eight);
    return eight == 0;
}

/* What lines need to know of the parts under the rows round the one that is drawn. */
enum { LINE_ROWS = 2 * MAX_BORDER + 1, MAX_LINE = MAX_SIDE + 16 };
typedef struct {
    float width[MAX_LINE], strength[MAX_LINE];
    int first_ring, last_ring; /* between which columns there are parts with a ring */
} LineLook;
typedef struct {
    LineLook row[LINE_ROWS];
} LineLooks;

/* Look up row `y`, where an edge is near: who has a neighbour of another part has one near too. */
static void look_up(const Frame *f, const Tile *t, const int32_t *parts, int y, LineLooks *looks)
{
    const float half_ss = 0.5f * (float)t->ss, silhouette = f->params->edge_width_px * half_ss;
    LineLook *look = &looks->row[y % LINE_ROWS];
    float *width = look->width, *strength = look->strength;
    const int64_t at = (int64_t)y * t->stride;
    const int empty = y < t->first_row || y >= t->end_row;
    look->first_ring = t->stride, look->last_ring = -t->stride;
    for (int x = 0; x < t->stride; x++) {
        if (!empty && no_edge_near(t->near_edge + at + x)) {
            x += 7;
            continue;
        }
        const int32_t part = empty ? -1 : parts[at + x];
        const Material *m = f->material + maxi(part, 0);
        width[x] = part < 0 ? silhouette : m->outline_width_px * half_ss;
        strength[x] = part < 0 ? f->params->edge_strength : m->outline_strength;
        if (part < 0 || !m->ring) continue;
        look->first_ring = mini(look->first_ring, x);
        look->last_ring = x;
    }
}

/* Neighbours from near to far: how far away, where in the tile, and where their looks are. */
enum { MOST_NEIGHBOURS = LINE_ROWS * LINE_ROWS };
typedef struct {
    int count, column[MOST_NEIGHBOURS], row[MOST_NEIGHBOURS];
    float distance[MOST_NEIGHBOURS];
    int64_t shift[MOST_NEIGHBOURS];
    const float *width[MOST_NEIGHBOURS], *strength[MOST_NEIGHBOURS];
} Neighbours;

static void find_neighbours(const Tile *t, Neighbours *n)
{
    const int reach = t->reach;
    n->count = 0;
    for (int square = 1; square <= 2 * reach * reach; square++) {
        const float away = sqrtf((float)square) - 1.0f;
        /* the four next ones tell steps in depth; no line is wide enough for those beyond */
        if (square > 1 && away >= t->line_reach) break;
        for (int j = -reach; j <= reach; j++)
            for (int i = -reach; i <= reach; i++)
                if (i * i + j * j == square) {
                    n->row[n->count] = j;
                    n->column[n->count] = i;
                    n->shift[n->count] = (int64_t)j * t->stride + i;
                    n->distance[n->count++] = away;
                }
    }
}

/* How much ink eight samples side by side get, 0 .. 1. */
static inline void line_cover(const LineLook *here, const Neighbours *n, int x,
                              const int32_t *parts, const float *q, float jump, float *line)
{
#ifdef VECTORS
    const f32x8 zero = {0.0f}, one = zero + 1.0f;
    f32x8 near, width, strength, ink;
    i32x8 part, steps = {0}; /* within the part */
    memcpy(&part, parts, sizeof part);
    memcpy(&near, q, sizeof near);
    memcpy(&width, here->width + x, sizeof width);
    memcpy(&strength, here->strength + x, sizeof strength);
    for (int k = 0; k < 4; k++) {
        f32x8 nearer, off, back;
        i32x8 other;
        memcpy(&nearer, q + n->shift[k], sizeof nearer);
        memcpy(&other, parts + n->shift[k], sizeof other);
        off = nearer - near, back = near - nearer;
        raise8(&nearer, &near);
        raise8(&off, &back);
        steps |= (other == part) & (off > jump * nearer * nearer);
    }
    ink = width;
    raise8(&ink, &zero);
    lower8(&ink, &one);
    ink = (f32x8)((i32x8)(0.6f * strength * ink) & steps);
    for (int k = 0; k < n->count; k++) {
        f32x8 wide, strong;
        i32x8 other;
        memcpy(&wide, n->width[k] + x, sizeof wide);
        memcpy(&strong, n->strength[k] + x, sizeof strong);
        memcpy(&other, parts + n->shift[k], sizeof other);
        raise8(&wide, &width);
        raise8(&strong, &strength);
        wide -= n->distance[k];
        raise8(&wide, &zero);
        lower8(&wide, &one);
        strong = (f32x8)((i32x8)(strong * wide) & (other != part));
        raise8(&ink, &strong);
    }
    ink = (f32x8)((i32x8)ink & (part >= 0));
    memcpy(line, &ink, sizeof ink);
#else
    for (int i = 0; i < 8; i++) {
        const int32_t part = parts[i];
        const float width = here->width[x + i], strength = here->strength[x + i];
        int steps = 0; /* within the part */
        for (int k = 0; k < 4; k++) {
            const int64_t beside = n->shift[k] + i;
            steps |= (parts[beside] == part) & jumps(q[beside], q[i], jump);
        }
        line[i] = steps ? 0.6f * strength * clamp01(width) : 0.0f;
        for (int k = 0; k < n->count; k++) {
            if (parts[n->shift[k] + i] == part) continue;
            const float wide = maxf(width, n->width[k][x + i]) - n->distance[k];
            line[i] = maxf(line[i], maxf(strength, n->strength[k][x + i]) * clamp01(wide));
        }
        if (part < 0) line[i] = 0.0f;
    }
#endif
}

/* How much of the ring eight samples get. */
static void ring_cover(const Frame *f, int ss, const Neighbours *n, const int32_t *part,
                       float *selected)
{
    for (int i = 0; i < 8; i++) {
        const int mine = part[i] >= 0 && f->material[part[i]].ring;
        selected[i] = 0.0f;
        for (int k = 0; k < n->count; k++) {
            const int32_t other = part[n->shift[k] + i];
            const int theirs = other >= 0 && f->material[other].ring;
            if (mine != theirs)
                selected[i] = maxf(selected[i], clamp01((float)ss - n->distance[k]));
        }
    }
}

static inline void ink_eight(uint32_t *pixels, uint32_t ink, const float *line)
{
#ifdef VECTORS
    u32x8 pixel, rest;
    f32x8 cover;
    memcpy(&pixel, pixels, sizeof pixel);
    memcpy(&cover, line, sizeof cover);
    const u32x8 share = (u32x8)__builtin_convertvector(cover * 256.0f + 0.5f, i32x8);
    /* what `mixed` does, of black and ink first */
    const u32x8 alpha = (pixel >> 24) + (pixel >> 31);
    const u32x8 even = ((ink & EVEN_BYTES) * alpha + 0x800080u) >> 8 & EVEN_BYTES,
                odd = ((ink >> 8 & EVEN_BYTES) * alpha + 0x800080u) & ~EVEN_BYTES;
    rest = 256u - share;
    pixel = (((pixel & EVEN_BYTES) * rest + even * share + 0x800080u) >> 8 & EVEN_BYTES)
            | (((pixel >> 8 & EVEN_BYTES) * rest + (odd >> 8) * share + 0x800080u) & ~EVEN_BYTES);
    memcpy(pixels, &pixel, sizeof pixel);
#else
    for (int i = 0; i < 8; i++) {
        const uint32_t cover = (pixels[i] >> 24) + (pixels[i] >> 31);
        pixels[i] = mixed(pixels[i], mixed(0, ink, cover), share_of(line[i]));
    }
#endif
}

/* Ink the samples near an edge: cover of a line of the wider part's width, centred on the edge. */
WHOLE static void draw_lines(const Frame *f, const Tile *t, int x0, int x1, int y0, int y1,
                             const int32_t *parts, const float *q, int over)
{
    const int s = t->stride;
    const uint32_t ink_pixel = packed(f->params->ink);
    const uint32_t ring_pixel = packed(f->params->ring_colour);
    const int first = maxi(y0, t->first_row), end = mini(y1, t->end_row);
    LineLooks looks;
    Neighbours neighbours;
    find_neighbours(t, &neighbours);
    for (int y = first - t->reach; y < first + t->reach; y++) look_up(f, t, parts, y, &looks);
    for (int y = first; y < end; y++) {
        const uint8_t *near = t->near_edge + (int64_t)y * s;
        look_up(f, t, parts, y + t->reach, &looks);
        int first_ring = s, last_ring = -s;
        for (int j = -t->reach; j <= t->reach; j++) {
            const LineLook *look = &looks.row[(y + j) % LINE_ROWS];
            first_ring = mini(first_ring, look->first_ring - t->reach);
            last_ring = maxi(last_ring, look->last_ring + t->reach);
        }
        for (int k = 0; k < neighbours.count; k++) {
            const LineLook *look = &looks.row[(y + neighbours.row[k]) % LINE_ROWS];
            neighbours.width[k] = look->width + neighbours.column[k];
            neighbours.strength[k] = look->strength + neighbours.column[k];
        }
        for (int x = x0; x < x1; x += 8) {
            if (no_edge_near(near + x)) continue;
            const int64_t at = (int64_t)y * s + x;
            float line[8], selected[8];
            line_cover(&looks.row[y % LINE_ROWS], &neighbours, x, parts + at, q + at,
                       f->params->jump_m, line);
            if (over)
                for (int i = 0; i < 8; i++) line[i] *= f->material[maxi(parts[at + i], 0)].opacity;
            ink_eight(t->pixel + at, ink_pixel, line);
            if (!f->params->ring || x + 7 < first_ring || x > last_ring) continue;
            ring_cover(f, t->ss, &neighbours, parts + at, selected);
            for (int i = 0; i < 8; i++)
                t->pixel[at + i] = mixed(t->pixel[at + i], ring_pixel, share_of(selected[i]));
        }
    }
}
