"""Pictures of the body, on our own renderer."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.helpers.pictures import SIZE, Wanted, look_at, shot, stage
from tests.helpers.repetitions import HIP_THRUSTS, body, repetition
from visualizer.anatomy.surface import PartKind
from visualizer.catalog.variation import Role
from visualizer.exercise.repetition import Instant
from visualizer.lifts.base import ViewName
from visualizer.lifts.vocabulary import Equipment, PhaseId
from visualizer.render import Picture
from visualizer.scene.chart import ChartScene
from visualizer.scene.labels import LabelRoom
from visualizer.scene.palette import theme
from visualizer.scene.request import (
    BARE,
    Layers,
    RenderRequest,
)
from visualizer.scene.scene import StageScene


def pixels_of(name: str, picture: Picture, muscle: str) -> int:
    parts = [i for i, p in enumerate(stage(name).parts) if p.muscle == muscle]
    return int(np.isin(picture.part, parts).sum())


@pytest.mark.parametrize("view", list(ViewName))
@pytest.mark.parametrize("name", HIP_THRUSTS)
def test_the_body_fills_the_picture_and_stays_in_it(name: str, view: ViewName) -> None:
    parts = stage(name).parts
    flesh = [i for i, p in enumerate(parts) if not p.id.startswith("equipment")]
    for at in (0.0, 1.0):
        picture = shot(name, PhaseId.LIFT, at, view)
        seen = np.isin(picture.part, flesh)
        assert seen.mean() > 0.05
        rim = np.concatenate([seen[0], seen[-1], seen[:, 0], seen[:, -1]])
        assert not rim.any()


@pytest.mark.parametrize("name", HIP_THRUSTS)
def test_the_gluteus_maximus_is_seen_from_the_side(name: str) -> None:
    picture = shot(name, PhaseId.LIFT, 0.5)
    assert pixels_of(name, picture, "gluteus_maximus") > 250


@pytest.mark.parametrize("name", HIP_THRUSTS)
@pytest.mark.parametrize("progress", [0.0, 0.3, 0.7, 1.0])
def test_nothing_of_the_body_enters_bench_or_floor(name: str, progress: float) -> None:
    scene = stage(name)
    variation = scene.repetition.variation
    p = scene.pose(scene.repetition.instant_of(PhaseId.LIFT, progress))[: len(body().rest_position)]
    assert p[:, 2].min() >= -1e-6
    if Equipment.BENCH in variation.equipment:
        height = scene.repetition.motion.support_height_m
        over = (
            (np.abs(p[:, 0]) < 0.45) & (p[:, 1] > 0.0) & (p[:, 1] < 0.3) & (p[:, 2] > height - 0.07)
        )
        assert (height - p[over, 2]).max(initial=0.0) < 0.005


@pytest.mark.parametrize("name", HIP_THRUSTS)
def test_flesh_is_pressed_by_little(name: str) -> None:
    # before the contact: the linkage itself must put the body where the supports are
    scene = stage(name)
    low = min(
        float(
            body()
            .posed(body().frames(scene.repetition.instant_of(PhaseId.LIFT, f).pose))[:, 2]
            .min()
        )
        for f in (0.0, 0.5, 1.0)
    )
    assert low > -0.012


def test_roles_and_contractions_tell_apart_in_grey() -> None:
    lift = shot("barbell-hip-thrust", PhaseId.LIFT, 0.5, ViewName.BACK, (960, 600))
    lowering = shot("barbell-hip-thrust", PhaseId.LOWERING, 0.5, ViewName.BACK, (960, 600))
    hold = shot("barbell-hip-thrust", PhaseId.HOLD, 0.5, ViewName.BACK, (960, 600))
    parts = stage("barbell-hip-thrust").parts
    gluteus = [i for i, p in enumerate(parts) if p.muscle == "gluteus_maximus"]
    inactive = [i for i, p in enumerate(parts) if p.muscle == "gastrocnemius_medial_head"]

    def grey(picture: Picture) -> np.ndarray:
        return picture.pixels[..., :3].astype(float) @ (0.114, 0.587, 0.299)

    # the same pose, the same place, another pattern: lift against lowering
    same = np.isin(lift.part, gluteus) & (lift.part == lowering.part)
    assert same.sum() > 2000
    assert np.abs(grey(lift) - grey(lowering))[same].mean() > 3
    # within the muscle the bands stand out about as much as shading varies in inactive flesh
    shading = grey(hold)[np.isin(hold.part, inactive)]
    flesh = shading[shading < 150]  # what is lighter is tendon
    assert grey(hold)[np.isin(hold.part, gluteus)].std() > 0.75 * flesh.std()


def test_bands_move_with_the_clock() -> None:
    still = shot("glute-bridge", PhaseId.LIFT, 0.5, clock=0.0)
    first = still.pixels.copy()
    moved = shot("glute-bridge", PhaseId.LIFT, 0.5, clock=0.5)
    assert np.abs(first.astype(int) - moved.pixels).sum() > 10_000


def test_selection_and_hover_change_only_looks() -> None:
    plain = shot("glute-bridge", PhaseId.LIFT, 0.5)
    part, pixels = plain.part.copy(), plain.pixels.copy()
    cases: tuple[Wanted, ...] = (
        {"selection": "hamstrings"},
        {"hover": "gluteus_maximus"},
        {"selection": "nonsense"},
    )
    for options in cases:
        other = shot("glute-bridge", PhaseId.LIFT, 0.5, **options)
        np.testing.assert_array_equal(other.part, part)
        changed = bool((other.pixels != pixels).any())
        assert changed is ("nonsense" not in options.values())


def test_xray_shows_a_deep_working_muscle() -> None:
    name = "banded-hip-thrust"
    closed = pixels_of(name, shot(name, PhaseId.LIFT, 0.5), "longissimus")
    seen_through = pixels_of(name, shot(name, PhaseId.LIFT, 0.5, xray=True), "longissimus")
    assert seen_through > closed + 60


def test_the_near_plate_does_not_hide_the_hips() -> None:
    scene = stage("barbell-hip-thrust")
    picture = shot("barbell-hip-thrust", PhaseId.LIFT, 0.5)
    plate = next(i for i, p in enumerate(scene.parts) if p.id == "equipment_plate_r")
    far = next(i for i, p in enumerate(scene.parts) if p.id == "equipment_plate_l")
    body_parts = [i for i, p in enumerate(scene.parts) if p.kind is PartKind.MUSCLE]
    assert (picture.part == far).sum() > 100
    assert np.isin(picture.part, body_parts).sum() > (picture.part == plate).sum()


@pytest.mark.parametrize("name", HIP_THRUSTS)
@pytest.mark.parametrize("view", [ViewName.SIDE, ViewName.BACK])
def test_marks_stand_on_the_muscle_they_mean(name: str, view: ViewName) -> None:
    from visualizer.scene.spots import Marked, find_spots

    scene = stage(name)
    size = (960, 600)
    instant = scene.repetition.instant_of(PhaseId.LIFT, 0.5)
    camera = scene.camera(view, size)
    picture = look_at(scene, instant, camera, size).picture
    states = scene.repetition.part_states(instant.phase)
    marked = [
        Marked(p.id, (i,), states[p.id].role, states[p.id].contraction)
        for i, p in enumerate(body().parts)
        if p.id in states
    ]
    spots = find_spots(picture, camera, scene.part_vertices, scene.pose(instant), marked)
    assert spots
    for spot in spots:
        if spot.marked.role is not Role.PRIME_MOVER or spot.reach_px != (0.0, 0.0):
            assert picture.part_at(spot.x, spot.y) == spot.marked.parts[0]
        else:
            # the one role that is marked though it is hidden
            assert (picture.part == spot.marked.parts[0]).sum() < 200
        assert np.hypot(*spot.along) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("size", "lines"),
    # where the names do not fit beside each other they stand in two lines, still in a row, and a
    # name of one word stands between the lines
    [((1280, 700), 1), ((860, 600), 3)],
)
def test_labels_stand_in_a_row(size: tuple[int, int], lines: int) -> None:
    scene = stage("banded-hip-thrust")
    instant = scene.repetition.instant_of(PhaseId.LIFT, 0.6)
    camera = scene.camera(ViewName.FRONT, size)
    room = LabelRoom(lambda text, size_px: 0.6 * size_px * len(text), 16.0)
    overlay = look_at(scene, instant, camera, size, Layers(labels=room)).overlay
    row = sorted((t for t in overlay.texts if len(t.text) > 2), key=lambda t: (t.x, t.y))
    names = [" ".join(t.text for t in row if t.x == x) for x in sorted({t.x for t in row})]
    assert "Gluteus maximus" in names
    assert len({t.y for t in row}) == lines
    assert max(t.y for t in row) - min(t.y for t in row) < 20
    assert len(names) >= 4


def test_a_label_of_a_group_beside_its_members_says_that_the_others_are_meant() -> None:
    # biceps femoris, itself of the hamstrings, has a label of its own there
    names = {}
    for variation in ("barbell-hip-thrust", "banded-hip-thrust"):
        scene = stage(variation)
        size = (1280, 700)
        room = LabelRoom(lambda text, size_px: 0.3 * size_px * len(text), 16.0)
        instant = scene.repetition.instant_of(PhaseId.LIFT, 0.5)
        camera = scene.camera(ViewName.SIDE, size)
        overlay = look_at(scene, instant, camera, size, Layers(labels=room)).overlay
        names[variation] = {t.text for t in overlay.texts}
    assert "Hamstrings (others)" in names["barbell-hip-thrust"]
    assert "Hamstrings" in names["banded-hip-thrust"]


def test_the_chart_shows_front_and_back() -> None:
    scene = ChartScene(body(), repetition("barbell-hip-thrust"))
    instant = scene.repetition.instant_of(PhaseId.LIFT, 0.5)
    shown = look_at(scene, instant, size=(400, 400))
    picture = shown.picture
    left, right = picture.part[:, :200], picture.part[:, 200:]
    index = {p.id: i for i, p in enumerate(scene.parts)}
    assert (left == index["rectus_abdominis_r"]).any()
    front, back = ((half == index["rectus_abdominis_r"]).sum() for half in (left, right))
    assert back < 0.05 * front
    assert (right == index["gluteus_maximus_r"]).sum() > 100
    x, y = np.argwhere(right == index["gluteus_maximus_r"]).mean(0)[::-1]
    assert shown.muscle_at(200 + x, y) == "gluteus_maximus"
    assert shown.muscle_at(1, 1) is None


@pytest.mark.parametrize("view", list(ViewName))
@pytest.mark.parametrize("name", HIP_THRUSTS)
def test_any_aspect_ratio_holds_the_body_and_not_as_a_dwarf(name: str, view: ViewName) -> None:
    low = view in (ViewName.BACK, ViewName.BELOW)
    flesh = [
        i
        for i, p in enumerate(stage(name).parts)
        if not p.id.startswith("equipment")
        # the plate behind the body, but for the views where one stands on either side
        or (p.id == "equipment_plate_l" and view is not ViewName.FRONT and not low)
    ]
    spans: dict[tuple[int, int], list[tuple[float, float]]] = {
        size: [] for size in ((200, 150), (240, 150), (240, 135), (315, 135))
    }
    # of a moment all sizes after each other: it is posed once
    for at in (0.0, 0.25, 0.5, 0.75, 1.0):
        instant = stage(name).repetition.instant_of(PhaseId.LIFT, at)
        for size, found in spans.items():
            seen = np.isin(look_at(stage(name), instant, view, size, BARE).picture.part, flesh)
            rim = np.concatenate([seen[0], seen[-1], seen[:, 0], seen[:, -1]])
            assert not rim.any(), (size, at)
            columns, rows = (np.flatnonzero(seen.any(axis)) for axis in (0, 1))
            found.append((np.ptp(columns) / size[0], np.ptp(rows) / size[1]))
    for size, found in spans.items():
        widest, highest = (max(span) for span in zip(*found, strict=True))
        if view is ViewName.SIDE:
            # four fifths of the width where the picture is not too flat for it
            assert widest > (0.79 if size[0] / size[1] < 1.7 else 0.54), size
        # bench or bar may take the rest, but the body spans most of the picture one way; from
        # below shanks and feet are glass and not counted
        assert max(widest, highest) > (0.5 if view is ViewName.BELOW else 0.74), size


def test_the_camera_stands_on_the_working_side() -> None:
    from visualizer.anatomy.muscle import Side

    left = StageScene(body(), repetition("single-leg-hip-thrust", Side.LEFT))
    camera = left.camera(ViewName.SIDE, SIZE)
    assert camera.eye[0] > 0
    instant = left.repetition.instant_of(PhaseId.LIFT, 0.5)
    picture = look_at(left, instant, camera).picture
    near = next(i for i, p in enumerate(left.parts) if p.id == "gluteus_maximus_l")
    assert (picture.part == near).sum() > 150


@pytest.mark.parametrize(
    ("name", "view", "muscle"),
    [
        ("barbell-hip-thrust", ViewName.BACK, "biceps_femoris_long_head"),
        ("single-leg-hip-thrust", ViewName.BACK, "gluteus_maximus"),
        ("banded-hip-thrust", ViewName.SIDE, "gluteus_medius"),
        ("banded-hip-thrust", ViewName.BACK, "adductor_magnus"),
        ("glute-bridge", ViewName.BELOW, "semitendinosus"),
        ("glute-bridge", ViewName.THREE_QUARTER, "rectus_abdominis"),
    ],
)
def test_views_show_the_working_muscles(name: str, view: ViewName, muscle: str) -> None:
    assert pixels_of(name, shot(name, PhaseId.LIFT, 0.6, view), muscle) > 60


def test_the_chart_never_loses_a_deep_working_muscle() -> None:
    scene = ChartScene(body(), repetition("barbell-hip-thrust"))
    instant = scene.repetition.instant_of(PhaseId.LIFT, 0.5)
    shown = look_at(scene, instant, size=(400, 400))
    picture = shown.picture
    erectors = ("iliocostalis_l", "longissimus_l", "spinalis_l")
    seen = np.isin(picture.part, [i for i, p in enumerate(scene.parts) if p.id in erectors])
    assert seen.sum() > 150
    # the other half keeps its layers
    latissimus = next(i for i, p in enumerate(scene.parts) if p.id == "latissimus_dorsi_r")
    assert (picture.part == latissimus).sum() > 200


def plates_of(picture: Picture, name: str) -> set[str]:
    ids = [part.id for part in stage(name).parts]
    return {ids[i] for i in np.unique(picture.part) if i >= 0 and "plate" in ids[i]}


@pytest.mark.parametrize("at", [0.0, 0.5, 1.0])
def test_the_near_plate_is_drawn_where_it_leaves_the_body_free(at: float) -> None:
    name, size = "barbell-hip-thrust", (960, 400)
    scene = stage(name)
    picture = shot(name, PhaseId.LIFT, at, ViewName.FRONT, size)
    assert plates_of(picture, name) == {"equipment_plate_l", "equipment_plate_r"}
    # without it not a pixel more of the working muscles is seen
    instant, materials = scene.repetition.instant_of(PhaseId.LIFT, at), scene._painter.materials
    visible = materials.visible.copy()
    for piece in ("plate_r", "sleeve_r"):
        materials.visible[[p.id for p in scene.parts].index(f"equipment_{piece}")] = False
    alone = scene.rasterizer.draw(
        scene.mesh, scene.pose(instant), scene._normal, materials,
        scene.camera(ViewName.FRONT, size), size,
    )  # fmt: skip
    materials.visible[:] = visible
    for muscle in ("gluteus_maximus", "rectus_femoris"):
        assert pixels_of(name, alone, muscle) == pixels_of(name, picture, muscle) > 0


@pytest.mark.parametrize(
    ("name", "view", "at"),
    [
        ("barbell-hip-thrust", ViewName.SIDE, 0.7),
        ("romanian-deadlift", ViewName.THREE_QUARTER, 0.7),
    ],
)
def test_a_rim_off_the_body_stands_for_the_plate_left_out(
    name: str, view: ViewName, at: float
) -> None:
    scene, picture = stage(name), shot(name, PhaseId.LIFT, at, view)
    assert plates_of(picture, name) == {"equipment_plate_l"}
    instant, camera = scene.repetition.instant_of(PhaseId.LIFT, at), scene.camera(view, SIZE)
    overlay = look_at(scene, instant, camera).overlay.plain
    rims = [s for s in overlay.ground if s.colour == theme("light").glass_edge]
    assert sum(len(rim.points) for rim in rims) >= 30
    for x, y in (point for rim in rims for point in rim.points):
        if 0 <= x < SIZE[0] and 0 <= y < SIZE[1]:
            part = picture.part[int(y), int(x)]
            assert part < 0 or part >= len(scene.body.parts)


@pytest.mark.parametrize(
    ("name", "view"),
    # in the first and the last, the rim would stand round the head like a halo
    [
        ("barbell-hip-thrust", ViewName.THREE_QUARTER),
        ("barbell-hip-thrust", ViewName.FRONT),
        ("glute-bridge", ViewName.SIDE),
        ("barbell-hip-thrust", ViewName.BACK),
    ],
)
def test_nothing_left_out_no_rim(name: str, view: ViewName) -> None:
    scene = stage(name)
    instant, camera = scene.repetition.instant_of(PhaseId.LIFT, 1.0), scene.camera(view, SIZE)
    overlay = look_at(scene, instant, camera).overlay.plain
    assert theme("light").glass_edge not in {s.colour for s in overlay.ground}


@pytest.mark.parametrize("look", ["light", "dark"])
def test_from_below_the_floor_is_glass_and_shows_the_shadow(look: str) -> None:
    name, size = "barbell-hip-thrust", (640, 400)
    scene = stage(name)
    instant = scene.repetition.instant_of(PhaseId.LIFT, 1.0)
    camera = replace(scene.camera(ViewName.FRONT, size), elevation_rad=np.radians(-10))
    picture = look_at(scene, instant, camera, size, theme=look).picture
    empty = picture.part < 0
    # far to the side there is no shadow: the plain gradient, row by row
    plain = picture.rgb[:, -1:].astype(int)
    darker = (plain - picture.rgb).max(axis=2) * empty
    rows = np.nonzero(darker >= 4)[0]
    assert len(rows) > 500
    # under the feet, not somewhere behind them
    feet = [i for i, p in enumerate(scene.parts) if p.id.startswith("skin_foot")]
    soles = np.flatnonzero(np.isin(picture.part, feet).any(axis=1))[-1]
    assert (np.abs(rows - soles) < size[1] // 10).mean() > 0.3


@pytest.mark.parametrize("at", [0.0, 0.5, 1.0])
def test_from_the_front_gear_does_not_hide_what_the_band_trains(at: float) -> None:
    name = "banded-hip-thrust"
    picture = shot(name, PhaseId.LIFT, at, ViewName.FRONT)
    shown = {m: pixels_of(name, picture, m) for m in ("gluteus_maximus", "gluteus_medius")}
    flesh = (picture.part >= 0) & (picture.part < len(stage(name).body.parts))
    assert shown["gluteus_maximus"] > 0.008 * flesh.sum()
    assert shown["gluteus_medius"] > 0


def test_a_moving_shadow_is_at_most_one_picture_late_and_exact_at_rest() -> None:
    scene = stage("glute-bridge")
    low, middle, high = (scene.repetition.instant_of(PhaseId.LIFT, at) for at in (0.0, 0.5, 1.0))

    def pixels(instant: Instant, moving: bool = False) -> np.ndarray:
        request = RenderRequest(instant, (320, 200), layers=BARE, moving=moving)
        return scene.render(request).picture.pixels.copy()

    exact = pixels(low)
    pixels(middle, moving=True)
    pixels(high, moving=True)
    np.testing.assert_array_equal(pixels(low), exact)
    # of two pictures while moving at least one has its own shadow
    late = [scene._shadow]
    for instant in (middle, high):
        pixels(instant, moving=True)
        late.append(scene._shadow)
    assert late[1] is not late[2] or late[0] is not late[1]
    assert late[0] is not late[2]


@pytest.mark.parametrize("name", HIP_THRUSTS)
def test_every_view_is_another_direction(name: str) -> None:
    ways = [stage(name).camera(view, SIZE).axes[2] for view in ViewName]
    for k, way in enumerate(ways):
        for other in ways[:k]:
            assert np.degrees(np.arccos(np.clip(way @ other, -1, 1))) > 20


@pytest.mark.parametrize("name", ["barbell-hip-thrust", "glute-bridge"])
@pytest.mark.parametrize("at", [0.0, 0.5, 1.0])
def test_from_below_the_prime_mover_shows_more_than_from_anywhere(name: str, at: float) -> None:
    seen = {
        v: pixels_of(name, shot(name, PhaseId.LIFT, at, v), "gluteus_maximus") for v in ViewName
    }
    assert seen[ViewName.BELOW] > 0.9 * max(seen.values())
    # the limbs before it are glass: what is drawn solid leaves it in sight
    assert seen[ViewName.BELOW] > 800


def test_from_behind_the_bench_is_glass_and_the_back_is_seen() -> None:
    name = "barbell-hip-thrust"
    picture = shot(name, PhaseId.LIFT, 0.3, ViewName.BACK)
    for muscle in ("latissimus_dorsi", "trapezius", "gluteus_maximus"):
        assert pixels_of(name, picture, muscle) > 300, muscle


def test_glass_does_not_come_and_go_during_the_lift() -> None:
    scene = stage("barbell-hip-thrust")
    camera = scene.camera(ViewName.SIDE, SIZE)
    forearm = [i for i, p in enumerate(scene.parts) if p.id == "skin_hand_r"]
    for at in (0.0, 0.4, 0.9):
        instant = scene.repetition.instant_of(PhaseId.LIFT, at)
        # glass shows nothing of itself in the numbers of the parts
        assert not np.isin(look_at(scene, instant, camera).picture.part, forearm).any()


def test_an_upper_arm_above_a_forearm_of_glass_fades_and_the_other_does_not() -> None:
    scene = stage("barbell-hip-thrust")
    instant = scene.repetition.instant_of(PhaseId.LIFT, 0.4)

    def solid(view: ViewName) -> set[str]:
        part = look_at(scene, instant, scene.camera(view, SIZE)).picture.part
        return {scene.parts[i].id for i in np.unique(part[part >= 0])}

    # solid, it would end in an open elbow, its tendons in the air
    assert not {p for p in solid(ViewName.SIDE) if p.startswith(("biceps_brachii", "bone_humerus"))}
    assert {"biceps_brachii_r", "skin_hand_r"} <= solid(ViewName.FRONT)


@pytest.mark.parametrize("name", ["barbell-hip-thrust", "single-leg-hip-thrust"])
def test_the_pad_is_glass_before_the_hip_and_solid_from_the_front(name: str) -> None:
    def solid(view: ViewName) -> bool:
        scene = stage(name)
        instant = scene.repetition.instant_of(PhaseId.LIFT, 0.0)
        pad = [i for i, p in enumerate(scene.parts) if p.id == "equipment_hip_pad"]
        assert pad
        part = look_at(scene, instant, scene.camera(view, SIZE)).picture.part
        return bool(np.isin(part, pad).any())

    assert [v for v in (ViewName.SIDE, ViewName.THREE_QUARTER, ViewName.FRONT) if solid(v)] == [
        ViewName.FRONT
    ]


def test_the_outline_is_found_where_it_is_drawn_and_nowhere_else() -> None:
    scene = stage("barbell-hip-thrust")
    instant = scene.repetition.instant_of(PhaseId.LIFT, 0.3)
    camera = scene.camera(ViewName.SIDE, SIZE)
    bands = look_at(scene, instant, camera).overlay.plain.ground
    rim = [p for s in bands if s.colour == theme("light").glass_edge for p in s.points]
    assert len(rim) > 20
    for point in rim:
        assert scene.outline_at(instant, camera, SIZE, point)
    part = look_at(scene, instant, camera).picture.part
    assert all(part[int(y), int(x)] < 0 for x, y in rim)
    bar = camera.project(np.array([instant.bar_position_m]), SIZE)[0]
    assert not scene.outline_at(instant, camera, SIZE, (float(bar[0]), float(bar[1])))
    from_behind = scene.camera(ViewName.BACK, SIZE)
    assert not any(scene.outline_at(instant, from_behind, SIZE, point) for point in rim)


def test_a_camera_close_to_the_body_has_the_plate_behind_it() -> None:
    scene = stage("barbell-hip-thrust")
    instant = scene.repetition.instant_of(PhaseId.LIFT, 0.3)
    for azimuth in np.linspace(-3.0, 3.0, 9):
        camera = replace(
            scene.camera(ViewName.SIDE, SIZE), azimuth_rad=float(azimuth), height_m=0.12
        )
        look_at(scene, instant, camera)  # no warning about numbers
        assert not scene.outline_at(instant, camera, SIZE, (-1e4, -1e4))


def test_points_of_the_body_leave_no_gap_that_a_close_camera_falls_into() -> None:
    scene = stage("glute-bridge")
    instant = scene.repetition.instant_of(PhaseId.LIFT, 0.5)
    points = scene.body_points(instant).astype(float)
    every = scene.pose(instant)[: len(scene.body.rest_position)].astype(float)[::211]
    gaps = [np.linalg.norm(points - p, axis=1).min() for p in every]
    assert max(gaps) < 0.04
