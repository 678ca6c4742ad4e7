"""What surrounds the body: gradient, floor, lines and light of a theme."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Backdrop", "Light"]

Colour = tuple[float, float, float]


def _hex(text: str) -> Colour:
    return (int(text[1:3], 16) / 255, int(text[3:5], 16) / 255, int(text[5:7], 16) / 255)


_TOP, _BOTTOM = _hex("#F8F7F4"), _hex("#E9E7E2")
_SHADOW, _INK, _RING = _hex("#6F6A62"), _hex("#2A211D"), _hex("#1B1B1B")


@dataclass(frozen=True)
class Light:
    """Strengths of the lights; 1 in sum shows a colour as it was given.

    Attributes
    ----------
    key : float
        The lamp above the camera's left shoulder.
    fill : float
        The weak lamp from the right.
    sky, ground : float
        Light from above and from below, both dimmed by occlusion.
    rim : float
        Brightening towards the silhouette.
    """

    key: float = 0.80
    fill: float = 0.16
    sky: float = 0.34
    ground: float = 0.16
    rim: float = 0.05


@dataclass(frozen=True)
class Backdrop:
    """The stage of a theme; colours are sRGB 0 .. 1.

    Attributes
    ----------
    top, bottom : tuple of 3 float
        The vertical gradient.
    shadow : tuple of 3 float
        What the deepest shadow multiplies the floor's sRGB values with.
    shadow_strength : float
        0 .. 1.
    ink : tuple of 3 float
        What outlines tend to.
    edge_width_px, edge_strength : float
        The line where a part stands before nothing, unless the part's own is wider or darker:
        a silhouette stays clear also round parts whose inner borders are faint.
    ring : tuple of 3 float
        The selection ring.
    light : Light
        The lamps.
    """

    top: Colour = _TOP
    bottom: Colour = _BOTTOM
    shadow: Colour = _SHADOW
    shadow_strength: float = 0.75
    ink: Colour = _INK
    edge_width_px: float = 1.0
    edge_strength: float = 0.42
    ring: Colour = _RING
    light: Light = Light()

    @classmethod
    def bright(cls) -> Backdrop:
        """Return the stage of the light theme."""
        return cls()

    @classmethod
    def dark(cls) -> Backdrop:
        """Return the stage of the dark theme."""
        return cls(
            top=_hex("#242424"),
            bottom=_hex("#151515"),
            shadow=_hex("#000000"),
            shadow_strength=0.8,
            ink=_hex("#0B0908"),
            ring=_hex("#F1EFEA"),
            light=Light(key=0.78, fill=0.16, sky=0.30, ground=0.13, rim=0.16),
        )
