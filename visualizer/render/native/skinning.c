/* Vertices: posed, pushed out of what they must not enter, projected. */

/* to 1/16 sample; without SSE 4.1 rintf is a call */
static inline float snap(float a)
{ return (float)(int)(a * 16.0f + (a < 0.0f ? -0.5f : 0.5f)) * 0.0625f; }

/* Where `shown` is given, vertices whose byte is 0 are left out. */
CLONES static void skin(const float *restrict position, const float *restrict normal,
                        const int32_t *restrict influence, const float *restrict weight,
                        const float *restrict frames, float *restrict out_position,
                        float *restrict out_normal, const uint8_t *restrict shown, int64_t first,
                        int64_t last)
{
    for (int64_t v = first; v < last; v++) {
        if (shown && !shown[v]) continue;
        float m[12] = {0};
        for (int k = 0; k < 4; k++) {
            const float w = weight[4 * v + k];
            if (w == 0.0f) continue;
            const float *f = frames + 12 * (int64_t)influence[4 * v + k];
            for (int i = 0; i < 12; i++) m[i] += w * f[i];
        }
        const float *p = position + 3 * v, *n = normal + 3 * v;
        const float x = m[0] * n[0] + m[1] * n[1] + m[2] * n[2];
        const float y = m[4] * n[0] + m[5] * n[1] + m[6] * n[2];
        const float z = m[8] * n[0] + m[9] * n[1] + m[10] * n[2];
        const float scale = 1.0f / sqrtf(x * x + y * y + z * z + 1e-20f);
        for (int i = 0; i < 3; i++)
            out_position[3 * v + i] =
                m[4 * i] * p[0] + m[4 * i + 1] * p[1] + m[4 * i + 2] * p[2] + m[4 * i + 3];
        out_normal[3 * v] = x * scale;
        out_normal[3 * v + 1] = y * scale;
        out_normal[3 * v + 2] = z * scale;
    }
}

/* Move vertices out of the floor z = 0 and of boxes (x0 y0 z0 x1 y1 z1): up through the top or
   towards low y through the front, whichever is shorter; where both are near, away from the axis of
   the rounded edge between them, so that what passes the edge does not jump. */
CLONES static void push_out(float *restrict position, const float *restrict boxes, int64_t count,
                     int64_t first, int64_t last)
{
    /* round all boxes: few vertices are near any */
    float low[3] = {GUARD, GUARD, GUARD}, high[3] = {-GUARD, -GUARD, -GUARD};
    for (const float *b = boxes; b < boxes + 6 * count; b += 6)
        for (int i = 0; i < 3; i++) low[i] = minf(low[i], b[i]), high[i] = maxf(high[i], b[3 + i]);
    for (int64_t v = first; v < last; v++) {
        float *p = position + 3 * v;
        if (p[2] < 0.0f) p[2] = 0.0f;
        if (!(p[2] < high[2] && p[1] > low[1] && p[1] < high[1] && p[0] > low[0] && p[0] < high[0]))
            continue;
        for (const float *b = boxes; b < boxes + 6 * count; b += 6) {
            if (!(p[2] < b[5] && p[2] > b[2] && p[1] > b[1] && p[1] < b[4] && p[0] > b[0]
                  && p[0] < b[3]))
                continue;
            const float above = b[5] - p[2], ahead = p[1] - b[1];
            if (above < EDGE_RADIUS_M && ahead < EDGE_RADIUS_M) {
                const float dy = EDGE_RADIUS_M - ahead, dz = EDGE_RADIUS_M - above;
                const float scale = fmaxf(EDGE_RADIUS_M / sqrtf(dy * dy + dz * dz), 1.0f);
                p[1] = b[1] + EDGE_RADIUS_M - dy * scale;
                p[2] = b[5] - EDGE_RADIUS_M + dz * scale;
            } else if (above <= ahead) p[2] = b[5];
            else p[1] = b[1];
        }
    }
}

/* Screen positions and shading vertices. Where `shown` is given, vertices whose byte is 0 are not
   valid, and so no triangle that has one is drawn. */
CLONES static void project(const float *restrict position, const float *restrict normal,
                           const float *restrict surface, const FrameParams *restrict params,
                           float *restrict screen, float *restrict vertex,
                           const uint8_t *restrict shown, int64_t first, int64_t last)
{
    const float *r = params->axes, *eye = params->eye, focal = params->focal,
                nearest = params->nearest_m;
    const float middle_x = 0.5f * (float)(params->width * params->supersample);
    const float middle_y = 0.5f * (float)(params->height * params->supersample);
    for (int64_t v = first; v < last; v++) {
        const float *p = position + 3 * v, *n = normal + 3 * v, *s = surface + SURFACE * v;
        float *o = screen + 4 * v, *a = vertex + ATTRIBUTES * v;
        if (shown && !shown[v]) {
            memset(o, 0, 4 * sizeof *o);
            continue;
        }
        const float dx = p[0] - eye[0], dy = p[1] - eye[1], dz = p[2] - eye[2];
        const float depth = -(r[6] * dx + r[7] * dy + r[8] * dz);
        const float inv_depth = 1.0f / depth, scale = focal * inv_depth;
        const float x = middle_x + (r[0] * dx + r[1] * dy + r[2] * dz) * scale;
        const float y = middle_y - (r[3] * dx + r[4] * dy + r[5] * dz) * scale;
        /* written so that NaN fails */
        const int good = depth > nearest && depth < 1e6f && fabsf(x) < GUARD && fabsf(y) < GUARD;
        o[0] = good ? snap(x) : 0.0f;
        o[1] = good ? snap(y) : 0.0f;
        o[2] = good ? inv_depth : 0.0f;
        o[3] = 0.0f;
        for (int i = 0; i < 3; i++) {
            const float c = r[3 * i] * n[0] + r[3 * i + 1] * n[1] + r[3 * i + 2] * n[2];
            a[i] = fabsf(c) <= 2.0f ? c : 0.0f;
        }
        for (int i = 0; i < SURFACE; i++) a[OCCLUSION_AT + i] = s[i];
    }
}
