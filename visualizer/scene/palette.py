"""One table for role and contraction: colour, pattern, mark, letter; and the themes' colours.

Stage, chart, timeline, legend and exports all read it, so that a role looks the same everywhere;
how its muscles are filled on the body is in :mod:`visualizer.scene.fills`.
The three role colours keep 3:1 contrast on white and on #1b1b1b and stay apart under simulated
colour blindness; their grey values are close, which is why letter, outline and figures always
go with them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from visualizer.catalog.variation import Contraction, Role
from visualizer.errors import UnknownNameError
from visualizer.render import Backdrop, HaloLook, Light, Pattern
from visualizer.render.colour import rgb
from visualizer.texts import tr

__all__ = [
    "CONTRACTION_STYLES",
    "ROLE_STYLES",
    "THEMES",
    "ContractionStyle",
    "RoleStyle",
    "Theme",
    "rgb",
    "theme",
]


@dataclass(frozen=True)
class RoleStyle:
    """How a role is shown.

    Attributes
    ----------
    colour : str
        ``#rrggbb``, the same in all themes.
    letter : str
        Stands in marks, lanes and lists.
    """

    colour: str
    letter: str


@dataclass(frozen=True)
class ContractionStyle:
    """How a contraction is shown: figures along the fibres and the mark in text."""

    pattern: Pattern
    mark: str


ROLE_STYLES: Mapping[Role, RoleStyle] = {
    Role.PRIME_MOVER: RoleStyle("#D55E00", "P"),
    Role.SYNERGIST: RoleStyle("#CC79A7", "S"),
    Role.STABILIZER: RoleStyle("#0072B2", "St"),
}

CONTRACTION_STYLES: Mapping[Contraction, ContractionStyle] = {
    Contraction.CONCENTRIC: ContractionStyle(Pattern.TOWARDS_BELLY, "→ ←"),
    Contraction.ECCENTRIC: ContractionStyle(Pattern.AWAY_FROM_BELLY, "← →"),
    Contraction.ISOMETRIC: ContractionStyle(Pattern.STILL_LINES, "⊢ ⊣"),
}


@dataclass(frozen=True)
class Theme:
    """Colours of a theme, ``#rrggbb``; the interface is neutral, only muscles carry colour.

    Attributes
    ----------
    name : str
        ``"light"`` or ``"dark"``.
    glass_rim, glass_edge : str
        The rim of a plate that is left out, and the fine line round it.
    stage_top, stage_bottom : str
        Gradient behind the body.
    panel, raised : str
        Surfaces of the interface.
    text, secondary, hairline : str
        Text, quieter text, separators.
    ring : str
        Selection and focus.
    bone, tendon, fascia, inactive, skin : str
        What the body is made of besides working muscles: warm ivory bone, pearl tendon, flesh a
        cool, desaturated red-brown that shimmers through fascia, skin a stone without hue. Broad
        white sheets, and skin with a hue, would draw the eye from what works.
    metal, rubber, upholstery, mat, band : str
        Equipment.
    way : str
        The large arrow of the load: neutral, and quieter than what works.
    ink : str
        What outlines on the stage tend to.
    floor_shadow : str
        What the deepest shadow multiplies the floor's colour with.
    floor_shadow_strength : float
        0 … 1.
    light : Light
        The stage's lamps.
    outline : str
        The skin beside the flesh.
    outline_opacity, outline_rim : float
        Its opacity where it faces the eye, and how much more where it turns away; 0 … 1.
    """

    name: str
    glass_rim: str
    glass_edge: str
    stage_top: str
    stage_bottom: str
    panel: str
    raised: str
    text: str
    secondary: str
    hairline: str
    ring: str
    bone: str
    tendon: str
    fascia: str
    inactive: str
    skin: str
    metal: str
    rubber: str
    upholstery: str
    mat: str
    band: str
    way: str
    ink: str
    floor_shadow: str
    floor_shadow_strength: float
    light: Light
    outline: str
    outline_opacity: float
    outline_rim: float

    @cached_property
    def backdrop(self) -> Backdrop:
        """What the renderer draws behind, below and on the body."""
        return Backdrop(
            top=rgb(self.stage_top),
            bottom=rgb(self.stage_bottom),
            shadow=rgb(self.floor_shadow),
            shadow_strength=self.floor_shadow_strength,
            ink=rgb(self.ink),
            ring=rgb(self.ring),
            light=self.light,
        )

    @cached_property
    def halo(self) -> HaloLook:
        """How the skin looks beside the flesh."""
        return HaloLook(rgb(self.outline), self.outline_opacity, self.outline_rim)


THEMES: Mapping[str, Theme] = {
    t.name: t
    for t in (
        Theme(
            name="light",
            glass_rim="#D1CFCA",
            glass_edge="#A2A09C",
            stage_top="#F8F7F4",
            stage_bottom="#E9E7E2",
            panel="#FFFFFF",
            raised="#F6F5F2",
            text="#1B1B1B",
            secondary="#5A5955",
            hairline="#DCDAD4",
            ring="#1B1B1B",
            bone="#E2D5B0",
            tendon="#DFDCD6",
            fascia="#CDC2BD",
            inactive="#AE948E",
            skin="#CBC4BC",
            metal="#B7B9BC",
            rubber="#7C7E83",
            upholstery="#94969B",
            mat="#B9BCBF",
            band="#4A4C50",
            way="#7A7873",
            ink="#2A211D",
            floor_shadow="#6F6A62",
            floor_shadow_strength=0.75,
            light=Light(key=0.80, fill=0.16, sky=0.34, ground=0.16, rim=0.05),
            outline="#B98468",
            outline_opacity=0.14,
            outline_rim=0.58,
        ),
        Theme(
            name="dark",
            glass_rim="#2E2E2D",
            glass_edge="#605F5B",
            stage_top="#242424",
            stage_bottom="#151515",
            panel="#1B1B1B",
            raised="#232322",
            text="#F1EFEA",
            secondary="#ABA8A1",
            hairline="#363532",
            ring="#F1EFEA",
            bone="#9A8C68",
            tendon="#93918C",
            fascia="#776F6C",
            inactive="#4F403D",
            skin="#6B645E",
            metal="#8B8D91",
            rubber="#4B4C50",
            upholstery="#55575C",
            mat="#4A4C4F",
            band="#909399",
            way="#8E8B85",
            ink="#0B0908",
            floor_shadow="#000000",
            floor_shadow_strength=0.8,
            light=Light(key=0.78, fill=0.16, sky=0.30, ground=0.13, rim=0.16),
            outline="#D0B09C",
            outline_opacity=0.09,
            outline_rim=0.30,
        ),
    )
}


def theme(name: str) -> Theme:
    """Return a theme by name.

    Raises
    ------
    UnknownNameError
        When there is none of that name.
    """
    try:
        return THEMES[name]
    except KeyError:
        raise UnknownNameError(tr("theme"), name, THEMES) from None
