"""Questions made from the data: keys and wrong answers follow from statements and the model.

A question may be wrong in two ways, and both are kept out here. Its key may be in doubt: a
contraction is asked for only where the computed change of length bears it out (or can say nothing
against it), and nothing is asked that a card of disagreement bears on, unless that is wanted and
the question then says so. Or a wrong answer may be right after all: muscles are offered side by
side only when they have no part in common, and a wrong one is stated otherwise (a muscle of which
nothing is stated is never a wrong answer: it may be at work all the same).

With the same seed the same questions come in the same order.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from itertools import chain

from visualizer.catalog.facts import Bearing
from visualizer.catalog.variation import Antagonist, Contraction, Joint, MuscleAction, Role
from visualizer.exercise.contraction import (
    NEARLY_ISOMETRIC_BELOW_PERCENT,
    Agreement,
    agreement,
    derive,
)
from visualizer.exercise.repetition import Repetition
from visualizer.lifts.vocabulary import PhaseId
from visualizer.teaching.item import Course, HowFar, ItemKind, QuizItem

__all__ = ["ANTAGONIST", "CLEAR_DEG", "ItemMaker", "range_deg"]

# A fourth answer beside the roles: a muscle that acts against the lift.
ANTAGONIST = "antagonist"
_MOST_CHOICES, _LEAST_CHOICES = 4, 3
# Ranges are compared where they differ by more; less is not seen, and depends on the body.
CLEAR_DEG = 10.0
_SURE = (Agreement.AGREES, Agreement.BY_CONSTRUCTION, Agreement.NO_CLAIM)
_COURSES = {
    Contraction.CONCENTRIC: Course.SHORTENS,
    Contraction.ECCENTRIC: Course.LENGTHENS,
    Contraction.ISOMETRIC: Course.HOLDS,
    None: Course.BOTH,
}


def range_deg(repetition: Repetition, joint: Joint) -> float:
    """Return through how many degrees a joint of the working leg goes from bottom to top."""
    ends = [repetition.instant_of(PhaseId.LIFT, at) for at in (0.0, 1.0)]
    first, last = (e.hip_flexion_rad if joint is Joint.HIP else e.knee_flexion_rad for e in ends)
    return abs(math.degrees(last - first))


class ItemMaker:
    """Makes the questions of a variation.

    Parameters
    ----------
    repetition : Repetition
        What they are about.
    seed : int
        Which wrong answers are chosen, and the order of answers and questions.
    others : sequence of Repetition
        Variations that it may be compared with.
    disputed : bool
        Whether questions are made where sources, or our model, disagree; they say so.
    """

    def __init__(
        self,
        repetition: Repetition,
        seed: int = 0,
        others: Sequence[Repetition] = (),
        *,
        disputed: bool = False,
    ) -> None:
        self.repetition, self.others, self.disputed = repetition, tuple(others), disputed
        self._variation, self._catalog = repetition.variation, repetition.catalog
        self._phases = tuple(span.id for span in repetition.schedule.spans)
        self._seed = seed

    # ----------------------------------------------------------------------------- all of them
    def every(self, kinds: Sequence[ItemKind] = tuple(ItemKind)) -> tuple[QuizItem, ...]:
        """Return all questions of some kinds, in the order of kinds, muscles and phases."""
        return tuple(chain.from_iterable(self._of_kind(kind) for kind in kinds))

    def draw(self, count: int, kinds: Sequence[ItemKind] = tuple(ItemKind)) -> tuple[QuizItem, ...]:
        """Return questions in an order by chance, the kinds in turn; fewer where there are none.

        No two of them ask the same in other words, see :attr:`QuizItem.fact`, and none has the
        stem or the wrong muscles of another one.
        """
        chance = random.Random(self._seed)
        decks = [list(self._of_kind(kind)) for kind in kinds]
        for deck in decks:
            chance.shuffle(deck)
        asked: dict[tuple[str, ...], QuizItem] = {}
        read: set[tuple[str, ...]] = set()
        waiting: list[Iterator[QuizItem]] = [iter(deck) for deck in decks]
        while waiting and len(asked) < count:
            for turn in tuple(waiting):
                item = next(
                    (
                        i
                        for i in turn
                        if i.fact not in asked and read.isdisjoint({i.stem, i.beside})
                    ),
                    None,
                )
                if item is None:
                    waiting.remove(turn)
                else:
                    asked[item.fact] = item
                    read |= {item.stem, item.beside} - {()}
        return tuple(asked.values())[:count]

    def make(
        self, kind: ItemKind, muscle: str | None = None, phase: PhaseId | None = None
    ) -> QuizItem | None:
        """Return a question of a kind about a muscle and a phase; None where there is none.

        Parameters
        ----------
        kind : ItemKind
            What is asked.
        muscle : str, optional
            The muscle that is asked about or, where muscles are the choices, that is right.
        phase : PhaseId, optional
            The phase; the first one that gives a question if none is named.
        """
        for item in self._of_kind(kind):
            about = item.right if kind.of_muscles else item.muscle
            if muscle in (None, about) and phase in (None, item.phase):
                return item
        return None

    def holds(self, item: QuizItem) -> bool:
        """Return whether the data still give a question this answer, as for one that was kept."""
        if item.variation != self._variation.id or item.right not in item.choices:
            return False
        same = (
            i
            for i in self._of_kind(item.kind)
            if (i.muscle, i.asked, i.other) == (item.muscle, item.asked, item.other)
            and i.phase is item.phase
        )
        return any(i.right == item.right for i in same)

    # ---------------------------------------------------------------------------- kind by kind
    def _of_kind(self, kind: ItemKind) -> Iterator[QuizItem]:
        match kind:
            case ItemKind.PRIME_MOVER:
                yield from self._with_role(Role.PRIME_MOVER, kind)
            case ItemKind.WITH_ROLE:
                yield from self._with_role(Role.SYNERGIST, kind)
                yield from self._with_role(Role.STABILIZER, kind)
            case ItemKind.ROLE:
                yield from self._roles()
            case ItemKind.CONTRACTION:
                yield from self._contractions()
            case ItemKind.PHASE:
                yield from self._which_phase()
            case ItemKind.WITH_CONTRACTION:
                yield from self._with_contraction()
            case ItemKind.ODD_ROLE:
                yield from self._odd_roles()
            case ItemKind.LENGTH:
                yield from self._lengths()
            case ItemKind.RANGE:
                yield from self._ranges()

    def _roles(self) -> Iterator[QuizItem]:
        against = self._surfaces(*(a.muscle for a in self._variation.antagonists))
        for action in self._sure_roles():
            choices = [str(role) for role in Role]
            # a group of which a part is an antagonist as well would be both
            if not against & self._surfaces(action.muscle):
                choices.append(ANTAGONIST)
            yield self._item(ItemKind.ROLE, choices, action.role, muscle=action.muscle)
        for entry in self._sure_antagonists():
            choices = [*(str(role) for role in Role), ANTAGONIST]
            yield self._item(ItemKind.ROLE, choices, ANTAGONIST, muscle=entry.muscle)

    def _contractions(self) -> Iterator[QuizItem]:
        choices = [str(c) for c in Contraction]
        for phase in self._phases:
            for action in self._sure(phase):
                right = self.repetition.contraction(action, phase)
                yield self._item(
                    ItemKind.CONTRACTION, choices, right, muscle=action.muscle, phase=phase
                )

    def _which_phase(self) -> Iterator[QuizItem]:
        for action in self._variation.muscles:
            if not all(action in self._sure(phase) for phase in self._phases):
                continue
            found = {phase: self.repetition.contraction(action, phase) for phase in self._phases}
            for phase, contraction in found.items():
                if list(found.values()).count(contraction) == 1:
                    yield self._item(
                        ItemKind.PHASE,
                        [str(p) for p in self._phases],
                        phase,
                        muscle=action.muscle,
                        phase=phase,
                        asked=str(contraction),
                    )

    def _with_role(self, role: Role, kind: ItemKind) -> Iterator[QuizItem]:
        sure = self._sure_roles()
        wrong = [a.muscle for a in sure if a.role is not role]
        wrong += [entry.muscle for entry in self._sure_antagonists()]
        for action in sure:
            if action.role is role:
                yield from self._among(kind, action.muscle, wrong, asked=str(role))

    def _with_contraction(self) -> Iterator[QuizItem]:
        for phase in self._phases:
            sure = [(a, self.repetition.contraction(a, phase)) for a in self._sure(phase)]
            for action, contraction in sure:
                wrong = [other.muscle for other, own in sure if own is not contraction]
                yield from self._among(
                    ItemKind.WITH_CONTRACTION,
                    action.muscle,
                    wrong,
                    phase=phase,
                    asked=str(contraction),
                )

    def _odd_roles(self) -> Iterator[QuizItem]:
        sure = self._sure_roles()
        for role in Role:
            alike = [a.muscle for a in sure if a.role is role]
            for action in sure:
                if action.role is not role:
                    yield from self._among(ItemKind.ODD_ROLE, action.muscle, alike, asked=str(role))

    def _lengths(self) -> Iterator[QuizItem]:
        choices = [str(course) for course in Course]
        muscles = [a.muscle for a in self._variation.muscles]
        muscles += [a.muscle for a in self._variation.antagonists]
        for muscle in muscles:
            change = self.repetition.stated_change(muscle)
            percent, excursion = change.lift_percent, change.excursion_percent
            # a length that is nearly held could be called either way, and so could opposed parts
            if percent is None or excursion is None or change.by_construction:
                continue
            if len({p.contraction(PhaseId.LIFT) for p in change.known}) > 1:
                continue
            course = _COURSES[derive(percent, excursion)]
            if course is not Course.HOLDS and excursion < NEARLY_ISOMETRIC_BELOW_PERCENT:
                continue
            yield self._item(ItemKind.LENGTH, choices, course, muscle=muscle)

    def _ranges(self) -> Iterator[QuizItem]:
        choices = [str(c) for c in HowFar]
        for other in self.others:
            if other.variation.id == self._variation.id:
                continue
            for joint in Joint:
                more = range_deg(self.repetition, joint) - range_deg(other, joint)
                if abs(more) <= CLEAR_DEG:
                    continue
                right = HowFar.FARTHER if more > 0 else HowFar.LESS
                yield self._item(
                    ItemKind.RANGE,
                    choices,
                    right,
                    asked=str(joint),
                    other=other.variation.id,
                )

    # ------------------------------------------------------------------------------ what is sure
    def _sure_roles(self) -> tuple[MuscleAction, ...]:
        """Return the statements whose roles nothing puts in doubt."""
        return tuple(a for a in self._variation.muscles if self._stands(a.muscle, Bearing.ROLE))

    def _sure_antagonists(self) -> tuple[Antagonist, ...]:
        """Return the antagonists of which no part has a role besides."""
        working = self._surfaces(*(a.muscle for a in self._variation.muscles))
        return tuple(
            a
            for a in self._variation.antagonists
            if not working & self._surfaces(a.muscle) and self._stands(a.muscle, Bearing.ROLE)
        )

    def _sure(self, phase: PhaseId) -> tuple[MuscleAction, ...]:
        """Return the statements whose contraction in a phase nothing puts in doubt."""
        found = []
        for action in self._variation.muscles:
            claim = action.contraction.get(phase)
            change = self.repetition.reach(action).change
            # of the hold the data need state nothing: there no length changes
            fits = claim is None or agreement(claim.contraction, change, phase) in _SURE
            if (fits or self.disputed) and self._stands(action.muscle, Bearing.CONTRACTION):
                found.append(action)
        return tuple(found)

    def _stands(self, muscle: str, bearing: Bearing) -> bool:
        cards = self._catalog.disagreements_of(self._variation.id, muscle)
        named = (c for c in cards if c.muscles and bearing in c.bears_on)
        return self.disputed or next(named, None) is None

    # ------------------------------------------------------------------------------- putting up
    def _surfaces(self, *muscles: str) -> frozenset[str]:
        return frozenset(s for muscle in muscles for s in self._catalog.surfaces(muscle))

    def _among(
        self,
        kind: ItemKind,
        right: str,
        wrong: Sequence[str],
        phase: PhaseId | None = None,
        asked: str = "",
    ) -> Iterator[QuizItem]:
        """Yield the question which of some muscles it is; nothing where too few can be offered."""
        chance = self._chance(kind, right, phase, asked)
        pool = list(wrong)
        chance.shuffle(pool)
        choices, taken = [right], self._surfaces(right)
        for muscle in pool:
            own = self._surfaces(muscle)
            if len(choices) < _MOST_CHOICES and not own & taken:
                choices.append(muscle)
                taken |= own
        if len(choices) >= _LEAST_CHOICES:
            chance.shuffle(choices)
            yield self._item(kind, choices, right, phase=phase, asked=asked)

    def _chance(self, *what: object) -> random.Random:
        """Return the chance of one question: it does not depend on which others are made."""
        return random.Random("/".join(map(str, (self._seed, self._variation.id, *what))))

    def _item(
        self,
        kind: ItemKind,
        choices: Sequence[str],
        right: str,
        muscle: str | None = None,
        phase: PhaseId | None = None,
        asked: str = "",
        other: str | None = None,
    ) -> QuizItem:
        return QuizItem(
            kind,
            self._variation.id,
            tuple(choices),
            choices.index(str(right)),
            self.repetition.side,
            phase or PhaseId.LIFT,
            muscle,
            asked,
            other,
        )
