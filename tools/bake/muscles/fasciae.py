"""The fasciae that lie over the muscles."""

from __future__ import annotations

import numpy as np

from tools.bake.muscles.record import AuthoredFascia
from tools.bake.skeleton.landmarks import Landmarks, moved
from tools.bake.strands.strand import Strand, free

__all__ = ["FASCIAE"]

# Where the strands of the iliotibial tract begin, from front to back (y, z in metres): an arch over
# the trochanter, where the gluteal aponeurosis runs into it, that falls in front to the end of the
# tensor fasciae latae and behind along the line that the gluteus maximus ends on.
_TRACT_TOP_M = ((0.108, 0.880), (0.120, 0.906), (0.134, 0.918), (0.146, 0.900), (0.152, 0.858))


def _thoracolumbar_fascia(land: Landmarks) -> list[Strand]:
    rows = (
        (1.350, 0.003, None),
        (1.280, 0.014, None),
        (1.210, 0.042, None),
        (1.135, 0.064, None),
        (1.085, 0.068, None),
        (1.030, 0.050, 0.258),
        (0.955, 0.003, 0.254),
    )
    strands: list[Strand] = []
    for f in np.linspace(0, 1, 6):
        points = []
        for z, width, fixed_y in rows:
            y = max(land.spine_y(z), 0.262) if fixed_y is None else fixed_y
            points.append((land.mid - width * f, y + 0.004 - 0.012 * f * f, z))
        strands.append(free(points, "torso torso lumbar2 lumbar3 lumbar5 sacrum sacrum"))
    return strands


def _iliotibial_tract(land: Landmarks) -> list[Strand]:
    gerdy = land.site("tfl_r", 3)
    return [
        free(
            [
                # its front edge lies on the tensor, or one would look in between the two
                (-0.172 - 0.008 * u, top_y, top_z),
                (-0.183 - 0.003 * u, 0.113 + (0.166 - 0.113) * u, 0.800),
                (-0.180, 0.132 + (0.168 - 0.132) * u, 0.660),
                (-0.169, 0.140 + (0.154 - 0.140) * u, 0.530),
                moved(gerdy, -0.002, -0.012 + 0.022 * u, 0.0),
            ],
            "femur_r femur_r femur_r femur_r tibia_r",
        )
        for u, (top_y, top_z) in zip(np.linspace(0, 1, 5), _TRACT_TOP_M, strict=True)
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
        1.2,
        (9, 27),
        sunk=((0.06, 4), (0.13, 11)),
    ),
)
