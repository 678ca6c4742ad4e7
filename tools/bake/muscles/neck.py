"""The muscles of neck and jaw: calm, few, they only have to fill the outline."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tools.bake.muscles.record import AuthoredMuscle
from tools.bake.skeleton.frames import lerp
from tools.bake.skeleton.landmarks import BoneLandmarks
from tools.bake.strands.strand import Strand, free

__all__ = ["MUSCLES"]

Array = NDArray[np.float64]


def _cheek_and_jaw(land: BoneLandmarks) -> tuple[Array, Array]:
    """Return cheek bone and jaw, a little inwards: chewing muscles lie under the skin."""
    return land.moved(land.zygoma, 0.006, 0.0, 0.0), land.moved(land.jaw_angle, 0.006, 0.0, 0.0)


def _sternocleidomastoid(land: BoneLandmarks) -> list[Strand]:
    mastoid, sternal = land.mastoid, land.clavicle_head
    middle = lerp(mastoid, sternal, 0.5)
    return [
        free(
            [
                land.moved(mastoid, 0, -0.002, 0.004),
                land.moved(middle, -0.006, -0.002, 0),
                land.moved(sternal, 0.010, -0.010, -0.004),
            ],
            "head neck torso",
        ),
        free(
            [
                land.moved(mastoid, 0.002, 0.006, 0.004),
                land.moved(middle, -0.009, 0.006, 0.002),
                land.moved(sternal, -0.024, -0.002, 0.006),
            ],
            "head neck clavicle_r",
        ),
    ]


def _splenius_capitis(land: BoneLandmarks) -> list[Strand]:
    mastoid = land.mastoid
    return [
        free(
            [
                land.moved(mastoid, 0.012, 0.022, 0.004),
                land.in_neck(-3.73, 0.024, 0.0107),
                land.in_neck(0.49, 0.012, 0.0207),
            ],
            "head neck torso",
        ),
        free(
            [
                land.moved(mastoid, 0.028, 0.034, 0.006),
                land.in_neck(-3.73, 0.014, 0.0197),
                land.in_neck(0.78, 0.008, 0.0297),
            ],
            "head neck torso",
        ),
    ]


def _scalenes(land: BoneLandmarks) -> list[Strand]:
    return [
        free(
            [
                land.in_neck(-5.82, 0.022, -0.0113),
                land.in_neck(-2.34, 0.030, -0.0213),
                land.moved(land.clavicle(0.28), 0, 0.012, -0.004),
            ],
            "neck neck torso",
        ),
        free(
            [
                land.in_neck(-5.82, 0.024, 0.0017),
                land.in_neck(-2.34, 0.034, -0.0043),
                land.moved(land.clavicle(0.42), 0, 0.03, -0.002),
            ],
            "neck neck torso",
        ),
        free(
            [
                land.in_neck(-6.16, 0.024, 0.0077),
                land.in_neck(-3.04, 0.034, 0.0097),
                land.moved(land.superior_angle, 0.006, 0, 0.004),
            ],
            "neck neck scapula_r",
        ),
    ]


def _infrahyoid_muscles(land: BoneLandmarks) -> list[Strand]:
    return [
        free(
            [
                land.in_neck(-4.77, 0.004, -0.0733),
                land.in_neck(-1.99, 0.004, -0.0643),
                land.in_neck(0.19, 0.006, -0.0603),
                land.in_neck(1.95, 0.011, -0.0520),
            ],
            "neck neck torso torso",
        ),
        free(
            [
                land.in_neck(-5.47, 0.015, -0.0683),
                land.in_neck(-2.34, 0.015, -0.0593),
                land.in_neck(0.19, 0.017, -0.0563),
                land.in_neck(1.85, 0.019, -0.0500),
            ],
            "neck neck torso torso",
        ),
    ]


def _masseter(land: BoneLandmarks) -> list[Strand]:
    zygoma, jaw = _cheek_and_jaw(land)
    return [
        free(
            [
                land.moved(zygoma, 0, 0.006 + 0.012 * k, -0.004),
                land.moved(jaw, -0.003, -0.012 + 0.008 * k, 0.006),
            ],
            "head head",
        )
        for k in range(3)
    ]


def _temporalis(land: BoneLandmarks) -> list[Strand]:
    zygoma, _ = _cheek_and_jaw(land)
    skull = land.bone("hat_skull")
    temporalis: list[Strand] = []
    for k in range(5):
        a = np.radians(15 + 37 * k)
        start = land.head.at(-66, -28.9 - 48 * np.cos(a), 59.4 + 48 * np.sin(a))
        distance = np.hypot(skull[:, 1] - start[1], skull[:, 2] - start[2])
        near = skull[(distance < 0.010 * land.scale) & (skull[:, 0] < land.mid)]
        if len(near):
            start = np.median(near, 0)
        under = land.moved(zygoma, 0.012, 0.014, -0.012)
        bulge = land.moved(lerp(start, under, 0.55), 0, 0.003, 0)
        temporalis.append(free([land.moved(start, 0.001, 0, 0), bulge, under], "head head head"))
    return temporalis


MUSCLES: tuple[AuthoredMuscle, ...] = (
    AuthoredMuscle(
        "sternocleidomastoid",
        belly=(0, 1),
        tendon_mm=2.4,
        power=0.5,
        strands=_sternocleidomastoid,
        ends=(0.42, 0.2),
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
        # they floor the hollow above the collarbone
        sheet=True,
        triangles=0.6,
    ),
    AuthoredMuscle(
        "infrahyoid_muscles",
        belly=(0, 1),
        tendon_mm=3,
        power=0.4,
        strands=_infrahyoid_muscles,
        # flat straps over the larynx
        sheet=True,
        thickness_mm=2.4,
        triangles=0.7,
        most_fill_mm=2.5,
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
