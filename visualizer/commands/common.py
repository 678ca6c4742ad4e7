"""What several commands need: the catalogue, a repetition, the language."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING

from visualizer.anatomy.muscle import Side
from visualizer.console import say
from visualizer.errors import DataError, Problem
from visualizer.language import ENGLISH, has_language
from visualizer.texts import languages, tr

if TYPE_CHECKING:
    from visualizer.catalog.catalog import Catalog
    from visualizer.exercise.repetition import Repetition

__all__ = ["read_catalog", "repetition_of", "repetitions_of", "tell_missing_language"]


def read_catalog() -> Catalog:
    """Return the shipped data and the user's; what cannot be read is said on stderr.

    Raises
    ------
    DataError
        When there is no variation at all.
    """
    from visualizer.catalog.catalog import load_catalog
    from visualizer.resources import user_data_folder

    load = load_catalog([user_data_folder()])
    for problem in load.problems:
        say(str(problem))
    if not load.catalog.variations:
        raise DataError([Problem("data", "", tr("no variation can be read; please reinstall"))])
    return load.catalog


def repetition_of(catalog: Catalog, name: str, side: Side) -> Repetition:
    """Return a repetition of the variation with this id.

    Raises
    ------
    VisualizerError
        When there is none, or the body cannot do it.
    """
    return repetitions_of(catalog, [name], side)[0]


def repetitions_of(catalog: Catalog, names: Sequence[str], side: Side) -> list[Repetition]:
    """Return repetitions of the variations with these ids, all by one body.

    Raises
    ------
    VisualizerError
        When there is none of that id, or the body cannot do it.
    """
    from visualizer.anatomy.body_model import BodyModel
    from visualizer.exercise.repetition import Repetition

    body = BodyModel.load()
    return [Repetition(catalog.variation(name), catalog, body, side) for name in names]


def tell_missing_language(catalog: Catalog, language: str) -> None:
    """Say on stderr when no text at all is in this language, so that all are English."""
    texts = [
        *chain.from_iterable((v.name, v.summary.text, v.suits.text) for v in catalog.variations),
        *(muscle.name for muscle in catalog.muscles.values()),
    ]
    if not has_language(texts, language):
        known = ", ".join(sorted({code for entry in texts for code in entry})) or ENGLISH
        spoken = any(code in (language, language.split("-")[0]) for code in languages())
        text = (
            tr("no text of the data is written in {code!r}, so they are English (languages of "
               "the data: {known})")
            if spoken
            else tr("nothing is written in {code!r}, so the texts are English (languages of "
                    "the data: {known})")
        )  # fmt: skip
        say(text.format(code=language, known=known))
