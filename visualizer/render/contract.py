"""What numpy and the native kernel must agree on: records, constants, kinds.

The twin of ``native/contract.h``. :data:`CONTRACT` is compared with what the extension says of
itself when it is loaded; so a column, an offset or a limit that differs is an error at once and not
a wrong picture.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum

import numpy as np

from visualizer.extension import layout

__all__ = [
    "BOX",
    "CLEAN_PIXELS",
    "CLUSTER",
    "CONTRACT",
    "EDGE_RADIUS_M",
    "EVEN_BROKEN",
    "EVEN_CHEVRONS",
    "EVEN_HEADS",
    "EVEN_LINES",
    "FRAME",
    "GAMMA_STEPS",
    "GUARD",
    "HALO",
    "HIDDEN",
    "LANE_SKEW",
    "MATERIAL",
    "MAX_SUPERSAMPLE",
    "NOISE_SIZE",
    "OPAQUE",
    "REST_PHASE",
    "RIDDEN",
    "RIDER",
    "SLIVER",
    "STEPS",
    "SURFACE_COLUMNS",
    "TILE_PX",
    "TRANSLUCENT",
    "VERTEX_COLUMNS",
    "Pattern",
]


class Pattern(IntEnum):
    """Figures along the fibres that tell the kind of contraction without colour."""

    NONE = 0
    TOWARDS_BELLY = 1
    AWAY_FROM_BELLY = 2
    STILL_LINES = 3
    BROKEN_LINES = 4


TILE_PX = 128
MAX_SUPERSAMPLE = 4
# So many triangles in a row are drawn or passed over together.
CLUSTER = 32
# Steps from near to far in a tile's list.
STEPS = 32
NOISE_SIZE = 128
GAMMA_STEPS = 4096
# Columns of a shading vertex, and of a mesh's surface within it.
VERTEX_COLUMNS, SURFACE_COLUMNS = 8, 5
HIDDEN, OPAQUE, TRANSLUCENT = 0, 1, 2
# Columns of what rides on a mesh, and of where it has gone.
RIDER, RIDDEN = 5, 8
# What a tile of reused arrays holds already.
CLEAN_PART, CLEAN_PIXELS = 1, 2
# Beyond this a snapped coordinate is not exact; below this area a triangle has one depth.
GUARD, SLIVER = 1048576.0, 0.5
# A still picture (phase 0) shows a figure well away from the belly.
REST_PHASE = 0.35
# How much of the second coordinate across the fibres counts for the place of a lane.
LANE_SKEW = 0.35
# How round the upper front edge of a box is for what is pushed out of it, metres.
EDGE_RADIUS_M = 0.022
# How much of their ground figures cover in the mean.
EVEN_HEADS, EVEN_CHEVRONS, EVEN_LINES, EVEN_BROKEN = 0.26, 0.26, 0.22, 0.13

# A picture: flags, lights, inks, camera, floor. `mat` is a part, -1 for none; focal length and
# half the width of still lines in samples; the steps from near to far begin at an inverse depth.
FRAME = np.dtype(
    [
        ("width", "i4"), ("height", "i4"), ("supersample", "i4"), ("smooth", "i4"), ("ring", "i4"),
        ("half_light", "i4"), ("depth", "i4"), ("mat", "i4"),
        ("key", "f4", 3), ("fill", "f4", 3), ("up", "f4", 3), ("halfway", "f4", 3),
        ("key_power", "f4"), ("fill_power", "f4"), ("sky_power", "f4"), ("ground_power", "f4"),
        ("rim_power", "f4"),
        ("ink", "f4", 3), ("ring_colour", "f4", 3), ("shadow_colour", "f4", 3),
        ("shadow_strength", "f4"),
        ("focal", "f4"), ("eye", "f4", 3), ("axes", "f4", 9), ("nearest_m", "f4"),
        ("first_step", "f4"), ("steps_per_unit", "f4"),
        ("streaks_per_m", "f4"), ("half_line", "f4"), ("jump_m", "f4"),
        ("edge_width_px", "f4"), ("edge_strength", "f4"),
        ("map_corner", "f4", 2), ("map_cells_per_m", "f4"),
    ]
)  # fmt: skip
# A part; colours are linear light.
MATERIAL = np.dtype(
    [
        ("colour", "f4", 3), ("gloss", "f4"), ("tendon_colour", "f4", 3), ("streaks", "f4"),
        ("figure_colour", "f4", 3), ("pattern_strength", "f4"), ("pattern_phase", "f4"),
        ("pattern_bands", "f4"), ("pattern_lanes", "f4"), ("glow", "f4"), ("sharpness", "f4"),
        ("opacity", "f4"),
        ("outline_width_px", "f4"), ("outline_strength", "f4"), ("pattern", "i4"), ("ring", "i4"),
    ]
)  # fmt: skip
# What encloses a cluster of triangles on the screen, in samples, its greatest inverse depth, a bit
# for each of its triangles that is drawn and faces the eye, and the kinds of their parts.
BOX = np.dtype(
    [
        ("left", "f4"), ("top", "f4"), ("right", "f4"), ("bottom", "f4"), ("inv_depth", "f4"),
        ("facing", "i4"), ("kinds", "i4"),
    ]
)  # fmt: skip
# A halo: colour in sRGB, opacity where it faces the eye, how much more where it turns away, and how
# many parts, from the first, it is not laid upon.
HALO = np.dtype([("colour", "f4", 3), ("opacity", "f4"), ("rim", "f4"), ("spared", "i4")])


def _single(value: float) -> float:
    """Return what is left of a number in float32, as C holds it."""
    return float(np.float32(value))


CONTRACT: Mapping[str, object] = {
    "TILE": TILE_PX,
    "MAX_SUPERSAMPLE": MAX_SUPERSAMPLE,
    "CLUSTER": CLUSTER,
    "STEPS": STEPS,
    "NOISE": NOISE_SIZE,
    "GAMMA": GAMMA_STEPS,
    "ATTRIBUTES": VERTEX_COLUMNS,
    "SURFACE": SURFACE_COLUMNS,
    "HIDDEN": HIDDEN,
    "OPAQUE": OPAQUE,
    "TRANSLUCENT": TRANSLUCENT,
    **{f"PATTERN_{pattern.name}": pattern.value for pattern in Pattern},
    "CLEAN_PART": CLEAN_PART,
    "CLEAN_PIXELS": CLEAN_PIXELS,
    "RIDER": RIDER,
    "RIDDEN": RIDDEN,
    "GUARD": _single(GUARD),
    "SLIVER": SLIVER,
    "REST_PHASE": _single(REST_PHASE),
    "LANE_SKEW": _single(LANE_SKEW),
    "EVEN_HEADS": _single(EVEN_HEADS),
    "EVEN_CHEVRONS": _single(EVEN_CHEVRONS),
    "EVEN_LINES": _single(EVEN_LINES),
    "EVEN_BROKEN": _single(EVEN_BROKEN),
    "EDGE_RADIUS_M": _single(EDGE_RADIUS_M),
    "FrameParams": layout(FRAME),
    "Material": layout(MATERIAL),
    "ClusterBox": layout(BOX),
    "HaloLook": layout(HALO),
}
