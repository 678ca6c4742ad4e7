"""What this installation is made of, and under which licences.

The Python packages are those that it truly runs with, as their own metadata say. A frozen program
carries further libraries (Qt, OpenBLAS, Python itself, ...); ``packaging/`` writes what they are,
with their texts, into ``licences/`` when it freezes. Standard library only.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import metadata
from pathlib import Path

from visualizer import __version__
from visualizer.resources import APPLICATION, data_folder, licence_folder

__all__ = ["CARRIED", "Component", "components", "notices"]

# In the folder of licences: what is carried besides Python packages.
CARRIED = "components.json"
_TEXTS = re.compile(r"(?i)^(licen[cs]e|copying|notice|authors|lgpl|gpl)")
_UNKNOWN = "see its texts"
_LICENCE = "Apache-2.0"  # ours, as in pyproject.toml


@dataclass(frozen=True)
class Component:
    """A part with a licence of its own.

    Attributes
    ----------
    name, version : str
        As its makers call it; the version is empty where it is not known.
    licence : str
        SPDX expression where there is one.
    texts : tuple of Path
        Licence texts and notices that lie in this installation.
    source : str
        Where its source text is to be had.
    """

    name: str
    version: str
    licence: str
    texts: tuple[Path, ...] = ()
    source: str = ""


@lru_cache(maxsize=1)
def components() -> tuple[Component, ...]:
    """Return this program first, then its packages and what else it carries, by name."""
    found = {c.name: c for c in _packages(APPLICATION, {})}
    ours = _of_the_checkout() or found.pop(APPLICATION, None)
    found.pop(APPLICATION, None)
    # of a package that brings no texts itself, these say more
    found |= {c.name: c for c in _carried()}
    others = sorted(found.values(), key=lambda c: c.name.casefold())
    return (*([ours] if ours else []), *others)


def _of_the_checkout() -> Component | None:
    """Return this program as its sources say, None where there are none.

    The metadata of a checkout are of the day when it was set up.
    """
    top = data_folder().parent
    if not (top / "pyproject.toml").is_file():
        return None
    return Component(APPLICATION, __version__, _LICENCE, (top / "NOTICE", top / "LICENSE"))


def notices(known: Iterable[Component] | None = None) -> str:
    """Return names and licences of components, and every text once.

    Parameters
    ----------
    known : iterable of Component, optional
        Those of this installation by default.
    """
    known = tuple(components() if known is None else known)
    lines = [f"{c.name} {c.version}: {c.licence}".replace(" :", ":") for c in known]
    written: dict[str, list[str]] = {}
    for component in known:
        for file in component.texts:
            text = file.read_text(encoding="utf-8", errors="replace").strip()
            written.setdefault(text, []).append(f"{component.name}, {file.name}")
    parts = ["\n".join(lines)]
    parts += [
        "\n".join(["=" * 78, *places, "=" * 78, "", text]) for text, places in written.items()
    ]
    return "\n\n".join(parts) + "\n"


def _packages(name: str, seen: dict[str, str]) -> Iterator[Component]:
    """Yield a package and what it needs to run; what is not installed is not needed here."""
    key = re.sub(r"[-_.]+", "-", name).casefold()
    if key in seen:
        return
    seen[key] = name
    try:
        found = metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return
    about = found.metadata
    texts = tuple(
        path
        for file in found.files or ()
        # of sources they lie at the top
        if _TEXTS.match(file.name) and (".dist-info" in str(file) or len(file.parts) == 1)
        for path in (Path(str(found.locate_file(file))),)
        if path.is_file()
    )
    said = _said(about, "License-Expression") or _said(about, "License")
    licence = said.strip().splitlines()[0][:120] if said.strip() else _UNKNOWN
    source = _said(about, "Home-page") or _link(about.get_all("Project-URL") or [])
    yield Component(about["Name"], found.version, licence, texts, source)
    for needed in found.requires or ():
        requirement, _, marker = needed.partition(";")
        if "extra" not in marker:
            match = re.match(r"[\w.-]+", requirement)
            if match:
                yield from _packages(match.group(), seen)


def _said(about: metadata.PackageMetadata, key: str) -> str:
    return str(about[key]) if key in about else ""


def _link(urls: list[str]) -> str:
    """Return the address of a project's source text, or of its home."""
    named = {
        label.strip().casefold(): link.strip()
        for label, _, link in (u.partition(",") for u in urls)
    }
    kinds = ("source", "source code", "repository", "github", "code", "homepage")
    return next((named[kind] for kind in kinds if kind in named), "")


def _carried() -> Iterator[Component]:
    folder = licence_folder()
    file = None if folder is None else folder / CARRIED
    if folder is None or file is None or not file.is_file():
        return
    for entry in json.loads(file.read_text(encoding="utf-8")):
        texts = tuple(folder / name for name in entry.pop("texts", ()))
        yield Component(texts=texts, **entry)
