/* What a drawn picture shows at single places; places.py says what for. */

/* The part at a place; -1 for none, and beside the picture. */
static inline int part_at(const int16_t *part, int width, int height, double x, double y)
{
    if (!(x >= 0.0 && x < (double)width && y >= 0.0 && y < (double)height)) return -1;
    return part[(int64_t)(int)y * width + (int)x];
}

/* How many steps (u, v) lead from a place over one part, `most` at most. */
static int steps_on(const int16_t *part, int width, int height, int own, double x, double y,
                    double u, double v, int most)
{
    int count = 0;
    while (count < most) {
        x += u, y += v;
        if (part_at(part, width, height, x, y) != own) break;
        count++;
    }
    return count;
}

/* Where points on a posed mesh have gone in a picture. `matrix` (4, 3) takes [x, y, z, 1] to
   [u d, v d, d]; of the three vertices of each the first lies under it, the others tell its
   direction. A rider is its offset (2), cosine and sine of its turn, and its part; `out` (RIDDEN)
   is place (2), direction (2), whether its part shows there, at how many places of the ring, and
   how many steps against and along the direction stay on it. All NaN behind the camera. */
static void follow(const float *position, const double *matrix, const int32_t *vertex,
                   const double *rider, int riders, const int16_t *part, int width, int height,
                   const double *ring, int places, double step, int most, double nearest,
                   double *out)
{
    for (int k = 0; k < riders; k++, rider += RIDER, vertex += 3, out += RIDDEN) {
        double seen[3][2];
        int hidden = 0;
        for (int i = 0; i < 3; i++) {
            const float *p = position + 3 * (int64_t)vertex[i];
            double at[3];
            for (int c = 0; c < 3; c++)
                at[c] = (double)p[0] * matrix[c] + (double)p[1] * matrix[3 + c]
                        + (double)p[2] * matrix[6 + c] + matrix[9 + c];
            hidden |= !(at[2] > nearest);
            seen[i][0] = at[0] / at[2], seen[i][1] = at[1] / at[2];
        }
        if (hidden) {
            for (int c = 0; c < RIDDEN; c++) out[c] = NAN;
            continue;
        }
        const double x = seen[0][0] + rider[0], y = seen[0][1] + rider[1];
        double p = seen[2][0] - seen[1][0], q = seen[2][1] - seen[1][1];
        const double far = sqrt(p * p + q * q);
        if (far > 1e-9) p /= far, q /= far;
        else p = 1.0, q = 0.0;
        const double u = p * rider[2] - q * rider[3], v = p * rider[3] + q * rider[2];
        const int own = (int)rider[4];
        int covered = 0;
        for (int i = 0; i < places; i++)
            covered += part_at(part, width, height, x + ring[2 * i], y + ring[2 * i + 1]) == own;
        out[0] = x, out[1] = y, out[2] = u, out[3] = v;
        out[4] = part_at(part, width, height, x, y) == own;
        out[5] = covered;
        out[6] = steps_on(part, width, height, own, x, y, -step * u, -step * v, most);
        out[7] = steps_on(part, width, height, own, x, y, step * u, step * v, most);
    }
}

/* Every `step`-th pixel of a picture, and how many of those show nothing (0) and each part (1 ...);
   0 when there are more parts than `parts`. */
static int thin(const int16_t *part, int width, int height, int step, int16_t *grid, int columns,
                int rows, int32_t *shown, int parts)
{
    (void)height;
    memset(shown, 0, sizeof(int32_t) * ((size_t)parts + 1));
    for (int y = 0; y < rows; y++) {
        const int16_t *from = part + (int64_t)(step / 2 + y * step) * width + step / 2;
        int16_t *to = grid + (int64_t)y * columns;
        for (int x = 0; x < columns; x++) {
            const int16_t p = to[x] = from[(int64_t)x * step];
            if (p < -1 || p >= parts) return 0;
            shown[p + 1]++;
        }
    }
    return 1;
}

static inline int16_t least(int16_t a, int b) { return (int16_t)(a < b ? a : b); }

/* Row, column and depth of the cell of a part that is farthest from all that is no part of it,
   counted in steps from cell to neighbour; of several the first of those nearest to their middle.
   0 where the part is not. `away` holds (rows + 2) x (columns + 2). */
static int innermost(const int16_t *grid, int columns, int rows, int own, int16_t *away,
                     int32_t *found)
{
    int left = columns, right = -1, top = rows, bottom = -1;
    for (int y = 0; y < rows; y++) {
        const int16_t *line = grid + (int64_t)y * columns;
        int first = 0, last = columns - 1;
        while (first < columns && line[first] != own) first++;
        if (first == columns) continue;
        while (line[last] != own) last--;
        left = first < left ? first : left, right = last > right ? last : right;
        top = y < top ? y : top, bottom = y;
    }
    if (bottom < 0) return 0;
    const int wide = right - left + 3, high = bottom - top + 3;
    memset(away, 0, sizeof(int16_t) * (size_t)wide * (size_t)high);
    for (int y = 1; y < high - 1; y++) {
        const int16_t *line = grid + (int64_t)(top + y - 1) * columns + left - 1;
        int16_t *at = away + (int64_t)y * wide;
        for (int x = 1; x < wide - 1; x++)
            if (line[x] == own) at[x] = least((int16_t)(at[x - wide] + 1), at[x - 1] + 1);
    }
    int depth = 0, count = 0;
    for (int y = high - 2; y > 0; y--) {
        int16_t *at = away + (int64_t)y * wide;
        for (int x = wide - 2; x > 0; x--) {
            at[x] = least(least(at[x], at[x + wide] + 1), at[x + 1] + 1);
            depth = at[x] > depth ? at[x] : depth;
        }
    }
    double middle_x = 0.0, middle_y = 0.0, nearest = INFINITY;
    for (int y = 1; y < high - 1; y++)
        for (int x = 1; x < wide - 1; x++)
            if (away[(int64_t)y * wide + x] == depth) middle_x += x, middle_y += y, count++;
    middle_x /= count, middle_y /= count;
    for (int y = 1; y < high - 1; y++)
        for (int x = 1; x < wide - 1; x++) {
            const double dx = x - middle_x, dy = y - middle_y, far = dy * dy + dx * dx;
            if (away[(int64_t)y * wide + x] != depth || far >= nearest) continue;
            nearest = far;
            found[0] = top + y - 1, found[1] = left + x - 1, found[2] = depth;
        }
    return 1;
}
