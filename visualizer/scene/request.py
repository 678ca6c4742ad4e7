"""What is asked of a view of the body, and what comes back: a picture is a value.

Stage, chart, thumbnails, sheets and files all ask with a :class:`RenderRequest` and get a
:class:`RenderedView`: the picture, what is painted over it, and what each of its pixels shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from visualizer.anatomy.surface import Part
from visualizer.exercise.repetition import Instant
from visualizer.lifts.base import ViewName
from visualizer.render import Camera, Picture
from visualizer.scene.channel import ColourChannel
from visualizer.scene.labels import LabelRoom
from visualizer.scene.legend import LegendRoom
from visualizer.scene.overlay import NOTHING, Overlay
from visualizer.scene.placing import Placed
from visualizer.scene.spots import SpotKeeper

__all__ = ["BARE", "Layers", "RenderRequest", "RenderedView", "SceneOptions", "View3D"]


@dataclass(frozen=True)
class SceneOptions:
    """What the viewer wants to see.

    Attributes
    ----------
    theme : str
        ``"light"`` or ``"dark"``.
    xray : bool
        Fade everything that does not work, so that deep working muscles show.
    selection, hover : str or None
        Id of the selected muscle and of the one under the mouse (a surface or a group).
    focus : str or None
        Id of a muscle that everything else steps back for.
    only : frozenset of str, optional
        Surfaces that keep what their colours and marks mean; the others look like flesh. None for
        all.
    swelling : bool
        Let working bellies thicken and thin more than they do, so that it is seen; see
        :mod:`visualizer.scene.swelling`.
    skin : bool
        Draw the skin's outline beside the flesh, see :mod:`visualizer.scene.skin`.
    clock : float
        Moves the bands of the pattern; 0 … 1 is one band.
    ground : str or None
        ``#rrggbb`` in place of the theme's backdrop.
    channel : ColourChannel or None
        What the muscles' colours mean; None for their roles.
    """

    theme: str = "light"
    xray: bool = False
    selection: str | None = None
    hover: str | None = None
    focus: str | None = None
    only: frozenset[str] | None = None
    swelling: bool = True
    skin: bool = True
    clock: float = 0.0
    ground: str | None = None
    channel: ColourChannel | None = None


@dataclass(frozen=True)
class Layers:
    """What is painted over the picture.

    Attributes
    ----------
    marks : bool
        Letters of the roles and arrows of the contractions, on their muscles.
    outline : bool
        The outline of a plate that is left out because it would hide the body.
    labels : LabelRoom or None
        Names with leader lines, and where they may stand; None leaves them out.
    legend : LegendRoom or None
        What the marks mean, in the lower left corner; None leaves it out.
    edges_px : (float, float, float)
        How much of the picture is covered above, below and at the left; the arrow of the load keeps
        clear of it.
    least_letter_px : float
        No letter of a mark is lower than this.
    near : bool
        Leave out marks that would stand far off their muscles, as in a small picture with letters
        that are read on paper.
    """

    marks: bool = True
    outline: bool = True
    labels: LabelRoom | None = None
    legend: LegendRoom | None = None
    edges_px: tuple[float, float, float] = (0.0, 0.0, 0.0)
    least_letter_px: float = 0.0
    near: bool = False


BARE = Layers(marks=False, outline=False)


@dataclass(frozen=True)
class RenderRequest:
    """What a picture shows.

    Attributes
    ----------
    instant : Instant
        What the body does.
    size : (int, int)
        Width and height in pixels.
    camera : Camera or ViewName
        Where the body is seen from. A named view holds all of the motion, or goes close to the
        muscle in focus, clear of what covers the edges. The chart takes no notice.
    options : SceneOptions
        Theme, x-ray, selection, focus.
    layers : Layers
        What is painted over the picture.
    supersample : int
        Samples along a pixel's side: 1 while moving, 2 at rest and for files.
    moving : bool
        Spare half of the shading, let the soft shadow be one picture late and look for better
        places of the marks in turn: nobody sees it in a moving picture.
    chart : bool
        Whether the standing body is wanted, front and back, where there is a choice.
    """

    instant: Instant
    size: tuple[int, int]
    camera: Camera | ViewName = ViewName.SIDE
    options: SceneOptions = SceneOptions()
    layers: Layers = Layers()
    supersample: int = 1
    moving: bool = False
    chart: bool = False


@dataclass(frozen=True)
class RenderedView:
    """A picture with what is painted over it and what its pixels show.

    Attributes
    ----------
    picture : Picture
        Colours and parts.
    overlay : Overlay
        Marks and labels in the picture's pixels.
    parts : tuple of Part
        What the picture's part numbers stand for.
    took_ms : (float, float)
        What drawing and the overlay took, milliseconds.
    legend : Overlay
        What is painted over all that.
    marks : tuple of Placed
        Where the marks stand, the weightiest first.
    """

    picture: Picture
    overlay: Overlay
    parts: tuple[Part, ...]
    took_ms: tuple[float, float] = (0.0, 0.0)
    legend: Overlay = NOTHING
    marks: tuple[Placed, ...] = ()

    def part_at(self, x: float, y: float) -> Part | None:
        """Return the part at a pixel, None where there is none."""
        index = self.picture.part_at(x, y)
        return None if index is None else self.parts[index]

    def muscle_at(self, x: float, y: float) -> str | None:
        """Return the id of the muscle at a pixel, None where there is none."""
        part = self.part_at(x, y)
        return None if part is None else part.muscle


class View3D(Protocol):
    """A way of showing a repetition: the stage, the chart."""

    def render(self, request: RenderRequest, keeper: SpotKeeper | None = None) -> RenderedView:
        """Return the picture that was asked for.

        Parameters
        ----------
        request : RenderRequest
            What the picture shows.
        keeper : SpotKeeper, optional
            The memory of one viewer, who sees picture after picture: it holds the marks on their
            places. Without one they are looked for anew.
        """

    def in_steps(
        self, request: RenderRequest, keeper: SpotKeeper | None = None
    ) -> Iterator[RenderedView | None]:
        """Do what :meth:`render` does in steps, with room for anything between them.

        Other pictures may be drawn meanwhile, of other moments, too, but none with this keeper.

        Yields
        ------
        RenderedView or None
            None while there is more to do; at last the picture, the same to the bit.
        """
