"""The sign of doubt: a legend explains it where the picture bears it, and keeps still in a film."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest

from tests.helpers.pictures import stage
from tests.helpers.repetitions import HIP_THRUSTS, body, repetition
from visualizer.analysis.dispute import DISPUTED_SIGN, disputed_phases, disputed_roles
from visualizer.catalog.variation import Role
from visualizer.lifts.base import ViewName
from visualizer.lifts.vocabulary import PhaseId
from visualizer.render import Camera
from visualizer.scene.chart import ChartScene
from visualizer.scene.doubt import explained, signs_of
from visualizer.scene.legend import LegendRoom
from visualizer.scene.overlay import Overlay, Text
from visualizer.scene.request import Layers, RenderedView, RenderRequest, SceneOptions
from visualizer.scene.sizes import LEAST_LETTER_PX

LIFT, HOLD, LOWERING = PhaseId.LIFT, PhaseId.HOLD, PhaseId.LOWERING


def width(text: str, size_px: float) -> float:
    return 0.5 * size_px * len(text)


def texts(overlay: Overlay) -> Iterator[Text]:
    yield from overlay.texts
    for stamp in overlay.stamps:
        yield from texts(stamp.motif.overlay)


def says(found: Iterable[Text]) -> bool:
    return DISPUTED_SIGN in {text.text for text in found}


def request(
    name: str,
    phase: PhaseId = LIFT,
    size: tuple[int, int] = (1280, 720),
    view: ViewName | Camera = ViewName.SIDE,
    options: SceneOptions | None = None,
) -> RenderRequest:
    layers = Layers(legend=LegendRoom(width, 6.0, 2000.0))  # room for all that it may say
    instant = repetition(name).instant_of(phase, 0.5)
    return RenderRequest(instant, size, view, options or SceneOptions(), layers)


def agrees(shown: RenderedView) -> bool:
    """Whether the legend explains the sign where, and only where, a mark bears it."""
    return says(texts(shown.legend)) is says(texts(shown.overlay))


@pytest.mark.parametrize("name", HIP_THRUSTS)
@pytest.mark.parametrize("phase", [LIFT, HOLD, LOWERING])
def test_a_picture_s_legend_explains_what_its_moment_bears(name: str, phase: PhaseId) -> None:
    shown = {v: stage(name).render(request(name, phase, view=v)) for v in ViewName}
    assert [view for view in ViewName if not agrees(shown[view])] == []


def test_it_is_explained_in_a_lift_and_not_in_a_hold() -> None:
    name = "barbell-hip-thrust"
    said = [says(texts(stage(name).render(request(name, p)).legend)) for p in (LIFT, HOLD)]
    assert said == [True, False]


@pytest.mark.parametrize("height", [300, 400, 430, 450, 540, 1080])
def test_a_badge_too_small_for_the_sign_needs_none_explained(height: int) -> None:
    name, size = "barbell-hip-thrust", (height * 16 // 9, height)
    for near in (1.0, 2.5):
        camera = stage(name).camera(ViewName.SIDE, size)
        camera = replace(camera, height_m=camera.height_m * near)
        assert agrees(stage(name).render(request(name, size=size, view=camera)))


@pytest.mark.parametrize("height", [280, 320, 430, 1080])
def test_the_sign_stands_wherever_the_letter_does(height: int) -> None:
    name, size = "barbell-hip-thrust", (height * 16 // 9, height)
    shown = list(texts(stage(name).render(request(name, size=size)).overlay))
    letters = {text.text for text in shown}
    assert ("St" in letters) is says(shown) is (height > 300)
    assert all(text.size_px >= LEAST_LETTER_PX for text in shown)


def test_who_is_shown_alone_or_in_focus_counts() -> None:
    name = "barbell-hip-thrust"
    own = repetition(name)
    said = {}
    for role in Role:
        options = SceneOptions(only=own.shown_alone(None, role))
        shown = stage(name).render(request(name, options=options))
        assert agrees(shown)
        said[role] = says(texts(shown.legend))
    assert said == {role: role in disputed_roles(own) for role in Role}
    assert set(said.values()) == {True, False}
    for muscle in ("quadriceps", "gluteus_maximus"):
        shown = stage(name).render(request(name, options=SceneOptions(focus=muscle)))
        assert agrees(shown)
        assert says(texts(shown.legend)) is (muscle == "quadriceps")
    veiled = stage(name).render(request(name, options=SceneOptions(only=frozenset())))
    assert not says(texts(veiled.legend))


def test_where_no_mark_stands_none_is_explained() -> None:
    name = "barbell-hip-thrust"
    chart = ChartScene(body(), repetition(name)).render(replace(request(name), chart=True))
    assert not says(texts(chart.legend))
    bare = request(name)
    bare = replace(bare, layers=replace(bare.layers, marks=False))
    assert not says(texts(stage(name).render(bare).legend))


@pytest.mark.parametrize("name", HIP_THRUSTS)
def test_what_moves_explains_it_all_the_time(name: str) -> None:
    own = repetition(name)
    signs = signs_of(request(name, HOLD), own, list(PhaseId))
    assert signs
    assert signs_of(request(name, HOLD), own, [HOLD]) == ()
    for phase in PhaseId:
        assert says(texts(stage(name).render(explained(request(name, phase), signs)).legend))


def test_roles_are_disputed_where_one_of_their_muscles_is() -> None:
    own = repetition("barbell-hip-thrust")
    for phase in PhaseId:
        expected = {a.role for a in own.variation.muscles if phase in disputed_phases(a, own)}
        assert disputed_roles(own, [phase]) == expected
    assert disputed_roles(own, [LIFT], frozenset({"gluteus_maximus"})) == frozenset()
    assert disputed_roles(own, [LIFT], None, frozenset({"rectus_femoris"})) == {Role.STABILIZER}
