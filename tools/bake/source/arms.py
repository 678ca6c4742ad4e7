"""Our own arm: a chain of joints placed from landmarks of the bone meshes.

The source model's arm definition may not be used commercially, so nothing of it (joints, sites,
tendons) enters the product: only the bones' shapes, which are free (CC BY), are looked at. The
shoulder blade and the collar bone stay fixed to the chest. Joint names are OpenSim's
(``arm_flex_r``, ``arm_add_r``, ``arm_rot_r``, ``elbow_flex_r``, ``pro_sup_r``, ``wrist_flex_r``,
``wrist_dev_r``); finger joints are ours. In the zero pose the arm hangs, thumb forward.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.bake.source.model import SourceModel

__all__ = ["ARM_BONES", "ArmBody", "ArmHinge", "build_arm"]

Array = NDArray[np.float64]


@dataclass(frozen=True)
class ArmHinge:
    """A hinge through the origin of its body: name, world axis at zero pose, range in degrees."""

    name: str
    axis: Array
    range_deg: tuple[float, float]


@dataclass(frozen=True)
class ArmBody:
    """A rigid part of the arm: name, parent's name, world origin at zero pose, joints."""

    name: str
    parent: str
    origin: Array
    hinges: tuple[ArmHinge, ...]


# Which of our bodies carries which bone mesh of the right side.
ARM_BONES: dict[str, str] = {
    "clavicle_r": "clavicle_r",
    "scapula_r": "scapula_r",
    "humerus_r": "humerus_r",
    "ulna_r": "ulna_r",
    "radius_r": "radius_r",
    **dict.fromkeys(
        (
            "lunate_r",
            "scaphoid_r",
            "pisiform_r",
            "triquetrum_r",
            "capitate_r",
            "trapezium_r",
            "trapezoid_r",
            "hamate_r",
            "2mc_r",
            "3mc_r",
            "4mc_r",
            "5mc_r",
        ),
        "hand_r",
    ),
    "1mc_r": "thumb_metacarpal_r",
    "thumbprox_r": "thumb_proximal_r",
    "thumbdist_r": "thumb_distal_r",
    **{
        f"{k}{short}ph_r": f"finger{k}_{long}_r"
        for k in (2, 3, 4, 5)
        for short, long in (("prox", "proximal"), ("mid", "middle"), ("dist", "distal"))
    },
}


def _unit(v: Array) -> Array:
    return np.asarray(v / np.linalg.norm(v))


def _across(axis: Array, along: Array) -> Array:
    """Return ``axis`` made perpendicular to the direction ``along``."""
    along = _unit(along)
    return _unit(axis - (axis @ along) * along)


def _sphere_centre(points: Array) -> Array:
    """Fit a sphere, dropping the worst points until the rest lie within 1.5 mm of it."""
    for _ in range(40):
        a = np.column_stack([2 * points, np.ones(len(points))])
        solution, *_ = np.linalg.lstsq(a, (points**2).sum(1), rcond=None)
        centre = solution[:3]
        radius = np.sqrt(solution[3] + centre @ centre)
        error = np.abs(np.linalg.norm(points - centre, axis=1) - radius)
        if error.max() < 0.0015 or len(points) < 24:
            break
        points = points[error < np.quantile(error, 0.93)]
    return np.asarray(centre)


def _end(points: Array, *, top: bool, thickness_m: float = 0.008) -> Array:
    """Return the middle of the upper or lower end of a bone that hangs down."""
    z = points[:, 2]
    near = z > z.max() - thickness_m if top else z < z.min() + thickness_m
    part = points[near]
    return np.asarray((part.min(0) + part.max(0)) / 2)


