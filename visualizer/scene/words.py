"""Words for roles and contractions, as pictures and window say them."""

from __future__ import annotations

from visualizer.exercise.variation import Contraction, Role
from visualizer.texts import tr

__all__ = ["change_word", "contraction_word", "role_word"]


def role_word(role: Role) -> str:
    """Return the name of a role."""
    return {
        Role.PRIME_MOVER: tr("prime mover"),
        Role.SYNERGIST: tr("synergist"),
        Role.STABILIZER: tr("stabilizer"),
    }[role]


def contraction_word(contraction: Contraction) -> str:
    """Return the name of a contraction."""
    return {
        Contraction.CONCENTRIC: tr("concentric"),
        Contraction.ECCENTRIC: tr("eccentric"),
        Contraction.ISOMETRIC: tr("isometric"),
    }[contraction]


def change_word(contraction: Contraction) -> str:
    """Return what a contracting muscle does with its length."""
    return {
        Contraction.CONCENTRIC: tr("shortens"),
        Contraction.ECCENTRIC: tr("lengthens"),
        Contraction.ISOMETRIC: tr("holds its length"),
    }[contraction]
