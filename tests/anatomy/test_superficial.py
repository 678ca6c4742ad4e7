"""What lies over what: the order of layers that an anatomist sees first."""

from __future__ import annotations

import numpy as np
import pytest

from tests.helpers.repetitions import body, skeleton
from visualizer.render import Camera, Materials, Rasterizer
from visualizer.scene.palette import theme
from visualizer.scene.scene import body_mesh

Array = np.ndarray


def faces(part_id: str, *, tendon: bool) -> Array:
    part = body().parts[body().part_index(part_id)]
    first, belly, last = (part.first_face + n for n in (0, part.belly_faces, part.face_count))
    found: Array = body().faces[belly:last] if tendon else body().faces[first:belly]
    return found


def points(part_id: str, *, tendon: bool = False) -> Array:
    found: Array = body().rest_position[np.unique(faces(part_id, tendon=tendon))].astype(float)
    return found


def pieces(triangles: Array) -> list[Array]:
    """Return the vertices of each connected piece of a mesh."""
    label = np.arange(int(triangles.max()) + 1)
    while True:
        low = label[triangles].min(1)
        before = label.copy()
        for corner in range(3):
            np.minimum.at(label, triangles[:, corner], low)
        if (label == before).all():
            break
    used = np.unique(triangles)
    return [used[label[used] == k] for k in np.unique(label[used])]


def near(where: Array, height_m: float, within_m: float = 0.012) -> Array:
    found = where[np.abs(where[:, 2] - height_m) < within_m]
    assert len(found), height_m
    return found


def seen_from(
    azimuth_deg: float, target: tuple[float, float, float], elevation_deg: float = 0.0
) -> tuple[Array, Array]:
    """Return the part under each pixel of the standing body, and the height of each row, metres."""
    mesh = body_mesh(body())
    way = np.radians(azimuth_deg), np.radians(elevation_deg)
    camera = Camera(target, *way, 0.5, np.radians(4.0))
    picture = Rasterizer(threads=1).draw(
        mesh,
        np.ascontiguousarray(body().rest_position),
        np.ascontiguousarray(body().rest_normal),
        Materials.plain(len(body().parts)),
        camera,
        (400, 500),
        theme("light").backdrop,
    )
    return picture.part, target[2] + 0.25 - (np.arange(500) + 0.5) * 0.001


def test_sartorius_is_one_ribbon_before_the_other_muscles_of_the_thigh() -> None:
    assert len(pieces(faces("sartorius_r", tendon=False))) == 1
    sartorius = points("sartorius_r")
    assert sartorius[:, 2].max() > 0.96
    assert sartorius[:, 2].min() < 0.53
    part, height = seen_from(0.0, (-0.12, 0.15, 0.80))
    mine = (part == body().part_index("sartorius_r")).sum(1)
    crossing = (height > 0.76) & (height < 0.95)
    # a millimetre a pixel: nowhere on its way across the front is it hidden
    assert mine[crossing].min() > 3


def test_rectus_femoris_lies_on_the_vasti_in_the_bent_knee_too() -> None:
    """Drawn tight over the condyles it sank two centimetres between them."""
    angles = dict(body().rest_angles)
    angles |= {"hip_flexion_r": np.radians(95.0), "knee_angle_r": np.radians(105.0)}
    bone = skeleton()
    femur = bone.body("femur_r")
    frames = body().frames(bone.pose(angles))
    own = body().knot_frames + list(body().bone_bodies).index(femur)
    turn, shift = np.split(frames[own].astype(float), [3], axis=1)
    # in the femur's frame, as the body stands at rest: its front is -y
    corners = (body().posed(frames) - shift.T) @ turn
    rectus = corners[np.unique(faces("rectus_femoris_r", tendon=False))]
    vasti = corners[
        np.unique(
            np.vstack([faces(f"vastus_{v}_r", tendon=False) for v in ("lateralis", "medialis")])
        )
    ]
    hip = bone.pose(body().rest_angles).body_position[femur]
    for below in (0.20, 0.24, 0.28):
        mine, theirs = (near(points, hip[2] - below) for points in (rectus, vasti))
        beside = theirs[np.abs(theirs[:, 0] - mine[:, 0].mean()) < 0.05]
        assert mine[:, 1].min() < beside[:, 1].min() + 0.002, below


