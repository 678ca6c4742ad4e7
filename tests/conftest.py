"""What tests of several rooms share."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest

from tests.helpers import solved, without_kernel
from tests.helpers.processes import (
    pytest_collection,
    pytest_collection_finish,
    pytest_collection_modifyitems,
)
from tests.helpers.repetitions import body_model, repetition, shipped
from tests.helpers.typst import SetTypst
from tests.helpers.without_kernel import pytest_runtest_makereport, pytest_runtest_setup
from visualizer.anatomy.body_model import BodyModel
from visualizer.anatomy.muscle import Side
from visualizer.catalog import catalog as module
from visualizer.catalog.catalog import Catalog, CatalogLoad
from visualizer.commands import common, effort, films, pictures, takeaway, texts
from visualizer.exercise.repetition import Repetition
from visualizer.export.picture import Pictures
from visualizer.resources import DEFAULT_BODY
from visualizer.scene.request import RenderedView, RenderRequest
from visualizer.scene.spots import SpotKeeper

__all__ = [
    "pytest_collection",
    "pytest_collection_finish",
    "pytest_collection_modifyitems",
    "pytest_runtest_makereport",
    "pytest_runtest_setup",
]


def pytest_configure(config: pytest.Config) -> None:
    """Begin what holds for all tests."""
    without_kernel.refuse_large_pictures()
    solved.solve_once(config)


def pytest_unconfigure(config: pytest.Config) -> None:
    """End it."""
    solved.stop_solving_once(config)


@pytest.fixture(scope="session", autouse=True)
def _nothing_of_the_users(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let no test, and no command that one starts, read the files of whoever runs the tests."""
    home = tmp_path_factory.mktemp("nobody")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA"):
            patch.setenv(name, str(home / name.lower()))
        patch.setenv("XDG_CACHE_HOME", str(solved.folder_of_the_run() / "cache"))
        yield


# of the user's data; each with its catalogue, so that no other one takes its address
_solved: dict[tuple[int, str, Side], tuple[Repetition, Catalog]] = {}


@lru_cache(maxsize=4)
def _loaded(
    read: Callable[[Iterable[Path], Sequence[Path]], CatalogLoad],
    homes: tuple[Path, ...],
    files: tuple[Path, ...],
    contents: frozenset[tuple[Path, bytes | None]],
) -> CatalogLoad:
    """Read the same files of a user's only once, too."""
    del contents
    return read(homes, files)


@pytest.fixture
def shipped_data_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read the shipped data once for all tests: it takes a quarter of a second each time."""
    read = module.load_catalog

    def known(folders: Iterable[Path] = (), files: Sequence[Path] = ()) -> CatalogLoad:
        homes = [folder for folder in folders if folder.exists()]
        if not homes and not files:
            return shipped()
        inside = [*files, *(path for home in homes for path in home.rglob("*"))]
        contents = frozenset((p, p.read_bytes() if p.is_file() else None) for p in inside)
        return _loaded(read, tuple(homes), tuple(files), contents)

    monkeypatch.setattr(module, "load_catalog", known)


@pytest.fixture
def typst(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> SetTypst:
    """Return what puts a module in the place of Typst."""
    folder = tmp_path_factory.mktemp("modules")
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setitem(sys.modules, "typst", None)  # so that it is as before afterwards
    del sys.modules["typst"]
    return SetTypst(folder)


@pytest.fixture
def small_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw documents' pictures small, for tests of all else in them."""
    view = Pictures.view

    def small(
        self: Pictures, request: RenderRequest, keeper: SpotKeeper | None = None
    ) -> RenderedView:
        width, height = (max(side // 4, 64) for side in request.size)
        return view(self, replace(request, size=(width, height), supersample=1), keeper)

    monkeypatch.setattr(Pictures, "view", small)


@pytest.fixture
def commands_share(shipped_data_once: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands share data, body and solved repetitions, as if they ran in one session."""
    solve = common.repetition_of

    def once(catalog: Catalog, name: str, side: Side) -> Repetition:
        if catalog is shipped().catalog:
            return repetition(name, side)
        key = (id(catalog), name, side)
        if key not in _solved:
            _solved[key] = solve(catalog, name, side), catalog
        return _solved[key][0]

    shared, load = body_model(), BodyModel.load

    def body_once(body_id: str = DEFAULT_BODY) -> BodyModel:
        return shared if body_id == DEFAULT_BODY else load(body_id)

    monkeypatch.setattr(BodyModel, "load", body_once)
    for command in (texts, pictures, effort, films, takeaway):
        monkeypatch.setattr(command, "repetition_of", once)
    monkeypatch.setattr(
        texts,
        "repetitions_of",
        lambda catalog, names, side: [once(catalog, name, side) for name in names],
    )