def build_arm(source: SourceModel) -> tuple[ArmBody, ...]:
    """Return the bodies of the right arm, parents first, in world coordinates of the zero pose."""
    bone = {name: source.bone_mesh(name)[0] for name in ARM_BONES}
    humerus, ulna, radius = bone["humerus_r"], bone["ulna_r"], bone["radius_r"]
    left, back, up = np.eye(3)
    forward, right = -back, -left

    head = humerus[humerus[:, 2] > humerus[:, 2].max() - 0.045]
    shoulder = _sphere_centre(head)

    condyles = humerus[humerus[:, 2] < humerus[:, 2].min() + 0.035]
    medial, lateral = condyles[condyles[:, 0].argmax()], condyles[condyles[:, 0].argmin()]
    elbow_axis = _unit(lateral - medial)
    trochlea = humerus[humerus[:, 2] < humerus[:, 2].min() + 0.016]
    elbow = (trochlea.min(0) + trochlea.max(0)) / 2

    radial_head = _end(radius, top=True)
    ulnar_head = _end(ulna, top=False)
    twist_axis = _unit(radial_head - ulnar_head)

    carpals = np.vstack([bone["lunate_r"], bone["scaphoid_r"]])
    wrist = _end(carpals, top=True)
    knuckle = {k: _end(bone[f"{k}proxph_r"], top=True) for k in (2, 3, 4, 5)}
    # from the little finger's knuckle to the index's: fingers bend about it towards the palm
    knuckle_axis = _unit(knuckle[2] - knuckle[5])
    hand_axis = knuckle[3] - wrist
    flexion = _across(knuckle_axis, hand_axis)
    palm = _unit(np.cross(flexion, _unit(hand_axis)))
    if palm @ left < 0:  # the palm of the hanging right hand faces the body
        palm, flexion, knuckle_axis = -palm, -flexion, -knuckle_axis

    bodies = [
        ArmBody("clavicle_r", "torso", shoulder, ()),
        ArmBody("scapula_r", "torso", shoulder, ()),
        ArmBody(
            "humerus_r",
            "torso",
            shoulder,
            (
                ArmHinge("arm_flex_r", right, (-90, 180)),
                ArmHinge("arm_add_r", forward, (-180, 90)),
                ArmHinge("arm_rot_r", up, (-90, 90)),
            ),
        ),
        ArmBody("ulna_r", "humerus_r", elbow, (ArmHinge("elbow_flex_r", elbow_axis, (0, 150)),)),
        ArmBody("radius_r", "ulna_r", radial_head, (ArmHinge("pro_sup_r", twist_axis, (-90, 90)),)),
        ArmBody(
            "hand_r",
            "radius_r",
            wrist,
            (
                ArmHinge("wrist_flex_r", flexion, (-70, 70)),
                ArmHinge("wrist_dev_r", palm, (-25, 35)),
            ),
        ),
    ]
    for k in (2, 3, 4, 5):
        parent = "hand_r"
        for part, short, joint in (
            ("proximal", "prox", "mcp"),
            ("middle", "mid", "pip"),
            ("distal", "dist", "dip"),
        ):
            points = bone[f"{k}{short}ph_r"]
            origin, tip = _end(points, top=True, thickness_m=0.004), _end(points, top=False)
            axis = _across(flexion, tip - origin)
            name = f"finger{k}_{part}_r"
            hinge = ArmHinge(f"{joint}{k}_flex_r", axis, (-10, 110))
            bodies.append(ArmBody(name, parent, origin, (hinge,)))
            parent = name
    parent = "hand_r"
    # the thumb swings before the palm as fingers do, and closes the other way, across them
    opposing = palm * 0.7 - flexion * 0.7
    for part, mesh, joint, limits, turn in (
        ("metacarpal", "1mc_r", "cmc", (-20, 60), flexion + palm * 0.2),
        ("proximal", "thumbprox_r", "mp", (-20, 60), opposing),
        ("distal", "thumbdist_r", "ip", (-20, 80), opposing),
    ):
        points = bone[mesh]
        origin, tip = _end(points, top=True, thickness_m=0.004), _end(points, top=False)
        axis = _across(turn, tip - origin)
        name = f"thumb_{part}_r"
        bodies.append(
            ArmBody(name, parent, origin, (ArmHinge(f"thumb_{joint}_flex_r", axis, limits),))
        )
        parent = name
    return tuple(bodies)
