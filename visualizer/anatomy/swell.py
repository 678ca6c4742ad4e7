"""Muscles that are drawn thicker than they are, at one moment; ``swell.c`` is its twin."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Swell"]

Array = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Swell:
    """By how much the strands' knots are drawn thicker, and farther apart, than they are.

    Attributes
    ----------
    profile : (K, S) float32 ndarray
        How much of its muscle's share a knot thickens by.
    extra : (S,) float32 ndarray
        That share.
    broad : (S,) int32 ndarray
        1 for strands of broad muscles: these part from the muscle's middle.
    apart : (K,) float32 ndarray
        How much of the share they part by.
    """

    profile: Array
    extra: Array
    broad: NDArray[np.int32]
    apart: Array

    @classmethod
    def none(cls, knots: int, strands: int) -> Swell:
        """Return one that leaves all as it is."""
        return cls(
            np.zeros((knots, strands), np.float32),
            np.zeros(strands, np.float32),
            np.zeros(strands, np.int32),
            np.zeros(knots, np.float32),
        )

    @property
    def thicker(self) -> Array:
        """(K, S): how many times as thick each knot is drawn."""
        return np.asarray(np.float32(1.0) + self.profile * self.extra, np.float32)

    def part(self, frames: Array, rest_knots: Array, muscle: NDArray[np.int32]) -> None:
        """Part the strands of broad muscles, in place.

        Parameters
        ----------
        frames : (K · S, 3, 4) float32 ndarray
            The knots' affine frames.
        rest_knots : (K, S, 3) float32 ndarray
            The knots at rest, metres.
        muscle : (S,) int32 ndarray
            Which muscle each strand belongs to.
        """
        frame = frames.reshape(*self.profile.shape, 3, 4)
        shift = frame[..., 3]
        for m in np.flatnonzero(np.bincount(muscle[self.broad > 0])):  # np.unique loads numpy.ma
            mine = np.flatnonzero((muscle == m) & (self.broad > 0))
            own = frame[:, mine]
            place = np.einsum("ksij,ksj->ksi", own[..., :3], rest_knots[:, mine]) + own[..., 3]
            aside = place - place.mean(axis=1, keepdims=True)
            shift[:, mine] += (self.apart[:, None] * self.extra[mine])[..., None] * aside
