"""What is authored about a muscle: one record.

It says where the strands run, how thick the muscle is along them, how it asserts itself against its
neighbours, and how sheets and tendons are built.

The radius along a strand is ``max(tendon radius, r · sin(π v^skew)^power)`` on the belly, v going
0…1 over it; ``r`` is found by iteration so that the muscle meets its volume. Fleshy ends keep a
share of the width (else origins look pinched); sheets have low powers and a least thickness;
superficial sheets carry a bias so that they lie over what they cover.

A muscle of the lower leg is broad where its one strand is a line: round spindles would stand apart
like sausages. Its flesh fills the space between several lines beside that strand, which alone
moves it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.bake.skeleton.landmarks import BoneLandmarks
from tools.bake.strands.strand import PathStrand, Strand

__all__ = [
    "BACK",
    "LEFT",
    "NO_TENDON",
    "AuthoredFascia",
    "AuthoredMuscle",
    "Cord",
    "Loft",
    "Strands",
    "Tendon",
    "paths",
]

Array = NDArray[np.float64]
Strands = Callable[[BoneLandmarks], list[Strand]]

# World axes that the width of a flat tendon may lie along.
LEFT, BACK = 0, 1
_FLESHY_END = 0.42
# Offsets from a strand (aside towards the midplane, back), millimetres.
_Line = tuple[tuple[float, float], ...]


def paths(*tendons: str) -> Strands:
    """Return the strands along paths of the model, named without the side."""
    return lambda _: [PathStrand(f"{tendon}_r") for tendon in tendons]


@dataclass(frozen=True)
class Cord:
    """A tendon along part of a strand.

    Attributes
    ----------
    start, end : float
        Where it begins and ends along the strand, 0…1.
    width_mm, depth_mm : tuple of float
        Half-axes of its cross-section, at stations evenly spaced from start to end.
    axis : int
        World axis that the width lies along.
    beside : str or None
        A second muscle: the cord runs midway between its first strand and this one, and follows
        both.
    down_to_patella : float or None
        The share of the patella's height at which it ends, instead of at ``end``.
    over : tuple of (3,) tuples or None
        It is flat and lies on the flesh instead of along the strand: the directions (world, at
        rest) from which it is laid down, at stations evenly spaced from start to end.
    beneath : tuple of str
        Muscles that nevertheless lie over it.
    """

    start: float
    end: float
    width_mm: tuple[float, ...]
    depth_mm: tuple[float, ...]
    axis: int = BACK
    beside: str | None = None
    down_to_patella: float | None = None
    over: tuple[tuple[float, float, float], ...] | None = None
    beneath: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tendon:
    """The tendons of a muscle: round ones from its belly to origin and insertion by default.

    Attributes
    ----------
    width_mm, depth_mm : tuple of float or None
        Half-axes of flat ones.
    axis : int
        World axis that the width lies along.
    cords : tuple of Cord or None
        What is built instead; empty where the muscle is fleshy to the bone, or covered by a cord.
    """

    width_mm: tuple[float, ...] | None = None
    depth_mm: tuple[float, ...] | None = None
    axis: int = BACK
    cords: tuple[Cord, ...] | None = None


NO_TENDON = Tendon(cords=())


@dataclass(frozen=True)
class Loft:
    """How a sheet is built.

    Attributes
    ----------
    rows, columns : int
        Of its grid: across and along the fibres.
    along, across : tuple of float
        Relative thickness from origin to insertion, and from the first strand to the last.
    edge : (float, float)
        Exponents of the rounding towards the rim along and across; high ones stay full longer.
    beneath : tuple of str
        Muscles that it lies on; it is lifted above them and the bones.
    clear_mm : float
        By how much.
    cuts : tuple of float
        Places along the fibres where tendons cross it (rectus abdominis).
    teeth : float
        How far, as a share of their length, the fibres' origins are scalloped: the slips from
        rib to rib of serratus and external oblique.
    slips : int
        Number of gaps between them.
    grooves : float
        How far along the fibres the grooves between them reach, 0…1.
    """

    rows: int
    columns: int
    along: tuple[float, ...] = (1.0, 1.0)
    across: tuple[float, ...] = (1.0, 1.0)
    edge: tuple[float, float] = (8.0, 8.0)
    beneath: tuple[str, ...] = ()
    clear_mm: float = 0.3
    cuts: tuple[float, ...] = ()
    teeth: float = 0.0
    slips: int = 0
    grooves: float = 0.6


@dataclass(frozen=True)
class AuthoredMuscle:
    """All that is authored about one muscle.

    Attributes
    ----------
    id : str
        The muscle.
    strands : callable
        Its centre lines of the right side, from the landmarks.
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
    parts : tuple of int
        Strands of a sheet that a part of the muscle ends with: the space to the next strand stays
        empty, a groove.
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
    tendon : Tendon
        How its tendons are built.
    loft : Loft or None
        How it is built if it is a broad thin sheet rather than a volume.
    inscriptions : tuple of int
        Knots of its strands at which tendons cross the belly.
    white : callable or None
        What of its surface is white besides tendons: takes the landmarks, points (V, 3) in metres
        and their places along the fibres (V,), 0…1, and returns shares (V,).
    sheathes : str or None
        The muscle that its aponeurosis covers.
    most_fill_mm : float or None
        How far at most it fills the voids around it.
    layer : int
        0 for most. A muscle of a higher layer lies over those of lower ones: it keeps its own
        shape, and is cut from theirs.
    into_skin : str or None
        ``"hand"`` or ``"foot"`` where its tendons run on into that skin.
    fine_inside : bool
        Its triangles are no larger where they are hidden: its volume in poses hangs on them.
    wrapped : bool
        It lies beneath a tight fascia, which leaves no grooves to its neighbours.
    handed_over : (float, float) or None
        Its first two strands lie in one place at rest, and poses part them: where along them,
        0…1, its flesh goes over from the first, as which it begins, to the second.
    before_fasciae : bool
        It lies before a fascia's edge, and would lift it when it swells in the flexed hip.
    """

    id: str
    strands: Strands
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
    parts: tuple[int, ...] = ()
    bulge_mm: tuple[float, float, float] | None = None
    triangles: float = 1.0
    fade: float = 0.07
    smooth_mm: float | None = None
    lines_mm: tuple[_Line, ...] = ()
    tendon: Tendon = Tendon()
    loft: Loft | None = None
    inscriptions: tuple[int, ...] = ()
    white: Callable[[BoneLandmarks, Array, Array], Array] | None = None
    sheathes: str | None = None
    most_fill_mm: float | None = None
    layer: int = 0
    into_skin: str | None = None
    fine_inside: bool = False
    wrapped: bool = False
    handed_over: tuple[float, float] | None = None
    before_fasciae: bool = False

    @property
    def ends_with_its_belly(self) -> bool:
        """Whether flat tendons over others' flesh go on from it, rather than a thin tail of it."""
        return self.layer > 0 or any(c.over is not None for c in self.tendon.cords or ())

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
class AuthoredFascia:
    """A sheet of fascia that lies over everything else.

    Attributes
    ----------
    id : str
        The fascia.
    strands : callable
        Its centre lines of the right side, from the landmarks.
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
    strands: Strands
    outward: tuple[float, float, float]
    lift_mm: float
    thickness_mm: float
    grid: tuple[int, int]
    medial_edge: bool = False
    sunk: tuple[tuple[float, float], tuple[float, float]] = ((0.0, 0.0), (0.0, 0.0))
