"""Pictures of few colours: what is small keeps its own."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from tests.helpers.pictures import look_at, stage
from tests.helpers.repetitions import repetition
from visualizer.export.film import Film, frames
from visualizer.export.film_files import FILM_FILES
from visualizer.export.png import to_image
from visualizer.export.questions.sheet import png_bytes
from visualizer.lifts.vocabulary import PhaseId
from visualizer.scene.request import RenderRequest

VIVID = 60  # between the strongest and the weakest channel, of 255
SEEN = 12.0  # a mean difference that nobody sees beside each other


def drift(one: Image.Image, other: Image.Image) -> float:
    """Return the mean difference of all vivid pixels, of the worst hue of six."""
    a, b = (np.asarray(i.convert("RGB"), np.int16) for i in (one, other))
    vivid = a.max(-1) - a.min(-1) > VIVID
    hue = np.asarray(one.convert("HSV"), np.int16)[..., 0] * 6 // 256
    far = np.abs(a - b).max(-1)
    return max(float(far[vivid & (hue == k)].mean()) for k in np.unique(hue[vivid]))


@pytest.mark.parametrize("name", ["barbell-hip-thrust", "banded-hip-thrust", "glute-bridge"])
def test_every_role_keeps_its_colour_in_a_document(name: str) -> None:
    scene = stage(name)
    instant = scene.repetition.instant_of(PhaseId.LIFT, 0.5)
    image = to_image(look_at(scene, instant, size=(900, 500)))
    assert drift(image, Image.open(BytesIO(png_bytes(image, 256)))) < SEEN


def test_every_role_keeps_its_colour_in_a_film() -> None:
    own = repetition("barbell-hip-thrust")
    film = Film(own, RenderRequest(own.instant(0.0), (480, 300)), PhaseId.LIFT)
    stream = BytesIO()
    FILM_FILES[".gif"].write(stream, film, 4.0, lambda _done, _of: None)
    made = Image.open(stream)
    for k, image in enumerate(frames(film, 250.0)):
        made.seek(k)
        assert drift(image, made) < SEEN
