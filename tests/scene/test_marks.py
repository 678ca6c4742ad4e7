"""Marks: letter and arrows, on the muscle or beside it, calm from picture to picture."""

from __future__ import annotations

import numpy as np
import pytest

from tests.helpers.pictures import look_at, stage
from visualizer.catalog.variation import Contraction, Role
from visualizer.lifts.base import ViewName
from visualizer.lifts.vocabulary import PhaseId
from visualizer.render import Picture
from visualizer.scene.marks import marks
from visualizer.scene.overlay import Overlay
from visualizer.scene.placing import Placed, Placer, Point
from visualizer.scene.request import RenderRequest
from visualizer.scene.sizes import MarkSizes, largest_badge_px
from visualizer.scene.spots import Held, Marked, Spot, SpotKeeper

SIZE = (1280, 720)
SIZES = MarkSizes.of(SIZE[1])


def marked(
    name: str = "m",
    role: Role = Role.PRIME_MOVER,
    contraction: Contraction = Contraction.CONCENTRIC,
) -> Marked:
    return Marked(name, (0,), role, contraction)


def picture(body: tuple[int, int, int, int] = (400, 200, 800, 500)) -> Picture:
    """Return an empty picture with a body of one part: left, top, right, bottom."""
    width, height = SIZE
    part = np.full((height, width), -1, np.int16)
    part[body[1] : body[3], body[0] : body[2]] = 0
    return Picture(np.zeros((height, width, 4), np.uint8), part, np.zeros((0, 0), np.float32))


def spot(x: float, y: float, reach: tuple[float, float], what: Marked | None = None) -> Spot:
    return Spot(what or marked(), x, y, (1.0, 0.0), reach)


def arrows(mark: Placed) -> tuple[Point, Point]:
    """Return the stretch on which a mark's arrows lie."""
    (u, v), (back, ahead) = mark.along, mark.ends_px
    return (mark.x - back * u, mark.y - back * v), (mark.x + ahead * u, mark.y + ahead * v)


