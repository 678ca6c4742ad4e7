"""How every part of a mesh looks: one array per property, written in place between frames."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from visualizer.render.mesh import checked

__all__ = ["Materials", "Pattern", "linear"]

FloatArray = npt.NDArray[np.float32]


class Pattern(IntEnum):
    """Bands across the fibres that tell the kind of contraction without colour."""

    NONE = 0
    TOWARDS_BELLY = 1
    AWAY_FROM_BELLY = 2
    STILL_BARS = 3


def linear(srgb: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Return sRGB values 0 .. 1 as linear light, same shape."""
    value = np.asarray(srgb, float)
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


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
    streaks : (P,) float32 ndarray
        Strength of the fine fibre streaks, 0 .. 1.
    pattern : (P,) int32 ndarray
        Values of :class:`Pattern`.
    pattern_phase : (P,) float32 ndarray
        Where the moving bands are, in band widths; counts up for either direction.
    pattern_bands : (P,) float32 ndarray
        Number of bands along the whole muscle.
    pattern_strength : (P,) float32 ndarray
        0 (invisible) .. 1.
    gap_colour : (P, 3) float32 ndarray
        sRGB 0 .. 1, what shows between the bands as far as ``gap_share`` says.
    gap_share : (P,) float32 ndarray
        0 (only a lighter tone) .. 1: how much of that colour shows there.
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
    streaks: FloatArray
    pattern: npt.NDArray[np.int32]
    pattern_phase: FloatArray
    pattern_bands: FloatArray
    pattern_strength: FloatArray
    gap_colour: FloatArray
    gap_share: FloatArray
    opacity: FloatArray
    outline_width_px: FloatArray
    outline_strength: FloatArray
    ring: npt.NDArray[np.bool_]
    visible: npt.NDArray[np.bool_]

    def __post_init__(self) -> None:
        self.validate()

    @classmethod
    def plain(cls, count: int) -> Materials:
        """Return ``count`` quiet, opaque, visible parts in the inactive muscles' colour."""
        materials = cls(
            colour=_filled(count, 0.0, 3),
            tendon_colour=_filled(count, 0.0, 3),
            gloss=_filled(count, 0.10),
            streaks=_filled(count, 0.5),
            pattern=np.zeros(count, np.int32),
            pattern_phase=_filled(count, 0.0),
            pattern_bands=_filled(count, 8.0),
            pattern_strength=_filled(count, 1.0),
            gap_colour=_filled(count, 0.0, 3),
            gap_share=_filled(count, 0.0),
            opacity=_filled(count, 1.0),
            outline_width_px=_filled(count, 1.0),
            outline_strength=_filled(count, 0.5),
            ring=np.zeros(count, np.bool_),
            visible=np.ones(count, np.bool_),
        )
        materials.colour[:] = np.array([0xB7, 0x9C, 0x92]) / 255
        materials.tendon_colour[:] = np.array([0xF1, 0xEC, 0xE0]) / 255
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
        checked("gap_colour", self.gap_colour, np.float32, (count, 3))
        checked("pattern", self.pattern, np.int32, (count,))
        checked("ring", self.ring, np.bool_, (count,))
        checked("visible", self.visible, np.bool_, (count,))
        for name in _SCALARS:
            checked(name, getattr(self, name), np.float32, (count,))

    def table(self) -> FloatArray:
        """Return the (P, 20) float32 rows that the kernel reads; sane whatever was written.

        Columns: linear colour 0-2, gloss 3, linear tendon colour 4-6, streaks 7, pattern 8,
        phase 9, bands 10, pattern strength 11, opacity 12, outline width 13, outline strength
        14, ring 15, linear gap colour 16-18, gap share 19.
        """
        rows = np.empty((self.count, 20), np.float32)
        rows[:, 0:3] = linear(np.clip(self.colour, 0.0, 1.0))
        rows[:, 4:7] = linear(np.clip(self.tendon_colour, 0.0, 1.0))
        rows[:, 3] = np.clip(self.gloss, 0.0, 1.0)
        rows[:, 7] = np.clip(self.streaks, 0.0, 1.0)
        rows[:, 8] = np.where((self.pattern >= 0) & (self.pattern <= max(Pattern)), self.pattern, 0)
        with np.errstate(invalid="ignore"):
            rows[:, 9] = np.mod(self.pattern_phase, 1.0)
        rows[:, 10] = np.clip(self.pattern_bands, 0.0, 64.0)
        rows[:, 11] = np.clip(self.pattern_strength, 0.0, 1.0)
        rows[:, 12] = np.clip(self.opacity, 0.0, 1.0)
        rows[:, 13] = np.clip(self.outline_width_px, 0.0, 4.0)
        rows[:, 14] = np.clip(self.outline_strength, 0.0, 1.0)
        rows[:, 15] = self.ring
        rows[:, 16:19] = linear(np.clip(self.gap_colour, 0.0, 1.0))
        rows[:, 19] = np.clip(self.gap_share, 0.0, 1.0)
        return np.nan_to_num(rows, copy=False, nan=0.0)


_SCALARS = (
    "gloss",
    "streaks",
    "pattern_phase",
    "pattern_bands",
    "pattern_strength",
    "gap_share",
    "opacity",
    "outline_width_px",
    "outline_strength",
)
