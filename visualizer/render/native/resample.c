/* Larger pictures. */

/* Rows `first` .. `last` - 1 of a picture enlarged to (height, width), between the four pixels
   round each place. For every eight columns `base` is the first pixel they lie right of; `offset`
   and `share` tell, per column, how many pixels farther its left neighbour is (0 .. 7) and how much
   the right one counts, 0 .. 256. `line` holds from_width + 16 pixels. */
CLONES static void enlarge(const uint32_t *restrict from, int from_width, int from_height,
                           const int32_t *restrict base, const int32_t *restrict offset,
                           const uint32_t *restrict share, uint32_t *restrict line,
                           uint32_t *restrict to, int width, int height, int first, int last)
{
    const float step = (float)from_height / (float)height;
    memset(line + from_width, 0, sizeof(uint32_t) * 16);
    for (int y = first; y < last; y++) {
        const float place =
            minf(maxf(((float)y + 0.5f) * step - 0.5f, 0.0f), (float)(from_height - 1));
        const int top = (int)place;
        const uint32_t down = share_of(place - (float)top);
        const uint32_t *restrict a = from + (int64_t)top * from_width,
                                 *restrict b =
                                     from + (int64_t)mini(top + 1, from_height - 1) * from_width;
        uint32_t *restrict out = to + (int64_t)y * width;
        for (int x = 0; x < from_width; x++) line[x] = mixed(a[x], b[x], down);
        int x = 0;
#ifdef VECTORS
        for (; x + 8 <= width; x += 8) {
            u32x8 left, right, part;
            i32x8 pick;
            memcpy(&left, line + base[x >> 3], sizeof left);
            memcpy(&right, line + base[x >> 3] + 1, sizeof right);
            memcpy(&part, share + x, sizeof part);
            memcpy(&pick, offset + x, sizeof pick);
            left = PERMUTE8(left, pick), right = PERMUTE8(right, pick);
            const u32x8 rest = 256u - part;
            const u32x8 even =
                ((left & EVEN_BYTES) * rest + (right & EVEN_BYTES) * part + 0x800080u) >> 8
                & EVEN_BYTES;
            const u32x8 odd =
                ((left >> 8 & EVEN_BYTES) * rest + (right >> 8 & EVEN_BYTES) * part + 0x800080u)
                & ~EVEN_BYTES;
            const u32x8 pixel = even | odd;
            memcpy(out + x, &pixel, sizeof pixel);
        }
#endif
        for (; x < width; x++) {
            const uint32_t *at = line + base[x >> 3] + offset[x];
            out[x] = mixed(at[0], at[1], share[x]);
        }
    }
}
