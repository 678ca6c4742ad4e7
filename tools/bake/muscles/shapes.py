"""How thick a muscle is along its strands, and how it asserts itself against its neighbours.

The radius along a strand is ``max(tendon radius, r · sin(π v^skew)^power)`` on the belly, v going
0…1 over it; ``r`` is found by iteration so that the muscle meets its volume. Fleshy ends keep a
share of the width (else origins look pinched); sheets have low powers and a least thickness;
superficial sheets carry a bias so that they lie over what they cover.

A muscle of the lower leg is broad where its one strand is a line: round spindles would stand apart
like sausages. Its flesh fills the space between several lines beside that strand, which alone
moves it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["FASCIAE", "SHAPES", "FasciaShape", "MuscleShape"]

_FLESHY_END = 0.42
# Offsets from a strand (aside towards the midplane, back), millimetres.
_Line = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class MuscleShape:
    """A row of the table.

    Attributes
    ----------
    id : str
        The muscle.
    belly : (float, float)
        Where along the strands the flesh begins and ends, 0…1.
    tendon_mm : float
        Radius of the tendons, and the least of the belly.
    power, taper : float
        Exponents of the profile towards origin and insertion.
    skew : float
        Below 1 moves the thickest place towards the origin.
    bias : float
        Above 1 lets the muscle win space from its neighbours.
    ends : (float, float) or None
        Share of the width that fleshy ends keep; from ``belly`` by default.
    thickness_mm : float or None
        Least half-thickness of a sheet.
    sheet : bool
        Fill the space between the strands.
    widths : tuple of float or None
        Relative thickness across the strands.
    bulge_mm : (3,) tuple or None
        Pushes the middle out, the more the later the strand, world axes.
    triangles : float
        Relative density of its triangles.
    fade : float
        Share of the strands on which red flesh turns to white tendon, about the belly's ends.
    smooth_mm : float or None
        Rounding of the groove towards neighbours; 6 for thick, 3 for thin muscles by default.
    lines_mm : tuple of lines
        The lines that a muscle of one strand lies between, side by side: each the offsets from the
        strand (aside towards the midplane, back) at stations evenly spaced along it. Empty where
        it follows its strands.
    """

    id: str
    belly: tuple[float, float] = (0.0, 1.0)
    tendon_mm: float = 2.5
    power: float = 0.75
    taper: float | None = None
    skew: float = 1.0
    bias: float = 1.0
    ends: tuple[float, float] | None = None
    thickness_mm: float | None = None
    sheet: bool = False
    widths: tuple[float, ...] | None = None
    bulge_mm: tuple[float, float, float] | None = None
    triangles: float = 1.0
    fade: float = 0.07
    smooth_mm: float | None = None
    lines_mm: tuple[_Line, ...] = ()

    def profile(self, knots: int) -> NDArray[np.float64]:
        """Return the relative radius at each knot, (K,)."""
        u = np.linspace(0, 1, knots)
        b0, b1 = self.belly
        v = np.clip((u - b0) / (b1 - b0), 0, 1) ** self.skew
        taper = self.power if self.taper is None else self.taper
        p = np.sin(np.pi * v) ** np.where(v < 0.5, self.power, taper)
        first, last = self.ends or (
            _FLESHY_END if b0 == 0 else 0.0,
            _FLESHY_END if b1 >= 0.97 else 0.0,
        )
        p = np.maximum(p, np.where(v < 0.5, first, last))
        return np.where((u >= b0) & (u <= b1), p, 0.0)

    def beside(self, strand: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the lines (n, K, 3) beside one strand (K, 3) that the flesh lies between."""
        from scipy.interpolate import PchipInterpolator

        u = np.linspace(0, 1, len(strand))
        out = []
        for line in self.lines_mm:
            offset = PchipInterpolator(np.linspace(0, 1, len(line)), np.array(line) * 1e-3)(u)
            out.append(strand + np.pad(offset, ((0, 0), (0, 1))))
        return np.array(out)


