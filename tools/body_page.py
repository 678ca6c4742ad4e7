"""Draws the pictures of ``docs/body.md``: ``python -m tools.body_page``.

Each is one JPEG in ``docs/body`` of one to three views side by side: the body standing at rest, or
at a moment of a variation. They are drawn as the window draws them; run it after a new bake.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import Image

from visualizer.anatomy.body_model import BodyModel
from visualizer.anatomy.muscle import Side
from visualizer.catalog.catalog import Catalog, load_catalog
from visualizer.exercise.repetition import Repetition
from visualizer.export.png import to_image
from visualizer.lifts.base import ViewName
from visualizer.lifts.vocabulary import PhaseId
from visualizer.render import Camera, Rasterizer
from visualizer.scene.chart import ChartScene
from visualizer.scene.overlay import NOTHING
from visualizer.scene.painter import Painter, Seen
from visualizer.scene.palette import theme
from visualizer.scene.request import BARE, Layers, RenderedView, RenderRequest, SceneOptions
from visualizer.scene.scene import StageScene, body_mesh
from visualizer.scene.views import FOV_RAD

__all__ = ["FOLDER", "PICTURES", "main"]

FOLDER = Path(__file__).parents[1] / "docs" / "body"
_QUALITY = 86
_BARBELL = "barbell-hip-thrust"
_TALL, _SQUARE, _WIDE = (330, 440), (400, 400), (440, 300)

View = Callable[[], RenderedView]


@cache
def _rasterizer() -> Rasterizer:
    return Rasterizer()


@cache
def _catalog() -> Catalog:
    return load_catalog().catalog


@cache
def _stage(name: str) -> StageScene:
    model = BodyModel.load()
    repetition = Repetition(_catalog().variation(name), _catalog(), model)
    return StageScene(model.surface, repetition, _rasterizer())


def _standing(
    azimuth_deg: float,
    target_m: tuple[float, float, float],
    height_m: float,
    size: tuple[int, int] = _TALL,
    elevation_deg: float = 4.0,
) -> View:
    """Return a view of the body at rest, coloured by the roles of the barbell hip thrust."""

    def draw() -> RenderedView:
        stage = _stage(_BARBELL)
        body = stage.body
        camera = Camera(
            target_m, math.radians(azimuth_deg), math.radians(elevation_deg), height_m, FOV_RAD
        )
        seen = Seen(Side.RIGHT, from_below=False, body_hidden=False)
        instant = stage.repetition.instant_of(PhaseId.LIFT, 0.5)
        materials = Painter(body, (), stage.repetition).paint(instant, SceneOptions(), seen)
        picture = _rasterizer().draw(
            body_mesh(body),
            body.rest_position.copy(),
            body.rest_normal.copy(),
            materials,
            camera,
            size,
            theme("light").backdrop,
            supersample=2,
        )
        return RenderedView(picture, NOTHING, body.parts)

    return draw


def _chart() -> RenderedView:
    stage = _stage(_BARBELL)
    scene = ChartScene(stage.body, stage.repetition, _rasterizer())
    instant = stage.repetition.instant_of(PhaseId.LIFT, 0.5)
    return scene.render(RenderRequest(instant, (760, 720), layers=BARE, supersample=2, chart=True))


def _lifting(
    at: float,
    view: ViewName = ViewName.SIDE,
    name: str = _BARBELL,
    size: tuple[int, int] = (860, 500),
    layers: Layers = BARE,
    options: SceneOptions = SceneOptions(),  # noqa: B008  (frozen)
) -> View:
    """Return a named view of a moment of the lift, 0 at the bottom, 1 at the top."""

    def draw() -> RenderedView:
        scene = _stage(name)
        instant = scene.repetition.instant_of(PhaseId.LIFT, at)
        return scene.render(RenderRequest(instant, size, view, options, layers, supersample=2))

    return draw


def _hip(at: float, name: str = _BARBELL) -> View:
    """Return the hip from the side at a moment of the lift."""

    def draw() -> RenderedView:
        scene = _stage(name)
        instant = scene.repetition.instant_of(PhaseId.LIFT, at)
        gluteus = scene.body.parts[scene.body.part_index("gluteus_maximus_r")]
        faces = scene.body.faces[gluteus.first_face :][: gluteus.belly_faces]
        x, y, z = (float(c) for c in scene.pose(instant)[faces.ravel()].mean(axis=0))
        camera = Camera((x, y, z), -math.pi / 2, 0.0, 0.42, FOV_RAD)
        return scene.render(RenderRequest(instant, _WIDE, camera, layers=BARE, supersample=2))

    return draw


@dataclass(frozen=True)
class _PagePicture:
    """One file of the page.

    Attributes
    ----------
    name : str
        Of the file, without suffix.
    views : tuple of callable
        What stands side by side.
    """

    name: str
    views: tuple[View, ...]


PICTURES = (
    _PagePicture("whole", (_chart,)),
    _PagePicture("side", (_lifting(1.0),)),
    _PagePicture("below", (_lifting(0.5, ViewName.BELOW, size=(760, 480)),)),
    _PagePicture("hip-contraction", (_hip(0.0), _hip(0.5), _hip(1.0))),
    _PagePicture(
        "hip",
        (
            _standing(180, (-0.025, 0.15, 0.90), 0.50),
            _standing(-130, (-0.06, 0.15, 0.90), 0.50),
            _standing(-90, (-0.06, 0.14, 0.90), 0.50),
        ),
    ),
    _PagePicture(
        "thigh",
        (
            _standing(-15, (-0.10, 0.13, 0.72), 0.58),
            _standing(-90, (-0.10, 0.14, 0.72), 0.58),
            _standing(180, (-0.10, 0.15, 0.72), 0.58),
        ),
    ),
    _PagePicture(
        "knee",
        (
            _standing(-60, (-0.12, 0.14, 0.49), 0.30, _SQUARE),
            _standing(60, (-0.12, 0.14, 0.49), 0.30, _SQUARE),
        ),
    ),
    _PagePicture(
        "lower-leg",
        (
            _standing(-90, (-0.13, 0.16, 0.28), 0.56),
            _standing(180, (-0.10, 0.16, 0.28), 0.56),
            _standing(-20, (-0.10, 0.16, 0.28), 0.56),
        ),
    ),
    _PagePicture(
        "trunk",
        (
            _standing(-10, (-0.025, 0.15, 1.23), 0.66),
            _standing(-75, (-0.025, 0.15, 1.23), 0.66, elevation_deg=8.0),
            _standing(180, (-0.025, 0.15, 1.23), 0.66),
        ),
    ),
    _PagePicture(
        "shoulder",
        (
            _standing(-35, (-0.10, 0.15, 1.45), 0.42, _SQUARE, 8.0),
            _standing(-150, (-0.10, 0.17, 1.45), 0.42, _SQUARE, 8.0),
        ),
    ),
    _PagePicture("x-ray", (_lifting(1.0, options=SceneOptions(xray=True)),)),
    _PagePicture(
        "focus",
        (_lifting(0.5, options=SceneOptions(focus="biceps_femoris_long_head"), size=(760, 480)),),
    ),
)


def main() -> None:
    """Draw all pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for picture in PICTURES:
        images = [to_image(view()).convert("RGB") for view in picture.views]
        sheet = Image.new("RGB", (sum(i.width for i in images), images[0].height))
        left = 0
        for image in images:
            sheet.paste(image, (left, 0))
            left += image.width
        file = FOLDER / f"{picture.name}.jpg"
        sheet.save(file, quality=_QUALITY, optimize=True)
        print(f"{file.name}  {file.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
