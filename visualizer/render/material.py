"""How every part of a mesh looks: one array per property, written in place between frames."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from visualizer.render.colour import linear
from visualizer.render.contract import MATERIAL, Pattern
from visualizer.render.mesh import checked

__all__ = ["Materials", "Pattern"]

FloatArray = npt.NDArray[np.float32]


def _filled(count: int, value: Any, width: int = 0) -> Any:
    shape = (count, width) if width else (count,)
    return np.full(shape, value, np.float32)


@dataclass(frozen=True, eq=False)
class Materials:
    """Properties of P parts, struct of arrays; make one with :meth:`plain` and write into it.

    Attributes
    ----------
    colour, tendon_colour : (P, 3) float32 ndarray
        sRGB 0 .. 1, where the mesh's ``tendon`` is 0 and 1.
    gloss : (P,) float32 ndarray
        Strength of the highlight, 0 (matt) .. 1.
    sharpness : (P,) float32 ndarray
        0 (a broad highlight) .. 1 (a small, bright one, as on a taut surface).
    glow : (P,) float32 ndarray
        Strength of a light of its own in the part's hue, more at its rim, 0 .. 1.
    streaks : (P,) float32 ndarray
        Strength of the fine fibre streaks, 0 .. 1.
    pattern : (P,) int32 ndarray
        Values of :class:`Pattern`.
    pattern_phase : (P,) float32 ndarray
        Where the moving figures are, in periods; counts up for either direction.
    pattern_bands : (P,) float32 ndarray
        Number of periods along the whole muscle.
    pattern_lanes : (P,) float32 ndarray
        Number of lanes per metre of the coordinate across the fibres.
    pattern_strength : (P,) float32 ndarray
        0 (invisible) .. 1: how much of the figures' colour shows.
    figure_colour : (P, 3) float32 ndarray
        sRGB 0 .. 1, the colour of the figures.
    opacity : (P,) float32 ndarray
        1 = opaque; less lets what lies beneath shine through.
    outline_width_px, outline_strength : (P,) float32 ndarray
        Full width 0 .. 4 and darkness 0 .. 1 of the line round the part; of two neighbours the
        wider and the darker count.
    ring : (P,) bool ndarray
        Draw the selection ring round these parts (as one, where they touch).
    visible : (P,) bool ndarray
        Parts that are drawn at all.
    """

    colour: FloatArray
    tendon_colour: FloatArray
    gloss: FloatArray
    sharpness: FloatArray
    glow: FloatArray
    streaks: FloatArray
    pattern: npt.NDArray[np.int32]
    pattern_phase: FloatArray
    pattern_bands: FloatArray
    pattern_lanes: FloatArray
    pattern_strength: FloatArray
    figure_colour: FloatArray
    opacity: FloatArray
    outline_width_px: FloatArray
    outline_strength: FloatArray
    ring: npt.NDArray[np.bool_]
    visible: npt.NDArray[np.bool_]

    def __post_init__(self) -> None:
        self.validate()

    @classmethod
    def plain(cls, count: int) -> Materials:
        """Return ``count`` quiet, opaque, visible parts in neutral greys."""
        materials = cls(
            colour=_filled(count, 0.0, 3),
            tendon_colour=_filled(count, 0.0, 3),
            gloss=_filled(count, 0.10),
            sharpness=_filled(count, 0.0),
            glow=_filled(count, 0.0),
            streaks=_filled(count, 0.5),
            pattern=np.zeros(count, np.int32),
            pattern_phase=_filled(count, 0.0),
            pattern_bands=_filled(count, 8.0),
            pattern_lanes=_filled(count, 60.0),
            pattern_strength=_filled(count, 1.0),
            figure_colour=_filled(count, 0.0, 3),
            opacity=_filled(count, 1.0),
            outline_width_px=_filled(count, 1.0),
            outline_strength=_filled(count, 0.5),
            ring=np.zeros(count, np.bool_),
            visible=np.ones(count, np.bool_),
        )
        materials.colour[:] = 0.65
        materials.tendon_colour[:] = 0.92
        return materials

    @property
    def count(self) -> int:
        """Number of parts."""
        return len(self.colour)

    def validate(self) -> None:
        """Raise TypeError or ValueError when an array does not fit the others."""
        count = len(self.colour) if isinstance(self.colour, np.ndarray) else 0
        checked("colour", self.colour, np.float32, (count, 3))
        checked("tendon_colour", self.tendon_colour, np.float32, (count, 3))
        checked("figure_colour", self.figure_colour, np.float32, (count, 3))
        checked("pattern", self.pattern, np.int32, (count,))
        checked("ring", self.ring, np.bool_, (count,))
        checked("visible", self.visible, np.bool_, (count,))
        for name in (*_SCALARS, "pattern_phase"):
            checked(name, getattr(self, name), np.float32, (count,))

    def table(self) -> npt.NDArray[np.void]:
        """Return the (P,) ndarray of MATERIAL that the kernel reads; sane whatever was written."""
        # numpy's cost per call is more than that of the values
        still = [getattr(self, name).tobytes() for name in (*_COLOURS, "pattern", "ring")]
        rows = _still(self.count, *still).copy()
        columns = rows.view(np.float32).reshape(self.count, -1)
        columns[:, _AT] = _tamed(np.stack([getattr(self, name) for name in _SCALARS]), _MOST).T
        with np.errstate(invalid="ignore"):
            rows["pattern_phase"] = _tamed(np.mod(self.pattern_phase, 1.0), 1.0)
        return rows


@lru_cache(maxsize=4)
def _still(count: int, *columns: bytes) -> npt.NDArray[np.void]:
    """Return the rows of a table (P,) with what stays while the body moves: colours, figures."""
    rows = np.zeros(count, MATERIAL)
    for name, srgb in zip(_COLOURS, columns, strict=False):
        rows[name] = linear(_tamed(np.frombuffer(srgb, np.float32).reshape(count, 3), 1.0))
    pattern = np.frombuffer(columns[-2], np.int32)
    known = (pattern >= 0) & (pattern <= max(Pattern))
    rows["pattern"] = np.where(known, pattern, Pattern.NONE)
    rows["ring"] = np.frombuffer(columns[-1], np.bool_)
    return rows


def _tamed(value: FloatArray, most: FloatArray | float) -> FloatArray:
    """Return values within 0 .. ``most``; NaN becomes 0."""
    return np.fmin(np.fmax(value, np.float32(0.0)), np.asarray(most, np.float32))


_COLOURS = ("colour", "tendon_colour", "figure_colour")
# properties of one number, and the greatest that is sensible
_SCALARS = {
    "gloss": 1.0,
    "sharpness": 1.0,
    "glow": 1.0,
    "streaks": 1.0,
    "pattern_bands": 64.0,
    "pattern_lanes": 1000.0,
    "pattern_strength": 1.0,
    "opacity": 1.0,
    "outline_width_px": 4.0,
    "outline_strength": 1.0,
}
_MOST = np.array(list(_SCALARS.values()), np.float32)[:, None]
# where they are, as all of a row is numbers of four bytes
assert MATERIAL.fields is not None
_AT = np.array([MATERIAL.fields[name][1] // 4 for name in _SCALARS], np.intp)
