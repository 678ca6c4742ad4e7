"""What the pictures show: patterns, lines, light, x-ray, shadow, smooth edges."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest

from tests.helpers import meshes as make
from visualizer.render import Backdrop, Materials, Mesh, Pattern, Picture, Rasterizer

ROLES = {
    "prime": (0xD5, 0x5E, 0x00),
    "synergist": (0xCC, 0x79, 0xA7),
    "stabilizer": (0, 0x72, 0xB2),
}


def grey(picture: Picture) -> np.ndarray:
    return picture.rgb.astype(float) @ [0.299, 0.587, 0.114]


def muscle(role: str = "prime", pattern: Pattern = Pattern.NONE, **values: Any) -> Materials:
    m = Materials.plain(1)
    m.colour[:] = np.array(ROLES[role]) / 255
    m.pattern[:] = pattern
    m.outline_width_px[:] = 0
    m.streaks[:] = 0
    for name, value in values.items():
        getattr(m, name)[:] = value
    return m


# a sheet 60 pixels wide shows 0.22 m: with ten lanes per metre the middle of one and its side
LANE, MIDDLE, SIDE = 10.0, slice(42, 46), slice(35, 39)
MOVING = (Pattern.TOWARDS_BELLY, Pattern.AWAY_FROM_BELLY)


# the sheets of :func:`along`, by kernel and look; many tests look at the same ones
_drawn: dict[tuple[object, ...], np.ndarray] = {}


def along(
    rasterizer: Rasterizer, materials: Materials, columns: slice = MIDDLE, **change: Any
) -> np.ndarray:
    """Return the grey profile along the fibres of a sheet, from u = 0 to u = 1."""
    look = [getattr(materials, field.name).tobytes() for field in fields(materials)]
    key = (rasterizer.kernel_name, *look, *((name, v.tobytes()) for name, v in change.items()))
    if key not in _drawn:
        mesh = make.sheet(30, **change)
        picture = rasterizer.draw(
            mesh, *make.posed(mesh), materials, make.front(height_m=1.1), (60, 300), supersample=2
        )
        # the outermost rows mix with the backdrop
        inside = np.flatnonzero(picture.part[:, 30] == 0)[3:-3]
        _drawn[key] = grey(picture)[inside[::-1]]
    return np.asarray(_drawn[key][:, columns].mean(axis=1))


def figures(rasterizer: Rasterizer, pattern: Pattern, columns: slice, **values: Any) -> np.ndarray:
    """Return the profile of white figures on orange, against the bare orange."""
    look: dict[str, Any] = {"figure_colour": (1.0, 1.0, 1.0), "pattern_lanes": LANE, **values}
    shown = along(rasterizer, muscle(pattern=pattern, **look), columns)
    return np.asarray(shown / along(rasterizer, muscle(), columns))


def ahead(one: np.ndarray, other: np.ndarray) -> int:
    """Return by how many places the second profile lies farther from the belly."""
    reach = 15
    errors = {
        shift: np.abs(np.roll(one, shift)[reach:-reach] - other[reach:-reach]).mean()
        for shift in range(-reach, reach + 1)
    }
    return min(errors, key=lambda k: errors[k])


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("pattern", MOVING)
def test_figures_follow_each_other_along_the_fibres(
    rasterizer: Rasterizer, role: str, pattern: Pattern
) -> None:
    look: dict[str, Any] = {"figure_colour": (1.0, 1.0, 1.0), "pattern_lanes": LANE}
    plain = along(rasterizer, muscle(role))
    ratio = along(rasterizer, muscle(role, pattern, **look)) / plain
    assert np.ptp(plain / plain.mean()) < 0.35
    assert ratio.min() < 1.15
    assert ratio.max() > 1.2
    light = ratio > (ratio.min() + ratio.max()) / 2
    count = (np.diff(light.astype(int)) == 1).sum() + light[0]
    # in the light belly arrowheads run together
    assert 5 <= count <= 10
    assert 0.1 < light.mean() < 0.65


def test_still_lines_run_along_the_fibres(rasterizer: Rasterizer) -> None:
    inside = figures(rasterizer, Pattern.STILL_LINES, slice(43, 45))
    assert np.ptp(inside[10:-10]) < 0.25  # one line from end to end
    assert inside.min() > 1.2
    beside = figures(rasterizer, Pattern.STILL_LINES, SIDE)
    np.testing.assert_allclose(beside, 1.0, atol=0.03)
    broken = figures(rasterizer, Pattern.BROKEN_LINES, slice(43, 45))
    light = broken > (broken.min() + broken.max()) / 2
    assert 7 <= (np.diff(light.astype(int)) == 1).sum() + light[0] <= 9


def test_still_lines_are_of_one_width_on_the_screen(rasterizer: Rasterizer) -> None:
    widths = []
    for height_m in (0.55, 1.1):
        mesh = make.sheet(30)
        look: dict[str, Any] = {"figure_colour": (1.0, 1.0, 1.0), "pattern_lanes": LANE}
        rows = [
            grey(
                rasterizer.draw(
                    mesh, *make.posed(mesh), muscle(pattern=p, **look),
                    make.front(height_m=height_m), (60, 300), supersample=2,
                )
            )[150]
            for p in (Pattern.STILL_LINES, Pattern.NONE)
        ]  # fmt: skip
        brighter = rows[0] - rows[1]
        lines = (np.diff((brighter > 5).astype(int)) == 1).sum()
        widths.append(brighter.sum() / lines)
    assert widths[0] == pytest.approx(widths[1], rel=0.15)


def test_the_tip_of_a_figure_leads(rasterizer: Rasterizer) -> None:
    """In the middle of a lane it is farther on its way than at the sides."""
    shift = {}
    for pattern in MOVING:
        middle, side = (figures(rasterizer, pattern, columns)[150:] for columns in (MIDDLE, SIDE))
        shift[pattern] = ahead(side, middle)
    assert shift[Pattern.TOWARDS_BELLY] < -1
    assert shift[Pattern.AWAY_FROM_BELLY] > 1


def test_arrowheads_are_filled_and_chevrons_open(rasterizer: Rasterizer) -> None:
    """A head has a sharp front, where it goes, and a tail that fades; a chevron is a line."""
    step = np.diff(figures(rasterizer, Pattern.TOWARDS_BELLY, MIDDLE)[180:-8])
    assert step.max() > 2.5 * -step.min()
    step = np.diff(figures(rasterizer, Pattern.AWAY_FROM_BELLY, MIDDLE)[180:-8])
    assert step.max() == pytest.approx(-step.min(), rel=0.35)


@pytest.mark.parametrize(
    ("pattern", "sign"),
    [(Pattern.TOWARDS_BELLY, -1), (Pattern.AWAY_FROM_BELLY, 1), (Pattern.STILL_LINES, 0)],
)
def test_phase_moves_the_figures(rasterizer: Rasterizer, pattern: Pattern, sign: int) -> None:
    before, after = (
        figures(rasterizer, pattern, MIDDLE, pattern_phase=phase)[165:-8] for phase in (0.0, 0.25)
    )
    period = 272 / 8
    assert ahead(before, after) == pytest.approx(sign * 0.25 * period, abs=2)


def test_figures_fade_on_tendon(rasterizer: Rasterizer) -> None:
    tendon = np.ones(31 * 31, np.float32)
    plain = along(rasterizer, muscle(), tendon=tendon)
    for pattern in (*MOVING, Pattern.STILL_LINES):
        shown = along(rasterizer, muscle(pattern=pattern, pattern_lanes=LANE), tendon=tendon)
        np.testing.assert_allclose(shown, plain, atol=1.0)


def test_without_strength_figures_do_not_show(rasterizer: Rasterizer) -> None:
    hidden: dict[str, Any] = {"pattern_strength": 0.0, "figure_colour": (1.0, 1.0, 1.0)}
    plain = along(rasterizer, muscle())
    shown = along(rasterizer, muscle(pattern=Pattern.TOWARDS_BELLY, **hidden))
    np.testing.assert_array_equal(shown, plain)


@pytest.mark.parametrize("pattern", [p for p in Pattern if p is not Pattern.NONE])
def test_figures_too_fine_to_see_become_one_even_tone(
    rasterizer: Rasterizer, pattern: Pattern
) -> None:
    mesh = make.sheet(30)
    look: dict[str, Any] = {
        "figure_colour": (1.0, 1.0, 1.0),
        "pattern_lanes": 300.0,
        "pattern_bands": 64,
    }
    pictures = [
        rasterizer.draw(
            mesh, *make.posed(mesh), muscle(pattern=p, **look), make.front(height_m=4.0),
            (200, 200), smooth=False,
        )
        for p in (Pattern.NONE, pattern)
    ]  # fmt: skip
    inside = pictures[0].part == 0
    assert inside.sum() > 1000
    more = (grey(pictures[1]) - grey(pictures[0]))[inside]
    assert more.mean() > 8
    assert more.std() < 0.1 * more.mean()


@pytest.mark.parametrize("gloss", [0.0, 0.4])
def test_what_glows_is_brighter_and_keeps_its_hue(rasterizer: Rasterizer, gloss: float) -> None:
    mesh, shown = make.sheet(4), []
    for glow in (0.0, 0.5):
        materials = muscle("prime", glow=glow, gloss=gloss)
        picture = rasterizer.draw(mesh, *make.posed(mesh), materials, make.front(), make.SIZE)
        shown.append(picture.rgb[picture.part == 0].astype(float).mean(axis=0))
    assert shown[1][:2].sum() > shown[0][:2].sum() + 10
    saturation = [1 - c.min() / c.max() for c in shown]
    assert saturation[1] > saturation[0] - 0.03


def test_a_sharper_highlight_is_smaller_and_brighter(rasterizer: Rasterizer) -> None:
    turn = np.linspace(-1.2, 1.2, 31)
    # the lamp stands above: a highlight is where a normal leans up by a third
    normal = np.stack([np.sin(turn), -np.cos(turn), np.full(31, 0.45)], axis=1).astype(np.float32)
    mesh = make.sheet(30, rest_normal=np.tile(normal, (31, 1)))
    rows = []
    for sharpness in (0.0, 1.0):
        materials = muscle("stabilizer", gloss=1.0, sharpness=sharpness)
        picture = rasterizer.draw(mesh, *make.posed(mesh), materials, make.front(), make.SIZE)
        matt = muscle("stabilizer", gloss=0.0)
        dull = rasterizer.draw(mesh, *make.posed(mesh), matt, make.front(), make.SIZE)
        rows.append((grey(picture) - grey(dull)).max(axis=0))
    broad, sharp = rows
    assert sharp.max() > broad.max()
    assert (sharp > sharp.max() / 2).sum() < (broad > broad.max() / 2).sum()


def test_tendon_and_occlusion_change_the_tone(rasterizer: Rasterizer) -> None:
    red = along(rasterizer, muscle()).mean()
    white = along(rasterizer, muscle(), tendon=np.ones(31 * 31, np.float32)).mean()
    buried = along(rasterizer, muscle(), occlusion=np.full(31 * 31, 0.1, np.float32)).mean()
    assert white > red + 60
    assert buried < red * 0.75


def test_a_colour_in_plain_light_is_shown_as_given(rasterizer: Rasterizer) -> None:
    materials = muscle("synergist", gloss=0)
    mesh = make.sheet(4)
    picture = rasterizer.draw(mesh, *make.posed(mesh), materials, make.front(), make.SIZE)
    shown = picture.rgb[55, 75].astype(int)
    assert np.abs(shown - ROLES["synergist"]).max() < 30


def two_sheets() -> Mesh:
    return Mesh.join([make.sheet(4, (-0.6, 0.0)), make.sheet(4, (0.0, 0.6))])


def test_lines_follow_width_and_strength(rasterizer: Rasterizer) -> None:
    mesh = two_sheets()
    dark = []
    for width, strength in ((0, 1), (1, 0.5), (1, 1), (2.4, 1)):
        materials = Materials.plain(2)
        materials.streaks[:] = 0
        materials.outline_width_px[:], materials.outline_strength[:] = width, strength
        picture = rasterizer.draw(mesh, *make.posed(mesh), materials, make.front(), make.SIZE)
        row = grey(picture)[55, 65:85]
        dark.append((row.max() - row).sum())
    assert dark[0] < 8
    assert dark[1] > dark[0] + 15
    assert dark[2] > 1.5 * dark[1]
    assert dark[3] > 1.5 * dark[2]


def test_one_emphasised_part_is_enough_for_its_line(rasterizer: Rasterizer) -> None:
    mesh = two_sheets()
    rows = []
    for chosen in (0, 1):
        materials = Materials.plain(2)
        materials.streaks[:] = 0
        materials.outline_width_px[:] = 0
        materials.outline_width_px[chosen], materials.outline_strength[chosen] = 2, 1
        picture = rasterizer.draw(mesh, *make.posed(mesh), materials, make.front(), make.SIZE)
        rows.append(grey(picture)[55, 70:80])
    assert np.abs(rows[0] - rows[1]).max() < 6
    assert np.ptp(rows[0]) > 60


def test_a_silhouette_has_a_line_of_its_own(rasterizer: Rasterizer) -> None:
    mesh = two_sheets()
    materials = Materials.plain(2)
    materials.streaks[:] = 0
    materials.outline_strength[:] = 0
    rows = [
        grey(
            rasterizer.draw(
                mesh, *make.posed(mesh), materials, make.front(), make.SIZE,
                Backdrop(edge_width_px=1.5, edge_strength=strength),
            )
        )[55]
        for strength in (0.0, 1.0)
    ]  # fmt: skip
    darker = rows[0] - rows[1]
    rim = np.flatnonzero(np.abs(darker) > 20)
    assert {int(x > 75) for x in rim} == {0, 1}  # at either end
    assert np.abs(darker[65:85]).max() < 4  # and not between the two parts


def test_the_ring_is_two_pixels_round_the_selection(rasterizer: Rasterizer) -> None:
    mesh = two_sheets()
    materials = Materials.plain(2)
    materials.ring[1] = True
    backdrop = Backdrop(ring=(0.0, 1.0, 0.0))
    picture = rasterizer.draw(
        mesh, *make.posed(mesh), materials, make.front(), make.SIZE, backdrop, smooth=False
    )
    green = (picture.rgb == [0, 255, 0]).all(axis=-1)
    assert 1 <= green[55, 65:85].sum() <= 3  # between the two
    assert green[55, 86:].sum() in (1, 2, 3)  # and against the backdrop
    assert not green[:, :70].any()
    both = Materials.plain(2)
    both.ring[:] = True
    joined = rasterizer.draw(
        mesh, *make.posed(mesh), both, make.front(), make.SIZE, backdrop, smooth=False
    )
    assert not (joined.rgb[55, 68:82] == [0, 255, 0]).all(axis=-1).any()


def test_translucent_parts_show_what_lies_beneath(rasterizer: Rasterizer) -> None:
    mesh = Mesh.join([make.sheet(4, (-0.6, 0.6), y=-0.2), make.sheet(4, (-0.2, 0.6), y=0.2)])
    materials = Materials.plain(2)
    materials.outline_width_px[:] = 0
    materials.streaks[:] = 0
    materials.colour[0], materials.colour[1] = (0.1, 0.1, 0.9), (0.9, 0.1, 0.1)

    def at(x: int) -> np.ndarray:
        picture = rasterizer.draw(mesh, *make.posed(mesh), materials, make.front(), make.SIZE)
        return np.asarray(picture.rgb[55, x].astype(int))

    solid = at(90)
    materials.opacity[0] = 0.4
    mixed, over_backdrop = at(90), at(45)
    materials.visible[0] = False
    beneath, backdrop = at(90), at(45)
    for channel in (0, 2):
        low, high = sorted((solid[channel], beneath[channel]))
        assert low + 20 < mixed[channel] < high - 20
    assert over_backdrop[0] < backdrop[0] - 20
    assert over_backdrop[2] > 100


def test_what_lies_beneath_a_translucent_part_is_picked(rasterizer: Rasterizer) -> None:
    mesh = Mesh.join([make.sheet(4, (-0.6, 0.6), y=-0.2), make.sheet(4, (-0.2, 0.6), y=0.2)])
    materials = Materials.plain(2)
    materials.opacity[0] = 0.3
    picture = rasterizer.draw(mesh, *make.posed(mesh), materials, make.front(), make.SIZE)
    assert picture.part_at(90, 55) == 1
    assert picture.part_at(45, 55) == 0


def test_hidden_parts_are_neither_drawn_nor_picked(rasterizer: Rasterizer) -> None:
    mesh = two_sheets()
    for name, value in (("visible", False), ("opacity", 0.0)):
        materials = Materials.plain(2)
        getattr(materials, name)[0] = value
        picture = rasterizer.draw(mesh, *make.posed(mesh), materials, make.front(), make.SIZE)
        assert set(np.unique(picture.part)) == {-1, 1}


def test_the_gradient_runs_from_top_to_bottom(rasterizer: Rasterizer) -> None:
    mesh = make.sheet(2)
    camera = make.front(target=(50, 0, 0))
    for backdrop in (Backdrop(), Backdrop(top=(0.14, 0.15, 0.16), bottom=(0.08, 0.08, 0.07))):
        picture = rasterizer.draw(
            mesh, *make.posed(mesh), Materials.plain(1), camera, (64, 200), backdrop
        )
        for row, colour in ((0, backdrop.top), (-1, backdrop.bottom)):
            mean = picture.rgb[row].astype(float).mean(axis=0)
            assert np.abs(mean - np.array(colour) * 255).max() < 1.0
        eight_rows = grey(picture).reshape(25, -1).mean(axis=1)
        assert (np.diff(eight_rows) <= 0.1).all()


def test_the_floor_is_shadowed_where_something_stands(rasterizer: Rasterizer) -> None:
    mesh = make.sheet(20, (-0.3, 0.3), (0, 0.6))
    camera = make.front(target=(0, 0, 0.2))
    shadow = rasterizer.shadow(mesh.rest_position)
    assert shadow.darkness[0].max() == shadow.darkness[:, -1].max() == 0

    def draw(**change: Any) -> np.ndarray:
        return grey(
            rasterizer.draw(
                mesh, *make.posed(mesh), Materials.plain(1), camera, (160, 120), **change
            )
        )

    lit, shaded = draw(), draw(shadow=shadow)
    darker = lit - shaded
    y = int(camera.project((0, -0.02, 0), (160, 120))[1]) + 1
    assert darker[y, 80] > 4
    assert darker.max() < 120
    assert darker[y, 5] < 1
    assert darker[:20].max() < 1
    np.testing.assert_array_equal(draw(shadow=shadow, floor=False), lit)


def test_the_shadow_falls_on_a_mat(rasterizer: Rasterizer) -> None:
    stands = make.sheet(20, (-0.3, 0.3), (0, 0.6))
    flat = make.sheet(4, (-0.8, 0.8), (-0.8, 0.8))
    lies = np.ascontiguousarray(flat.rest_position[:, [0, 2, 1]])
    up = np.tile(np.array([0, 0, 1], np.float32), (len(lies), 1))
    faces = (
        flat.faces
        if np.cross(*np.diff(lies[flat.faces[0]], axis=0))[2] > 0
        else flat.faces[:, ::-1]
    )
    mesh = Mesh.join(
        [stands, Mesh.rigid(lies, up, np.ascontiguousarray(faces), np.zeros(len(faces), np.int32))]
    )
    camera = replace(make.front(target=(0, 0, 0.2)), elevation_rad=0.4)
    shadow = rasterizer.shadow(stands.rest_position)
    materials = Materials.plain(2)
    materials.streaks[:] = 0
    pictures = [
        rasterizer.draw(
            mesh, *make.posed(mesh), materials, camera, (160, 120), shadow=shadow, mat=mat
        )
        for mat in (None, 1)
    ]
    darker = grey(pictures[0]) - grey(pictures[1])
    assert (pictures[0].part == pictures[1].part).all()
    assert darker[pictures[0].part == 0].max() < 1
    x, y, _ = camera.project((0, -0.03, 0), (160, 120))
    assert darker[int(y), int(x)] > 4
    x, y, _ = camera.project((0.7, -0.6, 0), (160, 120))
    assert abs(darker[int(y), int(x)]) < 1


def test_from_below_the_floor_is_glass_and_lets_its_shadow_through(rasterizer: Rasterizer) -> None:
    mesh = make.sheet(20, (-0.3, 0.3), (0, 0.6))
    shadow = rasterizer.shadow(mesh.rest_position)
    camera = replace(make.front(target=(0, 0, 0.2)), elevation_rad=-0.2)

    def draw(**change: Any) -> np.ndarray:
        return grey(
            rasterizer.draw(
                mesh, *make.posed(mesh), Materials.plain(1), camera, (160, 120), **change
            )
        )

    darker = draw() - draw(shadow=shadow)
    # the floor behind the sheet lies below it in the picture
    y = int(camera.project((0, 0.04, 0), (160, 120))[1]) + 1
    assert darker[y, 80] > 2
    assert darker[y, 5] < 1
    # above the horizon there is no floor
    assert darker[:20].max() < 1


def test_shadows_of_high_things_are_faint(rasterizer: Rasterizer) -> None:
    flat = make.sheet(20).rest_position[:, [0, 2, 1]].copy()
    low = rasterizer.shadow(flat + np.array([0, 0, 0.01], np.float32)).darkness.max()
    high = rasterizer.shadow(flat + np.array([0, 0, 1.0], np.float32)).darkness.max()
    assert 0 < high < 0.5 * low


def test_large_triangles_cast_a_shadow_between_their_corners(rasterizer: Rasterizer) -> None:
    flat = make.sheet(1, (-1, 1), (-1, 1)).rest_position[:, [0, 2, 1]].copy()
    faces = np.array([[0, 1, 3], [0, 3, 2]], np.int32)
    shadow = rasterizer.shadow(flat, faces)
    row, column = (np.array(shadow.darkness.shape) / 2).astype(int)
    assert shadow.darkness[row, column] > 0.5
    assert rasterizer.shadow(flat).darkness[row, column] < 0.05


@pytest.mark.parametrize("options", [{"smooth": True}, {"supersample": 2}, {"supersample": 4}])
def test_edges_are_softened(rasterizer: Rasterizer, options: dict[str, Any]) -> None:
    tilted = make.sheet(6)
    position = tilted.rest_position.copy()
    position[:, 0] += 0.15 * position[:, 2]
    materials = Materials.plain(1)
    materials.colour[:] = 0
    materials.outline_width_px[:] = 0

    def between(**change: Any) -> int:
        picture = rasterizer.draw(
            tilted, position, tilted.rest_normal, materials, make.front(), make.SIZE, **change
        )
        tone = grey(picture)[30:80]
        return int(((tone > 60) & (tone < 200)).sum())

    assert between(smooth=False) == 0
    assert between(**options) > 40


def test_streaks_run_along_the_fibres(rasterizer: Rasterizer) -> None:
    mesh = make.sheet(30)
    materials = muscle(streaks=1.0)
    picture = rasterizer.draw(
        mesh, *make.posed(mesh), materials, make.front(height_m=0.5), (300, 300)
    )
    tone = grey(picture)[100:200, 100:200]
    across, lengthwise = np.abs(np.diff(tone, axis=1)).mean(), np.abs(np.diff(tone, axis=0)).mean()
    assert across > 3 * lengthwise
    assert 1 < tone.std() < 15
