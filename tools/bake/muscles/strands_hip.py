"""Strands of the hip: glutei, deep flexors, tensor fasciae latae, iliotibial tract, pectineus."""

from __future__ import annotations

import numpy as np

from tools.bake.skeleton.landmarks import Landmarks, lerp, moved
from tools.bake.strands.strand import PathStrand, Strand, free

__all__ = ["hip_strands"]

_GREATER_TROCHANTER = np.array([-0.166, 0.170, 0.898])
# Heights at which the strands of the iliotibial tract begin, from front to back, metres: an arch
# over the trochanter that falls in front to the end of the tensor fasciae latae and behind to the
# edge of the gluteus maximus. A corner that stood up behind would be cut off by the flexed hip.
_TRACT_TOP_M = (0.908, 0.926, 0.924, 0.906, 0.872)


def hip_strands(land: Landmarks) -> dict[str, list[Strand]]:
    """Return the strands of the hip's muscles by muscle id, right side."""
    crest, asis = land.crest, land.asis
    maximus: list[Strand] = [
        # the deep fibres first, then the superficial ones from above downwards
        PathStrand("glmax2_r"),
        PathStrand("glmax1_r"),
        # They run into the tract along a line from the trochanter to a hand below it.
        free(
            [
                moved(crest(0.200), -0.004, 0.012, -0.016),
                (-0.142, 0.212, 0.985),
                (-0.178, 0.192, 0.915),
                (-0.185, 0.152, 0.862),
            ],
            "pelvis pelvis femur_r femur_r",
        ),
        free(
            [
                moved(crest(0.224), -0.002, 0.012, -0.016),
                (-0.124, 0.232, 0.965),
                (-0.171, 0.204, 0.882),
                (-0.185, 0.156, 0.826),
            ],
            "pelvis pelvis femur_r femur_r",
        ),
        free(
            [
                (-0.066, 0.242, 0.995),
                (-0.114, 0.238, 0.912),
                (-0.160, 0.206, 0.838),
                (-0.182, 0.162, 0.794),
            ],
            "pelvis pelvis femur_r femur_r",
        ),
        # from the sacrum's tip: the fibres of the fold, which end deeper, on the femur
        free(
            [
                (-0.046, 0.240, 0.958),
                (-0.092, 0.236, 0.872),
                (-0.140, 0.206, 0.806),
                (-0.174, 0.166, 0.772),
            ],
            "pelvis pelvis femur_r femur_r",
        ),
        PathStrand("glmax3_r"),
    ]
    top = _GREATER_TROCHANTER
    medius: list[Strand] = [
        free(
            [
                origin + np.array([-0.004, 0.003, -0.004]),
                moved(lerp(origin, top, 0.5), -0.016, bow, 0.01),
                moved(top, -0.004, 0.006 * k - 0.01, 0.006),
            ],
            "pelvis pelvis femur_r",
        )
        for k, (origin, bow) in enumerate(
            (
                (moved(asis, -0.002, 0.008, 0.012), -0.004),
                (crest(0.125), -0.002),
                (crest(0.140), 0.000),
                (crest(0.155), 0.004),
                (crest(0.185), 0.012),
            )
        )
    ]
    gerdy = land.site("tfl_r", 3)
    tract: list[Strand] = [
        free(
            [
                # its front edge lies on the tensor, or one would look in between the two
                (-0.172 - 0.004 * u, 0.108 + (0.186 - 0.108) * u, top_z),
                (-0.183 - 0.003 * u, 0.113 + (0.186 - 0.113) * u, 0.800),
                (-0.180, 0.132 + (0.164 - 0.132) * u, 0.660),
                (-0.169, 0.140 + (0.154 - 0.140) * u, 0.530),
                moved(gerdy, -0.002, -0.012 + 0.022 * u, 0.0),
            ],
            "femur_r femur_r femur_r femur_r tibia_r",
        )
        for u, top_z in zip(np.linspace(0, 1, 5), _TRACT_TOP_M, strict=True)
    ]
    pubis = land.pubic_tubercle
    femur = land.shaft("r_femur")
    pectineus: list[Strand] = [
        free(
            [
                moved(pubis, -0.006 - 0.026 * u, 0.003 + 0.012 * u, 0.004 + 0.006 * u),
                moved(lerp(pubis, femur(0.22), 0.55), -0.012 * u, -0.01 + 0.008 * u, 0.012 * u),
                moved(femur(0.22 - 0.05 * u), 0.01, 0.01, 0.0),
            ],
            "pelvis pelvis femur_r",
        )
        for u in (0.0, 0.5, 1.0)
    ]
    return {
        "gluteus_maximus": maximus,
        "gluteus_medius": medius,
        "gluteus_minimus": [PathStrand(f"glmin{k}_r") for k in (1, 2, 3)],
        "piriformis": [PathStrand("piri_r")],
        "tensor_fasciae_latae": [PathStrand("tfl_r")],
        "iliacus": [PathStrand("iliacus_r")],
        "psoas_major": [PathStrand("psoas_r")],
        "pectineus": pectineus,
        "iliotibial_tract": tract,
    }
