"""Masses of the body's segments, and where they are during a repetition.

Figures: de Leva 1996, table 4 (Zatsiorsky and Seluyanov's gamma-ray measurements of young adults,
adjusted to joint centres): mass as a share of body mass, place of the centre of mass along the
segment, radius of gyration about the mediolateral axis as a share of the segment's length. The
table was not read in the journal but in two public transcriptions that agree with each other.

The trunk is one segment from the seventh cervical vertebra to the middle of the hips, pelvis
included: the spine is held neutral here, so nothing is gained by cutting it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from visualizer.anatomy.body_model import BodyModel, Build
from visualizer.anatomy.landmarks import Landmark, Landmarks

__all__ = [
    "FIGURES",
    "SEGMENT_SOURCE",
    "Segment",
    "SegmentFigures",
    "segment_paths",
    "segments",
]

Array = NDArray[np.float64]

SEGMENT_SOURCE = "deleva1996"  # key in data/sources.json


@dataclass(frozen=True)
class SegmentFigures:
    """A row of the table, without units.

    Attributes
    ----------
    mass : float
        Share of body mass.
    centre : float
        Place of the centre of mass, from the segment's start (0) to its end (1).
    gyration : float
        Radius of gyration about the mediolateral axis through the centre of mass, as a share of
        the segment's length.
    """

    mass: float
    centre: float
    gyration: float


@dataclass(frozen=True)
class Segment:
    """A rigid piece of the body between two points.

    Attributes
    ----------
    id : str
        Key in :data:`FIGURES`.
    start, end : Landmark
        Its ends, in the order in which the table counts.
    paired : bool
        True where each side has one.
    """

    id: str
    start: Landmark
    end: Landmark
    paired: bool


_F = SegmentFigures
FIGURES: Mapping[Build, Mapping[str, SegmentFigures]] = MappingProxyType(
    {
        Build.MALE: MappingProxyType(
            {
                "head": _F(0.0694, 0.5002, 0.315),
                "trunk": _F(0.4346, 0.5138, 0.306),
                "upper_arm": _F(0.0271, 0.5772, 0.269),
                "forearm": _F(0.0162, 0.4574, 0.265),
                "hand": _F(0.0061, 0.7900, 0.513),
                "thigh": _F(0.1416, 0.4095, 0.329),
                "shank": _F(0.0433, 0.4395, 0.246),
                "foot": _F(0.0137, 0.4415, 0.245),
            }
        ),
        Build.FEMALE: MappingProxyType(
            {
                "head": _F(0.0668, 0.4841, 0.295),
                "trunk": _F(0.4257, 0.4964, 0.292),
                "upper_arm": _F(0.0255, 0.5754, 0.260),
                "forearm": _F(0.0138, 0.4559, 0.257),
                "hand": _F(0.0056, 0.7474, 0.454),
                "thigh": _F(0.1478, 0.3612, 0.364),
                "shank": _F(0.0481, 0.4352, 0.263),
                "foot": _F(0.0129, 0.4014, 0.279),
            }
        ),
    }
)

_ORIGIN = (0.0, 0.0, 0.0)
_NECK_ROOT = Landmark("neck", _ORIGIN)  # the joint between the neck and the trunk, for the C7 tip
_MID_HIP = Landmark("pelvis", _ORIGIN)  # replaced by the middle of the hip joints, see below


def _at(bone: str) -> Landmark:
    return Landmark(bone + "{side}", _ORIGIN)


def segments(landmarks: Landmarks) -> tuple[Segment, ...]:
    """Return the segments of a body."""
    return (
        Segment("head", landmarks.head_top, _NECK_ROOT, False),
        Segment("trunk", _NECK_ROOT, _MID_HIP, False),
        Segment("upper_arm", _at("humerus"), _at("ulna"), True),
        Segment("forearm", _at("ulna"), _at("hand"), True),
        Segment("hand", _at("hand"), _at("finger3_proximal"), True),
        Segment("thigh", _at("femur"), _at("tibia"), True),
        Segment("shank", _at("tibia"), _at("talus"), True),
        Segment("foot", landmarks.heel_end, landmarks.toe_end, True),
    )


def segment_paths(body: BodyModel, joint_position: Array) -> dict[str, tuple[Array, Array]]:
    """Return where the ends of every segment are over a motion.

    Parameters
    ----------
    body : BodyModel
        The body that moves.
    joint_position : (S, Q) ndarray
        Joint positions along the motion.

    Returns
    -------
    dict of str to tuple of ndarray
        Start and end, each (S, 3) metres in the world; paired segments carry ``_r`` or ``_l``.
    """
    skeleton = body.skeleton
    frames = [skeleton.body_frames(q) for q in joint_position]
    origin = np.array([f[0] for f in frames])
    rotation = np.array([f[1] for f in frames])

    def path(landmark: Landmark, suffix: str) -> Array:
        bone, point = landmark.on(suffix)
        i = skeleton.body(bone)
        return np.asarray(origin[:, i] + rotation[:, i] @ point)

    hips = [origin[:, skeleton.body("femur" + s)] for s in ("_r", "_l")]
    found: dict[str, tuple[Array, Array]] = {}
    for segment in segments(body.landmarks):
        for suffix in ("_r", "_l") if segment.paired else ("",):
            end = path(segment.end, suffix)
            if segment.end is _MID_HIP:
                end = (hips[0] + hips[1]) / 2
            found[segment.id + suffix] = path(segment.start, suffix), end
    return found
