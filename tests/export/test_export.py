"""Files: PNG pictures with the display list, and the contact sheet."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.exercise.test_motion import repetition
from tests.scene.test_scene import body, shot
from visualizer.errors import VisualizerError
from visualizer.exercise.variation import PhaseId
from visualizer.export.png import to_image, write_png
from visualizer.export.sheet import contact_sheet
from visualizer.scene.overlay import Disc, Overlay, Stroke, Text


def test_png_holds_the_picture(tmp_path: Path) -> None:
    picture = shot("glute-bridge", PhaseId.LIFT, 0.5)
    path = tmp_path / "p.png"
    write_png(to_image(picture), path)
    with Image.open(path) as image:
        assert image.size == picture.size
        np.testing.assert_array_equal(np.asarray(image), picture.rgb)


def test_the_overlay_is_painted_where_it_says() -> None:
    picture = shot("glute-bridge", PhaseId.LIFT, 0.5)
    overlay = Overlay(
        (Stroke(((10.0, 10.0), (60.0, 10.0)), "#FF0000", 4.0),),
        (Text(300, 40, "label", 24, "#0000FF"),),
        (Disc(110.0, 110.0, 10.0, "#00FF00", 4.0, "#0000FF"),),
    )
    plain, painted = np.asarray(to_image(picture)), np.asarray(to_image(picture, overlay))
    assert tuple(painted[110, 110]) == (0, 255, 0)
    assert tuple(painted[110, 122]) == (0, 0, 255)
    assert tuple(painted[10, 30]) == (255, 0, 0)
    changed = (plain != painted).any(-1)
    assert changed[28:52, 260:340].any()
    assert not changed[150:].any()


def test_a_place_that_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    picture = shot("glute-bridge", PhaseId.LIFT, 0.5)
    with pytest.raises(VisualizerError, match="cannot be written"):
        write_png(to_image(picture), tmp_path)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_contact_sheet_shows_all_cells(theme: str) -> None:
    image = np.asarray(contact_sheet(body(), repetition("glute-bridge"), theme, supersample=1)).astype(float)
    assert image.shape[0] > 1800
    vermillion = (image[..., 0] - image[..., 2] > 110) & (image[..., 0] > 120)
    rows = np.array_split(vermillion[160:-110], 4, axis=0)
    for row in rows:
        cells = [row[:, 150 + k * 720 : 150 + (k + 1) * 720] for k in range(3)] + [row[:, 2310:]]
        assert all(cell.sum() > 150 for cell in cells)
