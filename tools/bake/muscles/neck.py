"""The muscles of neck and jaw: calm, few, they only have to fill the outline."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tools.bake.muscles.record import AuthoredMuscle
from tools.bake.skeleton.landmarks import Landmarks, lerp, moved
from tools.bake.strands.strand import Strand, free

__all__ = ["MUSCLES"]

Array = NDArray[np.float64]


def _at(land: Landmarks, z: float, aside: float, y: float) -> Array:
    """Return a point by height, distance from the midplane and depth, metres."""
    return np.array([land.mid - aside, y, z])


def _cheek_and_jaw(land: Landmarks) -> tuple[Array, Array]:
    """Return cheek bone and jaw, a little inwards: chewing muscles lie under the skin."""
    inwards = np.array([0.006, 0.0, 0.0])
    return land.zygoma + inwards, land.jaw_angle + inwards


def _sternocleidomastoid(land: Landmarks) -> list[Strand]:
    mastoid, sternal = land.mastoid, land.clavicle_head
    middle = lerp(mastoid, sternal, 0.5)
    return [
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


def _splenius_capitis(land: Landmarks) -> list[Strand]:
    mastoid = land.mastoid
    return [
        free(
            [
                moved(mastoid, 0.012, 0.022, 0.004),
                _at(land, 1.57, 0.024, 0.247),
                _at(land, 1.50, 0.012, 0.257),
            ],
            "head neck torso",
        ),
        free(
            [
                moved(mastoid, 0.028, 0.034, 0.006),
                _at(land, 1.57, 0.014, 0.256),
                _at(land, 1.49, 0.008, 0.266),
            ],
            "head neck torso",
        ),
    ]


def _scalenes(land: Landmarks) -> list[Strand]:
    return [
        free(
            [
                _at(land, 1.60, 0.022, 0.225),
                _at(land, 1.55, 0.030, 0.215),
                moved(land.clavicle(0.28), 0, 0.012, -0.004),
            ],
            "neck neck torso",
        ),
        free(
            [
                _at(land, 1.60, 0.024, 0.238),
                _at(land, 1.55, 0.034, 0.232),
                moved(land.clavicle(0.42), 0, 0.03, -0.002),
            ],
            "neck neck torso",
        ),
        free(
            [
                _at(land, 1.605, 0.024, 0.244),
                _at(land, 1.56, 0.034, 0.246),
                moved(land.superior_angle, 0.006, 0, 0.004),
            ],
            "neck neck scapula_r",
        ),
    ]


def _infrahyoid_muscles(land: Landmarks) -> list[Strand]:
    return [
        free(
            [
                _at(land, 1.585, 0.006, 0.163),
                _at(land, 1.545, 0.008, 0.172),
                _at(land, 1.510, 0.010, 0.176),
                _at(land, 1.470, 0.012, 0.172),
            ],
            "neck neck torso torso",
        ),
        free(
            [
                _at(land, 1.595, 0.015, 0.168),
                _at(land, 1.55, 0.015, 0.177),
                _at(land, 1.51, 0.017, 0.180),
                _at(land, 1.472, 0.020, 0.174),
            ],
            "neck neck torso torso",
        ),
    ]


def _masseter(land: Landmarks) -> list[Strand]:
    zygoma, jaw = _cheek_and_jaw(land)
    return [
        free(
            [
                moved(zygoma, 0, 0.006 + 0.012 * k, -0.004),
                moved(jaw, -0.003, -0.012 + 0.008 * k, 0.006),
            ],
            "head head",
        )
        for k in range(3)
    ]


def _temporalis(land: Landmarks) -> list[Strand]:
    zygoma, _ = _cheek_and_jaw(land)
    skull = land.bone("hat_skull")
    temporalis: list[Strand] = []
    for k in range(5):
        a = np.radians(15 + 37 * k)
        start = _at(land, 1.662 + 0.048 * np.sin(a), 0.066, 0.195 - 0.048 * np.cos(a))
        distance = np.hypot(skull[:, 1] - start[1], skull[:, 2] - start[2])
        near = skull[(distance < 0.010) & (skull[:, 0] < land.mid)]
        if len(near):
            start = np.median(near, 0)
        under = moved(zygoma, 0.012, 0.014, -0.012)
        bulge = moved(lerp(start, under, 0.55), 0, 0.003, 0)
        temporalis.append(free([moved(start, 0.001, 0, 0), bulge, under], "head head head"))
    return temporalis


MUSCLES: tuple[AuthoredMuscle, ...] = (
    AuthoredMuscle(
        "sternocleidomastoid",
        belly=(0, 1),
        tendon_mm=3,
        power=0.5,
        strands=_sternocleidomastoid,
        bias=1.2,
        sheet=True,
    ),
    AuthoredMuscle(
        "splenius_capitis",
        belly=(0, 1),
        tendon_mm=5,
        power=0.4,
        strands=_splenius_capitis,
        sheet=True,
        triangles=0.7,
    ),
    AuthoredMuscle(
        "scalenes",
        belly=(0, 1),
        tendon_mm=4,
        power=0.4,
        strands=_scalenes,
        triangles=0.6,
    ),
    AuthoredMuscle(
        "infrahyoid_muscles",
        belly=(0, 1),
        tendon_mm=3,
        power=0.4,
        strands=_infrahyoid_muscles,
        triangles=0.7,
        most_fill_mm=1.0,
    ),
    AuthoredMuscle(
        "masseter",
        belly=(0, 1),
        tendon_mm=4,
        power=0.5,
        strands=_masseter,
        sheet=True,
        triangles=0.5,
        most_fill_mm=1.0,
    ),
    AuthoredMuscle(
        "temporalis",
        belly=(0, 1),
        tendon_mm=2.5,
        power=0.3,
        strands=_temporalis,
        sheet=True,
        thickness_mm=2,
        triangles=0.4,
        most_fill_mm=1.0,
    ),
)
