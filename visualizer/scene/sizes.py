"""How large marks are and how heavy lines: in proportion to the body as it is seen.

A mark that kept its size in a small picture would cover what it stands for, a line of three pixels
would swallow a thin muscle, and a letter of four pixels says nothing. So both shrink with the body,
a little more slowly, and a badge whose letter could not be read is a dot without one: the colour
tells the role, the arrows the contraction.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from visualizer.catalog.variation import Role

__all__ = ["LEAST_LETTER_PX", "MarkSizes", "largest_badge_px", "line_widths_px", "seen_scale"]

# Radius of a badge and width of its rim, for a picture 1080 pixels high, times a share by role: the
# first glance falls on the prime mover.
_RADIUS_PX, _RIM_PX = 17.0, 2.2
_SIZES = {Role.PRIME_MOVER: 1.45, Role.SYNERGIST: 1.2, Role.STABILIZER: 0.85}
_ARROWS = {Role.PRIME_MOVER: 1.5, Role.SYNERGIST: 1.1, Role.STABILIZER: 0.75}
_RIMS = {Role.PRIME_MOVER: 1.3, Role.SYNERGIST: 1.3, Role.STABILIZER: 0.5}
# Where a picture shows more than so much of the scene from top to bottom the body stands small.
_SEEN_M = 1.25
# What is smaller than so large a share of its full size shrinks more slowly than the body.
_SMALL, _SLOWLY = 0.5, 0.72
# A letter is so high against its badge's radius, and is left out where it would be lower than this.
_LETTER, LEAST_LETTER_PX = 1.24, 6.0
# No line is thinner than this and such a share of its full width; the widest is the renderer's.
_LEAST_LINE_PX, _LEAST_LINE, _WIDEST_LINE_PX = 0.5, 0.2, 4.0
_DOT = 0.6  # radius of a badge without a letter, against one with
# Height of a figure's digits, of the radius of the largest badge; and of its plate, of the digits'.
_FIGURE, _PLATE = 1.15, 1.24
# Height of the sign of doubt, against its badge's radius.
_SIGN = 0.95
# The longest arrow and the shortest that is still one, of the size 1; and the shortest of any size.
_ARROW_PX, _SHORTEST_PX = 58.0, 20.0
_LEAST_ARROW_PX = {Role.PRIME_MOVER: 6.0, Role.SYNERGIST: 5.5, Role.STABILIZER: 4.0}


def seen_scale(height_px: int, seen_m: float = _SEEN_M) -> float:
    """Return the scale of what is drawn on the body, 1 in a picture 1080 pixels high.

    Parameters
    ----------
    height_px : int
        Height of the picture.
    seen_m : float
        How much of the scene it shows from top to bottom, metres.
    """
    full = height_px / 1080.0 * min(1.0, _SEEN_M / seen_m)
    return full if full >= _SMALL else _SMALL * (full / _SMALL) ** _SLOWLY


def line_widths_px(full_px: NDArray[np.float32], scale: float) -> NDArray[np.float32]:
    """Return the widths (P,) of the lines round parts in a picture of a scale, pixels.

    Parameters
    ----------
    full_px : (P,) ndarray
        Their widths in a picture of the scale 1.
    scale : float
        See :func:`seen_scale`.
    """
    least = np.minimum(full_px, _LEAST_LINE_PX + _LEAST_LINE * full_px)
    wide = np.maximum(full_px * np.float32(scale), least)
    return np.asarray(np.minimum(wide, _WIDEST_LINE_PX), np.float32)


@dataclass(frozen=True)
class MarkSizes:
    """The sizes of marks in a picture.

    Attributes
    ----------
    scale : float
        1 for a picture 1080 pixels high that is filled by the body.
    least_letter_px : float
        No letter is lower than this, and what belongs to it grows with it: on paper it must be read
        at the size at which it is printed.
    """

    scale: float
    least_letter_px: float = 0.0

    @classmethod
    def of(cls, height_px: int, seen_m: float = _SEEN_M, least_letter_px: float = 0.0) -> MarkSizes:
        """Return the sizes for a picture, see :func:`seen_scale`."""
        return _sizes(height_px, seen_m, least_letter_px)

    def scale_of(self, role: Role) -> float:
        """Return the scale of a role's badge, arrows and line."""
        return max(self.scale, self.least_letter_px / (_LETTER * _RADIUS_PX * _SIZES[role]))

    def letter_px(self, role: Role) -> float | None:
        """Return the height of a role's letter; None where it could not be read."""
        high = _LETTER * _RADIUS_PX * _SIZES[role] * self.scale_of(role)
        return high if high >= LEAST_LETTER_PX else None

    def radius_px(self, role: Role) -> float:
        """Return the radius of a role's badge."""
        return self._radii_px[role]

    @cached_property
    def _radii_px(self) -> dict[Role, float]:
        whole = {role: _RADIUS_PX * _SIZES[role] * self.scale_of(role) for role in Role}
        lettered = {role: self.letter_px(role) is not None for role in Role}
        return {role: r if lettered[role] else _DOT * r for role, r in whole.items()}

    def sign_px(self, role: Role) -> float | None:
        """Return the height of the sign of doubt on a role's badge; None on one without a letter.

        It is a little smaller than the letter; where the letter is as low as can be, it is as high.
        """
        if self.letter_px(role) is None:
            return None
        return max(_SIGN * self.radius_px(role), LEAST_LETTER_PX)

    @property
    def plate_px(self) -> tuple[float, float]:
        """Height of a figure's digits, and of the plate on which they stand."""
        high = _FIGURE * self.radius_px(Role.PRIME_MOVER)
        return high, _PLATE * high

    def rim_px(self, role: Role) -> float:
        """Return the width of a badge's rim."""
        return _RIM_PX * _RIMS[role] * self.scale_of(role)

    def arrow(self, role: Role) -> float:
        """Return the size of a role's arrows, 1 for a plain one of a picture 1080 pixels high."""
        return _ARROWS[role] * self.scale_of(role)

    def arrow_px(self, role: Role) -> tuple[float, float]:
        """Return the length of a role's shortest and longest arrows, from the badge on."""
        return self._arrows_px[role]

    @cached_property
    def _arrows_px(self) -> dict[Role, tuple[float, float]]:
        found = {}
        for role in Role:
            shortest = max(_SHORTEST_PX * self.arrow(role), _LEAST_ARROW_PX[role])
            found[role] = shortest, max(_ARROW_PX * self.arrow(role), shortest)
        return found


@lru_cache(maxsize=16)
def _sizes(height_px: int, seen_m: float, least_letter_px: float) -> MarkSizes:
    """Return the sizes for a picture: the same object for the next one, with what it has found."""
    return MarkSizes(seen_scale(height_px, seen_m), least_letter_px)


def largest_badge_px(height_px: int) -> float:
    """Return half of the largest badge with its rim in a picture, pixels."""
    sizes, role = MarkSizes.of(height_px), Role.PRIME_MOVER
    return sizes.radius_px(role) + sizes.rim_px(role)
