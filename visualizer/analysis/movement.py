"""The movement analysis: per phase and joint what moves, what drives it, and what is against it.

Teachers fill in such a table by hand. Here it is computed, and stands beside what the data state:

* The movement is the sign of the change of the joint's angle over the phase.
* The moment is the sign of the net joint moment, averaged over the phase, for the usual load. It is
  undecided where friction at feet and back could turn it round, with the pressure of the foot
  below the ankle, as in the plots of the moments.
* Where movement and moment have one direction, the muscles that make the moment work
  concentrically; where they are opposite, eccentrically; where nothing moves, isometrically. So
  the lowering turns the contraction round and not the agonist: the weight sinks, the same muscles
  brake it. It is said of muscles: where the data name none that makes the moment, none is said.
* An agonist or synergist is a muscle that the data state as prime mover or synergist **and** whose
  moment arm, minus the change of its length per radian, has the direction of the moment. An
  antagonist is one that the data name and whose moment arm has the other direction.
* A stabilizer that crosses neither hip nor knee stands in a row for what it holds: trunk, shoulder,
  fingers. Whether that is held still is measured in our motion; where it is not, the row says what
  moves, and no contraction.

Plane and axis are those of the body, not of the room: hip and knee turn in the sagittal plane.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from visualizer.analysis.curves import curves_of
from visualizer.analysis.words import capitalised, contraction_word, phase_word
from visualizer.catalog.variation import Contraction, Joint, MuscleAction, Role
from visualizer.exercise.contraction import LengthChange
from visualizer.exercise.loading import LoadChoice
from visualizer.exercise.repetition import Repetition
from visualizer.lifts.dynamics import JointMoments
from visualizer.lifts.schedule import PhaseSpan
from visualizer.lifts.vocabulary import PhaseId
from visualizer.texts import N_, tr
from visualizer.texts.figures import figure

__all__ = [
    "COLUMNS",
    "JointMovement",
    "MovingMuscle",
    "movement_data",
    "movement_lines",
    "movement_phrase",
    "movement_said",
    "movement_word",
    "movements_of",
]

# A joint that turns less over a phase is said to be held.
_HELD_RAD = math.radians(2.0)
# A muscle that is nowhere further from a joint's axis has no say there.
_LEAST_ARM_M = 0.005

_HOLD, _EXTENSION, _FLEXION = "held", "extension", "flexion"
_UNDECIDED, _EXTENSOR, _FLEXOR = "undecided", "extensor", "flexor"
_MOVES, _UNKNOWN = "moves", "not stated"
# What muscles are to a movement; text, data and printed tables have them in this order.
COLUMNS = ("agonists", "synergists", "stabilizers", "antagonists")
_WORDS = {
    "hip": N_("hip"),
    "knee": N_("knee"),
    "trunk": N_("trunk"),
    "neck": N_("neck"),
    "shoulder": N_("shoulder"),
    "elbow": N_("elbow"),
    "fingers": N_("fingers"),
    "ankle": N_("ankle"),
    "elsewhere": N_("elsewhere"),
    _HOLD: N_("held"),
    _MOVES: N_("moves"),
    _UNKNOWN: N_("not stated"),
    _EXTENSION: N_("extension"),
    _FLEXION: N_("flexion"),
    _UNDECIDED: N_("no side of the joint prevails for certain"),
    _EXTENSOR: N_("the extensors bear the load"),
    _FLEXOR: N_("the flexors bear the load"),
    "sagittal": N_("sagittal plane"),
    "mediolateral": N_("mediolateral axis"),
    "agonists": N_("agonists"),
    "antagonists": N_("antagonists"),
    "synergists": N_("synergists"),
    "stabilizers": N_("stabilizers"),
}
# Muscles at neither hip nor knee hold what their group is about, but for those that run from the
# trunk to the shoulder.
_PLACES = {
    "abdomen": "trunk",
    "back": "trunk",
    "neck": "neck",
    "chest": "shoulder",
    "shoulder": "shoulder",
    "arm": "elbow",
    "forearm": "fingers",
    "leg": "ankle",
}
_AT_SHOULDER = frozenset({"latissimus_dorsi", "rhomboids", "trapezius"})


@dataclass(frozen=True)
class _Place:
    """Joints that are held, or not, by muscles at neither hip nor knee.

    Attributes
    ----------
    joints : tuple of str
        Of the skeleton, without the side's suffix.
    flexes : str
        The one whose angle is positive in flexion; empty where none is said to flex.
    sided : bool
        Whether there is one on each side.
    """

    joints: tuple[str, ...]
    flexes: str = ""
    sided: bool = True


_HELD = {
    "trunk": _Place(("flex_extension", "lat_bending", "axial_rotation"), sided=False),
    "neck": _Place(("neck_flexion", "head_flexion"), sided=False),
    "shoulder": _Place(("arm_flex", "arm_add", "arm_rot"), "arm_flex"),
    "elbow": _Place(("elbow_flex",), "elbow_flex"),
    "fingers": _Place(tuple(f"{j}{k}_flex" for j in ("mcp", "pip", "dip") for k in (2, 3, 4, 5))),
    "ankle": _Place(("ankle_angle", "subtalar_angle")),
    "elsewhere": _Place(()),
}
# So many moments of a phase are looked at; the joints go smoothly from end to end.
_LOOKS = 9


@dataclass(frozen=True)
class MovingMuscle:
    """A muscle in a row of the table.

    Attributes
    ----------
    id, name : str
        Muscle or group, and what it is called.
    arm_m : float or None
        Mean moment arm of its parts about the joint on the way up, metres, positive where it
        extends; None in the row of what is held elsewhere.
    contraction : Contraction or None
        As the data state it for the phase; None for an antagonist.
    """

    id: str
    name: str
    arm_m: float | None
    contraction: Contraction | None = None


@dataclass(frozen=True)
class JointMovement:
    """What a joint does in a phase, and what muscles have to do with it.

    Attributes
    ----------
    phase : str
        The phase.
    joint : str
        ``"hip"``, ``"knee"``, or what is held by muscles that cross neither: ``"trunk"``,
        ``"shoulder"``, ``"fingers"`` and the like.
    movement : str
        ``"extension"``, ``"flexion"``, ``"held"`` or, where it turns otherwise, ``"moves"``;
        ``"not stated"`` where none is computed.
    flexion_rad : (float, float) or None
        Flexion at start and end of the phase; None where none is computed.
    plane, axis : str
        Of the joint's movement in the body, empty where nothing turns.
    moment : str
        ``"extensor"``, ``"flexor"`` or ``"undecided"``; empty where none is computed.
    contraction : Contraction or None
        What follows for those who make the moment, or is stated of those who hold; None where it
        is undecided, where nobody is named, and where what should be held moves.
    agonists, synergists, stabilizers, antagonists : tuple of MovingMuscle
        Who does what.
    """

    phase: str
    joint: str
    movement: str
    flexion_rad: tuple[float, float] | None
    plane: str
    axis: str
    moment: str
    contraction: Contraction | None
    agonists: tuple[MovingMuscle, ...] = ()
    synergists: tuple[MovingMuscle, ...] = ()
    stabilizers: tuple[MovingMuscle, ...] = ()
    antagonists: tuple[MovingMuscle, ...] = ()

    @property
    def columns(self) -> Mapping[str, tuple[MovingMuscle, ...]]:
        """The muscles by what they are to the movement, in the order of :data:`COLUMNS`."""
        return {name: getattr(self, name) for name in COLUMNS}


def movements_of(repetition: Repetition, language: str = "en") -> tuple[JointMovement, ...]:
    """Return the table: phase by phase, hip, knee, then what muscles hold elsewhere.

    Parameters
    ----------
    repetition : Repetition
        The variation on a side.
    language : str
        Language of the muscles' names.
    """
    moments = None
    if repetition.dynamics is not None:
        moments = repetition.joint_moments(LoadChoice().load(repetition.variation))
    arms = {a.muscle: _arms(repetition, repetition.reach(a).change) for a in _stated(repetition)}
    return tuple(
        row
        for span in repetition.schedule.spans
        for row in (
            *(_joint(repetition, span, joint, moments, arms, language) for joint in Joint),
            *_elsewhere(repetition, span, arms, language),
        )
    )


def _stated(repetition: Repetition) -> Sequence[MuscleAction]:
    return repetition.variation.muscles


def _arms(repetition: Repetition, change: LengthChange) -> dict[Joint, tuple[float, int]]:
    """Return the mean moment arm (m, positive where it extends), and how many parts cross."""
    curves = curves_of(repetition)
    means = [curves.over_lift(curves.unit(part)) for part in change.parts]
    found = {}
    for joint in Joint:
        own = [-(m.hip_arm_m if joint is Joint.HIP else m.knee_arm_m) for m in means]
        crossing = [arm for arm in own if abs(arm) > _LEAST_ARM_M]
        # what does not cross the joint says nothing of those that do
        mean = sum(crossing) / len(crossing) if crossing else 0.0
        found[joint] = mean, len(crossing)
    return found


def _joint(
    repetition: Repetition,
    span: PhaseSpan,
    joint: Joint,
    moments: JointMoments | None,
    arms: Mapping[str, Mapping[Joint, tuple[float, int]]],
    language: str,
) -> JointMovement:
    start, end = (_flexion_rad(repetition, span, joint, share) for share in (0.0, 1.0))
    turned = 0.0 if abs(end - start) < _HELD_RAD else start - end
    way = int(np.sign(turned))
    side = 0 if moments is None else _side(moments, span, joint)
    contraction = None
    if side:
        kinds = {1: Contraction.CONCENTRIC, -1: Contraction.ECCENTRIC, 0: Contraction.ISOMETRIC}
        contraction = kinds[way * side]

    def who(role: Role) -> tuple[MovingMuscle, ...]:
        return tuple(
            MovingMuscle(
                action.muscle,
                repetition.name_of(action, language),
                arms[action.muscle][joint][0],
                repetition.contraction(action, span.id),
            )
            for action in _stated(repetition)
            if action.role is role and _belongs(action, joint, arms[action.muscle])
        )

    def driving(muscles: Iterable[MovingMuscle], direction: int) -> tuple[MovingMuscle, ...]:
        return tuple(m for m in muscles if m.arm_m is not None and m.arm_m * direction > 0)

    against = []
    for entry in repetition.variation.antagonists:
        if entry.joint is joint:
            mean = _arms(repetition, repetition.length_change(entry.muscle))[joint][0]
            name = repetition.catalog.muscle(entry.muscle).display_name(language)
            against.append(MovingMuscle(entry.muscle, name, mean))
    agonists, synergists = (driving(who(role), side) for role in (Role.PRIME_MOVER, Role.SYNERGIST))
    return JointMovement(
        str(span.id),
        str(joint),
        {1: _EXTENSION, -1: _FLEXION, 0: _HOLD}[way],
        (start, end),
        "sagittal",
        "mediolateral",
        "" if moments is None else {1: _EXTENSOR, -1: _FLEXOR, 0: _UNDECIDED}[side],
        contraction if agonists or synergists else None,
        agonists,
        synergists,
        who(Role.STABILIZER),
        driving(against, -side),
    )


def _flexion_rad(repetition: Repetition, span: PhaseSpan, joint: Joint, share: float) -> float:
    instant = repetition.instant_of(span.id, share)
    return instant.hip_flexion_rad if joint is Joint.HIP else instant.knee_flexion_rad


def _side(moments: JointMoments, span: PhaseSpan, joint: Joint) -> int:
    """Return which side of a joint bears the load over a phase: extensors 1, flexors −1, or 0."""
    during = (moments.time_s >= span.start_s) & (moments.time_s <= span.end_s)
    hip = joint is Joint.HIP
    nominal, reach = (
        (moments.hip_nm, moments.hip_friction_nm)
        if hip
        else (moments.knee_nm, moments.knee_friction_nm)
    )
    means = [float(values[during].mean()) for values in (nominal, reach.low, reach.high)]
    signs = set(np.sign(means).astype(int).tolist())
    return int(signs.pop()) if len(signs) == 1 else 0


def _belongs(action: MuscleAction, joint: Joint, arms: Mapping[Joint, tuple[float, int]]) -> bool:
    """Return whether a statement is about a joint: it says so, or most parts cross that one."""
    if action.joint is not None:
        return action.joint is joint
    return arms[joint][1] > 0 and joint is max(Joint, key=lambda j: arms[j][1])


def _elsewhere(
    repetition: Repetition,
    span: PhaseSpan,
    arms: Mapping[str, Mapping[Joint, tuple[float, int]]],
    language: str,
) -> Iterator[JointMovement]:
    """Yield a row for each part of the body that a muscle at neither hip nor knee holds."""
    holding: dict[str, list[MovingMuscle]] = {}
    for action in _stated(repetition):
        if not any(_belongs(action, joint, arms[action.muscle]) for joint in Joint):
            muscle = MovingMuscle(
                action.muscle,
                repetition.name_of(action, language),
                None,
                repetition.contraction(action, span.id),
            )
            holding.setdefault(_place_of(action, repetition), []).append(muscle)
    for name in _HELD:
        if name in holding:
            movement, flexion_rad = _moved(repetition, span, _HELD[name])
            stated = {muscle.contraction for muscle in holding[name]}
            sure = movement == _HOLD and len(stated) == 1
            contraction = stated.pop() if sure else None
            yield JointMovement(
                str(span.id),
                name,
                movement,
                flexion_rad,
                "",
                "",
                "",
                contraction,
                stabilizers=tuple(holding[name]),
            )


def _place_of(action: MuscleAction, repetition: Repetition) -> str:
    if action.muscle in _AT_SHOULDER:
        return "shoulder"
    return _PLACES.get(repetition.catalog.muscle(action.muscle).group, "elsewhere")


def _moved(
    repetition: Repetition, span: PhaseSpan, place: _Place
) -> tuple[str, tuple[float, float] | None]:
    """Return how joints move over a phase, and the flexion at its ends where that is known."""
    if not place.joints:
        return _UNKNOWN, None
    suffix = repetition.side.suffix if place.sided else ""
    address = [repetition.skeleton.joint_address(joint + suffix) for joint in place.joints]
    shares = np.linspace(0.0, 1.0, _LOOKS)
    angles = np.array(
        [repetition.instant_of(span.id, s).pose.joint_position[address] for s in shares.tolist()]
    )
    if float(np.ptp(angles, axis=0).max()) < _HELD_RAD:
        return _HOLD, None
    if not place.flexes:
        return _MOVES, None
    first, *_, last = angles[:, place.joints.index(place.flexes)].tolist()
    if abs(last - first) < _HELD_RAD:
        return _MOVES, None
    return (_FLEXION if last > first else _EXTENSION), (first, last)


# ----------------------------------------------------------------------------- data and text
def movement_word(name: str) -> str:
    """Return the word for a movement, a joint, a plane, an axis or a moment of the table."""
    return tr(_WORDS[name])


def movement_data(repetition: Repetition, language: str = "en") -> list[dict[str, Any]]:
    """Return the table ready for JSON, arms in millimetres, angles in degrees.

    Parameters
    ----------
    repetition : Repetition
        The variation on a side.
    language : str
        Language of the muscles' names.
    """
    return [_row(movement) for movement in movements_of(repetition, language)]


def _row(movement: JointMovement) -> dict[str, Any]:
    return {
        "phase": movement.phase,
        "joint": movement.joint,
        "movement": movement.movement,
        "flexion_deg": None
        if movement.flexion_rad is None
        else [round(math.degrees(angle), 1) + 0.0 for angle in movement.flexion_rad],
        "plane": movement.plane or None,
        "axis": movement.axis or None,
        "moment": movement.moment or None,
        "contraction": None if movement.contraction is None else str(movement.contraction),
        **{
            column: [
                {
                    "id": m.id,
                    "name": m.name,
                    "arm_mm": None if m.arm_m is None else round(1000 * m.arm_m, 1) + 0.0,
                    "contraction": None if m.contraction is None else str(m.contraction),
                }
                for m in muscles
            ]
            for column, muscles in movement.columns.items()
        },
    }


def _from_to(movement: str, flexion_deg: Iterable[float]) -> str:
    """Return what follows the word for a movement: the angles, and what they are of if not that."""
    start, end = (figure(angle, "°") for angle in flexion_deg)
    if movement == _FLEXION:
        return f" {start} → {end}"
    return tr(" (flexion {start} → {end})").format(start=start, end=end)


def movement_phrase(row: JointMovement) -> str:
    """Return a row's movement, with its angles where the joint turns."""
    word = movement_word(row.movement)
    if row.flexion_rad is None or row.movement == _HOLD:
        return word
    return word + _from_to(row.movement, map(math.degrees, row.flexion_rad))