def test_the_tendon_of_the_fibularis_longus_lies_on_the_brevis() -> None:
    part, height = seen_from(-110.0, (-0.15, 0.19, 0.30))
    tendon = points("fibularis_longus_r", tendon=True)
    assert len(pieces(faces("fibularis_longus_r", tendon=True))) == 1
    mine = (part == body().part_index("fibularis_longus_r")).sum(1)
    assert mine[(height > tendon[:, 2].min() + 0.03) & (height < 0.225)].min() > 1


@pytest.mark.parametrize("muscle", ["infraspinatus", "teres_minor"])
def test_no_tendon_of_the_shoulder_blade_comes_through_the_deltoid(muscle: str) -> None:
    """They end beneath it; cords that went on from them were white chips on it in some poses."""
    assert not len(faces(f"{muscle}_r", tendon=True))


@pytest.mark.parametrize("skin", ["skin_hand_r", "skin_foot_l"])
def test_every_finger_and_toe_has_its_nail(skin: str) -> None:
    whole, *nails = sorted(pieces(faces(skin, tendon=False)), key=len, reverse=True)
    assert len(nails) == 5
    for nail in nails:
        places = body().rest_position[nail].astype(float)
        away = np.linalg.norm(places[:, None] - body().rest_position[whole][None], axis=2).min(1)
        assert away.max() < 0.008
        assert 0.004 < np.ptp(places, axis=0).max() < 0.016
        # it moves in one piece, with the last bone of its finger
        assert (body().weight[nail] == body().weight[nail[0]]).all()


def test_the_ear_has_a_rim_round_a_hollow() -> None:
    triangles = body().rest_position[faces("skin_head", tendon=False)].astype(float)

    def outermost(y: float) -> float:
        return float(-crossed(triangles, y, 1.656).min())

    rim = max(outermost(y) for y in np.arange(0.230, 0.242, 0.002))
    hollow = min(outermost(y) for y in np.arange(0.216, 0.224, 0.002))
    # a plain disc stood off behind by 6.6 mm
    assert rim - hollow > 0.009


def test_both_heads_of_the_gastrocnemius_end_on_one_tendon_to_the_heel() -> None:
    strip = pieces(faces("gastrocnemius_medial_head_r", tendon=True))
    assert len(strip) == 1
    tendon = body().rest_position[strip[0]].astype(float)
    for head in ("medial", "lateral"):
        belly = points(f"gastrocnemius_{head}_head_r")
        assert len(pieces(faces(f"gastrocnemius_{head}_head_r", tendon=False))) == 1
        lowest = belly[belly[:, 2].argmin()]
        assert tendon[:, 2].max() > lowest[2] + 0.01
        across = near(tendon, lowest[2])[:, 0]
        assert across.min() < lowest[0] < across.max()
    # it narrows towards the heel, and never is in the air between
    broad, narrow = (np.ptp(near(tendon, z)[:, 0]) for z in (0.28, 0.18))
    assert broad > 0.028
    assert 0.014 < narrow < 0.022
    medial, lateral = (points(f"gastrocnemius_{h}_head_r") for h in ("medial", "lateral"))
    assert medial[:, 2].min() < lateral[:, 2].min()


def test_semitendinosus_has_its_long_tendon_on_the_semimembranosus() -> None:
    tendon = points("semitendinosus_r", tendon=True)
    assert len(pieces(faces("semitendinosus_r", tendon=True))) == 1
    assert tendon[:, 2].max() > 0.62
    assert tendon[:, 2].min() < 0.46
    beneath = points("semimembranosus_r")
    for height in (0.56, 0.60):
        here = near(tendon, height)
        close = near(beneath, height)
        close = close[np.abs(close[:, 0] - here[:, 0].mean()) < 0.010]
        # the back is +y
        assert here[:, 1].max() > close[:, 1].max()


