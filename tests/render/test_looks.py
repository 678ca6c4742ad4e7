"""What the pictures show: patterns, lines, light, x-ray, shadow, smooth edges."""

from __future__ import annotations

from dataclasses import replace
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


def along(rasterizer: Rasterizer, materials: Materials, **change: Any) -> np.ndarray:
    """Return the grey profile along the fibres of a sheet, from u = 0 to u = 1."""
    mesh = make.sheet(30, **change)
    picture = rasterizer.draw(
        mesh, *make.posed(mesh), materials, make.front(height_m=1.1), (60, 300), supersample=2
    )
    # the outermost rows mix with the backdrop
    inside = np.flatnonzero(picture.part[:, 30] == 0)[3:-3]
    return np.asarray(grey(picture)[inside[::-1], 25:35].mean(axis=1))


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("pattern", [p for p in Pattern if p is not Pattern.NONE])
def test_bands_show_in_grey(rasterizer: Rasterizer, role: str, pattern: Pattern) -> None:
    plain = along(rasterizer, muscle(role))
    banded = along(rasterizer, muscle(role, pattern))
    ratio = banded / plain
    assert np.ptp(plain / plain.mean()) < 0.35
    assert ratio.min() < 0.82
    assert ratio.max() > 1.0
    dark = ratio < (ratio.min() + ratio.max()) / 2
    bands = (np.diff(dark.astype(int)) == 1).sum() + dark[0]
    assert 7 <= bands <= 9
    assert 0.2 < dark.mean() < 0.7


def test_moving_bands_tell_their_direction(rasterizer: Rasterizer) -> None:
    """The sharp front of a band lies where it goes, the fading tail where it comes from."""
    steepest = {}
    for pattern in (Pattern.TOWARDS_BELLY, Pattern.AWAY_FROM_BELLY, Pattern.STILL_BARS):
        profile = along(rasterizer, muscle(pattern=pattern))
        profile = profile / along(rasterizer, muscle())
        step = np.diff(profile[len(profile) // 2 + 8 : -8])  # from the belly to the end
        steepest[pattern] = step.min(), step.max()
    # going outwards a band that moves inwards begins sharply dark ...
    down, up = steepest[Pattern.TOWARDS_BELLY]
    assert -down > 2.5 * up
    # ... and one that moves outwards ends sharply
    down, up = steepest[Pattern.AWAY_FROM_BELLY]
    assert up > 2.5 * -down
    down, up = steepest[Pattern.STILL_BARS]
    assert up == pytest.approx(-down, rel=0.35)


@pytest.mark.parametrize(
    ("pattern", "sign"),
    [(Pattern.TOWARDS_BELLY, -1), (Pattern.AWAY_FROM_BELLY, 1), (Pattern.STILL_BARS, 0)],
)
def test_phase_moves_the_bands(rasterizer: Rasterizer, pattern: Pattern, sign: int) -> None:
    def half(phase: float) -> np.ndarray:
        profile = along(rasterizer, muscle(pattern=pattern, pattern_phase=phase))
        profile = profile / along(rasterizer, muscle())
        return np.asarray(profile[len(profile) // 2 + 10 : -10])

    before, after = half(0.0), half(0.25)
    expected = sign * 0.25 * len(before) / (8 * len(before) / 1) * 8  # a quarter band, in bands
    band = (len(before) + 20) * 2 / 8
    errors = {
        shift: np.abs(np.roll(before, shift)[20:-20] - after[20:-20]).mean()
        for shift in range(-int(band / 2), int(band / 2) + 1)
    }
    best = min(errors, key=lambda k: errors[k])
    assert best == pytest.approx(expected * band, abs=2)


def test_bands_fade_on_tendon(rasterizer: Rasterizer) -> None:
    tendon = np.ones(31 * 31, np.float32)
    plain = along(rasterizer, muscle(), tendon=tendon)
    banded = along(rasterizer, muscle(pattern=Pattern.STILL_BARS), tendon=tendon)
    np.testing.assert_allclose(banded, plain, atol=1.0)


def test_the_gap_colour_shows_between_the_bands_alone(rasterizer: Rasterizer) -> None:
    look: dict[str, Any] = {
        "pattern": Pattern.STILL_BARS,
        "pattern_strength": 0.0,
        "gap_colour": (1.0, 1.0, 1.0),
    }
    plain = along(rasterizer, muscle())
    gapped = along(rasterizer, muscle(gap_share=0.5, **look))
    brighter = gapped - plain > 8
    gaps = (np.diff(brighter.astype(int)) == 1).sum() + brighter[0]
    assert 7 <= gaps <= 9
    assert 0.35 < brighter.mean() < 0.7
    assert np.abs(gapped - plain)[~brighter].mean() < 3
    # without a share of it the colour does not matter
    np.testing.assert_array_equal(along(rasterizer, muscle(gap_share=0.0, **look)), plain)


def test_bands_too_fine_to_see_vanish(rasterizer: Rasterizer) -> None:
    mesh = make.sheet(30)
    pictures = [
        rasterizer.draw(
            mesh, *make.posed(mesh), muscle(pattern=p, pattern_bands=64), make.front(height_m=4.0),
            (200, 200), smooth=False,
        )
        for p in (Pattern.NONE, Pattern.STILL_BARS)
    ]  # fmt: skip
    inside = pictures[0].part == 0
    assert inside.sum() > 1000
    assert np.abs(grey(pictures[1])[inside] - grey(pictures[0])[inside]).max() < 2


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
