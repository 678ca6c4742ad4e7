"""Bellies that swell visibly as they shorten: true swelling, exaggerated for the eye.

A muscle keeps its volume, so it thickens as it shortens; over a lift that is some millimetres,
which nobody sees across a room. On the stage the bellies of prime movers and synergists therefore
thicken and thin :data:`EXAGGERATION` times as much as they do, about their shape half-way up. The
middle takes all of it and the ends give way, so that the volume stays what it was:

    w(u) = (sin² πu − c) / (1 − c),   c = Σ A sin² πu / Σ A

with A the muscle's section along its strands. A broad muscle grows in its breadth as well: its
strands part from their middle as its section grows, and its thickness gives way. It is a manner of
drawing: whatever measures flesh poses the body without it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from visualizer.anatomy.surface import Body
from visualizer.anatomy.swell import Swell
from visualizer.arrays import distinct
from visualizer.catalog.variation import Role
from visualizer.exercise.repetition import Instant, Repetition
from visualizer.lifts.vocabulary import PhaseId

__all__ = ["EXAGGERATION", "Swelling"]

FloatArray = NDArray[np.float32]

EXAGGERATION = 2.0
_STEPS = 9  # poses between bottom and top
# A knot of which a vertex takes less than this does not count as what it hangs on.
_LEAST_SHARE = 0.05
# A muscle of so many strands is broad. By how much its strands part for the share that a spindle
# thickens by (its section grows by twice that share), and how much less it thickens itself.
_BROAD_STRANDS, _BREADTH, _THINNER = 5, 2.25, 1.8
# A muscle thickens by its fitted exponent, but no less than a spindle of its volume does.
_SPINDLE = 0.5


class Swelling:
    """How much thicker than in truth the strands of a repetition are drawn.

    Parameters
    ----------
    body : Body
        Its muscles.
    repetition : Repetition
        What it does: its prime movers and synergists swell.
    """

    def __init__(self, body: Body, repetition: Repetition) -> None:
        strands = body.strands
        chosen, section = _working(body, repetition)
        at = np.linspace(0.0, 1.0, strands.knot_count)
        shape = np.sin(np.pi * at) ** 2
        total = np.maximum(section.sum(axis=0), 1e-12)
        middle = (section * shape[:, None]).sum(axis=0) / total
        profile = (shape[:, None] - middle) / np.maximum(1.0 - middle, 0.2)
        muscle = strands.muscle_of_strand
        own = np.where(chosen[muscle], profile[:, muscle], 0.0)
        broad = chosen & (np.bincount(muscle, minlength=len(chosen)) >= _BROAD_STRANDS)
        self._broad = broad[muscle].astype(np.int32)
        own -= _THINNER * shape[:, None] * self._broad
        self._apart = (_BREADTH * shape).astype(np.float32)
        self._profile = np.ascontiguousarray(own, np.float32)
        thickness = np.array([_thickness(body, repetition, k) for k in range(_STEPS)])
        extra = (thickness / thickness[_STEPS // 2]) ** (EXAGGERATION - 1.0) - 1.0
        self._extra = extra[:, muscle].astype(np.float32)

    def of(self, instant: Instant) -> Swell:
        """Return by how much muscles are drawn thicker than they are."""
        return Swell(self._profile, self._extra_at(instant), self._broad, self._apart)

    def _extra_at(self, instant: Instant) -> FloatArray:
        """Return (S,) by which share each strand's muscle is thicker than half-way up."""
        place = min(max(instant.progress, 0.0), 1.0) * (_STEPS - 1)
        low = min(int(place), _STEPS - 2)
        share = np.float32(place - low)
        extra = self._extra[low] + (self._extra[low + 1] - self._extra[low]) * share
        return np.asarray(extra, np.float32)


def _thickness(body: Body, repetition: Repetition, step: int) -> NDArray[np.float64]:
    """Return every muscle's thickness (M,) relative to rest, at a step of the way up."""
    strands = body.strands
    pose = repetition.instant_of(PhaseId.LIFT, step / (_STEPS - 1)).pose
    knots = strands.knots(pose, strands.rest_bodies.motion(pose)[1])
    exponent = np.maximum(strands.exponent, _SPINDLE)
    return np.asarray(strands.length_ratio(knots) ** -exponent, float)


def _working(body: Body, repetition: Repetition) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """Return which muscles (M,) swell, and each muscle's section at its knots (K, M), at rest."""
    strands, states = body.strands, repetition.part_states(PhaseId.LIFT)
    muscles = len(strands.exponent)
    chosen = np.zeros(muscles, bool)
    section = np.zeros((strands.knot_count, muscles))
    count = np.full(section.shape, 1e-9)
    for part in body.parts:
        state = states.get(part.id)
        if state is None or state.role is Role.STABILIZER:
            continue
        faces = body.faces[part.first_face : part.first_face + part.belly_faces]
        own = distinct(faces)
        frame = body.influence[own, body.weight[own].argmax(axis=1)]
        held = (frame < body.knot_frames) & (body.weight[own].max(axis=1) > _LEAST_SHARE)
        own, (knot, strand) = own[held], np.divmod(frame[held], strands.strand_count)
        muscle = strands.muscle_of_strand[strand]
        chosen[muscle] = True
        away = body.rest_position[own] - strands.rest_knots[knot, strand]
        np.add.at(section, (knot, muscle), (away**2).sum(axis=1))
        np.add.at(count, (knot, muscle), 1.0)
    return chosen, section / count
