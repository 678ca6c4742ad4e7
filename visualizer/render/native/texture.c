/* The surface colour of samples: fibre streaks, figures, tendon. */

/* Shape of the figures, in lanes and periods: how far the middle of a lane leads, half of its width
   that they take, half of a chevron's thickness, half of a dash. */
static const float HEAD_BEND = 0.9f, HEAD_SIDE = 0.34f, CHEVRON_BEND = 0.75f, CHEVRON_SIDE = 0.43f,
                   HALF_CHEVRON = 0.10f, HALF_DASH = 0.30f;

/* Streaks -0.5 .. 0.5 along the fibres: noise over the two coordinates across them. */
static void streak_run(const Frame *f, const Row *r, int start, int count, float *restrict streak)
{
    int32_t corner[MAX_ROW];
    float fx[MAX_ROW], fy[MAX_ROW];
    const float scale = f->params->streaks_per_m;
    const float *u = r->attribute[ACROSS_AT] + start, *v = r->attribute[ACROSS_AT + 1] + start,
                *along = r->attribute[ALONG_AT] + start;
    for (int i = 0; i < count; i++) {
        const float x = u[i] * scale + 3.0f * along[i] + 65536.0f, y = v[i] * scale + 65536.0f;
        const int ix = (int)x, iy = (int)y;
        fx[i] = x - (float)ix;
        fy[i] = y - (float)iy;
        corner[i] = (iy & (NOISE - 1)) * NOISE + (ix & (NOISE - 1));
    }
    for (int i = 0; i < count; i++) corner[i] = (int32_t)f->corners[corner[i]];
    for (int i = 0; i < count; i++) {
        const float here = (float)(corner[i] & 255), right = (float)(corner[i] >> 8 & 255),
                    below = (float)(corner[i] >> 16 & 255), across = (float)(corner[i] >> 24 & 255);
        const float a = here + fx[i] * (right - here);
        const float b = below + fx[i] * (across - below);
        streak[i] = (a + fy[i] * (b - a)) * (1.0f / 255.0f) - 0.5f;
    }
}

/* Cover 0 .. 1 of the figures that tell the kind of contraction, in lanes along the fibres,
   so that they never look like fibres of another muscle, as bars across them do: arrowheads with a
   sharp front and a tail that fades flow towards a light belly, open chevrons away from it, lines
   along the fibres stand still. Lines are of one width on the screen: so they are calm on coarse
   triangles, and where they come too close they are an even tone. Neighbouring lanes are half a
   period apart; side by side chevrons would join to bars across. */
static inline float even_cover(int kind)
{
    const float even[] = {0.0f, EVEN_HEADS, EVEN_CHEVRONS, EVEN_LINES, EVEN_BROKEN};
    return even[kind];
}

