"""What a muscle's centre line is authored as, and the table row of its shape."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["BodyBlend", "FreeStrand", "PathStrand", "Strand", "between", "free"]

Array = NDArray[np.float64]
# (body, share) pairs that sum to 1
BodyBlend = tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class PathStrand:
    """A strand that runs along the path of a muscle-tendon unit of the model.

    Attributes
    ----------
    tendon : str
        Its name on the right side, e.g. ``glmax1_r``.
    """

    tendon: str


@dataclass(frozen=True)
class FreeStrand:
    """A strand authored from landmarks.

    Attributes
    ----------
    points : (n, 3) ndarray
        From origin to insertion, right side at rest, metres; a spline joins them.
    bodies : tuple of BodyBlend
        What each point moves with.
    """

    points: Array
    bodies: tuple[BodyBlend, ...]


Strand = PathStrand | FreeStrand


def between(first: str, second: str, share: float) -> BodyBlend:
    """Return the blend of two bodies, ``share`` of the second."""
    share = float(np.clip(share, 0.0, 1.0))
    return ((first, 1.0 - share), (second, share))


def free(points: Sequence[ArrayLike], bodies: Sequence[BodyBlend | str] | str) -> FreeStrand:
    """Return a free strand; ``bodies`` may be names, or one string of names with blanks."""
    if isinstance(bodies, str):
        bodies = bodies.split()
    blends = tuple(((b, 1.0),) if isinstance(b, str) else b for b in bodies)
    if len(blends) != len(points):
        raise ValueError(f"{len(points)} points but {len(blends)} bodies")
    return FreeStrand(np.array([np.asarray(p, float) for p in points]), blends)
