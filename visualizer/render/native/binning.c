/* Which clusters of triangles touch which tile. */

/* The tiles that a cluster touches as four bytes x0 y0 x1 y1, or NO_TILE: outside, or with nothing
   valid. */
static const uint32_t NO_TILE = 0x0000FFFFu; /* x0 = y0 = 255 > x1 = y1 = 0 */

typedef struct {
    int x0, y0, x1, y1;
} TileBounds;

static inline TileBounds tile_bounds(uint32_t bytes)
{
    return (TileBounds){(int)(bytes & 255u), (int)(bytes >> 8 & 255u), (int)(bytes >> 16 & 255u),
                        (int)(bytes >> 24)};
}

static inline int lowest_bit(uint32_t bits)
{
#ifdef __GNUC__
    return __builtin_ctz(bits);
#else
    int at = 0;
    while (!(bits >> at & 1u)) at++;
    return at;
#endif
}

/* Of whole bytes, each 0 or 1. */
static inline int lowest_byte(uint64_t bytes)
{
#ifdef __GNUC__
    return __builtin_ctzll(bytes) >> 3;
#else
    int at = 0;
    while (!(bytes >> 8 * at & 1u)) at++;
    return at;
#endif
}

/* A bit for each of some triangles whose corners are all valid and that faces the eye. Half of all
   face away, in no order that a processor could foresee, so there is no jump; what rounding lets
   through is looked at once more when it is drawn. */
CLONES static uint32_t facing_triangles(const float *restrict screen, const int32_t *restrict faces,
                                        int some)
{
    int32_t seen[CLUSTER] = {0};
    for (int i = 0; i < some; i++) {
        const int32_t *face = faces + 3 * i;
        const float *a = screen + 4 * (int64_t)face[0], *b = screen + 4 * (int64_t)face[1],
                    *c = screen + 4 * (int64_t)face[2];
        const float bx = b[0] - a[0], by = b[1] - a[1], cx = c[0] - a[0], cy = c[1] - a[1],
                    one = bx * cy, two = cx * by;
        seen[i] = (one - two <= 1e-6f * (fabsf(one) + fabsf(two)))
                  & (minf(a[2], minf(b[2], c[2])) > 0.0f);
    }
    uint32_t mask = 0;
    for (int i = 0; i < CLUSTER; i++) mask |= (uint32_t)seen[i] << i;
    return mask;
}

/* Drop the triangles of hidden parts from a cluster's bits; returns which kinds are left. In most
   meshes the triangles of a part follow each other, so most clusters are of one part. */
static inline int kinds_of(const int32_t *face_part, int some, const uint8_t *part_kind,
                           uint32_t *facing)
{
    int32_t others = 0;
    for (int i = 1; i < some; i++) others |= face_part[i] ^ face_part[0];
    if (!others) {
        if (part_kind[face_part[0]] == HIDDEN) *facing = 0;
        return part_kind[face_part[0]];
    }
    int kinds = 0;
    for (uint32_t bits = *facing; bits; bits &= bits - 1) {
        const int i = lowest_bit(bits), kind = part_kind[face_part[i]];
        if (kind == HIDDEN) *facing &= ~(1u << i);
        kinds |= kind;
    }
    return kinds;
}

/* Select the triangles that were `seen` and those that have two corners in common with these: what
   shows from moment to moment changes at such seams. `also` are vertices that are needed besides.
   `shown` gets 1 for each vertex that is needed, else 0. */
static void select_seen(const int32_t *restrict faces, int64_t triangles,
                        const uint8_t *restrict seen, const uint8_t *restrict also,
                        int64_t vertices, uint32_t *restrict wanted, uint8_t *restrict shown)
{
    enum { NEEDED = 1, TOUCHED = 2 };
    for (int64_t v = 0; v < vertices; v++) shown[v] = also[v] ? NEEDED : 0;
    for (int64_t i = 0; i < triangles; i++)
        if (seen[i])
            for (int k = 0; k < 3; k++) shown[faces[3 * i + k]] |= TOUCHED;
    memset(wanted, 0, sizeof(uint32_t) * (size_t)((triangles + CLUSTER - 1) / CLUSTER));
    for (int64_t i = 0; i < triangles; i++) {
        const int32_t *face = faces + 3 * i;
        int touched = 0;
        for (int k = 0; k < 3; k++) touched += shown[face[k]] & TOUCHED;
        if (touched < 2 * TOUCHED) continue;
        wanted[i / CLUSTER] |= 1u << i % CLUSTER;
        for (int k = 0; k < 3; k++) shown[face[k]] |= NEEDED;
    }
    for (int64_t v = 0; v < vertices; v++) shown[v] &= NEEDED;
}

/* Where the clusters `first` to `last` - 1 are: `box` on the screen, `bounds` in tiles, `step` from
   near to far. The vertices of a cluster are those from `start` on. Where `wanted` is given,
   triangles whose bit is 0 are left out. Returns how much longer the lists of all tiles will be. */
