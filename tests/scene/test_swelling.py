"""Bellies are drawn swelling more than they do, at the same volume, and nothing measures that."""

from __future__ import annotations

import numpy as np
import pytest

from tests.helpers.pictures import stage
from tests.helpers.repetitions import body
from visualizer.exercise.repetition import Instant
from visualizer.lifts.vocabulary import PhaseId
from visualizer.render.contract import EDGE_RADIUS_M
from visualizer.scene.flesh import Flesh
from visualizer.scene.request import RenderRequest, SceneOptions
from visualizer.scene.scene import StageScene, body_mesh
from visualizer.scene.swelling import EXAGGERATION, Swelling

NAME = "barbell-hip-thrust"


def drawn(scene: StageScene, instant: Instant, swelling: bool) -> None:
    scene.render(RenderRequest(instant, (480, 300), options=SceneOptions(swelling=swelling)))


def strands_of(muscle: str) -> np.ndarray:
    part = body().parts[body().part_index(f"{muscle}_r")]
    used = np.unique(body().faces[part.first_face : part.first_face + part.belly_faces])
    frame = body().influence[used, body().weight[used].argmax(axis=1)]
    count = body().strands.strand_count
    owner = body().strands.muscle_of_strand[frame[frame < body().knot_frames] % count]
    return np.flatnonzero(body().strands.muscle_of_strand == np.bincount(owner).argmax())


def test_the_middle_swells_as_said_and_the_ends_give_way() -> None:
    repetition, strands = stage(NAME).repetition, body().strands
    instant = repetition.instant_of(PhaseId.LIFT, 1.0)
    swollen = Swelling(body(), repetition).of(instant).thicker
    strand = int(strands_of("biceps_femoris_long_head")[0])
    muscle = strands.muscle_of_strand[strand]
    thick = []
    for at in (0.5, 1.0):
        pose = repetition.instant_of(PhaseId.LIFT, at).pose
        knots = strands.knots(pose, strands.rest_bodies.motion(pose)[1])
        # no less than a spindle
        thick.append(
            float(strands.length_ratio(knots)[muscle] ** -max(strands.exponent[muscle], 0.5))
        )
    true = thick[1] / thick[0]
    assert true > 1.02
    middle = float(swollen[:, strand].max()) * true
    assert middle == pytest.approx(true**EXAGGERATION, rel=0.01)
    assert swollen[0, strand] < 1.0
    assert swollen[-1, strand] < 1.0


def test_a_broad_muscle_grows_in_breadth_as_well() -> None:
    repetition, swelling = stage(NAME).repetition, Swelling(body(), stage(NAME).repetition)
    strands, mine = body().strands, strands_of("gluteus_maximus")
    rest, grown = strands.rest_knots[:, mine], []
    for at in (0.25, 0.5, 1.0):
        instant = repetition.instant_of(PhaseId.LIFT, at)
        breadth = []
        for parted in (False, True):
            swell = swelling.of(instant) if parted else None
            frames = body().frames(instant.pose, swell=swell)
            own = frames[: body().knot_frames].reshape(*strands.rest_knots.shape[:2], 3, 4)[:, mine]
            knots = np.einsum("ksij,ksj->ksi", own[..., :3], rest) + own[..., 3]
            # from the first superficial strand to the last, in the middle and at the origin
            breadth.append(np.linalg.norm(knots[[11, 0], 2] - knots[[11, 0], 5], axis=1))
        grown.append(breadth[1] / breadth[0])
    long, half, short = np.array(grown)[:, 0]
    assert long < half == pytest.approx(1.0, abs=1e-4)
    assert short > 1.05
    np.testing.assert_allclose(np.array(grown)[:, 1], 1.0, atol=1e-4)


@pytest.mark.parametrize("at", [0.0, 0.25, 0.75, 1.0])
def test_the_volume_stays_what_it_was(at: float) -> None:
    repetition = stage(NAME).repetition
    instant, swelling = repetition.instant_of(PhaseId.LIFT, at), Swelling(body(), repetition)
    true = body().volumes_cm3(body().posed(body().frames(instant.pose)))
    frames = body().frames(instant.pose, swell=swelling.of(instant))
    shown = body().posed(frames)
    volumes = body().volumes_cm3(shown)
    for part, state in repetition.part_states(PhaseId.LIFT).items():
        if part in true and state.role.value != "stabilizer":
            assert volumes[part] == pytest.approx(true[part], rel=0.05), part
    assert volumes["vastus_lateralis_r"] == pytest.approx(true["vastus_lateralis_r"], rel=1e-4)


def test_it_can_be_switched_off_and_moves_only_what_works() -> None:
    scene = stage(NAME)
    instant = scene.repetition.instant_of(PhaseId.LIFT, 1.0)
    positions = []
    for swelling in (True, False):
        drawn(scene, instant, swelling)
        positions.append(scene.pose(instant)[: len(body().rest_position)].copy())
    moved = np.linalg.norm(positions[0] - positions[1], axis=1)
    # the edge of a broad muscle moves most: a fifth of half its breadth
    assert 0.002 < moved.max() < 0.022
    true = body().posed(body().frames(instant.pose))
    away = np.linalg.norm(positions[1] - true, axis=1)
    assert np.quantile(away, 0.9) < 1e-4  # but for what rests on bench and bar


def test_what_measures_flesh_knows_nothing_of_it() -> None:
    scene = stage(NAME)
    flesh = Flesh.posed(body(), body_mesh(body()), scene.repetition, scene.rasterizer)
    for instant, position in zip(flesh.instants, flesh.positions, strict=True):
        true = body().posed(body().frames(instant.pose))
        np.testing.assert_allclose(position, true, atol=2e-5)


@pytest.mark.parametrize("at", [0.0, 1.0])
def test_swollen_flesh_does_not_enter_floor_or_bench(at: float) -> None:
    scene = stage(NAME)
    instant = scene.repetition.instant_of(PhaseId.LIFT, at)
    drawn(scene, instant, True)
    flesh = scene.pose(instant)[: len(body().rest_position)]
    assert flesh[:, 2].min() >= 0.0
    for box in scene._solids:
        inside = flesh[((flesh > box[:3] + 1e-4) & (flesh < box[3:] - 1e-4)).all(axis=1)]
        # but for the room before the rounding of the edge
        away = EDGE_RADIUS_M - np.stack([inside[:, 1] - box[1], box[5] - inside[:, 2]])
        assert (away.min(axis=0, initial=1.0) > 0).all()
        assert (np.hypot(*away) > EDGE_RADIUS_M - 1e-4).all()


def test_native_frames_swell_like_those_of_numpy(monkeypatch: pytest.MonkeyPatch) -> None:
    repetition, strands = stage(NAME).repetition, body().strands
    if strands.native is None:
        pytest.skip("the native frames were not built here")
    instant = repetition.instant_of(PhaseId.LIFT, 1.0)
    swollen = Swelling(body(), repetition).of(instant)
    one = body().frames(instant.pose, swell=swollen)
    monkeypatch.setattr(strands, "native", None)
    other = body().frames(instant.pose, swell=swollen)
    np.testing.assert_allclose(body().posed(one), body().posed(other), atol=2e-5)
