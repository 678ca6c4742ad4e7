"""Labels: apart from each other and from the marks, in their room, without crossing leaders."""

from __future__ import annotations

import itertools
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from visualizer.catalog.variation import Contraction, Role
from visualizer.scene.labels import LabelRoom, NamePlaces
from visualizer.scene.overlay import Overlay, Stroke, Text
from visualizer.scene.palette import theme
from visualizer.scene.spots import Marked, Spot

LIGHT = theme("light")
SIZE = (1280, 800)
WIDE = (20.0, 200.0, 1260.0, 780.0)  # a body that leaves no room beside it
NARROW = (480.0, 100.0, 800.0, 780.0)
ABOVE, BELOW = 48.0, 40.0
BADGE = 17.0 * 800 / 1080
NAMES = ("Gluteus maximus", "Quadriceps femoris", "Adductors of the hip", "Biceps femoris",
         "Abdominal muscles", "Erector spinae", "Soleus")  # fmt: skip


def measure(text: str, size_px: float) -> float:
    # bold and wide, as in the worst of the platforms' fonts
    return 0.68 * size_px * len(text)


ROOM = LabelRoom(measure, 18.0, ABOVE, BELOW)


def spot(name: str, x: float, y: float) -> Spot:
    marked = Marked(name, (0,), Role.PRIME_MOVER, Contraction.CONCENTRIC)
    return Spot(marked, x, y, (1.0, 0.0), (80.0, 80.0))


def laid_out(at: list[tuple[float, float]], body: tuple[float, float, float, float]) -> Overlay:
    spots = [spot(NAMES[k], x, y) for k, (x, y) in enumerate(at)]
    return NamePlaces({n: n for n in NAMES}, SIZE, body, ROOM).drawn(spots, LIGHT)[0]


def box(text: Text) -> tuple[float, float, float, float]:
    width = measure(text.text, text.size_px)
    left = text.x - {"left": 0.0, "centre": width / 2, "right": width}[text.align]
    return left, text.y - text.size_px / 2, left + width, text.y + text.size_px / 2


def leaders(overlay: Overlay) -> list[Stroke]:
    return [s for s in overlay.strokes if s.colour == LIGHT.secondary]


def crossing(a: Stroke, b: Stroke) -> bool:
    (p, q), (r, s) = a.points, b.points

    def side(u: tuple[float, float], v: tuple[float, float], w: tuple[float, float]) -> float:
        return (v[0] - u[0]) * (w[1] - u[1]) - (v[1] - u[1]) * (w[0] - u[0])

    return side(p, q, r) * side(p, q, s) < -1e-6 and side(r, s, p) * side(r, s, q) < -1e-6


def assert_clear(overlay: Overlay) -> None:
    for a, b in itertools.combinations([box(t) for t in overlay.texts], 2):
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
    for left, top, right, bottom in map(box, overlay.texts):
        assert left > 0
        assert right < SIZE[0]
        assert top >= ABOVE
        assert bottom <= SIZE[1] - BELOW
    for one, other in itertools.combinations(leaders(overlay), 2):
        assert not crossing(one, other)


places = st.lists(
    st.tuples(st.floats(60, 1220), st.floats(210, 740)), min_size=1, max_size=7, unique=True
)
inside = st.lists(
    st.tuples(st.floats(500, 780), st.floats(120, 740)), min_size=1, max_size=7, unique=True
)


@given(places)
def test_a_row_keeps_apart_in_its_room_and_does_not_cross(at: list[tuple[float, float]]) -> None:
    overlay = laid_out(at, WIDE)
    assert_clear(overlay)
    assert len(leaders(overlay)) == len(at)


@given(inside)
def test_columns_keep_apart_in_their_room_and_do_not_cross(at: list[tuple[float, float]]) -> None:
    overlay = laid_out(at, NARROW)
    assert_clear(overlay)
    for left, _, right, _ in map(box, overlay.texts):
        assert right < NARROW[0] or left > NARROW[2]


def test_a_tall_body_does_not_push_the_row_under_what_covers_the_top() -> None:
    overlay = laid_out([(300, 300), (900, 300)], (20.0, 30.0, 1260.0, 780.0))
    assert all(box(t)[1] >= ABOVE for t in overlay.texts)


def test_labels_keep_off_what_covers_the_left() -> None:
    room = replace(ROOM, left_px=150.0)
    spots = [spot(NAMES[k], 60.0 + 20.0 * k, SIZE[1] / 2) for k in range(3)]
    for body in ((0.0, 200.0, float(SIZE[0]), 400.0), (300.0, 200.0, SIZE[0] - 300.0, 400.0)):
        overlay, _ = NamePlaces({n: n for n in NAMES}, SIZE, body, room).drawn(spots, LIGHT)
        assert min(box(text)[0] for text in overlay.texts) >= 150.0


def test_a_row_steps_off_the_marks() -> None:
    at = [(200.0, 80.0), (600.0, 100.0), (900.0, 400.0)]
    overlay = laid_out(at, (-400.0, -300.0, 1600.0, 900.0))
    for (x, y), text in itertools.product(at, overlay.texts):
        left, top, right, bottom = box(text)
        assert not (left - BADGE < x < right + BADGE and top - BADGE < y < bottom + BADGE)


def test_too_many_names_break_into_lines_before_they_shrink() -> None:
    at = [(100.0 + 150 * k, 400.0) for k in range(7)]
    overlay = laid_out(at, WIDE)
    assert len(overlay.texts) > len(at)
    assert {t.size_px for t in overlay.texts} == {18.0}


def test_leaders_of_a_row_run_beside_the_head() -> None:
    head = 600.0, 680.0
    spots = [spot(NAMES[k], 620.0 + 30.0 * k, 600.0) for k in range(2)]
    places = NamePlaces({n: n for n in NAMES}, SIZE, WIDE, ROOM, crown=head)
    overlay, _ = places.drawn(spots, LIGHT)
    for left, _, right, _ in map(box, overlay.texts):
        assert right < head[0] or left > head[1]


def test_no_spots_no_labels() -> None:
    assert laid_out([], WIDE) == Overlay()
