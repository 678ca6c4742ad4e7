"""What a lift is: how a body is placed, what moves, what stays in touch, from where it is seen.

A lift is a package beside this file that offers one object of
the protocol :class:`Lift`; :data:`visualizer.lifts.LIFTS` lists them. Lifts know nothing of each
other, of muscles' roles or of data files; nothing outside a lift's package names it. A variation
(``data/variations``) says which lift it is and how its body is placed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from visualizer.anatomy.body_model import BodyModel
from visualizer.anatomy.landmarks import Landmark, Landmarks
from visualizer.anatomy.muscle import Side
from visualizer.errors import Problem
from visualizer.lifts.dynamics import Dynamics
from visualizer.lifts.motion import Motion
from visualizer.lifts.vocabulary import Equipment, Laterality, PhaseId

__all__ = ["Check", "Contact", "Lift", "Setup", "ViewName"]


class ViewName(StrEnum):
    """Named directions to look from; every lift says where each of them stands."""

    SIDE = "side"
    FRONT = "front"
    BACK = "back"
    BELOW = "below"
    THREE_QUARTER = "three-quarter"


@dataclass(frozen=True, kw_only=True)
class Setup:
    """How the body is placed; each lift adds what its own motion needs to know.

    It is the ``[setup]`` of a variation's file, see :mod:`visualizer.records`.

    Attributes
    ----------
    legs : Laterality
        ``BOTH`` legs on the floor, or only the ``WORKING`` one.
    """

    legs: Laterality = Laterality.BOTH


@dataclass(frozen=True)
class Contact:
    """A point of the body that must stay where it is over the whole repetition.

    Attributes
    ----------
    name : str
        What touches: ``"foot"``, ``"back"``.
    landmark : Landmark
        The point.
    suffix : str
        Side of the body, ``_r`` or ``_l``; empty for the midplane.
    """

    name: str
    landmark: Landmark
    suffix: str


@dataclass(frozen=True)
class Check:
    """What a lift's motion and moments are held against.

    Attributes
    ----------
    variation : str
        Id of the shipped variation that the published figures are about.
    share_of_1rm : float
        The bar of the published moments, in shares of the 1RM.
    one_rm_per_body_mass : float
        The 1RM that is assumed, in shares of body mass.
    one_rm_range : tuple of float
        The range of it that comparisons have to bear.
    travel, hip_course, knee_moment : str
        Keys of the facts: travel of the bar, course of the hip moment, largest knee moment.
    """

    variation: str
    share_of_1rm: float
    one_rm_per_body_mass: float
    one_rm_range: tuple[float, float]
    travel: str
    hip_course: str
    knee_moment: str


class Lift(Protocol):
    """A lift: what its package offers to the rest of the house.

    Its methods take the setups of its own ``setup_class``.
    """

    @property
    def id(self) -> str:
        """Its name in data files."""

    @property
    def name(self) -> Mapping[str, str]:
        """Its name per language code; ``"en"`` is always there."""

    @property
    def equipment(self) -> Collection[Equipment]:
        """What its variations may use."""

    @property
    def orders(self) -> tuple[tuple[PhaseId, ...], ...]:
        """The orders in which its phases may follow each other."""

    @property
    def setup_class(self) -> type[Setup]:
        """The ``[setup]`` of its variations."""

    @property
    def motion(self) -> str:
        """How its motion comes about, to follow a colon, marked for translation."""

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What its moments assume besides what all lifts do, marked for translation."""

    @property
    def check(self) -> Check | None:
        """What it is held against; None where nothing published was found."""

    def problems(self, setup: Setup, equipment: Collection[Equipment]) -> Iterator[Problem]:
        """Yield what does not go together in a placement that is right key by key."""

    def solve(
        self, setup: Setup, equipment: Collection[Equipment], body: BodyModel, side: Side
    ) -> Motion:
        """Return the path of the body from the bottom to the top.

        Raises
        ------
        PoseError
            When the body cannot take the placement.
        """

    def try_it(
        self, setup: Setup, equipment: Collection[Equipment], body: BodyModel, side: Side
    ) -> None:
        """Try coarsely, and much faster than by :meth:`solve`, whether the body can do it.

        Raises
        ------
        PoseError
            When the body cannot take the placement.
        """

    def limiting(self, setup: Setup) -> tuple[str, ...]:
        """Return the fields of the setup, numbers, that decide whether the body can do it."""

    def contacts(self, setup: Setup, landmarks: Landmarks, side: Side) -> tuple[Contact, ...]:
        """Return what stays where it is."""

    def view_deg(self, view: ViewName, setup: Setup) -> tuple[float, float]:
        """Return azimuth and elevation (degrees) of a view, the working side being the right."""

    def usual_bar(self, setup: Setup) -> float:
        """Return what a barbell weighs until another load is set, in shares of body mass."""

    def dynamics(self, setup: Setup, motion: Motion, body: BodyModel) -> Dynamics | None:
        """Return what computes joint moments; None where this lift has none yet."""
