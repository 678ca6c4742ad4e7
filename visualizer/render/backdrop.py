"""What surrounds what is drawn: gradient, floor, lines and light."""

from __future__ import annotations

from dataclasses import dataclass, replace

from visualizer.render.colour import rgb

__all__ = ["Backdrop", "Light"]

Colour = tuple[float, float, float]


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
    """The stage; colours are sRGB 0 .. 1. Neutral greys where nothing is said.

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

    top: Colour = (0.96, 0.96, 0.96)
    bottom: Colour = (0.90, 0.90, 0.90)
    shadow: Colour = (0.42, 0.42, 0.42)
    shadow_strength: float = 0.75
    ink: Colour = (0.14, 0.14, 0.14)
    edge_width_px: float = 1.0
    edge_strength: float = 0.42
    ring: Colour = (0.10, 0.10, 0.10)
    light: Light = Light()

    def plain(self, colour: str) -> Backdrop:
        """Return the same in one colour (``#rrggbb``) from top to bottom."""
        return replace(self, top=rgb(colour), bottom=rgb(colour))
