"""Strands of thigh and lower leg: mostly the model's paths, widened where one line is too few."""

from __future__ import annotations

import numpy as np

from tools.bake.skeleton.landmarks import Landmarks, moved
from tools.bake.strands.strand import PathStrand, Strand, free

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
    "adductor_longus": "addlong",
    "adductor_brevis": "addbrev",
    "gracilis": "grac",
    "sartorius": "sart",
}
_LEG_PATHS = {
    "gastrocnemius_medial_head": "gasmed",
    "gastrocnemius_lateral_head": "gaslat",
    "soleus": "soleus",
}
# The model starts these paths in the middle of a long origin, so bellies would be beads on a
# string. They begin with these points instead (world, metres) and join the path at a site.
_LEG_ORIGINS: dict[str, tuple[str, int, tuple[tuple[float, float, float], ...]]] = {
    "tibialis_anterior": ("tibant", 0, ((-0.153, 0.150, 0.450),)),
    "tibialis_posterior": ("tibpost", 1, ((-0.153, 0.178, 0.440), (-0.154, 0.177, 0.330))),
    "extensor_digitorum_longus": ("edl", 0, ((-0.160, 0.166, 0.456),)),
    "extensor_hallucis_longus": ("ehl", 0, ((-0.160, 0.176, 0.380),)),
    "flexor_digitorum_longus": (
        "fdl",
        1,
        ((-0.130, 0.178, 0.400), (-0.126, 0.183, 0.320), (-0.133, 0.186, 0.220)),
    ),
    "flexor_hallucis_longus": ("fhl", 0, ((-0.165, 0.196, 0.395),)),
    "fibularis_longus": ("perlong", 0, ((-0.164, 0.182, 0.466),)),
    "fibularis_brevis": ("perbrev", 0, ((-0.168, 0.186, 0.375),)),
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
        # the flesh ends at the patella, not at the tibia as the path does
        sites, bodies = land.sites(tendon)
        strands[muscle] = [wide[0], free(list(sites[:4]), bodies[:4]), *wide[1:]]
    # the intermedius wraps the shaft beneath the other heads; one line would bulge between them
    shaft, patella = land.shaft("r_femur"), land.site("vasint_r", 2)
    strands["vastus_intermedius"] = [
        free(
            [
                moved(shaft(0.16), aside, 0.004, 0.0),
                moved(shaft(0.50), 1.25 * aside, 0.0, 0.0),
                moved(shaft(0.80), 0.8 * aside, -0.016, 0.0),
                moved(patella, 0.3 * aside, 0.004, 0.002),
            ],
            "femur_r femur_r femur_r patella_r",
        )
        for aside in (-0.006, 0.008)
    ]
    return strands


def leg_strands(land: Landmarks) -> dict[str, list[Strand]]:
    """Return the strands of the lower leg's muscles by muscle id, right side."""
    strands: dict[str, list[Strand]] = {
        muscle: [PathStrand(f"{tendon}_r")] for muscle, tendon in _LEG_PATHS.items()
    }
    for muscle, (tendon, skipped, origin) in _LEG_ORIGINS.items():
        sites, bodies = land.sites(f"{tendon}_r")
        carriers = ["tibia_r"] * len(origin) + bodies[skipped:]
        strands[muscle] = [free([*origin, *sites[skipped:]], carriers)]
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