CLONES static int64_t bound_clusters(const float *restrict screen, const int32_t *restrict faces,
                              const int32_t *restrict face_part, int64_t triangles,
                              const uint8_t *restrict part_kind, const uint32_t *restrict wanted,
                              const int32_t *restrict start, const int32_t *restrict vertex,
                              const FrameParams *restrict params, ClusterBox *restrict box,
                              uint32_t *restrict bounds, uint8_t *restrict step, int64_t first,
                              int64_t last)
{
    const int width = params->width, height = params->height, ss = params->supersample;
    const int border = border_of(ss), pitch = TILE * ss, nx = (width + TILE - 1) / TILE,
              ny = (height + TILE - 1) / TILE;
    const float w = (float)(width * ss + border), h = (float)(height * ss + border),
                before = (float)-border, inverse_pitch = 1.0f / (float)pitch;
    int64_t total = 0;
    for (int64_t c = first; c < last; c++) {
        if (wanted && !wanted[c]) {
            box[c] = (ClusterBox){0};
            bounds[c] = NO_TILE;
            continue;
        }
        float left = GUARD, top = GUARD, right = -GUARD, bottom = -GUARD, near = 0.0f;
        for (int32_t i = start[c]; i < start[c + 1]; i++) {
            const float *v = screen + 4 * (int64_t)vertex[i];
            /* triangles with an invalid corner are not drawn */
            const int valid = v[2] > 0.0f;
            left = minf(left, valid ? v[0] : left), right = maxf(right, valid ? v[0] : right);
            top = minf(top, valid ? v[1] : top), bottom = maxf(bottom, valid ? v[1] : bottom);
            near = maxf(near, v[2]);
        }
        box[c] = (ClusterBox){left, top, right, bottom, near, 0, 0};
        bounds[c] = NO_TILE;
        if (near <= 0.0f || right < before || bottom < before || left > w || top > h) continue;
        const int tx0 = (int)(maxf(left - (float)border, 0.0f) * inverse_pitch),
                  ty0 = (int)(maxf(top - (float)border, 0.0f) * inverse_pitch);
        const int tx1 = mini((int)(minf(right, w) + (float)border) / pitch, nx - 1),
                  ty1 = mini((int)(minf(bottom, h) + (float)border) / pitch, ny - 1);
        if (tx0 > tx1 || ty0 > ty1) continue;
        const int64_t from = c * CLUSTER, left_over = triangles - from;
        const int some = left_over < CLUSTER ? (int)left_over : CLUSTER;
        uint32_t facing = facing_triangles(screen, faces + 3 * from, some);
        if (wanted) facing &= wanted[c];
        const int kinds = kinds_of(face_part + from, some, part_kind, &facing);
        if (!facing) continue;
        box[c].facing = (int32_t)facing;
        box[c].kinds = kinds;
        bounds[c] = (uint32_t)tx0 | (uint32_t)ty0 << 8 | (uint32_t)tx1 << 16 | (uint32_t)ty1 << 24;
        const float steps = (params->first_step - near) * params->steps_per_unit;
        step[c] = (uint8_t)(int)minf(maxf(steps, 0.0f), (float)(STEPS - 1));
        total += (int64_t)(tx1 - tx0 + 1) * (ty1 - ty0 + 1);
    }
    return total;
}

/* List the clusters of every tile; `tile_start` tells where the lists begin. `counts` is scratch:
   how many clusters a tile has in a step, then where the next of them goes. */
static void list_clusters(const uint32_t *restrict bounds, const uint8_t *restrict step,
                          int64_t clusters, int width, int height, int32_t *restrict counts,
                          int32_t *restrict tile_start, int32_t *restrict list)
{
    const int nx = (width + TILE - 1) / TILE, tiles = nx * ((height + TILE - 1) / TILE);
    int32_t place = 0;
    memset(counts, 0, sizeof(int32_t) * (size_t)tiles * STEPS);
    for (int64_t c = 0; c < clusters; c++) {
        if (bounds[c] == NO_TILE) continue;
        const TileBounds b = tile_bounds(bounds[c]);
        for (int y = b.y0; y <= b.y1; y++)
            for (int x = b.x0; x <= b.x1; x++) counts[(y * nx + x) * STEPS + step[c]]++;
    }
    for (int tile = 0; tile < tiles; tile++) {
        tile_start[tile] = place;
        for (int k = 0; k < STEPS; k++) {
            const int32_t some = counts[tile * STEPS + k];
            counts[tile * STEPS + k] = place;
            place += some;
        }
    }
    tile_start[tiles] = place;
    for (int64_t c = 0; c < clusters; c++) {
        if (bounds[c] == NO_TILE) continue;
        const TileBounds b = tile_bounds(bounds[c]);
        for (int y = b.y0; y <= b.y1; y++)
            for (int x = b.x0; x <= b.x1; x++)
                list[counts[(y * nx + x) * STEPS + step[c]]++] = (int32_t)c;
    }
}