def test_the_tendon_of_the_semitendinosus_does_not_sink_into_the_calf() -> None:
    part, height = seen_from(120.0, (-0.12, 0.14, 0.50))
    mine = (part == body().part_index("semitendinosus_r")).sum(1)
    below_its_belly = (height > 0.455) & (height < 0.55)
    # a millimetre a pixel: from the thigh to the shin it is seen in every row
    assert mine[below_its_belly].min() > 1


def test_biceps_tendon_passes_outside_the_lateral_head_of_the_gastrocnemius() -> None:
    tendon = points("biceps_femoris_long_head_r", tendon=True)
    lowest = tendon[tendon[:, 2] < 0.60]
    calf = points("gastrocnemius_lateral_head_r")
    end = near(lowest, 0.485)
    assert end[:, 0].min() < near(calf, 0.485)[:, 0].min() + 0.002  # outwards is −x
    assert np.linalg.norm(end.mean(0) - (-0.162, 0.182, 0.485)) < 0.015  # the fibula's head


@pytest.mark.parametrize("muscle", ["sartorius", "gracilis", "semitendinosus"])
def test_tendons_of_the_pes_anserinus_run_on_from_their_bellies_to_the_tibia(muscle: str) -> None:
    tendon, belly = points(f"{muscle}_r", tendon=True), points(f"{muscle}_r")
    assert len(pieces(faces(f"{muscle}_r", tendon=True))) == 1
    assert tendon[:, 2].max() > belly[:, 2].min()
    shin = np.vstack([points("bone_tibia_r"), points("capsule_knee_r")])
    end = tendon[tendon[:, 2] < tendon[:, 2].min() + 0.012]
    away = np.linalg.norm(end[:, None] - shin[None], axis=2).min(1)
    assert away.max() < 0.010


def test_gluteus_maximus_reaches_over_the_trochanter_and_lies_free_of_the_tract() -> None:
    part, height = seen_from(-90.0, (-0.12, 0.17, 0.86))
    mine = part == body().part_index("gluteus_maximus_r")
    tract = part == body().part_index("iliotibial_tract_r")
    # the front is on the right of the picture, a millimetre a pixel; columns begin 0.2 m behind
    for level in (0.84, 0.86, 0.88):
        row = int(np.abs(height - level).argmin())
        edge_y = 0.17 + 0.2 - 0.001 * np.flatnonzero(mine[row]).max()
        assert edge_y < 0.165, level  # the middle of the trochanter
        assert tract[row].any()
    assert mine.sum() > 1.1 * tract.sum()


def test_gluteus_medius_is_veiled_by_its_aponeurosis_where_the_maximus_leaves_it_free() -> None:
    part = body().parts[body().part_index("gluteus_medius_r")]
    used = np.unique(body().faces[part.first_face : part.first_face + part.belly_faces])
    place, white = body().rest_position[used], body().tendon[used]
    free, covered = place[:, 1] < 0.175, place[:, 1] > 0.215
    above = place[:, 2] > 0.97
    assert 0.08 < np.median(white[free & above]) < 0.5  # a veil: its role is still seen
    assert np.median(white[covered & above]) < 0.05


def test_no_light_shines_through_between_the_buttocks() -> None:
    part, height = seen_from(180.0, (-0.025, 0.15, 0.95))
    middle = part[:, 194:206]
    assert (middle[(height > 0.905) & (height < 1.10)] >= 0).all()


def test_the_back_is_closed_beside_the_spine_and_above_the_iliac_crest() -> None:
    part, height = seen_from(180.0, (-0.025, 0.15, 1.15))
    for seen in part[(height > 1.04) & (height < 1.20)]:
        body_across = np.flatnonzero(seen[100:300] >= 0)
        assert len(body_across) == body_across[-1] - body_across[0] + 1


def counted(seen: Array) -> dict[str, int]:
    """Return how many pixels of a picture show each part."""
    numbers, count = np.unique(seen[seen >= 0], return_counts=True)
    return {body().parts[i].id: int(n) for i, n in zip(numbers, count, strict=True)}


