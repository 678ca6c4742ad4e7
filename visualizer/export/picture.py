"""One picture of a repetition: body, scene, camera, marks and labels are put together here alone.

The command line and the contact sheet ask here; whoever writes another kind of file does so too.
"""

from __future__ import annotations

from functools import cached_property

from PIL import Image

from visualizer.anatomy.surface import Body
from visualizer.exercise.repetition import Repetition
from visualizer.export.png import to_image
from visualizer.render import Rasterizer
from visualizer.scene.chart import ChartScene
from visualizer.scene.request import RenderedView, RenderRequest
from visualizer.scene.scene import StageScene
from visualizer.scene.spots import SpotKeeper

__all__ = ["Pictures", "render_image"]


class Pictures:
    """Draws pictures of one repetition; what they share is made once.

    Parameters
    ----------
    body : Body
        The body's surfaces.
    repetition : Repetition
        The variation on a side.
    rasterizer : Rasterizer, optional
        Shared with other pictures.
    """

    def __init__(
        self, body: Body, repetition: Repetition, rasterizer: Rasterizer | None = None
    ) -> None:
        self._body, self._repetition = body, repetition
        self._rasterizer = rasterizer or Rasterizer()

    @cached_property
    def stage(self) -> StageScene:
        """The scene of the posed body."""
        return StageScene(self._body, self._repetition, self._rasterizer)

    @cached_property
    def _chart(self) -> ChartScene:
        return ChartScene(self._body, self._repetition, self._rasterizer)

    def view(self, request: RenderRequest, keeper: SpotKeeper | None = None) -> RenderedView:
        """Return the picture, of the stage or of the chart, and what is painted over it.

        Takes the same as :meth:`visualizer.scene.request.View3D.render`.
        """
        return (self._chart if request.chart else self.stage).render(request, keeper)

    def image(self, request: RenderRequest) -> Image.Image:
        """Return the picture as an image, all painted over it."""
        return to_image(self.view(request))


def render_image(body: Body, repetition: Repetition, request: RenderRequest) -> Image.Image:
    """Return one picture of a repetition as an RGB image.

    Parameters
    ----------
    body : Body
        The body's surfaces.
    repetition : Repetition
        The variation on a side.
    request : RenderRequest
        What the picture shows.
    """
    return Pictures(body, repetition).image(request)