def movement_said(row: JointMovement) -> str:
    """Return a row's movement, with its angles, who bears the load, and the contraction."""
    parts = [
        movement_phrase(row),
        *(movement_word(w) for w in (row.plane, row.axis, row.moment) if w),
    ]
    if row.contraction is not None:
        parts.append(contraction_word(row.contraction))
    elif row.moment in {_EXTENSOR, _FLEXOR}:
        parts.append(_no_muscle())
    return "; ".join(parts)


def _no_muscle() -> str:
    return tr("no muscle is stated that does it, so no contraction")


def movement_lines(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the table as lines of text.

    Parameters
    ----------
    rows : sequence of mapping
        What :func:`movement_data` returns.
    """
    lines = ["", tr("Movement analysis (computed from angles, moments and moment arms)")]
    for row in rows:
        said = [tr(_WORDS[row["movement"]])]
        if row["flexion_deg"] is not None:
            said[0] += _from_to(row["movement"], row["flexion_deg"])
        said += [tr(_WORDS[row[key]]) for key in ("plane", "axis", "moment") if row[key]]
        if row["contraction"] is not None:
            said.append(contraction_word(Contraction(row["contraction"])))
        elif row["moment"] in {_EXTENSOR, _FLEXOR}:
            said.append(_no_muscle())
        head = f"{capitalised(phase_word(PhaseId(row['phase'])))}, {tr(_WORDS[row['joint']])}"
        lines.append(f"  {head}: {'; '.join(said)}")
        for column in COLUMNS:
            if row[column]:
                names = ", ".join(entry["name"] for entry in row[column])
                lines.append(f"      {tr(_WORDS[column])}: {names}")
    return lines
