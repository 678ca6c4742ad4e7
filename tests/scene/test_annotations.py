"""What is painted over a small picture stands clear: marks, names, the arrow of the load.

In every variation and view, at the bottom, on the way down and at the top.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import pytest

from tests.helpers.pictures import stage
from tests.helpers.repetitions import VARIATIONS
from visualizer.anatomy.surface import PartKind
from visualizer.catalog.variation import Role
from visualizer.export.lettering import text_width
from visualizer.lifts.base import ViewName
from visualizer.lifts.vocabulary import Equipment, PhaseId
from visualizer.scene.framing import Canvas, home_camera
from visualizer.scene.labels import LABEL_SHARE, LabelRoom
from visualizer.scene.legend import LegendRoom
from visualizer.scene.overlay import Overlay, Text
from visualizer.scene.palette import theme
from visualizer.scene.placing import Placed
from visualizer.scene.request import Layers, RenderRequest
from visualizer.scene.sizes import MarkSizes

SIZE = (320, 180)
MOMENTS = ((PhaseId.LIFT, 0.0), (PhaseId.LOWERING, 0.5), (PhaseId.LIFT, 1.0))
WAY, RIM = theme("light").way, theme("light").glass_rim
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Shown:
    """What is painted over a picture, and where body and load are in it."""

    overlay: Overlay
    marks: tuple[Placed, ...]
    body: np.ndarray  # (h, w) bool
    plates: np.ndarray  # (h, w) bool
    load: np.ndarray  # (2, 2) pixels: bar or hips, at the bottom and at the top
    sizes: MarkSizes
    part: np.ndarray  # (h, w) int


@cache
def shown(name: str, view: ViewName, phase: PhaseId, at: float) -> Shown:
    scene = stage(name)
    repetition = scene.repetition
    instants = [repetition.instant_of(PhaseId.LIFT, end) for end in (0.0, 1.0)]
    labels = LabelRoom(text_width, LABEL_SHARE * SIZE[1])
    request = RenderRequest(
        repetition.instant_of(phase, at), SIZE, view, layers=Layers(labels=labels)
    )
    camera = scene._camera_of(request, 0.0)
    picture = scene.render(request)
    hip = repetition.skeleton.body("femur" + repetition.side.suffix)
    barbell = Equipment.BARBELL in repetition.variation.equipment
    way = [i.bar_position_m if barbell else i.pose.body_position[hip] for i in instants]
    load = camera.project(way, SIZE)[:, :2]
    body = [i for i, p in enumerate(scene.parts) if not p.id.startswith("equipment_")]
    solid = [i for i in body if scene.parts[i].kind is not PartKind.SKIN]
    plates = [i for i, p in enumerate(scene.parts) if p.id.startswith("equipment_plate")]
    part = picture.picture.part
    return Shown(
        picture.overlay.plain,
        picture.marks,
        np.isin(part, solid),
        np.isin(part, plates),
        load,
        MarkSizes.of(SIZE[1], camera.height_m),
        part.copy(),
    )


def everything(name: str) -> Iterator[tuple[tuple[ViewName, PhaseId, float], Shown]]:
    for view, (phase, at) in itertools.product(ViewName, MOMENTS):
        yield (view, phase, at), shown(name, view, phase, at)


def text_box(text: Text) -> Box:
    width = text_width(text.text, text.size_px)
    left = text.x - {"left": 0.0, "centre": width / 2, "right": width}[text.align]
    return left, text.y - text.size_px / 2, left + width, text.y + text.size_px / 2


def names(overlay: Overlay) -> list[Text]:
    return [t for t in overlay.texts if len(t.text) > 2]


def arrow_of_the_load(overlay: Overlay) -> np.ndarray:
    """Return the corners (N, 2) of the arrow of the load; empty where there is none."""
    drawn = [s.points for s in overlay.ground if s.colour == WAY]
    drawn += [s.points for s in overlay.strokes if s.colour == WAY]
    return np.array([point for points in drawn for point in points])


def points_of(mark: Placed, sizes: MarkSizes) -> np.ndarray:
    """Return points (N, 2) on a mark: round its badge, and along its arrows."""
    radius = sizes.radius_px(mark.marked.role)
    turn = np.arange(8) * np.pi / 4
    rim = radius * np.stack([np.cos(turn), np.sin(turn)], -1)
    back, ahead = (np.linspace(radius, end, 5)[:, None] for end in mark.ends_px)
    along, middle = np.array(mark.along), np.array([mark.x, mark.y])
    return np.asarray(middle + np.vstack([rim, -back * along, ahead * along]))


@pytest.mark.parametrize("name", VARIATIONS)
def test_the_prime_mover_always_has_its_arrows(name: str) -> None:
    for where, picture in everything(name):
        prime = [p for p in picture.marks if p.marked.role is Role.PRIME_MOVER]
        assert prime, where
        for mark in prime:
            assert min(mark.ends_px) > picture.sizes.radius_px(Role.PRIME_MOVER) + 5, where


def faults(mark: Placed, picture: Shown) -> list[str]:
    """Return what is wrong with a mark: stubs of arrows, no line to its muscle, a hidden muscle."""
    found = []
    badge = next(d for d in picture.overlay.discs if (d.x, d.y) == (mark.x, mark.y))
    outer = badge.radius_px + badge.rim_px
    bare = min(mark.ends_px) - outer
    if bare < max(3.0 if mark.marked.role is Role.STABILIZER else 4.0, 0.65 * outer):
        found.append(f"arrow of {bare:.1f} px")
    if mark.tip is None:
        rows, columns = np.indices(picture.part.shape) + 0.5
        away = np.hypot(columns - mark.x, rows - mark.y)
        away = away[np.isin(picture.part, mark.marked.parts)]
        if away.min(initial=np.inf) > outer:
            found.append("off its muscle, without a line")
        elif (away < outer).mean() > 0.5:
            found.append("hides its muscle")
    return found


@pytest.mark.parametrize("name", VARIATIONS)
def test_marks_read_and_hide_nothing(name: str) -> None:
    wrong = {}
    for where, picture in everything(name):
        for mark in picture.marks:
            if found := faults(mark, picture):
                wrong[(*where, mark.marked.name)] = found
        letters = [t.size_px for t in picture.overlay.texts if len(t.text) <= 2]
        # what cannot be read is left out
        assert min(letters, default=6.0) >= 6.0, where
    assert not wrong


@pytest.mark.parametrize("name", VARIATIONS)
def test_no_mark_covers_another_or_a_name(name: str) -> None:
    for where, picture in everything(name):
        for one, other in itertools.permutations(picture.marks, 2):
            away = np.hypot(*(points_of(other, picture.sizes) - (one.x, one.y)).T)
            assert away.min() > picture.sizes.radius_px(one.marked.role), (
                where, one.marked.name, other.marked.name,
            )  # fmt: skip
        for mark, text in itertools.product(picture.marks, names(picture.overlay)):
            (x, y), (left, top, right, bottom) = points_of(mark, picture.sizes).T, text_box(text)
            over = (x > left) & (x < right) & (y > top) & (y < bottom)
            assert not over.any(), (where, mark.marked.name, text.text)


@pytest.mark.parametrize("name", VARIATIONS)
def test_names_stand_beside_the_plates(name: str) -> None:
    for where, picture in everything(name):
        for text in names(picture.overlay):
            left, top, right, bottom = (max(int(edge), 0) for edge in text_box(text))
            assert not picture.plates[top:bottom, left:right].any(), (where, text.text)


@pytest.mark.parametrize("name", VARIATIONS)
def test_the_arrow_of_the_load_stands_clear_beside_it(name: str) -> None:
    for where, picture in everything(name):
        points = arrow_of_the_load(picture.overlay)
        assert len(points), where
        (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
        assert min(left, top) >= 0, where
        assert (right, bottom) <= SIZE, where
        for text in names(picture.overlay):
            a, b, c, d = text_box(text)
            assert not (left < c and right > a and top < d and bottom > b), (where, text.text)
        covered = picture.body[int(top) : int(bottom) + 1, int(left) : int(right) + 1]
        assert covered.mean() < 0.05, where
        rim = [p for s in picture.overlay.ground if s.colour == RIM for p in s.points]
        room = 0.04 * SIZE[1]
        assert not any(left - room < x < right + room and top < y < bottom for x, y in rim), where
        # apart from the limbs, so that it reads as none of theirs
        apart = 0.08 * SIZE[1]
        sides = max(int(left - apart), 0), int(right + apart) + 1
        assert picture.body[int(top) : int(bottom) + 1, sides[0] : sides[1]].mean() < 0.03, where
        away = (points.min(axis=0) + points.max(axis=0)) / 2 - picture.load.mean(axis=0)
        assert abs(away[0]) < 0.9 * SIZE[1], where
        assert abs(away[1]) < 0.4 * SIZE[1], where


@pytest.mark.parametrize("name", VARIATIONS)
def test_the_arrow_of_the_load_points_its_way(name: str) -> None:
    for where, picture in everything(name):
        points = arrow_of_the_load(picture.overlay)
        lowering = where[1] is PhaseId.LOWERING
        assert not lowering or len(picture.overlay.shapes)
        tip = points[(len(points) - 1 if lowering else len(points)) // 2]
        tail = (points[0] + points[-2 if lowering else -1]) / 2
        way = (picture.load[1] - picture.load[0]) * (-1 if lowering else 1)
        along = float((tip - tail) @ way) / (np.hypot(*(tip - tail)) * np.hypot(*way))
        assert along > 0.8, where


def test_the_arrow_keeps_clear_of_what_covers_the_edges() -> None:
    """As the window's buttons and its legend do, with names or without."""
    scene = stage("glute-bridge")
    instant = scene.repetition.instant_of(PhaseId.LIFT, 0.4)
    frame = Canvas(SIZE, 30.0, 30.0)
    camera = home_camera(scene, ViewName.SIDE, frame, instant, None, None)

    def heights(layers: Layers) -> list[float]:
        overlay = scene.render(RenderRequest(instant, SIZE, camera, layers=layers)).overlay.plain
        return [y for shape in overlay.ground if shape.colour == WAY for _, y in shape.points]

    free = heights(Layers())
    above, below = max(free) - 20.0, SIZE[1] - min(free) - 20.0
    assert min(heights(Layers(edges_px=(above, 0.0, 0.0)))) >= above
    assert max(heights(Layers(edges_px=(0.0, below, 0.0)))) <= SIZE[1] - below


