"""How working muscles are filled on the stage: ground, figures, light and outline by role.

Identity colours (:data:`visualizer.scene.palette.ROLE_STYLES`) name a role in lanes, lists and
badges. On the body they would be a flat map on which the largest area wins the first glance, and
that is the stabilizers'. So the stage has its own table: the prime mover is bright, saturated, lit
and heavily outlined; the synergist comes second; stabilizers are a pale tint with thin lines. In
the dark theme brightness alone is the hierarchy.

The values were found by measuring pictures: attention (tests/scene/test_first_glance.py), distance
of all groups for four kinds of eyes (tests/scene/test_colour_vision.py), grey levels of the
contractions. Orange keeps a saturation above 0.6 in light and shade; the pale blue keeps enough of
it after the warm lamp to be known as blue.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from visualizer.catalog.variation import Contraction, Role

__all__ = ["FILLS", "UNSTATED", "Fill"]


@dataclass(frozen=True)
class Fill:
    """How the muscles of a role are filled in one theme.

    Attributes
    ----------
    ground, open_ground : str
        ``#rrggbb`` between the figures; ``open_ground`` while lengthening.
    figures : mapping of Contraction to str
        ``#rrggbb`` of arrowheads, open chevrons and still lines.
    gloss, glow : float
        Highlight and own light at its strongest, when the muscle is short; 0 … 1.
    outline_width_px, outline_strength : float
        Line round the muscle: the weightier the role, the heavier.
    lanes : float
        How close still lines lie, against the usual number of lanes.
    """

    ground: str
    open_ground: str
    figures: Mapping[Contraction, str]
    gloss: float
    glow: float
    outline_width_px: float
    outline_strength: float
    lanes: float = 0.5

    def ground_of(self, contraction: Contraction) -> str:
        """Return the colour between the figures."""
        return self.open_ground if contraction is Contraction.ECCENTRIC else self.ground


def _figures(filled: str, hollow: str, still: str) -> dict[Contraction, str]:
    return {
        Contraction.CONCENTRIC: filled,
        Contraction.ECCENTRIC: hollow,
        Contraction.ISOMETRIC: still,
    }


FILLS: Mapping[str, Mapping[Role, Fill]] = {
    "light": {
        Role.PRIME_MOVER: Fill(
            "#F4580A",
            "#F88A42",
            _figures("#FF9E45", "#CB5518", "#C43A00"),
            0.45,
            0.32,
            3.0,
            0.95,
            0.8,
        ),
        Role.SYNERGIST: Fill(
            "#C8619F", "#D68CC4", _figures("#E79AC6", "#B0609E", "#A44A82"), 0.30, 0.20, 2.0, 0.80
        ),
        Role.STABILIZER: Fill(
            "#C8D9ED", "#C8D9ED", _figures("#ABC6E2", "#ABC6E2", "#ABC6E2"), 0.02, 0.0, 0.9, 0.25
        ),
    },
    "dark": {
        Role.PRIME_MOVER: Fill(
            "#F4580A",
            "#F88E46",
            _figures("#FFA24E", "#CC5C1E", "#A83000"),
            0.45,
            0.70,
            3.0,
            0.95,
            0.8,
        ),
        Role.SYNERGIST: Fill(
            "#E27CBC", "#D69AC0", _figures("#EDA0CD", "#A0568A", "#F3BCDD"), 0.28, 0.5, 1.9, 0.80
        ),
        Role.STABILIZER: Fill(
            "#365074", "#365074", _figures("#445F86", "#445F86", "#445F86"), 0.02, 0.0, 0.9, 0.25
        ),
    },
}

# Muscles of which nothing is stated: flesh with broken lines along the fibres, a sign of "unknown".
UNSTATED: Mapping[str, str] = {"light": "#EADFD9", "dark": "#85736D"}
