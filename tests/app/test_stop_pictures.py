"""Small pictures of a lesson's stops: a comparison shows both bodies side by side."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from tests.helpers.window import AtOnce
from visualizer.app.classroom.stop_pictures import StopPictures
from visualizer.app.session.scenes import Scenes
from visualizer.app.session.session import Session
from visualizer.teaching.lesson import Stop

ONE = "hipthrust:barbell-hip-thrust/lift/0.5"
OTHER = "hipthrust:romanian-deadlift/lift/0.5"


def pixels(image: QImage) -> NDArray[np.uint8]:
    made = image.convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(made.constBits(), np.uint8).reshape(made.height(), made.width(), 4)


def test_a_compared_stop_shows_both_bodies_of_whatever_variations(session: Session) -> None:
    drawn: dict[str, QImage] = {}
    pictures = StopPictures(session, Scenes(session.body.surface), AtOnce())
    pictures.ready.connect(lambda link, theme, image: drawn.__setitem__(link, image))
    both = f"{ONE}?with=romanian-deadlift/right"
    same = f"{ONE}?with=barbell-hip-thrust/right/lift/0.5"
    pictures.want([Stop(link=link) for link in (ONE, both, same)], "light")
    one, two, twice = (pixels(drawn[link]) for link in (ONE, both, same))
    assert one.shape == two.shape
    half = two.shape[1] // 2
    assert not np.array_equal(two[:, :half], two[:, half:])
    assert np.array_equal(twice[:, :half], twice[:, half:])
    # the first body is that of the moment, in both comparisons
    assert np.array_equal(two[:, :half], twice[:, :half])
