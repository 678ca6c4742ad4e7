/* The soft shadow on the floor: a small map seen from above, and the map in the picture. */

/* Shadow on the floor along one row of a tile, every eighth pixel; returns whether there is any.
   The camera does not roll, so a row meets the floor z = 0 at one distance, in a straight line. */
enum { MARKS = TILE / 8 + 1 };

static int floor_marks(const Frame *f, float y, int x0, float *mark)
{
    const float *eye = f->params->eye, *axes = f->params->axes, *corner = f->params->map_corner;
    const float cells_per_m = f->params->map_cells_per_m;
    const int mw = f->map_columns, mh = f->map_rows;
    memset(mark, 0, sizeof(float) * MARKS);
    if (mw < 2 || mh < 2) return 0;
    const float focal = f->params->focal / (float)f->params->supersample;
    const float up = (0.5f * (float)f->params->height - y - 0.5f) / focal;
    const float dz = axes[5] * up - axes[8];
    /* from above as from below, where the floor is glass */
    if (!(eye[2] * dz < 0.0f) || !(fabsf(dz) > 1e-4f)) return 0;
    const float far = -eye[2] / dz, step = far / focal;
    const float right = ((float)x0 + 0.5f - 0.5f * (float)f->params->width) / focal;
    /* values sit in the middles of the map's cells */
    const float u =
        (eye[0] + far * (axes[0] * right + axes[3] * up - axes[6]) - corner[0]) * cells_per_m
        - 0.5f;
    const float v =
        (eye[1] + far * (axes[1] * right + axes[4] * up - axes[7]) - corner[1]) * cells_per_m
        - 0.5f;
    const float du = step * axes[0] * cells_per_m, dv = step * axes[1] * cells_per_m;
    float any = 0.0f;
    for (int i = 0; i < MARKS; i++) {
        const float a = u + du * (float)(8 * i), b = v + dv * (float)(8 * i);
        if (!(a >= 0.0f && b >= 0.0f && a < (float)(mw - 1) && b < (float)(mh - 1))) continue;
        const int ia = (int)a, ib = (int)b;
        const float *m = f->shadow + (int64_t)ib * mw + ia;
        const float fa = a - (float)ia, fb = b - (float)ib;
        const float low = m[0] + fa * (m[1] - m[0]), high = m[mw] + fa * (m[mw + 1] - m[mw]);
        mark[i] = clamp01(low + fb * (high - low)) * f->params->shadow_strength;
        any = maxf(any, mark[i]);
    }
    return any > 0.0f;
}

/* The shadow is soft: between the marks of every fourth row it is interpolated. */
static int floor_shadow(const Frame *f, int y, int py, int px, float marks[2][MARKS], int *found,
                        float *alpha)
{
    const int low = y & ~3;
    if (low == y) {
        found[0] = y == 0 ? floor_marks(f, (float)py, px, marks[0]) : found[1];
        if (y > 0) memcpy(marks[0], marks[1], sizeof marks[0]);
        found[1] = floor_marks(f, (float)(py + low + 4), px, marks[1]);
    }
    if (!(found[0] | found[1])) return 0;
    float mark[MARKS];
    const float share = 0.25f * (float)(y - low);
    for (int i = 0; i < MARKS; i++) mark[i] = marks[0][i] + share * (marks[1][i] - marks[0][i]);
    for (int i = 0; i < MARKS - 1; i++) {
        const float change = mark[i + 1] - mark[i];
        for (int k = 0; k < 8; k++) alpha[8 * i + k] = mark[i] + (float)k * 0.125f * change;
    }
    return 1;
}

/* Lowest height above the floor over every cell of a map, from vertices and large triangles.
   `map`: x and y of its corner, cells per metre. */
