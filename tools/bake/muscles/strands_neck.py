"""Strands of neck and jaw: calm, few, they only have to fill the outline."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tools.bake.skeleton.landmarks import Landmarks, lerp, moved
from tools.bake.strands.strand import Strand, free

__all__ = ["neck_strands"]

Array = NDArray[np.float64]


def neck_strands(land: Landmarks) -> dict[str, list[Strand]]:
    """Return the strands of neck and jaw muscles by muscle id, right side."""
    mastoid, sternal = land.mastoid, land.clavicle_head
    # chewing muscles lie under the skin of the head
    inwards = np.array([0.006, 0.0, 0.0])
    zygoma, jaw = land.zygoma + inwards, land.jaw_angle + inwards

    def at(z: float, aside: float, y: float) -> Array:
        return np.array([land.mid - aside, y, z])

    middle = lerp(mastoid, sternal, 0.5)
    sternocleidomastoid = [
        free(
            [
                moved(mastoid, 0, -0.002, 0.004),
                moved(middle, -0.006, -0.002, 0),
                moved(sternal, 0.008, -0.01, 0.006),
            ],
            "head neck torso",
        ),
        free(
            [
                moved(mastoid, 0.002, 0.006, 0.004),
                moved(middle, -0.009, 0.006, 0.002),
                moved(sternal, -0.022, -0.004, 0.01),
            ],
            "head neck clavicle_r",
        ),
    ]
    splenius = [
        free(
            [moved(mastoid, 0.012, 0.022, 0.004), at(1.57, 0.024, 0.247), at(1.50, 0.012, 0.257)],
            "head neck torso",
        ),
        free(
            [moved(mastoid, 0.028, 0.034, 0.006), at(1.57, 0.014, 0.256), at(1.49, 0.008, 0.266)],
            "head neck torso",
        ),
    ]
    scalenes = [
        free(
            [
                at(1.60, 0.022, 0.225),
                at(1.55, 0.030, 0.215),
                moved(land.clavicle(0.28), 0, 0.012, -0.004),
            ],
            "neck neck torso",
        ),
        free(
            [
                at(1.60, 0.024, 0.238),
                at(1.55, 0.034, 0.232),
                moved(land.clavicle(0.42), 0, 0.03, -0.002),
            ],
            "neck neck torso",
        ),
        free(
            [
                at(1.605, 0.024, 0.244),
                at(1.56, 0.034, 0.246),
                moved(land.superior_angle, 0.006, 0, 0.004),
            ],
            "neck neck scapula_r",
        ),
    ]
    infrahyoid = [
        free(
            [at(1.585, 0.006, 0.160), at(1.545, 0.008, 0.172), at(1.505, 0.010, 0.158)],
            "neck neck torso",
        ),
        free(
            [at(1.60, 0.016, 0.165), at(1.55, 0.014, 0.176), at(1.505, 0.014, 0.165)],
            "neck neck torso",
        ),
    ]
    masseter = [
        free(
            [
                moved(zygoma, 0, 0.006 + 0.012 * k, -0.004),
                moved(jaw, -0.003, -0.012 + 0.008 * k, 0.006),
            ],
            "head head",
        )
        for k in range(3)
    ]
    skull = land.bone("hat_skull")
    temporalis: list[Strand] = []
    for k in range(5):
        a = np.radians(15 + 37 * k)
        start = at(1.662 + 0.048 * np.sin(a), 0.066, 0.195 - 0.048 * np.cos(a))
        distance = np.hypot(skull[:, 1] - start[1], skull[:, 2] - start[2])
        near = skull[(distance < 0.010) & (skull[:, 0] < land.mid)]
        if len(near):
            start = np.median(near, 0)
        under = moved(zygoma, 0.012, 0.014, -0.012)
        bulge = moved(lerp(start, under, 0.55), 0, 0.003, 0)
        temporalis.append(free([moved(start, 0.001, 0, 0), bulge, under], "head head head"))
    return {
        "sternocleidomastoid": list(sternocleidomastoid),
        "splenius_capitis": list(splenius),
        "scalenes": list(scalenes),
        "infrahyoid_muscles": list(infrahyoid),
        "masseter": list(masseter),
        "temporalis": temporalis,
    }
