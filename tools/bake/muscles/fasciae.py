"""The fasciae that lie over the muscles."""

from __future__ import annotations

import numpy as np

from tools.bake.muscles.record import AuthoredFascia
from tools.bake.skeleton.frames import lerp
from tools.bake.skeleton.landmarks import BoneLandmarks
from tools.bake.strands.strand import Strand, free

__all__ = ["FASCIAE"]

# Where the strands of the iliotibial tract begin, from front to back (share of the thigh's length,
# millimetres outwards and forwards of its axis): an arch over the trochanter, where the gluteal
# aponeurosis runs into it, that falls in front to the end of the tensor fasciae latae and behind
# along the line that the gluteus maximus ends on.
_TRACT_TOP = (
    (0.180, 65.5, 54.3), (0.098, 69.5, 41.3), (0.056, 73.0, 25.3), (0.084, 74.1, 11.8),
    (0.170, 73.3, 4.2),
)  # fmt: skip
_TRACT_STRANDS = 9
# The edges of the tract on its way down the thigh, in front and behind, as above.
_TRACT_EDGES = (
    ((0.313, 71.5, 48.2), (0.314, 75.5, -9.8)),
    ((0.658, 60.1, 24.2), (0.658, 60.1, -11.8)),
    ((0.977, 40.5, 16.1), (0.977, 40.5, 2.1)),
)


def _thoracolumbar_fascia(land: BoneLandmarks) -> list[Strand]:
    rows = (
        (6.88, 0.003, None),
        (9.68, 0.014, None),
        (11.95, 0.042, None),
        (15.30, 0.064, None),
        (16.75, 0.071, None),
        (18.00, 0.067, 0.0140),
        (18.96, 0.054, 0.0127),
        (20.60, 0.028, 0.0110),
        (22.10, 0.008, 0.0087),
    )
    # the sacrum's spines are not among the landmarks: there the depth is told from the last lumbar
    last = land.spinous(17)[1]
    strands: list[Strand] = []
    for f in np.linspace(0, 1, 6):
        points = []
        for level, width, behind in rows:
            z = land.level(level)
            if behind is None:
                y = max(land.spine_y(z), last + 0.0167 * land.scale)
            else:
                y = last + behind * land.scale
            points.append(land.moved((land.mid, y, z), -width * f, 0.004 - 0.012 * f * f, 0.0))
        strands.append(
            free(points, "torso torso lumbar2 lumbar3 lumbar5 sacrum sacrum sacrum sacrum")
        )
    return strands


def _iliotibial_tract(land: BoneLandmarks) -> list[Strand]:
    from scipy.interpolate import CubicSpline

    gerdy, at = land.site("tfl_r", 3), land.thigh.at
    # so many that the arch is round
    across = np.linspace(0, 1, _TRACT_STRANDS)
    tops = CubicSpline(np.linspace(0, 1, len(_TRACT_TOP)), _TRACT_TOP)(across)
    return [
        free(
            [
                # its front edge lies on the tensor, or one would look in between the two
                at(*top),
                *(lerp(at(*front), at(*behind), u) for front, behind in _TRACT_EDGES),
                land.moved(gerdy, -0.002, -0.012 + 0.022 * u, 0.0),
            ],
            "femur_r femur_r femur_r femur_r tibia_r",
        )
        for u, top in zip(across, tops, strict=True)
    ]


FASCIAE: tuple[AuthoredFascia, ...] = (
    AuthoredFascia(
        "thoracolumbar_fascia",
        _thoracolumbar_fascia,
        (0, 1, 0),
        2.2,
        1.8,
        (9, 24),
        medial_edge=True,
    ),
    AuthoredFascia(
        "iliotibial_tract",
        _iliotibial_tract,
        (-1, 0, 0),
        1.6,
        1.1,
        (9, 27),
        sunk=((0.06, 4), (0.13, 11)),
    ),
)
