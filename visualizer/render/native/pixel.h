/* Pixels as four bytes, mixed at once. */

/* Samples are sRGB, multiplied by their cover, which is the high byte: layers, lines, smoothed
   edges and the backdrop all mix as it is seen, four bytes at once. `share` 0 .. 256. */
static const uint32_t EVEN_BYTES = 0x00ff00ffu;

static inline uint32_t mixed(uint32_t under, uint32_t over, uint32_t share)
{
    const uint32_t even =
        ((under & EVEN_BYTES) * (256u - share) + (over & EVEN_BYTES) * share + 0x800080u) >> 8
        & EVEN_BYTES;
    const uint32_t odd =
        ((under >> 8 & EVEN_BYTES) * (256u - share) + (over >> 8 & EVEN_BYTES) * share + 0x800080u)
        & ~EVEN_BYTES;
    return even | odd;
}

static inline uint32_t packed(const float *srgb)
{
    uint32_t pixel = 255;
    for (int c = 0; c < 3; c++)
        pixel = pixel << 8 | (uint32_t)(int)(clamp01(srgb[c]) * 255.0f + 0.5f);
    return pixel;
}

static inline uint32_t share_of(float strength)
{ return (uint32_t)(int)(strength * 256.0f + 0.5f); }

/* A sample over a pixel of the backdrop. */
static inline uint32_t over_backdrop(uint32_t sample, uint32_t backdrop)
{
    const uint32_t cover = sample >> 24, rest = 256u - (cover + (cover >> 7));
    const uint32_t even = ((backdrop & EVEN_BYTES) * rest + 0x800080u) >> 8 & EVEN_BYTES;
    const uint32_t odd = ((backdrop >> 8 & EVEN_BYTES) * rest + 0x800080u) & 0xff00u;
    return 0xff000000u | (sample + (even | odd));
}

/* 8 x 8 ordered dither 0 .. 252: hides the steps of smooth gradients. */
static inline int dither(int x, int y)
{
    const int a = x ^ y;
    return ((a & 1) << 7) | ((y & 1) << 6) | ((a & 2) << 4) | ((y & 2) << 3) | ((a & 4) << 1)
           | (y & 4);
}