static void splat(const float *restrict position, const int32_t *restrict faces, int64_t vertices,
                  int64_t triangles, const float *restrict map, float *restrict lowest, int width,
                  int height)
{
    for (int64_t v = 0; v < vertices; v++) {
        const float x = (position[3 * v] - map[0]) * map[2],
                    y = (position[3 * v + 1] - map[1]) * map[2], z = position[3 * v + 2];
        if (!(x >= 0.0f && y >= 0.0f && x < (float)width && y < (float)height && z >= -0.2f))
            continue;
        float *cell = lowest + (int64_t)y * width + (int64_t)x;
        *cell = minf(*cell, z);
    }
    for (int64_t t = 0; t < triangles; t++) {
        float p[3][3];
        for (int i = 0; i < 3; i++) {
            const float *v = position + 3 * (int64_t)faces[3 * t + i];
            p[i][0] = (v[0] - map[0]) * map[2];
            p[i][1] = (v[1] - map[1]) * map[2];
            p[i][2] = v[2];
        }
        const float left = minf(p[0][0], minf(p[1][0], p[2][0])),
                    right = maxf(p[0][0], maxf(p[1][0], p[2][0]));
        const float low = minf(p[0][1], minf(p[1][1], p[2][1])),
                    high = maxf(p[0][1], maxf(p[1][1], p[2][1]));
        if (!(right - left > 1.0f || high - low > 1.0f)) continue;
        if (!(right > 0.0f && high > 0.0f && left < (float)width && low < (float)height)) continue;
        const float bx = p[1][0] - p[0][0], by = p[1][1] - p[0][1], cx = p[2][0] - p[0][0],
                    cy = p[2][1] - p[0][1];
        const float area = bx * cy - cx * by, z = minf(p[0][2], minf(p[1][2], p[2][2]));
        /* a sum tells NaN and infinity, a minimum may not */
        if (!(fabsf(area) > 1e-6f) || !(z >= -0.2f) || !(p[0][2] + p[1][2] + p[2][2] < 1e6f))
            continue;
        const int x0 = (int)maxf(left, 0.0f), x1 = (int)minf(right, (float)(width - 1));
        const int y0 = (int)maxf(low, 0.0f), y1 = (int)minf(high, (float)(height - 1));
        for (int y = y0; y <= y1; y++)
            for (int x = x0; x <= x1; x++) {
                const float dx = (float)x + 0.5f - p[0][0], dy = (float)y + 0.5f - p[0][1];
                const float b = (dx * cy - cx * dy) / area, c = (bx * dy - dx * by) / area;
                if (!(b >= 0.0f && c >= 0.0f && b + c <= 1.0f)) continue;
                float *cell = lowest + (int64_t)y * width + x;
                *cell = minf(*cell, p[0][2] + b * (p[1][2] - p[0][2]) + c * (p[2][2] - p[0][2]));
            }
    }
}

/* Mean over 2 radius + 1 rows, nothing beyond the margin; `sum` holds a row. */
static inline void box_rows(const float *restrict in, float *restrict out, float *restrict sum,
                            int rows, int columns, int radius)
{
    const float share = 1.0f / (float)(2 * radius + 1);
    memset(sum, 0, sizeof(float) * (size_t)columns);
    for (int y = -radius; y < rows; y++) {
        if (y + radius < rows)
            for (int x = 0; x < columns; x++) sum[x] += in[(int64_t)(y + radius) * columns + x];
        if (y > radius)
            for (int x = 0; x < columns; x++) sum[x] -= in[(int64_t)(y - radius - 1) * columns + x];
        if (y >= 0)
            for (int x = 0; x < columns; x++) out[(int64_t)y * columns + x] = sum[x] * share;
    }
}

/* Darkness 0 .. 1 of a shadow from lowest heights: two layers of falloff (metres), strength and
   radius (cells), see shadow.py. `scratch` holds 2 * width * height + the longer side. */
CLONES static void darken(const float *restrict lowest, const float *restrict layers,
                          float *restrict darkness, float *scratch, int width, int height)
{
    const int64_t cells = (int64_t)width * height;
    float *a = scratch, *b = a + cells, *sum = b + cells;
    memset(darkness, 0, sizeof(float) * (size_t)cells);
    for (int layer = 0; layer < 2; layer++) {
        const float falloff = -1.0f / layers[3 * layer], strength = layers[3 * layer + 1];
        const int radius = (int)layers[3 * layer + 2];
        /* most cells have nothing above them */
        for (int64_t i = 0; i < cells; i++)
            a[i] = lowest[i] < 100.0f ? expf(maxf(lowest[i], 0.0f) * falloff) : 0.0f;
        for (int axis = 0; axis < 2; axis++) {
            const int rows = axis ? width : height, columns = axis ? height : width;
            box_rows(a, b, sum, rows, columns, radius);
            box_rows(b, a, sum, rows, columns, radius);
            for (int y = 0; y < rows; y++)
                for (int x = 0; x < columns; x++)
                    b[(int64_t)x * rows + y] = a[(int64_t)y * columns + x];
            float *swap = a;
            a = b, b = swap;
        }
        for (int64_t i = 0; i < cells; i++) darkness[i] += strength * a[i];
    }
    for (int64_t i = 0; i < cells; i++) darkness[i] = clamp01(darkness[i]);
    for (int x = 0; x < width; x++) darkness[x] = darkness[cells - 1 - x] = 0.0f;
    for (int y = 0; y < height; y++)
        darkness[(int64_t)y * width] = darkness[(int64_t)(y + 1) * width - 1] = 0.0f;
}
