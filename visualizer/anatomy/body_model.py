"""A body: skeleton, surface, landmarks, measures, stature, mass and build.

Each has a folder ``assets/bodies/ID`` with ``body.toml`` (what is known in figures),
``skeleton.xml`` and ``body.npz`` (the surface). Whoever needs a body is given a :class:`BodyModel`;
nothing else knows where its parts lie.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Annotated

from visualizer.anatomy.landmarks import Landmarks, Measures
from visualizer.anatomy.skeleton import Skeleton
from visualizer.anatomy.surface import Body
from visualizer.errors import DataError, Problem
from visualizer.files import read_regular
from visualizer.resources import DEFAULT_BODY, body_file
from visualizer.validation import Fault, Range, Table, convert, faults

__all__ = ["BodyModel", "Build"]

_FILE = "body.toml"
_MOST_BYTES = 100_000


class Build(StrEnum):
    """Whose segment masses a body has."""

    MALE = "male"
    FEMALE = "female"


class _Figures(Table, frozen=True):
    """Shape of ``body.toml``."""

    stature_m: Annotated[float, Range(1.2, 2.3)]
    mass_kg: Annotated[float, Range(30, 250)]
    build: Build
    landmarks: Landmarks
    measures: Measures


@dataclass(frozen=True)
class BodyModel:
    """A body, ready to be posed; its skeleton and its surface are loaded when first asked for.

    Attributes
    ----------
    folder : Path
        Where its files lie; the folder's name is its id.
    stature_m, mass_kg : float
        Height from vertex to soles, and mass, of the person that it shows.
    build : Build
        Whose segment masses it has.
    landmarks : Landmarks
        Points on it.
    measures : Measures
        Distances on it.
    """

    folder: Path
    stature_m: float
    mass_kg: float
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
            message = f"this is not a readable body ({reason:.200}); please reinstall"
            raise DataError([Problem(str(file), "", message)]) from None
        found = list(faults(value, _Figures)) or list(_faults_of_sides(value))
        if found:
            raise DataError([Problem(str(file), path, message) for path, message in found])
        figures = convert(value, _Figures)
        return cls(
            folder=folder,
            stature_m=figures.stature_m,
            mass_kg=figures.mass_kg,
            build=figures.build,
            landmarks=figures.landmarks,
            measures=figures.measures,
        )

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


def _faults_of_sides(value: dict[str, dict[str, dict[str, str]]]) -> Iterator[Fault]:
    """Yield the names of bodies that are no pattern for a side."""
    for name, landmark in value["landmarks"].items():
        body = landmark["body"]
        if not body or set("{}") & set(body.replace("{side}", "")):
            yield f"landmarks.{name}.body", f"must be a name, with {{side}} for _r or _l: {body!r}"