def cross(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    """Return whether two stretches cross."""

    def apart(line: tuple[Point, Point], ends: tuple[Point, Point]) -> bool:
        (ax, ay), (bx, by) = line
        sides = [(bx - ax) * (y - ay) - (by - ay) * (x - ax) for x, y in ends]
        return sides[0] * sides[1] < 0

    return apart(one, other) and apart(other, one)


def drawn(*spots: Spot) -> Overlay:
    return marks(Placer(SIZES).place(spots, picture()), SIZES).plain


@pytest.mark.parametrize("contraction", list(Contraction))
@pytest.mark.parametrize("role", list(Role))
def test_marks_carry_letter_and_arrows(contraction: Contraction, role: Role) -> None:
    overlay = drawn(spot(600, 400, (90.0, 90.0), marked("m", role, contraction)))
    assert [t.text for t in overlay.texts] == [
        {Role.PRIME_MOVER: "P", Role.SYNERGIST: "S", Role.STABILIZER: "St"}[role]
    ]
    xs = [x for s in overlay.shapes for x, _ in s.points]
    assert min(xs) < 600 < max(xs)
    # a head: its widest place is towards the tip
    widest = max((p for s in overlay.shapes for p in s.points), key=lambda p: abs(p[1] - 400))
    reach = max(abs(x - 600) for s in overlay.shapes for x, _ in s.points)
    inner = overlay.discs[0].radius_px
    nearness = (abs(widest[0] - 600) - inner) / (reach - inner)
    if contraction is Contraction.CONCENTRIC:
        assert nearness < 0.6
    elif contraction is Contraction.ECCENTRIC:
        assert 0.35 < nearness < 0.85
    else:
        assert nearness > 0.7


def test_arrows_are_filled_inwards_and_open_outwards() -> None:
    shapes = {
        c: drawn(spot(600, 400, (90.0, 90.0), marked(contraction=c))).shapes
        for c in (Contraction.CONCENTRIC, Contraction.ECCENTRIC)
    }
    assert shapes[Contraction.CONCENTRIC][-1].colour == "#FFFFFF"
    assert shapes[Contraction.ECCENTRIC][-1].colour != "#FFFFFF"
    assert len(shapes[Contraction.ECCENTRIC]) == 6


@pytest.mark.parametrize("role", [Role.PRIME_MOVER, Role.SYNERGIST])
@pytest.mark.parametrize("reach", [(6.0, 6.0), (40.0, 5.0), (0.0, 0.0)])
def test_where_a_muscle_shows_too_little_the_mark_moves_beside_it(
    role: Role, reach: tuple[float, float]
) -> None:
    (placed,) = Placer(SIZES).place([spot(600, 470, reach, marked("m", role))], picture())
    assert placed.tip == pytest.approx((600, 470))
    assert picture().part_at(placed.x, placed.y) is None
    assert min(placed.ends_px) > 25 * SIZE[1] / 1080
    assert np.hypot(placed.x - 600, placed.y - 470) < 0.3 * SIZE[1]


def test_a_mark_slides_along_the_fibres_to_where_both_arrows_have_room() -> None:
    (placed,) = Placer(SIZES).place([spot(600, 400, (200.0, 10.0))], picture())
    assert placed.tip is None
    assert placed.x < 560
    assert placed.ends_px[0] == placed.ends_px[1]


def test_marks_do_not_overlap() -> None:
    placed = Placer(SIZES).place(
        [spot(600, 400, (90.0, 90.0), marked("a")), spot(605, 402, (90.0, 90.0), marked("b"))],
        picture(),
    )
    assert len(placed) == 2
    assert np.hypot(placed[0].x - placed[1].x, placed[0].y - placed[1].y) > 2 * largest_badge_px(
        SIZE[1]
    )


def test_the_prime_mover_has_the_largest_badge() -> None:
    sizes = []
    for role in (Role.PRIME_MOVER, Role.SYNERGIST, Role.STABILIZER):
        disc = drawn(spot(600, 400, (90.0, 90.0), marked("m", role))).discs[0]
        sizes.append(disc.radius_px + disc.rim_px)
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] == pytest.approx(largest_badge_px(SIZE[1]))


def test_what_the_model_disputes_carries_a_sign() -> None:
    doubt = Marked("m", (0,), Role.STABILIZER, Contraction.ISOMETRIC, disputed=True)
    assert [t.text for t in drawn(spot(600, 400, (90.0, 90.0), doubt)).texts] == ["St", "?"]


def test_the_stage_shows_what_the_model_disputes() -> None:
    scene = stage("barbell-hip-thrust")
    instant = scene.repetition.instant_of(PhaseId.LIFT, 0.5)
    overlay = look_at(scene, instant, ViewName.THREE_QUARTER, SIZE).overlay.plain
    assert "?" in [t.text for t in overlay.texts]


def test_a_scaled_overlay_lies_on_the_larger_picture() -> None:
    overlay = drawn(spot(600, 400, (90.0, 90.0)))
    scaled = overlay.scaled(2.0, 2.0)
    for one, two in zip(overlay.discs, scaled.discs, strict=True):
        assert (2 * one.x, 2 * one.y) == (two.x, two.y)
        assert 2 * one.radius_px == pytest.approx(two.radius_px)
    for first, second in zip(overlay.shapes, scaled.shapes, strict=True):
        assert np.array(first.points) * 2 == pytest.approx(np.array(second.points))
    assert scaled.texts[0].size_px == 2 * overlay.texts[0].size_px


def test_a_mark_glides_to_a_new_place() -> None:
    placer, places = Placer(SIZES), []
    for k in range(40):
        one = spot(600, 400, (90.0, 90.0))
        if k:
            # another spot, 80 pixels aside: the old one has not moved
            hop = (-80.0, 0.0) if k == 1 else (0.0, 0.0)
            one = Spot(one.marked, 680, 400, one.along, one.reach_px, hop)
        (placed,) = placer.place([one], picture())
        places.append((placed.x, placed.y))
    steps = np.hypot(*np.diff(np.array(places), axis=0).T)
    assert steps.max() < 8
    assert places[-1] == pytest.approx((680, 400))


