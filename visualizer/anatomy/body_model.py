"""A body: skeleton, surface, landmarks, measures, stature, mass and build.

Each has a folder ``assets/bodies/ID`` with ``body.toml`` (what is known in figures),
``skeleton.xml``, ``body.npz`` (the surface) and ``skin.npz`` (its outline). Whoever needs a body
is given a :class:`BodyModel`; nothing else knows where its parts lie.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Annotated

from visualizer.anatomy.landmarks import Landmarks, Measures
from visualizer.anatomy.skeleton import Skeleton
from visualizer.anatomy.skin import Skin
from visualizer.anatomy.surface import Body
from visualizer.errors import DataError, Problem
from visualizer.files import read_regular
from visualizer.reading import read
from visualizer.records import Mark, Range
from visualizer.resources import DEFAULT_BODY, body_file
from visualizer.texts import tr

__all__ = ["BodyModel", "Build"]

_FILE = "body.toml"
_MOST_BYTES = 100_000


class Build(StrEnum):
    """Whose segment masses a body has."""

    MALE = "male"
    FEMALE = "female"


@dataclass(frozen=True, kw_only=True)
class BodyModel:
    """A body, ready to be posed; its skeleton, surface and skin are loaded when first asked for.

    Attributes
    ----------
    folder : Path
        Where its files lie, ``body.toml`` with all else among them; the folder's name is its id.
    stature_m, mass_kg : float
        Height from vertex to soles, and mass, of the person that it shows.
    build : Build
        Whose segment masses it has.
    landmarks : Landmarks
        Points on it.
    measures : Measures
        Distances on it.
    """

    folder: Annotated[Path, Mark.ELSEWHERE] = Path()
    stature_m: Annotated[float, Range(1.2, 2.3)]
    mass_kg: Annotated[float, Range(30, 250)]
    build: Build
    landmarks: Landmarks
    measures: Measures

    @classmethod
    def load(cls, body_id: str = DEFAULT_BODY) -> BodyModel:
        """Load a shipped body.

        Raises
        ------
        DataError
            When its file is missing, or with all that is wrong in it.
        """
        return cls.read(body_file(_FILE, body_id).parent)

    @classmethod
    def read(cls, folder: Path) -> BodyModel:
        """Read a body from its folder.

        Raises
        ------
        DataError
            When its file cannot be read, or with all that is wrong in it.
        """
        file = folder / _FILE
        try:
            value = tomllib.loads(read_regular(file, _MOST_BYTES).decode("utf-8"))
        except (OSError, ValueError) as error:
            reason = " ".join(str(error).split())
            message = tr("this is not a readable body ({reason:.200}); please reinstall").format(
                reason=reason
            )
            raise DataError([Problem(str(file), "", message)]) from None
        problems, body = read(value, cls)
        if body is None or (problems := list(_problems_of_sides(body.landmarks))):
            raise DataError([problem.in_file(str(file)) for problem in problems])
        return replace(body, folder=folder)

    @property
    def id(self) -> str:
        """Its name, that of its folder."""
        return self.folder.name

    @cached_property
    def skeleton(self) -> Skeleton:
        """The bones' bodies, the joints and the paths of the muscles.

        Raises
        ------
        DataError
            When its file is missing or damaged.
        """
        return Skeleton.load(self.folder / "skeleton.xml")

    @cached_property
    def surface(self) -> Body:
        """The meshes and what moves them.

        Raises
        ------
        DataError
            When its file is missing or damaged.
        """
        return Body.load(self.folder / "body.npz")

    @cached_property
    def skin(self) -> Skin:
        """The outline round the flesh; nothing is measured on it.

        Raises
        ------
        DataError
            When its file is missing or damaged.
        """
        return Skin.load(self.folder / "skin.npz")


def _problems_of_sides(landmarks: Landmarks) -> Iterator[Problem]:
    """Yield the names of bodies that are no pattern for a side."""
    for field in fields(landmarks):
        body = getattr(landmarks, field.name).body
        if not body or set("{}") & set(body.replace("{side}", "")):
            message = tr("must be a name, with {{side}} for _r or _l: {body!r}").format(body=body)
            yield Problem("", f"landmarks.{field.name}.body", message)
