/* One picture, and one tile of it in a thread's scratch. */

enum { BLOCK = 8, MAX_BORDER = 8, MAX_SIDE = TILE * MAX_SUPERSAMPLE + 2 * MAX_BORDER };

/* What is drawn beside the rest, see halo.c. */
typedef struct {
    const HaloLook *look;
    const float *screen, *vertex;
    const int32_t *faces;
    int64_t triangles;
    const ClusterBox *box;
    const int32_t *tile_start, *tile_list;
} Halo;

typedef struct {
    const FrameParams *params;
    const float
        *screen; /* (V, 4) x, y in samples, snapped; inverse depth, 0 = not drawn; nothing */
    const float *vertex; /* (V, ATTRIBUTES) */
    const Material *material;
    const int32_t *faces, *face_part; /* (F, 3), (F,) */
    const uint8_t *part_kind;         /* (P,) HIDDEN ... */
    int64_t triangles;
    const ClusterBox *box;                 /* (clusters,) */
    const int32_t *tile_start, *tile_list; /* (tiles + 1,), the clusters of every tile */
    const uint32_t *corners;               /* (NOISE, NOISE) four texels of noise each */
    const uint8_t *gamma;                  /* (GAMMA,) linear light -> sRGB */
    const uint32_t *row_pixels;            /* (height, 8) the gradient, dithered */
    const float *row_srgb;                 /* (height, 3) the gradient, sRGB */
    const float *shadow;                   /* (map_rows, map_columns) */
    int map_rows, map_columns;
    uint32_t *pixels; /* (height, width) */
    int16_t *part;    /* (height, width) */
    float *inv_depth; /* (height, width) 1 / depth, 0 = nothing; only where depth is wanted */
    uint8_t *clean;   /* (tiles,) what the picture's tile holds already, CLEAN_... */
    const Halo *halo; /* NULL = none */
    uint8_t *seen;    /* (F,) gets 1 where a triangle is nearest of its kind at a sample; or NULL */
} Frame;

typedef struct {
    int ss, border, side, stride;      /* in samples */
    int left, top;                     /* of the border, in samples of the picture */
    int reach;                         /* how far lines of this tile look for edges, in samples */
    float line_reach;                  /* the same, not rounded */
    int top_row, bottom_row;           /* rows that may hold anything; others are not cleared */
    int first_row, end_row;            /* rows that hold a surface or its lines */
    float *inv_depth, *inv_depth_over; /* of the opaque and of the translucent surface */
    int32_t *triangle, *triangle_over; /* -1 = nothing */
    int32_t *part, *part_over;         /* -1 = nothing */
    uint8_t *edge, *near_edge,
        *smooth;     /* marks of edges, of their neighbourhood, of both layers' */
    uint32_t *pixel; /* sRGB times cover and, in the high byte, cover */
} Tile;

/* Marks of edges sit on the left or upper sample of a pair: one to the right, two below. */
enum { RIGHT = 1, BELOW = 2 };

static inline int border_of(int ss) { return ss == 1 ? 3 : 2 * ss; }

static size_t tile_samples(int ss)
{
    const int side = TILE * ss + 2 * border_of(ss);
    return (size_t)(((side + 7) & ~7) + 8) * (size_t)side;
}

/* and room to begin at a whole cache line, and to look beyond the end */
static size_t scratch_bytes(int ss) { return tile_samples(ss) * (7 * 4 + 3) + 2 * 64; }

static void tile_place(Tile *t, void *scratch, int ss)
{
    const size_t n = tile_samples(ss);
    t->ss = ss;
    t->border = border_of(ss);
    t->side = TILE * ss + 2 * t->border;
    t->stride = ((t->side + 7) & ~7) + 8;
    float *f = (float *)(((uintptr_t)scratch + 63) & ~(uintptr_t)63);
    t->inv_depth = f;
    t->inv_depth_over = f + n;
    t->triangle = (int32_t *)(f + 2 * n);
    t->triangle_over = (int32_t *)(f + 3 * n);
    t->part = (int32_t *)(f + 4 * n);
    t->pixel = (uint32_t *)(f + 5 * n);
    t->part_over = (int32_t *)(f + 6 * n);
    t->edge = (uint8_t *)(f + 7 * n);
    t->near_edge = t->edge + n;
    t->smooth = t->near_edge + n;
}