static void figure_run(const Material *m, const Row *r, int start, int count, float half_line,
                       float *restrict figure)
{
    const int kind = m->pattern;
    const float bands = m->pattern_bands, lanes = m->pattern_lanes, phase = m->pattern_phase;
    const float even = even_cover(kind);
    const float *a = r->attribute[ACROSS_AT] + start, *b = r->attribute[ACROSS_AT + 1] + start,
                *along = r->attribute[ALONG_AT] + start;
    const float *blur = r->blur + start, *slip = r->slip + start;
    for (int i = 0; i < count; i++) {
        const float lane = (a[i] + LANE_SKEW * b[i]) * lanes;
        const int whole = floor_int(lane);
        const float off = fabsf(lane - (float)whole - 0.5f), across = maxf(slip[i] * lanes, 1e-4f);
        const float stagger = (float)(whole & 1) * 0.5f;
        const float place = fabsf(along[i] - 0.5f), step = blur[i] * bands;
        float cover, visible;
        if (kind == PATTERN_TOWARDS_BELLY) {
            const float soft = minf(maxf(step + across, 0.03f), 1.0f);
            const float x = fraction(phase + REST_PHASE + bands * place + stagger
                                     + HEAD_BEND * (0.5f - off));
            const float front = clamp01(x / soft + 0.5f) + clamp01((x - 1.0f) / soft + 0.5f);
            const float tail = clamp01(1.0f - 1.25f * x),
                        side = clamp01((HEAD_SIDE - off) / minf(across, 1.0f) + 0.5f);
            cover = 0.35f * clamp01(1.0f - 2.4f * place) + 0.65f * front * tail * side;
            visible = clamp01((0.7f - soft) * 4.0f);
        } else if (kind == PATTERN_AWAY_FROM_BELLY) {
            const float soft = minf(maxf(step + CHEVRON_BEND * across, 0.03f), 1.0f);
            const float x = fraction(phase + REST_PHASE - bands * place + stagger
                                     + CHEVRON_BEND * (0.5f - off));
            const float side = clamp01((CHEVRON_SIDE - off) / minf(across, 1.0f) + 0.5f);
            cover = clamp01((HALF_CHEVRON - fabsf(x - 0.5f)) / soft + 0.5f) * side;
            visible = clamp01((0.7f - soft) * 4.0f);
        } else {
            cover = clamp01(half_line + 0.5f - off / across);
            visible = clamp01((0.45f - across * half_line) * 6.0f);
            if (kind == PATTERN_BROKEN_LINES) {
                const float dash = fabsf(fraction(along[i] * bands + stagger) - 0.5f);
                cover *= clamp01((HALF_DASH - dash) / maxf(step, 0.01f) + 0.5f);
            }
        }
        figure[i] = even + visible * (minf(cover, 1.0f) - even);
    }
}

/* Surface colour of samples of one part, and how it shines. */
WHOLE static void colour_run(const Frame *f, const Material *restrict m, Row *restrict r, int start,
                             int end)
{
    float streak[MAX_ROW], figure[MAX_ROW];
    const int count = blocks_of(end - start);
    const float *tendon = r->attribute[TENDON_AT] + start;
    float *red = r->base[0] + start, *green = r->base[1] + start, *blue = r->base[2] + start;
    float *gloss = r->gloss + start, *glow = r->glow + start, *sharpness = r->sharpness + start,
          *cover = r->cover + start;
    const float streaks = m->streaks, strength = m->pattern > 0 ? m->pattern_strength : 0.0f;
    if (streaks > 0.0f) streak_run(f, r, start, count, streak);
    else memset(streak, 0, sizeof(float) * (size_t)count);
    if (strength > 0.0f) figure_run(m, r, start, count, f->params->half_line, figure);
    else memset(figure, 0, sizeof(float) * (size_t)count);
    for (int i = 0; i < count; i++) {
        const float grain = streaks * streak[i], t = clamp01(tendon[i]);
        const float s = clamp01((t + 1.3f * grain * t * (1.0f - t) - 0.15f) * 1.4286f),
                    mix = s * s * (3.0f - 2.0f * s);
        const float tone = 1.0f + (0.55f - 0.40f * mix) * grain, share = strength * figure[i];
        const float r0 = m->colour[0] + share * (m->figure_colour[0] - m->colour[0]),
                    g0 = m->colour[1] + share * (m->figure_colour[1] - m->colour[1]),
                    b0 = m->colour[2] + share * (m->figure_colour[2] - m->colour[2]);
        red[i] = (r0 + mix * (m->tendon_colour[0] - r0)) * tone;
        green[i] = (g0 + mix * (m->tendon_colour[1] - g0)) * tone;
        blue[i] = (b0 + mix * (m->tendon_colour[2] - b0)) * tone;
        /* fibres break the highlight: silk, not plastic; tendon is pearl */
        gloss[i] = m->gloss * maxf(1.0f + 2.2f * grain, 0.0f) * (1.0f + 0.8f * mix);
        glow[i] = m->glow * (1.0f - mix);
        sharpness[i] = m->sharpness;
        cover[i] = m->opacity;
    }
}