def test_between_trapezius_and_latissimus_one_hardly_looks_onto_the_ribs() -> None:
    part, _ = seen_from(180.0, (-0.10, 0.2, 1.40))
    seen = counted(part[200:300, 130:290])
    assert seen["trapezius_r"] > 2000
    assert seen["latissimus_dorsi_r"] > 2000
    deep = ("iliocostalis_r", "longissimus_r", "bone_torso", "bone_scapula_r")
    assert sum(seen.get(name, 0) for name in deep) < 150


def test_behind_the_collarbone_one_does_not_look_into_the_chest() -> None:
    part, _ = seen_from(-35.0, (-0.10, 0.1, 1.50), 18.0)
    seen = counted(part[190:260, 120:260])
    assert seen["bone_clavicle_r"] > 1000
    assert seen.get("bone_scapula_l", 0) + seen.get("subscapularis_l", 0) < 300
    assert seen.get("scalenes_r", 0) + seen.get("skin_neck", 0) > 1200


def test_the_lips_stand_little_before_the_chin() -> None:
    face = points("skin_head")
    middle = face[np.abs(face[:, 0] + 0.025) < 0.008]
    up = middle[:, 2] - middle[:, 2].min()
    chin, lips = (middle[(up >= low) & (up < low + 0.02), 1].min() for low in (0.0, 0.04))
    assert 0.0 < chin - lips < 0.0065


def test_the_bent_knee_is_closed_on_both_sides() -> None:
    angles = dict(body().rest_angles)
    angles |= {"hip_flexion_r": np.radians(45.0), "knee_angle_r": np.radians(95.0)}
    bone = skeleton()
    frames = body().frames(bone.pose(angles))
    tibia = list(body().bone_bodies).index(bone.body("tibia_r"))
    turn, shift = np.split(frames[body().knot_frames + tibia].astype(float), [3], axis=1)
    # in the tibia's frame, from the joint: it keeps the axes of the rest pose
    joint = bone.pose(body().rest_angles).body_position[bone.body("tibia_r")]
    corners = (body().posed(frames) - shift.T) @ turn - joint
    triangles = corners[faces("capsule_knee_r", tendon=False)]
    for y in (-0.025, -0.020, -0.015):
        for z in (-0.010, -0.020):
            across = crossed(triangles, y, z)
            # it gaped some 40 mm deep before the lateral condyle
            assert across.min() < -0.025, (y, z)
            assert across.max() > 0.024, (y, z)


def crossed(triangles: Array, y: float, z: float) -> Array:
    """Return where a line along x meets triangles (n, 3, 3)."""
    a, b, c = np.moveaxis(triangles, 1, 0)
    q = np.array([y, z])

    def turned(u: Array, v: Array) -> Array:
        return np.asarray(u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0])

    ab, ac, aq = (b - a)[:, 1:], (c - a)[:, 1:], q - a[:, 1:]
    area = turned(ab, ac)
    with np.errstate(divide="ignore", invalid="ignore"):
        to_b, to_c = turned(aq, ac) / area, turned(ab, aq) / area
    met = (to_b >= 0) & (to_c >= 0) & (to_b + to_c <= 1)
    return np.asarray((a + to_b[:, None] * (b - a) + to_c[:, None] * (c - a))[met, 0])


def test_the_skeleton_is_whole() -> None:
    for bones, skin in (("skull", "head"), ("hand_r", "hand_r"), ("foot_l", "foot_l")):
        part = body().parts[body().part_index(f"bone_{bones}")]
        assert part.within_skin
        mine, over = points(part.id), points(f"skin_{skin}")
        assert (mine.min(0) > over.min(0) - 0.004).all()
        if skin == "head":  # the others' skin ends at the wrist and above the ankle
            assert (mine.max(0) < over.max(0) + 0.004).all()
    discs = pieces(faces("bone_discs", tendon=False))
    assert len(discs) == 6
    assert not body().parts[body().part_index("bone_femur_r")].within_skin