@pytest.mark.parametrize("name", VARIATIONS)
def test_the_arrow_keeps_clear_of_the_legend(name: str) -> None:
    """In a picture whose legend takes two large rows, as in a film."""
    size = 480, 246
    scene = stage(name)
    room = LegendRoom(text_width, 11.0, 0.97 * size[0])
    instant = scene.repetition.instant_of(PhaseId.LIFT, 0.5)
    shown = scene.render(RenderRequest(instant, size, layers=Layers(legend=room)))
    top = min(box.y for box in shown.legend.plain.boxes)
    low = [y for s in shown.overlay.plain.ground if s.colour == WAY for _, y in s.points]
    assert low
    assert max(low) <= top


@pytest.mark.parametrize("name", VARIATIONS)
def test_the_large_arrow_keeps_its_side(name: str) -> None:
    """Whatever room names and a legend take of the picture, which is fitted anew for them."""
    scene, size = stage(name), (880, 600)
    path = scene.repetition.instant_of
    hip = scene.repetition.skeleton.body("femur" + scene.repetition.side.suffix)
    ends = [path(PhaseId.LIFT, end).pose.body_position[hip] for end in (0.0, 1.0)]
    sides = set()
    room = LabelRoom(text_width, LABEL_SHARE * size[1])
    for labels in (
        None,
        room,
        replace(room, below_px=60.0),
        replace(room, above_px=80.0, below_px=110.0),
    ):
        request = RenderRequest(path(PhaseId.LIFT, 0.3), size, layers=Layers(labels=labels))
        load = scene._camera_of(request, 0.0).project(np.array(ends), size)[:, 0].mean()
        arrow = arrow_of_the_load(scene.render(request).overlay.plain)
        sides.add(bool(arrow[:, 0].mean() > load))
    assert len(sides) == 1
