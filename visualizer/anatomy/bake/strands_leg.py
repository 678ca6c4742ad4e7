"""Strands of thigh and lower leg: mostly the model's paths, widened where one line is too few."""

from __future__ import annotations

import numpy as np

from visualizer.anatomy.bake.landmarks import Landmarks, moved
from visualizer.anatomy.bake.strand import PathStrand, Strand, free

__all__ = ["leg_strands", "thigh_strands"]

# Origins and bellies of the vasti's extra strands (world, metres) and the offset of their end on
# the patella from the site of the path, from the front of the thigh backwards.
_VASTUS_LATERALIS = (
    ((-0.158, 0.145, 0.83), (-0.160, 0.120, 0.69), (0.002, 0.000, 0.012)),
    ((-0.160, 0.160, 0.845), (-0.170, 0.140, 0.70), (-0.004, 0.002, 0.010)),
    ((-0.150, 0.172, 0.80), (-0.172, 0.160, 0.66), (-0.010, 0.010, 0.016)),
    ((-0.145, 0.172, 0.72), (-0.166, 0.160, 0.62), (-0.012, 0.012, 0.010)),
)
_VASTUS_MEDIALIS = (
    ((-0.125, 0.150, 0.78), (-0.105, 0.115, 0.65), (-0.002, 0.000, 0.010)),
    ((-0.118, 0.165, 0.70), (-0.088, 0.125, 0.60), (0.014, 0.008, 0.006)),
    ((-0.112, 0.168, 0.64), (-0.086, 0.138, 0.575), (0.016, 0.014, -0.006)),
)
_SINGLE_PATHS = {
    "biceps_femoris_long_head": "bflh",
    "biceps_femoris_short_head": "bfsh",
    "semitendinosus": "semiten",
    "semimembranosus": "semimem",
    "rectus_femoris": "recfem",
    "vastus_intermedius": "vasint",
    "adductor_longus": "addlong",
    "adductor_brevis": "addbrev",
    "gracilis": "grac",
    "sartorius": "sart",
}
_LEG_PATHS = {
    "gastrocnemius_medial_head": "gasmed",
    "gastrocnemius_lateral_head": "gaslat",
    "soleus": "soleus",
    "tibialis_anterior": "tibant",
    "tibialis_posterior": "tibpost",
    "extensor_digitorum_longus": "edl",
    "extensor_hallucis_longus": "ehl",
    "flexor_digitorum_longus": "fdl",
    "flexor_hallucis_longus": "fhl",
    "fibularis_longus": "perlong",
    "fibularis_brevis": "perbrev",
}


def thigh_strands(land: Landmarks) -> dict[str, list[Strand]]:
    """Return the strands of the thigh's muscles by muscle id, right side."""
    strands: dict[str, list[Strand]] = {
        muscle: [PathStrand(f"{tendon}_r")] for muscle, tendon in _SINGLE_PATHS.items()
    }
    strands["adductor_magnus"] = [
        PathStrand(f"addmag{part}_r") for part in ("Prox", "Mid", "Dist", "Isch")
    ]
    for muscle, tendon, rows in (
        ("vastus_lateralis", "vaslat_r", _VASTUS_LATERALIS),
        ("vastus_medialis", "vasmed_r", _VASTUS_MEDIALIS),
    ):
        upper, lower = land.site(tendon, 2), land.site(tendon, 3)
        wide: list[Strand] = [
            free([origin, belly, upper + offset, lower], "femur_r femur_r patella_r patella_r")
            for origin, belly, offset in rows
        ]
        strands[muscle] = [wide[0], PathStrand(tendon), *wide[1:]]
    return strands


def leg_strands(land: Landmarks) -> dict[str, list[Strand]]:
    """Return the strands of the lower leg's muscles by muscle id, right side."""
    strands: dict[str, list[Strand]] = {
        muscle: [PathStrand(f"{tendon}_r")] for muscle, tendon in _LEG_PATHS.items()
    }
    femur, tibia = land.bone("r_femur"), land.bone("r_tibia")
    condyles = femur[femur[:, 2] < femur[:, 2].min() + 0.05]
    lateral = condyles[condyles[:, 0].argmin()]
    behind = condyles[condyles[:, 1].argmax()]
    plateau = tibia[:, 2].max()
    medial = tibia[tibia[:, 2] > plateau - 0.03]
    medial_x = medial[:, 0].max()
    strands["popliteus"] = [
        free(
            [
                moved(lateral, 0.002, 0.004, -0.006),
                (lateral[0] + 0.020, behind[1] + 0.004, plateau - 0.006),
                (medial_x - 0.022 - 0.004 * k, behind[1] - 0.012, plateau - 0.045 - 0.022 * k),
            ],
            "femur_r tibia_r tibia_r",
        )
        for k in (0, 1, 2)
    ]
    heel = land.site("gasmed_r", -1)
    strands["plantaris"] = [
        free(
            [
                moved(lateral, 0.02, 0.018, 0.016),
                (lateral[0] + 0.034, behind[1] + 0.010, plateau - 0.03),
                (lateral[0] + 0.048, behind[1] + 0.006, plateau - 0.12),
                np.array([heel[0] + 0.012, heel[1] - 0.014, heel[2] + 0.12]),
                moved(heel, 0.008, -0.004, 0.006),
            ],
            "femur_r tibia_r tibia_r tibia_r calcn_r",
        )
    ]
    return strands
