"""What a picture shows at places: numbers by hand, and the kernel against plain Python."""

from __future__ import annotations

from types import ModuleType

import numpy as np
import pytest

from visualizer.render import Camera, Picture, native
from visualizer.render.places import Rider, Riders, ends_on, innermost, parts_at, thinned

SIZE = (90, 70)


def picture(seed: int = 0) -> Picture:
    """Return a picture of some parts that are patches."""
    rng = np.random.default_rng(seed)
    width, height = SIZE
    part = np.full((height, width), -1, np.int16)
    for own in range(6):
        x, y = rng.integers(0, width - 20), rng.integers(0, height - 20)
        part[y : y + rng.integers(5, 30), x : x + rng.integers(5, 40)] = own
    return Picture(np.zeros((height, width, 4), np.uint8), part, np.zeros((0, 0), np.float32))


@pytest.fixture(params=["kernel", "python"])
def either(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "python":
        monkeypatch.setattr(native, "load", lambda: None)


def kernel() -> ModuleType:
    module = native.load()
    if module is None:
        pytest.skip("only with the compiled kernel")
    return module


@pytest.mark.usefixtures("either")
def test_beside_the_picture_there_is_nothing() -> None:
    part = picture().part
    part[0, 0], part[-1, -1] = 4, 5
    shown = Picture(np.zeros((*part.shape, 4), np.uint8), part, np.zeros((0, 0), np.float32))
    points = [(0.0, 0.0), (89.9, 69.9), (-0.1, 0.0), (0.0, 70.0), (90.0, 1.0), (np.nan, 1.0)]
    assert parts_at(shown, np.array(points)).tolist() == [4, 5, -1, -1, -1, -1]


@pytest.mark.usefixtures("either")
def test_one_goes_along_a_part_as_far_as_it_reaches() -> None:
    part = np.full((40, 60), -1, np.int16)
    part[10:30, 20:50] = 3
    shown = Picture(np.zeros((40, 60, 4), np.uint8), part, np.zeros((0, 0), np.float32))
    assert ends_on(shown, 3, (30.5, 20.5), (1.0, 0.0), 1.0, 99) == (10.0, 19.0)
    assert ends_on(shown, 3, (30.5, 20.5), (0.0, 1.0), 3.0, 2) == (6.0, 6.0)
    assert ends_on(shown, 3, (55.0, 5.0), (1.0, 0.0), 1.0, 9) == (0.0, 0.0)


@pytest.mark.usefixtures("either")
def test_the_innermost_cell_is_the_farthest_from_the_rim() -> None:
    grid = np.full((9, 12), -1, np.int16)
    grid[0:7, 2:9] = 1
    assert innermost(grid, 1) == (3, 5, 4)
    grid[3, 5] = 0  # a hole: now nothing lies deeper than two cells
    assert innermost(grid, 1)[2] == 2
    grid[:] = -1
    grid[8, 11] = 2
    assert innermost(grid, 2) == (8, 11, 1)


@pytest.mark.usefixtures("either")
def test_a_rider_goes_where_its_vertices_go() -> None:
    camera = Camera((0.0, 0.0, 0.0), 0.3, 0.2, 1.0)
    shown = picture()
    shown.part[:] = 2
    position = np.array([(0, 0, 0), (-0.1, 0, 0), (0.1, 0, 0), (0, 0, 0.2)], np.float32)
    middle, back, ahead, _ = camera.project(position, SIZE)[:, :2]
    riders = Riders(
        [Rider((0, 1, 2), (3.0, -2.0), np.pi / 2, 2), Rider((0, 1, 1), (0.0, 0.0), 0, 1)]
    )
    one, other = riders.ridden(shown, camera, position, (5.0, 2.0, 4))
    assert one is not None
    assert other is not None
    assert (one.x, one.y) == pytest.approx((middle[0] + 3.0, middle[1] - 2.0))
    way = (ahead - back) / np.hypot(*(ahead - back))
    assert one.along == pytest.approx((-way[1], way[0]))
    assert (one.shown, one.covered, one.ends_px) == (True, 8, (8.0, 8.0))
    assert (other.shown, other.covered, other.ends_px) == (False, 0, (0.0, 0.0))
    assert other.along == (1.0, 0.0)
    behind = Riders([Rider((3, 3, 3), (0.0, 0.0), 0.0, 2)])
    far = position + np.asarray(camera.eye + camera.axes[2], np.float32)
    assert behind.ridden(shown, camera, far, (5.0, 2.0, 4)) == [None]


@pytest.mark.parametrize("seed", range(6))
def test_kernel_and_python_agree(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    kernel()
    rng, shown, camera = np.random.default_rng(seed), picture(seed), Camera((0, 0, 0), 0.5, 0.3, 1)
    position = rng.normal(0.0, 0.3, (40, 3)).astype(np.float32)
    riders = [
        Rider(
            (int(a), int(b), int(c)),
            (float(x), float(y)),
            float(t),
            int(rng.integers(0, 6)),
        )
        for (a, b, c), (x, y, t) in zip(
            rng.integers(0, 40, (12, 3)), rng.normal(0, 3, (12, 3)), strict=True
        )
    ]
    points = rng.uniform(-20, 110, (300, 2))

    def asked() -> tuple[object, ...]:
        grid, counts = thinned(shown, 3, 6)
        there = [part for part in range(6) if counts[part + 1]]
        return (
            parts_at(shown, points).tolist(), grid.tolist(), counts.tolist(),
            [innermost(grid, part) for part in there],
        )  # fmt: skip

    first = asked(), Riders(riders).ridden(shown, camera, position, (4.0, 1.5, 30))
    monkeypatch.setattr(native, "load", lambda: None)
    second = asked(), Riders(riders).ridden(shown, camera, position, (4.0, 1.5, 30))
    assert first[0] == second[0]
    for one, two in zip(first[1], second[1], strict=True):
        assert one is not None
        assert two is not None
        assert one[3:] == two[3:]
        assert (one.x, one.y, *one.along) == pytest.approx((two.x, two.y, *two.along))


def test_what_does_not_fit_is_refused() -> None:
    module, shown, camera = kernel(), picture(), Camera((0, 0, 0), 0.5, 0.3, 1)
    position = np.zeros((3, 3), np.float32)
    with pytest.raises(ValueError, match="vertices"):
        Riders([Rider((0, 1, 3), (0, 0), 0, 0)]).ridden(shown, camera, position, (4.0, 1.5, 30))
    with pytest.raises(ValueError, match="steps"):
        Riders([Rider((0, 1, 2), (0, 0), 0, 0)]).ridden(shown, camera, position, (4.0, 1.5, -1))
    with pytest.raises(ValueError, match="more parts"):
        thinned(shown, 3, 2)
    grid, shows = np.zeros((70, 90), np.int16), np.zeros(7, np.int32)
    for step in (0, 2):
        with pytest.raises(ValueError, match="grid"):
            module.thin(shown.part, grid, shows, step)
    found, away = np.zeros(3, np.int32), np.zeros(72 * 92, np.int16)
    with pytest.raises(ValueError, match="not in the grid"):
        module.innermost(grid, away, found, 3)
    with pytest.raises(ValueError, match="scratch"):
        module.innermost(grid, away[:-1], found, 0)
