/*
 * What C and Python must agree on. module.c tells Python every size, offset and value below, and
 * contract.py compares them with its own when the extension is loaded.
 */
#ifndef VISUALIZER_CONTRACT_H
#define VISUALIZER_CONTRACT_H

#include <stdint.h>

/* The picture is cut into tiles of so many pixels a side, each of at most so many samples a side.
 */
enum { TILE = 128, MAX_SUPERSAMPLE = 4 };
/* So many triangles, which follow each other in the mesh, are a cluster; those of a tile are listed
   from near to far in so many steps, then by number. */
enum { CLUSTER = 32, STEPS = 32 };
/* Sides of the streak noise, steps of the table from linear light to sRGB. */
enum { NOISE = 128, GAMMA = 4096 };
/* Normal, occlusion, tendon, two coordinates across the fibres and one along them. */
enum {
    ATTRIBUTES = 8,
    SURFACE = 5,
    NORMAL_AT = 0,
    OCCLUSION_AT = 3,
    TENDON_AT = 4,
    ACROSS_AT = 5,
    ALONG_AT = 7
};
/* Kinds of parts. */
enum { HIDDEN = 0, OPAQUE = 1, TRANSLUCENT = 2 };
/* Kinds of figures along the fibres, see texture.c. */
enum {
    PATTERN_NONE = 0,
    PATTERN_TOWARDS_BELLY = 1,
    PATTERN_AWAY_FROM_BELLY = 2,
    PATTERN_STILL_LINES = 3,
    PATTERN_BROKEN_LINES = 4
};
/* What a tile of a picture holds already: filling memory is a good part of a frame, so what an
   empty tile holds is not written again. */
enum { CLEAN_PART = 1, CLEAN_PIXELS = 2 };
/* Columns of what rides on a mesh, and of where it has gone, see places.c. */
enum { RIDER = 5, RIDDEN = 8 };

/* Beyond this a snapped coordinate is no longer exact. */
static const float GUARD = 1048576.0f;
/* A sliver's slope is mostly rounding: below this area it gets one depth. Everywhere else the plane
   stays between the corners' values up to a thousandth, so nothing need be clamped. */
static const double SLIVER = 0.5;
/* A still picture (phase 0) shows a figure well away from the belly, where figures are born or end.
 */
static const float REST_PHASE = 0.35f;
/* The second coordinate across the fibres bends lanes by so much of its own: else the lanes of a
   muscle's two faces would lie upon one another. */
static const float LANE_SKEW = 0.35f;
/* How round the upper front edge of a box is for what is pushed out of it. */
static const float EDGE_RADIUS_M = 0.022f;
/* How much of their ground figures cover in the mean: so much of their colour shows where they are
   too fine to see. */
static const float EVEN_HEADS = 0.26f, EVEN_CHEVRONS = 0.26f, EVEN_LINES = 0.22f,
                   EVEN_BROKEN = 0.13f;

/* clang-format off */
#define SHARED_INTEGERS(X) \
    X(TILE) X(MAX_SUPERSAMPLE) X(CLUSTER) X(STEPS) X(NOISE) X(GAMMA) X(ATTRIBUTES) X(SURFACE) \
    X(HIDDEN) X(OPAQUE) X(TRANSLUCENT) \
    X(PATTERN_NONE) X(PATTERN_TOWARDS_BELLY) X(PATTERN_AWAY_FROM_BELLY) X(PATTERN_STILL_LINES) \
    X(PATTERN_BROKEN_LINES) X(CLEAN_PART) X(CLEAN_PIXELS) X(RIDER) X(RIDDEN)
#define SHARED_FLOATS(X) \
    X(GUARD) X(SLIVER) X(REST_PHASE) X(LANE_SKEW) X(EVEN_HEADS) X(EVEN_CHEVRONS) X(EVEN_LINES) \
    X(EVEN_BROKEN) X(EDGE_RADIUS_M)

/* A picture. Vectors are in camera axes (right, up, back) unless they are points; `mat` is the part
   that lies flat on the floor, -1 for none. */
#define FRAME_FIELDS(INT, FLOAT, FLOATS) \
    INT(width) INT(height) INT(supersample) INT(smooth) INT(ring) INT(half_light) INT(depth) \
    INT(mat) \
    FLOATS(key, 3) FLOATS(fill, 3) FLOATS(up, 3) FLOATS(halfway, 3) \
    FLOAT(key_power) FLOAT(fill_power) FLOAT(sky_power) FLOAT(ground_power) FLOAT(rim_power) \
    FLOATS(ink, 3) FLOATS(ring_colour, 3) FLOATS(shadow_colour, 3) FLOAT(shadow_strength) \
    FLOAT(focal) /* samples */ \
    FLOATS(eye, 3) FLOATS(axes, 9) FLOAT(nearest_m) \
    FLOAT(first_step) FLOAT(steps_per_unit) /* of inverse depth: where the steps begin */ \
    FLOAT(streaks_per_m) FLOAT(half_line) /* of still lines, samples */ FLOAT(jump_m) \
    FLOAT(edge_width_px) FLOAT(edge_strength) \
    FLOATS(map_corner, 2) FLOAT(map_cells_per_m) /* the floor's shadow, x and y */

/* A part. Colours are linear light. */
#define MATERIAL_FIELDS(INT, FLOAT, FLOATS) \
    FLOATS(colour, 3) FLOAT(gloss) FLOATS(tendon_colour, 3) FLOAT(streaks) \
    FLOATS(figure_colour, 3) \
    FLOAT(pattern_strength) FLOAT(pattern_phase) FLOAT(pattern_bands) FLOAT(pattern_lanes) \
    FLOAT(glow) FLOAT(sharpness) FLOAT(opacity) FLOAT(outline_width_px) \
    FLOAT(outline_strength) INT(pattern) INT(ring)

/* What encloses a cluster on the screen, in samples, its greatest inverse depth, a bit for each of
   its triangles that is drawn and faces the eye, and which kinds of parts they are, OPAQUE |
   TRANSLUCENT. */
#define BOX_FIELDS(INT, FLOAT, FLOATS) \
    FLOAT(left) FLOAT(top) FLOAT(right) FLOAT(bottom) FLOAT(inv_depth) INT(facing) \
    INT(kinds)

/* A halo: its colour (sRGB), its opacity where it faces the eye, how much more it has where it
   turns away, and how many parts, from the first, it does not lie on. */
#define HALO_FIELDS(INT, FLOAT, FLOATS) \
    FLOATS(colour, 3) FLOAT(opacity) FLOAT(rim) INT(spared)

#define SHARED_RECORDS(X) \
    X(FrameParams, FRAME_FIELDS) X(Material, MATERIAL_FIELDS) X(ClusterBox, BOX_FIELDS) \
    X(HaloLook, HALO_FIELDS)
/* clang-format on */

#define INT_FIELD(name) int32_t name;
#define FLOAT_FIELD(name) float name;
#define FLOATS_FIELD(name, count) float name[count];
#define DECLARE_RECORD(type, fields) \
    typedef struct { \
        fields(INT_FIELD, FLOAT_FIELD, FLOATS_FIELD) \
    } type;
SHARED_RECORDS(DECLARE_RECORD)

#endif
