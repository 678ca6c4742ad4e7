/* A row of samples, side by side. */

/* What shading needs of the covered samples of a row, side by side for the vector unit. Loops over
   them run in whole blocks of LANES: beyond the last sample stand copies of it, and what a run
   writes beyond its end the next run writes again. */
enum { LANES = 8, MAX_ROW = MAX_SIDE + 2 * LANES };
typedef struct {
    int count, column[MAX_ROW];
    float attribute[ATTRIBUTES][MAX_ROW];
    float base[3][MAX_ROW], gloss[MAX_ROW], glow[MAX_ROW], sharpness[MAX_ROW], cover[MAX_ROW];
    float blur[MAX_ROW], slip[MAX_ROW]; /* change from sample to sample: along, across the fibres */
    int segments, part[MAX_ROW], start[MAX_ROW + 1]; /* runs of samples of one part */
    /* low-gradient spans, of which only every KEY_STEP-th sample and the last is here: the first's
       place here, the first's column, length */
    int spans, span_sample[MAX_ROW / 8], span_column[MAX_ROW / 8], span_length[MAX_ROW / 8];
} Row;

/* A long run on one triangle without a texture, with all but even normals, is shaded at every
   KEY_STEP-th sample. */
enum { KEY_STEP = 8, LONG_RUN = 12 };

static inline int blocks_of(int count) { return (count + LANES - 1) & ~(LANES - 1); }
