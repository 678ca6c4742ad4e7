"""What the moments of this lift assume."""

from __future__ import annotations

from visualizer.texts import N_

__all__ = ["ASSUMPTIONS"]

ASSUMPTIONS: tuple[str, ...] = (
    N_(
        "Hip hinge: the lean of the trunk follows the minimum-jerk profile over the lowering and "
        "the lift; a quicker or jerky turn at the bottom needs a larger moment there."
    ),
    N_(
        "Hip hinge: only the feet touch the floor, so where the pressure lies under them follows "
        "from the masses and how they move; nothing is left open."
    ),
    N_(
        "Hip hinge: the barbell is a point mass in the hands. How hard the arms draw it against "
        "the legs is not known, so that this force is left out."
    ),
    N_(
        "Hip hinge: the motion is balanced for a bar of 0.8 times body mass and stays the same "
        "with any other; a bar with which the body would tip over is refused."
    ),
)