def test_a_mark_does_not_come_to_rest_on_another_one() -> None:
    """Where pictures end while it glides it goes on at once; while they move it glides."""
    wide = (160.0, 160.0)
    before = spot(600, 300, wide), spot(600, 420, wide, marked("other", Role.SYNERGIST))
    # the body carries one over the other's place, and the other away from it
    after = spot(600, 352, wide), spot(600, 372, wide, marked("other", Role.SYNERGIST))
    apart = SIZES.radius_px(Role.PRIME_MOVER) + SIZES.radius_px(Role.SYNERGIST)
    held: dict[str, Held] = {}
    Placer(SIZES, held).place(before, picture())
    moving = Placer(SIZES, dict(held), thorough=False).place(after, picture())
    resting = Placer(SIZES, held, rests=True).place(after, picture())
    far = [float(np.hypot(a.x - b.x, a.y - b.y)) for a, b in (moving, resting)]
    assert far[0] < apart
    assert far[1] >= apart


@pytest.mark.parametrize(
    ("name", "view", "stop"),
    [
        ("barbell-hip-thrust", ViewName.SIDE, 0.4),
        ("single-leg-hip-thrust", ViewName.SIDE, 0.25),
        ("single-leg-hip-thrust", ViewName.BACK, 1.0),
    ],
)
def test_no_leader_comes_to_rest_on_another_mark(name: str, view: ViewName, stop: float) -> None:
    """Where the lift was scrubbed to, whatever the marks passed on their way."""
    size = 745, 515
    scene = stage(name)
    keeper, camera = SpotKeeper(scene.part_vertices), scene.camera(view, size)
    for fraction in np.linspace(0.0, stop, int(60 * stop)):
        instant = scene.repetition.instant_of(PhaseId.LIFT, float(fraction))
        scene.render(RenderRequest(instant, size, camera, moving=True), keeper)
    keeper.rests = True
    shown = scene.render(RenderRequest(instant, size, camera, moving=False), keeper)
    leaders = {p.marked.name: (p.tip, (p.x, p.y)) for p in shown.marks if p.tip is not None}
    assert leaders
    for one, leader in leaders.items():
        for other in shown.marks:
            if other.marked.name != one:
                assert not cross(leader, arrows(other)), (one, other.marked.name)
                if other.tip is not None:
                    assert not cross(leader, (other.tip, (other.x, other.y)))


def test_a_mark_slides_off_the_leader_of_another() -> None:
    first = spot(640, 480, (4.0, 4.0), marked("a"))
    (alone,) = Placer(SIZES).place([first], picture())
    assert alone.tip is not None
    # another muscle lies where that leader runs
    x, y = (alone.tip[0] + alone.x) / 2, (alone.tip[1] + alone.y) / 2
    second = spot(x - 5.0, y, (160.0, 160.0), marked("b", Role.SYNERGIST))
    a, b = Placer(SIZES).place([first, second], picture())
    assert a.tip is not None
    assert b.tip is None
    assert not cross((a.tip, (a.x, a.y)), arrows(b))


@pytest.mark.parametrize("view", [ViewName.BACK, ViewName.THREE_QUARTER])
@pytest.mark.parametrize("moving", [True, False])
def test_marks_move_little_between_pictures(view: ViewName, moving: bool) -> None:
    scene = stage("barbell-hip-thrust")
    keeper, camera = SpotKeeper(scene.part_vertices), scene.camera(view, SIZE)
    before: dict[str, Placed] = {}
    largest = 0.0
    for fraction in np.linspace(0.0, 1.0, 61):
        instant = scene.repetition.instant_of(PhaseId.LIFT, float(fraction))
        shown = scene.render(RenderRequest(instant, SIZE, camera, moving=moving), keeper)
        now = {p.marked.name: p for p in shown.marks}
        for name in now.keys() & before.keys():
            step = np.hypot(now[name].x - before[name].x, now[name].y - before[name].y)
            largest = max(largest, float(step))
        before = now
    assert 0 < largest <= 12
