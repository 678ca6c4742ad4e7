/* Strands of broad muscles part from the muscle's middle: swell.py says why, and its numpy code is
   the reference. */
static void part_strands(const Strands *s)
{
    const int64_t plane = (int64_t)s->knots * s->strands;
    for (int k = 0; k < s->knots; k++) {
        /* the middle of each muscle's strands, and how many they are */
        memset(s->middle, 0, sizeof(float) * 4 * (size_t)s->muscles);
        for (int pass = 0; pass < 2; pass++)
            for (int i = 0; i < s->strands; i++) {
                if (!s->broad[i]) continue;
                const int64_t at = (int64_t)k * s->strands + i;
                float *frame = s->out + 12 * at, *middle = s->middle + 4 * (int64_t)s->muscle[i];
                const float by = s->apart[k] * s->extra[i];
                for (int c = 0; c < 3; c++) {
                    const float *row = frame + 4 * c;
                    const float place = row[0] * s->rest[at] + row[1] * s->rest[plane + at]
                                        + row[2] * s->rest[2 * plane + at] + row[3];
                    if (pass == 0) middle[c] += place;
                    else frame[4 * c + 3] += by * (place - middle[c] / middle[3]);
                }
                if (pass == 0) middle[3] += 1.0f;
            }
    }
}
