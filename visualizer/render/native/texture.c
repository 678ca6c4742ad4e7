/* The surface colour of samples: fibre streaks, bands, tendon. */

/* Streaks -0.5 .. 0.5 along the fibres: noise over the two coordinates across them. */
static void streak_run(const Frame *f, const Row *r, int start, int count, float *restrict streak)
{
    int column[MAX_ROW], row[MAX_ROW];
    float fx[MAX_ROW], fy[MAX_ROW], corner[4][MAX_ROW];
    const float scale = f->params->streaks_per_m;
    const float *u = r->attribute[ACROSS_AT] + start, *v = r->attribute[ACROSS_AT + 1] + start,
                *along = r->attribute[ALONG_AT] + start;
    for (int i = 0; i < count; i++) {
        const float x = u[i] * scale + 3.0f * along[i] + 65536.0f, y = v[i] * scale + 65536.0f;
        const int ix = (int)x, iy = (int)y;
        fx[i] = x - (float)ix;
        fy[i] = y - (float)iy;
        column[i] = ix & (NOISE - 1);
        row[i] = iy & (NOISE - 1);
    }
    for (int i = 0; i < count; i++) {
        const uint8_t *r0 = f->noise + row[i] * NOISE,
                      *r1 = f->noise + ((row[i] + 1) & (NOISE - 1)) * NOISE;
        const int c0 = column[i], c1 = (c0 + 1) & (NOISE - 1);
        corner[0][i] = (float)r0[c0];
        corner[1][i] = (float)r0[c1];
        corner[2][i] = (float)r1[c0];
        corner[3][i] = (float)r1[c1];
    }
    for (int i = 0; i < count; i++) {
        const float a = corner[0][i] + fx[i] * (corner[1][i] - corner[0][i]);
        const float b = corner[2][i] + fx[i] * (corner[3][i] - corner[2][i]);
        streak[i] = (a + fy[i] * (b - a)) * (1.0f / 255.0f) - 0.5f;
    }
}

/* Darkness 0 .. 1 of the band pattern. Moving bands have a sharp front and a fading tail, so that a
   still picture tells their direction too; isometric bars are even. Bands finer than two samples
   fade out. Bending the bands to arrowheads was tried: on wide muscles it only looked restless. */
static inline float mean_darkness(int kind)
{ return kind == PATTERN_STILL_BARS ? 2.0f * HALF_BAR : EVEN_TONE; }

static void band_run(const Material *m, const Row *r, int start, int count, float *restrict dark)
{
    const int kind = m->pattern;
    const float bands = m->pattern_bands, phase = m->pattern_phase;
    const float sign = kind == PATTERN_TOWARDS_BELLY ? bands : -bands;
    const float even = mean_darkness(kind);
    const float *along = r->attribute[ALONG_AT] + start, *change = r->blur + start;
    for (int i = 0; i < count; i++) {
        const float blur = minf(maxf(change[i] * bands, 0.03f), 1.0f);
        const float visible = clamp01((0.6f - blur) * 4.0f);
        if (kind == PATTERN_STILL_BARS) {
            const float d = fabsf(fraction(along[i] * bands) - 0.5f);
            dark[i] = clamp01((HALF_BAR - d) / blur + 0.5f);
        } else {
            const float x = fraction(phase + REST_PHASE + sign * fabsf(along[i] - 0.5f));
            const float tail = clamp01(1.0f - 1.35f * x);
            dark[i] = maxf(tail * (1.5f - 0.5f * tail), (x - 1.0f + blur) / blur);
        }
        dark[i] = even + visible * (dark[i] - even);
    }
}

/* Surface colour of samples of one part. */
WHOLE static void colour_run(const Frame *f, const Material *restrict m, Row *restrict r, int start,
                             int end)
{
    float streak[MAX_ROW], dark[MAX_ROW];
    const int count = blocks_of(end - start);
    const float *tendon = r->attribute[TENDON_AT] + start;
    float *red = r->base[0] + start, *green = r->base[1] + start, *blue = r->base[2] + start;
    float *gloss = r->gloss + start, *cover = r->cover + start;
    const float streaks = m->streaks, strength = m->pattern > 0 ? m->pattern_strength : 0.0f;
    const float gap_share = m->pattern > 0 ? m->gap_share : 0.0f, even = mean_darkness(m->pattern);
    if (streaks > 0.0f) streak_run(f, r, start, count, streak);
    else memset(streak, 0, sizeof(float) * (size_t)count);
    if (strength > 0.0f || gap_share > 0.0f) band_run(m, r, start, count, dark);
    else memset(dark, 0, sizeof(float) * (size_t)count);
    for (int i = 0; i < count; i++) {
        const float grain = streaks * streak[i], t = clamp01(tendon[i]);
        const float s = clamp01((t + 1.3f * grain * t * (1.0f - t) - 0.15f) * 1.4286f),
                    mix = s * s * (3.0f - 2.0f * s);
        const float tone = (1.0f + (0.55f - 0.40f * mix) * grain)
                           * (1.0f + strength * (1.0f - mix) * 0.66f * (even - dark[i]));
        const float gap = gap_share * (1.0f - dark[i]);
        const float r0 = m->colour[0] + gap * (m->gap_colour[0] - m->colour[0]),
                    g0 = m->colour[1] + gap * (m->gap_colour[1] - m->colour[1]),
                    b0 = m->colour[2] + gap * (m->gap_colour[2] - m->colour[2]);
        red[i] = (r0 + mix * (m->tendon_colour[0] - r0)) * tone;
        green[i] = (g0 + mix * (m->tendon_colour[1] - g0)) * tone;
        blue[i] = (b0 + mix * (m->tendon_colour[2] - b0)) * tone;
        gloss[i] = m->gloss;
        cover[i] = m->opacity;
    }
}