@dataclass(frozen=True)
class FasciaShape:
    """A sheet of fascia that lies over everything else.

    Attributes
    ----------
    id : str
        The fascia.
    outward : (3,) tuple
        Roughly which way it faces.
    lift_mm : float
        How far above the muscles its outer face lies.
    thickness_mm : float
        From face to face.
    grid : (int, int)
        Rows across and columns along.
    medial_edge : bool
        Whether its first strand stays at the midplane.
    sunk : ((float, float), (float, float))
        Shares of its length at its ends on which it sinks into what it is attached to, and how
        deep it lies there, mm.
    """

    id: str
    outward: tuple[float, float, float]
    lift_mm: float
    thickness_mm: float
    grid: tuple[int, int]
    medial_edge: bool = False
    sunk: tuple[tuple[float, float], tuple[float, float]] = ((0.0, 0.0), (0.0, 0.0))


_M = MuscleShape
SHAPES: tuple[MuscleShape, ...] = (
    # ------------------------------------------------------------------------------- hip
    _M("gluteus_maximus", (0, 1), 4, 0.5, bias=1.1, thickness_mm=4, ends=(0.45, 0.3),
       sheet=True, widths=(0.8, 0.8, 0.85, 1.0, 1.1, 1.1, 1.0), bulge_mm=(0, 8, -2),
       triangles=1.6),
    # its lower end whitens slowly, as under the gluteal aponeurosis, towards the iliotibial tract
    _M("gluteus_medius", (0, 0.90), 4, 0.38, thickness_mm=4, ends=(0.45, 0.35), sheet=True,
       fade=0.40),
    _M("gluteus_minimus", (0, 0.95), 4, 0.5, sheet=True, triangles=0.6),
    _M("piriformis", (0, 0.9), 3, triangles=0.6),
    _M("tensor_fasciae_latae", (0, 0.36), 3.2, bias=1.15, ends=(0.5, 0.3), smooth_mm=3),
    _M("iliacus", (0, 0.95), 5, 0.6, triangles=0.7),
    _M("psoas_major", (0, 0.9), 4, 0.6, triangles=0.7),
    _M("pectineus", (0, 1), 3.5, 0.5, ends=(0.5, 0.4), sheet=True),
    # ----------------------------------------------------------------------------- thigh
    _M("biceps_femoris_long_head", (0.03, 0.86), 3, 0.75, 1.1, triangles=1.2),
    _M("biceps_femoris_short_head", (0, 0.86), 3, 0.75, 1.0),
    _M("semitendinosus", (0.02, 0.72), 2.6, skew=0.85, triangles=1.2),
    _M("semimembranosus", (0.10, 0.98), 3, skew=1.15, triangles=1.2),
    _M("rectus_femoris", (0.05, 0.82), 4, 0.6, skew=1.25, bias=1.05, triangles=1.2, smooth_mm=3),
    _M("vastus_intermedius", (0, 0.91), 4, 0.4, 0.5, skew=1.0, bias=1.3, sheet=True,
       triangles=0.6),
    _M("vastus_lateralis", (0, 0.89), 5, 0.55, 0.9, skew=0.85, bias=1.03, fade=0.10, sheet=True,
       triangles=1.2, smooth_mm=3),
    _M("vastus_medialis", (0, 0.92), 5, 0.55, 0.8, skew=1.0, fade=0.10, sheet=True, triangles=1.2,
       smooth_mm=3),
    _M("adductor_magnus", (0, 0.92), 4, 0.5, sheet=True),
    _M("adductor_longus", (0.03, 1), 4, 0.6, smooth_mm=3),
    _M("adductor_brevis", (0, 1), 4, 0.6, triangles=0.7),
    _M("gracilis", (0, 0.74), 2.6, 0.6, bias=1.15, smooth_mm=3),
    _M("sartorius", (0, 0.86), 3.2, 0.35, 1.0, bias=1.2, triangles=1.2, smooth_mm=3),
    # ------------------------------------------------------------------------- lower leg
    _M("gastrocnemius_medial_head", (0, 0.60), 4, 0.5, 0.6, skew=0.8, ends=(0.5, 0), sheet=True,
       lines_mm=(((3, 0), (10, -6), (16, -8), (12, 0), (6, 2), (0, 0), (0, 0)),
                 ((0, 0), (2, 4), (3, 8), (3, 8), (2, 6), (0, 0), (0, 0)),
                 ((-3, 0), (-6, 4), (-11, 10), (-10, 10), (-4, 6), (0, 0), (0, 0)))),
    _M("gastrocnemius_lateral_head", (0, 0.56), 4, 0.5, 0.6, skew=0.8, ends=(0.5, 0), sheet=True,
       lines_mm=(((3, 0), (6, 4), (10, 10), (9, 10), (3, 4), (0, 0), (0, 0)),
                 ((-3, 0), (-6, -2), (-12, -4), (-12, 0), (-6, 2), (0, 0), (0, 0)))),
    _M("soleus", (0, 0.88), 5, 0.5, 0.7, skew=0.85, sheet=True,
       lines_mm=(((14, 8), (30, 10), (30, 6), (14, 2), (4, 0)),
                 ((0, 14), (0, 22), (0, 16), (0, 4), (0, 0)),
                 ((-16, 14), (-32, 14), (-28, 8), (-14, 2), (-4, 0)))),
    _M("popliteus", (0.08, 1), 3, 0.5, ends=(0.0, 0.5), sheet=True, bias=1.1, triangles=0.7),
    _M("plantaris", (0, 0.24), 1.4, 0.8, triangles=0.7),
    _M("tibialis_anterior", (0, 0.71), 2.8, 0.45, 1.0, skew=0.8, ends=(0.35, 0), sheet=True,
       lines_mm=(((-3, 0), (-5, 2), (-4, 3), (-3, 2), (0, 0), (0, 0)),
                 ((-10, 10), (-20, 12), (-18, 10), (-8, 4), (0, 0), (0, 0)))),
    _M("tibialis_posterior", (0, 0.77), 2.6, 0.5, 1.0, sheet=True, triangles=0.7,
       lines_mm=(((4, 0), (10, 2), (8, 4), (2, 2), (0, 0)),
                 ((-1, 2), (-2, 6), (-4, 8), (0, 2), (0, 0)))),
    _M("extensor_digitorum_longus", (0, 0.63), 2.6, 0.45, 1.2, skew=0.85, bias=1.08, sheet=True,
       lines_mm=(((-6, -6), (-12, -12), (-12, -8), (-4, -2), (0, 0), (0, 0)),
                 ((-8, 0), (-16, -2), (-13, -2), (-4, 0), (0, 0), (0, 0)))),
    # those that come out from between the others half way down begin as wedges
    _M("extensor_hallucis_longus", (0, 0.53), 2.4, 1.0, 1.8, ends=(0.1, 0), triangles=0.7),
    _M("flexor_digitorum_longus", (0, 0.53), 2.5, 0.6, 1.2, ends=(0.1, 0), bias=1.4,
       triangles=0.7),
    _M("flexor_hallucis_longus", (0, 0.56), 2.5, 0.7, 1.2, ends=(0.1, 0), triangles=0.7),
    _M("fibularis_longus", (0, 0.62), 2.6, 0.45, 1.2, skew=0.8, sheet=True,
       lines_mm=(((-6, -4), (-14, -4), (-12, -4), (-3, 0), (0, 0), (0, 0)),
                 ((-8, 4), (-14, 8), (-12, 6), (-3, 2), (0, 0), (0, 0)))),
    _M("fibularis_brevis", (0, 0.74), 2.6, 0.8, 1.0, ends=(0.1, 0), triangles=0.7),
    # ------------------------------------------------------------------------------ back
    _M("iliocostalis", (0, 1), 5, 0.25, sheet=True, triangles=0.6),
    _M("longissimus", (0, 1), 5, 0.25, sheet=True, triangles=0.6),
    _M("spinalis", (0, 1), 3, 0.4, bias=1.1, triangles=0.6),
    _M("multifidus", (0, 1), 3, 0.5, ends=(0.2, 0.2), sheet=True, bias=0.9, triangles=0.6),
    _M("quadratus_lumborum", (0, 1), 5, 0.3, sheet=True, triangles=0.6),
    _M("trapezius", (0, 1), 3.5, 0.2, bias=1.5, thickness_mm=5, sheet=True),
    _M("latissimus_dorsi", (0.07, 0.97), 3.5, 0.25, bias=1.4, thickness_mm=3.4, sheet=True),
    _M("rhomboids", (0, 1), 3, 0.2, thickness_mm=3, bias=0.75, sheet=True, triangles=0.5),
    # ---------------------------------------------------------------------- chest, belly
    _M("pectoralis_major", (0, 0.97), 4, 0.45, bias=1.2, thickness_mm=4, sheet=True),
    _M("rectus_abdominis", (0, 1), 4.5, 0.2, bias=1.2, thickness_mm=4.6, sheet=True),
    _M("external_oblique", (0, 1), 3.0, 0.15, bias=1.5, thickness_mm=3.0, sheet=True),
    _M("internal_oblique", (0, 1), 3.5, 0.15, bias=0.7, thickness_mm=2.7, sheet=True,
       triangles=0.4),
    _M("transversus_abdominis", (0, 1), 2, 0.1, bias=0.7, thickness_mm=1.9, sheet=True,
       triangles=0.4),
    _M("serratus_anterior", (0, 1), 2.8, 0.3, bias=1.05, thickness_mm=2.8, sheet=True),
    # -------------------------------------------------------------------------- shoulder
    _M("deltoid", (0, 0.97), 4, 0.5, bias=1.25, thickness_mm=4, ends=(0.45, 0.2), sheet=True),
    _M("infraspinatus", (0, 0.95), 4, 0.5, thickness_mm=4, ends=(0.5, 0.3), sheet=True),
    _M("supraspinatus", (0, 0.75), 2, triangles=0.5),
    _M("subscapularis", (0, 0.9), 4, 0.5, sheet=True, triangles=0.5),
    _M("teres_minor", (0, 0.95), 3, sheet=True),
    _M("teres_major", (0, 0.97), 4, 0.5, sheet=True),
    _M("coracobrachialis", (0.1, 1), 3, triangles=0.6),
    # ------------------------------------------------------------------------------- arm
    _M("biceps_brachii", (0.28, 0.86), 2.5, 0.7),
    _M("brachialis", (0, 0.96), 4, 0.6, sheet=True, triangles=0.8),
    _M("triceps_brachii_long_head", (0.02, 0.90), 4, 0.5, 0.8),
    _M("triceps_brachii_lateral_head", (0, 0.93), 4, 0.5, 0.8, bias=1.15, sheet=True),
    _M("triceps_brachii_medial_head", (0, 0.97), 4, 0.5, bias=0.9, sheet=True, triangles=0.8),
    _M("brachioradialis", (0, 0.72), 2, 0.6, 1.3, ends=(0.4, 0), bias=1.05, triangles=0.8),
    _M("wrist_extensors", (0, 0.86), 1.8, 0.6, 1.8, ends=(0.4, 0), sheet=True, triangles=0.8),
    _M("finger_extensors", (0, 0.80), 1.8, 0.6, 1.2, ends=(0.4, 0), sheet=True, triangles=0.8),
    _M("forearm_flexors", (0, 0.82), 1.8, 0.6, 1.2, ends=(0.5, 0), sheet=True, triangles=0.8),
    _M("flexor_pollicis_longus", (0, 0.66), 1.4, 0.6, triangles=0.5),
    _M("pronator_teres", (0, 0.95), 2, 0.6, triangles=0.7),
    _M("supinator", (0, 1), 2.5, 0.6, sheet=True, bias=1.3, triangles=0.5),
    _M("thumb_extensors", (0, 0.85), 1.5, 0.8, 1.6, skew=0.85, ends=(0.15, 0), bias=0.95,
       sheet=True, triangles=0.7),
    # ------------------------------------------------------------------------ neck, head
    _M("sternocleidomastoid", (0, 1), 3, 0.5, bias=1.2, sheet=True),
    _M("splenius_capitis", (0, 1), 5, 0.4, sheet=True, triangles=0.7),
    _M("scalenes", (0, 1), 4, 0.4, triangles=0.6),
    _M("infrahyoid_muscles", (0, 1), 3, 0.4, triangles=0.7),
    _M("masseter", (0, 1), 4, 0.5, sheet=True, triangles=0.5),
    _M("temporalis", (0, 1), 2.5, 0.3, sheet=True, thickness_mm=2, triangles=0.4),
)  # fmt: skip

FASCIAE: tuple[FasciaShape, ...] = (
    FasciaShape("thoracolumbar_fascia", (0, 1, 0), 2.2, 1.8, (9, 24), medial_edge=True),
    FasciaShape("iliotibial_tract", (-1, 0, 0), 1.6, 0.95, (9, 27), sunk=((0.06, 4), (0.13, 11))),
)
