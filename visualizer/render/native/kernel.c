/*
 * Triangles to pixels on the processor: skinning, projection, tile lists, deferred shading.
 *
 * Idea. The picture is cut into tiles of 128 x 128 pixels. `bound_clusters` and `list_clusters`
 * list, once per frame, the clusters of triangles that touch every tile, from near to far;
 * `draw_tiles` then makes a tile from first to last in a small scratch that stays in the cache:
 * depth and triangle per sample (a cluster that lies behind what is there is passed over whole),
 * shading of the nearest surface only, lines, translucent layer, reduction to pixels. A tile looks
 * a few samples beyond its edges (the border), so that lines and smoothed edges cross tiles unseen
 * and no tile waits for another.
 *
 * Watertight and repeatable. Screen coordinates are snapped to 1/16 sample. Edge functions of small
 * triangles are then exact in float, those of large ones in double, so neighbours leave no gap, and
 * reference.py computes the same coverage. Of two surfaces the nearer wins, of equals the lower
 * triangle number; nothing depends on the number of threads.
 *
 * Contract. No global state and no allocation: every buffer comes from outside, and module.c has
 * checked each of them. This file and what it includes is plain C99 without Python.
 *
 * One translation unit. The parts below are not compiled one by one: functions marked WHOLE are
 * compiled once per processor together with everything they call, and the small functions of one
 * part must be inlined into the loops of another.
 */
#include "contract.h"
#include "../../simd.h"

#include "pixel.h"
#include "tile.h"

#include "skinning.c"
#include "binning.c"
#include "raster.c"
#include "row.h"
#include "texture.c"
#include "shade.c"
#include "edges.c"
#include "floor.c"
#include "halo.c"
#include "compose.c"
#include "resample.c"
#include "places.c"
